import { cpus } from 'node:os'
import { benchAudit } from './audit.ts'
import { benchHostile } from './hostile.ts'
import { benchHttp } from './http.ts'
import { benchImport } from './import.ts'
import { benchJose } from './jose.ts'
import { benchLists } from './lists.ts'
import { benchMemory } from './memory.ts'
import { benchParse } from './parse.ts'
import { benchRegister } from './register.ts'
import { benchRevocation } from './revocation.ts'
import { benchServer } from './server.ts'
import { benchTrust } from './trust.ts'

/** `npm run bench` runs all, `npm run bench -- parse memory` some. Ratios count, not times: machines differ. */
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  parse: benchParse,
  memory: benchMemory,
  hostile: benchHostile,
  import: benchImport,
  http: benchHttp,
  jose: benchJose,
  trust: benchTrust,
  lists: benchLists,
  revocation: benchRevocation,
  register: benchRegister,
  server: benchServer,
  audit: benchAudit,
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
