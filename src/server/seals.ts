import { decodeBase64 } from '../core/base64.ts'
import { Recent } from '../core/recent.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { createVerifier, type Verifier } from '../signing/index.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'
import { hashText } from './answer.ts'

/** A QSealC that was read, and what verifies signatures of its key. */
export interface Seal {
  /** x5t#S256. */
  readonly thumbprint: string
  readonly certificate: Certificate
  readonly verifier: Verifier
}

/** Gives a QSealC from where it is stored, or from the body that has it. */
export interface Seals {
  /** By thumbprint and base64 of the DER, as a row has them. */
  stored(thumbprint: string, base64: string): Seal
  /** Of a certificate that was just read, and is not kept: anybody could send many. */
  received(certificate: Certificate): Promise<Seal>
}

/** Registered certificates that are kept read at most. */
const capacity = 2000

/** Registered certificates are read once for many requests. The key is the hash of the octets, never a name. */
export function sealsWith(crypto: CryptoProvider): Seals {
  const held = new Recent<string, Seal>(capacity)
  const sealOf = (certificate: Certificate, thumbprint: string): Seal => ({
    thumbprint,
    certificate,
    verifier: createVerifier({ profile: 'bpce', resolveKey: () => certificate, crypto }),
  })
  return {
    received: async (certificate) => sealOf(certificate, await hashText(certificate.bytes, crypto)),
    stored(thumbprint, base64) {
      const kept = held.get(thumbprint)
      if (kept !== undefined) {
        // The one that was not asked for longest is forgotten first.
        held.set(thumbprint, kept)
        return kept
      }
      const seal = sealOf(parseCertificate(decodeBase64(base64)), thumbprint)
      held.set(thumbprint, seal)
      return seal
    },
  }
}
