import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpIndexEntry } from '../../vectors/http/make/index.ts'
import { at, type SealName, seals } from '../../vectors/http/make/messages.ts'
import { vectorProfiles } from '../../vectors/http/make/profiles.ts'
import type { JoseIndexEntry } from '../../vectors/jose/make/index.ts'
import { root } from '../support/package.ts'
import type { PageInput, PageResult } from './suite.ts'

/** The browser of the distribution: none is downloaded. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (executablePath === undefined) process.stderr.write('skipped: the suite in a browser (no Chromium is installed)\n')

const read = (...parts: string[]): Buffer => readFileSync(join(root, 'vectors', ...parts))
const json = (...parts: string[]): never => JSON.parse(read(...parts).toString('utf8')) as never
const http: readonly HttpIndexEntry[] = json('http', 'index.json')
const jose: readonly JoseIndexEntry[] = json('jose', 'index.json')

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

const input: PageInput = {
  at: at.toISOString(),
  messages: http
    .filter(({ kind }) => kind !== 'digest')
    .map(({ id, profile = '', certificate = 'rsa', at: time, replayed = false }) => ({
      id,
      message: json('http', `${id}.json`),
      profile,
      certificate,
      ...(time === undefined ? {} : { time }),
      replayed,
    })),
  digests: http
    .filter(({ kind }) => kind === 'digest')
    .map(({ id, value = '', body = '', field }) => ({ id, value, body, field: field as 'Digest' })),
  sets: jose
    .filter(({ accept }) => accept === undefined)
    .map(({ id, at }) => ({
      id,
      text: read('jose', `${id}.json`).toString('base64'),
      ...(at === undefined ? {} : { at }),
    })),
  certificates: Object.fromEntries(
    (Object.keys(seals) as SealName[]).map((name) => [name, pem(seals[name].certificate.bytes)]),
  ),
  profiles: vectorProfiles,
  key: seals.rsa.key,
}

const expected: readonly PageResult[] = [
  ...[...http.filter(({ kind }) => kind !== 'digest'), ...http.filter(({ kind }) => kind === 'digest')].map(
    ({ id, expected }) => ({ id, outcome: expected }),
  ),
  ...jose
    .filter(({ accept }) => accept === undefined)
    .map(({ id, error }) => ({ id, outcome: error?.code ?? 'accepted' })),
]

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'page.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      alias: { '#crypto': join(root, 'src/crypto/webcrypto.ts') },
    })
    const script = outputFiles[0]?.text ?? ''
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  it('every vector of messages, digests and JWK Sets ends as on Node', async () => {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction(() => 'runSuite' in globalThis)
    const { results, round } = await page.evaluate(
      (given) =>
        (
          globalThis as unknown as { runSuite(input: object): Promise<{ results: PageResult[]; round: string }> }
        ).runSuite(given),
      input as object,
    )
    expect(results).toEqual(expected)
    expect(results.length).toBeGreaterThan(400)
    expect(round).toBe('(request-target) digest x-request-id')
  }, 60_000)
})
