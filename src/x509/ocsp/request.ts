import { write } from '../../der/index.ts'

/** id-pkix-ocsp-nonce. */
export const OCSP_NONCE = '1.3.6.1.5.5.7.48.1.2'

/** Which certificate is asked about (RFC 6960 4.1.1), with SHA-1: the one hash that every responder knows. */
export interface OcspCertId {
  /** SHA-1 of the issuer's name in DER. */
  readonly issuerNameHash: Uint8Array
  /** SHA-1 of the issuer's public key, the content of its BIT STRING. */
  readonly issuerKeyHash: Uint8Array
  /** Content of the INTEGER. */
  readonly serial: Uint8Array
}

const SHA1 = '1.3.14.3.2.26'

/**
 * An OCSP request about one certificate, unsigned. The hashes find a certificate and protect nothing, which is why SHA-1 does.
 *
 * ```text
 * OCSPRequest ::= SEQUENCE { tbsRequest SEQUENCE { requestList SEQUENCE OF SEQUENCE { reqCert CertID },
 *   requestExtensions [2] EXPLICIT Extensions OPTIONAL } }
 * CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
 *   serialNumber INTEGER }
 * ```
 *
 * @param nonce - 1 to 128 octets (RFC 9654 2.1)
 * @throws TypeError where the nonce has another length
 */
export function encodeOcspRequest(id: OcspCertId, nonce?: Uint8Array): Uint8Array<ArrayBuffer> {
  const { sequence, octetString, encodeOid, nullValue, element, explicit } = write
  const certId = sequence(
    sequence(encodeOid(SHA1), nullValue()),
    octetString(id.issuerNameHash),
    octetString(id.issuerKeyHash),
    element(0x02, id.serial),
  )
  const list = sequence(sequence(certId))
  if (nonce === undefined) return sequence(sequence(list))
  if (nonce.length < 1 || nonce.length > 128) throw new TypeError('a nonce has 1 to 128 octets')
  const extension = sequence(encodeOid(OCSP_NONCE), octetString(octetString(nonce)))
  return sequence(sequence(list, explicit(2, sequence(extension))))
}
