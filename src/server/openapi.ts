import { scopes } from '../registration/scope.ts'
import { registerPath, tokenPath } from './paths.ts'
import type { AnswerPolicy } from './policy.ts'
import { tokenLife, tokenScope } from './token-endpoint.ts'

type Json = Readonly<Record<string, unknown>>

const text = { type: 'string', minLength: 1 }
const listOf = (items: Json, more: Json = {}): Json => ({ type: 'array', items, ...more })
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** Members of a registration with what the page says of them. `both`: required by POST and PUT. */
const members: Readonly<Record<string, { readonly schema: Json; readonly required?: 'both' | 'create' }>> = {
  redirect_uris: {
    required: 'both',
    schema: listOf({ type: 'string', format: 'uri' }, { minItems: 1, description: 'Compared octet for octet later.' }),
  },
  token_endpoint_auth_method: { required: 'both', schema: { const: 'tls_client_auth' } },
  grant_types: { required: 'both', schema: listOf({ const: 'client_credentials' }, { minItems: 1, maxItems: 1 }) },
  response_types: { required: 'both', schema: listOf({ const: 'code' }, { minItems: 1, maxItems: 1 }) },
  client_name: { required: 'both', schema: { ...text, description: 'Legal name of the TPP.' } },
  scope: {
    required: 'both',
    schema: {
      type: 'string',
      pattern: `^(?:${scopes.join('|')})(?:\\s*,\\s*(?:${scopes.join('|')}))*$`,
      description: 'Separated by commas; within the roles of the certificates.',
    },
  },
  contact: {
    required: 'both',
    schema: {
      type: 'object',
      required: ['contact_name', 'email', 'phone_number'],
      properties: { contact_name: text, email: text, phone_number: text },
    },
  },
  provider_legal_id: {
    required: 'both',
    schema: {
      type: 'string',
      pattern: '^PSD[A-Z]{2}-[A-Z]{2,8}-.+$',
      description: 'organizationIdentifier of QWAC and QSealC.',
    },
  },
  client_legal_id: {
    schema: {
      type: 'string',
      description: 'Of an agent: AGT, the identifier of the TPP without PSD, a serial number.',
    },
  },
  jwks: { required: 'both', schema: ref('Jwks') },
  software_id: { required: 'both', schema: { ...text, description: 'Name that users are shown.' } },
  software_version: { required: 'create', schema: { type: 'string' } },
}

const jwk: Json = {
  type: 'object',
  required: ['kty', 'use', 'alg', 'key_ops', 'kid', 'x5c', 'x5t#S256'],
  properties: {
    kty: { const: 'RSA' },
    use: { const: 'sig' },
    alg: { const: 'RS256' },
    key_ops: listOf({ const: 'verify' }, { minItems: 1, maxItems: 1 }),
    kid: text,
    n: { type: 'string' },
    e: { type: 'string' },
    x5c: listOf({ type: 'string' }, { minItems: 1, maxItems: 1, description: 'The QSealC, DER in base64, no chain.' }),
    'x5t#S256': { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
  },
}

const schemas: Json = {
  Jwk: jwk,
  Jwks: {
    type: 'object',
    required: ['keys'],
    properties: { keys: listOf(ref('Jwk'), { minItems: 1, maxItems: 1 }) },
  },
  Create: body('create'),
  Update: body('update'),
  Client: {
    type: 'object',
    required: ['client_id', 'client_id_issued_at', ...required('update')],
    properties: {
      client_id: { type: 'string', description: 'Opaque. Made by the bank.' },
      client_id_issued_at: { type: ['integer', 'string'] },
      ...properties(),
    },
  },
  Token: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in', 'scope'],
    properties: {
      access_token: text,
      token_type: { const: 'Bearer' },
      expires_in: { const: tokenLife },
      scope: { const: tokenScope },
    },
  },
  Error: {
    type: 'object',
    required: ['error', 'error_description'],
    properties: {
      error: text,
      error_description: { type: 'string', description: 'A stable code, what is wrong, how to put it right.' },
    },
  },
}

function required(operation: 'create' | 'update'): string[] {
  return Object.entries(members).flatMap(([name, { required: when }]) =>
    when === 'both' || when === operation ? [name] : [],
  )
}

function properties(): Json {
  return Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]))
}

function body(operation: 'create' | 'update'): Json {
  const own = operation === 'update' ? { client_id: { type: 'string', description: 'That of the path, or none.' } } : {}
  return { type: 'object', required: required(operation), properties: { ...properties(), ...own } }
}

const json = (schema: Json): Json => ({ 'application/json': { schema } })

function header(name: string, description: string, needed: boolean): Json {
  return { name, in: 'header', required: needed, description, schema: { type: 'string' } }
}

const requestId = header('X-Request-ID', 'Chosen by the TPP, a new one for every try.', true)
const signature = header('Signature', 'Over (request-target), digest where there is a body, x-request-id.', true)
const digest = header('Digest', 'SHA-256=<base64 of the hash of the body>', true)
const clientId: Json = { name: 'client_id', in: 'path', required: true, schema: { type: 'string' } }

/** Description of what is answered, with the statuses of the policy that holds. OpenAPI 3.1. */
export function openApiOf(policy: AnswerPolicy): Json {
  const refused = Object.fromEntries(
    [400, policy.unauthorized, policy.tooLarge, policy.mediaType, 404, 405, 429, 500]
      .sort((a, b) => a - b)
      .map((status) => [String(status), { description: reasons[status], content: json(ref('Error')) }]),
  )
  const answers = (status: number, description: string, schema?: Json): Json => ({
    [String(status)]: { description, ...(schema === undefined ? {} : { content: json(schema) }) },
    ...refused,
  })
  const secured = { security: [{ qwac: [], token: [] }] }
  const withBody = (schema: Json): Json => ({ requestBody: { required: true, content: json(schema) } })
  return {
    openapi: '3.1.0',
    info: {
      title: 'PSD2 registration',
      version: '1',
      description: `Sandbox of the BPCE PSD2 Registration API, read as '${policy.name}'. Every call shows the QWAC on its TLS connection.`,
    },
    servers: [{ url: '/' }],
    paths: {
      [tokenPath]: {
        post: {
          operationId: 'getToken',
          summary: 'Get an access token, bound to the QWAC, for an hour',
          security: [{ qwac: [] }],
          requestBody: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: {
                  type: 'object',
                  required: ['client_id', 'grant_type', 'scope'],
                  properties: {
                    client_id: { type: 'string', examples: ['PSD2_TPPRegister'] },
                    grant_type: { const: 'client_credentials' },
                    scope: { const: tokenScope },
                  },
                },
              },
            },
          },
          responses: answers(200, 'The token', ref('Token')),
        },
      },
      [registerPath]: {
        post: {
          operationId: 'createClient',
          summary: 'Register an application or an agent',
          ...secured,
          parameters: [requestId, digest, signature],
          ...withBody(ref('Create')),
          responses: answers(policy.created, 'Registered', ref('Client')),
        },
      },
      [`${registerPath}/{client_id}`]: {
        get: {
          operationId: 'readClient',
          summary: 'Read a registration',
          ...secured,
          parameters: [clientId, requestId, signature],
          responses: answers(200, 'As it is registered', ref('Client')),
        },
        put: {
          operationId: 'replaceClient',
          summary: 'Replace a registration, certificates too',
          ...secured,
          parameters: [clientId, requestId, digest, signature],
          ...withBody(ref('Update')),
          responses: answers(policy.replaced, 'Replaced', ref('Client')),
        },
        delete: {
          operationId: 'removeClient',
          summary: 'Remove a registration and keep nothing of it',
          ...secured,
          parameters: [clientId, requestId, signature],
          responses: answers(204, 'Removed'),
        },
      },
    },
    components: {
      schemas,
      securitySchemes: {
        qwac: { type: 'mutualTLS', description: 'A QWAC of the TPP.' },
        token: { type: 'http', scheme: 'bearer', description: 'From the token endpoint, with the same QWAC.' },
      },
    },
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'No valid client certificate or token',
  404: 'No such resource, or not of the caller',
  405: 'Another method than those described; Allow names them',
  413: 'The body is too long',
  415: 'Another media type than the one described',
  429: 'Too many requests; Retry-After says how long to wait',
  500: 'The server failed',
}
