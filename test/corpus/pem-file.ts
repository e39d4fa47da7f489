import { readFileSync } from 'node:fs'

/** The one certificate of a PEM file. */
export function pemFile(path: string): Uint8Array {
  const blocks = [...readFileSync(path, 'latin1').matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)]
  if (blocks.length !== 1) throw new Error(`${path} has ${blocks.length} certificates`)
  return new Uint8Array(Buffer.from(blocks[0]?.[1] as string, 'base64'))
}
