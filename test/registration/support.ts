import { createTestAuthority, type Issued, type LeafOptions, type TestAuthority } from 'psd2-toolkit/issuance'
import { type BuildRegistrationOptions, buildRegistration } from 'psd2-toolkit/registration'
import { readKey, type VectorKey } from '../../vectors/mint.ts'

/** The moment of these tests. */
export const now = new Date('2026-11-25T06:00:00Z')

export const contact = {
  contact_name: 'API team',
  email: 'api@tpp.example',
  phone_number: '+33 1 23 45 67 89',
} as const

let authority: Promise<TestAuthority> | undefined

/** One authority for a file of tests, with stored keys: making RSA keys takes seconds. */
export function testAuthority(): Promise<TestAuthority> {
  authority ??= (async () =>
    createTestAuthority({
      at: now,
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2059-12-31T23:59:59Z'),
      keys: {
        root: await readKey('root-rsa-3072'),
        web: await readKey('web-rsa-3072'),
        seal: await readKey('seal-rsa-3072'),
      },
    }))()
  return authority
}

/** Before the moment of every test, the command's too; TLS goes by the real clock. */
const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') } as const

export async function qsealc(options: LeafOptions = {}, key: VectorKey = 'leaf-rsa-2048'): Promise<Issued> {
  return (await testAuthority()).issueQSealC({
    keys: await readKey(key),
    roles: ['PSP_AI', 'PSP_PI'],
    ...validity,
    ...options,
  })
}

export async function qwac(options: LeafOptions = {}, key: VectorKey = 'leaf-p-256'): Promise<Issued> {
  return (await testAuthority()).issueQwac({
    keys: await readKey(key),
    roles: ['PSP_AI', 'PSP_PI'],
    ...validity,
    ...options,
  })
}

/** The fields that every registration of these tests has. */
export function fields(seal: Issued, more: Partial<BuildRegistrationOptions> = {}): BuildRegistrationOptions {
  return {
    qsealc: seal.certificate,
    redirectUris: ['https://tpp.example/callback'],
    softwareId: 'Example App',
    contact,
    at: now,
    ...more,
  }
}

export async function bodyOf(seal: Issued, more: Partial<BuildRegistrationOptions> = {}): Promise<Uint8Array> {
  return (await buildRegistration(fields(seal, more))).body
}
