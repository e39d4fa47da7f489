import { Recent } from '../core/recent.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { MessageView, Signer } from '../http/index.ts'
import { NamePatterns } from '../http/policy/policy.ts'
import type { Occasion } from '../http/prepare.ts'
import { type MessageLayout, messageLayout, type StandingOptions, type UnsignedHeaders } from '../http/sign.ts'
import { x5tS256 } from '../jose/x5t.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { SigningProfile } from './profile.ts'
import type { SignerCall } from './signer.ts'

/** What of a sender stands in every signature, besides the name of the key. */
export interface Sender {
  readonly issuer: string
  readonly certificate: Certificate | undefined
  readonly crypto: CryptoProvider
}

/** Lays out the signature of a message under a profile. */
export type ProfileLayout = (message: MessageView, call: SignerCall, keyId: string) => UnsignedHeaders

/** Names of the key that are remembered: a bank has one before a registration, and one after it. */
const keptNames = 10

/** How messages are signed under a profile: what is covered, and what the dialect is told. */
export async function profileLayout(profile: SigningProfile, signer: Signer, sender: Sender): Promise<ProfileLayout> {
  const optionsFor = await standingOptions(profile, sender)
  const occasionOf = occasionMaker(profile)
  const made = new Recent<string, MessageLayout>(keptNames)
  return (message, call, keyId) => {
    let layOut = made.get(keyId)
    if (layOut === undefined) {
      layOut = messageLayout(optionsFor(keyId), signer)
      made.set(keyId, layOut)
    }
    return layOut(message, occasionOf(message, call), call.context)
  }
}

/** What the dialect of a profile is told for every message. */
async function standingOptions(
  profile: SigningProfile,
  { issuer, certificate, crypto }: Sender,
): Promise<(keyId: string) => StandingOptions> {
  const { dialect } = profile
  if (dialect === 'jades-http') {
    if (certificate === undefined) throw new TypeError(`${profile.name} needs the certificate, whose hash is signed`)
    const thumbprint = await x5tS256(certificate.bytes, { crypto })
    return (kid) => ({ dialect, x5tS256: thumbprint, kid })
  }
  if (dialect === 'obie-jws' || dialect === 'obie-jws-raw') return (kid) => ({ dialect, kid, issuer })
  if (dialect === 'rfc9421') {
    const { label } = profile
    return (keyId) => ({ dialect, label, keyId, algorithm: true })
  }
  const { carrier, quirks, algorithmName: algorithm } = profile
  return (keyId) => ({ dialect, keyId, carrier, quirks, algorithm })
}

type OccasionOf = (message: MessageView, call: SignerCall) => Occasion

/** What is signed of each message, and when. */
function occasionMaker(profile: SigningProfile): OccasionOf {
  const { dialect, policy } = profile
  const componentsFor = componentsOf(profile)
  if (dialect === 'rfc9421') {
    return (message, { at: created, expiresIn, nonce, tag = policy.tag }) => {
      const expires = expiresIn === undefined ? undefined : new Date(created.getTime() + expiresIn * 1000)
      return { components: componentsFor(message), created, expires, nonce, tag }
    }
  }
  const isDraft = dialect === 'cavage-10' || dialect === 'cavage-12'
  return (message, { at }) => {
    const components = componentsFor(message)
    const created = isDraft && !components.includes('(created)') ? undefined : at
    return { components, created, expires: undefined, nonce: undefined, tag: undefined }
  }
}

/** What a profile covers of messages. */
function componentsOf({ components, policy }: SigningProfile): (message: MessageView) => readonly string[] {
  const whenPresent = new NamePatterns([...(components.whenPresent ?? []), ...(policy.whenPresent ?? [])])
  return (message) => {
    const base = message.body.length > 0 ? components.withBody : components.withoutBody
    const covered = message.status === undefined ? base : base.filter((name) => isInAnswer(message, name))
    let all = covered
    for (const name of message.fields.keys()) {
      if (whenPresent.has(name) && !covered.includes(name)) all = [...all, name]
    }
    return all
  }
}

/** An answer has the target of the request that it comes with, and of the headers of one only what it happens to have. */
function isInAnswer(view: MessageView, name: string): boolean {
  if (name.startsWith('@') || view.fields.has(name.toLowerCase())) return true
  return name === '(request-target)' && view.request !== undefined
}
