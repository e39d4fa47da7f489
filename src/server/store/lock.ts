import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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

/** Files of locks: each holder makes one whose number is higher by one. */
const lockName = /^lock\.([1-9][0-9]{0,14})$/
const released = JSON.stringify({ released: true })

/**
 * Takes a folder for this process. The lock of a process that is gone is taken over; that of another machine, which nobody
 * here can ask, is not.
 *
 * The highest number holds. A file of a number is made once, whole, by a link, so one of many makes it; the highest is never
 * removed, only marked as given back. Whoever was slow, and makes again a number that was cleared away, finds a higher one.
 *
 * @returns what gives the folder back
 * @throws Psd2Error `STORE_LOCKED`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid), id: randomUUID() }
  const draft = join(folder, `draft.${own.id}`)
  await writeFile(draft, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
  try {
    const file = await take(folder, draft)
    return async () => {
      await writeFile(draft, released, { flag: 'wx', mode: 0o600 })
      await rename(draft, file)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function take(folder: string, draft: string): Promise<string> {
  const fileOf = (number: number): string => join(folder, `lock.${number}`)
  for (let tries = 0; tries < 5; tries++) {
    const highest = (await numbersIn(folder)).at(-1) ?? 0
    if (highest > 0) {
      const held = await read(fileOf(highest))
      if (held === undefined) continue
      const holder = held === released ? undefined : holderIn(held)
      if (held !== released && (holder === undefined || isAlive(holder))) throw locked(folder, fileOf(highest), holder)
    }
    const next = highest + 1
    if (!(await linked(draft, fileOf(next)))) continue
    const numbers = await numbersIn(folder)
    if (numbers.at(-1) !== next) {
      await rm(fileOf(next), { force: true })
      continue
    }
    for (const number of numbers) if (number < next) await rm(fileOf(number), { force: true })
    return fileOf(next)
  }
  throw locked(folder, join(folder, 'lock.*'), undefined)
}

/** Numbers of the locks in a folder, the highest last. */
async function numbersIn(folder: string): Promise<number[]> {
  const found = (await readdir(folder)).flatMap((name) => lockName.exec(name)?.[1] ?? [])
  return found.map(Number).sort((a, b) => a - b)
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

function locked(folder: string, file: string, holder: Holder | undefined): Psd2Error {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new Psd2Error('STORE_LOCKED', `${who} has the data folder open: ${folder}`, {
    path: folder,
    mend: `end that process, or give this one a folder of its own; several servers share a PostgreSQL (DATABASE_URL). If nothing runs any more, remove ${file}`,
  })
}
