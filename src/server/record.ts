import type { AnswerPolicy } from './policy.ts'
import type { ClientRecord } from './store/store.ts'

/** Members that the bank was seen to answer with, registered or not. */
const recorded = [
  'registration_client_uri',
  'registration_access_token',
  'client_secret',
  'client_secret_expires_at',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'jwks_uri',
  'client_legal_id',
  'logo',
  'software_version',
] as const

/** What is answered about a client: its id, when it was made, and what was registered. */
export function bodyOf(client: ClientRecord, { recordedShape }: AnswerPolicy): Record<string, unknown> {
  const { clientId: client_id, createdAt, metadata } = client
  if (!recordedShape) return { client_id, client_id_issued_at: Math.floor(createdAt.getTime() / 1000), ...metadata }
  return {
    client_id,
    client_id_issued_at: createdAt.toISOString().replace('Z', ''),
    ...Object.fromEntries(recorded.map((name) => [name, null])),
    ...metadata,
    grant_types: upperCase(metadata.grant_types),
    response_types: upperCase(metadata.response_types),
  }
}

function upperCase(names: unknown): unknown {
  return Array.isArray(names) ? names.map((name) => String(name).toUpperCase()) : names
}
