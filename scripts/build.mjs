// Makes dist: few chunks that all subpaths share, since every file that an import opens costs it a millisecond, and the
// declarations beside them, one a source file.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const { bin, exports, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const outputs = [...Object.values(bin), ...Object.values(exports), ...Object.values(imports).flatMap(Object.values)]
const entries = new Set(outputs.filter((file) => file.startsWith('./dist/')))

rmSync(join(root, 'dist'), { recursive: true, force: true })

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const declarations = ['--project', root, '--emitDeclarationOnly']
const { status } = spawnSync(process.execPath, [tsc, ...declarations], { stdio: 'inherit' })

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(
    [...entries].map((file) => [
      file.replace('./dist/', '').replace(/\.js$/, ''),
      file.replace('./dist/', './src/').replace(/\.js$/, '.ts'),
    ]),
  ),
  platform: 'neutral',
  external: /^(?![./])/,
  transform: { target: 'es2022' },
})
await bundle.write({
  dir: join(root, 'dist'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: {
    groups: [
      { name: 'certificates', test: /\/src\/(core|der|x509)\// },
      { name: 'eidas', test: /\/src\/eidas\// },
    ],
  },
})
await bundle.close()

for (const file of Object.values(bin)) chmodSync(join(root, file), 0o755)
process.exitCode = status ?? 1
