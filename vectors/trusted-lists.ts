/** Writes `trusted-lists/<id>.xml` for every list that is a vector, and `trusted-lists/index.json`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { listIndexEntry, listVectors } from './trusted-lists/make/index.ts'

const folder = new URL('./trusted-lists/', import.meta.url)
for (const file of readdirSync(folder)) if (/\.(?:xml|json)$/.test(file)) rmSync(new URL(file, folder))
for (const { id, text } of listVectors) writeFileSync(new URL(`${id}.xml`, folder), text)
writeFileSync(new URL('index.json', folder), formatJson(listVectors.map(listIndexEntry)))
console.log(`${listVectors.length} trusted lists`)
