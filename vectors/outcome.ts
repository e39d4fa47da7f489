import { inspectCertificate } from '../src/audit/index.ts'
import { Psd2Error } from '../src/core/index.ts'
import { psd2Attributes } from '../src/eidas/index.ts'
import { parseCertificate } from '../src/x509/index.ts'

/** Where something is wrong, and what: words about it may change, these do not. */
interface Place {
  readonly code: string
  readonly path: string
  readonly offset: number
}

/** Everything that reading a certificate is to yield. */
export interface Outcome {
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** The first error of strict reading: the certificate, then its PSD2 attributes. */
  readonly strict: 'accepted' | Place
  /** What tolerant reading shows, or why even it refuses. */
  readonly inspection: object
}

/** What the toolkit does with a certificate now. `sha256` is the caller's, since a refused certificate has none. */
export async function outcomeOf(der: Uint8Array, sha256: string): Promise<Outcome> {
  return { sha256, strict: strictOutcome(der), inspection: await inspectionOf(der) }
}

function strictOutcome(der: Uint8Array): Outcome['strict'] {
  try {
    psd2Attributes(parseCertificate(der))
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const { code, path = '', offset = 0 } = error
    return { code, path, offset }
  }
}

async function inspectionOf(der: Uint8Array): Promise<object> {
  const result = await inspectCertificate(der)
  if ('error' in result) return { error: placeOf(result.error) }
  const { source, index, place, sha256, 'x5t#S256': x5t, deviations, ...rest } = result
  return { ...rest, deviations: deviations.map(placeOf) }
}

function placeOf({ code, path, offset }: Place): Place {
  return { code, path, offset }
}
