import { isEtsi, isEtsiWith } from '../applies.ts'
import { extensionPlace, placeOfExtension } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { isHttp } from '../uri.ts'
import { en3194122Clause } from './citation.ts'

const OCSP = '1.3.6.1.5.5.7.48.1'
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'

/** EN 319 412-2 GEN-4.4.1-2. */
export const infoAccess: CertificateRule = {
  id: 'en319412-2.info-access',
  requirement: 'EN319412-2:GEN-4.4.1-2-aia',
  citation: en3194122Clause('GEN-4.4.1-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'authorityInfoAccess is there',
  breach: 'authorityInfoAccess is missing',
  why: 'a bank finds neither the certificate of the issuer nor its OCSP responder',
  mend: 'have the certificate issued with authorityInfoAccess',
  applies: isEtsi,
  check: ({ certificate, extensions }, report) => {
    if (extensions.authorityInfoAccess === undefined) report(placeOfExtension(certificate, 'authorityInfoAccess'))
  },
}

/** EN 319 412-2 GEN-4.4.1-3. */
export const caIssuers: CertificateRule = {
  id: 'en319412-2.ca-issuers',
  requirement: 'EN319412-2:GEN-4.4.1-3-caissuers',
  citation: en3194122Clause('GEN-4.4.1-3'),
  modal: 'shall',
  grounding: 'A',
  title: 'authorityInfoAccess says where the certificate of the issuer is',
  breach: 'authorityInfoAccess has no id-ad-caIssuers',
  why: 'a bank that has only this certificate cannot build the path to a trusted authority',
  mend: 'have the certificate issued with an entry id-ad-caIssuers',
  applies: isEtsiWith('authorityInfoAccess'),
  check: ({ extensions: { authorityInfoAccess } }, report) => {
    if (authorityInfoAccess?.decoded === undefined) return
    if (!authorityInfoAccess.decoded.some(({ method }) => method === CA_ISSUERS)) {
      report(extensionPlace(authorityInfoAccess))
    }
  },
}

/** Says where every location of a method has another scheme than http and https. */
function onlyOtherSchemes(method: string): NonNullable<CertificateRule['check']> {
  return ({ extensions: { authorityInfoAccess } }, report) => {
    const found = authorityInfoAccess?.decoded?.filter((description) => description.method === method) ?? []
    if (authorityInfoAccess === undefined || found.some(({ location }) => isHttp(location))) return
    for (const [index, { location }] of authorityInfoAccess.decoded?.entries() ?? []) {
      if (authorityInfoAccess.decoded?.[index]?.method !== method) continue
      report(
        {
          path: `${extensionPlace(authorityInfoAccess).path}[${index}].accessLocation`,
          offset: location.offset,
          length: location.length,
        },
        { actual: location.text, expected: 'http://...' },
      )
    }
  }
}

/** EN 319 412-2 GEN-4.4.1-4. */
export const caIssuersHttp: CertificateRule = {
  id: 'en319412-2.ca-issuers-http',
  requirement: 'EN319412-2:GEN-4.4.1-4-caissuers-http',
  citation: en3194122Clause('GEN-4.4.1-4'),
  modal: 'shall',
  grounding: 'A',
  title: 'one address of the certificate of the issuer is under http or https',
  breach: 'the address of the certificate of the issuer is under neither http nor https',
  why: 'a bank cannot fetch the certificate and so cannot build the path to a trusted authority',
  mend: 'have the certificate issued with an http address under id-ad-caIssuers',
  applies: ({ etsi, extensions }) =>
    etsi && extensions.authorityInfoAccess?.decoded?.some(({ method }) => method === CA_ISSUERS) === true,
  check: onlyOtherSchemes(CA_ISSUERS),
}

/** EN 319 412-2 GEN-4.4.1-5 and -6. */
export const ocspHttp: CertificateRule = {
  id: 'en319412-2.ocsp-http',
  requirement: 'EN319412-2:GEN-4.4.1-6-ocsp-http',
  citation: en3194122Clause('GEN-4.4.1-6'),
  modal: 'shall',
  grounding: 'A',
  title: 'one address of an OCSP responder is under http or https',
  breach: 'the address of the OCSP responder is under neither http nor https',
  why: 'a bank cannot ask the responder whether the certificate is revoked',
  mend: 'have the certificate issued with an http address under id-ad-ocsp',
  applies: ({ etsi, extensions }) =>
    etsi && extensions.authorityInfoAccess?.decoded?.some(({ method }) => method === OCSP) === true,
  check: onlyOtherSchemes(OCSP),
}
