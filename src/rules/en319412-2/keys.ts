import { isCommon, isEtsi } from '../applies.ts'
import { extensionPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

/** EN 319 412-2 GEN-4.3.1-1. */
export const authorityKeyIdentifier: CertificateRule = {
  id: 'en319412-2.authority-key-identifier',
  requirement: 'EN319412-2:GEN-4.3.1-1-aki',
  citation: en3194122Clause('GEN-4.3.1-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'authorityKeyIdentifier is there and has a keyIdentifier',
  why: 'where a QTSP has two authorities of one name, a bank cannot tell whose key signed',
  mend: 'have the certificate issued with the key identifier of its issuer',
  applies: isEtsi,
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.authorityKeyIdentifier
    if (extension?.decoded?.keyIdentifier !== undefined) return
    // What could not be read was recorded by the reader.
    if (extension !== undefined && extension.decoded === undefined) return
    report(placeOfExtension(certificate, 'authorityKeyIdentifier'), {
      message:
        extension === undefined ? 'authorityKeyIdentifier is missing' : 'authorityKeyIdentifier has no keyIdentifier',
    })
  },
}

const digitalSignature = 1
const nonRepudiation = 2
const keyEncipherment = 4
const keyAgreement = 16

/** Settings A to F of table 1; the mixed ones, which are not preferred, are true. */
const settings: ReadonlyMap<number, boolean> = new Map([
  [nonRepudiation, false],
  [nonRepudiation | digitalSignature, true],
  [digitalSignature, false],
  [digitalSignature | keyEncipherment, true],
  [digitalSignature | keyAgreement, true],
  [keyEncipherment, false],
  [keyAgreement, false],
  [nonRepudiation | digitalSignature | keyEncipherment, true],
  [nonRepudiation | digitalSignature | keyAgreement, true],
])

/** EN 319 412-2 NAT-4.3.2-1, through EN 319 412-3 LEG-4.3.1-2. */
export const keyUsage: CertificateRule = {
  id: 'en319412-2.key-usage',
  requirement: 'EN319412-2:NAT-4.3.2-1-ku-present',
  citation: en3194122Clause('NAT-4.3.2-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'keyUsage is there and is one of the settings A to F',
  breach: 'keyUsage is none of the settings A to F',
  why: 'a bank that checks what a key may be used for finds nothing allowed, or too much',
  mend: 'have the certificate issued with keyUsage nonRepudiation alone for a seal',
  applies: isCommon,
  check: ({ certificate, extensions, type }, report) => {
    const extension = extensions.keyUsage
    if (extension === undefined) {
      report(placeOfExtension(certificate, 'keyUsage'), { message: 'keyUsage is missing' })
      return
    }
    const { decoded } = extension
    if (decoded === undefined) return
    // Commitment to what is signed takes settings A, B and F; of seals, EN 319 412-3 says it.
    const committed = type !== 'QESign' || (decoded.bits & nonRepudiation) !== 0
    if (settings.has(decoded.bits) && committed) return
    report(extensionPlace(extension), {
      actual: decoded.names.join(', '),
      expected: 'nonRepudiation, or another setting of table 1',
    })
  },
}

/** EN 319 412-2 NAT-4.3.2-1. */
export const keyUsageUnmixed: CertificateRule = {
  id: 'en319412-2.key-usage-unmixed',
  requirement: 'EN319412-2:NAT-4.3.2-1-ku-unmixed',
  citation: en3194122Clause('NAT-4.3.2-1'),
  modal: 'should',
  grounding: 'A',
  title: 'keyUsage is for one use: settings A, C or E',
  breach: 'keyUsage mixes signing of content with other uses',
  why: 'a key that signs both documents and connections can be made to sign a document while it opens a connection',
  mend: 'have certificates issued for a key of each use',
  applies: (subject) => isCommon(subject) && subject.extensions.keyUsage !== undefined,
  check: ({ extensions: { keyUsage } }, report) => {
    if (keyUsage?.decoded === undefined || settings.get(keyUsage.decoded.bits) !== true) return
    report(extensionPlace(keyUsage), { actual: keyUsage.decoded.names.join(', ') })
  },
}
