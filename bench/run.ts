import { cpus } from 'node:os'

/**
 * `npm run bench` runs all, `npm run bench -- parse memory` some. Ratios count, not times: machines differ. Each loads what it
 * needs and no more, because what else is in a process is felt.
 */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  parse: async () => (await import('./parse.ts')).benchParse(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  hostile: async () => (await import('./hostile.ts')).benchHostile(),
  import: async () => (await import('./import.ts')).benchImport(),
  http: async () => (await import('./http.ts')).benchHttp(),
  jose: async () => (await import('./jose.ts')).benchJose(),
  trust: async () => (await import('./trust.ts')).benchTrust(),
  lists: async () => (await import('./lists.ts')).benchLists(),
  revocation: async () => (await import('./revocation.ts')).benchRevocation(),
  register: async () => (await import('./register.ts')).benchRegister(),
  server: async () => (await import('./server.ts')).benchServer(),
  audit: async () => (await import('./audit.ts')).benchAudit(),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0)
  throw new TypeError(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)

console.log(`node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n== ${name}`)
  await bench()
}
