import type { PspRole } from '../eidas/index.ts'
import { type Scope, scopeRoles } from '../registration/scope.ts'
import type { EbaRegister } from '../trust/index.ts'
import { speaksAgainst } from '../trust/register/against.ts'
import { ownerOf } from './caller.ts'
import { serverError } from './codes.ts'
import type { Logger } from './logger.ts'
import type { CertificateTrust } from './trust.ts'

/**
 * Refuses beyond a trust what the register says may not act: its authorisation was withdrawn, has not begun, or never was one
 * by the directive. That the register cannot tell, as of a bank, which it does not have, is no refusal and is logged.
 */
export function registeredTrust(trust: CertificateTrust, register: EbaRegister, log: Logger): CertificateTrust {
  return async (certificate, use) => {
    await trust(certificate, use)
    const owner = ownerOf(certificate)
    if (owner === undefined) return
    const answer = register.lookup(owner, { at: use.at })
    if (speaksAgainst(answer)) throw serverError('PSP_NOT_AUTHORISED', { certificate: use.as })
    if (answer.status !== 'match' || answer.findings.length > 0) {
      const codes = [answer, ...answer.findings].map(({ code }) => code)
      log.warn({ owner, certificate: use.as, codes }, 'the register does not tell whether a TPP is authorised')
    }
  }
}

/** Holds scopes to the services that the register has of the TPP, in its home country; where it has nothing, they stay open. */
export function requireServices(
  owner: string,
  scopes: readonly Scope[],
  at: Date,
  register: EbaRegister | undefined,
): void {
  const roles: PspRole[] = scopes.map((scope) => scopeRoles[scope])
  if (register !== undefined && speaksAgainst(register.lookup(owner, { at, roles }))) {
    throw serverError('SCOPE_NOT_AUTHORISED')
  }
}
