import type { SigningProfile } from '../../src/signing/index.ts'

/** A message as it stands in its file. */
interface FileMessage {
  readonly method?: string
  readonly target?: string
  readonly status?: number
  readonly headers: [string, string][]
  /** Base64. */
  readonly body?: string
  readonly request?: FileMessage
}

/** What the page is given: data only. */
export interface PageInput {
  readonly at: string
  readonly messages: readonly {
    readonly id: string
    readonly message: FileMessage
    readonly profile: string
    readonly certificate: string | null
    readonly time?: string
    readonly replayed: boolean
  }[]
  readonly digests: readonly {
    readonly id: string
    readonly value: string
    readonly body: string
    readonly field: 'Digest' | 'Content-Digest'
  }[]
  readonly sets: readonly { readonly id: string; readonly text: string; readonly at?: string }[]
  /** PEM by name. */
  readonly certificates: Readonly<Record<string, string>>
  readonly profiles: Readonly<Record<string, SigningProfile>>
  /** PEM of the key of `rsa`. */
  readonly key: string
}

export interface PageResult {
  readonly id: string
  /** `accepted` or a code. */
  readonly outcome: string
}
