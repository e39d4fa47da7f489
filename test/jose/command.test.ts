import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { jwksCommand } from '../../src/cli/commands/jwks.ts'
import { combineExitCodes } from '../../src/cli/exit-codes.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import { buildJwks } from '../../src/jose/index.ts'
import { plain } from '../../src/report/index.ts'
import { folderWith } from '../cli/support.ts'
import { vector } from './support.ts'

const vectors = (path: string): string => fileURLToPath(new URL(`../../vectors/${path}`, import.meta.url))
const qsealc = vectors('certificates/qsealc.pem')
const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n'
const folder = folderWith({
  'chain.pem': readFileSync(qsealc, 'utf8') + readFileSync(vectors('certificates/ca-seal.pem'), 'utf8'),
  'with-key.pem': key + readFileSync(qsealc, 'utf8'),
  'key.pem': key,
  'large.json': ' '.repeat((1 << 20) + 5),
})

interface Outcome {
  readonly codes: readonly number[]
  readonly out: string
  readonly err: string
  readonly thrown?: unknown
}

/** One command line; what it throws is for `psd2` to tell. */
async function jwks(args: readonly string[], stdin: Uint8Array | string = ''): Promise<Outcome> {
  const codes: number[] = []
  let out = ''
  let err = ''
  const terminal: Terminal = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    stdin: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    now: () => new Date('2026-06-01T00:00:00Z'),
    paint: plain,
    exit: (code) => codes.push(code),
  }
  const command = jwksCommand(terminal)
  for (const part of [command, ...command.commands]) part.exitOverride().configureOutput({ writeErr: terminal.err })
  try {
    await command.parseAsync([...args], { from: 'user' })
    return { codes, out, err }
  } catch (thrown) {
    return { codes, out, err, thrown }
  }
}

describe('psd2 jwks build', () => {
  it('prints the JWK Set and nothing else', async () => {
    const built = await buildJwks(vector('qsealc'))
    for (const [file, stdin] of [[qsealc], ['-', vector('qsealc')]] as const) {
      const { codes, out, err, thrown } = await jwks(['build', '--qsealc', file], stdin)
      expect([codes, err, thrown]).toEqual([[], '', undefined])
      expect(JSON.parse(out)).toEqual(built)
    }
  })

  it('takes --kid', async () => {
    const { out } = await jwks(['build', '--qsealc', qsealc, '--kid', 'seal-1'])
    expect((JSON.parse(out) as { keys: { kid: string }[] }).keys[0]?.kid).toBe('seal-1')
    const { out: nothing, thrown } = await jwks(['build', '--qsealc', qsealc, '--kid', '../x'])
    expect([nothing, thrown]).toEqual(['', expect.any(TypeError)])
  })

  it('refuses what the bank refuses, with exit code 1, unless that is accepted by name', async () => {
    const file = vectors('certificates/qsealc-pss-signature.pem')
    const refused = await jwks(['build', '--qsealc', file])
    expect([refused.codes, refused.out]).toEqual([[1], ''])
    expect(refused.err).toMatch(/^error: JWK_CERTIFICATE_PSS: [\s\S]*\nmend: ask the QTSP/)
    const accepted = await jwks(['build', '--accept', 'JWK_CERTIFICATE_PSS', '--qsealc', file])
    expect(JSON.parse(accepted.out)).toHaveProperty('keys.0.kty', 'RSA')
    expect((await jwks(['build', '--accept', 'JWK_PRIVATE_KEY', '--qsealc', file])).thrown).toBeInstanceOf(
      CommanderError,
    )
  })

  it('looks at validity with --at', async () => {
    const { codes, err } = await jwks(['build', '--qsealc', qsealc, '--at', '2028-06-01'])
    expect(codes).toEqual([1])
    expect(err).toContain('JWK_CERTIFICATE_EXPIRED')
  })

  it('says that a private key beside the certificate was not read, and shows nothing of it', async () => {
    const { out, err } = await jwks(['build', '--qsealc', `${folder}/with-key.pem`])
    expect(JSON.parse(out)).toEqual(await buildJwks(vector('qsealc')))
    expect(err).toMatch(/^notice: INPUT_PRIVATE_KEY/)
    expect(out + err).not.toContain('c2VjcmV0')
  })

  it.each([
    ['several certificates', 'chain.pem', 'INPUT_SEVERAL'],
    ['a key alone', 'key.pem', 'INPUT_PRIVATE_KEY'],
    ['no file', 'missing.pem', 'INPUT_NOT_FOUND'],
  ])('cannot read %s', async (_, file, code) => {
    const { out, thrown } = await jwks(['build', '--qsealc', `${folder}/${file}`])
    expect(out).toBe('')
    expect(thrown).toBeInstanceOf(Psd2Error)
    expect((thrown as Psd2Error).code).toBe(code)
  })

  it('asks for --qsealc', async () => {
    expect((await jwks(['build'])).thrown).toBeInstanceOf(CommanderError)
  })
})

describe('psd2 jwks verify', () => {
  it('prints what was verified, and what was not looked at', async () => {
    const { codes, out, err } = await jwks(['verify', '--profile', 'bpce', vectors('jose/control.json')])
    expect([codes, err]).toEqual([[], ''])
    const [built] = (await buildJwks(vector('qsealc'))).keys
    expect(JSON.parse(out)).toMatchObject({
      profile: 'bpce',
      at: '2026-06-01T00:00:00.000Z',
      jwk: built,
      certificate: { kind: 'QSealC', validity: { notAfter: '2027-12-31T23:59:59.000Z' } },
      notices: [],
      notChecked: expect.arrayContaining(['revocation']),
    })
  })

  it('takes what build printed', async () => {
    const { out } = await jwks(['build', '--qsealc', qsealc])
    expect((await jwks(['verify', '-'], out)).codes).toEqual([])
  })

  it('says each finding with code, path and mend, and exits 1', async () => {
    const { codes, out, err } = await jwks(['verify', vectors('jose/keys-ops-sign.json')])
    expect([codes, out]).toEqual([[1], ''])
    expect(err).toMatch(/error: JWK_MEMBER_MISSPELT: .*\/keys\/0\/keys_ops\nmend: write "key_ops" \(RFC 7517 4\)\n/)
    expect(err).toMatch(/error: JWK_KEY_OPS: .*\/keys\/0\/keys_ops\nmend: send \["verify"\]/)
  })

  it('says notices beside success', async () => {
    const { codes, out, err } = await jwks(['verify', vectors('jose/control-without-n-and-e.json')])
    expect(codes).toEqual([])
    expect(err).toMatch(/^notice: JWK_KEY_ABSENT/)
    expect(JSON.parse(out)).toHaveProperty('notices.0.code', 'JWK_KEY_ABSENT')
    const accepted = await jwks(['verify', '--accept', 'JWK_MEMBER_MISSPELT', '--', vectors('jose/keys-ops.json')])
    expect(accepted.codes).toEqual([])
  })

  it('asks whether the certificate is valid now, or at the moment of --at', async () => {
    const file = vectors('jose/control-expired.json')
    expect((await jwks(['verify', file])).err).toContain('JWK_CERTIFICATE_EXPIRED')
    expect((await jwks(['verify', '--at', '2025-12-01', file])).codes).toEqual([])
  })

  it('shows no control characters and no secrets', async () => {
    const text = readFileSync(vectors('jose/control-compact.json'), 'utf8')
    const names = text.replace('"kty"', '"\\u001b[2J\\u202e":1,"d":"c2VjcmV0c2VjcmV0","kty"')
    const { codes, err } = await jwks(['verify', '-'], names)
    expect(codes).toEqual([1])
    expect(err).toContain('JWK_PRIVATE_KEY')
    expect(err).toContain('\\u{1b}')
    for (const text of ['\u001b', '\u202e', 'c2VjcmV0']) expect(err).not.toContain(text)
  })

  it.each([
    ['a member that stands twice', vectors('jose/twice-n.json'), '', 1, 'JSON_MEMBER_TWICE'],
    ['too much', `${folder}/large.json`, '', 1, 'LIMIT_JSON_SIZE'],
    ['no JSON', '-', '-----BEGIN CERTIFICATE-----', 3, 'JSON_'],
    ['nothing', '-', '', 3, 'JSON_TRUNCATED'],
  ])('refuses %s', async (_, file, stdin, code, says) => {
    const { codes, out, err } = await jwks(['verify', file], stdin)
    expect([combineExitCodes(codes), out]).toEqual([code, ''])
    expect(err).toContain(says)
  })

  it.each([
    ['a file that is not there', 'missing.json', 'INPUT_NOT_FOUND'],
    ['a folder', '', 'INPUT_UNREADABLE'],
  ])('cannot read %s', async (_, file, code) => {
    const { thrown } = await jwks(['verify', `${folder}/${file}`])
    expect((thrown as Psd2Error).code).toBe(code)
  })

  it('knows no other profile', async () => {
    expect((await jwks(['verify', '--profile', 'stet', qsealc])).thrown).toBeInstanceOf(CommanderError)
  })
})
