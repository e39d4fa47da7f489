import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's own folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

interface Manifest {
  readonly name: string
  readonly exports: Record<string, string>
  readonly imports: { readonly '#crypto': { readonly node: string; readonly default: string } }
  readonly bin: Record<string, string>
}

export const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** One entry of `package.json#exports` that is code. */
export interface Subpath {
  /** As users import it: `psd2-toolkit/x509`. */
  readonly specifier: string
  /** Relative to the root: `dist/x509/index.js`. */
  readonly built: string
  /** Relative to the root: `src/x509/index.ts`. */
  readonly source: string
}

/** Every subpath of the package. All other tables of subpaths are made from this one. */
export const subpaths: readonly Subpath[] = Object.entries(manifest.exports)
  .filter(([, target]) => target.endsWith('.js'))
  .map(([subpath, target]) => ({
    specifier: manifest.name + subpath.slice(1),
    built: target.slice(2),
    source: sourceOf(target),
  }))

/** Where `#crypto` leads in Node, as source. */
export const nodeCrypto = sourceOf(manifest.imports['#crypto'].node)

/** The source file, relative to the root, that a built one comes from. */
export function sourceOf(built: string): string {
  return built.replace(/^(\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts')
}
