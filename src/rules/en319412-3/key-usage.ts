import { isSeal } from '../applies.ts'
import { extensionPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194123Clause } from './citation.ts'

const nonRepudiation = 2

/** EN 319 412-3 LEG-4.3.1-3. */
export const keyUsageSeal: CertificateRule = {
  id: 'en319412-3.key-usage-seal',
  requirement: 'EN319412-3:LEG-4.3.1-3-ku-seal',
  citation: en3194123Clause('LEG-4.3.1-3'),
  modal: 'shall',
  grounding: 'A',
  title: 'keyUsage of a seal has nonRepudiation',
  breach: 'keyUsage lacks nonRepudiation',
  why: 'a seal on a request is evidence: a bank may refuse evidence under a key that is not for it',
  mend: 'have the certificate issued with keyUsage nonRepudiation',
  applies: (subject) => isSeal(subject) && subject.extensions.keyUsage !== undefined,
  check: ({ extensions: { keyUsage } }, report) => {
    if (keyUsage?.decoded === undefined || (keyUsage.decoded.bits & nonRepudiation) !== 0) return
    report(extensionPlace(keyUsage), { actual: keyUsage.decoded.names.join(', '), expected: 'nonRepudiation' })
  },
}

/** EN 319 412-3 LEG-4.3.1-4. */
export const keyUsagePreferred: CertificateRule = {
  id: 'en319412-3.key-usage-preferred',
  requirement: 'EN319412-3:LEG-4.3.1-4-ku-A',
  citation: en3194123Clause('LEG-4.3.1-4'),
  modal: 'should',
  grounding: 'A',
  title: 'keyUsage of a seal is nonRepudiation alone',
  breach: 'keyUsage has more than nonRepudiation',
  why: 'a key that also signs connections can be made to seal a document while it opens one',
  mend: 'have the certificate issued with keyUsage nonRepudiation alone',
  applies: ({ type, extensions }) =>
    type === 'QSealC' && ((extensions.keyUsage?.decoded?.bits ?? 0) & nonRepudiation) !== 0,
  check: ({ extensions: { keyUsage } }, report) => {
    if (keyUsage?.decoded === undefined || keyUsage.decoded.bits === nonRepudiation) return
    report(extensionPlace(keyUsage), { actual: keyUsage.decoded.names.join(', '), expected: 'nonRepudiation' })
  },
}
