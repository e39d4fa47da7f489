import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authority, folderWith, pem, psd2, qsealc, qwac } from './support.ts'

const thumbprint = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('base64url')
const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n'
const request = pem(Uint8Array.of(0x30, 0), 'CERTIFICATE REQUEST')

const folder = folderWith({
  'qwac.pem': pem(qwac),
  'qwac.der': qwac,
  'bundle.pem': pem(qwac) + pem(qsealc) + pem(authority),
  'key.pem': key + pem(qwac),
  'only-key.pem': key,
  'key-and-request.pem': key + request,
  'junk.der': new Uint8Array([...qwac, 0]),
  'one/qsealc.pem': pem(qsealc),
})
const file = (name: string): string => join(folder, name)

describe('psd2 x5t', () => {
  it('prints the thumbprint and nothing else', async () => {
    for (const name of ['qwac.pem', 'qwac.der']) {
      expect(await psd2(['x5t', file(name)])).toEqual({ code: 0, out: `${thumbprint(qwac)}\n`, err: '' })
    }
    expect((await psd2(['x5t', '-'], qsealc)).out).toBe(`${thumbprint(qsealc)}\n`)
  })

  it('prints what psd2 inspect says', async () => {
    const { out } = await psd2(['inspect', '--format', 'json', file('qwac.pem')])
    expect((JSON.parse(out) as { 'x5t#S256': string }[])[0]?.['x5t#S256']).toBe(thumbprint(qwac))
  })

  it('does not count a private key beside the certificate', async () => {
    expect((await psd2(['x5t', file('key.pem')])).out).toBe(`${thumbprint(qwac)}\n`)
  })

  it('chooses with --index', async () => {
    for (const [index, der] of [qwac, qsealc, authority].entries()) {
      expect(await psd2(['x5t', '--index', String(index), file('bundle.pem')])).toEqual({
        code: 0,
        out: `${thumbprint(der)}\n`,
        err: '',
      })
    }
  })

  it('takes a folder that has one certificate', async () => {
    expect((await psd2(['x5t', file('one')])).out).toBe(`${thumbprint(qsealc)}\n`)
  })
})

describe('psd2 x5t exits 3, says why on stderr and prints no thumbprint for', () => {
  const inputs: Readonly<Record<string, [args: string[], says: RegExp]>> = {
    'several certificates': [[file('bundle.pem')], /INPUT_SEVERAL.*3 certificates[\s\S]*--index/],
    'a folder with several': [[folder], /INPUT_SEVERAL/],
    'an index that is too large': [['--index', '3', file('bundle.pem')], /INPUT_NO_CERTIFICATE/],
    'the index of a private key': [['--index', '0', file('key.pem')], /INPUT_PRIVATE_KEY/],
    'a private key alone': [[file('only-key.pem')], /INPUT_PRIVATE_KEY/],
    'a missing file': [[file('missing.pem')], /INPUT_NOT_FOUND.*missing\.pem/],
    'a certificate with octets after it': [[file('junk.der')], /DER_TRAILING_DATA/],
    'an empty input': [['-'], /INPUT_EMPTY/],
  }
  it.each(Object.entries(inputs))('%s', async (_, [args, says]) => {
    const { code, out, err } = await psd2(['x5t', ...args])
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(/^error: [A-Z0-9_]+: /)
    expect(err).toMatch(says)
    expect(err).toContain('\nmend: ')
    expect(err).not.toContain('c2VjcmV0')
  })

  it('several things of which none is a certificate, without saying that it has 0 of several', async () => {
    const { code, err } = await psd2(['x5t', file('key-and-request.pem')])
    expect(code).toBe(3)
    expect(err).not.toContain('0 certificates')
    expect(err).not.toContain('INPUT_SEVERAL')
  })
})
