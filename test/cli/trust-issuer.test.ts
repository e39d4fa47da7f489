import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { root } from '../support/package.ts'
import { folderWith, pem, psd2 } from './support.ts'

const list = (id: string): string => join(root, 'vectors/trusted-lists', `${id}.xml`)
const leaf = (id: string): string => join(root, 'vectors/certificates', `${id}.pem`)
const folder = folderWith({ 'operator.pem': pem(certificate(signers.national.certificate)), 'none.pem': 'x' })
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  for (const [id, store] of [
    ['control', 'both.store'],
    ['withdrawn', 'withdrawn.store'],
  ] as const) {
    const { code } = await psd2(['trust', 'list', list(id), '--signers', file('operator.pem'), '--store', file(store)])
    expect(code).toBe(0)
  }
})
const issuer = (store: string, ...args: readonly string[]) => psd2(['trust', 'issuer', '--store', file(store), ...args])

describe('psd2 trust issuer', () => {
  it('says which service of which list stands behind a certificate, at issuance and now', async () => {
    const { code, out } = await issuer('both.store', leaf('qwac'), leaf('qsealc'))
    expect(code).toBe(0)
    expect(out).toContain('QWAC, ')
    const evidence = 'granted; FR list 7 of 2026-05-01, next update 2026-11-01: Test QTSP'
    expect(out).toContain(`at issuance  ${evidence}, Web sites, CA/QC granted since 2025-01-01 for web`)
    expect(out).toContain(`at the time  ${evidence}, Seals, CA/QC granted since 2025-01-01 for eseal`)
  })

  it('tells withdrawn, wrong use, out of date, unknown and unreadable by exit code', async () => {
    const rows: readonly (readonly [exit: number, args: readonly string[], said: string])[] = [
      [1, ['withdrawn.store', leaf('qwac')], 'not-granted: the service was not granted then; FR list 7'],
      [1, ['both.store', leaf('qwac'), '--use', 'eseal'], 'not-granted: the service is for another use'],
      [
        5,
        ['both.store', leaf('qwac'), '--at', '2027-01-01'],
        'unknown: the list is out of date; FR list 7 of 2026-05-01, next update 2026-11-01, out of date',
      ],
      [5, ['both.store', leaf('qwac-ecdsa-issuer')], 'unknown: no list has the key of the issuer'],
      [1, ['both.store', leaf('ca-web')], 'not asked'],
      [3, ['both.store', file('none.pem')], 'none.pem'],
    ]
    for (const [exit, [store = '', ...args], said] of rows) {
      const { code, out } = await issuer(store, ...args)
      expect([code, out]).toEqual([exit, expect.stringContaining(said)])
    }
  })

  it('writes JSON', async () => {
    const { code, out } = await issuer('withdrawn.store', leaf('qwac'), file('none.pem'), '--format', 'json')
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject([
      { index: 0, kind: 'QWAC', serviceAtIssuance: { verdict: 'granted' }, serviceNow: { verdict: 'not-granted' } },
      { error: { code: expect.any(String) } },
    ])
  })

  it('refuses a store that is none', async () => {
    const { code, err } = await psd2(['trust', 'issuer', '--store', leaf('qwac'), leaf('qwac')])
    expect([code, err]).toEqual([3, expect.stringContaining('TSL_STORE_FORM')])
    expect((await psd2(['trust', 'issuer', leaf('qwac')])).code).toBe(2)
  })
})
