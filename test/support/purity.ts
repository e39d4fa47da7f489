import ts from 'typescript'
import { isUse, Scopes } from './scopes.ts'
import { type Breach, breach } from './sources.ts'

/** Globals that below the rim nothing may touch, with the reason. */
const forbiddenGlobals: Readonly<Record<string, string>> = {
  Buffer: 'Node only: use Uint8Array',
  process: 'Node only: take an option',
  require: 'Node only',
  Deno: 'Deno only',
  Bun: 'Bun only',
  console: 'output belongs to the command',
  fetch: 'network belongs to the rim',
  XMLHttpRequest: 'network belongs to the rim',
  WebSocket: 'network belongs to the rim',
  eval: 'code from text',
}

/** Members of globals that read a clock or chance. */
const forbiddenMembers: Readonly<Record<string, string>> = {
  'Date.now': "a hidden clock: take the option 'at'",
  'performance.now': "a hidden clock: take the option 'at'",
  'Math.random': 'not reproducible, and no source of secrets',
}

const globalObjects = new Set(['globalThis', 'self', 'window'])

/** Methods that change the Map, Set, array or typed array they are called on. */
const mutators = new Set('set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '))

/** Everything in one source file that makes its result depend on more than its arguments. */
export function checkPurity(source: ts.SourceFile): Breach[] {
  const scopes = new Scopes(source)
  const found: Breach[] = []
  const add = (node: ts.Node, message: string | undefined): void => {
    if (message !== undefined) found.push(breach(node, message))
  }
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return
    add(node, globalUse(node, scopes) ?? clockUse(node, scopes) ?? codeFromText(node, scopes))
    add(node, moduleVariable(node) ?? (inFunction ? moduleMutation(node, scopes) : undefined))
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)))
  }
  visit(source, false)
  return found
}

function globalUse(node: ts.Node, scopes: Scopes): string | undefined {
  const name = globalName(node, scopes)
  const reason = name === undefined || !Object.hasOwn(forbiddenGlobals, name) ? undefined : forbiddenGlobals[name]
  return reason === undefined ? undefined : `uses ${name} below the rim (${reason})`
}

function clockUse(node: ts.Node, scopes: Scopes): string | undefined {
  if (isCall(node) && globalName(node.expression, scopes) === 'Date') {
    if (ts.isCallExpression(node)) return `calls Date() below the rim (${forbiddenMembers['Date.now']})`
    if ((node.arguments?.length ?? 0) === 0) {
      return `makes new Date() without an argument below the rim (${forbiddenMembers['Date.now']})`
    }
  }
  const member = memberOf(node)
  const owner = member === undefined ? undefined : globalName(member.object, scopes)
  const name = `${owner}.${member?.name}`
  return Object.hasOwn(forbiddenMembers, name) ? `uses ${name} below the rim (${forbiddenMembers[name]})` : undefined
}

function codeFromText(node: ts.Node, scopes: Scopes): string | undefined {
  return isCall(node) && globalName(node.expression, scopes) === 'Function' ? 'makes code from text' : undefined
}

/** `let` or `var` at the top of a module. */
function moduleVariable(node: ts.Node): string | undefined {
  if (!ts.isVariableStatement(node) || !ts.isSourceFile(node.parent)) return undefined
  if (node.declarationList.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) return undefined
  return 'declares a module-level variable that can change'
}

/** Writing to a constant of the module from inside a function: its content becomes state. */
function moduleMutation(node: ts.Node, scopes: Scopes): string | undefined {
  const changed = mutated(node)
  const owner = changed === undefined ? undefined : rootOf(changed)
  return owner !== undefined && scopes.isModuleLevel(owner) ? `changes the module-level '${owner.text}'` : undefined
}

/** The expression whose content the node changes. */
function mutated(node: ts.Node): ts.Expression | undefined {
  if (ts.isCallExpression(node)) {
    const member = memberOf(node.expression)
    return member !== undefined && mutators.has(member.name) ? member.object : undefined
  }
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return memberOf(node.left, true)?.object
  if (ts.isDeleteExpression(node)) return memberOf(node.expression, true)?.object
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
    return steps ? memberOf(node.operand, true)?.object : undefined
  }
  return undefined
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

/** The identifier at the far left of a chain of members. */
function rootOf(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node
  const member = memberOf(node, true)
  return member === undefined ? undefined : rootOf(member.object)
}

function isCall(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node)
}

/** `a.b` and `a['b']`; with `computed`, also `a[b]`. */
function memberOf(node: ts.Node, computed = false): { object: ts.Expression; name: string } | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
    return memberOf(node.expression, computed)
  }
  if (ts.isPropertyAccessExpression(node)) return { object: node.expression, name: node.name.text }
  if (!ts.isElementAccessExpression(node)) return undefined
  const { expression: object, argumentExpression: index } = node
  if (ts.isStringLiteralLike(index)) return { object, name: index.text }
  return computed ? { object, name: '' } : undefined
}

/** The name of the global that an expression reads, whether directly or by way of the global object. */
function globalName(node: ts.Node, scopes: Scopes): string | undefined {
  if (ts.isIdentifier(node)) return isUse(node) && scopes.resolve(node) === undefined ? node.text : undefined
  const member = memberOf(node)
  if (member === undefined) return undefined
  const owner = globalName(member.object, scopes)
  return owner !== undefined && globalObjects.has(owner) ? member.name : undefined
}
