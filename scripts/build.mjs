// Compiles src to dist, removes what no longer has a source, and makes the commands executable.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' })

const dist = join(root, 'dist')
for (const file of existsSync(dist) ? readdirSync(dist, { recursive: true, encoding: 'utf8' }) : []) {
  const source = file.replace(/(\.d\.ts|\.js)$/, '.ts')
  if (source !== file && !existsSync(join(root, 'src', source))) rmSync(join(dist, file))
}

const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
for (const file of Object.values(bin)) {
  if (existsSync(join(root, file))) chmodSync(join(root, file), 0o755)
}
process.exitCode = status ?? 1
