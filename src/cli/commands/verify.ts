import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { explainSignature, parseSignatures, readMessage } from '../../http/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import {
  type ProfileName,
  profileOf,
  type VerifiedMessage,
  verifyRequest,
  verifyResponse,
} from '../../signing/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readCertificate, readOctets } from '../files.ts'
import { type FileMessage, readMessageFile } from '../message-file.ts'
import type { Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'
import { profileOption } from './sign.ts'

interface VerifyValues {
  readonly profile: ProfileName
  readonly message: string
  readonly certificate: string
  readonly at?: Date
  readonly explain?: true
}

/** `psd2 verify`: a signed message against a certificate, completely. */
export function verifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('verify a signed message, and print what was verified')
    .addOption(profileOption())
    .requiredOption('--message <file>', 'the message as JSON, or - for standard input')
    .requiredOption('--certificate <file>', 'the QSealC that should have signed it')
    .addOption(new Option('--at <time>', 'verify as of this instant instead of now').argParser(parseMoment))
    .option('--explain', 'print the string that is signed, line by line, to the error output')
    .action(async (values: VerifyValues) => verify(values, terminal))
}

async function verify(values: VerifyValues, terminal: Terminal): Promise<void> {
  const { profile, at = terminal.now() } = values
  const message = readMessageFile(await readOctets(values.message, terminal))
  const certificate = await readCertificate(values.certificate, terminal)
  const options = { profile, at, resolveKey: () => certificate }
  try {
    if (values.explain === true) explain(message, profile, terminal)
    const verified =
      'request' in message
        ? await verifyRequest(message.request, options)
        : await verifyResponse(message.response, options)
    terminal.out(`${escapeJson(JSON.stringify(summary(verified), undefined, 2))}\n`)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    terminal.out(`${escapeJson(JSON.stringify({ error: error.toJSON() }, undefined, 2))}\n`)
    terminal.exit(ExitCode.findings)
  }
}

function summary(verified: VerifiedMessage): object {
  const { profile, components, algorithm, keyReference, certificate, digests, requestId, created, expires } = verified
  return {
    profile,
    components,
    algorithm,
    keyId: keyReference.value,
    certificate: certificate === undefined ? null : String(certificate.subject),
    digests: digests.map(({ field, algorithms }) => `${field} ${algorithms.join(' ')}`),
    requestId: requestId ?? null,
    created: created?.toISOString() ?? null,
    expires: expires?.toISOString() ?? null,
    notChecked: ['trust of the certificate', 'replay'],
  }
}

/** The rebuilt string beside what was received: where a bank shows its own, the first line that differs is the reason. */
function explain(message: FileMessage, profile: ProfileName, terminal: Terminal): void {
  const { dialect, quirks } = profileOf(profile)
  const view = readMessage('request' in message ? message.request : message.response)
  for (const signature of parseSignatures(view, { dialect, quirks })) {
    terminal.err(`${signature.label} by ${escapeText(signature.keyId ?? 'an unnamed key')} signs:\n`)
    for (const { text, component, error } of explainSignature(view, signature)) {
      terminal.err(`  ${escapeText(text ?? `${component} cannot be formed: ${error?.message}`)}\n`)
    }
  }
}
