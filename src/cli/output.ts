import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Terminal } from './terminal.ts'

/** Where a command writes its data, one part after the other. */
export interface Output {
  readonly write: (data: string | Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
}

/**
 * Standard output, or a file. The file is opened before any work is done.
 *
 * @param inputs - arguments of the command: a file that is read is not written
 * @throws TypeError where the file cannot be written
 */
export async function openOutput(
  file: string | undefined,
  inputs: readonly string[],
  terminal: Terminal,
): Promise<Output> {
  if (file === undefined || file === '-') {
    const write = terminal.write ?? (async (data) => terminal.out(typeof data === 'string' ? data : decode(data)))
    return { write, end: async () => undefined }
  }
  await refuseInput(file, inputs)
  const handle = await open(file, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new TypeError(`--output ${file} cannot be written: ${reasons[error.code ?? ''] ?? error.code}`)
  })
  const write = async (data: string | Uint8Array): Promise<void> => {
    // Not writeFile: it would write from the start again.
    let octets = typeof data === 'string' ? new TextEncoder().encode(data) : data
    while (octets.length > 0) octets = octets.subarray((await handle.write(octets)).bytesWritten)
  }
  return { write, end: () => handle.close() }
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'this is a folder',
  ENOSPC: 'the disk is full',
}

function decode(octets: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets)
}

async function refuseInput(file: string, inputs: readonly string[]): Promise<void> {
  const output = await stat(file).catch(() => undefined)
  if (output === undefined || !output.isFile()) return
  for (const input of inputs) {
    const about = await stat(input).catch(() => undefined)
    const same = about?.isFile() === true && about.dev === output.dev && about.ino === output.ino
    if (same || resolve(input) === resolve(file)) throw new TypeError(`--output ${file} is an input: it would be lost`)
  }
}
