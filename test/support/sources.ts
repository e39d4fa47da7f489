import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** One breach of the architecture. */
export interface Breach {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** All TypeScript files under a folder, as paths relative to it with forward slashes, sorted. */
export function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

/** The syntax tree of a file, named relative to `folder`. */
export function parseFile(folder: string, file: string): ts.SourceFile {
  return parseText(file, readFileSync(join(folder, file), 'utf8'))
}

export function parseText(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
}

export function breach(node: ts.Node, message: string): Breach {
  const source = node.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
  return { file: source.fileName, line: line + 1, message }
}
