import { identifierPlace, namePlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { bpceClause } from './citation.ts'

const common = { modal: 'bank', grounding: 'A', citation: bpceClause('Eligibility') } as const

const qualified = {
  ...common,
  requirement: 'BPCE:qtsp',
  why: 'the bank takes certificates of qualified providers only, for the sandbox too',
  mend: 'use certificates of a provider that stands, granted, in the trusted list of its country',
  needs: ['serviceNow'],
} as const

const qtsp: CertificateRule = {
  ...qualified,
  id: 'bpce.qualified-issuer',
  title: 'the issuer is a granted service of a European trusted list',
  check: ({ certificate }, report, { serviceNow }) => {
    if (serviceNow?.verdict !== 'not-granted') return
    report(namePlace(certificate, 'issuer'), { message: 'the service is not granted', actual: serviceNow.evidence })
  },
}

const qtspKnown: CertificateRule = {
  ...qualified,
  id: 'bpce.known-issuer',
  title: 'a European trusted list has the issuer',
  check: ({ certificate }, report, { serviceNow }) => {
    if (serviceNow?.verdict !== 'unknown') return
    report(namePlace(certificate, 'issuer'), { message: 'no trusted list has the issuer', actual: serviceNow.evidence })
  },
}

const newAuthority: CertificateRule = {
  ...common,
  severity: 'warning',
  id: 'bpce.issuer-changed',
  requirement: 'BPCE:new-ca',
  title: 'the issuer is that of the certificate before',
  why: 'the bank loads a new authority or root by hand, which takes about two weeks',
  mend: 'tell the bank of the new authority two weeks before the certificate is used',
  needs: ['previous'],
  check: ({ certificate }, report, { previous }) => {
    if (previous === undefined) return
    const before = previous.extension('authorityKeyIdentifier')?.decoded?.keyIdentifier?.hex
    const now = certificate.extension('authorityKeyIdentifier')?.decoded?.keyIdentifier?.hex
    const expected = String(previous.issuer)
    const actual = String(certificate.issuer)
    if (actual !== expected) {
      report(namePlace(certificate, 'issuer'), { message: 'the issuer has changed', actual, expected })
    } else if (before !== undefined && now !== undefined && before !== now) {
      const message = 'the key of the issuer has changed'
      report(namePlace(certificate, 'issuer'), { message, actual: now, expected: before })
    }
  },
}

const sets: CertificateRule = {
  ...common,
  id: 'bpce.separate-sets',
  requirement: 'BPCE:sets',
  title: 'the certificate belongs to one set: sandbox, live, or another client',
  why: 'the bank binds a certificate to one client: what is in use elsewhere is refused',
  mend: 'use certificates of their own for each set',
  needs: ['otherSets', 'sha256'],
  check: (_, report, { otherSets, sha256 = '' }) => {
    if (otherSets?.has(sha256) !== true) return
    report({ path: '', offset: 0, length: 0 }, { message: 'another set has this certificate', actual: sha256 })
  },
}

const registerCommon = {
  ...common,
  requirement: 'BPCE:eba',
  why: 'the bank looks the provider up in the register of the EBA, and grants what stands there',
  mend: 'have the authority correct the register, or the certificate issued as the register has it',
  needs: ['register'],
} as const

const register: CertificateRule = {
  ...registerCommon,
  id: 'bpce.register',
  title: 'number and roles agree with the register of the EBA',
  check: ({ certificate }, report, { register: fact }) => {
    if (fact?.verdict !== 'no-match') return
    report(identifierPlace(certificate), { message: 'the register says otherwise', actual: fact.evidence })
  },
}

const registerClear: CertificateRule = {
  ...registerCommon,
  severity: 'warning',
  id: 'bpce.register-clear',
  title: 'the register of the EBA gives a clear answer',
  check: ({ certificate }, report, { register: fact }) => {
    if (fact?.verdict !== 'indeterminate') return
    report(identifierPlace(certificate), { message: 'the register gives no clear answer', actual: fact.evidence })
  },
}

/** What the bank knows of the certificate from elsewhere. */
export const standingRules: readonly CertificateRule[] = [qtsp, qtspKnown, newAuthority, sets, register, registerClear]
