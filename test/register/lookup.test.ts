import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { competentAuthorities } from '../../src/eidas/index.ts'
import { authorityAliases, type LookupOptions } from '../../src/trust/index.ts'
import { at, entry, registerOf } from './support.ts'

const ask = async (identifier: string, entries: readonly object[], options: Partial<LookupOptions> = {}) =>
  (await registerOf(...entries)).lookup(identifier, { at, ...options })

describe('numbers', () => {
  const cases: Readonly<Record<string, readonly [identifier: string, parts: object, rule: string]>> = {
    'of the EntityCode': ['PSDIE-CBI-C58301', { reference: 'other' }, 'entity-code'],
    'of the national reference': ['PSDIE-CBI-C58301', { number: '77' }, 'national-reference'],
    'one of several national references': [
      'PSDIE-CBI-B2',
      { number: '77', reference: ['B1', 'B2'] },
      'national-reference',
    ],
    'with a blank in the register': ['PSDIE-CBI-C102960', { number: 'C 102960', reference: 'x' }, 'entity-code-loose'],
    'with hyphen and zeros': [
      'PSDIE-CBI-01110279',
      { number: '5', reference: '0111027-9' },
      'national-reference-loose',
    ],
    'without the leading zeros': ['PSDIE-CBI-111027', { number: '00111027', reference: 'x' }, 'entity-code-loose'],
    'with dots': ['PSDIE-CBI-12.345', { number: '12345', reference: 'x' }, 'entity-code-loose'],
    'in a code that repeats the country': [
      'PSDLT-BL-LB000123',
      { owner: 'LT_BL', code: 'LT_LT_BL_LB000123', reference: 'x' },
      'entity-code',
    ],
    'of an owner with a hyphen': [
      'PSDFI-FINFSA-9000001-1',
      { owner: 'FI_FIN-FSA', number: '9000001-1' },
      'entity-code',
    ],
  }
  it.each(Object.entries(cases))('%s', async (_, [identifier, parts, rule]) => {
    const { status, code, match } = await ask(identifier, [entry(parts), entry({ owner: 'AT_FMA', number: '5' })])
    expect([status, code, match?.rule, match?.authorityByAlias]).toEqual(['match', 'REGISTER_MATCH', rule, false])
  })

  it('of another authority are no match', async () => {
    const { status, code } = await ask('PSDIE-CBI-C58301', [
      entry({ owner: 'IS_CBI' }),
      entry({ number: 'C1', reference: 'C1' }),
    ])
    expect([status, code]).toEqual(['no_match', 'REGISTER_NO_MATCH'])
  })

  it('of nothing but zeros and hyphens find nothing', async () => {
    const { status } = await ask('PSDIE-CBI-0-0', [entry({ number: '0', reference: '' })])
    expect(status).toBe('no_match')
  })
})

describe('authorities', () => {
  it.each(authorityAliases.map(({ ncaId, owners }) => [ncaId, owners[0] as string]))(
    '%s is %s',
    async (ncaId, owner) => {
      const { status, match } = await ask(`PSD${ncaId}-C58301`, [entry({ owner })])
      expect([status, match?.authorityByAlias]).toEqual(['match', true])
    },
  )

  it('of the European list are found without an alias, or by one', async () => {
    const owners: Readonly<Record<string, string>> = { 'FI-FINFSA': 'FI_FIN-FSA', 'LV-BL': 'LV_LV' }
    for (const { ncaId, onEbaList } of competentAuthorities) {
      if (!onEbaList || ncaId === 'FR-ACPR') continue
      const owner = owners[ncaId] ?? ncaId.replace('-', '_')
      expect((await ask(`PSD${ncaId}-C58301`, [entry({ owner })])).status, ncaId).toBe('match')
    }
  })
})

describe('what proves nothing', () => {
  const cases: Readonly<
    Record<string, readonly [identifier: string, entries: object[], options: object, code: string]>
  > = {
    'a French bank code, though an entry has that number': [
      'PSDFR-ACPR-16948',
      [entry({ owner: 'FR_ACPR', number: '16948' })],
      {},
      'REGISTER_NUMBERING',
    ],
    'a French bank code that nothing has': [
      'PSDFR-ACPR-16948',
      [entry({ owner: 'FR_ACPR' })],
      {},
      'REGISTER_NUMBERING',
    ],
    'an account servicing provider that is not there': [
      'PSDIE-CBI-9',
      [entry()],
      { roles: ['PSP_AS', 'PSP_AI'] },
      'REGISTER_CREDIT_INSTITUTION',
    ],
    'an authority of which nothing is there': ['PSDGB-FCA-123', [entry()], {}, 'REGISTER_AUTHORITY_EMPTY'],
    'an authority that the country does not have': ['PSDIE-FCA-123', [entry()], {}, 'REGISTER_AUTHORITY'],
    'a VAT number': ['VATIE-9700053D', [entry()], {}, 'REGISTER_SCHEME'],
    'an LEI': ['LEIXG-529900T8BM49AURSDO55', [entry()], {}, 'REGISTER_SCHEME'],
    'what is no identifier': ['PSDIE_CBI_C58301', [entry()], {}, 'REGISTER_IDENTIFIER'],
    'Greece under the code of the Commission': ['PSDEL-BOG-1', [entry()], {}, 'REGISTER_IDENTIFIER'],
    'a branch': ['PSDIE-CBI-7', [entry({ type: 'PSD_BR', code: 'PSD_PI!IE_CBI!C58301!7' })], {}, 'REGISTER_BRANCH'],
    'two that are both in force': ['PSDIE-CBI-C58301', [entry(), entry({ type: 'PSD_EMI' })], {}, 'REGISTER_AMBIGUOUS'],
    'an alias of nothing': [
      'PSDFR-ACPR-16948',
      [entry()],
      { aliases: { 'PSDFR-ACPR-16948': 'FR_ACPR!1' } },
      'REGISTER_ALIAS',
    ],
  }
  it.each(Object.entries(cases))('%s', async (_, [identifier, entries, options, code]) => {
    const answer = await ask(identifier, entries, options)
    expect([answer.status, answer.code, answer.match, answer.findings]).toEqual(['indeterminate', code, undefined, []])
    expect(answer.mend).not.toBe('')
  })

  it('is the alias of the caller where he has one', async () => {
    const aliases = { 'PSDFR-ACPR-16948': 'FR_ACPR!384558' }
    const { status, match } = await ask('PSDFR-ACPR-16948', [entry({ owner: 'FR_ACPR', number: '384558' })], {
      aliases,
    })
    expect([status, match?.rule, match?.entity.code]).toEqual(['match', 'alias', 'FR_ACPR!384558'])
  })
})

describe('authorisation by the parity of ENT_AUT', () => {
  const cases: Readonly<Record<string, readonly [dates: string | string[], at: string, state: string, code?: string]>> =
    {
      'one date': [['2018-07-02'], '2026-06-01T12:00:00Z', 'in-force'],
      'one date as a string': ['2018-07-02', '2026-06-01T12:00:00Z', 'in-force'],
      'two dates': [['2018-07-02', '2024-03-31'], '2026-06-01T12:00:00Z', 'withdrawn', 'REGISTER_WITHDRAWN'],
      'three dates': [['2018-05-01', '2021-05-01', '2022-06-01'], '2026-06-01T12:00:00Z', 'in-force'],
      'four dates': [
        ['2018-05-01', '2021-05-01', '2022-06-01', '2023-01-01'],
        '2026-06-01T12:00:00Z',
        'withdrawn',
        'REGISTER_WITHDRAWN',
      ],
      'between the first and the second': [
        ['2018-05-01', '2021-05-01', '2022-06-01'],
        '2020-01-01T00:00:00Z',
        'in-force',
      ],
      'between the second and the third': [
        ['2018-05-01', '2021-05-01', '2022-06-01'],
        '2021-09-01T00:00:00Z',
        'withdrawn',
        'REGISTER_WITHDRAWN',
      ],
      'a withdrawal to come': [['2018-05-01', '2027-01-01'], '2026-06-01T12:00:00Z', 'in-force'],
      'before the first': [['2018-05-01'], '2017-01-01T00:00:00Z', 'not-yet', 'REGISTER_NOT_YET'],
      'the evening before, where the authority has midnight': [
        ['2018-05-01', '2026-06-02'],
        '2026-06-01T22:30:00Z',
        'changing',
        'REGISTER_DAY',
      ],
      'no date': [[], '2026-06-01T12:00:00Z', 'unknown', 'REGISTER_DATES'],
      'dates that are not in order': [
        ['2022-01-01', '2021-01-01'],
        '2026-06-01T12:00:00Z',
        'unknown',
        'REGISTER_DATES',
      ],
      'a date that is none': [['01/02/2022'], '2026-06-01T12:00:00Z', 'unknown', 'REGISTER_DATES'],
    }
  it.each(Object.entries(cases))('%s', async (_, [dates, moment, state, code]) => {
    const answer = await ask('PSDIE-CBI-C58301', [entry({ dates })], { at: new Date(moment) })
    expect(answer.match?.authorisation).toBe(state)
    expect(answer.findings.map((finding) => finding.code)).toEqual(code === undefined ? [] : [code])
  })

  it('chooses, of two, the one in force', async () => {
    const old = entry({ type: 'PSD_AISP', dates: ['2018-01-01', '2020-01-01'] })
    const { status, match } = await ask('PSDIE-CBI-C58301', [old, entry()])
    expect([status, match?.entity.type, match?.others]).toEqual([
      'match',
      'PSD_PI',
      [{ code: 'IE_CBI!C58301', type: 'PSD_AISP', authorisation: 'withdrawn' }],
    ])
  })

  it('changes at each date and at nothing else', () => {
    const day = fc.integer({ min: 0, max: 5000 })
    const dateOf = (days: number) => new Date(Date.UTC(2015, 0, 1 + days)).toISOString().slice(0, 10)
    const property = fc.asyncProperty(fc.uniqueArray(day, { minLength: 1, maxLength: 5 }), day, async (days, asked) => {
      const sorted = [...days].sort((a, b) => a - b)
      const moment = new Date(`${dateOf(asked)}T12:00:00Z`)
      const { match } = await ask('PSDIE-CBI-C58301', [entry({ dates: sorted.map(dateOf) })], { at: moment })
      const passed = sorted.filter((date) => date <= asked).length
      expect(match?.authorisation).toBe(passed === 0 ? 'not-yet' : passed % 2 === 1 ? 'in-force' : 'withdrawn')
    })
    return fc.assert(property, { numRuns: 60 })
  })
})

describe('services against roles', () => {
  const rolesOf = async (services: object[], options: Partial<LookupOptions>) => {
    const { match, findings } = await ask('PSDIE-CBI-C58301', [entry({ services })], options)
    return { roles: match?.roles, codes: findings.map(({ code, detail }) => `${code} ${detail}`) }
  }

  it('PS_070 is payment initiation and PS_080 account information', async () => {
    const both = { roles: ['PSP_PI', 'PSP_AI'] } as const
    expect(await rolesOf([{ IE: 'PS_070' }], both)).toEqual({
      roles: [
        { role: 'PSP_PI', service: 'PS_070', status: 'granted', countries: ['IE'] },
        { role: 'PSP_AI', service: 'PS_080', status: 'not-granted', countries: [] },
      ],
      codes: ['REGISTER_ROLE_NOT_GRANTED PSP_AI, PS_080'],
    })
    expect((await rolesOf([{ IE: ['PS_080'] }], both)).codes).toEqual(['REGISTER_ROLE_NOT_GRANTED PSP_PI, PS_070'])
  })

  it('counts for the country that is asked about', async () => {
    const services = [{ IE: ['PS_070', 'PS_080'] }, { FR: ['PS_080'] }, { DE: ['PS_070'] }]
    const roles = ['PSP_PI'] as const
    expect((await rolesOf(services, { roles })).roles).toEqual([
      { role: 'PSP_PI', service: 'PS_070', status: 'granted', countries: ['IE', 'DE'] },
    ])
    expect((await rolesOf(services, { roles, country: 'FR' })).codes).toEqual([
      'REGISTER_ROLE_NOT_GRANTED PSP_PI, PS_070',
    ])
    expect((await rolesOf(services, { roles, country: 'DE' })).codes).toEqual([])
  })

  it('does not tell account servicing, nor that nobody issues cards', async () => {
    const { roles } = await rolesOf([{ IE: ['PS_010'] }], { roles: ['PSP_AS', 'PSP_IC'] })
    expect(roles?.map(({ status }) => status)).toEqual(['indeterminate', 'indeterminate'])
    expect((await rolesOf([{ IE: ['PS_05A'] }], { roles: ['PSP_IC'] })).roles?.[0]?.status).toBe('granted')
  })

  it('no role is granted to an undertaking outside the directive', async () => {
    const { findings } = await ask('PSDIE-CBI-C58301', [entry({ type: 'PSD_EXC' })])
    expect(findings.map(({ code }) => code)).toEqual(['REGISTER_NOT_A_PSP'])
  })
})

describe('wrong use', () => {
  it.each([
    ['no time', {}],
    ['no moment', { at: new Date(Number.NaN) }],
    ['an unknown role', { at, roles: ['PSP_XX'] }],
    ['an unknown option', { at, role: 'PSP_AI' }],
    ['a country that is a word', { at, country: 'France' }],
  ])('%s is a TypeError', async (_, options) => {
    const register = await registerOf(entry())
    expect(() => register.lookup('PSDIE-CBI-C58301', options as never)).toThrow(TypeError)
  })
})
