import { Command, CommanderError } from 'commander'
import { Psd2Error } from '../core/errors.ts'
import { escapeText } from '../report/index.ts'
import { combineExitCodes, ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** Each command is loaded when it is called: reading certificates does not wait for the library that issues them. */
const commands: Readonly<Record<string, (terminal: Terminal, version: string) => Promise<Command>>> = {
  inspect: async (terminal) => (await import('./commands/inspect.ts')).inspectCommand(terminal),
  audit: async (terminal, version) => (await import('./commands/audit.ts')).auditCommand(terminal, version),
  pair: async (terminal, version) => (await import('./commands/pair.ts')).pairCommand(terminal, version),
  rules: async (terminal) => (await import('./commands/rules.ts')).rulesCommand(terminal),
  explain: async (terminal) => (await import('./commands/rules.ts')).explainCommand(terminal),
  x5t: async (terminal) => (await import('./commands/x5t.ts')).x5tCommand(terminal),
  jwks: async (terminal) => (await import('./commands/jwks.ts')).jwksCommand(terminal),
  digest: async (terminal) => (await import('./commands/digest.ts')).digestCommand(terminal),
  sign: async (terminal) => (await import('./commands/sign.ts')).signCommand(terminal),
  verify: async (terminal) => (await import('./commands/verify.ts')).verifyCommand(terminal),
  trust: async (terminal) => (await import('./commands/trust.ts')).trustCommand(terminal),
  mint: async (terminal) => (await import('./commands/mint.ts')).mintCommand(terminal.out),
  sandbox: async (terminal) => (await import('./commands/sandbox.ts')).sandboxCommand(terminal),
  csr: async (terminal) => (await import('./commands/csr.ts')).csrCommand(terminal.out),
  registration: async (terminal) => (await import('./commands/registration.ts')).registrationCommand(terminal),
}

const exitCodeHelp = `
Exit codes: 0 done; 1 findings or a refused verification; 2 wrong use; 3 input that cannot be read;
4 a mistake of ours; 5 network or trust data is missing.
`

/** Runs one command line and gives the exit code. Never throws. */
export async function run(args: readonly string[], version: string, terminal: Terminal): Promise<number> {
  const codes: number[] = []
  const counted: Terminal = { ...terminal, exit: (code) => codes.push(code) }
  const program = new Command('psd2')
    .description('Read, check and use eIDAS certificates for PSD2.')
    .version(version)
    .addHelpText('after', exitCodeHelp)
  const called = args[0] !== undefined && Object.hasOwn(commands, args[0]) ? commands[args[0]] : undefined
  const loaders = called === undefined ? Object.values(commands) : [called]
  for (const load of loaders) program.addCommand(await load(counted, version))
  quiet(program, terminal)
  try {
    await program.parseAsync(['node', 'psd2', ...args])
  } catch (error) {
    codes.push(tell(error, terminal))
  }
  return combineExitCodes(codes)
}

/** Commander throws instead of ending the process, and writes where the command does. */
function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().showSuggestionAfterError().configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  for (const child of command.commands) quiet(child, terminal)
}

function tell(error: unknown, terminal: Terminal): number {
  // Commander has said what is wrong; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage
  if (error instanceof Psd2Error) {
    const mend = error.mend === undefined ? '' : `\nmend: ${escapeText(error.mend)}`
    terminal.err(`error: ${error.code}: ${escapeText(error.message)}${mend}\n`)
    return ExitCode.input
  }
  if (error instanceof TypeError && isOurs(error)) {
    terminal.err(`error: ${escapeText(error.message)}\n`)
    return ExitCode.usage
  }
  terminal.err(`internal error: ${escapeText(error instanceof Error ? error.message : String(error))}\n`)
  return ExitCode.internal
}

/** A TypeError that names a wrong value of the caller, not one that the engine raised. */
function isOurs(error: TypeError): boolean {
  return !/is not a function|Cannot read|of undefined|of null|is not iterable|not defined/.test(error.message)
}
