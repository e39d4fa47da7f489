import type { MessageView } from '../http/index.ts'
import { signingError } from './codes.ts'

/** STET, Berlin Group, BPCE: every request has an id of its own, graphic ASCII. */
export function requireRequestId(view: MessageView): string {
  const values = view.fields.get('x-request-id') ?? []
  const [id] = values
  if (values.length === 1 && id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id)) return id
  throw signingError('REQUEST_ID_MISSING', 'headers.x-request-id')
}
