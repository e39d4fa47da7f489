import { Command, InvalidArgumentError, Option } from 'commander'
import { given } from '../../core/given.ts'
import type { PolicyName } from '../../registration/index.ts'
import type { Logger, Sandbox } from '../../server/index.ts'
import { needPackage } from '../../server/need-package.ts'
import { ExitCode } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { readTrust, type TrustValues, withTrustOptions } from '../trust-options.ts'

interface SandboxValues extends TrustValues {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly policy: PolicyName
  readonly logLevel: string
  readonly unknownRevocation: 'accept' | 'refuse'
}

/** `psd2 sandbox`: a bank to register with, until it is told to end. Registrations stay in its data folder. */
export function sandboxCommand(terminal: Terminal): Command {
  const command = new Command('sandbox')
    .description('run a bank to register with: https, its own test CA, ready-made TPP certificates')
    .addOption(new Option('--port <number>', 'port to listen on; 0 for any').default(8443).argParser(parsePort))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <folder>', 'folder for certificates and registrations', 'psd2-sandbox')
    .addOption(
      new Option('--policy <name>', 'how the page of the bank is read where it contradicts itself')
        .choices(['seed', 'observed', 'rfc'])
        .default('seed'),
    )
    .addOption(
      new Option('--log-level <level>', 'what is told on standard error')
        .choices(['info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addOption(
      new Option('--unknown-revocation <what>', 'what to do with a certificate of which --revocation says nothing')
        .choices(['accept', 'refuse'])
        .default('accept'),
    )
    .action((values: SandboxValues) => runSandbox(values, terminal))
  return withTrustOptions(command).addHelpText(
    'after',
    '\nThe own authority is always trusted. With DATABASE_URL set, registrations are kept in that PostgreSQL.\n',
  )
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port < 65_536) return port
  throw new InvalidArgumentError('a port is a number from 0 to 65535')
}

async function runSandbox(values: SandboxValues, terminal: Terminal): Promise<void> {
  const { port, host, data, policy, logLevel, unknownRevocation } = values
  const { packageMissing, startSandbox } = await import('../../server/index.ts').then(
    ({ startSandbox }) => ({ startSandbox, packageMissing: undefined }),
    (error: NodeJS.ErrnoException) => ({ startSandbox: undefined, packageMissing: error }),
  )
  if (startSandbox === undefined) {
    if (packageMissing?.code !== 'ERR_MODULE_NOT_FOUND') throw packageMissing
    terminal.err('error: the sandbox needs packages that are not installed\n')
    terminal.err('mend: npm install hono @hono/node-server drizzle-orm @electric-sql/pglite pino\n')
    terminal.exit(ExitCode.missing)
    return
  }
  const trustData = await readTrust(values, terminal)
  if (trustData === 'missing') return
  const { DATABASE_URL } = process.env
  const sandbox = await startSandbox({
    port,
    host,
    data,
    policy,
    unknownRevocation,
    log: await logTo(logLevel),
    ...given({ trustData }),
    ...(DATABASE_URL === undefined || DATABASE_URL === '' ? {} : { databaseUrl: DATABASE_URL }),
  })
  // Whoever has read that it listens may end it.
  const signalled = new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name))
  })
  terminal.out(greeting(sandbox))
  const signal = await signalled
  terminal.err(`${signal}: no more requests are taken\n`)
  await sandbox.close()
}

/** JSON lines on standard error, so that standard output stays the command's. */
async function logTo(level: string): Promise<Logger> {
  const { pino } = await needPackage('pino', () => import('pino'))
  const logger: Logger = pino({ level }, pino.destination(2))
  return logger
}

function greeting({ url, material: { folder, isNew, rootPem } }: Sandbox): string {
  const made = isNew ? `Its authority was made just now (TEST ONLY):\n${rootPem}\n` : ''
  return `The sandbox listens on ${url}
${made}
certificates of the authority   ${folder}/authority  (psd2 mint --authority issues more)
a TPP that may register         ${folder}/tpp  (qwac-chain.pem, qwac.key, qsealc.pem, qsealc.key)
its next set of certificates    ${folder}/tpp-renewed

A token:
  curl --cacert ${folder}/authority/root.pem --cert ${folder}/tpp/qwac-chain.pem --key ${folder}/tpp/qwac.key \\
    -d client_id=PSD2_TPPRegister -d grant_type=client_credentials -d scope=manageRegistration \\
    ${url}/stet/psd2/oauth/token

Description of all operations: ${url}/openapi.json
`
}
