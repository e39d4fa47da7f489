/**
 * The registration server of the bank's page: a Hono application, its store, and https with client certificates. It needs
 * hono, @hono/node-server, drizzle-orm, and @electric-sql/pglite or pg.
 *
 * @module
 */
export type { BankSeal } from './answer.ts'
export { createRegistrationApp, type RegistrationAppOptions } from './app.ts'
export { type ServerCode, serverCodes } from './codes.ts'
export type { Environment } from './deps.ts'
export { type Eligibility, type EligibilityQuestion, settleEligibility } from './eligibility.ts'
export { eitherTrust, type ListTrustOptions, listTrust } from './list-trust.ts'
export type { Logger } from './logger.ts'
export type { RateLimit } from './rate-limit.ts'
export { type SandboxMaterial, sandboxMaterial } from './sandbox/material.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/sandbox.ts'
export { type RunningServer, type ServeOptions, serveRegistration } from './serve.ts'
export { openStore, type StoreLocation } from './store/open.ts'
export type {
  CallQuestion,
  ClientRecord,
  Conflict,
  Constraints,
  FoundCall,
  Outcome,
  RegistrationStore,
  SignedOnce,
  TokenRecord,
} from './store/store.ts'
export { type CertificateTrust, type CertificateUse, pathTrust, type RevocationDemands } from './trust.ts'
