import { exportPkcs8 } from './keys.ts'
import { encodePem } from './pem.ts'

/** A certificate that was issued here, or taken up again, with its private key. */
export interface Issued {
  /** DER. */
  readonly certificate: Uint8Array
  readonly privateKey: CryptoKey
  /** This certificate, then its issuers in order, the root last. DER. */
  readonly chain: Uint8Array[]
  certificatePem(): string
  /** What a TLS server or client sends: the chain without the root. For the root itself, the root. */
  chainPem(): string
  /** PKCS#8. Rejects with `TypeError` where the key is not extractable. */
  privateKeyPem(): Promise<string>
}

export function issued(
  certificate: Uint8Array,
  privateKey: CryptoKey,
  above: readonly Uint8Array[],
  crypto: Crypto,
): Issued {
  const chain = [certificate, ...above]
  const sent = chain.length === 1 ? chain : chain.slice(0, -1)
  return {
    certificate,
    privateKey,
    chain,
    certificatePem: () => encodePem('CERTIFICATE', certificate),
    chainPem: () => sent.map((der) => encodePem('CERTIFICATE', der)).join(''),
    privateKeyPem: async () => encodePem('PRIVATE KEY', await exportPkcs8(privateKey, crypto)),
  }
}
