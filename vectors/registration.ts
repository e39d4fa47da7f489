/** Writes `registration/<id>.json` for every body that is a vector, and `registration/index.json`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { registrationIndexEntry, registrationVectors } from './registration/make/index.ts'

const folder = new URL('./registration/', import.meta.url)
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(new URL(file, folder))
for (const { id, text } of registrationVectors) writeFileSync(new URL(`${id}.json`, folder), text)
writeFileSync(new URL('index.json', folder), formatJson(registrationVectors.map(registrationIndexEntry)))
console.log(`${registrationVectors.length} registrations`)
