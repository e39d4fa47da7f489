import { describe, expect, it } from 'vitest'
import { auditCertificate, createFactFinder, type FactSources } from '../../src/audit/index.ts'
import { indexEbaRegister } from '../../src/lists/index.ts'
import {
  openEbaRegister,
  openTrustStore,
  packTrustStore,
  type ServiceUse,
  type VerifiedList,
} from '../../src/trust/index.ts'
import { certificate } from '../../vectors/http/make/messages.ts'

const at = new Date('2026-06-01T12:00:00Z')
const seal = certificate('qsealc')
const web = certificate('qwac')
const root = certificate('ca-root')
const sealCa = certificate('ca-seal')
const webCa = certificate('ca-web')

/** A list that has one service: the CA of the seals. */
function listWith(status: string, use: ServiceUse, nextUpdate = new Date('2026-09-01T00:00:00Z')): VerifiedList {
  return {
    territory: 'FR',
    type: 'EUgeneric',
    version: 6,
    sequenceNumber: 12,
    operator: 'Test scheme operator',
    issued: new Date('2026-05-01T00:00:00Z'),
    nextUpdate,
    informationUris: [],
    pointers: [],
    remarks: [],
    services: [
      {
        provider: 'Test QTSP',
        name: 'Test seals',
        statuses: [
          {
            from: new Date('2020-01-01T00:00:00Z'),
            status,
            type: 'CA/QC',
            uses: [use],
            qualifications: [],
            notUnderstood: [],
            takenOver: false,
          },
        ],
        keys: [{ spki: sealCa.publicKey.value, subject: sealCa.subject.value, keyIdentifier: undefined }],
      },
    ],
    signer: root,
    stale: false,
  }
}
const storeOf = async (...given: Parameters<typeof listWith>) =>
  openTrustStore(await packTrustStore([listWith(...given)]))

const auditWith = async (sources: FactSources, subject = seal) =>
  auditCertificate(subject.bytes, { at, findFacts: createFactFinder(sources) })
const waiting = ({ notChecked }: Awaited<ReturnType<typeof auditWith>>): readonly string[] =>
  notChecked.flatMap(({ needs }) => needs)
const rulesOf = ({ findings }: Awaited<ReturnType<typeof auditWith>>): readonly string[] =>
  findings.map(({ rule }) => rule)

async function registerOf(entity: object) {
  const text = JSON.stringify([[{ disclaimer: 'test' }], [entity]])
  const { index } = await indexEbaRegister([Buffer.from(text)])
  return openEbaRegister(index)
}
const institution = {
  CA_OwnerID: 'FR_ACPR',
  EntityCode: 'FR_ACPR!12345',
  EntityType: 'PSD_PI',
  Properties: [
    { ENT_NAT_REF_COD: '12345' },
    { ENT_NAM: 'Test PSP' },
    { ENT_COU_RES: 'FR' },
    { ENT_AUT: ['2020-01-02'] },
  ],
  Services: [{ FR: ['PS_070', 'PS_080'] }],
  __EBA_EntityVersion: '20260101000000000',
}

describe('createFactFinder', () => {
  it('leaves everything open where nothing is given', async () => {
    const report = await auditWith({})
    expect(report.trust).toBe('not-checked')
    expect(waiting(report)).toEqual(expect.arrayContaining(['path', 'issuer', 'serviceAtIssuance', 'revocation']))
  })

  it('finds the path, the issuer and its signature', async () => {
    const report = await auditWith({ anchors: [root], intermediates: [sealCa, webCa] })
    expect(report.trust).toBe('trusted')
    for (const fact of ['path', 'issuer', 'issuerSignature']) expect(waiting(report)).not.toContain(fact)
    expect(rulesOf(report).filter((rule) => rule.startsWith('issuer.'))).toEqual([])
  })

  it('tells an issuer that nobody knows from a path that does not hold', async () => {
    const unknown = await auditWith({ anchors: [webCa] })
    expect(unknown.trust).toBe('indeterminate')
    expect(rulesOf(unknown)).toContain('issuer.path-known')
    const late = { at: new Date('2029-01-01T00:00:00Z'), findFacts: createFactFinder({ anchors: [sealCa] }) }
    const expired = await auditCertificate(seal.bytes, late)
    expect(expired.trust).toBe('untrusted')
    expect(rulesOf(expired)).toContain('issuer.path')
  })

  it('asks the trusted lists about the day of issuance and about now, for the use of the certificate', async () => {
    const granted = await auditWith({ trustStore: await storeOf('granted', 'eseal') })
    expect(granted.trust).toBe('trusted')
    expect(waiting(granted)).not.toContain('serviceAtIssuance')
    const otherUse = await auditWith({ trustStore: await storeOf('granted', 'web') })
    expect(otherUse.trust).toBe('untrusted')
    const [finding] = otherUse.findings.filter(({ rule }) => rule === 'issuer.granted-service')
    expect(finding?.actual).toMatch(
      /^not-granted: .*FR list 12 of 2026-05-01.*Test seals, CA\/QC granted since 2020-01-01 for web$/,
    )
    const withdrawn = await auditWith({ trustStore: await storeOf('withdrawn', 'eseal') })
    expect(withdrawn.trust).toBe('untrusted')
  })

  it('takes no answer from a list whose time is over, and none about an issuer that no list has', async () => {
    const stale = await auditWith({ trustStore: await storeOf('granted', 'eseal', new Date('2026-05-15T00:00:00Z')) })
    expect(stale.trust).toBe('indeterminate')
    const other = await auditWith({ trustStore: await storeOf('granted', 'web') }, web)
    expect(other.trust).toBe('indeterminate')
    expect(rulesOf(other)).toContain('issuer.known-service')
  })

  it('asks about revocation once the issuer is known, by path or by list', async () => {
    const asked: string[] = []
    const revocation = async ({ issuer }: { issuer: { publicKey: { hex: string } } }) => {
      asked.push(issuer.publicKey.hex)
      const status = 'revoked' as const
      return {
        status,
        code: 'REVOCATION_REVOKED' as never,
        reason: 'revoked',
        mend: '',
        revocation: undefined,
        evidence: [],
      }
    }
    const byPath = await auditWith({ anchors: [root], intermediates: [sealCa], revocation })
    const byList = await auditWith({ trustStore: await storeOf('granted', 'eseal'), revocation })
    for (const report of [byPath, byList]) {
      expect(report.trust).toBe('untrusted')
      expect(rulesOf(report)).toContain('issuer.not-revoked')
    }
    expect(asked).toEqual([sealCa.publicKey.hex, sealCa.publicKey.hex])
    const nobody = await auditWith({ anchors: [webCa], revocation })
    expect(waiting(nobody)).toContain('revocation')
    expect(asked).toHaveLength(2)
  })

  it('asks the register about the identifier and the roles', async () => {
    const find = async (entity: object) =>
      (await createFactFinder({ register: await registerOf(entity) })(seal, at)).register
    // France's institutions do not have their authorization number in the register.
    expect((await find(institution))?.verdict).toBe('indeterminate')
  })

  it.each([
    ['in-force', 'PSD_PI', ['granted'], [], 'match'],
    ['withdrawn', 'PSD_PI', ['granted'], ['REGISTER_WITHDRAWN'], 'no-match'],
    ['not-yet', 'PSD_PI', ['granted'], ['REGISTER_NOT_YET'], 'no-match'],
    ['in-force', 'PSD_EXC', ['granted'], ['REGISTER_NOT_A_PSP'], 'no-match'],
    ['in-force', 'PSD_PI', ['granted', 'not-granted'], ['REGISTER_ROLE_NOT_GRANTED'], 'no-match'],
    ['in-force', 'PSD_PI', ['indeterminate'], ['REGISTER_ROLE_UNKNOWN'], 'indeterminate'],
    ['changing', 'PSD_PI', ['granted'], ['REGISTER_CHANGING'], 'indeterminate'],
  ])('%s, %s, roles %s, findings %s: %s', async (authorisation, type, roles, codes, verdict) => {
    const match = { authorisation, entity: { type }, roles: roles.map((status) => ({ status })) }
    const findings = codes.map((code) => ({ code, message: 'said' }))
    const register = { lookup: () => ({ status: 'match', code: 'REGISTER_MATCH', message: 'found', match, findings }) }
    const facts = await createFactFinder({ register: register as never })(seal, at)
    expect(facts.register?.verdict).toBe(verdict)
    expect(facts.register?.evidence).toContain('found (REGISTER_MATCH)')
  })

  it('refuses a source that it does not know, and no anchors', () => {
    expect(() => createFactFinder({ anchor: [] } as never)).toThrow(/unknown source 'anchor'/)
    expect(() => createFactFinder({ anchors: [] })).toThrow(TypeError)
  })
})
