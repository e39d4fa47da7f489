import type { Applies } from '../applies.ts'
import { attributePlace, namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

const isNatural: Applies = ({ natural }) => natural

const common = {
  modal: 'shall',
  grounding: 'B',
  mend: 'have the certificate issued with the name of the person as the clause has it',
} as const

/** EN 319 412-2 NAT-4.2.4-1. */
const naturalName: CertificateRule = {
  ...common,
  id: 'en319412-2.natural-name',
  requirement: 'EN319412-2:NAT-4.2.4-1',
  citation: en3194122Clause('NAT-4.2.4-1'),
  title: 'a natural person has countryName, commonName, and surname or givenName or pseudonym',
  breach: 'surname, givenName and pseudonym are missing',
  why: 'nobody can tell who signed: such a certificate stands for no person',
  applies: isNatural,
  check: ({ certificate, subjectName }, report) => {
    const place = namePlace(certificate, 'subject')
    const { surname, givenName, pseudonym } = subjectName
    if (surname.length + givenName.length + pseudonym.length === 0) report(place)
    if (subjectName.countryName.length === 0) report(place, { message: 'countryName is missing' })
    if (subjectName.commonName.length === 0) report(place, { message: 'commonName is missing' })
  },
}

/** EN 319 412-2 NAT-4.2.4-3. */
const naturalSingle: CertificateRule = {
  ...common,
  id: 'en319412-2.natural-single',
  requirement: 'EN319412-2:NAT-4.2.4-3',
  citation: en3194122Clause('NAT-4.2.4-3'),
  title: 'a natural person has one countryName and one commonName',
  breach: 'an attribute of the subject occurs again',
  why: 'of two values software takes the one or the other: the person has two names',
  applies: isNatural,
  check: ({ certificate, subjectName }, report) => {
    for (const attributes of [subjectName.countryName, subjectName.commonName]) {
      for (let i = 1; i < attributes.length; i++) {
        const attribute = attributes[i]
        if (attribute === undefined) continue
        report(attributePlace(certificate, 'subject', attribute), { actual: attribute.type })
      }
    }
  },
}

/** EN 319 412-2 NAT-4.2.4-4. */
const naturalPseudonym: CertificateRule = {
  ...common,
  id: 'en319412-2.natural-pseudonym',
  requirement: 'EN319412-2:NAT-4.2.4-4',
  citation: en3194122Clause('NAT-4.2.4-4'),
  title: 'a pseudonym stands without surname and givenName',
  breach: 'a pseudonym stands beside surname or givenName',
  why: 'a pseudonym beside the name hides nothing, and software shows the one or the other',
  applies: ({ natural, subjectName }) => natural && subjectName.pseudonym.length > 0,
  check: ({ certificate, subjectName }, report) => {
    if (subjectName.surname.length + subjectName.givenName.length === 0) return
    for (const attribute of subjectName.pseudonym) report(attributePlace(certificate, 'subject', attribute))
  },
}

/** EN 319 412-2 4.2.4: names of natural persons. */
export const naturalNames: readonly CertificateRule[] = [naturalName, naturalSingle, naturalPseudonym]
