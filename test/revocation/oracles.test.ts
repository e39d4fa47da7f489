import { execFileSync, spawnSync } from 'node:child_process'
import { fromBER } from 'asn1js'
import { BasicOCSPResponse, CertificateRevocationList, OCSPResponse } from 'pkijs'
import { describe, expect, it, type TestContext } from 'vitest'
import { checkRevocation, type FetchRequest } from '../../src/trust/index.ts'
import { parseCrl, parseOcspResponse } from '../../src/x509/index.ts'
import { folderWith, pem } from '../cli/support.ts'
import { at, authority, crl, entry, later, leaf, ocsp, responder, webCa } from './support.ts'

const list = await crl({
  revoked: [
    { ...entry, reason: 'keyCompromise' },
    { serialNumber: 77n, date: later(-4), reason: 'superseded', invalidityDate: later(-6) },
  ],
})
const response = await ocsp({ nonce: new Uint8Array(16).fill(3) })
const folder = folderWith({
  'ca.pem': pem(authority.webCa.certificate),
  'root.pem': pem(authority.root.certificate),
  'leaf.pem': pem(leaf.bytes),
  'list.der': list,
  'response.der': response,
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

function needsOpenssl(test: TestContext): void {
  if (hasOpenssl) return
  process.stderr.write(`skipped: openssl is not installed (${test.task.name})\n`)
  test.skip()
}

const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })

describe('openssl', () => {
  it('reads the same list, and verifies it', (test) => {
    needsOpenssl(test)
    const text = openssl('crl', '-inform', 'DER', '-in', 'list.der', '-noout', '-text')
    const serials = [...parseCrl(list).entries()].map(({ serial }) => serial.hex.toUpperCase())
    expect([...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial)).toEqual(serials)
    expect(text).toContain('Key Compromise')
    const { stderr } = spawnSync(
      'openssl',
      ['crl', '-inform', 'DER', '-in', 'list.der', '-noout', '-CAfile', 'ca.pem'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('verify OK')
  })

  it('takes the response for good', (test) => {
    needsOpenssl(test)
    const seconds = String(Math.floor(at.getTime() / 1000))
    const args = ['ocsp', '-respin', 'response.der', '-issuer', 'ca.pem', '-cert', 'leaf.pem', '-CAfile', 'root.pem']
    const { stdout, stderr } = spawnSync(
      'openssl',
      [...args, '-no_nonce', '-attime', seconds, '-validity_period', '999999999'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('Response verify OK')
    expect(stdout).toContain('leaf.pem: good')
  })

  it('makes the same request', async (test) => {
    needsOpenssl(test)
    openssl('ocsp', '-issuer', 'ca.pem', '-cert', 'leaf.pem', '-no_nonce', '-reqout', 'request.der')
    let request: FetchRequest | undefined
    const fetcher = async (_: string, asked: FetchRequest) => {
      request ??= asked
      return response
    }
    await checkRevocation({ certificate: leaf, issuer: webCa, at, fetcher })
    const theirs = execFileSync('openssl', ['base64', '-in', 'request.der', '-A'], { cwd: folder, encoding: 'utf8' })
    expect(Buffer.from(request?.body as Uint8Array).toString('base64')).toBe(theirs.trim())
  })
})

describe('pkijs', () => {
  const asn1 = (bytes: Uint8Array) => fromBER(Uint8Array.from(bytes)).result

  it('reads the same list', () => {
    const theirs = new CertificateRevocationList({ schema: asn1(list) })
    const ours = parseCrl(list)
    expect(theirs.revokedCertificates?.map(({ userCertificate }) => userCertificate.toBigInt())).toEqual([
      entry.serialNumber,
      77n,
    ])
    expect(theirs.thisUpdate.value).toEqual(ours.thisUpdate)
    expect(theirs.nextUpdate?.value).toEqual(ours.nextUpdate)
    expect(
      [...ours.entries()].map(({ revocationDate, reason, invalidityDate }) => [revocationDate, reason, invalidityDate]),
    ).toEqual([
      [entry.date, 'keyCompromise', undefined],
      [later(-4), 'superseded', later(-6)],
    ])
  })

  it('reads the same response', () => {
    const outer = new OCSPResponse({ schema: asn1(response) })
    const octets = outer.responseBytes?.response.valueBlock.valueHexView as Uint8Array
    const theirs = new BasicOCSPResponse({ schema: asn1(octets) })
    const { basic } = parseOcspResponse(response)
    expect(basic?.producedAt).toEqual(theirs.tbsResponseData.producedAt)
    expect(basic?.certificates.map(({ value }) => value)).toEqual([responder.certificate])
    expect(theirs.certs).toHaveLength(1)
    const [single] = theirs.tbsResponseData.responses
    expect([single?.thisUpdate, single?.nextUpdate]).toEqual([
      basic?.responses[0]?.thisUpdate,
      basic?.responses[0]?.nextUpdate,
    ])
    expect(basic?.responses[0]?.serial.value).toEqual(leaf.serial.value)
  })
})
