import { unusable } from './codes.ts'

/** PEM as RFC 7468 writes it: lines of 64 characters, a line end after the last. */
export function encodePem(label: string, der: Uint8Array): string {
  let binary = ''
  for (const octet of der) binary += String.fromCharCode(octet)
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

interface PemBlock {
  readonly label: string
  readonly body: string
}

function pemBlocks(text: string): PemBlock[] {
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g
  return Array.from(text.matchAll(pattern), ([, label = '', body = '']) => ({ label, body }))
}

/** The labels of the blocks in a text. */
export function pemLabels(text: string): string[] {
  return pemBlocks(text).map(({ label }) => label)
}

/** The content of the first block with this label. Throws `ISSUANCE_PEM` and `ISSUANCE_PEM_BASE64`. */
export function decodePemBlock(text: string, label: string, path: string): Uint8Array<ArrayBuffer> {
  const block = pemBlocks(text).find((candidate) => candidate.label === label)
  if (block === undefined) throw unusable('ISSUANCE_PEM', path, `-----BEGIN ${label}----- is not there`)
  const base64 = block.body.replace(/[\t\r\n ]+/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw unusable('ISSUANCE_PEM_BASE64', path)
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
