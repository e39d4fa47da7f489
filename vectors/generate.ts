/** Writes everything under `vectors/` that is made from the tables: `npm run vectors`. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { equalBytes } from '../src/core/bytes.ts'
import { exportPkcs8, generateKeys } from '../src/issuance/keys.ts'
import { decodePemBlock, encodePem } from '../src/issuance/pem.ts'
import { type CertificateVector, certificateVectors } from './certificates.ts'
import { formatJson } from './format-json.ts'
import {
  certificatesFolder,
  keyFile,
  signsAlike,
  toBeSigned,
  type VectorKey,
  VectorMint,
  vectorFile,
  vectorKeys,
} from './mint.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { writeDerVectors } from './write-der.ts'

/** A key is made once, and kept: with another key every certificate is another. */
async function writeMissingKeys(): Promise<void> {
  await mkdir(new URL('keys/', certificatesFolder), { recursive: true })
  for (const [name, algorithm] of Object.entries(vectorKeys)) {
    const file = keyFile(name as VectorKey)
    if (existsSync(file)) continue
    const { privateKey } = await generateKeys(algorithm, globalThis.crypto)
    const pem = encodePem('PRIVATE KEY', await exportPkcs8(privateKey, globalThis.crypto))
    await writeFile(file, `TEST ONLY: this private key is public, never use it for anything but tests\n${pem}`)
  }
}

/** The stored certificate where only the random part of the signature would change. */
async function keepOrTake(vector: CertificateVector, minted: Uint8Array): Promise<Uint8Array> {
  const file = vectorFile(vector.id)
  if (signsAlike(vector) || !existsSync(file)) return minted
  const stored = decodePemBlock(await readFile(file, 'utf8'), 'CERTIFICATE', vector.id)
  return equalBytes(toBeSigned(stored), toBeSigned(minted)) ? stored : minted
}

async function removeOthers(ids: ReadonlySet<string>): Promise<void> {
  for (const file of await readdir(certificatesFolder)) {
    const id = /^(.*)\.pem$/.exec(file)?.[1]
    if (id !== undefined && !ids.has(id)) await rm(new URL(file, certificatesFolder))
  }
}

const indexFile = new URL('index.json', certificatesFolder)

/** The outcomes that stood in the index before, as text by id. */
async function readOutcomes(): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(indexFile)) return new Map()
  const entries: (Outcome & { id: string })[] = JSON.parse(await readFile(indexFile, 'utf8'))
  return new Map(entries.map((entry) => [entry.id, reading(entry)]))
}

function reading({ strict, inspection }: Outcome): string {
  return JSON.stringify([strict, inspection])
}

async function writeCertificates(): Promise<void> {
  await writeMissingKeys()
  const mint = await VectorMint.open()
  const before = await readOutcomes()
  const index: object[] = []
  const changed: string[] = []
  for (const vector of certificateVectors) {
    const { id, says } = vector
    const der = await keepOrTake(vector, await mint.mint(vector))
    const outcome = await outcomeOf(der, createHash('sha256').update(der).digest('hex'))
    await writeFile(vectorFile(id), encodePem('CERTIFICATE', der))
    index.push({ id, says, ...outcome })
    if (before.get(id) !== reading(outcome)) changed.push(id)
  }
  await removeOthers(new Set(certificateVectors.map(({ id }) => id)))
  await writeFile(indexFile, formatJson(index))
  console.log(`${index.length} certificates`)
  // What the index expects is what reading gave: each change is to be judged by someone.
  for (const id of changed) console.log(`new or changed outcome, to be read before it is committed: ${id}`)
}

await writeCertificates()
writeDerVectors()
