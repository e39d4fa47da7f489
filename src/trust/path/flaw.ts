import type { PathCode } from './codes.ts'

/** One reason against a certificate of a path, before it is known where in the path it stands. */
export interface Flaw {
  readonly code: PathCode
  /** Under the certificate: `tbsCertificate.extensions[2]`; empty for the whole of it. */
  readonly place: string
  /** Octet offset in the certificate. */
  readonly offset?: number | undefined
  readonly detail?: string | undefined
  readonly cause?: unknown
}

/** A flaw in its place in a path. */
export interface PlacedFlaw extends Flaw {
  /** Place of the certificate in the path, from the one that is validated up. */
  readonly index: number
}

export function placed(flaw: Flaw, index: number): PlacedFlaw {
  return { ...flaw, index }
}

/** `path[1].tbsCertificate.validity`. */
export function placeOf({ index, place }: PlacedFlaw): string {
  return `path[${index}]${place === '' ? '' : `.${place}`}`
}
