import { build } from 'esbuild'

/** What a bundle for browsers must not hold, with what would have brought it there. */
const forbiddenText: Readonly<Record<string, string>> = {
  'node:': 'a module of Node',
  pkijs: 'the library that writes certificates',
  asn1js: 'the library that writes certificates',
  BaseBlock: 'the classes of asn1js',
  pvutils: 'a helper of asn1js',
  bytestreamjs: 'a helper of pkijs',
  '@peculiar/': 'another provider than WebCrypto',
  commander: 'the command',
  picocolors: 'the command',
  'process.env': 'a global of Node',
  'Buffer.from': 'a global of Node',
}

/** Bundles modules for the browser, as its users' bundlers do, and says what does not belong there. */
export async function bleed(entry: { readonly file: string } | { readonly code: string; readonly folder: string }) {
  const result = await build({
    ...('file' in entry
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.code, resolveDir: entry.folder, loader: 'js' } }),
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['default'],
    // Kept as they are, so that they show in the text instead of failing to resolve.
    external: ['node:*'],
    logLevel: 'silent',
  })
  const code = result.outputFiles[0]?.text ?? ''
  const inputs = Object.keys(result.metafile.inputs)
  return {
    inputs,
    warnings: result.warnings.map(({ text }) => text),
    found: Object.keys(forbiddenText)
      .filter((text) => code.includes(text) || inputs.some((input) => input.includes(`node_modules/${text}`)))
      .map((text) => `'${text}' (${forbiddenText[text]})`),
  }
}
