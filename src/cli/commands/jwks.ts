import { open } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { defaultJsonLimits } from '../../core/json.ts'
import { certificateKind } from '../../eidas/index.ts'
import {
  acceptableCodes,
  buildJwks,
  checkJwks,
  type JoseCode,
  type JwkFinding,
  type VerifiedKey,
} from '../../jose/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface BuildValues {
  readonly qsealc: string
  readonly kid?: string
  readonly at?: Date
  readonly accept: readonly JoseCode[]
}

interface VerifyValues {
  readonly profile: 'bpce'
  readonly at?: Date
  readonly accept: readonly JoseCode[]
}

/** `psd2 jwks`: the JWK Set of a QSealC, built and verified. */
export function jwksCommand(terminal: Terminal): Command {
  return new Command('jwks')
    .description('the JWK Set that a bank wants for registration, with the QSealC in it')
    .addCommand(buildCommand(terminal))
    .addCommand(verifyCommand(terminal))
}

function buildCommand(terminal: Terminal): Command {
  return new Command('build')
    .description('print the JWK Set of a QSealC')
    .addOption(
      new Option('--qsealc <file>', 'the certificate: PEM, DER, base64; - for standard input').makeOptionMandatory(),
    )
    .addOption(new Option('--kid <text>', 'default: the serial number of the certificate, in decimal'))
    .addOption(
      new Option('--at <time>', 'refuse a certificate that is not valid at this instant').argParser(parseMoment),
    )
    .addOption(acceptOption())
    .action(async (values: BuildValues) => build(values, terminal))
}

function verifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('verify a JWK Set, and say everything that is wrong with it')
    .argument('<file>', 'the JWK Set as JSON, or - for standard input')
    .addOption(new Option('--profile <name>', 'whose rules').choices(['bpce']).default('bpce'))
    .addOption(
      new Option('--at <time>', 'ask whether the certificate is valid at this instant instead of now').argParser(
        parseMoment,
      ),
    )
    .addOption(acceptOption())
    .action(async (file: string, values: VerifyValues) => verify(file, values, terminal))
}

function acceptOption(): Option {
  return new Option('--accept <codes...>', 'codes of what the bank refuses and shall pass here')
    .choices(acceptableCodes)
    .default([], 'none')
}

async function build({ qsealc, ...options }: BuildValues, terminal: Terminal): Promise<void> {
  const der = await onlyCertificate(qsealc, terminal)
  try {
    terminal.out(`${escapeJson(JSON.stringify(await buildJwks(der, options), undefined, 2))}\n`)
  } catch (error) {
    if (!(error instanceof Psd2Error) || !error.code.startsWith('JWK_')) throw error
    if (error.code.startsWith('JWK_KID_')) throw new TypeError(`--kid: ${error.message}`)
    const { code, message, mend = '' } = error
    terminal.err(`error: ${code}: ${escapeText(message)}\nmend: ${escapeText(mend)}\n`)
    terminal.exit(ExitCode.findings)
  }
}

/** The one certificate of a file; a key that lies beside it is not read, which is said. */
async function onlyCertificate(source: string, terminal: Terminal): Promise<Uint8Array> {
  const certificates: Uint8Array[] = []
  const errors: Psd2Error[] = []
  for await (const input of readInputs([source], terminal)) {
    if ('error' in input) errors.push(input.error)
    else certificates.push(input.der)
  }
  const [der, second] = certificates
  if (second !== undefined) {
    throw new Psd2Error('INPUT_SEVERAL', `${source} has ${certificates.length} certificates where one is asked for`, {
      mend: 'give a file with the QSealC alone, without the certificates of its issuers',
    })
  }
  if (der === undefined) throw errors[0]
  for (const { code, message } of errors) terminal.err(`notice: ${code}: ${escapeText(message)}\n`)
  return der
}

/** Codes of text that is no JSON at all: it cannot be read. A member that stands twice is a finding. */
const unreadable = new Set(['JSON_SYNTAX', 'JSON_TRUNCATED', 'JSON_TRAILING_DATA', 'JSON_NUMBER', 'JSON_TEXT'])

async function verify(file: string, values: VerifyValues, terminal: Terminal): Promise<void> {
  const at = values.at ?? terminal.now()
  const { profile, accept } = values
  const bytes = file === '-' ? await terminal.stdin() : await readBytes(file)
  const { findings, verified } = await checkJwks(bytes, { profile, accept, at })
  for (const finding of findings) terminal.err(findingText(finding))
  if (verified !== undefined) {
    terminal.out(`${escapeJson(JSON.stringify(verifiedData(verified, profile, at, findings), undefined, 2))}\n`)
  } else if (findings.some(({ code }) => unreadable.has(code))) terminal.exit(ExitCode.input)
  else terminal.exit(ExitCode.findings)
}

function findingText({ severity, code, message, clause, mend }: JwkFinding): string {
  return `${severity}: ${code}: ${escapeText(message)}\nmend: ${escapeText(mend)} (${clause})\n`
}

/** What was verified, and what was not even looked at. */
function verifiedData(
  { certificate, jwk }: VerifiedKey,
  profile: string,
  at: Date,
  notices: readonly JwkFinding[],
): object {
  const { subject, issuer, validity } = certificate
  return {
    profile,
    at: at.toISOString(),
    jwk,
    certificate: {
      kind: certificateKind(certificate).kind,
      subject: String(subject),
      issuer: String(issuer),
      serialNumber: certificate.serial.hex,
      validity: { notBefore: validity.notBefore.toISOString(), notAfter: validity.notAfter.toISOString() },
    },
    notices,
    notChecked: ['signature of the certificate', 'path to a trusted list', 'revocation', 'register of the authority'],
  }
}

/** A file as octets, no more of it than a JWK Set may have. */
async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file)
    try {
      const chunk = Buffer.alloc(defaultJsonLimits.size + 1)
      let size = 0
      for (;;) {
        const { bytesRead } = await handle.read(chunk, size, chunk.length - size)
        if (bytesRead === 0) return chunk.subarray(0, size)
        size += bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    const [code, says] = missing
      ? (['INPUT_NOT_FOUND', 'there is no such file'] as const)
      : (['INPUT_UNREADABLE', 'the file cannot be read'] as const)
    throw new Psd2Error(code, `${says}: ${file}`, { cause, mend: 'check the name and the permissions' })
  }
}
