import { Command, InvalidArgumentError, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { x5tS256 } from '../../jose/index.ts'
import { type Input, readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'

/** `psd2 x5t`: the thumbprint of one certificate, for a JWK. */
export function x5tCommand(terminal: Terminal): Command {
  return new Command('x5t')
    .description('print x5t#S256 of a certificate: base64url of the SHA-256 of its DER')
    .argument('<input>', 'a file, or - for standard input: PEM, DER, base64, .p7b, JWKS')
    .addOption(
      new Option('--index <number>', 'which certificate of an input with several, from 0').argParser(parseIndex),
    )
    .action(async (source: string, { index }: { index?: number }) => {
      const inputs: Input[] = []
      for await (const input of readInputs([source], terminal)) inputs.push(input)
      const input = choose(inputs, source, index)
      if ('error' in input) throw input.error
      terminal.out(`${await x5tS256(input.der)}\n`)
    })
}

function parseIndex(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('give a number from 0')
  return Number(text)
}

/** The only certificate, or the one that was asked for. A private key beside it does not count as one. */
function choose(inputs: readonly Input[], source: string, index: number | undefined): Input {
  if (index !== undefined) {
    const chosen = inputs.find((input) => input.index === index)
    if (chosen !== undefined) return chosen
    throw new Psd2Error('INPUT_NO_CERTIFICATE', `${source} has no certificate ${index}, it has ${inputs.length}`, {
      mend: 'count from 0',
    })
  }
  const certificates = inputs.filter((input) => !('error' in input))
  const [first = inputs[0], second] = certificates
  if (second !== undefined || first === undefined) {
    throw new Psd2Error('INPUT_SEVERAL', `${source} has ${certificates.length} certificates where one is asked for`, {
      mend: 'choose one with --index, counted from 0; psd2 inspect shows all',
    })
  }
  return first
}
