import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Microseconds of Go's x509.ParseCertificate over the same certificates; undefined where Go is not installed. */
export function goMicroseconds(subjects: readonly Uint8Array[]): number | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'psd2-bench-'))
  try {
    const program = join(folder, 'parse')
    const source = fileURLToPath(new URL('./go/main.go', import.meta.url))
    execFileSync('go', ['build', '-o', program, source], { env: { ...process.env, GO111MODULE: 'off', GOFLAGS: '' } })
    const list = join(folder, 'certificates')
    writeFileSync(list, subjects.map((der) => Buffer.from(der).toString('base64')).join('\n'))
    return Number(execFileSync(program, [list], { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
