import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Psd2Error } from '../../core/errors.ts'
import type { WriteOut } from './issuance-options.ts'

/** A file to be written: its name in the folder, its text, and whether it is a secret. */
export interface OutputFile {
  readonly name: string
  readonly text: string
  readonly secret?: boolean
}

/** The text of a file. Throws `Psd2Error` with code `INPUT_UNREADABLE`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Psd2Error('INPUT_UNREADABLE', `${path} cannot be read: ${(cause as Error).message}`, { path, cause })
  }
}

/** Throws `TypeError` where one of the files is there already. Called before any work is done. */
export async function refuseExisting(folder: string, names: readonly string[], force: boolean): Promise<void> {
  if (force) return
  for (const name of names) {
    if (await exists(join(folder, name))) throw new TypeError(`${join(folder, name)} exists: --force replaces it`)
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

/**
 * Writes the files, secret ones for their owner only, and says the path of each on a line. A file is made anew and
 * never written into, so that a secret gets its mode before it gets its content.
 */
export async function writeFiles(
  folder: string,
  files: readonly OutputFile[],
  force: boolean,
  write: WriteOut,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, text, secret } of files) {
    const path = join(folder, name)
    if (force) await rm(path, { force: true })
    await writeFile(path, text, { flag: 'wx', mode: secret === true ? 0o600 : 0o644 })
    write(`${path}\n`)
  }
}
