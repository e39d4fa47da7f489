import type { HttpLimits } from '../limits.ts'
import type { FieldLines } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { CavageQuirks } from './quirks.ts'

/** Where the parameters were found, and what they are. */
export interface Carried {
  readonly carrier: 'signature' | 'authorization'
  readonly text: string
}

const scheme = /^Signature(?:[ \t]+|$)/i

/**
 * The parameters from the header Signature, or from Authorization with the scheme Signature. Both may be there only when
 * they say the same; neither may be there twice. Authorization with another scheme, such as Bearer, is not looked at.
 *
 * @throws Psd2Error `SIGNATURE_MISSING`, `SIGNATURE_HEADER_TWICE`, `SIGNATURE_AMBIGUOUS`, `SIGNATURE_SCHEME_WORD`
 */
export function readCarrier(fields: FieldLines, quirks: CavageQuirks, limits: HttpLimits): Carried {
  const signature = single(fields, 'signature')
  const authorization = single(fields, 'authorization')
  const credentials =
    authorization !== undefined && scheme.test(authorization) ? withoutScheme(authorization) : undefined
  const header = signature === undefined ? undefined : headerText(signature, quirks)
  const text = header ?? credentials
  if (text === undefined) throw httpError('SIGNATURE_MISSING', undefined, { path: 'signature' })
  if (text.length > limits.signatureField) throw httpError('LIMIT_SIGNATURE_FIELD', undefined, { path: 'signature' })
  if (header !== undefined && credentials !== undefined && header !== credentials) {
    throw httpError('SIGNATURE_AMBIGUOUS', 'Signature and Authorization differ', { path: 'signature' })
  }
  return { carrier: header === undefined ? 'authorization' : 'signature', text }
}

function single(fields: FieldLines, name: string): string | undefined {
  const values = fields.get(name)
  if (values !== undefined && values.length > 1) throw httpError('SIGNATURE_HEADER_TWICE', name, { path: name })
  return values?.[0]
}

function headerText(value: string, quirks: CavageQuirks): string {
  if (!scheme.test(value)) return value
  if (quirks.schemeWord !== true) throw httpError('SIGNATURE_SCHEME_WORD', undefined, { path: 'signature' })
  return withoutScheme(value)
}

function withoutScheme(value: string): string {
  return value.replace(scheme, '')
}
