import type { CertificateRule } from '../subject.ts'

const parameters: CertificateRule = {
  id: 'rfc3279.algorithm-parameters',
  requirement: 'RFC3279:rsa-null',
  citation: { document: 'RFC 3279', clause: '2.2.1, 2.3.1; RFC 4055 5; RFC 5758 3.2' },
  modal: 'shall',
  grounding: 'C',
  title: 'the parameters of RSA algorithms are NULL, those of ECDSA absent',
  why: 'libraries that compare algorithm identifiers by octets do not know the other form',
  mend: 'have the certificate issued with the usual form of the AlgorithmIdentifier',
  codes: ['X509_ALGORITHM_PARAMETERS', 'X509_ALGORITHM_NULL_MISSING', 'X509_ALGORITHM_NULL_PRESENT'],
}

/** RFC 3279 and its successors: how algorithms are written. */
export const rfc3279: readonly CertificateRule[] = [parameters]
