import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { profilesPage } from '../../docs/profiles-page.ts'
import { signingProfiles } from '../../src/signing/index.ts'

describe('docs/profiles.md', () => {
  const page = profilesPage()

  it('is what the table of profiles makes', () => {
    expect(readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8')).toBe(page)
  })

  it('has every profile in each of its three tables', () => {
    for (const { name } of signingProfiles) expect(page.split(`\n| \`${name}\` |`), name).toHaveLength(4)
  })

  it('remarks on profiles that there are', () => {
    const names = signingProfiles.map(({ name }) => name)
    const remarks = page.slice(page.indexOf('## What the tables'), page.indexOf('## What has no profile'))
    const named = [...remarks.matchAll(/^- \*\*(.+?)\*\*/gm)].flatMap(([, list]) => (list as string).split(', '))
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(names).toContain(name)
  })
})
