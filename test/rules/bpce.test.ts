import { describe, expect, it } from 'vitest'
import { requestRules } from '../../src/rules/bpce/request.ts'
import { profileAttacks } from '../../vectors/attacks.ts'
import { certificateVectors } from '../../vectors/certificates.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'
import { auditVector } from '../../vectors/rules/make/outcome.ts'

/** Attacks that the bank's profile only warns of, with the reason: lists age, and some things are allowed. */
const warnedOf: Readonly<Record<string, string>> = {
  'qsealc-identifier-established-elsewhere': 'a provider may be established in another country than its authority',
  'qsealc-identifier-nca-of-other-country': 'an authority may have published another code than the list has',
  'qsealc-organization-identifier-unknown-nca': 'an authority may have published another code than the list has',
  'qsealc-identifier-nca-alias': 'an authority may have published another code than the list has',
  'qsealc-duplicate-role': 'a role that is named twice grants nothing more',
  qsealc: 'the certificate is in order: who verifies it with other anchors refuses',
}

describe('the profile of the bank', () => {
  const ids = profileAttacks.flatMap(({ ends }) =>
    ends.filter(({ place }) => place === 'certificates').flatMap(({ vectors }) => vectors),
  )

  it('fails every certificate of an attack, but for those with a reason', async () => {
    const passed = new Set<string>()
    for (const id of new Set(ids)) {
      const { verdict } = await auditVector(storedCertificate(id), { profile: 'bpce' })
      if (verdict === 'pass') passed.add(id)
    }
    expect([...passed].sort()).toEqual(Object.keys(warnedOf).sort())
  })

  it('passes the sound certificates of every RSA key that it can use', async () => {
    const sound = [
      'qwac',
      'qsealc',
      'qwac-rsa-2048',
      'qsealc-rsa-2048',
      'qwac-rsa-4096',
      'qsealc-rsa-4096',
      'qwac-p-256',
    ]
    expect(sound.every((id) => certificateVectors.some((vector) => vector.id === id))).toBe(true)
    for (const id of sound) {
      expect((await auditVector(storedCertificate(id), { profile: 'bpce' })).findings, id).toEqual([])
    }
  })
})

describe('rules that compare with a registration request', () => {
  const der = storedCertificate('qsealc')
  const ids = requestRules.map(({ id }) => id)

  it('were not checked where the request lacks the member that they compare', async () => {
    const { notChecked } = await auditVector(der, { profile: 'bpce', facts: { request: {} } })
    const waiting = notChecked.filter(({ rule }) => ids.includes(rule))
    expect(waiting).toEqual(ids.map((rule) => ({ rule, needs: ['request'] })))
  })

  it('were checked where it has it', async () => {
    const request = {
      providerLegalId: 'PSDFR-ACPR-99999',
      clientLegalId: 'AGTFR-ACPR-99999001',
      clientName: 'Other',
      scopes: ['none'],
      x5c: [],
      x5t: '',
    }
    const { notChecked } = await auditVector(der, { profile: 'bpce', facts: { request } })
    expect(notChecked.filter(({ rule }) => ids.includes(rule))).toEqual([])
  })

  it('name it, each', () => {
    for (const { id, needs, member } of requestRules) {
      expect(needs, id).toContain('request')
      expect(member, id).toBeDefined()
    }
  })
})
