import { randomUUID, webcrypto } from 'node:crypto'
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestAuthority, type Issued, type LeafOptions } from '../../issuance/index.ts'
import { type Certificate, decodePem, parseCertificate } from '../../x509/index.ts'

/** What the sandbox is made of: an authority of its own, what the server shows, and what it trusts. */
export interface SandboxMaterial {
  /** Folder of the certificates. */
  readonly folder: string
  /** True where they were made just now. */
  readonly isNew: boolean
  readonly rootPem: string
  readonly tls: { readonly certificate: string; readonly key: string }
  readonly seal: { readonly certificate: Certificate; readonly key: string }
  readonly root: Certificate
  /** The authorities under it that issue QWAC and QSealC. */
  readonly issuers: readonly Certificate[]
}

/** The TPP whose certificates lie ready: those to begin with, and those to change to. */
const readyTpps = ['tpp', 'tpp-renewed'] as const

const tpp: LeafOptions = {
  organizationIdentifier: 'PSDFR-ACPR-12345',
  organizationName: 'Example TPP',
  countryName: 'FR',
  roles: ['PSP_AI', 'PSP_PI'],
}
const bank: LeafOptions = {
  organizationIdentifier: 'PSDFR-ACPR-17515',
  organizationName: 'Sandbox Bank',
  countryName: 'FR',
  roles: ['PSP_AS'],
}
const hosts = ['localhost', 'www.17515.sandbox.api.89c3.com']

/** Takes up the certificates of a data folder, or makes them; a start that was cut off leaves nothing half made. */
export async function sandboxMaterial(data: string): Promise<SandboxMaterial> {
  const folder = join(data, 'certificates')
  const isNew = !(await exists(folder))
  if (isNew) await make(folder)
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const certificate = async (name: string): Promise<Certificate> => certificateOf(await read(name))
  return {
    folder,
    isNew,
    rootPem: await read('authority/root.pem'),
    root: await certificate('authority/root.pem'),
    tls: { certificate: await read('server/tls-chain.pem'), key: await read('server/tls.key') },
    seal: { certificate: await certificate('server/seal.pem'), key: await read('server/seal.key') },
    issuers: [await certificate('authority/web-ca.pem'), await certificate('authority/seal-ca.pem')],
  }
}

async function make(folder: string): Promise<void> {
  const draft = `${folder}.${randomUUID()}`
  const crypto = webcrypto as Crypto
  // Elliptic curves are quick to make; RS256, which the page wants, needs RSA for the seals.
  const authority = await createTestAuthority({
    crypto,
    keyAlgorithm: 'P-256',
    organizationName: 'Sandbox QTSP (for test only)',
  })
  const web = { keyAlgorithm: 'P-256' } as const
  const seal = { keyAlgorithm: 'RSA-2048' } as const
  await write(draft, 'authority', {
    root: authority.root,
    'web-ca': authority.webCa,
    'seal-ca': authority.sealCa,
  })
  await write(draft, 'server', {
    tls: await authority.issueQwac({ ...bank, ...web, dnsNames: hosts }),
    seal: await authority.issueQSealC({ ...bank, ...seal }),
  })
  for (const name of readyTpps) {
    await write(draft, name, {
      qwac: await authority.issueQwac({ ...tpp, ...web, dnsNames: ['tpp.example.com'] }),
      qsealc: await authority.issueQSealC({ ...tpp, ...seal }),
    })
  }
  await rename(draft, folder)
}

async function write(draft: string, folder: string, files: Readonly<Record<string, Issued>>): Promise<void> {
  const path = join(draft, folder)
  await mkdir(path, { recursive: true, mode: 0o700 })
  for (const [name, issued] of Object.entries(files)) {
    await writeFile(join(path, `${name}.pem`), issued.certificatePem())
    await writeFile(join(path, `${name}-chain.pem`), issued.chainPem())
    await writeFile(join(path, `${name}.key`), await issued.privateKeyPem(), { mode: 0o600 })
  }
}

function certificateOf(pem: string): Certificate {
  const [block] = decodePem(pem, { label: 'CERTIFICATE' })
  if (block === undefined) throw new Error('a file of the sandbox has no certificate: remove its data folder')
  return parseCertificate(block.bytes)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
