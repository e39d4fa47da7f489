import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { distinct, vector } from '../../bench/support/subjects.ts'
import type { AuditReport } from '../../src/core/audit-report.ts'
import { root } from '../support/package.ts'
import { folderWith } from './support.ts'

/** As it is built: workers are files of the package. */
const main = join(root, 'dist/cli/main.js')
const records = distinct(vector('qsealc-flattened-roles'), 400).map((der, index) =>
  JSON.stringify({ id: `certificate ${index}`, der: Buffer.from(der).toString('base64') }),
)
const folder = folderWith({ 'records.ndjson': `${records.join('\n')}\n` })
const shared = ['--format', 'ndjson', '--fail-on', 'none', '--at', '2026-06-01']

const run = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [main, 'audit', ...args], { encoding: 'utf8', input, maxBuffer: 1 << 28 })

describe('psd2 audit as a process', () => {
  it('is the same in two processes that xargs shards, as docs/scale.md has it', () => {
    const whole = run([...shared, join(folder, 'records.ndjson')])
    expect(whole.status).toBe(0)
    const script = [
      'split --lines 200 --additional-suffix .ndjson records.ndjson piece-',
      `printf '%s\\n' piece-*.ndjson | xargs -P 2 -I {} psd2 audit --workers 1 ${shared.join(' ')} --output {}.reports {}`,
      'cat piece-*.reports',
    ].join('\n')
    const page = readFileSync(join(root, 'docs/scale.md'), 'utf8')
    expect(page).toContain('xargs -P 2 -I {} psd2 audit --workers 1 --format ndjson --fail-on none --at 2026-06-01')
    writeFileSync(join(folder, 'psd2'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, { mode: 0o755 })
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
      maxBuffer: 1 << 28,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe(whole.stdout)
    expect(stdout.trimEnd().split('\n')).toHaveLength(400)
  })

  it('writes what was done when it is interrupted, as valid output, and exits 130', async () => {
    for (const format of ['json', 'ndjson', 'sarif', 'junit', 'html']) {
      const child = spawn(process.execPath, [main, 'audit', ...shared, '--format', format, '--output', '-', '-'])
      let out = ''
      let err = ''
      child.stdout.on('data', (data) => {
        out += data
      })
      child.stderr.on('data', (data) => {
        err += data
      })
      // Standard input stays open: without the interrupt the run would wait for ever.
      child.stdin.on('error', () => undefined)
      child.stdin.write(`${records.slice(0, 100).join('\n')}\n`)
      if (format === 'html') await new Promise((resolve) => setTimeout(resolve, 2500))
      else await new Promise((resolve) => child.stdout.once('data', () => setTimeout(resolve, 300)))
      child.kill('SIGINT')
      const status = await new Promise((resolve) => child.on('close', resolve))
      expect({ format, status, err }).toEqual({ format, status: 130, err: 'interrupted: what was done is written\n' })
      if (format === 'json') {
        const { complete, reports, summary } = JSON.parse(out) as {
          complete: boolean
          reports: AuditReport[]
          summary: object
        }
        expect(complete).toBe(false)
        expect(reports.length).toBeGreaterThanOrEqual(20)
        expect(summary).toMatchObject({ reports: reports.length })
      }
      if (format === 'ndjson') for (const line of out.trimEnd().split('\n')) JSON.parse(line)
      if (format === 'sarif') expect(JSON.parse(out).runs[0].invocations[0].executionSuccessful).toBe(false)
      if (format === 'junit') expect(out.trimEnd().endsWith('</testsuites>')).toBe(true)
      if (format === 'html') expect(out).toContain('The run was interrupted.')
    }
  })

  it('ends quietly when its reader has seen enough', () => {
    const command = `'${process.execPath}' '${main}' audit ${shared.join(' ')} records.ndjson | head -n 1`
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('shows no progress where nobody looks', () => {
    expect(run([...shared, '-'], `${records.join('\n')}\n`).stderr).toBe('')
  })
})
