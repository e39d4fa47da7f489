import ts from 'typescript'

/** Where the names of one file are declared: enough of lexical scoping to tell a global from a local. */
export class Scopes {
  private readonly declared = new Map<ts.Node, Set<string>>()
  private readonly source: ts.SourceFile

  constructor(source: ts.SourceFile) {
    this.source = source
    this.collect(source)
  }

  /** The node in which a use of a name finds its declaration; undefined where the name is global. */
  resolve(use: ts.Identifier): ts.Node | undefined {
    for (let node: ts.Node | undefined = use.parent; node !== undefined; node = node.parent) {
      if (this.declared.get(node)?.has(use.text)) return node
    }
    return undefined
  }

  /** True where the name is declared by the module itself, at its top, and not imported. */
  isModuleLevel(use: ts.Identifier): boolean {
    return this.resolve(use) === this.source && !this.imported.has(use.text)
  }

  private readonly imported = new Set<string>()

  private collect(node: ts.Node): void {
    if (ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) {
      if (node.name !== undefined) {
        this.imported.add(node.name.text)
        this.declare(this.source, node.name)
      }
    } else if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) {
      if (ts.isIdentifier(node.name)) this.declare(isVar(node) ? functionAround(node) : scopeAround(node), node.name)
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name !== undefined) this.declare(scopeAround(node), node.name)
    } else if ((ts.isFunctionExpression(node) || ts.isClassExpression(node)) && node.name !== undefined) {
      this.declare(node, node.name)
    }
    ts.forEachChild(node, (child) => this.collect(child))
  }

  private declare(scope: ts.Node, name: ts.Identifier): void {
    const names = this.declared.get(scope)
    if (names === undefined) this.declared.set(scope, new Set([name.text]))
    else names.add(name.text)
  }
}

function isVar(node: ts.Node): boolean {
  for (let at = node; at !== undefined; at = at.parent) {
    if (ts.isVariableDeclarationList(at)) return (at.flags & ts.NodeFlags.BlockScoped) === 0
    if (ts.isParameter(at) || ts.isFunctionLike(at) || ts.isCatchClause(at)) return false
  }
  return false
}

function scopeAround(node: ts.Node): ts.Node {
  let at = node.parent
  while (!isScope(at)) at = at.parent
  return at
}

function functionAround(node: ts.Node): ts.Node {
  let at = node.parent
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent
  return at
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isFunctionLike(node) ||
    ts.isBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node)
  )
}

/** True where the identifier is read as a value, not the name of a property, a declaration or a label. */
export function isUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isBindingElement(parent)) return parent.initializer === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent) || ts.isMetaProperty(parent)) return false
  return (parent as ts.Node & { readonly name?: ts.Node }).name !== node
}
