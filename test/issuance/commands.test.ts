import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { csrCommand } from '../../src/cli/commands/csr.ts'
import { mintCommand } from '../../src/cli/commands/mint.ts'
import { defectNames } from '../../src/issuance/index.ts'
import { openssl, opensslRequest } from './support.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'mint-'))

async function run(make: (write: (text: string) => void) => Command, args: readonly string[]): Promise<string[]> {
  let written = ''
  const command = make((text) => {
    written += text
  })
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  await command.parseAsync([...args], { from: 'user' })
  return written.split('\n').slice(0, -1)
}

const mint = (...args: string[]): Promise<string[]> => run(mintCommand, args)
const csr = (...args: string[]): Promise<string[]> => run(csrCommand, args)
const fast = ['--key-algorithm', 'P-256', '--authority-key-algorithm', 'P-256']
const text = (path: string): string =>
  openssl(['x509', '-noout', '-text', '-nameopt', 'utf8,sep_multiline,lname', '-in', path])

let made: string
let printed: string[]

beforeAll(async () => {
  made = folder()
  printed = await mint('--out', made, ...fast)
})

describe('mint', () => {
  const authorities = ['root.pem', 'root.key', 'web-ca.pem', 'web-ca.key', 'seal-ca.pem', 'seal-ca.key']
  const leaves = ['qwac.pem', 'qwac.key', 'qwac-chain.pem', 'qsealc.pem', 'qsealc.key', 'qsealc-chain.pem']

  it('writes the files and says one a line', () => {
    expect(printed).toEqual([...authorities, ...leaves].map((name) => join(made, name)))
    expect(readdirSync(made).sort()).toEqual([...authorities, ...leaves].sort())
  })

  it('keeps keys to their owner', () => {
    for (const name of readdirSync(made)) {
      const readable = (statSync(join(made, name)).mode & 0o077) !== 0
      expect([name, readable]).toEqual([name, !name.endsWith('.key')])
    }
  })

  it('makes paths that openssl accepts, and keys that belong to them', () => {
    for (const [leaf, ca] of [
      ['qwac', 'web-ca'],
      ['qsealc', 'seal-ca'],
    ] as const) {
      const path = ['-CAfile', join(made, 'root.pem'), '-untrusted', join(made, `${ca}.pem`), join(made, `${leaf}.pem`)]
      expect(openssl(['verify', ...path])).toContain(': OK')
      const publicKey = openssl(['x509', '-noout', '-pubkey', '-in', join(made, `${leaf}.pem`)])
      expect(openssl(['pkey', '-pubout', '-in', join(made, `${leaf}.key`)])).toBe(publicKey)
      const chain = readFileSync(join(made, `${leaf}-chain.pem`), 'utf8')
      expect(chain).toBe(
        readFileSync(join(made, `${leaf}.pem`), 'utf8') + readFileSync(join(made, `${ca}.pem`), 'utf8'),
      )
    }
  })

  it('replaces files with --force only, and looks before it works', async () => {
    const again = folder()
    writeFileSync(join(again, 'qsealc.key'), 'mine', { mode: 0o644 })
    await expect(mint('--out', again, ...fast)).rejects.toThrow(TypeError)
    await expect(mint('--out', again, ...fast)).rejects.toThrow('qsealc.key exists')
    expect(readdirSync(again)).toEqual(['qsealc.key'])
    await mint('--out', again, '--force', ...fast)
    expect(readFileSync(join(again, 'qsealc.key'), 'utf8')).toContain('BEGIN PRIVATE KEY')
    expect(statSync(join(again, 'qsealc.key')).mode & 0o777).toBe(0o600)
  })

  it('issues from an authority that an earlier run made', async () => {
    const out = folder()
    const files = await mint('--out', out, '--authority', made, '--kind', 'qsealc', '--key-algorithm', 'P-256')
    expect(files).toEqual(['qsealc.pem', 'qsealc.key', 'qsealc-chain.pem'].map((name) => join(out, name)))
    const path = ['-CAfile', join(made, 'root.pem'), '-untrusted', join(made, 'seal-ca.pem'), join(out, 'qsealc.pem')]
    expect(openssl(['verify', ...path])).toContain(': OK')
  })

  it('puts every option into the certificate', async () => {
    const out = folder()
    const options = {
      '--kind': 'qwac',
      '--organization-identifier': 'PSDDE-BAFIN-777',
      '--organization-name': 'Beispiel AG',
      '--roles': 'PSP_AI, PSP_IC',
      '--country': 'AT',
      '--dns': 'a.example.com,b.example.com',
      '--nca-name': 'Aufsicht',
      '--nca-id': 'DE-BAFI',
      '--common-name': 'b.example.com',
      '--key-algorithm': 'P-384',
      '--signature-algorithm': 'ES512',
      '--not-before': '2025-02-01T12:30:00+01:00',
      '--not-after': '2055-03-01',
      '--base-url': 'http://ca.example.org',
    }
    await mint('--out', out, ...Object.entries(options).flat())
    const shown = text(join(out, 'qwac.pem'))
    for (const part of [
      'organizationIdentifier=PSDDE-BAFIN-777',
      'organizationName=Beispiel AG',
      'countryName=AT',
      'commonName=b.example.com',
      'DNS:a.example.com, DNS:b.example.com',
      'NIST CURVE: P-384',
      'Signature Algorithm: ecdsa-with-SHA512',
      'Not Before: Feb  1 11:30:00 2025 GMT',
      'Not After : Mar  1 00:00:00 2055 GMT',
      'PSP_AI',
      'PSP_IC',
      'Aufsicht..DE-BAFI',
      'http://ca.example.org/web-ca.crl',
    ]) {
      expect(shown).toContain(part)
    }
    expect(shown).not.toContain('PSP_PI')
    expect(text(join(out, 'root.pem'))).toContain('Not After : Mar  1 00:00:00 2055 GMT')
    expect(text(join(out, 'web-ca.pem'))).toContain('NIST CURVE: P-521')
  })

  it('makes mistakes on request, each in the kind that can have it', async () => {
    const out = folder()
    const wanted = ['--defect', 'missing-key-usage', '--defect', 'missing-eku', '--defect', 'seal-key-cert-sign']
    await mint('--out', out, ...wanted.slice(0, 4), ...fast)
    expect(text(join(out, 'qwac.pem'))).not.toMatch(/X509v3 (Extended )?Key Usage/)
    expect(text(join(out, 'qsealc.pem'))).not.toContain('X509v3 Key Usage')
    await mint('--out', out, '--force', ...wanted.slice(4), ...fast)
    expect(text(join(out, 'qsealc.pem'))).toContain('Non Repudiation, Certificate Sign')
    expect(text(join(out, 'qwac.pem'))).not.toMatch(/Digital Signature, Certificate Sign/)
  })

  it('lists the mistakes', async () => {
    const lines = await mint('--list-defects')
    expect(lines.map((line) => line.split('\t')[0])).toEqual(defectNames)
    for (const line of lines) expect(line).toMatch(/^[a-z0-9-]+\t(QWAC|QSealC|QWAC,QSealC)\t[^\t]+\.$/)
  })
})

describe('wrong usage of mint', () => {
  const typeErrors: [string, string[], string][] = [
    ['no --out', [], '--out'],
    ['an unknown defect', ['--out', 'x', '--defect', 'no-role'], 'no-roles'],
    ['a defect of the other kind', ['--out', 'x', '--kind', 'qsealc', '--defect', 'missing-eku'], 'QWAC only'],
    ['host names for a seal', ['--out', 'x', '--kind', 'qsealc', '--dns', 'a.example.com'], '--dns'],
    ['an unknown role', ['--out', join(tmpdir(), 'never'), ...fast, '--roles', 'PSP_PIS'], 'PSP_PI'],
  ]
  it.each(typeErrors)('is a TypeError: %s', async (_, args, message) => {
    await expect(mint(...args)).rejects.toThrow(TypeError)
    await expect(mint(...args)).rejects.toThrow(message)
  })

  it('is a TypeError: an algorithm for the keys of a stored authority', async () => {
    await expect(mint('--out', folder(), '--authority', made, ...fast)).rejects.toThrow(TypeError)
  })

  const refused: string[][] = [
    ['--out', 'x', '--kind', 'eseal'],
    ['--out', 'x', '--key-algorithm', 'RSA-1024'],
    ['--out', 'x', '--signature-algorithm', 'RS1'],
    ['--out', 'x', '--not-before', '2026-02-30'],
    ['--out', 'x', '--not-before', 'tomorrow'],
    ['--out', 'x', '--not-after', '2026-02-01T10:00'],
    ['--out', 'x', '--roles', 'PSP_AI,'],
    ['--out', 'x', '--unknown'],
  ]
  it.each(refused)('is an error of commander: %s %s %s %s', async (...args) => {
    await expect(mint(...args.filter((arg) => arg !== undefined))).rejects.toMatchObject({
      code: expect.stringMatching(/^commander\./),
    })
  })

  it('writes nothing', () => {
    expect(readdirSync('.')).not.toContain('x')
  })
})

describe('what mint cannot read', () => {
  it('is a Psd2Error: no authority in the folder', async () => {
    const outcome = mint('--out', folder(), '--authority', folder())
    await expect(outcome).rejects.toMatchObject({ name: 'Psd2Error', code: 'INPUT_UNREADABLE' })
  })

  it('is a Psd2Error: a file that is no key', async () => {
    const broken = folder()
    for (const name of ['root', 'web-ca', 'seal-ca']) {
      for (const end of ['pem', 'key']) {
        writeFileSync(join(broken, `${name}.${end}`), readFileSync(join(made, `${name}.${end}`)))
      }
    }
    writeFileSync(join(broken, 'web-ca.key'), 'nothing')
    const outcome = mint('--out', folder(), '--authority', broken)
    await expect(outcome).rejects.toMatchObject({ name: 'Psd2Error', code: 'ISSUANCE_PEM', path: 'web.privateKey' })
  })
})

describe('csr', () => {
  const psp = [
    ...['--organization-identifier', 'PSDFR-ACPR-12345', '--organization-name', 'Société Exemple', '--country', 'FR'],
    ...['--roles', 'PSP_AI,PSP_PI', '--nca-name', 'ACPR'],
  ]
  const shown = (path: string): string =>
    opensslRequest(Buffer.from(openssl(['req', '-outform', 'DER', '-in', path], undefined, 'latin1'), 'latin1'))

  it('writes a request and a key', async () => {
    const out = folder()
    const subject = {
      '--locality': 'Paris',
      '--state': 'Île-de-France',
      '--street': '1 rue A',
      '--postal-code': '75001',
      '--business-category': 'Private Organization',
      '--jurisdiction-country': 'BE',
      '--subject-serial-number': '784608416',
    }
    const args = ['--out', out, '--kind', 'qwac', '--dns', 'a.example.com', '--key-algorithm', 'P-256', ...psp]
    const files = await csr(...args, ...Object.entries(subject).flat())
    expect(files).toEqual([join(out, 'request.pem'), join(out, 'request.key')])
    expect(statSync(join(out, 'request.key')).mode & 0o777).toBe(0o600)
    const text = shown(join(out, 'request.pem'))
    for (const value of Object.values(subject)) expect(text).toContain(`=${value}\n`)
    expect(text).toContain('DNS:a.example.com')
    expect(text).toContain('verify OK')
    const publicKey = openssl(['req', '-noout', '-pubkey', '-in', join(out, 'request.pem')])
    expect(openssl(['pkey', '-pubout', '-in', join(out, 'request.key')])).toBe(publicKey)
  })

  it('takes a key that is there', async () => {
    const out = folder()
    const key = join(made, 'qsealc.key')
    const files = await csr('--out', out, '--kind', 'qsealc', '--key', key, '--signature-algorithm', 'ES384', ...psp)
    expect(files).toEqual([join(out, 'request.pem')])
    expect(shown(join(out, 'request.pem'))).toContain('ecdsa-with-SHA384')
    const publicKey = openssl(['req', '-noout', '-pubkey', '-in', join(out, 'request.pem')])
    expect(openssl(['pkey', '-pubout', '-in', key])).toBe(publicKey)
    await expect(csr('--out', out, '--kind', 'qsealc', '--key', key, ...psp)).rejects.toThrow('request.pem exists')
    await csr('--out', out, '--kind', 'qsealc', '--key', key, '--force', ...psp)
  })

  it('refuses what is missing or unreadable', async () => {
    const out = folder()
    await expect(csr('--out', out, '--kind', 'qsealc')).rejects.toThrow(TypeError)
    await expect(csr('--out', out, '--kind', 'qwac', ...psp)).rejects.toThrow('dnsNames')
    await expect(csr('--out', out, '--kind', 'qsealc', '--dns', 'a.example.com', ...psp)).rejects.toThrow('--dns')
    await expect(csr('--out', out, ...psp)).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' })
    const nowhere = join(out, 'none.key')
    await expect(csr('--out', out, '--kind', 'qsealc', '--key', nowhere, ...psp)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      path: nowhere,
    })
    expect(readdirSync(out)).toEqual([])
  })
})
