import { isCountry } from '../../eidas/countries.ts'
import { attributePlace } from '../places.ts'
import type { Breach } from '../rule.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194121Clause, semanticsId } from './citation.ts'
import { isNationalScheme } from './identifier.ts'
import { registrationAuthoritiesFor } from './semantics.ts'

type Check = NonNullable<CertificateRule['check']>

/** The rules of a semantics identifier, where the subject has a serialNumber to be read by them. */
function claims(id: string): NonNullable<CertificateRule['applies']> {
  return ({ subjectName, semantics }) =>
    subjectName.serialNumber.length > 0 && semantics.some(({ decoded }) => decoded?.semanticsIdentifier === id)
}

function each(judge: (text: string) => Breach | undefined): Check {
  return ({ certificate, subjectName }, report) => {
    for (const attribute of subjectName.serialNumber) {
      const { text } = attribute
      const breach = judge(text)
      if (breach !== undefined) report(attributePlace(certificate, 'subject', attribute), { actual: text, ...breach })
    }
  }
}

const mend = 'have the certificate issued with the identifier as the clause has it, such as PNODE-123456789'
const why = 'the person cannot be found in any register'

/** Passport, identity card, personal number, tax numbers; or a national scheme. */
const natural = /^(?:(?:PAS|IDC|PNO|TAX|TIN)|[A-Z]{2}:)([A-Z]{2})-./s

/** EN 319 412-1 5.1.3. */
const naturalIdentifier: CertificateRule = {
  id: 'en319412-1.natural-identifier',
  requirement: 'EN319412-1:NAT-5.1.3',
  citation: en3194121Clause('5.1.3'),
  modal: 'shall',
  grounding: 'B',
  title: 'serialNumber of a natural person is a scheme, an assigned country, a hyphen and a reference',
  breach: 'serialNumber is no identifier of a natural person',
  why,
  mend,
  applies: claims(semanticsId.natural),
  check: each((text) => {
    const country = natural.exec(text)?.[1]
    if (country === undefined) return {}
    return isCountry(country) ? undefined : { message: 'the country of serialNumber is not assigned' }
  }),
}

const eidas = /^([A-Z]{2})\/([A-Z]{2})\/./s

/** EN 319 412-1 5.1.5. */
const eidasIdentifier: CertificateRule = {
  id: 'en319412-1.eidas-natural-identifier',
  requirement: 'EN319412-1:NAT-5.1.5-03',
  citation: en3194121Clause('NAT-5.1.5-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'serialNumber under SemanticsId-eIDASNatural is two assigned countries and a reference, with slashes between',
  breach: 'serialNumber is no eIDAS identifier of a natural person',
  why,
  mend: 'have the certificate issued with the identifier that the country gave, such as ES/AT/02635542Y',
  applies: claims(semanticsId.eidasNatural),
  check: each((text) => {
    const [, of, to] = eidas.exec(text) ?? []
    if (of === undefined || to === undefined) return {}
    return isCountry(of) && isCountry(to) ? undefined : { message: 'a country of serialNumber is not assigned' }
  }),
}

/** EN 319 412-1 NAT-5.1.3-05 and -06. */
const naturalAuthorities: CertificateRule = {
  ...registrationAuthoritiesFor(semanticsId.natural),
  id: 'en319412-1.natural-registration-authorities',
  requirement: 'EN319412-1:NAT-5.1.3-05',
  citation: en3194121Clause('NAT-5.1.3-05'),
  applies: (subject) =>
    claims(semanticsId.natural)(subject) && subject.subjectName.serialNumber.some(({ text }) => isNationalScheme(text)),
}

/** EN 319 412-1 5.1.3 and 5.1.5: identifiers of natural persons. */
export const naturalIdentifiers: readonly CertificateRule[] = [naturalIdentifier, naturalAuthorities, eidasIdentifier]
