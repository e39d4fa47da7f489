import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { root } from '../support/package.ts'

/** A new database takes seconds to make; a copy of one that was made does not. */
let made: Promise<Blob> | undefined

/** An empty database, in memory or in a folder. */
export async function emptyDatabase(folder?: string): Promise<PGlite> {
  made ??= template()
  const loadDataDir = await made
  return folder === undefined ? PGlite.create({ loadDataDir }) : PGlite.create(folder, { loadDataDir })
}

async function template(): Promise<Blob> {
  const manifest = join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(root, 'node_modules', '.cache', 'psd2-toolkit')
  const file = join(folder, `pglite-${version}.tar`)
  const kept = await readFile(file).catch(() => undefined)
  if (kept !== undefined) return new Blob([kept])
  const client = await PGlite.create()
  const dump = await client.dumpDataDir('none')
  await client.close()
  await mkdir(folder, { recursive: true })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, new Uint8Array(await dump.arrayBuffer()))
  await rename(draft, file)
  return dump
}
