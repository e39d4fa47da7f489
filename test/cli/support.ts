import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { plain } from '../../src/report/index.ts'
import { encodePem } from '../../src/x509/index.ts'
import { seeds } from '../support/build.ts'

export const qwac = seeds.qwac as Uint8Array<ArrayBuffer>
export const qsealc = seeds.qsealc as Uint8Array<ArrayBuffer>
export const authority = seeds.ca as Uint8Array<ArrayBuffer>
export const pem = (octets: Uint8Array, label = 'CERTIFICATE'): string =>
  encodePem(label, Buffer.from(octets).toString('base64'))

/** What a run came to. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** One command line with a terminal that only remembers. */
export async function psd2(args: readonly string[], stdin: string | Uint8Array = ''): Promise<Outcome> {
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
    exit: () => undefined,
  }
  const code = await run(args, '1.2.3', terminal)
  return { code, out, err }
}

/** A folder with the given files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** The records of a run in JSON, in short. */
export function records(out: string): { source: string; index: number; place: string; kind?: string; code?: string }[] {
  const list = JSON.parse(out) as {
    source: string
    index: number
    place: string
    kind?: string
    error?: { code: string }
  }[]
  return list.map(({ source, index, place, kind, error }) => ({
    source,
    index,
    place,
    ...(kind === undefined ? {} : { kind }),
    ...(error === undefined ? {} : { code: error.code }),
  }))
}
