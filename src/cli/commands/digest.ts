import { Command, Option } from 'commander'
import { createDigest, type DigestAlgorithm, type DigestField } from '../../http/digest/index.ts'
import { readOctets } from '../files.ts'
import type { Terminal } from '../terminal.ts'

interface DigestValues {
  readonly field: DigestField
  readonly algorithm: DigestAlgorithm
}

/** `psd2 digest`: the digest header of a body. */
export function digestCommand(terminal: Terminal): Command {
  return new Command('digest')
    .description('print the digest header of a body, over its octets as they are')
    .argument('<file>', 'the body, or - for standard input')
    .addOption(
      new Option('--field <name>', 'which header')
        .choices(['Digest', 'Content-Digest', 'Repr-Digest'])
        .default('Digest'),
    )
    .addOption(new Option('--algorithm <name>', 'which hash').choices(['sha-256', 'sha-512']).default('sha-256'))
    .action(async (file: string, { field, algorithm }: DigestValues) => {
      terminal.out(`${field}: ${await createDigest(await readOctets(file, terminal), { field, algorithm })}\n`)
    })
}
