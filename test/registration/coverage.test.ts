import { readFileSync } from 'node:fs'
import { registrationRules, requestRules } from 'psd2-toolkit/registration'
import { describe, expect, it } from 'vitest'
import { behaviours } from '../../docs/registration-coverage.ts'
import { registrationPage } from '../../docs/registration-page.ts'

/** The numbers of the requirements on the page: first and last of each run, and those with a letter. */
const runs = [
  ...[
    [1, 5],
    [10, 25],
    [30, 39],
    [40, 84],
    [90, 95],
    [100, 118],
    [120, 123],
    [130, 133],
  ],
  ...[
    [140, 140],
    [150, 156],
    [160, 174],
    [180, 182],
  ],
] as const
const all = [
  ...runs.flatMap(([first = 0, last = 0]) =>
    Array.from({ length: last - first + 1 }, (_, i) => `R-${String(first + i).padStart(3, '0')}`),
  ),
  'R-039a',
  'R-039b',
]

const byRule = new Set([
  ...registrationRules.flatMap(({ requirement, onUpdate }) => [requirement, onUpdate?.requirement ?? requirement]),
  ...requestRules.flatMap(({ rows, requirement }) => [...Object.values(rows), requirement]),
])
const byBehaviour = behaviours.map(({ id }) => id)

describe('the requirements of the page', () => {
  it('are each a rule, a behaviour, or stand with a reason', () => {
    expect(all.filter((id) => !byRule.has(id) && !byBehaviour.includes(id))).toEqual([])
  })

  it('are all there are, each with one answer', () => {
    expect([...byRule, ...byBehaviour].filter((id) => !all.includes(id))).toEqual([])
    expect(new Set(byBehaviour).size).toBe(byBehaviour.length)
    expect(byBehaviour.filter((id) => byRule.has(id))).toEqual([])
  })

  it('are answered by what exists', async () => {
    const exported = new Set([
      ...Object.keys(await import('psd2-toolkit/registration')),
      ...Object.keys(await import('psd2-toolkit/client')),
      ...Object.keys(await import('psd2-toolkit/signature')),
      ...Object.keys(await import('psd2-toolkit/http')),
    ])
    const { RegistrationClient, clientCodes } = await import('psd2-toolkit/client')
    const ids = registrationRules.map(({ id }) => id)
    for (const { id, how } of behaviours) {
      expect(how, id).not.toBe('')
      for (const [, name = ''] of how.matchAll(/`([A-Za-z_.-]+)`/g)) {
        if (name.startsWith('registration.')) expect(ids, id).toContain(name)
        else if (name.startsWith('RegistrationClient.')) {
          expect(Object.hasOwn(RegistrationClient.prototype, name.slice('RegistrationClient.'.length)), name).toBe(true)
        } else if (/^[A-Z_]+$/.test(name)) expect(Object.keys(clientCodes), id).toContain(name)
        else if (/^[a-z]+[A-Z]/.test(name) && !ownWords.includes(name)) expect([...exported], id).toContain(name)
      }
    }
  })
})

/** Names in the table that are options or members, and no exports. */
const ownWords = ['resolveKey', 'tokenClientId']

describe('docs/registration-rules.md', () => {
  const page = registrationPage()

  it('is what the tables make', () => {
    expect(readFileSync(new URL('../../docs/registration-rules.md', import.meta.url), 'utf8')).toBe(page)
  })

  it('has every rule once, and the severities of all policies', () => {
    const table = page.slice(0, page.indexOf('## What a policy changes'))
    for (const { id } of registrationRules) {
      expect(table.split(`\n| \`${id.replace('registration.', '')}\` |`), id).toHaveLength(2)
    }
    expect(table).toContain('| seed | observed | rfc |')
  })
})
