import { constants, createHash, type KeyObject, sign } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { certificate, type ListSigner } from './material.ts'

const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const xades = 'http://uri.etsi.org/01903/v1.3.2#'

/** What is particular about a signature. */
export interface SignPlan {
  readonly signer: ListSigner
  /** Default RSA or ECDSA with SHA-256, by the key. */
  readonly algorithm?: string
  readonly digest?: string
  readonly canonicalization?: string
  /** Transforms of the list itself. */
  readonly transforms?: readonly string[]
  /** Id of the certificate in KeyInfo, where it is not the signer's. */
  readonly keyInfo?: string
  /** Id of the certificate that the signed properties name, where it is not the signer's. */
  readonly named?: string
  /** `SigningCertificateV2`, as lists of version 6 have it. */
  readonly v2?: boolean
  /** What is changed in the signed properties before they are signed. */
  readonly properties?: (text: string) => string
  /** Refers to an element by its Id and not to the whole list. */
  readonly reference?: string
  /** Has no reference to the signed properties. */
  readonly withoutProperties?: boolean
}

/** The text of a list with its enveloped signature, XAdES baseline B. */
export function signList(text: string, plan: SignPlan): string {
  const {
    signer,
    digest = sha256,
    canonicalization = exclusiveC14n,
    transforms = [enveloped, exclusiveC14n],
    properties = (text) => text,
  } = plan
  const isElliptic = signer.key.asymmetricKeyType === 'ec'
  const algorithm = plan.algorithm ?? `http://www.w3.org/2001/04/xmldsig-more#${isElliptic ? 'ecdsa' : 'rsa'}-sha256`
  const signed = new SignedXml({
    privateKey: signer.key,
    publicCert: pem(plan.keyInfo ?? signer.certificate),
    signatureAlgorithm: algorithm as never,
    canonicalizationAlgorithm: canonicalization as never,
    objects: [{ content: properties(qualifyingProperties(plan.named ?? signer.certificate, plan.v2 === true)) }],
  })
  signed.SignatureAlgorithms = { ...signed.SignatureAlgorithms, [algorithm]: algorithmOf(algorithm) } as never
  signed.addReference({
    xpath: plan.reference === undefined ? '/*' : `//*[local-name(.)='${plan.reference}']`,
    isEmptyUri: plan.reference === undefined,
    transforms: transforms as never,
    digestAlgorithm: digest as never,
  })
  if (plan.withoutProperties !== true) {
    signed.addReference({
      xpath: "//*[local-name(.)='SignedProperties']",
      transforms: [exclusiveC14n],
      digestAlgorithm: sha256,
      type: 'http://uri.etsi.org/01903#SignedProperties',
    })
  }
  signed.computeSignature(text, {
    prefix: 'ds',
    attrs: { Id: 'signature' },
    location: { reference: '/*', action: 'append' },
  })
  return signed.getSignedXml()
}

function qualifyingProperties(id: string, isV2: boolean): string {
  const name = isV2 ? 'SigningCertificateV2' : 'SigningCertificate'
  const value = createHash('sha256').update(certificate(id)).digest('base64')
  const digest = `<xades:CertDigest><ds:DigestMethod Algorithm="${sha256}"/><ds:DigestValue>${value}</ds:DigestValue></xades:CertDigest>`
  return `<xades:QualifyingProperties xmlns:xades="${xades}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Target="#signature"><xades:SignedProperties Id="properties"><xades:SignedSignatureProperties><xades:SigningTime>2026-05-01T00:00:00Z</xades:SigningTime><xades:${name}><xades:Cert>${digest}</xades:Cert></xades:${name}></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>`
}

/** ECDSA as `r || s`, RSA as it is. The last part of the URI is the hash. */
function algorithmOf(uri: string): new () => object {
  const hash = /sha\d+/.exec(uri)?.[0] ?? ''
  const { RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants
  const padding = uri.endsWith('MGF1') ? { padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST } : {}
  return class {
    getAlgorithmName = () => uri
    getSignature = (data: string, key: unknown) =>
      sign(hash, Buffer.from(data), { key: key as KeyObject, dsaEncoding: 'ieee-p1363', ...padding }).toString('base64')
    verifySignature = () => false
  }
}

function pem(id: string): string {
  const text = Buffer.from(certificate(id)).toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`
}
