import type { RevocationQuestion, RevocationResult } from './answer.ts'
import { answerQuestion } from './gather.ts'
import { type RevocationCheckerOptions, settingOf } from './options.ts'

/** What {@link checkRevocation} is asked, and where it looks. */
export interface CheckRevocationOptions extends RevocationCheckerOptions, RevocationQuestion {}

/**
 * Answers whether a certificate is revoked, from lists and responses that are given or fetched by a function of the caller. It answers in
 * three values: what is missing, out of date, wrongly signed or not about the certificate gives `unknown`, never `good`.
 * It throws on no input.
 *
 * @throws TypeError where an option is wrong
 *
 * @example
 * ```ts
 * import { checkRevocation } from 'psd2-toolkit/trust'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const certificate: Certificate
 * declare const issuer: Certificate
 * declare const list: Uint8Array
 * const answer = await checkRevocation({ certificate, issuer, at: new Date('2026-06-01T12:00:00Z'), crls: [list] })
 * if (answer.status !== 'good') console.log(answer.code, answer.reason, answer.revocation?.reason)
 * ```
 */
export async function checkRevocation(options: CheckRevocationOptions): Promise<RevocationResult> {
  const { certificate, issuer, at, ...where } = options
  return createRevocationChecker(where)({ certificate, issuer, at })
}

/**
 * A {@link checkRevocation} for many certificates, and for path validation: lists are read once, and the signature of each is
 * verified once.
 *
 * @throws TypeError where an option is wrong
 *
 * @example
 * ```ts
 * import { createRevocationChecker } from 'psd2-toolkit/trust'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const lists: Uint8Array[]
 * declare const links: { certificate: Certificate; issuer: Certificate }[]
 * const check = createRevocationChecker({ crls: lists })
 * for (const link of links) console.log((await check({ ...link, at: new Date() })).status)
 * ```
 */
export function createRevocationChecker(
  options: RevocationCheckerOptions = {},
): (question: RevocationQuestion) => Promise<RevocationResult> {
  const setting = settingOf(options)
  return (question) => answerQuestion(question, setting)
}
