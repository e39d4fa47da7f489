import { spawnSync } from 'node:child_process'
import crypto, { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEbaRegister } from 'psd2-toolkit/trust'
import { measure } from './support/measure.ts'
import { printRows } from './support/print.ts'
import { registerEntry } from './support/register-entry.ts'

const records = 330_000
const at = new Date('2026-06-01T00:00:00Z')
const lists = new URL('../dist/lists/index.js', import.meta.url)

/** Runs in a process of its own, so that nothing but the indexing is counted. */
const program = `
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { indexEbaRegister } from '${lists}'
const [file, out] = process.argv.slice(1)
const start = performance.now()
const { index, kept } = await indexEbaRegister(createReadStream(file, { highWaterMark: 1 << 18 }))
const seconds = (performance.now() - start) / 1000
await writeFile(out, index)
console.log(JSON.stringify({ kept, seconds, size: index.length, maxRss: process.resourceUsage().maxRSS }))
`

/** Indexing a register of the published size: memory and time. Looking up, beside one SHA-256 of the identifier. */
export async function benchRegister(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-bench-'))
  try {
    const usual = index(folder, 'as published, 98 of 100 are agents', (i) => (i % 50 === 0 ? 'PSD_PI' : 'PSD_AG'))
    index(folder, 'institutions only', () => 'PSD_PI')
    await benchLookup(usual)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function index(folder: string, name: string, typeOf: (index: number) => string): string {
  const file = join(folder, 'register.json')
  const out = join(folder, `${name}.index`)
  writeRegister(file, typeOf)
  const args = ['--input-type=module', '--eval', program, file, out]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folderOfPackage })
  if (status !== 0) throw new Error(stderr)
  const { kept, seconds, size, maxRss } = JSON.parse(stdout)
  const octets = statSync(file).size
  const rate = (octets / seconds / 1e6).toFixed(0)
  console.log(
    `${records} records, ${name}: ${(octets / 1e6).toFixed(0)} MB read at ${rate} MB/s, ${kept} kept in ${(size / 1e6).toFixed(1)} MB, at most ${(maxRss / 1024).toFixed(0)} MiB resident`,
  )
  rmSync(file)
  return out
}

const folderOfPackage = fileURLToPath(new URL('..', import.meta.url))

/** Some hundred entries at a time: the file is larger than a string may be. */
function writeRegister(file: string, typeOf: (index: number) => string): void {
  const handle = openSync(file, 'w')
  writeSync(handle, '[[{"disclaimer":"no real entity"}],[')
  for (let from = 0; from < records; from += 500) {
    const part = Array.from({ length: 500 }, (_, i) => JSON.stringify(registerEntry(from + i, typeOf(from + i))))
    writeSync(handle, (from === 0 ? '' : ',') + part.join(','))
  }
  writeSync(handle, ']]')
  closeSync(handle)
}

async function benchLookup(file: string): Promise<void> {
  const register = await openEbaRegister(readFileSync(file))
  const identifier = 'PSDIE-CBI-C100000'
  const octets = Buffer.from(identifier)
  const roles = ['PSP_PI', 'PSP_AI'] as const
  if (register.lookup(identifier, { at, roles }).status !== 'match') throw new Error('the entry must be found')
  const hash = typeof crypto.hash === 'function' ? () => crypto.hash('sha256', octets) : undefined
  const rows = measure(
    {
      'SHA-256 of the identifier': hash ?? (() => createHash('sha256').update(octets).digest()),
      'lookup, found': () => register.lookup(identifier, { at, roles }),
      'lookup, not found': () => register.lookup('PSDIE-CBI-X1', { at, roles }),
      'lookup, French number': () => register.lookup('PSDFR-ACPR-16948', { at, roles }),
    },
    [octets],
    5,
  )
  printRows(rows, ['SHA-256 of the identifier'])
}
