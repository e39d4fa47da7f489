import { isEtsi } from '../applies.ts'
import { publicKeyPlace, signaturePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

const RSASSA_PSS = '1.2.840.113549.1.1.10'

/** TS 119 312 clauses 5 and 6: RSA (PKCS#1 v1.5, PSS) and ECDSA, with SHA-2 or SHA-3 of 256 bits and more. */
const signatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  RSASSA_PSS,
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '2.16.840.1.101.3.4.3.10',
  '2.16.840.1.101.3.4.3.11',
  '2.16.840.1.101.3.4.3.12',
  '2.16.840.1.101.3.4.3.14',
  '2.16.840.1.101.3.4.3.15',
  '2.16.840.1.101.3.4.3.16',
])

/** SHA-256, SHA-384, SHA-512. */
const hashes: ReadonlySet<string> = new Set([
  '2.16.840.1.101.3.4.2.1',
  '2.16.840.1.101.3.4.2.2',
  '2.16.840.1.101.3.4.2.3',
])

/** EN 319 412-2 GEN-4.2.2-1. */
export const signatureAlgorithm: CertificateRule = {
  id: 'en319412-2.signature-algorithm',
  requirement: 'EN319412-2:GEN-4.2.2-1-sigalg',
  citation: en3194122Clause('GEN-4.2.2-1'),
  modal: 'should',
  grounding: 'A',
  title: 'the certificate is signed with an algorithm of TS 119 312',
  breach: 'the signature algorithm is none of TS 119 312',
  why: 'software that keeps to the European list of algorithms does not verify the certificate',
  mend: 'ask the QTSP for a certificate signed with RSA or ECDSA and SHA-256 or stronger',
  applies: isEtsi,
  check: ({ certificate }, report) => {
    const { oid, pss, name } = certificate.signatureAlgorithm
    if (signatures.has(oid) && (pss === undefined || hashes.has(pss.hash))) return
    report(signaturePlace(certificate), { actual: name ?? oid })
  },
}

const EC = '1.2.840.10045.2.1'
const keys: ReadonlySet<string> = new Set(['1.2.840.113549.1.1.1', RSASSA_PSS, EC])

/** TS 119 312 6.2.2.3: P-256, P-384, P-521, brainpool, FRP256v1. */
const curves: ReadonlySet<string> = new Set([
  '1.2.840.10045.3.1.7',
  '1.3.132.0.34',
  '1.3.132.0.35',
  '1.3.36.3.3.2.8.1.1.7',
  '1.3.36.3.3.2.8.1.1.11',
  '1.3.36.3.3.2.8.1.1.13',
  '1.2.250.1.223.101.256.1',
])

/** EN 319 412-2 GEN-4.2.5-1. */
export const publicKeyAlgorithm: CertificateRule = {
  id: 'en319412-2.public-key-algorithm',
  requirement: 'EN319412-2:GEN-4.2.5-1-spki',
  citation: en3194122Clause('GEN-4.2.5-1'),
  modal: 'should',
  grounding: 'A',
  title: 'the public key is of an algorithm and on a curve of TS 119 312',
  breach: 'the algorithm or curve of the public key is none of TS 119 312',
  why: 'software that keeps to the European list of algorithms cannot use the key',
  mend: 'make an RSA key of 3072 bits or a key on P-256, and have a certificate issued for it',
  applies: isEtsi,
  check: ({ certificate }, report) => {
    const { algorithm, curve } = certificate.publicKey
    if (keys.has(algorithm.oid) && (algorithm.oid !== EC || curves.has(algorithm.curve ?? ''))) return
    report(publicKeyPlace(certificate), { actual: curve ?? algorithm.name ?? algorithm.oid })
  },
}
