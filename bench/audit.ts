import { spawn } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readyProfile } from 'psd2-toolkit/audit'
import { certificateSubject, type Facts, runRules } from 'psd2-toolkit/rules'
import { encodePem, parseCertificate } from 'psd2-toolkit/x509'
import { measure } from './support/measure.ts'
import { printRows } from './support/print.ts'
import { distinct, vector } from './support/subjects.ts'

const sha256: (der: Uint8Array) => unknown =
  typeof hash === 'function' ? (der) => hash('sha256', der) : (der) => createHash('sha256').update(der).digest()

const floor = 'SHA-256 of the DER'
const vectors = ['qwac-all-statements', 'qsealc-all-statements', 'qwac', 'qsealc-flattened-roles']
const batchSize = 100_000

/** Reading and every rule of the profile, as a multiple of SHA-256 over the same octets; then a large batch. */
export async function benchAudit(): Promise<void> {
  for (const name of vectors.slice(0, 2)) rules(name)
  await batches()
}

function rules(name: string): void {
  const der = vector(name)
  const subjects = distinct(der, 2000)
  const profile = readyProfile('auto')
  const facts: Facts = { at: new Date('2026-06-01T00:00:00Z'), sha256: '' }
  const audit = (subject: Uint8Array): unknown => {
    const read = certificateSubject(parseCertificate(subject, { mode: 'tolerant' }), profile.subject)
    const issued = read.certificate.validity.notBefore.getTime()
    return runRules(profile.set, { subject: read, facts, issued, deviations: read.deviations })
  }
  const rows = measure(
    {
      [floor]: sha256,
      'parse only': (subject) => parseCertificate(subject, { mode: 'tolerant' }),
      'parse and attributes': (subject) => certificateSubject(parseCertificate(subject, { mode: 'tolerant' })),
      'parse and every rule of auto': audit,
    },
    subjects,
    21,
  )
  console.log(`${name}, ${der.length} octets, ${profile.set.rules.length} rules; medians of interleaved rounds`)
  printRows(rows, [floor])
}

interface BatchRun {
  readonly seconds: number
  /** Mebibytes at the quarters of the run. */
  readonly memory: readonly number[]
}

async function batches(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-bench-'))
  try {
    const ders = vectors.flatMap((name) => distinct(vector(name), batchSize / vectors.length))
    const records = join(folder, 'records.ndjson')
    const lines = ders.map((der, id) => JSON.stringify({ id: String(id), der: Buffer.from(der).toString('base64') }))
    writeFileSync(records, `${lines.join('\n')}\n`)
    for (let part = 0; part < 10; part++) {
      const some = ders.slice((part * ders.length) / 10, ((part + 1) * ders.length) / 10)
      const pem = some.map((der) => encodePem('CERTIFICATE', Buffer.from(der).toString('base64'))).join('')
      writeFileSync(join(folder, `bundle-${part}.pem`), pem)
    }
    for (const [what, inputs] of [
      ['NDJSON records', [records]],
      ['PEM bundles', [folder]],
    ] as const) {
      console.log(`\n${batchSize} distinct certificates as ${what}, reports as NDJSON into a file`)
      const one = await run(inputs, 1, folder)
      const two = await run(inputs, 2, folder)
      for (const [name, { seconds, memory }] of [
        ['one thread', one],
        ['two workers', two],
      ] as const) {
        const rate = Math.round(batchSize / seconds)
        console.log(`${name.padEnd(14)}${rate.toString().padStart(8)} a second, RSS in MiB ${memory.join(' ')}`)
      }
      console.log(`two workers are ${(one.seconds / two.seconds).toFixed(2)} x one thread`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The command as users run it, with the memory of the process as the system sees it. */
async function run(inputs: readonly string[], workers: number, folder: string): Promise<BatchRun> {
  const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
  const output = join(folder, 'out.json')
  const args = ['audit', '--at', '2026-06-01', '--format', 'ndjson', '--fail-on', 'none', '--workers', String(workers)]
  const start = performance.now()
  const child = spawn(process.execPath, [main, ...args, '--output', output, ...inputs], { stdio: 'inherit' })
  const samples: number[] = []
  const timer = setInterval(() => samples.push(residentMebibytes(child.pid)), 100)
  const code = await new Promise((resolve) => child.on('exit', resolve))
  clearInterval(timer)
  const seconds = (performance.now() - start) / 1000
  if (code !== 0) throw new Error(`psd2 audit ended with ${code}`)
  if (statSync(output).size < batchSize * 500) throw new Error('reports are missing')
  const quarters = [0.25, 0.5, 0.75, 0.97].map((part) => samples[Math.floor(samples.length * part)] ?? Number.NaN)
  return { seconds, memory: quarters }
}

function residentMebibytes(pid: number | undefined): number {
  try {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Math.round(Number(kibibytes) / 1024)
  } catch {
    return Number.NaN
  }
}
