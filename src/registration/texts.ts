import type { JsonObject, JsonValue } from '../core/json.ts'
import { step } from './pointer.ts'

/** Something that no registration has, wherever it stands in the body. */
export interface TextFinding {
  readonly problem: 'name' | 'characters' | 'private-key'
  /** JSON Pointer. */
  readonly path: string
}

/** Findings of one kind: an attacker could have thousands. */
const most = 16

/** True for names that objects have of themselves. */
export function isDangerous(name: string): boolean {
  return name === 'prototype' || Object.hasOwn(Object.prototype, name)
}

/** Everything that moves, hides or turns text, and half characters: C0, C1, bidirectional, zero width, tags, variation. */
const unsafeText = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]`,
    String.raw`[\u{ad}\u{61c}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff0}-\u{ffff}]`,
    // Letters and marks that nobody sees: fillers, joiners, selectors, tags.
    ...[String.raw`\u{34f}`, String.raw`\u{115f}`, String.raw`\u{1160}`, String.raw`\u{17b4}`, String.raw`\u{17b5}`],
    ...[String.raw`\u{3164}`, String.raw`\u{ffa0}`],
    String.raw`[\u{180b}-\u{180f}]`,
    String.raw`[\u{fe00}-\u{fe0f}]`,
    String.raw`[\u{e0000}-\u{e0fff}]`,
  ].join('|'),
  'u',
)

/** Goes over every name and text of the body once. Its size and depth were capped when it was read. */
export function textFindings(body: JsonObject): readonly TextFinding[] {
  const found: TextFinding[] = []
  const counts = { name: 0, characters: 0, 'private-key': 0 }
  const steps: (string | number)[] = []
  const add = (problem: TextFinding['problem']): void => {
    if (counts[problem]++ < most) found.push({ problem, path: steps.map(step).join('') })
  }
  const visit = (value: JsonValue): void => {
    if (typeof value === 'string') {
      if (unsafeText.test(value)) add('characters')
      // That of x5c is found by its reader.
      if (value.includes('PRIVATE KEY-----') && steps[0] !== 'jwks') add('private-key')
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        // Numbers and the like have nothing to be found, and an attacker could send thousands.
        if (typeof value[i] !== 'string' && typeof value[i] !== 'object') continue
        steps.push(i)
        visit(value[i] as JsonValue)
        steps.pop()
      }
    } else if (typeof value === 'object' && value !== null) visitObject(value as JsonObject)
  }
  const visitObject = (object: JsonObject): void => {
    for (const name of Object.keys(object)) {
      steps.push(name)
      if (isDangerous(name)) add('name')
      visit(object[name] as JsonValue)
      steps.pop()
    }
  }
  visitObject(body)
  return found
}
