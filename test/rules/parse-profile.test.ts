import { describe, expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import { parseProfile, profiles } from '../../src/rules/index.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const citation = { document: 'Manual', clause: '1' }
const whole = {
  name: 'mine',
  title: 'my rules',
  type: 'QSealC',
  psd2: true,
  rules: ['ts119495.*', 'bpce.rsa-key'],
  overrides: { 'ts119495.role-once': { severity: 'error', citation: { ...citation, edition: '2' } } },
}

function refusal(value: unknown): { code: string; path: string | undefined; message: string } {
  try {
    parseProfile(value instanceof Uint8Array ? value : encode(value))
  } catch (error) {
    if (error instanceof Psd2Error) {
      expect(error.mend).toBeDefined()
      return { code: error.code, path: error.path, message: error.message }
    }
    throw error
  }
  throw new TypeError('the profile was taken')
}

describe('parseProfile', () => {
  it('reads a profile, and an audit runs its rules with its severities', async () => {
    const profile = parseProfile(encode(whole))
    expect(profile).toEqual(whole)
    const options = { at: new Date('2026-01-02T00:00:00Z'), profile: readyProfile(profile) }
    const report = await auditCertificate(storedCertificate('qsealc-duplicate-role'), options)
    expect(report.profile).toBe('mine')
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['ts119495.role-once', 'error']])
    const ec = await auditCertificate(storedCertificate('qsealc-p-256'), options)
    expect(ec.findings.map(({ rule }) => rule)).toEqual(['bpce.rsa-key'])
  })

  it('adds to the profile that it extends, and turns rules off', () => {
    const own = { 'bpce.rsa-key': { severity: 'off', citation } }
    const profile = parseProfile(
      encode({ name: 'mine', title: 'x', extends: 'bpce', rules: ['rfc3279.*'], overrides: own }),
    )
    const { bpce } = profiles
    expect(profile.rules).toEqual([...(bpce?.rules ?? []), 'rfc3279.*'])
    expect(profile.psd2).toBe(true)
    expect(profile.overrides).toEqual({ ...bpce?.overrides, ...own })
    const ids = readyProfile(profile).set.rules.map(({ rule }) => rule.id)
    expect(ids).not.toContain('bpce.rsa-key')
    expect(ids).toContain('bpce.pss-key')
    expect(parseProfile(encode({ name: 'same', title: 'x', extends: 'crypto' })).rules).toEqual(profiles.crypto?.rules)
  })

  const { name, title, rules } = whole
  it.each([
    ['no object', [], 'PROFILE_MEMBER_TYPE', ''],
    ['no name', { title, rules }, 'PROFILE_MEMBER_MISSING', '/name'],
    ['an empty title', { name, title: '', rules }, 'PROFILE_MEMBER_TYPE', '/title'],
    ['no rules', { name, title }, 'PROFILE_MEMBER_MISSING', '/rules'],
    ['an empty list of rules', { name, title, rules: [] }, 'PROFILE_MEMBER_TYPE', '/rules'],
    ['rules that are no list', { name, title, rules: '*' }, 'PROFILE_MEMBER_TYPE', '/rules'],
    ['a rule that is no name', { name, title, rules: ['*', 3] }, 'PROFILE_MEMBER_TYPE', '/rules/1'],
    ['an unknown rule', { name, title, rules: ['ts119495.role-nam'] }, 'PROFILE_RULE_UNKNOWN', '/rules/0'],
    ['an unknown folder', { name, title, rules: ['ts119459.*'] }, 'PROFILE_RULE_UNKNOWN', '/rules/0'],
    ['an unknown member', { name, title, rules, override: {} }, 'PROFILE_MEMBER_UNKNOWN', '/override'],
    ['an unknown type', { name, title, rules, type: 'QSEALC' }, 'PROFILE_MEMBER_TYPE', '/type'],
    ['psd2 that is no flag', { name, title, rules, psd2: 'yes' }, 'PROFILE_MEMBER_TYPE', '/psd2'],
    ['the name of another', { name: 'auto', title, rules }, 'PROFILE_NAME_TAKEN', '/name'],
    ['an unknown base', { name, title, extends: 'bpec' }, 'PROFILE_BASE_UNKNOWN', '/extends'],
    ['overrides that are a list', { name, title, rules, overrides: [] }, 'PROFILE_MEMBER_TYPE', '/overrides'],
    [
      'an override of an unknown rule',
      { name, title, rules, overrides: { 'ts119495.*': { severity: 'off', citation } } },
      'PROFILE_RULE_UNKNOWN',
      '/overrides/ts119495.*',
    ],
    [
      'an unknown severity',
      { name, title, rules, overrides: { 'bpce.kind': { severity: 'grave', citation } } },
      'PROFILE_MEMBER_TYPE',
      '/overrides/bpce.kind/severity',
    ],
    [
      'an override without a reason',
      { name, title, rules, overrides: { 'bpce.kind': { severity: 'off' } } },
      'PROFILE_MEMBER_MISSING',
      '/overrides/bpce.kind/citation',
    ],
    [
      'a reason without a clause',
      { name, title, rules, overrides: { 'bpce.kind': { severity: 'off', citation: { document: 'x' } } } },
      'PROFILE_MEMBER_MISSING',
      '/overrides/bpce.kind/citation/clause',
    ],
  ])('refuses %s', (_, value, code, path) => {
    expect(refusal(value)).toMatchObject({ code, path })
  })

  it('names what comes nearest', () => {
    expect(refusal({ name, title, rules: ['ts119495.role-nam'] }).message).toContain('nearest: ts119495.role-name,')
    expect(refusal({ name, title, extends: 'bpec' }).message).toContain('nearest: bpce,')
    expect(refusal({ name, title, rules, overides: {} }).message).toContain('nearest: overrides')
  })

  it('refuses what is no JSON, a member twice, and what is too large, quickly', () => {
    expect(refusal(new TextEncoder().encode('{')).code).toBe('JSON_TRUNCATED')
    expect(refusal(new TextEncoder().encode('{"name":"a","name":"b"}')).code).toBe('JSON_MEMBER_TWICE')
    expect(refusal(encode({ name, title, rules: ['x'.repeat(300_000)] })).code).toBe('LIMIT_JSON_SIZE')
    expect(refusal(encode({ name, title, rules: ['x'.repeat(200_000)] })).code).toBe('PROFILE_RULE_UNKNOWN')
  })

  it('finds nothing in the prototype of objects', () => {
    expect(refusal({ name, title, extends: 'constructor' }).code).toBe('PROFILE_BASE_UNKNOWN')
    const text = `{"name":"a","title":"b","rules":["*"],"overrides":{"__proto__":{"severity":"off","citation":{}}}}`
    expect(refusal(new TextEncoder().encode(text)).code).toBe('PROFILE_RULE_UNKNOWN')
  })
})

describe('readyProfile', () => {
  it.each(Object.keys(profiles))('makes %s ready, with rules', (profile) => {
    expect(readyProfile(profile).set.rules.length).toBeGreaterThan(10)
  })

  it('names the nearest profiles and rules', () => {
    expect(() => readyProfile('qwac-psd')).toThrow(`unknown profile 'qwac-psd'; nearest: qwac-psd2`)
    expect(() => readyProfile('toString')).toThrow(TypeError)
    expect(() => readyProfile({ name: 'x', title: 'x', rules: ['bpce.knd'] })).toThrow(`nearest: bpce.kind`)
    const overrides = { 'bpce.*': { severity: 'off', citation } } as const
    expect(() => readyProfile({ name: 'x', title: 'x', rules: ['*'], overrides })).toThrow(TypeError)
  })
})
