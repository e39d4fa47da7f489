import { createHash, X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Certificate as PkijsCertificate } from 'pkijs'
import { beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../src/core/index.ts'
import { certificateKind, competentAuthorities, psd2Attributes, pspRoles } from '../src/eidas/index.ts'
import { createTestAuthority, defectNames, defects, type TestAuthority } from '../src/issuance/index.ts'
import { decodePem, parseCertificate } from '../src/x509/index.ts'
import { type CertificateVector, certificateVectors } from '../vectors/certificates.ts'
import {
  authorityIds,
  certificatesFolder,
  issuedAt,
  readKey,
  signsAlike,
  toBeSigned,
  VectorMint,
  vectorFile,
} from '../vectors/mint.ts'
import { type Outcome, outcomeOf } from '../vectors/outcome.ts'
import { openssl } from './issuance/support.ts'

interface Entry extends Outcome {
  readonly id: string
  readonly says: string
}

const index: readonly Entry[] = JSON.parse(readFileSync(new URL('index.json', certificatesFolder), 'utf8'))
const expected = new Map(index.map((entry) => [entry.id, entry]))
const pems = new Map(certificateVectors.map(({ id }) => [id, readFileSync(vectorFile(id), 'utf8')]))

/** Octets of a stored vector, by code that is not the toolkit's. */
function stored(id: string): Uint8Array {
  const pem = pems.get(id) ?? ''
  return Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64')
}

function issuerOf({ kind, authority = 'rsa' }: CertificateVector): X509Certificate {
  const ids = authorityIds[authority]
  return new X509Certificate(stored(kind === 'QWAC' ? ids.web : kind === 'QSealC' ? ids.seal : ids.root))
}

let mint: VectorMint

beforeAll(async () => {
  mint = await VectorMint.open()
})

describe('the vectors of certificates', () => {
  it('are those of the table, in its order, each once', () => {
    const ids = certificateVectors.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(index.map(({ id, says }) => [id, says])).toEqual(certificateVectors.map(({ id, says }) => [id, says]))
    const files = readdirSync(certificatesFolder).filter((file) => file.endsWith('.pem'))
    expect(files.sort()).toEqual(ids.map((id) => `${id}.pem`).sort())
  })

  it('have one for every deliberate defect, alone, in a kind that it is for', () => {
    const made = certificateVectors.flatMap(({ kind, options }) =>
      options?.defects?.length === 1 && Object.keys(options).length === 1 ? [`${kind} ${options.defects[0]}`] : [],
    )
    for (const name of defectNames) {
      expect(
        made.filter((text) => text.endsWith(` ${name}`)).map((text) => text.split(' ')[0]),
        name,
      ).toSatisfy(
        (kinds: string[]) => kinds.length > 0 && kinds.every((kind) => defects[name].kinds.some((k) => k === kind)),
      )
    }
  })

  it('are PEM with lines of 64 characters, of the octets in the index', () => {
    for (const { id, sha256 } of index) {
      const der = stored(id)
      expect(createHash('sha256').update(der).digest('hex'), id).toBe(sha256)
      expect(
        decodePem(pems.get(id) ?? '').map(({ bytes }) => toHex(bytes)),
        id,
      ).toEqual([toHex(der)])
      expect(pems.get(id), id).toMatch(
        /^-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/=]{1,64}\n-----END CERTIFICATE-----\n$/,
      )
    }
  })

  it('have no key that a search for certificates would open', () => {
    for (const file of readdirSync(new URL('keys/', certificatesFolder))) {
      expect(file).toMatch(/\.(?:key|md)$/)
      expect(readFileSync(new URL(`keys/${file}`, certificatesFolder), 'utf8')).toMatch(/^[# ]*TEST ONLY/)
    }
  })
})

describe('what the toolkit makes of each vector is what the index says, and nothing more', () => {
  it.each(certificateVectors)('$id', async ({ id, says }) => {
    const der = stored(id)
    const outcome = { id, says, ...(await outcomeOf(der, createHash('sha256').update(der).digest('hex'))) }
    expect(JSON.parse(JSON.stringify(outcome))).toStrictEqual(expected.get(id))
  })
})

describe('other tools', () => {
  it('verify each signature under the key of its authority', () => {
    for (const vector of certificateVectors) {
      const certificate = new X509Certificate(stored(vector.id))
      expect(certificate.verify(issuerOf(vector).publicKey), vector.id).toBe(true)
    }
  })

  it('refuse a signature under the key of another', () => {
    const certificate = new X509Certificate(stored('qsealc'))
    expect(certificate.verify(new X509Certificate(stored(authorityIds.rsa.web)).publicKey)).toBe(false)
  })

  it('find the same organizationIdentifier: pkijs', () => {
    for (const { id } of certificateVectors) expect(identifiersByPkijs(stored(id)), id).toEqual(identifiersIn(id))
  })

  it('find the same organizationIdentifier: openssl', () => {
    // A process takes its time: one for each subject that differs in an octet.
    const subjects = new Map(certificateVectors.map(({ id }) => [subjectOctets(stored(id)), id]))
    expect(subjects.size).toBeGreaterThan(60)
    for (const id of subjects.values()) expect(identifiersByOpenssl(stored(id)), id).toEqual(identifiersIn(id))
  })
})

describe('minting again', () => {
  it('signs the same octets, and gives the same certificate where the algorithm is deterministic', async () => {
    let alike = 0
    for (const vector of certificateVectors) {
      const again = await mint.mint(vector)
      expect(toHex(toBeSigned(again)), vector.id).toBe(toHex(toBeSigned(stored(vector.id))))
      if (!signsAlike(vector)) continue
      alike++
      expect(toHex(again), vector.id).toBe(toHex(stored(vector.id)))
    }
    expect(alike).toBeGreaterThan(certificateVectors.length - 20)
  })
})

const ORGANIZATION_IDENTIFIER = '2.5.4.97'

/** As the index says; where even tolerant reading refuses, the vector's own default. */
/** What stands in certificates that are refused in every mode, where it is not the usual one. */
const refusedIdentifiers: Readonly<Record<string, string>> = {
  'qsealc-organization-identifier-nul': 'PSDFR-ACPR-12345\0.example',
}

function identifiersIn(id: string): string[] {
  const { inspection } = expected.get(id) as Entry
  if (!('subjectAttributes' in inspection)) return [refusedIdentifiers[id] ?? 'PSDFR-ACPR-12345']
  const attributes = inspection.subjectAttributes as readonly { oid: string; value: string }[]
  return attributes.filter(({ oid }) => oid === ORGANIZATION_IDENTIFIER).map(({ value }) => value)
}

function identifiersByPkijs(der: Uint8Array): string[] {
  const { subject } = PkijsCertificate.fromBER(Uint8Array.from(der))
  return subject.typesAndValues
    .filter(({ type }) => type === ORGANIZATION_IDENTIFIER)
    .map(({ value }) => String(value.valueBlock.value))
}

function subjectOctets(der: Uint8Array): string {
  return Buffer.from(PkijsCertificate.fromBER(Uint8Array.from(der)).subject.valueBeforeDecode).toString('hex')
}

/** Each attribute on a line of its own; control characters and the backslash come escaped. */
function identifiersByOpenssl(der: Uint8Array): string[] {
  const options = 'utf8,esc_ctrl,sep_multiline,oid'
  const text = openssl(['x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', options], der)
  // Attributes of one RDN share a line.
  const parts = text.split('\n').flatMap((line) => line.split(' + '))
  return parts.flatMap((part) => {
    const [, value] = /^\s*(?:2\.5\.4\.97|organizationIdentifier)=(.*)$/.exec(part) ?? []
    return value === undefined ? [] : [withoutEscapes(value)]
  })
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([0-9A-F]{2})/g, (_, octet: string) => String.fromCharCode(Number.parseInt(octet, 16)))
}

/** Roles of PSPs that a national authority supervises: the others go with NA. */
const nationalRoles = pspRoles.filter(({ role }) => role !== 'PSP_CB' && role !== 'PSP_PA')

describe('what is minted', () => {
  let authority: TestAuthority
  let keys: CryptoKeyPair

  beforeAll(async () => {
    keys = await readKey('leaf-p-256')
    authority = await createTestAuthority({ at: issuedAt, keys: { root: keys, web: keys, seal: keys } })
  })

  const text = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', minLength: 1, maxLength })
  const graphic = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:.-_()+=!*@$~|')
  const attributes = fc.record({
    authority: fc.constantFrom(...competentAuthorities),
    // A letter or digit first, so that the subject's serialNumber, a PrintableString made from it, is never empty.
    number: fc
      .tuple(fc.constantFrom(...'09AZaz'), fc.string({ unit: graphic, maxLength: 80 }))
      .map((parts) => parts.join('')),
    roles: fc.shuffledSubarray([...nationalRoles], { minLength: 1 }),
    organizationName: text(60),
    ncaName: text(60).filter((name) => name.length <= 256),
    kind: fc.constantFrom('QWAC' as const, 'QSealC' as const),
  })

  it('comes back as it was given', async () => {
    await fc.assert(
      fc.asyncProperty(attributes, async ({ authority: { ncaId, country }, number, kind, ...given }) => {
        const organizationIdentifier = `PSD${ncaId}-${number}`
        const roles = given.roles.map(({ role }) => role)
        const options = { ...given, roles, organizationIdentifier, keys }
        const { certificate: der } =
          kind === 'QWAC' ? await authority.issueQwac(options) : await authority.issueQSealC(options)
        const certificate = parseCertificate(der)
        const read = psd2Attributes(certificate)
        expect(certificateKind(certificate).kind).toBe(kind)
        expect(certificate.subject.only('2.5.4.10')).toBe(given.organizationName)
        expect(read.organizationIdentifier).toMatchObject({
          value: organizationIdentifier,
          scheme: 'PSD',
          country,
          number,
          ncaId,
          problem: undefined,
        })
        expect(read.roles).toEqual(given.roles.map(({ oid, role }) => ({ oid, role, name: role })))
        expect([read.ncaName, read.ncaId]).toEqual([given.ncaName, ncaId])
        expect([...certificate.deviations, ...read.deviations]).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})
