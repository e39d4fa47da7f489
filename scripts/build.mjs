// Makes dist: one bundle of shared chunks for all subpaths, so that importing one loads a handful of files and not a
// hundred, and the declarations beside them, one a source file.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { bin, exports, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const outputs = [...Object.values(bin), ...Object.values(exports), ...Object.values(imports).flatMap(Object.values)]
const entries = outputs.filter((file) => file.startsWith('./dist/'))

rmSync(join(root, 'dist'), { recursive: true, force: true })

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const declarations = ['--project', root, '--emitDeclarationOnly']
const { status } = spawnSync(process.execPath, [tsc, ...declarations], { stdio: 'inherit' })

await build({
  absWorkingDir: root,
  entryPoints: [...new Set(entries.map((file) => file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')))],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  packages: 'external',
  external: ['#*', 'node:*'],
  outdir: 'dist',
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
})

for (const file of Object.values(bin)) chmodSync(join(root, file), 0o755)
process.exitCode = status ?? 1
