import { cabfFieldsOf } from '../extensions.ts'
import type { LeafPlan } from '../leaf-plan.ts'
import { oid } from '../oids.ts'
import type { StringType } from '../subject.ts'
import { both, type Defect, webOnly } from './defect.ts'

/** Mistakes in organizationIdentifier and what repeats it. */
export const identifierDefects = {
  'missing-organization-identifier': {
    says: 'The subject has no organizationIdentifier, and the certificate no cabfOrganizationIdentifier.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-1-orgid-present',
    change: (plan) => {
      plan.subject = plan.subject.filter(({ type }) => type !== oid.organizationIdentifier)
      plan.cabf = undefined
    },
  },
  'two-organization-identifiers': {
    says: 'The subject has a second organizationIdentifier with another number, in an RDN of its own.',
    kinds: both,
    requirement: 'EN319412-3:LEG-4.2.1-3-single',
    change: (plan) => addSecond(plan, false),
  },
  'organization-identifiers-in-one-rdn': {
    says: 'The subject has two different organizationIdentifier values in one RDN.',
    kinds: both,
    requirement: 'EN319412-3:LEG-4.2.1-3-single',
    change: (plan) => addSecond(plan, true),
  },
  'organization-identifier-bmp': {
    says: 'organizationIdentifier is a BMPString.',
    kinds: both,
    requirement: 'RFC5280:dirstring',
    change: rewrite((text) => text, 'BMPString'),
  },
  'organization-identifier-teletex': {
    says: 'organizationIdentifier is a TeletexString.',
    kinds: both,
    requirement: 'RFC5280:dirstring',
    change: rewrite((text) => text, 'TeletexString'),
  },
  'organization-identifier-nul': {
    says: 'organizationIdentifier goes on after a NUL character, where readers of C strings stop.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite((text) => `${text}\0.example`),
  },
  'organization-identifier-cyrillic': {
    says: 'A letter of organizationIdentifier is Cyrillic and looks like the Latin one.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite(withHomoglyph),
  },
  'organization-identifier-unicode-hyphen': {
    says: 'The hyphens of organizationIdentifier are U+2010 instead of U+002D.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite((text) => text.replaceAll('-', '\u2010')),
  },
  'organization-identifier-zero-width': {
    says: 'organizationIdentifier has an invisible U+200B after its first hyphen.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite((text) => text.replace('-', '-\u200b')),
  },
  'organization-identifier-lower-case': {
    says: 'organizationIdentifier is in lower case.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite((text) => text.toLowerCase()),
  },
  'organization-identifier-spaces': {
    says: 'organizationIdentifier has spaces around its first hyphen and one at its end.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-psd-old',
    change: rewrite((text) => `${text.replace('-', ' - ')} `),
  },
  'organization-identifier-vat': {
    says: 'organizationIdentifier is a VAT number, and so is cabfOrganizationIdentifier; nCAId stays.',
    kinds: both,
    requirement: 'BPCE:orgid-form',
    change: (plan) => {
      rewrite(() => 'VATFR-12345678901')(plan)
      if (plan.cabf !== undefined) plan.cabf = cabfFieldsOf('VATFR-12345678901')
    },
  },
  'organization-identifier-unknown-country': {
    says: 'The country of organizationIdentifier, nCAId and cabfOrganizationIdentifier is XX, which is not assigned.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.1-3-country',
    change: (plan) => {
      rewrite((text) => text.replace(/^(...)..-/, '$1XX-'))(plan)
      for (const psd2 of plan.qc.psd2) psd2.ncaId = psd2.ncaId.replace(/^..-/, 'XX-')
      if (plan.cabf !== undefined) plan.cabf = { ...plan.cabf, country: 'XX' }
    },
  },
  'organization-identifier-unknown-nca': {
    says: 'organizationIdentifier, nCAId and cabfOrganizationIdentifier name an authority ZZZZ, which does not exist.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.3-3-unique',
    change: (plan) => {
      rewrite((text) => text.replace(/-[^-]*-/, '-ZZZZ-'))(plan)
      for (const psd2 of plan.qc.psd2) psd2.ncaId = psd2.ncaId.replace(/-.*$/, '-ZZZZ')
      if (plan.cabf !== undefined)
        plan.cabf = { ...plan.cabf, reference: plan.cabf.reference.replace(/^[^-]*-/, 'ZZZZ-') }
    },
  },
  'missing-cabf-organization-identifier': {
    says: 'There is no cabfOrganizationIdentifier, though the subject has an organizationIdentifier.',
    kinds: webOnly,
    requirement: 'EVG:7.1.2.2-cabforgid-present',
    change: (plan) => {
      plan.cabf = undefined
    },
  },
  'cabf-organization-identifier-mismatch': {
    says: 'cabfOrganizationIdentifier has another reference than organizationIdentifier.',
    kinds: webOnly,
    requirement: 'EVG:7.1.2.2-cabforgid-match',
    change: (plan) => {
      if (plan.cabf !== undefined) plan.cabf = { ...plan.cabf, reference: otherNumber(plan.cabf.reference) }
    },
  },
} as const satisfies Record<string, Defect>

function rewrite(change: (text: string) => string, string?: StringType): (plan: LeafPlan) => void {
  return (plan) => {
    plan.subject = plan.subject.map((attribute) =>
      attribute.type === oid.organizationIdentifier
        ? { ...attribute, text: change(attribute.text), string: string ?? attribute.string }
        : attribute,
    )
  }
}

function addSecond(plan: LeafPlan, joined: boolean): void {
  plan.subject = plan.subject.flatMap((attribute) =>
    attribute.type === oid.organizationIdentifier
      ? [attribute, { ...attribute, text: otherNumber(attribute.text), joined }]
      : [attribute],
  )
}

/** The same value with another number at its end. */
function otherNumber(text: string): string {
  const [head = '', number = ''] = /^(.*-)?(.*)$/s.exec(text)?.slice(1) ?? []
  return head + (number === '99999' ? '88888' : '99999')
}

/** Latin capitals beside the Cyrillic ones that look alike. */
const homoglyphs: Readonly<Record<string, string>> = {
  A: '\u0410',
  B: '\u0412',
  C: '\u0421',
  E: '\u0415',
  H: '\u041d',
  K: '\u041a',
  M: '\u041c',
  O: '\u041e',
  P: '\u0420',
  T: '\u0422',
  X: '\u0425',
}

/** Changes a letter of the authority where there is one, else any. */
function withHomoglyph(text: string): string {
  const letters = Array.from(text)
  const fits = (letter: string): boolean => Object.hasOwn(homoglyphs, letter)
  const late = letters.findIndex((letter, index) => index > 5 && fits(letter))
  const at = late >= 0 ? late : letters.findIndex(fits)
  return letters.map((letter, index) => (index === at ? (homoglyphs[letter] as string) : letter)).join('')
}
