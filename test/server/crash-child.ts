import { startSandbox } from '../../src/server/index.ts'

/** A sandbox in a process of its own, to be killed. It says its port on a line. */
const [data = ''] = process.argv.slice(2)
const { port } = await startSandbox({ data, rateLimit: false })
process.stdout.write(`${port}\n`)
