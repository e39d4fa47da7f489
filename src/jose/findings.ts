import { citationOf } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import { type JoseCode, joseCodes } from './codes.ts'

/** One thing that is to be said of a JWK Set, as plain data. */
export interface JwkFinding {
  readonly code: string
  /** `error`: verification refuses. `notice`: it does not, or the caller has accepted the code by name. */
  readonly severity: 'error' | 'notice'
  /** JSON Pointer (RFC 6901). */
  readonly path: string
  /** Octet offset in the JSON text, or in the certificate where the path is that of a certificate. */
  readonly offset?: number
  readonly message: string
  /** Document and clause. */
  readonly clause: string
  readonly mend: string
}

/** The error for a code. `mend` stands in for that of the table where more is known. */
export function joseError(code: JoseCode, path: string, detail?: string, mend?: string): Psd2Error {
  const info = joseCodes[code]
  const met = detail === undefined ? '' : ` (${detail})`
  const where = path === '' ? '' : `, at ${path}`
  return new Psd2Error(code, `${info.says}${met}${where}`, {
    path,
    citation: citationOf(info),
    mend: mend ?? info.mend,
  })
}

/** Findings of one JWK Set: an attacker could have a hundred thousand. */
const most = 256

/** Collects what is found, in order. */
export class Findings {
  /** What verification throws. */
  firstError: Psd2Error | undefined
  private readonly accepted: readonly JoseCode[]
  private readonly list: { readonly error: Psd2Error; readonly severity: JwkFinding['severity'] }[] = []

  constructor(accepted: readonly JoseCode[]) {
    this.accepted = accepted
  }

  accepts(code: JoseCode): boolean {
    return this.accepted.includes(code)
  }

  add(code: JoseCode, path: string, detail?: string, mend?: string): void {
    const notice = joseCodes[code].leniency === 'note' || this.accepts(code)
    this.push(joseError(code, path, detail, mend), notice ? 'notice' : 'error')
  }

  /** An error of a reader below, as it is. */
  addError(error: Psd2Error): void {
    this.push(error, 'error')
  }

  /** An error of reading a certificate, at the place of the certificate. */
  addCertificateError(error: Psd2Error, path: string): void {
    const { code, message, offset, citation, mend } = error
    this.addError(
      new Psd2Error(code, `the certificate at ${path}: ${message}`, { path, offset, citation, mend, cause: error }),
    )
  }

  /** The first error is never left out, however many notices came before it. */
  private push(error: Psd2Error, severity: JwkFinding['severity']): void {
    if (this.list.length < most || (severity === 'error' && this.firstError === undefined)) {
      this.list.push({ error, severity })
    }
    if (severity === 'error') this.firstError ??= error
  }

  toData(): JwkFinding[] {
    return this.list.map(({ error, severity }) => {
      const { code, message, path = '', offset, clause = '', mend = '' } = error.toJSON()
      return { code, severity, path, ...(offset === undefined ? {} : { offset }), message, clause, mend }
    })
  }
}

/** Runs a reader; an error that it raises is collected at the place of the certificate. */
export function attemptCertificate<Value>(findings: Findings, path: string, read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    findings.addCertificateError(error, path)
    return undefined
  }
}
