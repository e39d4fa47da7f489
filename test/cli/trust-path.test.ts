import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCrl } from '../../src/issuance/index.ts'
import { authority, leaf } from '../../vectors/trust/make/mint.ts'
import * as listed from '../revocation/support.ts'
import { folderWith, pem, psd2 } from './support.ts'

const root = authority('root')
const issuing = authority('issuing', root)
const text = (octets: Uint8Array): string => pem(octets as Uint8Array<ArrayBuffer>)
const ofRoot = await createCrl({ issuer: listed.authority.root, thisUpdate: listed.later(-1) })

const folder = folderWith({
  'root.pem': text(root.der),
  'other.pem': text(authority('other').der),
  'issuing.pem': text(issuing.der),
  'leaf.pem': text(leaf(issuing)),
  'chain.pem': text(leaf(issuing)) + text(issuing.der),
  'expired.pem': text(leaf(issuing, { to: '2021-01-01T00:00:00Z' })),
  'broken.pem': text(root.der.subarray(0, 90)),
  'odd.pem': text(leaf(issuing, { extensions: { authorityKeyIdentifier: undefined } })),
  'listed/leaf.der': listed.leaf.bytes,
  'listed/issuing.der': listed.webCa.bytes,
  'listed/root.der': listed.authority.root.certificate,
  'listed/root.crl': ofRoot,
  'listed/issuing.crl': await listed.crl(),
})
const file = (name: string): string => join(folder, name)
const path = (...args: readonly string[]) => psd2(['trust', 'path', ...args])
const trust = ['--anchors', file('root.pem'), '--intermediates', file('issuing.pem')]

describe('psd2 trust path', () => {
  it('shows the path', async () => {
    const { code, out, err } = await path(
      ...trust,
      '--purpose',
      'serverAuth',
      '--name',
      'psp.example',
      file('leaf.pem'),
    )
    expect(err).toBe('')
    expect(out).toContain('trusted at 2026-06-01T00:00:00.000Z, purpose serverAuth')
    expect(out).toMatch(
      /0 {2}certificate O=Vectors, CN=leaf[\s\S]*1 {2}authority {3}O=Vectors, CN=issuing[\s\S]*2 {2}anchor/,
    )
    expect(out).toContain('not checked: revocation\n')
    expect(code).toBe(0)
  })

  it('takes the file at the end of the last list, or before the lists, and what came with the certificate', async () => {
    const runs = [
      ['--anchors', file('other.pem'), file('root.pem'), file('chain.pem')],
      [file('chain.pem'), '--anchors', file('root.pem')],
      ['--anchors', file('root.pem'), '--at', '2026-06-01', file('chain.pem')],
      ['--anchors', file('root.pem'), '--anchors', file('other.pem'), file('chain.pem')],
    ]
    for (const args of runs) expect((await path(...args)).code, args.join(' ')).toBe(0)
  })

  it('tells it as JSON', async () => {
    const { out } = await path(...trust, '--format', 'json', '--name', '192.0.2.1,psp.example', file('leaf.pem'))
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'invalid',
      names: ['192.0.2.1', 'psp.example'],
      error: { code: 'PATH_SERVER_NAME', clause: 'RFC 9525 6' },
    })
    const trusted = JSON.parse((await path(...trust, '--format', 'json', file('leaf.pem'))).out)
    expect(trusted).toMatchObject({ verdict: 'trusted', notChecked: ['revocation', 'purpose', 'names'] })
    expect(trusted.path.map(({ subject }: { subject: string }) => subject)).toHaveLength(3)
  })

  it('refuses with clause and mend, and exits 1', async () => {
    const expired = await path(...trust, file('expired.pem'))
    expect(expired.out).toContain('refused at 2026-06-01T00:00:00.000Z: PATH_EXPIRED (invalid)')
    expect(expired.out).toContain('RFC 5280 6.1.3\n  mend: renew')
    expect(expired.code).toBe(1)
    const unknown = await path('--anchors', file('other.pem'), file('leaf.pem'))
    expect([unknown.code, unknown.out]).toEqual([1, expect.stringContaining('PATH_ISSUER_UNKNOWN (unknown)')])
    expect((await path(...trust, '--max-depth', '0', file('leaf.pem'))).out).toContain('PATH_TOO_LONG')
  })

  it('lets pass what it is told to', async () => {
    expect((await path(...trust, file('odd.pem'))).code).toBe(1)
    expect((await path(...trust, '--accept', 'PATH_AUTHORITY_KEY_ID_MISSING', file('odd.pem'))).code).toBe(0)
    expect((await path(...trust, '--accept', 'all', file('odd.pem'))).code).toBe(0)
  })

  it('looks into lists, and exits 5 where they do not tell', async () => {
    const args = [
      '--anchors',
      file('listed/root.der'),
      '--intermediates',
      file('listed/issuing.der'),
      '--at',
      '2026-06-01T12:00:00Z',
    ]
    const whole = await path(
      ...args,
      '--crls',
      file('listed/root.crl'),
      file('listed/issuing.crl'),
      file('listed/leaf.der'),
    )
    expect([whole.code, whole.err]).toEqual([0, ''])
    expect(whole.out).not.toContain('revocation')
    const half = await path(...args, '--crls', file('listed/root.crl'), '--format', 'text', file('listed/leaf.der'))
    expect([half.code, half.out]).toEqual([5, expect.stringContaining('PATH_REVOCATION_UNKNOWN (indeterminate)')])
    const lenient = ['--crls', file('listed/root.crl'), '--revocation', 'if-present', file('listed/leaf.der')]
    expect((await path(...args, ...lenient)).code).toBe(0)
  })

  it('exits 5 where nothing can be trusted', async () => {
    for (const name of ['nowhere.pem', 'broken.pem']) {
      const { code, out, err } = await path('--anchors', file(name), '--format', 'text', file('leaf.pem'))
      expect([code, out], name).toEqual([5, ''])
      expect(err, name).not.toBe('')
    }
  })

  it('exits 3 where the certificate cannot be read, and 2 on wrong use', async () => {
    expect((await path('--anchors', file('root.pem'), '--format', 'text', file('nowhere.pem'))).code).toBe(3)
    expect((await path('--anchors', file('root.pem'), '--format', 'text', file('broken.pem'))).code).toBe(3)
    for (const wrong of [
      ['--anchors', file('root.pem')],
      [file('leaf.pem')],
      [...trust, '--purpose', 'codeSigning', file('leaf.pem')],
      [...trust, '--max-depth', '-1', file('leaf.pem')],
      [...trust, '--accept', 'PATH_EXPIRED', file('leaf.pem')],
      [...trust, '--name', 'not a name', file('leaf.pem')],
    ]) {
      expect((await path(...wrong)).code, wrong.join(' ')).toBe(2)
    }
  })

  it('escapes what certificates say', async () => {
    const evil = authority('evil\u202e\u001b[31m', root)
    const texts = folderWith({ 'evil.pem': text(leaf(evil)) + text(evil.der) })
    for (const format of ['text', 'json']) {
      const { code, out } = await path('--anchors', file('root.pem'), '--format', format, join(texts, 'evil.pem'))
      expect(code).toBe(0)
      expect(out).toContain('evil')
      for (const character of ['\u202e', '\u001b']) expect(out.includes(character)).toBe(false)
    }
  })
})
