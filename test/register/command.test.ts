import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, psd2, qwac } from '../cli/support.ts'
import { entry, fileOf } from './support.ts'

const folder = folderWith({
  'PSDMD.json': fileOf([entry(), entry({ number: '9', dates: ['2018-01-01', '2020-01-01'] })]),
  'a zip archive': 'PK\x03\x04',
  'a truncated download': Buffer.from(fileOf([entry()]))
    .toString()
    .slice(0, -9),
  'a trusted list': '<?xml version="1.0"?>',
  'hostile.json': fileOf([entry({ names: 'a\u001b[31m\u202eb\nc' })]),
  'qwac.der': qwac,
})
const register = join(folder, 'PSDMD.json')
const index = join(folder, 'eba.index')
const made = await psd2(['trust', 'eba', 'index', register, '--out', index])

const lookup = (...args: string[]) => psd2(['trust', 'eba', 'lookup', '--index', index, ...args])

describe('psd2 trust eba index', () => {
  it('writes the index and says what is in it', () => {
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toContain('2 entries')
    expect(made.out).toMatch(/PSD_PI\s+2\n/)
    expect(readFileSync(index).subarray(0, 8).toString()).toBe('psd2eba\n')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('reads standard input', async () => {
    const out = join(folder, 'stdin.index')
    const { code } = await psd2(['trust', 'eba', 'index', '-', '--out', out], readFileSync(register))
    expect(code).toBe(0)
    expect(readFileSync(out)).toEqual(readFileSync(index))
  })

  it.each([
    ['a zip archive', 'unzip -p'],
    ['a truncated download', 'EBA_TRUNCATED'],
    ['a trusted list', 'EBA_NOT_REGISTER'],
  ])('says what to do with %s, and leaves no file', async (name, says) => {
    const out = join(folder, 'wrong.index')
    const outcome = await psd2(['trust', 'eba', 'index', join(folder, name), '--out', out])
    expect([outcome.code, outcome.out]).toEqual([3, ''])
    expect(outcome.err).toContain(says)
    expect(outcome.err).toContain('mend: ')
    expect(existsSync(out)).toBe(false)
  })

  it('does not overwrite what it reads, nor write where it cannot', async () => {
    expect((await psd2(['trust', 'eba', 'index', register, '--out', register])).code).toBe(2)
    const nowhere = await psd2(['trust', 'eba', 'index', register, '--out', join(folder, 'no', 'such', 'index')])
    expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('OUTPUT_UNWRITABLE')])
  })

  it('wants the digest that was given', async () => {
    const args = ['trust', 'eba', 'index', register, '--out', join(folder, 'digest.index'), '--sha256']
    expect((await psd2([...args, '0'.repeat(64)])).err).toContain('EBA_DIGEST')
    expect((await psd2([...args, 'x'])).code).toBe(2)
  })
})

describe('psd2 trust eba lookup', () => {
  it('tells everything as text', async () => {
    const { code, out } = await lookup('PSDIE-CBI-C58301', '--roles', 'PSP_PI,PSP_AI', '--country', 'IE')
    expect(code).toBe(0)
    const { 0: first, length } = out.split('\n')
    expect([first, length]).toEqual(['PSDIE-CBI-C58301  match  REGISTER_MATCH: the register has the institution', 9])
    expect(out).toContain('IE_CBI!C58301  PSD_PI  Example Pay Ltd')
    expect(out).toContain('PSP_AI (PS_080) granted for IE; in IE, FR')
  })

  it('tells everything as JSON', async () => {
    const { code, out } = await lookup('PSDIE-CBI-9', '--format', 'json', '--at', '2026-06-01T12:00:00Z')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      identifier: 'PSDIE-CBI-9',
      at: '2026-06-01T12:00:00.000Z',
      status: 'match',
      code: 'REGISTER_MATCH',
      match: { rule: 'entity-code', authorisation: 'withdrawn', entity: { owner: 'IE_CBI', code: 'IE_CBI!9' } },
      findings: [{ code: 'REGISTER_WITHDRAWN', detail: '2018-01-01, 2020-01-01' }],
    })
  })

  it.each([
    ['no match', ['PSDIE-CBI-1'], 1, 'no_match'],
    ['a French number', ['PSDFR-ACPR-16948'], 5, 'indeterminate'],
    [
      'a role that is missing',
      ['PSDIE-CBI-C58301', '--roles', 'PSP_PI', '--country', 'FR'],
      1,
      'REGISTER_ROLE_NOT_GRANTED',
    ],
    ['a role that no service stands for', ['PSDIE-CBI-C58301', '--roles', 'PSP_AS'], 5, 'REGISTER_ROLE_UNKNOWN'],
    ['a bank that is missing', ['PSDIE-CBI-1', '--roles', 'PSP_AS,PSP_AI'], 5, 'REGISTER_CREDIT_INSTITUTION'],
    ['another time', ['PSDIE-CBI-9', '--at', '2019-01-01'], 0, 'in-force'],
  ])('%s', async (_, args, code, says) => {
    const outcome = await lookup(...args)
    expect([outcome.code, outcome.out]).toEqual([code, expect.stringContaining(says)])
  })

  it('takes identifier and roles from a certificate', async () => {
    const { code, out } = await lookup('--certificate', join(folder, 'qwac.der'), '--format', 'json')
    expect([code, JSON.parse(out).identifier]).toEqual([5, expect.stringMatching(/^PSDFR-ACPR-/)])
  })

  it('escapes what the register says', async () => {
    const file = join(folder, 'hostile.json')
    const out = join(folder, 'hostile.index')
    await psd2(['trust', 'eba', 'index', file, '--out', out])
    for (const format of ['text', 'json']) {
      const outcome = await psd2(['trust', 'eba', 'lookup', 'PSDIE-CBI-C58301', '--index', out, '--format', format])
      expect(outcome.out).toContain('IE_CBI!C58301')
      for (const character of ['\u001b', '\u202e']) expect(outcome.out).not.toContain(character)
    }
  })

  it.each([
    ['neither identifier nor certificate', [], 2],
    ['both', ['PSDIE-CBI-1', '--certificate', 'x.pem'], 2],
    ['an unknown role', ['PSDIE-CBI-1', '--roles', 'PSP_XX'], 2],
    ['a country that is a word', ['PSDIE-CBI-1', '--country', 'France'], 2],
  ])('%s is wrong use', async (_, args, code) => {
    expect((await lookup(...args)).code).toBe(code)
  })

  it('says what to do where there is no index, or another file', async () => {
    const args = (file: string) => ['trust', 'eba', 'lookup', 'PSDIE-CBI-1', '--index', file]
    const missing = await psd2(args(join(folder, 'none.index')))
    expect([missing.code, missing.err]).toEqual([5, expect.stringContaining('psd2 trust eba index')])
    const wrong = await psd2(args(register))
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('it looks like the register itself')])
  })
})
