import { join } from 'node:path'
import { Command, Option } from 'commander'
import { given } from '../../core/given.ts'
import {
  createTestAuthority,
  defectOf,
  defects,
  type Issued,
  type KeyAlgorithm,
  keyAlgorithmNames,
  type LeafKind,
  type LeafOptions,
  loadTestAuthority,
  type SignatureAlgorithm,
  type TestAuthority,
} from '../../issuance/index.ts'
import { type OutputFile, readText, refuseExisting, writeFiles } from './issuance-files.ts'
import {
  kinds,
  type PspValues,
  parseList,
  parseMoment,
  pspOptions,
  pspProfile,
  refuseDnsForSeal,
  type WriteOut,
} from './issuance-options.ts'

interface MintValues extends PspValues {
  readonly out?: string
  readonly kind: string
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly defect?: string[]
  readonly authority?: string
  readonly authorityKeyAlgorithm?: KeyAlgorithm
  readonly baseUrl?: string
  readonly listDefects?: true
  readonly force?: true
}

const year = 365 * 86_400_000

/**
 * `psd2 mint`: a test authority with a QWAC and a QSealC as files, or only the certificates from an authority that was
 * made before. Nothing trusts these certificates. Rejects with `TypeError` or an error of commander on wrong usage and
 * with `Psd2Error` where stored material cannot be read.
 */
export function mintCommand(write: WriteOut = (text) => void process.stdout.write(text)): Command {
  const command = new Command('mint')
    .description('make test certificates: a root, issuing authorities, a QWAC and a QSealC')
    .option('--out <folder>', 'folder to write to')
    .addOption(new Option('--kind <kind>', 'what to issue').choices(['qwac', 'qsealc', 'both']).default('both'))
  for (const option of pspOptions()) command.addOption(option)
  return command
    .addOption(new Option('--not-before <time>', 'first moment of validity').argParser(parseMoment))
    .addOption(new Option('--not-after <time>', 'last moment of validity').argParser(parseMoment))
    .addOption(new Option('--defect <name>', 'a deliberate mistake; may be repeated').argParser(parseList))
    .option('--list-defects', 'say what mistakes there are')
    .option('--authority <folder>', 'issue from the authority that an earlier run wrote there')
    .addOption(new Option('--authority-key-algorithm <name>', 'keys of a new authority').choices(keyAlgorithmNames))
    .option('--base-url <url>', 'where CRL, OCSP and issuer certificates are said to be')
    .option('--force', 'replace files that are there')
    .action((values: MintValues) => (values.listDefects === true ? listDefects(write) : mint(values, write)))
}

function listDefects(write: WriteOut): void {
  for (const [name, { kinds: where, says }] of Object.entries(defects)) write(`${name}\t${where.join()}\t${says}\n`)
}

async function mint(values: MintValues, write: WriteOut): Promise<void> {
  const { out, force = false } = values
  if (out === undefined) throw new TypeError('--out is needed: the folder to write to')
  refuseDnsForSeal(values.kind, values.dns)
  const wanted = values.kind === 'both' ? Object.keys(kinds) : [values.kind]
  const options = new Map(wanted.map((name) => [name, leafOptions(values, kinds[name] as LeafKind)]))
  checkDefects(values, wanted)
  const reused = values.authority
  await refuseExisting(out, fileNames(wanted, reused === undefined), force)
  const authority = reused === undefined ? await newAuthority(values) : await storedAuthority(reused, values)
  const files = reused === undefined ? await authorityFiles(authority) : []
  for (const [name, leaf] of options) {
    const issue = name === 'qwac' ? authority.issueQwac : authority.issueQSealC
    files.push(...(await leafFiles(name, await issue(leaf))))
  }
  await writeFiles(out, files, force, write)
}

/** For both kinds at once, each takes those mistakes that can be made in it. */
function leafOptions(values: MintValues, kind: LeafKind): LeafOptions {
  const { notBefore, notAfter, keyAlgorithm } = values
  const names = (values.defect ?? []).filter((name) => values.kind !== 'both' || defectOf(name).kinds.includes(kind))
  return { ...pspProfile(values, kind), ...given({ notBefore, notAfter, keyAlgorithm }), defects: names } as LeafOptions
}

/** Refused here, so that a mistyped name costs no key generation. */
function checkDefects(values: MintValues, wanted: readonly string[]): void {
  for (const name of values.defect ?? []) {
    const where = defectOf(name).kinds
    if (!wanted.some((kind) => where.includes(kinds[kind] as LeafKind))) {
      throw new TypeError(`defect '${name}' is for a ${where.join()} only`)
    }
  }
}

/** Keys of an authority that can sign as asked. */
const keyFor: Readonly<Partial<Record<SignatureAlgorithm, KeyAlgorithm>>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
}

/** Valid from a year before the leaves, and for as long as they are. */
function newAuthority(values: MintValues): Promise<TestAuthority> {
  const { signatureAlgorithm, baseUrl } = values
  const now = Date.now()
  const start = Math.min(now, values.notBefore?.getTime() ?? now) - year
  const end = Math.max(start + 10 * year, values.notAfter?.getTime() ?? 0)
  const usual = signatureAlgorithm === undefined ? undefined : keyFor[signatureAlgorithm]
  return createTestAuthority({
    at: new Date(now),
    notBefore: new Date(start),
    notAfter: new Date(end),
    ...given({ signatureAlgorithm, baseUrl, keyAlgorithm: values.authorityKeyAlgorithm ?? usual }),
  })
}

const authorityNames = { root: 'root', web: 'web-ca', seal: 'seal-ca' } as const

async function storedAuthority(folder: string, values: MintValues): Promise<TestAuthority> {
  const { signatureAlgorithm, baseUrl } = values
  if (values.authorityKeyAlgorithm !== undefined)
    throw new TypeError('--authority-key-algorithm is for a new authority')
  const read = async (name: string): Promise<{ certificate: string; privateKey: string }> => ({
    certificate: await readText(join(folder, `${name}.pem`)),
    privateKey: await readText(join(folder, `${name}.key`)),
  })
  const stored = {
    root: await read(authorityNames.root),
    web: await read(authorityNames.web),
    seal: await read(authorityNames.seal),
  }
  return loadTestAuthority(stored, given({ signatureAlgorithm, baseUrl }))
}

function fileNames(wanted: readonly string[], withAuthority: boolean): string[] {
  const authorities = withAuthority ? Object.values(authorityNames) : []
  return [
    ...authorities.flatMap((name) => [`${name}.pem`, `${name}.key`]),
    ...wanted.flatMap((name) => [`${name}.pem`, `${name}.key`, `${name}-chain.pem`]),
  ]
}

async function authorityFiles({ root, webCa, sealCa }: TestAuthority): Promise<OutputFile[]> {
  return [
    ...(await pairFiles(authorityNames.root, root)),
    ...(await pairFiles(authorityNames.web, webCa)),
    ...(await pairFiles(authorityNames.seal, sealCa)),
  ]
}

async function leafFiles(name: string, leaf: Issued): Promise<OutputFile[]> {
  return [...(await pairFiles(name, leaf)), { name: `${name}-chain.pem`, text: leaf.chainPem() }]
}

async function pairFiles(name: string, issued: Issued): Promise<OutputFile[]> {
  return [
    { name: `${name}.pem`, text: issued.certificatePem() },
    { name: `${name}.key`, text: await issued.privateKeyPem(), secret: true },
  ]
}
