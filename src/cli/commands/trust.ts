import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

/** The parts of `psd2 trust`, each loaded with the group. */
const parts: readonly ((terminal: Terminal) => Promise<Command>)[] = [
  async (terminal) => (await import('./trust-path.ts')).trustPathCommand(terminal),
  async (terminal) => (await import('./trust-list.ts')).trustListCommand(terminal),
  async (terminal) => (await import('./trust-issuer.ts')).trustIssuerCommand(terminal),
  async (terminal) => (await import('./trust-eba.ts')).trustEbaCommand(terminal),
]

/** `psd2 trust`: who stands behind a certificate. */
export async function trustCommand(terminal: Terminal): Promise<Command> {
  const group = new Command('trust').description('decide who stands behind a certificate')
  for (const load of parts) group.addCommand(await load(terminal))
  return group
}
