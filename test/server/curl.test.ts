import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/server/index.ts'
import { root } from '../support/package.ts'

const needed = { bash: '--version', curl: '--version', openssl: 'version' }
const missing = Object.entries(needed).flatMap(([name, ask]) => (spawnSync(name, [ask]).status === 0 ? [] : [name]))
if (missing.length > 0) console.warn(`SKIPPED: docs/curl.md, for want of ${missing.join(', ')}`)

describe.skipIf(missing.length > 0)('docs/curl.md', () => {
  let data: string
  let sandbox: Sandbox
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'psd2-curl-'))
    sandbox = await startSandbox({ data })
  }, 60_000)
  afterAll(async () => {
    await sandbox?.close()
    await rm(data, { recursive: true, force: true })
  })

  it('registers, reads, changes and removes as it stands there', async () => {
    const page = await readFile(join(root, 'docs', 'curl.md'), 'utf8')
    const blocks = [...page.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, code]) => code)
    expect(blocks.length).toBe(6)
    // The command is that of this checkout, read from its sources.
    const command = `node --import tsx ${join(root, 'src/cli/main.ts')}`
    const script = blocks.join('\n').replaceAll('npx psd2', command)
    const { code, out, err } = await bash(script)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^registered: PSDFR-ACPR-12345-[0-9A-F]{18}$/),
      'Example app',
      'Renamed app',
      '204',
      '',
    ])
  }, 60_000)

  function bash(script: string): Promise<{ code: number | null; out: string; err: string }> {
    const env = {
      ...process.env,
      SANDBOX: sandbox.url,
      DATA: data,
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.test.json'),
    }
    const child = spawn('bash', ['-c', script], { cwd: root, env })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  }
})
