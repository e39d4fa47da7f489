import { acceptableCodes, type JoseCode } from './codes.ts'

/** Throws `TypeError` where an option is not known. */
export function checkOptions(options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
  for (const name in options) {
    if (!known.includes(name)) throw new TypeError(`unknown option '${name}'; there are: ${known.join(', ')}`)
  }
}

/** Throws `TypeError` where `at` is no moment. */
export function checkMoment(at: Date | undefined): void {
  if (at !== undefined && (!(at instanceof Date) || Number.isNaN(at.getTime()))) {
    throw new TypeError('at must be a Date that is a moment')
  }
}

/** Throws `TypeError` where a code is none that a caller may accept. */
export function checkAccept(accept: readonly JoseCode[]): readonly JoseCode[] {
  if (!Array.isArray(accept)) throw new TypeError('accept must be an array of codes')
  for (const code of accept) {
    if (!acceptableCodes.includes(code)) {
      throw new TypeError(`'${String(code)}' cannot be accepted; these can: ${acceptableCodes.join(', ')}`)
    }
  }
  return accept
}
