import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { glob, isDynamicPattern } from 'tinyglobby'
import { Psd2Error } from '../core/errors.ts'
import { type FoundCertificate, findCertificates } from '../x509/index.ts'
import type { Terminal } from './terminal.ts'

/** A certificate of the command line, or why there is none. */
export type Input = FoundCertificate & {
  /** The file, or `-` for standard input. */
  readonly source: string
  /** Place of the certificate in its source, from 0. */
  readonly index: number
}

/** Endings of the files that a folder is searched for. */
const endings = ['pem', 'crt', 'cer', 'cert', 'der', 'p7b', 'p7c', 'jwk', 'jwks']

/** Octets of one file; ten thousand certificates have a tenth of it. */
const largestFile = 64 << 20

/** Octets of a file that is read in one go. */
const smallFile = 64 << 10

/**
 * Every certificate that the arguments name, in order: files, folders (searched to the bottom for the usual endings),
 * patterns, and `-` for standard input. What cannot be read is an entry with an error.
 */
export async function* readInputs(args: readonly string[], terminal: Terminal): AsyncGenerator<Input> {
  for (const arg of args) {
    if (arg === '-') yield* found('-', limited('-', await terminal.stdin()))
    else for (const file of await expand(arg)) yield* file instanceof Psd2Error ? failed(arg, file) : readSource(file)
  }
}

async function* readSource(file: string): AsyncGenerator<Input> {
  try {
    yield* found(file, await readLimited(file))
  } catch (error) {
    yield* failed(file, error instanceof Psd2Error ? error : unreadable(file, error))
  }
}

/** The octets of a file. A device tells no size: what comes is counted. */
export async function readLimited(file: string): Promise<Uint8Array> {
  const { size } = await stat(file)
  if (size > largestFile) throw tooLarge(file, size)
  // Of ten thousand small files, opening a stream each would take most of the time.
  if (size > 0 && size <= smallFile) return readFile(file)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of createReadStream(file)) {
    length += (chunk as Uint8Array).length
    if (length > largestFile) throw tooLarge(file, length)
    chunks.push(chunk as Uint8Array)
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
}

function* found(source: string, bytes: Uint8Array | Psd2Error): Generator<Input> {
  if (bytes instanceof Psd2Error) return yield* failed(source, bytes)
  for (const [index, entry] of findCertificates(bytes).entries()) yield { ...entry, source, index }
}

function* failed(source: string, error: Psd2Error): Generator<Input> {
  yield { error, place: '', source, index: 0 }
}

export function limited(source: string, bytes: Uint8Array): Uint8Array | Psd2Error {
  return bytes.length > largestFile ? tooLarge(source, bytes.length) : bytes
}

/** The files that an argument means. A file of that very name is never taken for a pattern. */
export async function expand(arg: string): Promise<readonly (string | Psd2Error)[]> {
  const about = await stat(arg).catch(() => undefined)
  if (about?.isDirectory()) {
    const pattern = `**/*.{${endings.join(',')}}`
    const files = await glob(pattern, { cwd: arg, caseSensitiveMatch: false, dot: true, absolute: false })
    if (files.length === 0) {
      return [
        new Psd2Error('INPUT_FOLDER_EMPTY', `no file in ${arg} has one of the endings ${endings.join(', ')}`, {
          mend: 'name the files, or a pattern: "folder/*.txt"',
        }),
      ]
    }
    return files.sort().map((file) => `${arg.replace(/\/+$/, '')}/${file}`)
  }
  if (about === undefined && isDynamicPattern(arg)) {
    const files = await glob(arg, { dot: true, absolute: false })
    if (files.length > 0) return files.sort()
    return [new Psd2Error('INPUT_NOT_FOUND', `no file matches ${arg}`, { mend: 'check the pattern' })]
  }
  return [arg]
}

function tooLarge(source: string, size: number): Psd2Error {
  const mebibytes = (octets: number) => `${Math.ceil(octets / (1 << 20))} MiB`
  return new Psd2Error('INPUT_TOO_LARGE', `${source} has ${mebibytes(size)}, ${mebibytes(largestFile)} are allowed`, {
    mend: 'split the file',
  })
}

/** What the file system says, in words. */
const reasons: Readonly<Record<string, readonly [code: string, says: string] | undefined>> = {
  ENOENT: ['INPUT_NOT_FOUND', 'there is no such file'],
  EACCES: ['INPUT_UNREADABLE', 'reading the file is not permitted'],
  EISDIR: ['INPUT_UNREADABLE', 'this is a folder'],
  EMFILE: ['INPUT_UNREADABLE', 'too many files are open'],
}

export function unreadable(file: string, cause: unknown): Psd2Error {
  const system = (cause as NodeJS.ErrnoException).code ?? ''
  const [code, says] = reasons[system] ?? ['INPUT_UNREADABLE', `the file cannot be read (${system})`]
  return new Psd2Error(code, `${says}: ${file}`, { cause, mend: 'check the name and the permissions' })
}
