/** Writes `trust/path/<id>.json` for every path that is stored, and `trust/path/index.json`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { pathEntry, pathFile, pathVectors } from './trust/make/index.ts'

const folder = new URL('./trust/path/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) rmSync(new URL(file, folder))
for (const vector of pathVectors) {
  if (vector.stored) writeFileSync(new URL(`${vector.id}.json`, folder), formatJson(pathFile(vector)))
}
const entries = []
for (const vector of pathVectors) entries.push(await pathEntry(vector))
writeFileSync(new URL('index.json', folder), formatJson(entries))
console.log(`${pathVectors.length} paths`)
