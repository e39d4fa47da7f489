import type { Extension } from '../../x509/extension.ts'
import type { GeneralName } from '../../x509/extensions/general-name.ts'
import { extensionsPlace, itemPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { hasScheme } from '../uri.ts'
import { cabfPolicies, isForBrowsers } from '../web-regime.ts'
import { baselineClause, profilesSince } from './citation.ts'

/** BR 7.1.6.1 allows four policies; a QWAC is for a person that was identified, so never the one for domains alone. */
const identified = [cabfPolicies.ev, cabfPolicies.ov, cabfPolicies.iv]

const policy: CertificateRule = {
  id: 'cabf.policy',
  requirement: 'BR:7.1.6-policy',
  citation: baselineClause('7.1.6.1'),
  modal: 'shall',
  grounding: 'C',
  title: 'one policy of the CA/Browser Forum says how the subject was validated',
  why: 'browsers read the kind of validation from it, and root programmes demand it',
  mend: 'have the certificate issued with one of 2.23.140.1.1, 2.23.140.1.2.2 and 2.23.140.1.2.3',
  effective: { from: '2020-09-30' },
  applies: isForBrowsers,
  check: ({ certificate, policies }, report) => {
    const found = identified.filter((oid) => policies.has(oid))
    const several = certificate.validity.notBefore.getTime() >= Date.parse(profilesSince) && found.length > 1
    if (found.length > 0 && !several) return
    report(placeOfExtension(certificate, 'certificatePolicies'), {
      message: several ? 'several policies of the CA/Browser Forum' : 'no policy of the CA/Browser Forum',
      actual: found.join(' ') || [...policies].join(' ') || 'none',
      expected: `one of ${identified.join(' ')}`,
    })
  },
}

const transparency: CertificateRule = {
  id: 'cabf.certificate-transparency',
  requirement: 'BR:sct',
  citation: { document: 'practice', clause: 'certificate transparency policies of browsers' },
  modal: 'advice',
  grounding: 'C',
  title: 'a certificate for browsers holds signed certificate timestamps',
  why: 'browsers refuse it without; a bank that only calls machines does not care',
  mend: 'have the certificate issued with the SCT list, or staple the timestamps',
  effective: { from: '2018-04-30' },
  applies: (subject) => isForBrowsers(subject) && subject.extensions.ctPoison === undefined,
  check: ({ certificate, extensions }, report) => {
    if (extensions.signedCertificateTimestampList !== undefined) return
    report(extensionsPlace(certificate), { message: 'there is no list of signed certificate timestamps' })
  },
}

const plainHttp: CertificateRule = {
  id: 'cabf.plain-http',
  requirement: 'BR:crl-aia-http',
  citation: baselineClause('7.1.2.11'),
  modal: 'shall',
  grounding: 'C',
  title: 'addresses of CRL, OCSP and issuer begin with http://',
  why: 'with https a client would need the revocation of a certificate to fetch the revocation of another',
  mend: 'have the certificate issued with http addresses',
  effective: { from: profilesSince },
  applies: isForBrowsers,
  check: ({ extensions: { cRLDistributionPoints: points, authorityInfoAccess: access } }, report) => {
    const complain = (extension: Extension, step: string, name: GeneralName): void => {
      const ofUri = name.kind === 'uniformResourceIdentifier'
      const message = ofUri ? 'the address is not plain http' : `${name.kind} is no address`
      report(itemPlace(extension, step, name), { message, actual: name.text })
    }
    const locations = points?.decoded ?? []
    for (let index = 0; points !== undefined && index < locations.length; index++) {
      const names = locations[index]?.fullName ?? []
      for (const [at, name] of names.entries()) {
        if (!hasScheme(name, 'http')) complain(points, `[${index}].distributionPoint.fullName[${at}]`, name)
      }
    }
    for (const [index, { location }] of access?.decoded?.entries() ?? []) {
      if (access !== undefined && !hasScheme(location, 'http')) complain(access, `[${index}].accessLocation`, location)
    }
  },
}

/** What root programmes demand of certificates for browsers. */
export const browserRules: readonly CertificateRule[] = [policy, transparency, plainHttp]
