import { Psd2Error } from 'psd2-toolkit/core'
import {
  pathVerdict,
  type RevocationAnswer,
  type RevocationQuery,
  type ValidatePathOptions,
  validatePath,
} from 'psd2-toolkit/trust'
import { describe, expect, it } from 'vitest'
import { createCrl } from '../../src/issuance/index.ts'
import { authority, keyOf, leaf } from '../../vectors/trust/make/mint.ts'
import * as listed from '../revocation/support.ts'

const root = authority('root')
const other = authority('other root')
const issuing = authority('issuing', root)
const at = new Date('2026-06-01T12:00:00.700Z')

const sound: ValidatePathOptions = {
  certificate: leaf(issuing),
  intermediates: [issuing.der],
  anchors: [root.der],
  at,
  purpose: 'any',
}

type States = Readonly<Record<string, RevocationAnswer['status']>>

/** Answers by commonName of the certificate and of its issuer; good where nothing is said. */
function checker(states: States, asked: RevocationQuery[] = []) {
  return (query: RevocationQuery): RevocationAnswer => {
    asked.push(query)
    const name = `${query.certificate.subject.only('2.5.4.3')} by ${query.issuer.subject.only('2.5.4.3')}`
    return { status: states[name] ?? 'good', reason: `of ${name}`, evidence: name }
  }
}

async function refusalOf(options: ValidatePathOptions): Promise<Psd2Error> {
  const error = await validatePath(options).catch((caught: unknown) => caught)
  if (!(error instanceof Psd2Error)) throw new Error('nothing was refused', { cause: error })
  return error
}

describe('revocation along a path', () => {
  it('asks for every certificate below the anchor, from the top, at the moment without its fraction', async () => {
    const asked: RevocationQuery[] = []
    const { revocation, notChecked } = await validatePath({ ...sound, checkRevocation: checker({}, asked) })
    expect(asked.map(({ index, path, issuer }) => [index, path.length, issuer.certificate !== undefined])).toEqual([
      [1, 3, true],
      [0, 3, true],
    ])
    for (const query of asked) expect(query.at).toEqual(new Date('2026-06-01T12:00:00Z'))
    expect(revocation.map(({ evidence }) => evidence)).toEqual(['leaf by issuing', 'issuing by root'])
    expect(notChecked).not.toContain('revocation')
  })

  it('refuses what is revoked, the authority before what it issued', async () => {
    const both = { 'leaf by issuing': 'revoked', 'issuing by root': 'revoked' } as const
    const upper = await refusalOf({ ...sound, checkRevocation: checker(both) })
    expect([upper.code, upper.path, pathVerdict(upper)]).toEqual(['PATH_REVOKED', 'path[1]', 'invalid'])
    const lower = await refusalOf({ ...sound, checkRevocation: checker({ 'leaf by issuing': 'revoked' }) })
    expect([lower.code, lower.path]).toEqual(['PATH_REVOKED', 'path[0]'])
    expect(lower.message).toContain('of leaf by issuing')
  })

  it('takes nothing for good that nobody knows', async () => {
    const checkRevocation = checker({ 'leaf by issuing': 'unknown' })
    const error = await refusalOf({ ...sound, checkRevocation })
    expect([error.code, error.path, pathVerdict(error)]).toEqual([
      'PATH_REVOCATION_UNKNOWN',
      'path[0]',
      'indeterminate',
    ])
    const { revocation } = await validatePath({ ...sound, checkRevocation, revocation: 'if-present' })
    expect(revocation.map(({ status }) => status)).toEqual(['unknown', 'good'])
  })

  it('refuses what is revoked where answers may be missing too', async () => {
    const checkRevocation = checker({ 'leaf by issuing': 'revoked' })
    expect((await refusalOf({ ...sound, checkRevocation, revocation: 'if-present' })).code).toBe('PATH_REVOKED')
  })

  it('refuses where it is required and nobody can be asked', async () => {
    expect((await refusalOf({ ...sound, revocation: 'require' })).code).toBe('PATH_REVOCATION_UNKNOWN')
  })

  it('asks nobody where it is off', async () => {
    const asked: RevocationQuery[] = []
    const { notChecked } = await validatePath({ ...sound, checkRevocation: checker({}, asked), revocation: 'off' })
    expect(asked).toEqual([])
    expect(notChecked).toContain('revocation')
  })

  it('goes another way around a revoked authority, and asks once for each link', async () => {
    const asked: RevocationQuery[] = []
    const crossed = authority('issuing', other, { key: keyOf('issuing') })
    const { path } = await validatePath({
      ...sound,
      intermediates: [issuing.der, crossed.der],
      anchors: [root.der, other.der],
      checkRevocation: checker({ 'issuing by root': 'revoked' }, asked),
    })
    expect(path.map(({ subject }) => subject.only('2.5.4.3'))).toEqual(['leaf', 'issuing', 'other root'])
    asked.length = 0
    await refusalOf({ ...sound, checkRevocation: checker({ 'leaf by issuing': 'revoked' }, asked) })
    expect(asked).toHaveLength(2)
  })

  it('asks about nothing that is refused anyway', async () => {
    const asked: RevocationQuery[] = []
    await refusalOf({ ...sound, at: new Date('2050-01-01T00:00:00Z'), checkRevocation: checker({}, asked) })
    expect(asked).toEqual([])
  })

  it('hands on what the checker throws, and refuses an answer that is none', async () => {
    const throwing = () => Promise.reject(new RangeError('no network'))
    await expect(validatePath({ ...sound, checkRevocation: throwing })).rejects.toThrow(RangeError)
    const wrong = (() => ({ status: true })) as never
    await expect(validatePath({ ...sound, checkRevocation: wrong })).rejects.toThrow(TypeError)
  })
})

describe('lists that come with the question', async () => {
  const options: ValidatePathOptions = {
    certificate: listed.leaf,
    intermediates: [listed.webCa],
    anchors: [listed.authority.root.certificate],
    at: listed.at,
    purpose: 'clientAuth',
  }
  const ofRoot = await createCrl({ issuer: listed.authority.root, thisUpdate: listed.later(-1) })

  it('let a path pass that they cover whole', async () => {
    const { revocation, notChecked } = await validatePath({ ...options, crls: [ofRoot, await listed.crl()] })
    expect(revocation.map(({ status }) => status)).toEqual(['good', 'good'])
    expect(notChecked).toEqual(['names'])
  })

  it('refuse what they list', async () => {
    const error = await refusalOf({ ...options, crls: [ofRoot, await listed.crl({ revoked: [listed.entry] })] })
    expect([error.code, error.path]).toEqual(['PATH_REVOKED', 'path[0]'])
  })

  it('say nothing of what they do not cover', async () => {
    const crls = [await listed.crl()]
    const error = await refusalOf({ ...options, crls })
    expect([error.code, error.path]).toEqual(['PATH_REVOCATION_UNKNOWN', 'path[1]'])
    expect((await validatePath({ ...options, crls, revocation: 'if-present' })).path).toHaveLength(3)
    expect((await refusalOf({ ...options, crls: [] })).code).toBe('PATH_REVOCATION_UNKNOWN')
  })

  it('of another authority with the same name count for nothing', async () => {
    const forged = await createCrl({ issuer: listed.impostor.webCa, thisUpdate: listed.later(-1) })
    expect((await refusalOf({ ...options, crls: [ofRoot, forged] })).code).toBe('PATH_REVOCATION_UNKNOWN')
  })

  it('are no company for a checker', async () => {
    const both = { ...options, crls: [ofRoot], checkRevocation: checker({}) }
    await expect(validatePath(both)).rejects.toThrow(TypeError)
    await expect(validatePath({ ...options, crls: ofRoot as never })).rejects.toThrow(TypeError)
  })
})
