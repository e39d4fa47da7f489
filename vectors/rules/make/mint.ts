import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  bitString,
  boolean,
  type Der,
  encodeOid,
  explicit,
  integer,
  nullValue,
  octetString,
  sequence,
  time,
} from '../../../src/der/writer.ts'
import { applyDefects } from '../../../src/issuance/defects/index.ts'
import type { ExtensionContent } from '../../../src/issuance/extensions.ts'
import { type IssuerPointers, leafExtensions } from '../../../src/issuance/leaf-extensions.ts'
import { planLeaf } from '../../../src/issuance/leaf-plan.ts'
import { decodePemBlock } from '../../../src/issuance/pem.ts'
import { encodeName } from '../../../src/issuance/subject.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { issuedAt, keyFile, type VectorKey, vectorFile } from '../../mint.ts'
import type { CertificateParts, RuleVector } from './vector.ts'

/** A stored certificate of `vectors/certificates`. */
export function storedCertificate(id: string): Uint8Array<ArrayBuffer> {
  return decodePemBlock(readFileSync(vectorFile(id), 'utf8'), 'CERTIFICATE', id)
}

function privateKey(name: VectorKey): KeyObject {
  const text = readFileSync(keyFile(name), 'utf8')
  return createPrivateKey(text.slice(text.indexOf('-----BEGIN')))
}

interface VectorIssuer {
  readonly key: KeyObject
  readonly name: Uint8Array
  readonly notAfter: Date
  readonly pointers: IssuerPointers
}

function issuer(id: string, file: string, key: VectorKey): VectorIssuer {
  const certificate = parseCertificate(storedCertificate(id))
  const base = 'http://pki.example.com'
  return {
    key: privateKey(key),
    name: certificate.subject.value,
    notAfter: certificate.validity.notAfter,
    pointers: {
      keyIdentifier: certificate.extension('subjectKeyIdentifier')?.decoded?.value ?? new Uint8Array(),
      crl: `${base}/${file}.crl`,
      certificate: `${base}/${file}.cer`,
      ocsp: `${base}/ocsp`,
    },
  }
}

const issuers: Readonly<Record<'QWAC' | 'QSealC', VectorIssuer>> = {
  QWAC: issuer('ca-web', 'web-ca', 'web-rsa-3072'),
  QSealC: issuer('ca-seal', 'seal-ca', 'seal-rsa-3072'),
}

const publicKeys = new Map<VectorKey, Uint8Array>()

function spkiOf(name: VectorKey): Uint8Array {
  const known = publicKeys.get(name)
  if (known !== undefined) return known
  const spki = createPublicKey(privateKey(name)).export({ type: 'spki', format: 'der' })
  publicKeys.set(name, spki)
  return spki
}

/** The serial number depends on the id alone: adding a vector changes no other. */
function serialOf(id: string): bigint {
  const digest = createHash('sha256').update(`rule ${id}`).digest('hex').slice(0, 32)
  return (BigInt(`0x${digest}`) & ((1n << 126n) - 1n)) | (1n << 126n)
}

/** AlgorithmIdentifier of sha256WithRSAEncryption. */
export const sha256WithRsa = sequence(encodeOid('1.2.840.113549.1.1.11'), nullValue())

/** One Extension; `critical` is written only where true. */
export function encodeExtensionContent({ oid, critical, value }: ExtensionContent): Der {
  return sequence(encodeOid(oid), ...(critical ? [boolean(true)] : []), octetString(value))
}

/** The certificate of a vector. Signing is deterministic, so that minting again gives the same octets. */
export function mintRuleVector(vector: RuleVector): Uint8Array<ArrayBuffer> {
  const { id, kind = 'QSealC', key = 'leaf-p-256', options = {}, change, edit, patch } = vector
  const { name, notAfter, pointers, key: signingKey } = issuers[kind]
  const plan = planLeaf(
    kind,
    { serialNumber: serialOf(id), ...options },
    { at: issuedAt, issuerNotAfter: notAfter, baseUrl: 'http://pki.example.com', randomSerial: () => 1n },
  )
  applyDefects(plan, options.defects ?? [])
  change?.(plan)
  const publicKey = spkiOf(key)
  const own = createHash('sha1').update(keyBits(publicKey)).digest()
  const parts: CertificateParts = {
    version: explicit(0, integer(2)),
    serialNumber: integer(plan.serialNumber),
    signature: sha256WithRsa,
    issuer: name,
    validity: sequence(time(plan.notBefore), time(plan.notAfter)),
    subject: encodeName(plan.subject),
    publicKey,
    uniqueIds: [],
    extensions: leafExtensions(plan, own, pointers),
    rawExtensions: [],
  }
  edit?.(parts)
  const der = signed(parts, signingKey)
  return patch === undefined ? der : patch(der)
}

function signed(parts: CertificateParts, key: KeyObject): Der {
  const { version, serialNumber, signature, validity, subject, publicKey, uniqueIds } = parts
  const extensions = [...parts.extensions.map(encodeExtensionContent), ...parts.rawExtensions]
  const tbs = sequence(
    version,
    serialNumber,
    signature,
    parts.issuer,
    validity,
    subject,
    publicKey,
    ...uniqueIds,
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
  )
  return sequence(tbs, parts.outerSignature ?? signature, bitString(sign('sha256', tbs, key)))
}

/** Content of the BIT STRING at the end of a SubjectPublicKeyInfo. */
function keyBits(spki: Uint8Array): Uint8Array {
  // SEQUENCE { SEQUENCE algorithm, BIT STRING }, each with a length of one to three octets.
  const skip = (at: number): number => at + ((spki[at] as number) < 0x80 ? 1 : 1 + ((spki[at] as number) & 0x7f))
  const algorithm = skip(1)
  const algorithmLength = spki[algorithm + 1] as number
  const bits = algorithm + 2 + algorithmLength
  return spki.subarray(skip(bits + 1) + 1)
}
