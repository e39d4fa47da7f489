import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL that was started for a test and can be stopped and started again. */
export interface TestPostgres {
  readonly url: string
  start(): Promise<void>
  stop(): Promise<void>
  remove(): Promise<void>
}

/** Folder of the programs of the newest PostgreSQL; undefined where none is installed. */
export function postgresFolder(): string | undefined {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions
    .map((version) => join(base, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
  if (found !== undefined) return found
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  return status === 0 && existsSync(join(stdout.trim(), 'initdb')) ? stdout.trim() : undefined
}

/** PostgreSQL refuses to run as root: then it runs as one of these. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', ['-u', name], { encoding: 'utf8' })
    if (status !== 0) continue
    return { uid: Number(stdout), gid: Number(execFileSync('id', ['-g', name], { encoding: 'utf8' })) }
  }
  throw new Error('run as an ordinary user: PostgreSQL does not run as root, and there is no other user here')
}

/** Makes a database in a folder of its own and starts it on a free port of this machine. */
export async function startPostgres(folder: string): Promise<TestPostgres> {
  const user = ordinaryUser()
  const home = mkdtempSync(join(tmpdir(), 'psd2-postgres-'))
  if (user !== undefined) chownSync(home, user.uid, user.gid)
  const data = join(home, 'data')
  const options = { ...user, cwd: home, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
  execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'psd2', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...options,
    stdio: 'ignore',
  })
  const port = await freePort()
  let server: ChildProcess | undefined
  // A run that is cut off, or hangs in its end, leaves no database behind.
  process.once('exit', () => server?.kill('SIGQUIT'))
  const start = async (): Promise<void> => {
    server = spawn(
      join(folder, 'postgres'),
      ['-D', data, '-k', home, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=40'],
      { ...options, stdio: 'ignore' },
    )
    for (let i = 0; i < 200; i++) {
      const ready = join(folder, 'pg_isready')
      if (spawnSync(ready, ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }).status === 0) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('PostgreSQL did not start within ten seconds')
  }
  const stop = async (): Promise<void> => {
    const running = server
    server = undefined
    if (running === undefined || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    // At once: connections are cut, and the next start recovers from the log.
    running.kill('SIGQUIT')
    await ended
  }
  await start()
  return {
    url: `postgres://psd2@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
