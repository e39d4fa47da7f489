import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deviationsPage } from '../docs/deviations-page.ts'
import { allCodes } from '../src/audit/code-info.ts'

describe('docs/deviations.md', () => {
  it('is what the tables of codes make', () => {
    const page = readFileSync(new URL('../docs/deviations.md', import.meta.url), 'utf8')
    expect(page).toBe(deviationsPage())
  })

  it('has every code once', () => {
    const page = deviationsPage()
    for (const [code] of allCodes()) expect(page.split(`| \`${code}\` |`)).toHaveLength(2)
  })
})
