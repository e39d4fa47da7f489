import type { ValidatePathOptions, ValidPath } from './types.ts'
import { createPathValidator } from './validator.ts'

/**
 * Finds the path from a certificate to an anchor and holds it to RFC 5280 6.1, once. Where many certificates are to be
 * decided about, {@link createPathValidator} keeps what it learns from one to the next.
 *
 * It says that a trusted authority stands behind the certificate at that moment. Whether that authority is qualified, whether
 * the certificate was revoked and whether the PSP is registered are other questions; `notChecked` tells what was not asked.
 *
 * @throws Psd2Error with `PATH_...` or `LIMIT_PATH_...` and the place in the path, or the error of reading a certificate;
 *   {@link pathVerdict} tells an unknown issuer from an invalid certificate
 * @throws TypeError where there are no anchors, on an unknown option or a value of the wrong kind
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { validatePath } from 'psd2-toolkit/trust'
 *
 * const { path, notChecked } = await validatePath({
 *   certificate: await readFile('qwac.der'),
 *   intermediates: [await readFile('issuing-ca.der')],
 *   anchors: [await readFile('root.der')],
 *   at: new Date(),
 *   purpose: 'serverAuth',
 *   names: [{ dns: 'tpp.example.com' }],
 * })
 * console.log(path.map(({ subject }) => String(subject)), notChecked)
 * ```
 */
export async function validatePath(options: ValidatePathOptions): Promise<ValidPath> {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
  const { anchors, accept, crypto, ...question } = options
  const validator = createPathValidator({
    anchors,
    cachedAuthorities: 0,
    ...(accept === undefined ? {} : { accept }),
    ...(crypto === undefined ? {} : { crypto }),
  })
  return validator.validate(question)
}
