import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  type CheckRegistrationOptions,
  checkRegistration,
  registrationPolicies,
  registrationRules,
  verifyRegistration,
} from 'psd2-toolkit/registration'
import { beforeAll, describe, expect, it } from 'vitest'
import { type JoseCode, joseCodes } from '../../src/jose/codes.ts'
import { rulesFor } from '../../src/registration/policies.ts'
import { unruledCodes } from '../../src/registration/rules/jwks.ts'
import { ruledProblems } from '../../src/registration/rules/redirect-uris.ts'
import { describeCorpus } from '../support/corpus.ts'
import { bodyOf, now, qsealc, qwac } from './support.ts'

let sound: Uint8Array
const create: CheckRegistrationOptions = { operation: 'create', at: now }

beforeAll(async () => {
  sound = await bodyOf(await qsealc())
})

function changed(change: (body: Record<string, unknown>) => void): Uint8Array {
  const body = JSON.parse(new TextDecoder().decode(sound))
  change(body)
  return new TextEncoder().encode(JSON.stringify(body))
}

describeCorpus('a recorded registration', ['registration', 'kat'], (folder) => {
  const octets = new Uint8Array(readFileSync(join(folder, 'post-register.body.json')))
  const at = new Date('2019-06-01T00:00:00Z')

  it('is accepted by what is known to be accepted', async () => {
    const { verdict, checked } = await checkRegistration(octets, { operation: 'create', at, policy: 'observed' })
    expect(verdict).toBe('pass')
    expect(checked).toMatchObject({
      scopes: ['aisp', 'pisp'],
      providerLegalId: 'PSDNL-DNB-33031431',
      agent: false,
      clientLegalId: undefined,
    })
  })

  it('is refused by the text of the page for what the page objects to, each with its mend', async () => {
    const { verdict, findings } = await checkRegistration(octets, { operation: 'create', at, policy: 'seed' })
    expect(verdict).toBe('fail')
    const errors = findings.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ requirement, rule, path, mend }) => [requirement, rule, path, mend])).toEqual([
      ['R-046', 'registration.grant-types-other', '/grant_types', 'send "grant_types": ["client_credentials"]'],
      [
        'R-083',
        'registration.software-version',
        '/software_version',
        'send "software_version": "1.0", or the version that you have',
      ],
      ['R-073', 'registration.jwk-keys-ops', '/jwks/keys/0/keys_ops', 'write "key_ops"'],
    ])
  })

  it('is refused after its certificate has ended', async () => {
    const { findings } = await checkRegistration(octets, { operation: 'create', at: now, policy: 'observed' })
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'registration.jwk-x5c-der',
    ])
  })
})

describeCorpus('a recorded answer', ['registration', 'stubs'], (folder) => {
  it('is good to send back but for what the bank lost, and for the PSP that the recording has changed', async () => {
    const stub = JSON.parse(readFileSync(join(folder, 'ais_registration-create.json'), 'utf8'))
    const octets = new TextEncoder().encode(JSON.stringify(stub.response.jsonBody))
    const at = new Date('2019-06-01T00:00:00Z')
    const { findings } = await checkRegistration(octets, { operation: 'update', at, policy: 'observed' })
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule, path }) => `${rule} ${path}`)
    expect(errors).toEqual([
      'registration.legal-id-qsealc /provider_legal_id',
      'registration.jwk-alg /jwks/keys/0/alg',
      'registration.jwk-key-ops /jwks/keys/0/key_ops',
      'registration.jwk-kid /jwks/keys/0/kid',
      'registration.jwk-x5t-s256 /jwks/keys/0/x5t#S256',
    ])
  })
})

describeCorpus('a real seal certificate that is signed with RSASSA-PSS', ['registration', 'certs'], (folder) => {
  it('is refused for just that', async () => {
    const der = readFileSync(join(folder, 'dtrust-pss-qsealc.der'))
    const octets = changed((body) => {
      body.jwks = { keys: [{ kty: 'RSA', x5c: [der.toString('base64')] }] }
    })
    const { findings } = await checkRegistration(octets, create)
    expect(findings.map(({ rule }) => rule)).toContain('registration.seal-pss')
    expect(findings.map(({ rule }) => rule)).not.toContain('registration.seal-key-pss')
    expect(findings.map(({ rule }) => rule)).not.toContain('registration.seal-kind')
  })
})

describe('checkRegistration', () => {
  it('tells a key that is bound to RSASSA-PSS from a signature', async () => {
    // WebCrypto exports every RSA key as rsaEncryption: the key is taken from OpenSSL.
    const { publicKey, privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    const { certificate } = await qsealc()
    expect(privateKey.asymmetricKeyType).toBe('rsa-pss')
    const der = replaceKey(certificate, spki)
    const octets = changed((body) => {
      const [key] = (body.jwks as { keys: Record<string, unknown>[] }).keys
      Object.assign(key as object, { x5c: [Buffer.from(der).toString('base64')] })
    })
    const { findings } = await checkRegistration(octets, create)
    expect(findings.map(({ rule }) => rule)).toContain('registration.seal-key-pss')
  })

  it('wants PSP_AI by the page, and says so where others do without', async () => {
    const seal = await qsealc({ roles: ['PSP_PI'] })
    const octets = await bodyOf(seal, { policy: 'observed' })
    const role = async (policy: 'seed' | 'observed' | 'rfc') =>
      (await checkRegistration(octets, { ...create, policy })).findings.find(({ rule }) => rule.endsWith('role-aisp'))
        ?.severity
    expect([await role('seed'), await role('observed'), await role('rfc')]).toEqual(['error', 'warning', 'warning'])
  })

  it('says what it could not check', async () => {
    const { notChecked } = await checkRegistration(sound, create)
    expect(notChecked.map(({ rule, needs }) => `${rule} ${needs.join(' ')}`)).toEqual([
      'registration.scope-role-qwac qwac',
      'registration.legal-id-qwac qwac',
      'registration.one-psp qwac',
      'registration.qwac-kind qwac',
      'registration.qwac-valid qwac',
      'registration.qwac-pss qwac',
      'registration.seal-trusted path',
      'registration.seal-issuer-unknown path',
      'registration.seal-register register',
      'registration.seal-other-set otherSets',
    ])
    const tls = (await qwac()).certificate
    const known = await checkRegistration(sound, {
      ...create,
      qwac: tls,
      facts: {
        path: { verdict: 'valid' },
        register: { verdict: 'match', evidence: '' },
        otherSets: new Set(),
      },
    })
    expect(known.notChecked).toEqual([])
    expect(known.verdict).toBe('pass')
  })

  it('gives the certificate whatever the verdict, for whoever must verify the signature', async () => {
    const { verdict, certificate, checked } = await checkRegistration(
      changed((body) => {
        body.scope = 'x'
      }),
      create,
    )
    expect(verdict).toBe('fail')
    expect(checked).toBeUndefined()
    expect(certificate?.subject.all('2.5.4.97')[0]?.text).toBe('PSDFR-ACPR-12345')
  })

  it.each<[string, unknown]>([
    ['an object for the body', [{}, create]],
    ['a text for the body', ['{}', create]],
    ['no operation', [new Uint8Array(), { at: now }]],
    ['an unknown operation', [new Uint8Array(), { at: now, operation: 'delete' }]],
    ['an unknown policy', [new Uint8Array(), { ...create, policy: 'toString' }]],
    ['an unknown option', [new Uint8Array(), { ...create, polcy: 'seed' }]],
    ['an unknown rule', [new Uint8Array(), { ...create, accept: ['registration.x'] }]],
    ['a private key that is accepted', [new Uint8Array(), { ...create, accept: ['registration.jwk-private'] }]],
    ['a member twice that is accepted', [new Uint8Array(), { ...create, accept: ['registration.json-twice'] }]],
    ['no moment', [new Uint8Array(), { operation: 'create', at: new Date(Number.NaN) }]],
    ['an environment that is none', [new Uint8Array(), { ...create, environment: 'test' }]],
    ['what is registered, for a creation', [new Uint8Array(), { ...create, registered: {} }]],
    ['an unknown fact', [new Uint8Array(), { ...create, facts: { trust: true } }]],
    ['a QWAC in PEM', [sound, { ...create, qwac: '-----BEGIN' }]],
  ])('takes %s for a mistake of the caller', async (_, args) => {
    const [body, options] = args as Parameters<typeof checkRegistration>
    await expect(checkRegistration(body ?? sound, options)).rejects.toThrow(TypeError)
  })

  it('does not call a body checked whose certificate was accepted away', async () => {
    const octets = changed((body) => {
      delete body.jwks
    })
    const accept = { ...create, accept: ['registration.jwks'] }
    const { verdict, checked } = await checkRegistration(octets, accept)
    expect([verdict, checked]).toEqual(['pass', undefined])
    await expect(verifyRegistration(octets, accept)).rejects.toThrow(TypeError)
  })
})

describe('laws of the check', () => {
  const quick = { numRuns: 150 }

  it('never throws on octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
        expect((await checkRegistration(octets, create)).verdict).toBe('unreadable')
      }),
      quick,
    )
  })

  it('never throws on JSON, and never passes what is no registration', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), fc.constantFrom('create', 'update'), async (text, operation) => {
        const octets = new TextEncoder().encode(text)
        expect((await checkRegistration(octets, { operation, at: now })).verdict).not.toBe('pass')
      }),
      quick,
    )
  })

  it('finds something, or nothing new, where one member is anything else; no rule crashes', async () => {
    const names = Object.keys(JSON.parse(new TextDecoder().decode(sound)))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), async (name, value) => {
        const octets = changed((body) => {
          body[name] = value
        })
        for (const policy of ['seed', 'observed', 'rfc'] as const) {
          const { findings } = await checkRegistration(octets, { ...create, policy })
          expect(findings.filter(({ rule }) => rule.startsWith('engine.'))).toEqual([])
        }
      }),
      quick,
    )
  })

  it('the same for the members of the key', async () => {
    const names = ['kty', 'use', 'alg', 'key_ops', 'kid', 'n', 'e', 'x5c', 'x5t#S256', 'x5u', 'd', '__proto__']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), async (name, value) => {
        const octets = changed((body) => {
          const [key] = (body.jwks as { keys: Record<string, unknown>[] }).keys
          Object.defineProperty(key, name, { value, enumerable: true })
        })
        const { findings } = await checkRegistration(octets, create)
        expect(findings.filter(({ rule }) => rule.startsWith('engine.'))).toEqual([])
      }),
      quick,
    )
  })

  it('repeats no text of the sender that is not a short name', async () => {
    const secret = fc.stringMatching(/^[ -~]{45,80}$/)
    const names = ['client_name', 'software_id', 'provider_legal_id', 'client_legal_id', 'scope', 'logo', 'grant_types']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), secret, async (name, text) => {
        const octets = changed((body) => {
          body[name] = name === 'grant_types' ? [text] : text
        })
        expect(JSON.stringify((await checkRegistration(octets, create)).findings)).not.toContain(text)
      }),
      quick,
    )
  })
})

describe('the rules', () => {
  it('have ids of their own, a row, a clause, and something to say', () => {
    const ids = registrationRules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, requirement, citation, title, why, mend, operations } of registrationRules) {
      expect(id).toMatch(/^registration\.[a-z0-9-]+$/)
      expect(requirement).toMatch(/^R-[0-9]{3}$/)
      for (const text of [citation.document, citation.clause, title, why, mend]) expect(text, id).not.toBe('')
      expect(operations.length, id).toBeGreaterThan(0)
    }
  })

  it('cite the clause of the operation', () => {
    const uris = (operation: 'create' | 'update') =>
      rulesFor(operation).find(({ id }) => id === 'registration.redirect-uris')
    expect(uris('create')).toMatchObject({
      requirement: 'R-040',
      citation: { clause: 'POST /register, HTTP Body, redirect_uris' },
    })
    expect(uris('update')).toMatchObject({
      requirement: 'R-102',
      citation: { clause: 'PUT /register/{client_id}, HTTP Body, redirect_uris' },
    })
  })

  it('speak for every code of the reader of JWK Sets', () => {
    expect(unruledCodes(Object.keys(joseCodes) as JoseCode[])).toEqual([])
  })

  it('speak for every problem of a redirect URI, once', () => {
    expect(new Set(ruledProblems).size).toBe(ruledProblems.length)
    expect(ruledProblems).toHaveLength(18)
  })

  it('are all known to the policies that change them', () => {
    const ids = registrationRules.map(({ id }) => id)
    for (const { overrides } of Object.values(registrationPolicies)) {
      expect(Object.keys(overrides).filter((id) => !ids.includes(id))).toEqual([])
    }
  })
})

/** The certificate with another SubjectPublicKeyInfo: its signature is broken, which nobody looks at here. */
function replaceKey(certificate: Uint8Array, spki: Uint8Array): Uint8Array {
  const old = Buffer.from(certificate)
  const marker = Buffer.from('300d06092a864886f70d01010105000382', 'hex')
  const start = old.indexOf(marker) - 4
  const length = 4 + old.readUInt16BE(start + 2)
  const tbsLength = old.readUInt16BE(6) + spki.length - length
  const outerLength = old.readUInt16BE(2) + spki.length - length
  const made = Buffer.concat([old.subarray(0, start), spki, old.subarray(start + length)])
  made.writeUInt16BE(outerLength, 2)
  made.writeUInt16BE(tbsLength, 6)
  return made
}
