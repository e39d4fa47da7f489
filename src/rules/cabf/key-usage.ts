import { type KeyUsageName, keyUsageNames } from '../../x509/extensions/key-usage.ts'
import { extensionPlace, extensionsPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { followsBaseline } from '../web-regime.ts'
import { baselineClause, profilesSince } from './citation.ts'

const EC = '1.2.840.10045.2.1'

const common = {
  requirement: 'BR:7.1.2.7-ku',
  citation: baselineClause('7.1.2.7.11'),
  grounding: 'C',
  applies: followsBaseline,
} as const

/** The bits that each kind of key may have. */
const allowedRsa: readonly KeyUsageName[] = ['digitalSignature', 'keyEncipherment', 'dataEncipherment']
const allowedEc: readonly KeyUsageName[] = ['digitalSignature', 'keyAgreement']
/** Bits of authorities: they were never allowed. */
const authorityBits: readonly KeyUsageName[] = ['keyCertSign', 'cRLSign']

const keyUsage: CertificateRule = {
  ...common,
  id: 'cabf.key-usage',
  modal: 'shall',
  title: 'keyUsage has the bits of a TLS certificate and no others',
  why: 'TLS clients and banks refuse a handshake whose use of the key the certificate does not allow',
  mend: 'have the certificate issued with digitalSignature',
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.keyUsage
    const usage = extension?.decoded
    if (extension === undefined || usage === undefined) return
    const isEc = certificate.publicKey.algorithm.oid === EC
    const place = extensionPlace(extension)
    const strict = certificate.validity.notBefore.getTime() >= Date.parse(profilesSince)
    const allowed = isEc ? allowedEc : allowedRsa
    for (const name of strict ? keyUsageNames.filter((bit) => !allowed.includes(bit)) : authorityBits) {
      if (usage.has(name)) report(place, { message: `keyUsage has ${name}`, actual: usage.names.join(' ') })
    }
    if (isEc && strict && !usage.has('digitalSignature')) {
      report(place, { message: 'keyUsage of an EC key has no digitalSignature', actual: usage.names.join(' ') })
    }
  },
}

const recommended: CertificateRule = {
  ...common,
  id: 'cabf.key-usage-recommended',
  modal: 'should',
  title: 'keyUsage is present and is digitalSignature alone',
  why: 'a key that only signs is what TLS 1.3 needs; encipherment with the same key is a risk without use',
  mend: 'have the certificate issued with digitalSignature alone',
  effective: { from: profilesSince },
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.keyUsage
    if (extension === undefined) {
      report(extensionsPlace(certificate), { message: 'there is no keyUsage' })
      return
    }
    const usage = extension.decoded
    if (usage === undefined) return
    const isEc = certificate.publicKey.algorithm.oid === EC
    const complain = (message: string): void =>
      report(extensionPlace(extension), { message, actual: usage.names.join(' ') })
    if (isEc) {
      if (usage.has('keyAgreement')) complain('keyAgreement is not recommended')
      return
    }
    if (!usage.has('digitalSignature')) complain('digitalSignature is recommended')
    else if (usage.has('keyEncipherment')) complain('digitalSignature and keyEncipherment together are not recommended')
    if (usage.has('dataEncipherment')) complain('dataEncipherment is not recommended')
  },
}

/** BR 7.1.2.7.11. */
export const keyUsageRules: readonly CertificateRule[] = [keyUsage, recommended]
