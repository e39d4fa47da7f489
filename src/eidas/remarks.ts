import type { Deviation } from '../core/codes.ts'
import type { Certificate } from '../x509/certificate.ts'
import { compareCountry, type Psd2Attributes } from './attributes.ts'
import type { EidasCode } from './codes.ts'
import type { CertificateKind } from './kind.ts'

/** What a remark is decided from. */
interface Subject {
  readonly certificate: Certificate
  readonly attributes: Psd2Attributes
  readonly kind: CertificateKind
}

/** One thing that a certificate for PSD2 should have. */
interface Remark {
  readonly code: EidasCode
  readonly path: string
  readonly lacks: (subject: Subject) => boolean
}

/** SHA-1 and MD5, as RSA, DSA and ECDSA signatures carry them. */
const weak: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
])
const weakHash: ReadonlySet<string> = new Set(['1.2.840.113549.2.5', '1.3.14.3.2.26'])

/** Ten years and the leap days in them. */
const longestValidity = (10 * 365 + 3) * 86_400_000

const extensions = 'tbsCertificate.extensions'
const statements = `${extensions}.qcStatements`

const remarks: readonly Remark[] = [
  { code: 'EIDAS_LEAF_IS_CA', path: `${extensions}.basicConstraints`, lacks: ({ kind }) => kind === 'CA' },
  {
    code: 'EIDAS_NO_QC_COMPLIANCE',
    path: statements,
    lacks: ({ attributes }) => attributes.statements?.has('QcCompliance') !== true,
  },
  { code: 'EIDAS_NO_QC_TYPE', path: statements, lacks: ({ attributes }) => attributes.statements?.has('QcType') !== true },
  { code: 'EIDAS_NO_QC_PDS', path: statements, lacks: ({ attributes }) => attributes.statements?.has('QcPDS') !== true },
  {
    code: 'EIDAS_NO_KEY_USAGE',
    path: extensions,
    lacks: ({ certificate }) => certificate.extension('keyUsage') === undefined,
  },
  {
    code: 'EIDAS_NO_EXTENDED_KEY_USAGE',
    path: extensions,
    lacks: (subject) => isForWeb(subject) && subject.certificate.extension('extKeyUsage') === undefined,
  },
  {
    code: 'EIDAS_SIGNATURE_WEAK',
    path: 'signatureAlgorithm',
    lacks: ({ certificate: { signatureAlgorithm: algorithm } }) =>
      weak.has(algorithm.oid) || (algorithm.pss !== undefined && weakHash.has(algorithm.pss.hash)),
  },
  {
    code: 'EIDAS_VALIDITY_LONG',
    path: 'tbsCertificate.validity',
    lacks: ({ certificate: { validity } }) =>
      validity.notAfter.getTime() - validity.notBefore.getTime() > longestValidity,
  },
]

const QC_TYPE_WEB = '0.4.0.1862.1.6.3'

function isForWeb({ attributes, kind }: Subject): boolean {
  const types = attributes.statements?.all('QcType') ?? []
  return kind === 'QWAC' || types.some((type) => type.decoded?.includes(QC_TYPE_WEB) === true)
}

/** A leaf that carries QC statements, or anything that names a PSP. */
function isConcerned({ attributes, kind }: Subject): boolean {
  const { organizationIdentifier, statements } = attributes
  if (organizationIdentifier?.scheme === 'PSD' || statements?.has('PSD2') === true) return true
  return kind !== 'CA' && statements !== null
}

/**
 * What catches the eye in a certificate that carries PSD2 attributes or QC statements: the usual reasons for which a bank
 * refuses it. Not an audit: the rules are. Nothing is said of other certificates.
 */
export function psd2Remarks(certificate: Certificate, attributes: Psd2Attributes, kind: CertificateKind): Deviation[] {
  const subject = { certificate, attributes, kind }
  if (!isConcerned(subject)) return []
  const found: Deviation[] = remarks
    .filter((remark) => remark.lacks(subject))
    .map(({ code, path }) => ({ code, path, offset: certificate.tbs.offset }))
  const country = compareCountry(certificate, attributes)
  return country === undefined ? found : [country, ...found]
}
