import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Psd2Error } from '../../core/errors.ts'

/** Who holds a folder. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process was started, as far as the platform tells: a number of a process is used again. */
  readonly started: string | null
  /** Tells two locks of one process apart. */
  readonly id: string
}

/**
 * Takes a folder for this process. The lock file of a process that is gone is taken over; that of another machine, which
 * nobody here can ask, is not.
 *
 * @returns what gives the folder back
 * @throws Psd2Error `STORE_LOCKED`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'lock')
  const own: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid), id: randomUUID() }
  const text = JSON.stringify(own)
  // Made whole under another name first: a lock is never seen half written.
  const draft = `${file}.${own.id}`
  await writeFile(draft, text, { flag: 'wx', mode: 0o600 })
  try {
    await take(file, draft, folder)
  } finally {
    await rm(draft, { force: true })
  }
  return async () => {
    if ((await read(file)) === text) await unlink(file)
  }
}

async function take(file: string, draft: string, folder: string): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    if (await linked(draft, file)) return
    const held = await read(file)
    if (held === undefined) continue
    const holder = holderIn(held)
    if (holder === undefined || isAlive(holder)) throw locked(folder, holder)
    // Two may find the same lock left behind. Whoever moves away what is not that lock any more puts it back and leaves.
    const moved = `${draft}.left`
    await rename(file, moved).catch(() => undefined)
    const isLeft = (await read(moved)) === held
    if (!isLeft) await linked(moved, file)
    await rm(moved, { force: true })
  }
  throw locked(folder, undefined)
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, host, started, id } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>
    if (!Number.isSafeInteger(pid) || typeof host !== 'string' || typeof id !== 'string') return undefined
    return { pid: pid as number, host, started: typeof started === 'string' ? started : null, id }
  } catch {
    return undefined
  }
}

function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = startOf(pid)
  return started === null || now === null || now === started
}

/** Field 22 of /proc/<pid>/stat, counted behind the name, which may hold anything. Null where there is no such file. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function locked(folder: string, holder: Holder | undefined): Psd2Error {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new Psd2Error('STORE_LOCKED', `${who} has the data folder open: ${folder}`, {
    path: folder,
    mend: `end that process, or give this one a folder of its own; several servers share a PostgreSQL (DATABASE_URL). If nothing runs any more, remove ${join(folder, 'lock')}`,
  })
}
