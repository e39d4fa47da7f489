import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import type { CryptoProvider } from '../../src/crypto/provider.ts'
import { createVerifier, type VerifierOptions } from '../../src/signing/index.ts'
import { always, at, codeOf, later, seals, signed } from './support.ts'

/** A provider that counts how often a key is imported. */
function counting(): { crypto: CryptoProvider; imports: () => number } {
  const crypto = nodeCrypto()
  let imports = 0
  const importPublicKey: CryptoProvider['importPublicKey'] = (spki) => {
    imports++
    return crypto.importPublicKey(spki)
  }
  return { crypto: { ...crypto, importPublicKey }, imports: () => imports }
}

describe('createVerifier', () => {
  it('imports the key of a certificate record once', async () => {
    const { crypto, imports } = counting()
    const verifier = createVerifier({ profile: 'bpce', resolveKey: always(seals.rsa), crypto })
    const message = await signed()
    for (let i = 0; i < 3; i++) expect((await verifier.verifyRequest(message, { at })).components).toContain('digest')
    expect(imports()).toBe(1)
  })

  it('holds a certificate that it knows to its period, each time', async () => {
    const verifier = createVerifier({ profile: 'bpce', resolveKey: always(seals.rsa) })
    const message = await signed()
    await verifier.verifyRequest(message, { at })
    const after = new Date('2028-01-01T00:00:00Z')
    expect(await codeOf(() => verifier.verifyRequest(message, { at: after }))).toBe('SIGNING_CERTIFICATE_EXPIRED')
    expect(await codeOf(() => verifier.verifyRequest(message, { at: later(60) }))).toBe('accepted')
  })

  it('remembers nothing of a certificate that the profile does not take', async () => {
    const { crypto, imports } = counting()
    const verifier = createVerifier({ profile: 'bpce', resolveKey: always(seals.pssSigned), crypto })
    const message = await signed()
    for (let i = 0; i < 2; i++) {
      expect(await codeOf(() => verifier.verifyRequest(message, { at }))).toBe('SIGNING_CERTIFICATE_PSS')
    }
    expect(imports()).toBe(0)
  })

  it('passes on to the resolver what the call has for it', async () => {
    const seen: unknown[] = []
    const resolveKey: VerifierOptions['resolveKey'] = (_, { passed }) => {
      seen.push(passed)
      return seals.rsa.certificate
    }
    const verifier = createVerifier({ profile: 'bpce', resolveKey })
    const message = await signed()
    const connection = { qwac: 'one' }
    await verifier.verifyRequest(message, { at, passed: connection })
    await verifier.verifyRequest(message, { at })
    expect(seen[0]).toBe(connection)
    expect(seen[1]).toBeUndefined()
  })

  it('keeps to what it was made for', async () => {
    const options: VerifierOptions = { profile: 'bpce', resolveKey: always(seals.rsa) }
    expect(() => createVerifier({ ...options, at } as never)).toThrow(/unknown option 'at'/)
    expect(() => createVerifier({ profile: 'bpce' } as never)).toThrow(TypeError)
    expect(() => createVerifier({ ...options, profile: 'nobody' as never })).toThrow(/unknown profile/)
    const call = { at, resolveKey: always(seals.otherRsa) }
    await expect(createVerifier(options).verifyRequest({} as never, call)).rejects.toThrow(
      /unknown option 'resolveKey'/,
    )
  })
})
