import { encodeBase64 } from '../core/base64.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { type DigestForm, digestForm } from '../http/digest/create.ts'
import { type DigestReader, digestReader } from '../http/digest/message.ts'
import { compareDigests } from '../http/digest/verify.ts'
import type { OwnMessage } from '../http/message.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SigningProfile } from './profile.ts'

/** What a profile wants in messages before they are signed: the digest of the body, and the certificate in a header. */
export class Additions {
  readonly #profile: SigningProfile
  readonly #crypto: CryptoProvider
  readonly #digest: DigestForm
  readonly #readDigests: DigestReader
  readonly #isOfBody: boolean
  readonly #isOfNothing: boolean
  readonly #certificate: string | undefined

  constructor(profile: SigningProfile, certificate: Certificate | undefined, crypto: CryptoProvider) {
    const { digest, components } = profile
    const { field, algorithm } = digest
    this.#profile = profile
    this.#crypto = crypto
    this.#digest = digestForm({ field, algorithm, crypto })
    // A digest that the caller made must be that of the body.
    this.#readDigests = digestReader({ required: 'never' })
    this.#isOfBody = components.withBody.includes(this.#digest.name)
    this.#isOfNothing = digest.ofEmptyBody && components.withoutBody.includes(this.#digest.name)
    this.#certificate = certificate === undefined ? undefined : encodeBase64(certificate.bytes)
  }

  /** The hash of the body where its digest is missing; those that the message has are verified. */
  hash(message: OwnMessage): Promise<Uint8Array | undefined> | undefined {
    const { body, fields } = message
    const claimed = this.#readDigests(message)
    const isWanted = (body.length > 0 ? this.#isOfBody : this.#isOfNothing) && !fields.has(this.#digest.name)
    const hashed = isWanted ? this.#crypto.digest(this.#digest.hash, body) : undefined
    if (claimed.length === 0) return hashed
    return Promise.all([hashed, compareDigests(claimed, body, this.#crypto)]).then(([made]) => made)
  }

  /** Adds the digest, and the certificate where a request does not have it yet. */
  add({ status, fields }: OwnMessage, hashed: Uint8Array | undefined): [name: string, value: string][] {
    const added: [string, string][] = []
    if (hashed !== undefined) {
      const value = this.#digest.write(hashed)
      fields.set(this.#digest.name, [value])
      added.push([this.#digest.field, value])
    }
    const { header } = this.#profile.certificate
    const name = header?.toLowerCase()
    if (header === undefined || name === undefined || this.#certificate === undefined) return added
    if (status !== undefined || fields.has(name)) return added
    fields.set(name, [this.#certificate])
    added.push([header, this.#certificate])
    return added
  }
}
