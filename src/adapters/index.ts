/**
 * Messages of the Fetch API and of node:http as the toolkit takes them and back, and a `fetch` that signs. Middleware for
 * frameworks is in `psd2-toolkit/adapters/hono`, `/express` and `/fastify`.
 *
 * @module
 */
export type { AdmittedRequest, ReceivedKeyResolver, VerifySignatureOptions } from './admit.ts'
export { defaultMaxBody } from './body.ts'
export type { ClientCertificate, ClientCertificateSource } from './client-certificate.ts'
export {
  type MessageOfRequestOptions,
  type MessageOfResponseOptions,
  messageOfRequest,
  messageOfResponse,
  toRequest,
  toResponse,
} from './fetch-message.ts'
export {
  messageOfNode,
  type NodeIncoming,
  type NodeRequestOptions,
  responseOfNode,
  toNodeRequest,
} from './node-message.ts'
export { linesOfRawHeaders, rawHeadersOf } from './raw-headers.ts'
export { type FetchLike, type SignedFetchOptions, signedFetch } from './signed-fetch.ts'
