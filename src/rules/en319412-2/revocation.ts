import type { GeneralName } from '../../x509/extensions/general-name.ts'
import { isEtsi, isEtsiWith } from '../applies.ts'
import { extensionPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { hasScheme, isHttp } from '../uri.ts'
import { en3194122Clause } from './citation.ts'

const OCSP = '1.3.6.1.5.5.7.48.1'

/** Where a responder can be asked: of other addresses than http a bank has no use. */
function hasOcsp({ extensions }: CertificateSubject): boolean {
  const { authorityInfoAccess } = extensions
  // What cannot be read was recorded: nothing more is made of it.
  if (authorityInfoAccess !== undefined && authorityInfoAccess.decoded === undefined) return true
  return authorityInfoAccess?.decoded?.some(({ method, location }) => method === OCSP && isHttp(location)) === true
}

/** Neither a validity-assured certificate nor that of an OCSP responder with id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1). */
function isRevocable({ extensions }: CertificateSubject): boolean {
  return extensions.validityAssured === undefined && extensions.ocspNoCheck === undefined
}

/** EN 319 412-2 GEN-4.3.11-2. */
export const crlLocation: CertificateRule = {
  id: 'en319412-2.crl-location',
  requirement: 'EN319412-2:GEN-4.3.11-2-crldp',
  citation: en3194122Clause('GEN-4.3.11-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'cRLDistributionPoints is there, unless OCSP or a validity-assured certificate makes it needless',
  why: 'a bank cannot find out whether the certificate is revoked, and must refuse it or trust blindly',
  mend: 'have the certificate issued with the address of a CRL or of an OCSP responder',
  applies: (subject) => isEtsi(subject) && isRevocable(subject),
  check: (subject, report) => {
    if (subject.extensions.cRLDistributionPoints !== undefined || hasOcsp(subject)) return
    report(placeOfExtension(subject.certificate, 'cRLDistributionPoints'), {
      message: 'neither cRLDistributionPoints nor an OCSP location is there',
    })
  },
}

/** EN 319 412-2 GEN-4.4.1-8. */
export const ocspNeeded: CertificateRule = {
  id: 'en319412-2.ocsp-needed',
  requirement: 'EN319412-2:GEN-4.4.1-8-ocsp-needed',
  citation: en3194122Clause('GEN-4.4.1-8'),
  modal: 'shall',
  grounding: 'A',
  title: 'an OCSP location is there where there is no cRLDistributionPoints',
  breach: 'there is neither a CRL nor an OCSP location',
  why: 'a bank cannot find out whether the certificate is revoked, and must refuse it or trust blindly',
  mend: 'have the certificate issued with the address of an OCSP responder or of a CRL',
  applies: (subject) =>
    isEtsi(subject) && isRevocable(subject) && subject.extensions.cRLDistributionPoints === undefined,
  check: (subject, report) => {
    if (!hasOcsp(subject)) report(placeOfExtension(subject.certificate, 'authorityInfoAccess'))
  },
}

/** EN 319 412-2 GEN-4.3.11-2A, RFC 9608. */
export const noRevocation: CertificateRule = {
  id: 'en319412-2.no-revocation',
  requirement: 'EN319412-2:GEN-4.3.11-2A-norev',
  citation: en3194122Clause('GEN-4.3.11-2A'),
  modal: 'shall',
  grounding: 'A',
  title: 'a validity-assured certificate with neither CRL nor OCSP says so with noRevAvail',
  breach: 'noRevAvail is missing',
  why: 'software that asks for revocation data waits for what does not exist and then refuses the certificate',
  mend: 'have the certificate issued with noRevAvail, 2.5.29.56',
  effective: { from: '2025-06-01' },
  applies: ({ etsi, extensions }) => etsi && extensions.validityAssured !== undefined,
  check: (subject, report) => {
    const { cRLDistributionPoints, noRevAvail } = subject.extensions
    if (cRLDistributionPoints !== undefined || noRevAvail !== undefined || hasOcsp(subject)) return
    report(placeOfExtension(subject.certificate, 'noRevAvail'))
  },
}

function isFetchable(name: GeneralName): boolean {
  return isHttp(name) || hasScheme(name, 'ldap')
}

/** EN 319 412-2 GEN-4.3.11-4. */
export const crlScheme: CertificateRule = {
  id: 'en319412-2.crl-scheme',
  requirement: 'EN319412-2:GEN-4.3.11-4-crl-scheme',
  citation: en3194122Clause('GEN-4.3.11-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'at least one distribution point has an address under http or ldap',
  breach: 'no distribution point is under http or ldap',
  why: 'a bank cannot fetch the CRL: it cannot find out whether the certificate is revoked',
  mend: 'have the certificate issued with an http address of the CRL',
  applies: isEtsiWith('cRLDistributionPoints'),
  check: ({ extensions: { cRLDistributionPoints } }, report) => {
    if (cRLDistributionPoints?.decoded === undefined) return
    if (cRLDistributionPoints.decoded.some(({ fullName }) => fullName.some(isFetchable))) return
    report(extensionPlace(cRLDistributionPoints), {
      actual: cRLDistributionPoints.decoded.flatMap(({ fullName }) => fullName.map(({ text }) => text)).join(', '),
    })
  },
}
