/** Writes `http/<id>.json` for every message that is a vector, and `http/index.json`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { httpVectors, idOf, indexEntry, messageFile } from './http/make/index.ts'

const folder = new URL('./http/', import.meta.url)
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(new URL(file, folder))
const vectors = await httpVectors()
for (const vector of vectors) {
  if (vector.kind === 'digest') continue
  writeFileSync(new URL(`${idOf(vector)}.json`, folder), formatJson(messageFile(vector.message)))
}
writeFileSync(new URL('index.json', folder), formatJson(vectors.map(indexEntry)))
console.log(`${vectors.length} messages and digests`)
