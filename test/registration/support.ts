import { readFile } from 'node:fs/promises'
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
      keys: {
        root: await readKey('root-rsa-3072'),
        web: await readKey('web-rsa-3072'),
        seal: await readKey('seal-rsa-3072'),
      },
    }))()
  return authority
}

export async function qsealc(options: LeafOptions = {}, key: VectorKey = 'leaf-rsa-2048'): Promise<Issued> {
  return (await testAuthority()).issueQSealC({ keys: await readKey(key), roles: ['PSP_AI', 'PSP_PI'], ...options })
}

export async function qwac(options: LeafOptions = {}, key: VectorKey = 'leaf-p-256'): Promise<Issued> {
  return (await testAuthority()).issueQwac({ keys: await readKey(key), roles: ['PSP_AI', 'PSP_PI'], ...options })
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

export function readText(file: URL): Promise<string> {
  return readFile(file, 'utf8')
}
