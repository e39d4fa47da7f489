import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { write } from '../../../src/der/index.ts'
import { type ExtensionName, extensionReaders } from '../../../src/x509/extensions/table.ts'
import { authorityKeyId, type Content, type Contents, ca, dns, names, purposes, usage } from './contents.ts'

/**
 * A mint whose certificates are the same octets every time: Ed25519 signatures have no chance in them, and keys come from
 * names. The keys are public and stand for nobody.
 */

type Der = write.Der

/** Makes the signature over octets. */
export type Signer = (octets: Uint8Array) => Uint8Array

export interface Key {
  readonly spki: Uint8Array
  /** AlgorithmIdentifier of what the key signs. */
  readonly algorithm: Uint8Array
  readonly sign: Signer
}

/** What a certificate is made of besides its issuer. */
export interface Plan {
  readonly name?: Der
  readonly key?: Key
  readonly serial?: Der
  readonly from?: string
  readonly to?: string
  readonly version?: 1 | 2 | 3
  /** Over those that a certificate of its kind has. */
  readonly extensions?: Contents
  /** In the place of the issuer's own. */
  readonly algorithm?: Uint8Array
  readonly sign?: Signer
}

/** A certificate that can issue others. */
export interface Minted {
  readonly der: Uint8Array
  readonly name: Der
  readonly key: Key
  readonly keyId: Uint8Array
}

const ED25519 = write.sequence(write.encodeOid('1.3.101.112'))

/** A key that belongs to a name. */
export function keyOf(label: string): Key {
  const seed = createHash('sha256').update(`psd2-toolkit trust vectors: ${label}`).digest()
  const pkcs8 = write.sequence(write.integer(0), ED25519, write.octetString(write.octetString(seed)))
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return keyFrom(privateKey, ED25519, (octets) => new Uint8Array(sign(null, octets, privateKey)))
}

export function keyFrom(privateKey: KeyObject, algorithm: Uint8Array, signer: Signer): Key {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { spki: new Uint8Array(spki), algorithm, sign: signer }
}

/** A key that nobody holds: octets that look like one. */
export function keyOfNobody(label: string): Key {
  const octets = createHash('sha256').update(`nobody: ${label}`).digest()
  return {
    spki: write.sequence(ED25519, write.bitString(octets)),
    algorithm: ED25519,
    sign: () => new Uint8Array(64),
  }
}

/** `CN=label`, under one organisation. */
export function nameOf(label: string, stringType: 'utf8String' | 'printableString' = 'utf8String'): Der {
  return distinguished(
    [
      ['2.5.4.10', 'Vectors'],
      ['2.5.4.3', label],
    ],
    stringType,
  )
}

export function distinguished(
  attributes: readonly (readonly [type: string, value: string])[],
  stringType: 'utf8String' | 'printableString' | 'ia5String' = 'utf8String',
): Der {
  const rdns = attributes.map(([type, value]) =>
    write.setOf(write.sequence(write.encodeOid(type), write[stringType](value))),
  )
  return write.sequence(...rdns)
}

/** Serial numbers that depend on what is issued to whom. */
function serialOf(...parts: readonly Uint8Array[]): Der {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const octets = hash.digest().subarray(0, 16)
  octets[0] = ((octets[0] as number) & 0x7f) | 0x40
  return write.integer(BigInt(`0x${octets.toString('hex')}`))
}

export const always = { from: '2020-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' } as const

/** What extensions of authorities and of end entities begin with; the key identifiers come with the keys. */
const usual: Readonly<Record<'ca' | 'leaf', Contents>> = {
  ca: { basicConstraints: ca(), keyUsage: usage(5, 6) },
  leaf: {
    basicConstraints: { critical: true, value: write.sequence() },
    keyUsage: usage(0),
    extKeyUsage: purposes('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'),
    subjectAltName: names(dns('psp.example')),
  },
}

/** An authority, issued by itself where no issuer is given. */
export function authority(label: string, issuer?: Minted, plan: Plan = {}): Minted {
  return mint('ca', label, issuer, plan)
}

export function leaf(issuer: Minted | undefined, plan: Plan = {}, label = 'leaf'): Uint8Array {
  return mint('leaf', label, issuer, plan).der
}

function mint(kind: 'ca' | 'leaf', label: string, issuer: Minted | undefined, plan: Plan): Minted {
  const key = plan.key ?? keyOf(label)
  const name = plan.name ?? nameOf(label)
  const keyId = createHash('sha1').update(key.spki).digest()
  const signing = issuer?.key ?? key
  const algorithm = plan.algorithm ?? signing.algorithm
  const from = plan.from ?? always.from
  const to = plan.to ?? always.to
  const contents: Contents = {
    ...usual[kind],
    subjectKeyIdentifier: { critical: false, value: write.octetString(keyId) },
    authorityKeyIdentifier: { critical: false, value: authorityKeyId(issuer?.keyId ?? keyId) },
    ...plan.extensions,
  }
  const version = plan.version ?? 3
  const issuerName = issuer?.name ?? name
  const tbs = write.sequence(
    ...(version === 1 ? [] : [write.explicit(0, write.integer(version - 1))]),
    plan.serial ?? serialOf(issuerName, name, key.spki, new TextEncoder().encode(`${from}${to}`)),
    algorithm,
    issuerName,
    write.sequence(write.time(new Date(from)), write.time(new Date(to))),
    name,
    key.spki,
    ...(version === 1 ? [] : [write.explicit(3, write.sequence(...Object.entries(contents).flatMap(extension)))]),
  )
  const signature = (plan.sign ?? signing.sign)(tbs)
  return { der: write.sequence(tbs, algorithm, write.bitString(signature)), name, key, keyId }
}

function extension([name, content]: readonly [string, Content | undefined]): Der[] {
  if (content === undefined) return []
  const oid = Object.hasOwn(extensionReaders, name) ? extensionReaders[name as ExtensionName].oid : name
  const critical = content.critical ? [write.boolean(true)] : []
  return [write.sequence(write.encodeOid(oid), ...critical, write.octetString(content.value))]
}
