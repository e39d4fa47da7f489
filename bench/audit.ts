import { spawn, spawnSync } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readyProfile } from 'psd2-toolkit/audit'
import { certificateSubject, type Facts, runRules } from 'psd2-toolkit/rules'
import { encodePem, parseCertificate } from 'psd2-toolkit/x509'
import { measureBest } from './support/best.ts'
import { printRows } from './support/print.ts'
import { distinct, vector } from './support/subjects.ts'

const sha256: (der: Uint8Array) => unknown =
  typeof hash === 'function' ? (der) => hash('sha256', der) : (der) => createHash('sha256').update(der).digest()

const floor = 'SHA-256 of the DER'
const vectors = ['qwac-all-statements', 'qsealc-all-statements', 'qwac', 'qsealc-flattened-roles']
const batchSize = 100_000
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** The bound that the project sets itself. */
const most = 35

/** Reading and every rule of the profile, as a multiple of SHA-256 over the same octets; then large batches. */
export async function benchAudit(): Promise<void> {
  rules('auto')
  rules('bpce')
  rules('crypto')
  console.log(`\n${otherLinters()}`)
  await batches()
}

function rules(name: string): void {
  const subjects = vectors.flatMap((file) => distinct(vector(file), 500))
  const profile = readyProfile(name)
  const facts: Facts = { at: new Date('2026-06-01T00:00:00Z'), sha256: '' }
  const every = `parse and every rule of ${name}`
  const rows = measureBest(
    {
      [floor]: sha256,
      'parse only': (subject) => parseCertificate(subject, { mode: 'tolerant' }),
      'parse, kind, PSD2 attributes': (subject) => certificateSubject(parseCertificate(subject, { mode: 'tolerant' })),
      [every]: (subject) => {
        const read = certificateSubject(parseCertificate(subject, { mode: 'tolerant' }), profile.subject)
        const issued = read.certificate.validity.notBefore.getTime()
        return runRules(profile.set, { subject: read, facts, issued, deviations: read.deviations })
      },
    },
    subjects,
    60_000,
  )
  const size = Math.round(subjects.reduce((sum, { length }) => sum + length, 0) / subjects.length)
  console.log(
    `\n${profile.set.rules.length} rules, ${subjects.length} certificates of ${size} octets; best of short rounds`,
  )
  printRows(rows, [floor])
  const timeOf = (row: string) => rows.find((each) => each.name === row)?.microseconds ?? Number.NaN
  const ratio = timeOf(every) / timeOf(floor)
  console.log(
    `${name} is ${ratio.toFixed(1)} x SHA-256, ${ratio <= most ? 'within' : 'OVER'} the ${most} x that are allowed`,
  )
}

/** Others need another language on the machine, and look at web certificates only. */
function otherLinters(): string {
  const found = ['zlint', 'lint_pkix_cert'].filter((name) => spawnSync(name, ['--help']).error === undefined)
  if (found.length === 0) return 'zlint and pkilint are not installed: no comparison with them'
  return found.map(otherLinter).join('\n')
}

/** One process a certificate is how these are run: so is ours here. */
function otherLinter(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-bench-'))
  try {
    const file = join(folder, 'qwac.pem')
    writeFileSync(file, encodePem('CERTIFICATE', Buffer.from(vector('qwac')).toString('base64')))
    const theirs = fastest(() => spawnSync(name, name === 'zlint' ? [file] : ['lint', file]))
    const ours = fastest(() => spawnSync(process.execPath, [main, 'audit', file]))
    return `${name}: a process a certificate takes ${(theirs / ours).toFixed(1)} x ours`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function fastest(work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: 7 }, () => {
      const before = performance.now()
      work()
      return performance.now() - before
    }),
  )
}

interface BatchRun {
  readonly seconds: number
  /** Of the processor, by all threads. */
  readonly processorSeconds: number
  /** Resident mebibytes at the quarters of the run. */
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
      for (const [name, { seconds, processorSeconds, memory }] of [
        ['one thread', one],
        ['two workers', two],
      ] as const) {
        const rate = Math.round(batchSize / seconds)
        const cost = ((processorSeconds * 1e6) / batchSize).toFixed(0)
        console.log(`${name.padEnd(14)}${rate} a second, ${cost} us of processor each, MiB ${memory.join(' ')}`)
      }
      console.log(`two workers are ${(one.seconds / two.seconds).toFixed(2)} x one thread`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The command as users run it, with the memory of the process as the system sees it. */
async function run(inputs: readonly string[], workers: number, folder: string): Promise<BatchRun> {
  const output = join(folder, 'out.json')
  const args = ['audit', '--at', '2026-06-01', '--format', 'ndjson', '--fail-on', 'none', '--workers', String(workers)]
  const start = performance.now()
  const child = spawn(process.execPath, [main, ...args, '--output', output, ...inputs], { stdio: 'inherit' })
  const samples: Sample[] = []
  const timer = setInterval(() => samples.push(sample(child.pid)), 50)
  const code = await new Promise((resolve) => child.on('exit', resolve))
  clearInterval(timer)
  const seconds = (performance.now() - start) / 1000
  if (code !== 0) throw new Error(`psd2 audit ended with ${code}`)
  if (statSync(output).size < batchSize * 500) throw new Error('reports are missing')
  const good = samples.filter(({ mebibytes }) => mebibytes > 0)
  const memory = [0.25, 0.5, 0.75, 0.97].map((part) => good[Math.floor(good.length * part)]?.mebibytes ?? Number.NaN)
  return { seconds, processorSeconds: good.at(-1)?.processorSeconds ?? Number.NaN, memory }
}

interface Sample {
  readonly mebibytes: number
  readonly processorSeconds: number
}

/** From Linux; elsewhere not a number. */
function sample(pid: number | undefined): Sample {
  try {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    // Fields behind the name in parentheses: utime and stime are the 12th and 13th, in hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    const processorSeconds = (Number(fields[11]) + Number(fields[12])) / 100
    return { mebibytes: Math.round(Number(kibibytes) / 1024), processorSeconds }
  } catch {
    return { mebibytes: Number.NaN, processorSeconds: Number.NaN }
  }
}
