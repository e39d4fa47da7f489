import { createHash, hash, X509Certificate as NodeCertificate } from 'node:crypto'
import 'reflect-metadata'
import { X509Certificate as PeculiarCertificate } from '@peculiar/x509'
import * as pkijs from 'pkijs'
import { parseCertificate } from 'psd2-toolkit/x509'
import { goMicroseconds } from './go.ts'
import { allFields, neededFields } from './support/fields.ts'
import { forgeFields } from './support/forge-fields.ts'
import { type Measured, measure } from './support/measure.ts'
import { distinct, vector } from './support/subjects.ts'

/** The fastest SHA-256 of the platform. */
const sha256: (der: Uint8Array) => unknown =
  typeof hash === 'function' ? (der) => hash('sha256', der) : (der) => createHash('sha256').update(der).digest()

const floor = 'SHA-256 of the DER'
const ours = 'psd2-toolkit, all fields'

/** An ordinary QWAC, one that has everything a certificate can have, and an ordinary QSealC. */
const certificates = {
  qwac: 'an ordinary QWAC',
  'qwac-all-statements': 'a QWAC with every statement',
  qsealc: 'an ordinary QSealC',
} as const

/** Reading one certificate, ours and others, as a multiple of the time of SHA-256 over the same octets. */
export function benchParse(): void {
  for (const [name, title] of Object.entries(certificates)) benchCertificate(vector(name), title)
}

function benchCertificate(der: Uint8Array, title: string): void {
  const subjects = distinct(der, 2000)
  const quick = measure(
    {
      [floor]: sha256,
      'psd2-toolkit, record only': (subject) => parseCertificate(subject).version,
      'psd2-toolkit, needed fields': neededFields,
      [ours]: allFields,
      'node X509Certificate, no PSD2 fields': (subject) => nodeFields(subject),
      'node-forge, the same fields': forgeFields,
    },
    subjects,
    31,
  )
  const slow = measure(
    {
      'pkijs, PSD2 fields undecoded': (subject) => pkijsFields(subject),
      '@peculiar/x509, PSD2 fields undecoded': (subject) => peculiarFields(subject),
    },
    subjects.slice(0, 50),
    15,
  )
  const go = goMicroseconds(subjects)
  const rows = [
    ...quick,
    ...slow,
    ...(go === undefined ? [] : [{ name: 'Go crypto/x509, no PSD2 fields', microseconds: go }]),
  ]
  console.log(`${title}, of ${der.length} octets, RSA-2048; medians of interleaved rounds`)
  print(rows)
  if (go === undefined) console.log('Go is not installed: no comparison with it')
}

function print(rows: readonly Measured[]): void {
  const unit = rows.find((row) => row.name === floor)?.microseconds ?? 1
  const own = rows.find((row) => row.name === ours)?.microseconds ?? 1
  console.log(`${''.padEnd(42)}${'us'.padStart(10)}${'x SHA-256'.padStart(12)}${'x ours'.padStart(10)}`)
  for (const { name, microseconds } of rows) {
    const columns = [
      microseconds.toFixed(2).padStart(10),
      (microseconds / unit).toFixed(1).padStart(12),
      (microseconds / own).toFixed(1).padStart(10),
    ]
    console.log(name.padEnd(42) + columns.join(''))
  }
}

function nodeFields(der: Uint8Array): number {
  const certificate = new NodeCertificate(der)
  const { subject, issuer, subjectAltName, infoAccess, validFrom, validTo, keyUsage, serialNumber } = certificate
  const texts = [subject, issuer, subjectAltName, infoAccess, validFrom, validTo, serialNumber]
  return texts.reduce((length, text) => length + (text?.length ?? 0), keyUsage?.length ?? 0)
}

function pkijsFields(der: Uint8Array): number {
  const certificate = pkijs.Certificate.fromBER(der as Uint8Array<ArrayBuffer>)
  let parsed = 0
  for (const extension of certificate.extensions ?? []) if (extension.parsedValue !== undefined) parsed++
  return parsed + certificate.subject.typesAndValues.length
}

function peculiarFields(der: Uint8Array): number {
  const certificate = new PeculiarCertificate(der as Uint8Array<ArrayBuffer>)
  return certificate.subject.length + certificate.issuer.length + certificate.extensions.length
}
