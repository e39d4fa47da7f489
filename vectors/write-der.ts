import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { derIndexEntry, derVectors } from './der.ts'

/** Writes `der/<id>.der` for every vector that is stored, and `der/index.json`. */
export function writeDerVectors(): void {
  const folder = new URL('./der/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(folder)) if (file.endsWith('.der')) rmSync(new URL(file, folder))
  const vectors = derVectors()
  for (const { id, bytes, stored } of vectors) if (stored) writeFileSync(new URL(`${id}.der`, folder), bytes)
  writeFileSync(new URL('index.json', folder), `${JSON.stringify(vectors.map(derIndexEntry), undefined, 1)}\n`)
  console.log(`${vectors.length} hostile and sound DER encodings`)
}
