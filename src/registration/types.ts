/** The contact of the TPP. */
export interface RegistrationContact {
  readonly contact_name: string
  readonly email: string
  readonly phone_number: string
}

/** The one key of a registration: public, with the QSealC in `x5c`. */
export interface RegistrationJwk {
  readonly kty: string
  readonly use: string
  readonly alg: string
  readonly key_ops: readonly string[]
  readonly kid: string
  readonly n?: string
  readonly e?: string
  readonly x5c: readonly string[]
  readonly 'x5t#S256': string
}

/** What POST and PUT /register send: members as the page spells them. */
export interface Registration {
  readonly redirect_uris: readonly string[]
  readonly token_endpoint_auth_method: string
  readonly grant_types: readonly string[]
  readonly response_types: readonly string[]
  /** Legal name of the TPP. */
  readonly client_name: string
  /** `aisp`, `pisp`, `cbpii`, separated by commas. */
  readonly scope: string
  readonly contact: RegistrationContact
  /** organizationIdentifier of QWAC and QSealC. */
  readonly provider_legal_id: string
  /** Of an agent: begins with `AGT`. */
  readonly client_legal_id?: string
  readonly jwks: { readonly keys: readonly RegistrationJwk[] }
  /** The name that users are shown. */
  readonly software_id: string
  readonly software_version?: string
  readonly client_uri?: string
  readonly logo_uri?: string
  readonly tos_uri?: string
  readonly policy_uri?: string
  readonly logo?: string
  /** POST only. */
  readonly software_statement?: string
  /** POST only. */
  readonly jwks_uri?: string
  /** PUT only: that of the path. */
  readonly client_id?: string
}

/** The two operations that carry a body. */
export type RegistrationOperation = 'create' | 'update'
