import type { Problem } from './integers.ts'

/** Characters of a kid. A serial number in decimal has under 50. */
const longest = 256

/** What is wrong with a kid: it goes into headers, logs and file names of others. */
export function kidProblem(kid: string): Problem | undefined {
  if (kid.length < 1 || kid.length > longest) return { code: 'JWK_KID_LENGTH', detail: `${kid.length} characters` }
  const odd = kid.search(/[^ -~]|^ | $/)
  if (odd >= 0) return { code: 'JWK_KID_CHARACTER', detail: `character ${odd}` }
  const separator = kid.search(/[/\\"]|^\.{1,2}$/)
  if (separator >= 0) return { code: 'JWK_KID_SEPARATOR', detail: `character ${separator}` }
  return undefined
}
