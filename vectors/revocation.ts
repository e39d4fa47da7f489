/** Writes `revocation/<id>.der` for every list and response that is a vector, and `revocation/index.json`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { formatJson } from './format-json.ts'
import { askedAt, indexEntry, revocationVectors } from './revocation/make.ts'

const folder = new URL('./revocation/', import.meta.url)
for (const file of readdirSync(folder)) if (file.endsWith('.der')) rmSync(new URL(file, folder))
for (const { id, make } of revocationVectors) writeFileSync(new URL(`${id}.der`, folder), await make())
const about = { certificate: 'qwac', issuer: 'ca-web', at: askedAt.toISOString() }
writeFileSync(new URL('index.json', folder), formatJson({ ...about, vectors: revocationVectors.map(indexEntry) }))
console.log(`${revocationVectors.length} lists and responses`)
