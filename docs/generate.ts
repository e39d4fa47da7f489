import { writeFileSync } from 'node:fs'
import { attacksPage } from './attacks-page.ts'
import { deviationsPage } from './deviations-page.ts'
import { profilesPage } from './profiles-page.ts'
import { realCertificatesPage } from './real-certificates.ts'
import { registrationPage } from './registration-page.ts'
import { ruleExamplesSource } from './rule-examples.ts'
import { coveragePage, rulesPage } from './rules-page.ts'

/** `npm run docs:generate`: the pages that are made from tables. */
writeFileSync(new URL('./deviations.md', import.meta.url), deviationsPage())
writeFileSync(new URL('./profiles.md', import.meta.url), profilesPage())
writeFileSync(new URL('./rules.md', import.meta.url), rulesPage())
writeFileSync(new URL('./coverage.md', import.meta.url), coveragePage())
writeFileSync(new URL('./real-certificates.md', import.meta.url), realCertificatesPage())
writeFileSync(new URL('../src/cli/rule-examples.ts', import.meta.url), await ruleExamplesSource())
writeFileSync(new URL('./registration-rules.md', import.meta.url), registrationPage())
writeFileSync(new URL('./attacks.md', import.meta.url), attacksPage())
