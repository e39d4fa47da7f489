import fc from 'fast-check'
import {
  buildRegistration,
  checkRegistration,
  type Registration,
  type Scope,
  verifyRedirectUri,
} from 'psd2-toolkit/registration'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { contact, fields, now, qsealc, qwac } from './support.ts'

const text = (body: Uint8Array): Registration => JSON.parse(new TextDecoder().decode(body))

describe('buildRegistration', () => {
  it('takes what it can from the certificate', async () => {
    const seal = await qsealc()
    const { body, registration, findings } = await buildRegistration(fields(seal))
    expect(text(body)).toEqual(registration)
    expect(registration).toMatchObject({
      client_name: parseCertificate(seal.certificate).subject.all('2.5.4.10')[0]?.text,
      scope: 'aisp,pisp',
      provider_legal_id: 'PSDFR-ACPR-12345',
      grant_types: ['client_credentials'],
      response_types: ['code'],
      software_version: '1.0',
      contact,
    })
    expect(registration.jwks.keys[0]?.x5c[0]).toBe(Buffer.from(seal.certificate).toString('base64'))
    expect(findings).toEqual([])
  })

  it('names an agent by the number of the TPP and a serial number', async () => {
    const { registration, findings } = await buildRegistration(fields(await qsealc(), { agent: { serial: '001' } }))
    expect(registration.client_legal_id).toBe('AGTFR-ACPR-12345001')
    expect(findings).toEqual([])
  })

  it('asks only for scopes whose role both certificates name', async () => {
    const one = await qwac({ roles: ['PSP_AI'] })
    const { registration } = await buildRegistration(fields(await qsealc(), { qwac: one.certificate }))
    expect(registration.scope).toBe('aisp')
  })

  it.each<[string, object, string]>([
    ['a scope without its role', { scopes: ['cbpii'] }, 'registration.scope-role'],
    [
      'a redirect URI that the bank refuses',
      { redirectUris: ['http://tpp.example'] },
      'registration.redirect-uri-https',
    ],
    ['no redirect URI', { redirectUris: [] }, 'registration.redirect-uris-empty'],
    ['a name with a control character', { softwareId: 'a\nb' }, 'registration.text-characters'],
    ['an agent of no form', { agent: { legalId: 'AGT1' } }, 'registration.client-legal-id-form'],
  ])('throws the rule that is broken by %s', async (_, more, code) => {
    await expect(buildRegistration(fields(await qsealc(), more))).rejects.toMatchObject({ code })
  })

  it('says that certificates grant nothing in common', async () => {
    const one = await qwac({ roles: ['PSP_IC'] })
    await expect(buildRegistration(fields(await qsealc(), { qwac: one.certificate }))).rejects.toMatchObject({
      code: 'registration.scope-role',
      path: '/scope',
    })
  })

  it('refuses certificates that the bank refuses', async () => {
    const pss = await qsealc({ signatureAlgorithm: 'PS256' })
    await expect(buildRegistration(fields(pss))).rejects.toMatchObject({ code: 'JWK_CERTIFICATE_PSS' })
    const other = await qwac({ organizationIdentifier: 'PSDFR-ACPR-99999' })
    await expect(buildRegistration(fields(await qsealc(), { qwac: other.certificate }))).rejects.toMatchObject({
      code: 'registration.legal-id-qwac',
    })
  })

  it('takes an unknown option for a mistake', async () => {
    await expect(buildRegistration({ ...fields(await qsealc()), redirects: [] } as never)).rejects.toThrow(TypeError)
  })

  it('passes its own check under every policy, for both operations', async () => {
    const seal = await qsealc()
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/)
    const uri = fc.tuple(label, label).map(([host, path]) => `https://${host}.example/${path}`)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(uri, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[A-Za-z][A-Za-z0-9 &'.-]{0,40}[A-Za-z0-9]$/),
        fc.uniqueArray(fc.constantFrom<Scope>('aisp', 'pisp'), { minLength: 1 }),
        fc.constantFrom('seed' as const, 'observed' as const, 'rfc' as const),
        fc.constantFrom('create' as const, 'update' as const),
        fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: undefined }),
        async (redirectUris, softwareId, scopes, policy, operation, serial) => {
          const { body } = await buildRegistration(
            fields(seal, {
              ...{ redirectUris, softwareId, scopes, policy, operation },
              ...(serial === undefined ? {} : { agent: { serial } }),
              ...(operation === 'update' ? { clientId: 'x' } : {}),
            }),
          )
          const { verdict } = await checkRegistration(body, { operation, policy, at: now })
          expect(verdict).toBe('pass')
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('verifyRedirectUri', () => {
  const registered = ['https://tpp.example/callback', 'https://tpp.example:8443/cb?tenant=1']

  it.each(registered)('gives back %s', (uri) => {
    expect(verifyRedirectUri(uri, registered)).toBe(uri)
  })

  it.each([
    ['a prefix', 'https://tpp.example/call', 'by an update'],
    ['a suffix', 'https://tpp.example/callback/more', 'by an update'],
    ['another case of the host', 'https://TPP.example/callback', 'in case'],
    ['another case of the path', 'https://tpp.example/Callback', 'in case'],
    ['a slash more', 'https://tpp.example/callback/', 'slash at its end'],
    ['a query more', 'https://tpp.example/callback?x=1', 'query or fragment'],
    ['a fragment', 'https://tpp.example/callback#x', 'query or fragment'],
    ['another query', 'https://tpp.example:8443/cb?tenant=2', 'query or fragment'],
    ['the default port', 'https://tpp.example:443/callback', 'port'],
    ['dot segments', 'https://tpp.example/x/../callback', 'by an update'],
    ['an encoded letter', 'https://tpp.example/c%61llback', 'by an update'],
    ['user information', 'https://tpp.example@evil.example/callback', 'by an update'],
    ['another scheme', 'http://tpp.example/callback', 'by an update'],
    ['a blank before', ' https://tpp.example/callback', 'by an update'],
    ['nothing', '', 'by an update'],
  ])('refuses %s, and says what it is', (_, uri, mend) => {
    expect(() => verifyRedirectUri(uri, registered)).toThrow(
      expect.objectContaining({ code: 'REDIRECT_URI_NOT_REGISTERED', mend: expect.stringContaining(mend) }),
    )
  })

  it('accepts nothing that is not there, character by character', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.array(fc.webUrl(), { minLength: 1, maxLength: 4 }), (uri, list) => {
        if (list.includes(uri)) expect(verifyRedirectUri(uri, list)).toBe(uri)
        else expect(() => verifyRedirectUri(uri, list)).toThrow()
      }),
    )
  })

  it.each<[string, unknown, unknown]>([
    ['an empty list', 'https://a.example', []],
    ['no list', 'https://a.example', undefined],
    ['a list of numbers', 'https://a.example', [1]],
    ['a URI that is no text', 5, ['https://a.example']],
  ])('takes %s for a mistake of the caller', (_, uri, list) => {
    expect(() => verifyRedirectUri(uri as string, list as string[])).toThrow(TypeError)
  })
})
