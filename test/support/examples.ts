import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { nodeCrypto, root, subpaths } from './package.ts'

/** One fenced block of TypeScript in a docstring or a document. */
export interface Example {
  /** Relative to the root. */
  readonly file: string
  /** Of the block's first line of code. */
  readonly line: number
  readonly code: string
}

/** Every file that can hold examples, relative to the root. */
export function exampleFiles(): string[] {
  return [...under('src', '.ts'), ...under('docs', '.md'), 'README.md'].filter(
    (file) => !file.startsWith('docs/api/') && existsSync(join(root, file)),
  )
}

function under(folder: string, suffix: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort()
}

export function readExamples(file: string): Example[] {
  return extractExamples(file, readFileSync(join(root, file), 'utf8'))
}

/** The fenced blocks marked `ts` or `typescript`, freed from the margin of the comment or list they stand in. */
export function extractExamples(file: string, text: string): Example[] {
  const margin = file.endsWith('.ts') ? /^\s*\* ?/ : /^\s*(?:> ?)?/
  const found: Example[] = []
  let open: { line: number; code: string[]; margin: string } | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const edge = margin.exec(line)?.[0]
    if (open === undefined) {
      if (edge !== undefined && /^```(?:ts|typescript)\b/.test(line.slice(edge.length))) {
        open = { line: index + 2, code: [], margin: edge }
      }
    } else if (edge !== undefined && /^```\s*$/.test(line.slice(edge.length))) {
      found.push({ file, line: open.line, code: open.code.join('\n') })
      open = undefined
    } else {
      open.code.push(line.startsWith(open.margin) ? line.slice(open.margin.length) : line.replace(margin, ''))
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line - 1} the block is not closed`)
  return found
}

/** Type-checks all examples in one program, each as a module of its own; gives the complaints of each. */
export function checkExamples(examples: readonly Example[]): Map<Example, string[]> {
  const modules = new Map(examples.map((example, index) => [join(root, `example-${index}.ts`), example]))
  const options = compilerOptions()
  const host = ts.createCompilerHost(options, true)
  const { fileExists, readFile } = host
  host.getCurrentDirectory = () => root
  host.fileExists = (file) => modules.has(file) || fileExists(file)
  host.readFile = (file) => modules.get(file)?.code.concat('\nexport {}\n') ?? readFile(file)
  const program = ts.createProgram([...modules.keys()], options, host)
  return new Map([...modules].map(([file, example]) => [example, complaints(program, file, example)]))
}

function complaints(program: ts.Program, file: string, { file: shown, line }: Example): string[] {
  const source = program.getSourceFile(file)
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((found) => {
    const within = source === undefined ? 0 : source.getLineAndCharacterOfPosition(found.start ?? 0).line
    return `${shown}:${line + within} ${ts.flattenDiagnosticMessageText(found.messageText, '\n')}`
  })
}

/** The project's own options, with its subpaths led to their sources. An example may leave a result unused. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { rootDir: _, outDir: __, ...options } = ts.parseJsonConfigFileContent(config, ts.sys, root).options
  const paths = [{ specifier: '#crypto', source: nodeCrypto }, ...subpaths]
  return {
    ...options,
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: Object.fromEntries(paths.map(({ specifier, source }) => [specifier, [join(root, source)]])),
  }
}
