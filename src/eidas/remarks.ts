import type { Deviation } from '../core/codes.ts'
import type { Certificate } from '../x509/certificate.ts'
import { compareCountry, type Psd2Attributes } from './attributes.ts'
import type { EidasCode } from './codes.ts'
import type { CertificateKind } from './kind.ts'
import { QC_STATEMENTS } from './qc-statements/read.ts'

/** What a remark is decided from. */
interface Subject {
  readonly certificate: Certificate
  readonly attributes: Psd2Attributes
  readonly kind: CertificateKind
}

/** One thing that a certificate for PSD2 should have. */
interface Remark {
  readonly code: EidasCode
  /** Where it is, or would be. */
  readonly place: (certificate: Certificate) => Place
  readonly lacks: (subject: Subject) => boolean
}

interface Place {
  readonly path: string
  readonly offset: number
}

/** SHA-1 and MD5, as RSA, DSA and ECDSA signatures carry them. */
const weak: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
  '1.3.14.3.2.29',
])
const weakHash: ReadonlySet<string> = new Set(['1.2.840.113549.2.5', '1.3.14.3.2.26'])

/** Ten years and the leap days in them. */
const longestValidity = (10 * 365 + 3) * 86_400_000

const RSASSA_PSS = '1.2.840.113549.1.1.10'

function atExtensions(certificate: Certificate): Place {
  const [first] = certificate.extensions
  return { path: 'tbsCertificate.extensions', offset: first?.offset ?? certificate.tbs.offset }
}

function atStatements(certificate: Certificate): Place {
  const extension = certificate.extensionByOid(QC_STATEMENTS)
  if (extension === undefined) return atExtensions(certificate)
  return { path: `${extension.path}.qcStatements`, offset: extension.offset }
}

function atConstraints(certificate: Certificate): Place {
  const extension = certificate.extension('basicConstraints')
  return { path: `${extension?.path}.basicConstraints`, offset: extension?.offset ?? 0 }
}

function atSignature({ signatureAlgorithm }: Certificate): Place {
  return { path: 'tbsCertificate.signature', offset: signatureAlgorithm.offset }
}

function atValidity({ issuer }: Certificate): Place {
  return { path: 'tbsCertificate.validity', offset: issuer.offset + issuer.length }
}

const remarks: readonly Remark[] = [
  { code: 'EIDAS_LEAF_IS_CA', place: atConstraints, lacks: ({ kind }) => kind === 'CA' },
  {
    code: 'EIDAS_NO_QC_COMPLIANCE',
    place: atStatements,
    lacks: ({ attributes }) => attributes.statements?.has('QcCompliance') !== true,
  },
  {
    code: 'EIDAS_NO_QC_TYPE',
    place: atStatements,
    lacks: ({ attributes }) => attributes.statements?.has('QcType') !== true,
  },
  {
    code: 'EIDAS_NO_QC_PDS',
    place: atStatements,
    lacks: ({ attributes }) => attributes.statements?.has('QcPDS') !== true,
  },
  {
    code: 'EIDAS_NO_KEY_USAGE',
    place: atExtensions,
    lacks: ({ certificate }) => certificate.extension('keyUsage') === undefined,
  },
  {
    code: 'EIDAS_NO_EXTENDED_KEY_USAGE',
    place: atExtensions,
    lacks: (subject) => isForWeb(subject) && subject.certificate.extension('extKeyUsage') === undefined,
  },
  {
    code: 'EIDAS_NO_PSD2_STATEMENT',
    place: atStatements,
    lacks: ({ attributes }) =>
      attributes.organizationIdentifier?.scheme === 'PSD' && attributes.statements?.has('PSD2') !== true,
  },
  {
    code: 'EIDAS_SIGNATURE_PSS',
    place: atSignature,
    lacks: ({ certificate }) => certificate.signatureAlgorithm.oid === RSASSA_PSS,
  },
  {
    code: 'EIDAS_SIGNATURE_WEAK',
    place: atSignature,
    lacks: ({ certificate: { signatureAlgorithm: algorithm } }) =>
      weak.has(algorithm.oid) || (algorithm.pss !== undefined && weakHash.has(algorithm.pss.hash)),
  },
  {
    code: 'EIDAS_VALIDITY_LONG',
    place: atValidity,
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
    .map(({ code, place }) => ({ code, ...place(certificate) }))
  const country = compareCountry(certificate, attributes)
  return country === undefined ? found : [country, ...found]
}
