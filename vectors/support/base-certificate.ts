import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Tag, write } from '../../src/der/index.ts'
import { type ExtensionName, extensionReaders } from '../../src/x509/extensions/table.ts'
import { add, type Edit, type Encoded, encode, fill, type Part, part, rewrite, swap, text, written } from './part.ts'

/** Signs every vector. It is public and stands for nobody. */
const privateKey = createPrivateKey(readFileSync(new URL('../der/test-only.key.pem', import.meta.url)))
export const publicKey = createPublicKey(privateKey)

const jwk = publicKey.export({ format: 'jwk' })
const modulus = unsignedInteger(String(jwk.n))
const exponent = unsignedInteger(String(jwk.e))

function unsignedInteger(base64url: string): Uint8Array {
  return write.integer(BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`))
}

/** Labels of the parts that vectors change most. */
export const tbs = 'tbsCertificate'
export const spki = `${tbs}.subjectPublicKeyInfo`
export const list = `${tbs}.extensions:list`

/** Label and path of an extension, by its place in the list. */
export function at(index: number): string {
  return `${tbs}.extensions[${index}]`
}

/** The extensions that the base certificate has, in its order. */
const baseExtensions = [
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'keyUsage',
  'basicConstraints',
  'extKeyUsage',
  'subjectAltName',
] as const

export type BaseExtension = (typeof baseExtensions)[number]

function isBase(name: ExtensionName): name is BaseExtension {
  return (baseExtensions as readonly ExtensionName[]).includes(name)
}

/** Place in the list of the first extension that a vector adds. */
export const next = baseExtensions.length

/** Label and path of an extension's value in the base certificate. */
export function valuePath(name: BaseExtension): string {
  return `${at(baseExtensions.indexOf(name))}.${name}`
}

/** Label of the extension itself. */
export function entryOf(name: BaseExtension): string {
  return at(baseExtensions.indexOf(name))
}

/** Makes a value from the label that it gets. */
export type MakeValue = (path: string) => Part

/** One extension. `name` is the last step of the value's path. */
export function extension(index: number, oid: string, name: string, value: MakeValue, critical = false): Part {
  const label = at(index)
  return part(
    label,
    Tag.SEQUENCE,
    written(`${label}.extnID`, write.encodeOid(oid)),
    ...(critical ? [written(`${label}.critical`, write.boolean(true))] : []),
    part(
      `${label}.extnValue`,
      Tag.OCTET_STRING,
      value(name === 'extnValue' ? `${label}.extnValue:value` : `${label}.${name}`),
    ),
  )
}

/** An extension that the reader decodes. */
export function known(index: number, name: ExtensionName, value: MakeValue, critical = false): Part {
  return extension(index, extensionReaders[name].oid, name, value, critical)
}

/** An extension that nobody knows. */
export function unknown(index: number, value: MakeValue, critical = false, oid = '1.3.6.1.4.1.99999.1'): Part {
  return extension(index, oid, 'extnValue', value, critical)
}

/** The same extension at another place in the list. */
export function value(name: BaseExtension, make: MakeValue): Edit {
  return swap(valuePath(name), make(valuePath(name)))
}

/** An extension of this name with this value: in its place, or added where the base certificate has none. */
export function valueIs(name: ExtensionName, make: MakeValue): Edit {
  return isBase(name) ? value(name, make) : add(list, known(next, name, make))
}

/** Label and path of what {@link valueIs} puts there. */
export function pathOfValue(name: ExtensionName): string {
  return isBase(name) ? valuePath(name) : `${at(next)}.${name}`
}

export function algorithm(label: string, oid: string, ...parameters: readonly Part[]): Part {
  return part(label, Tag.SEQUENCE, written(`${label}.algorithm`, write.encodeOid(oid)), ...parameters)
}

/** The signature algorithm inside and outside. */
export function bothAlgorithms(make: MakeValue): Edit {
  return (root) =>
    swap('signatureAlgorithm', make('signatureAlgorithm'))(swap(`${tbs}.signature`, make(`${tbs}.signature`))(root))
}

/** Attribute type and the encoding of its value. */
export type Attribute = readonly [type: string, value: Uint8Array]

/** A Name of relative distinguished names, their attributes in the order given. */
export function name(label: string, ...rdns: readonly (readonly Attribute[])[]): Part {
  return part(label, Tag.SEQUENCE, ...rdns.map((attributes, i) => rdn(`${label}[${i}]`, ...attributes)))
}

export function rdn(label: string, ...attributes: readonly Attribute[]): Part {
  return part(label, Tag.SET, ...attributes.map(([type, octets], i) => attribute(`${label}[${i}]`, type, octets)))
}

export function attribute(label: string, type: string, octets: Uint8Array): Part {
  return part(label, Tag.SEQUENCE, written(`${label}.type`, write.encodeOid(type)), written(`${label}.value`, octets))
}

export const country: Attribute = ['2.5.4.6', write.printableString('FR')]
export const organization: Attribute = ['2.5.4.10', write.utf8String('Example PSP')]
export const identifier: Attribute = ['2.5.4.97', write.utf8String('PSDFR-ACPR-12345')]
export const commonName: Attribute = ['2.5.4.3', write.utf8String('psp.example')]

/** SubjectPublicKeyInfo of another key. */
export function keyInfo(algorithmPart: Part, key: Uint8Array): Edit {
  return fill(spki, algorithmPart, part(`${spki}.subjectPublicKey`, Tag.BIT_STRING, Uint8Array.of(0), key))
}

const keyPart = part(
  `${spki}.subjectPublicKey:key`,
  Tag.SEQUENCE,
  written(`${spki}.subjectPublicKey.modulus`, modulus),
  written(`${spki}.subjectPublicKey.publicExponent`, exponent),
)

const keyIdentifier = createHash('sha1').update(encode(keyPart).bytes).digest()

const baseValues: Record<BaseExtension, { value: MakeValue; critical?: true }> = {
  authorityKeyIdentifier: {
    value: (path) => part(path, Tag.SEQUENCE, part(`${path}.keyIdentifier`, 0x80, keyIdentifier)),
  },
  subjectKeyIdentifier: { value: (path) => part(path, Tag.OCTET_STRING, keyIdentifier) },
  keyUsage: { value: (path) => written(path, write.namedBits([0])), critical: true },
  basicConstraints: { value: (path) => part(path, Tag.SEQUENCE), critical: true },
  extKeyUsage: {
    value: (path) =>
      part(
        path,
        Tag.SEQUENCE,
        written(`${path}[0]`, write.encodeOid('1.3.6.1.5.5.7.3.1')),
        written(`${path}[1]`, write.encodeOid('1.3.6.1.5.5.7.3.2')),
      ),
  },
  subjectAltName: { value: (path) => part(path, Tag.SEQUENCE, part(`${path}[0]`, 0x82, text('psp.example'))) },
}

/** Takes the place of the signature until the rest is known. */
const unsigned = new Uint8Array(256)

const rsaWithSha256: MakeValue = (label) =>
  algorithm(label, '1.2.840.113549.1.1.11', written(`${label}.parameters`, write.nullValue()))

/** A sound certificate of a PSP as a tree. */
export const baseCertificate: Part = part(
  '',
  Tag.SEQUENCE,
  part(
    tbs,
    Tag.SEQUENCE,
    part(`${tbs}.version`, 0xa0, written(`${tbs}.version:number`, write.integer(2))),
    written(`${tbs}.serialNumber`, write.integer(0x4a5b6c7d8e9fa0b1n)),
    rsaWithSha256(`${tbs}.signature`),
    name(
      `${tbs}.issuer`,
      [country],
      [['2.5.4.10', write.utf8String('Example Trust Services')]],
      [['2.5.4.3', write.utf8String('Vector CA')]],
    ),
    part(
      `${tbs}.validity`,
      Tag.SEQUENCE,
      part(`${tbs}.validity.notBefore`, Tag.UTC_TIME, text('250101000000Z')),
      part(`${tbs}.validity.notAfter`, Tag.UTC_TIME, text('270101000000Z')),
    ),
    name(`${tbs}.subject`, [country], [organization], [identifier], [commonName]),
    part(
      spki,
      Tag.SEQUENCE,
      algorithm(
        `${spki}.algorithm`,
        '1.2.840.113549.1.1.1',
        written(`${spki}.algorithm.parameters`, write.nullValue()),
      ),
      part(`${spki}.subjectPublicKey`, Tag.BIT_STRING, Uint8Array.of(0), keyPart),
    ),
    part(
      `${tbs}.extensions`,
      0xa3,
      part(
        list,
        Tag.SEQUENCE,
        ...baseExtensions.map((extensionName, index) => {
          const { value: make, critical } = baseValues[extensionName]
          return known(index, extensionName, make, critical)
        }),
      ),
    ),
  ),
  rsaWithSha256('signatureAlgorithm'),
  part('signatureValue', Tag.BIT_STRING, Uint8Array.of(0), unsigned),
)

/** Changes the base certificate, signs what came of it, changes it again and encodes it. */
export function certificate(edits: readonly Edit[] = [], afterSigning: readonly Edit[] = []): Encoded {
  let root = edits.reduce((tree, edit) => edit(tree), baseCertificate)
  root = afterSigning.reduce((tree, edit) => edit(tree), signed(root))
  return encode(root)
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over the TBSCertificate as it stands: the same octets every time. */
function signed(root: Part): Part {
  let content: Uint8Array | undefined
  rewrite(tbs, (item) => {
    content = encode(item).bytes
    return [item]
  })(root)
  if (content === undefined) throw new Error('nothing to sign')
  const octets = new Uint8Array(sign('sha256', content, privateKey))
  return rewrite('signatureValue', (item) => [
    { ...item, content: item.content.map((inner) => (inner === unsigned ? octets : inner)) },
  ])(root)
}
