/** Writes `jose/<id>.json` for every JWK Set that is a vector, and `jose/index.json`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { joseIndexEntry, joseVectors } from './jose/make/index.ts'

const folder = new URL('./jose/', import.meta.url)
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(new URL(file, folder))
for (const { id, text } of joseVectors) writeFileSync(new URL(`${id}.json`, folder), text)
writeFileSync(new URL('index.json', folder), formatJson(joseVectors.map(joseIndexEntry)))
console.log(`${joseVectors.length} JWK Sets`)
