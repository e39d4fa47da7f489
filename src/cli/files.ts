import { Psd2Error } from '../core/errors.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'
import { readInputs, readLimited, unreadable } from './inputs.ts'
import type { Terminal } from './terminal.ts'

/** The octets of a file, or of standard input for `-`. */
export async function readOctets(file: string, terminal: Terminal): Promise<Uint8Array> {
  if (file === '-') return terminal.stdin()
  try {
    return await readLimited(file)
  } catch (error) {
    throw error instanceof Psd2Error ? error : unreadable(file, error)
  }
}

/** The first certificate of a file, read strictly. In a chain that is the leaf. */
export async function readCertificate(file: string, terminal: Terminal): Promise<Certificate> {
  for await (const input of readInputs([file], terminal)) {
    if ('error' in input) throw input.error
    return parseCertificate(input.der)
  }
  throw new Psd2Error('INPUT_NO_CERTIFICATE', `${file} has no certificate`)
}
