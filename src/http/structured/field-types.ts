import type { FieldType } from './types.ts'

/**
 * Header fields that are structured fields by their own definition. RFC 9421 lets `sf` and `key` stand only where both
 * sides know the type; the caller can name more.
 */
export const fieldTypes: Readonly<Record<string, FieldType>> = {
  'accept-ch': 'list',
  'accept-signature': 'dictionary',
  'cache-status': 'list',
  'cdn-cache-control': 'dictionary',
  'client-cert': 'item',
  'client-cert-chain': 'list',
  'content-digest': 'dictionary',
  priority: 'dictionary',
  'proxy-status': 'list',
  'repr-digest': 'dictionary',
  signature: 'dictionary',
  'signature-input': 'dictionary',
  'want-content-digest': 'dictionary',
  'want-repr-digest': 'dictionary',
}
