import type { FoundExtensions } from './lookup.ts'
import { extensionPlace } from './places.ts'
import type { CertificateRule, CertificateSubject } from './subject.ts'

/** Whether a rule has anything to say about a certificate. */
export type Applies = (subject: CertificateSubject) => boolean

type Check = NonNullable<CertificateRule['check']>

export const isEtsi: Applies = ({ etsi }) => etsi
export const isSeal: Applies = ({ type }) => type === 'QSealC'
export const isWeb: Applies = ({ type }) => type === 'QWAC'
export const isGeneral: Applies = ({ general }) => general
export const isLegal: Applies = ({ legal }) => legal

/** A leaf of EN 319 412 that is for persons: web sites have EN 319 412-4. */
export const isForPersons: Applies = ({ etsi, type }) => etsi && type !== 'QWAC'

/** A leaf to which EN 319 412-2 applies as a whole: one for persons, and one under QNCP-w-gen. */
export const isCommon: Applies = (subject) => subject.general || isForPersons(subject)

/** A leaf of EN 319 412 that has the extension. */
export function isEtsiWith(name: keyof FoundExtensions): Applies {
  return ({ etsi, extensions }) => etsi && extensions[name] !== undefined
}

/** The extension must not be there. */
export function mustBeAbsent(name: keyof FoundExtensions): Check {
  return ({ extensions }, report) => {
    const extension = extensions[name]
    if (extension !== undefined) report(extensionPlace(extension), { message: `${extension.name} is there` })
  }
}

/** The extension, where it is there, must not be critical. */
export function mustNotBeCritical(name: keyof FoundExtensions): Check {
  return ({ extensions }, report) => {
    const extension = extensions[name]
    if (extension?.critical === true) {
      report({ path: extension.path, offset: extension.offset, length: extension.length })
    }
  }
}
