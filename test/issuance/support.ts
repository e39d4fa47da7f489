import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as asn1js from 'asn1js'
import type { Issued } from '../../src/issuance/index.ts'

/** A value of ASN.1 as nested arrays of `TYPE:value` strings, read by asn1js and not by code of the toolkit. */
export type Node = string | Node[]

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

export function decode(der: Uint8Array): Node {
  const { offset, result } = asn1js.fromBER(Uint8Array.from(der))
  if (offset !== der.length) throw new Error(`asn1js read ${offset} of ${der.length} octets: ${result.error}`)
  return plain(result)
}

function plain(block: asn1js.AsnType): Node {
  if (block instanceof asn1js.Constructed) return block.valueBlock.value.map((inner) => plain(inner))
  if (block instanceof asn1js.ObjectIdentifier) return `OID:${block.valueBlock.toString()}`
  if (block instanceof asn1js.Integer) return `INT:${block.toBigInt()}`
  if (block instanceof asn1js.Enumerated) return `ENUM:${block.valueBlock.valueDec}`
  if (block instanceof asn1js.Boolean) return `BOOL:${block.valueBlock.value}`
  if (block instanceof asn1js.Null) return 'NULL'
  if (block instanceof asn1js.BitString) return `BITS:${hex(block.valueBlock.valueHexView)}`
  if (block instanceof asn1js.OctetString) return `OCTETS:${hex(block.valueBlock.valueHexView)}`
  if (block instanceof asn1js.GeneralizedTime) return `GeneralizedTime:${block.toDate().toISOString()}`
  if (block instanceof asn1js.UTCTime) return `UTCTime:${block.toDate().toISOString()}`
  if (block instanceof asn1js.BaseStringBlock) {
    return `${(block.constructor as unknown as { NAME: string }).NAME}:${block.valueBlock.value}`
  }
  const octets = (block.valueBlock as unknown as { valueHexView: Uint8Array }).valueHexView
  return `[${block.idBlock.tagNumber}]:${Buffer.from(octets).toString('latin1')}`
}

export function list(node: Node | undefined): Node[] {
  if (!Array.isArray(node)) throw new Error(`not a list: ${String(node)}`)
  return node
}

/** The fields of a certificate that tests look at. */
export interface Decoded {
  readonly tbs: Node[]
  readonly subject: Node[]
  readonly issuer: Node[]
  readonly serial: string
  readonly validity: Node[]
  readonly extensions: { oid: string; critical: boolean; value: Node; hex: string }[]
}

export function decodeCertificate(der: Uint8Array): Decoded {
  const tbs = list(list(decode(der))[0])
  return {
    tbs,
    serial: String(tbs[1]).slice(4),
    issuer: list(tbs[3]),
    validity: list(tbs[4]),
    subject: list(tbs[5]),
    extensions: decodeExtensions(list(tbs[7])[0]),
  }
}

export function decodeExtensions(node: Node | undefined): Decoded['extensions'] {
  return list(node).map((extension) => {
    const fields = list(extension)
    const octets = Buffer.from(String(fields.at(-1)).replace('OCTETS:', ''), 'hex')
    return {
      oid: String(fields[0]).slice(4),
      critical: fields.length === 3,
      value: decode(octets),
      hex: octets.toString('hex'),
    }
  })
}

/** The value of an extension; undefined where it is absent. */
export function extension(of: Decoded, oid: string): Node | undefined {
  return of.extensions.find((candidate) => candidate.oid === oid)?.value
}

export const qcStatementsOid = '1.3.6.1.5.5.7.1.3'

/** Statement infos by identifier, from a well-formed qcStatements. */
export function statements(of: Decoded): Map<string, Node | undefined> {
  const found = list(extension(of, qcStatementsOid)).map((statement) => list(statement))
  return new Map(found.map(([id, info]) => [String(id).slice(4), info]))
}

/** Attribute values by type in the order of the Name. */
export function attributes(name: Node[]): [type: string, value: string][] {
  return name
    .flatMap((rdn) => list(rdn).map((attribute) => list(attribute)))
    .map(([type, value]) => [String(type).slice(4), String(value)])
}

export function attribute(of: Decoded, type: string): string[] {
  return attributes(of.subject).flatMap(([name, value]) => (name === type ? [value] : []))
}

const folder = mkdtempSync(join(tmpdir(), 'issuance-'))
let files = 0

/** Writes a temporary file and gives its path. */
export function temporary(content: string | Uint8Array): string {
  const path = join(folder, `file-${files++}`)
  writeFileSync(path, content)
  return path
}

export function openssl(
  args: readonly string[],
  input?: string | Uint8Array,
  encoding: 'utf8' | 'latin1' = 'utf8',
): string {
  return execFileSync('openssl', args, { input, encoding, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Everything openssl says of a certificate, after it has also read it as bare ASN.1. */
export function opensslText(der: Uint8Array): string {
  openssl(['asn1parse', '-inform', 'DER', '-strparse', '4'], der)
  return openssl(['x509', '-inform', 'DER', '-noout', '-text', '-nameopt', 'utf8,sep_multiline,lname'], der)
}

/** What `openssl verify` answers on the path from leaf to root; `at` is the validation time. */
export function opensslVerify(leaf: Issued, at: Date, ...options: string[]): string {
  const [, ...above] = leaf.chain
  const pem = (der: Uint8Array): string => openssl(['x509', '-inform', 'DER'], der)
  const root = temporary(pem(above.at(-1) ?? leaf.certificate))
  const intermediates = above.slice(0, -1).flatMap((der) => ['-untrusted', temporary(pem(der))])
  const seconds = String(Math.floor(at.getTime() / 1000))
  const args = ['verify', '-attime', seconds, ...options, '-CAfile', root, ...intermediates]
  const { stdout, stderr } = spawnSync('openssl', [...args, temporary(leaf.certificatePem())], { encoding: 'utf8' })
  return stdout + stderr
}

/**
 * What `openssl req -verify -text` says of a request, `verify OK` or `verify failure` among it: the exit code of some
 * versions is zero either way.
 */
export function opensslRequest(der: Uint8Array): string {
  const args = ['req', '-verify', '-noout', '-text', '-inform', 'DER', '-nameopt', 'utf8,sep_multiline,lname']
  const { stdout, stderr } = spawnSync('openssl', args, { input: der, encoding: 'utf8' })
  return stdout + stderr
}
