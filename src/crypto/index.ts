/**
 * The seam between the toolkit and the cryptography of the platform: providers, the table of algorithms, and keys from
 * whatever they come in.
 *
 * @module
 */
export {
  type AlgorithmFacts,
  algorithmByCavage,
  algorithmByJose,
  algorithmFits,
  algorithmNamed,
  algorithmsFor,
  type CertificateAlgorithmName,
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
  signatureAlgorithms,
} from './algorithms.ts'
export { type CryptoCode, cryptoCodes } from './codes.ts'
export { ecdsaDerFromRaw, ecdsaRawFromDer } from './ecdsa-signature.ts'
export type { ExternalKey, SignCallback } from './external-key.ts'
export type { JwkLike } from './jwk.ts'
export {
  type KeyObjectLike,
  keysMatch,
  type PrivateKeySource,
  type PublicKeySource,
  privateKeyFrom,
  publicKeyFrom,
  type SecretKeySource,
  type SigningKey,
  secretKeyFrom,
} from './keys.ts'
export type {
  CryptoProvider,
  Digester,
  HashName,
  KeyFacts,
  NamedCurve,
  PrivateKey,
  ProviderOptions,
  PssRestriction,
  PublicKey,
  SecretKey,
} from './provider.ts'
export { type BoundSigner, type BoundVerifier, signerOf, verifierOf } from './signer.ts'
