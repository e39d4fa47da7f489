import { oidName } from '../../core/oids.ts'
import { extensionPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { followsBaseline } from '../web-regime.ts'
import { baselineClause, profilesSince } from './citation.ts'

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'

/** anyExtendedKeyUsage, codeSigning, emailProtection, timeStamping, OCSPSigning, precertificate signing. */
const prohibited: ReadonlySet<string> = new Set([
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.3',
  EMAIL_PROTECTION,
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
  '1.3.6.1.4.1.11129.2.4.4',
])

const common = {
  requirement: 'BR:7.1.2.7-eku',
  citation: baselineClause('7.1.2.7.10'),
  grounding: 'C',
} as const

function hasPurposes(subject: CertificateSubject): boolean {
  return followsBaseline(subject) && subject.extensions.extKeyUsage !== undefined
}

const serverAuth: CertificateRule = {
  ...common,
  id: 'cabf.server-auth',
  modal: 'shall',
  title: 'extKeyUsage has serverAuth',
  why: 'without serverAuth no TLS client accepts the certificate as that of a web site',
  mend: 'have the certificate issued with serverAuth, and clientAuth for the calls to banks',
  applies: followsBaseline,
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.extKeyUsage
    if (extension !== undefined && extension.decoded?.includes(SERVER_AUTH) !== false) return
    const message = extension === undefined ? 'there is no extKeyUsage' : 'extKeyUsage has no serverAuth'
    report(placeOfExtension(certificate, 'extKeyUsage'), { message, expected: SERVER_AUTH })
  },
}

const prohibitedPurposes: CertificateRule = {
  ...common,
  id: 'cabf.prohibited-purposes',
  modal: 'shall',
  title: 'extKeyUsage has no purpose that is not for TLS certificates',
  why: 'a TLS key that may also sign code, mail or OCSP answers can be abused for them: browsers distrust such issuers',
  mend: 'have the certificate issued with serverAuth and clientAuth alone',
  effective: { from: profilesSince },
  applies: hasPurposes,
  check: ({ extensions }, report) => {
    const extension = extensions.extKeyUsage
    for (const purpose of extension?.decoded ?? []) {
      if (extension === undefined || !prohibited.has(purpose)) continue
      report(extensionPlace(extension), { message: `${name(purpose)} must not be in extKeyUsage`, actual: purpose })
    }
  },
}

const otherPurposes: CertificateRule = {
  ...common,
  id: 'cabf.other-purposes',
  modal: 'should',
  title: 'extKeyUsage has no purpose beside serverAuth and clientAuth',
  why: 'a key with one purpose can be misused for one purpose only',
  mend: 'have the certificate issued with serverAuth and clientAuth alone',
  applies: hasPurposes,
  check: ({ certificate, extensions }, report) => {
    const extension = extensions.extKeyUsage
    const strict = certificate.validity.notBefore.getTime() >= Date.parse(profilesSince)
    for (const purpose of extension?.decoded ?? []) {
      if (purpose === SERVER_AUTH || purpose === CLIENT_AUTH || extension === undefined) continue
      // Before the profiles mail was allowed; since then the prohibited ones are an error of their own.
      if (strict ? prohibited.has(purpose) : purpose === EMAIL_PROTECTION) continue
      report(extensionPlace(extension), { message: `${name(purpose)} is not recommended`, actual: purpose })
    }
  },
}

function name(purpose: string): string {
  return oidName(purpose) ?? `the purpose ${purpose}`
}

/** BR 7.1.2.7.10. */
export const purposeRules: readonly CertificateRule[] = [serverAuth, prohibitedPurposes, otherPurposes]
