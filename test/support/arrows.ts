import { posix } from 'node:path'
import ts from 'typescript'
import { fileImports, packageRooms, pureRooms, type Room, rooms } from './rooms.ts'
import { type Breach, breach } from './sources.ts'

interface Import {
  readonly node: ts.Node
  /** Absent where the name is computed. */
  readonly specifier: string | undefined
  /** An import for its effects alone. */
  readonly bare: boolean
}

/** Every import of one source file that the room table does not allow. File names are relative to `src`. */
export function checkArrows(source: ts.SourceFile): Breach[] {
  const room = rooms.find(({ name }) => name === roomOf(source.fileName))
  if (room === undefined) return [breach(source, 'stands in no room of the table')]
  return importsOf(source).flatMap((found) => {
    const message = judge(source.fileName, room, found)
    return message === undefined ? [] : [breach(found.node, message)]
  })
}

function judge(file: string, room: Room, { specifier, bare }: Import): string | undefined {
  const pure = pureRooms.includes(room.name)
  if (specifier === undefined) return pure ? 'imports a computed name' : undefined
  if (pure && bare) return `imports '${specifier}' for its effects: nothing may register itself`
  if (specifier === '#crypto') return arrow(room, 'crypto')
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    return target.startsWith('../') ? `imports '${specifier}', which is outside src` : arrow(room, roomOf(target))
  }
  if (specifier.split('/')[0] === 'psd2-toolkit') return `imports '${specifier}': use the relative path`
  if (fileImports[file]?.includes(specifier)) return undefined
  if (specifier.startsWith('node:')) return pure ? `imports '${specifier}' below the rim` : undefined
  return library(room, pure, packageName(specifier))
}

function arrow(room: Room, target: string): string | undefined {
  if (target === room.name || room.imports.includes(target)) return undefined
  return `the arrow ${room.name} -> ${target} is not in the table`
}

function library(room: Room, pure: boolean, name: string): string | undefined {
  const reserved = packageRooms[name]
  const allowed = pure ? room.packages?.includes(name) : reserved === undefined || reserved.includes(room.name)
  return allowed ? undefined : `the room ${room.name} may not import the package '${name}'`
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : ''
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Static, dynamic, type-only and re-exporting imports. */
function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, name: ts.Node | undefined, bare = false): void => {
    found.push({ node, specifier: name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined, bare })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause === undefined)
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) add(node, node.moduleSpecifier)
    else if (ts.isExternalModuleReference(node)) add(node, node.expression)
    else if (ts.isImportTypeNode(node)) add(node, typeImported(node))
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node, node.arguments[0])
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function typeImported({ argument }: ts.ImportTypeNode): ts.Node | undefined {
  return ts.isLiteralTypeNode(argument) ? argument.literal : undefined
}

function isImportCall(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword
}
