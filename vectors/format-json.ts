/**
 * JSON in lines of at most 120 characters where that can be: what fits on a line stands on one. Invisible characters are
 * escaped.
 */
export function formatJson(value: unknown): string {
  return `${format(value, '', 0).replace(/\p{Cf}/gu, escaped)}\n`
}

function escaped(character: string): string {
  return character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const width = 120

function format(value: unknown, indent: string, before: number): string {
  const flat = JSON.stringify(value, undefined, 1).replace(/\n */g, ' ')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (indent.length + before + flat.length < width) return flat
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const lines = Object.entries(value).map(([name, member]) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `
    return `${inner}${label}${format(member, inner, label.length)}`
  })
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}
