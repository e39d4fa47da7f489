import { stat } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { glob } from 'tinyglobby'
import { factFinderOf, type TrustData } from '../audit/trust-data.ts'
import { Psd2Error } from '../core/errors.ts'
import { escapeText } from '../report/index.ts'
import { decodePem } from '../x509/index.ts'
import { ExitCode } from './exit-codes.ts'
import { readOctets } from './files.ts'
import { readInputs } from './inputs.ts'
import type { Terminal } from './terminal.ts'

/** What the command line says of trust. */
export interface TrustValues {
  readonly anchors?: readonly string[]
  readonly intermediates?: readonly string[]
  readonly trust?: string
  readonly register?: string
  readonly revocation?: readonly string[]
}

/** Adds the options that turn waiting rules into verdicts. */
export function withTrustOptions(command: Command): Command {
  return command
    .addOption(many('--anchors <file>', 'what is trusted: certificates; paths are validated; may be repeated'))
    .addOption(many('--intermediates <file>', 'certificates that may stand between; may be repeated'))
    .option('--trust <store>', 'the trusted lists, as psd2 trust list --store saved them')
    .option('--register <index>', 'the EBA register, as psd2 trust eba index wrote it')
    .addOption(many('--revocation <path>', 'CRLs and OCSP responses: a file or a folder; may be repeated'))
}

function many(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, before: readonly string[] = []) => [...before, value])
}

/**
 * The data that the options name, shown to be what they should be; undefined where none was given. Where they cannot be
 * used, that is told and the answer is `missing`: an audit without them would look like one that had them.
 */
export async function readTrust(values: TrustValues, terminal: Terminal): Promise<TrustData | undefined | 'missing'> {
  const { anchors, intermediates, trust, register, revocation } = values
  if (anchors === undefined && trust === undefined && register === undefined && revocation === undefined) {
    if (intermediates !== undefined) throw new TypeError('--intermediates stand below --anchors: give both')
    return undefined
  }
  try {
    const data: TrustData = {
      ...(anchors === undefined ? {} : { anchors: await certificatesOf(anchors, terminal) }),
      ...(intermediates === undefined ? {} : { intermediates: await certificatesOf(intermediates, terminal) }),
      ...(trust === undefined ? {} : { store: await readOctets(trust, terminal) }),
      ...(register === undefined ? {} : { register: await readOctets(register, terminal) }),
      ...(revocation === undefined ? {} : await sourcesOf(revocation, terminal)),
    }
    await factFinderOf(data)
    return data
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const mend = error.mend === undefined ? '' : `\nmend: ${escapeText(error.mend)}`
    terminal.err(`error: ${error.code}: ${escapeText(error.message)}${mend}\n`)
    terminal.exit(ExitCode.missing)
    return 'missing'
  }
}

async function certificatesOf(files: readonly string[], terminal: Terminal): Promise<Uint8Array[]> {
  const ders: Uint8Array[] = []
  for await (const input of readInputs(files, terminal)) {
    if ('error' in input) throw input.error
    ders.push(input.der)
  }
  return ders
}

/** ENUMERATED: with it an OCSPResponse begins (RFC 6960 4.2.1), and no CertificateList. */
const ENUMERATED = 0x0a

/** CRLs and OCSP responses of files and folders, told apart by their first element. */
async function sourcesOf(
  paths: readonly string[],
  terminal: Terminal,
): Promise<Required<Pick<TrustData, 'crls' | 'ocspResponses'>>> {
  const crls: Uint8Array[] = []
  const ocspResponses: Uint8Array[] = []
  for (const path of paths) {
    for (const file of await filesOf(path)) {
      const bytes = await readOctets(file, terminal)
      const ders = bytes[0] === 0x30 ? [bytes] : decodePem(bytes).map((block) => block.bytes)
      for (const der of ders) (firstTag(der) === ENUMERATED ? ocspResponses : crls).push(der)
    }
  }
  if (crls.length + ocspResponses.length === 0) {
    throw new Psd2Error('INPUT_FOLDER_EMPTY', '--revocation names no CRL and no OCSP response', {
      mend: 'name the files, or a folder that has them',
    })
  }
  return { crls, ocspResponses }
}

async function filesOf(path: string): Promise<readonly string[]> {
  const about = await stat(path).catch(() => undefined)
  if (about?.isDirectory() !== true) return [path]
  const pattern = '**/*.{crl,pem,der,ocsp,ors}'
  const files = await glob(pattern, { cwd: path, caseSensitiveMatch: false, absolute: false })
  return files.sort().map((file) => `${path.replace(/\/+$/, '')}/${file}`)
}

/** The tag of the first element inside the outer SEQUENCE; 0 where there is none. */
function firstTag(der: Uint8Array): number {
  const length = der[1] ?? 0
  return der[2 + (length < 0x80 ? 0 : length & 0x7f)] ?? 0
}
