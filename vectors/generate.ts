/** Writes everything under `vectors/` that is made from the tables: `npm run vectors`. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { equalBytes } from '../src/core/bytes.ts'
import { exportPkcs8, generateKeys } from '../src/issuance/keys.ts'
import { decodePemBlock, encodePem } from '../src/issuance/pem.ts'
import { certificateVectors } from './certificates.ts'
import { formatJson } from './format-json.ts'
import { certificatesFolder, keyFile, toBeSigned, VectorMint, type VectorKey, vectorFile, vectorKeys } from './mint.ts'
import { outcomeOf } from './outcome.ts'

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

/** The stored certificate where only its signature would change: ECDSA and PSS never sign twice alike. */
async function keepOrTake(id: string, minted: Uint8Array): Promise<Uint8Array> {
  const file = vectorFile(id)
  if (!existsSync(file)) return minted
  const stored = decodePemBlock(await readFile(file, 'utf8'), 'CERTIFICATE', id)
  return equalBytes(toBeSigned(stored), toBeSigned(minted)) ? stored : minted
}

async function removeOthers(ids: ReadonlySet<string>): Promise<void> {
  for (const file of await readdir(certificatesFolder)) {
    const id = /^(.*)\.pem$/.exec(file)?.[1]
    if (id !== undefined && !ids.has(id)) await rm(new URL(file, certificatesFolder))
  }
}

async function writeCertificates(): Promise<void> {
  await writeMissingKeys()
  const mint = await VectorMint.open()
  const index: object[] = []
  for (const vector of certificateVectors) {
    const { id, says } = vector
    const der = await keepOrTake(id, await mint.mint(vector))
    await writeFile(vectorFile(id), encodePem('CERTIFICATE', der))
    index.push({ id, says, ...(await outcomeOf(der, createHash('sha256').update(der).digest('hex'))) })
  }
  await removeOthers(new Set(certificateVectors.map(({ id }) => id)))
  await writeFile(new URL('index.json', certificatesFolder), formatJson(index))
  console.log(`${index.length} certificates`)
}

await writeCertificates()
