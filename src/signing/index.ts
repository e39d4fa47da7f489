/**
 * HTTP messages signed and verified as European banks want it: profiles as data, key references, the certificate behind the
 * key.
 *
 * @module
 */
export { signatureBase } from '../http/index.ts'
export { parseCertificateHeader } from './certificate-header.ts'
export { type SigningCode, signingCodes } from './codes.ts'
export type { KeyResolver, ResolveContext } from './key-finder.ts'
export { type KeyReference, type KeyReferenceForm, parseKeyReference, refersTo } from './key-reference.ts'
export type { CertificatePolicy, ComponentsOfMessage, ProfileGrounding, SigningProfile } from './profile.ts'
export { type ProfileName, profileOf, signingProfiles } from './profiles/index.ts'
export { type SignedMessage, type SignMessageOptions, signRequest, signResponse } from './sign.ts'
export { createSigner, type MessageSigner, type SignerCall, type SignerOptions } from './signer.ts'
export { createVerifier, type Verifier, type VerifierCall, type VerifierOptions } from './verifier.ts'
export { type VerifiedMessage, type VerifyMessageOptions, verifyRequest, verifyResponse } from './verify.ts'
