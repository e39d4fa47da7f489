/** How emphasis is shown. Meaning never hangs on it: every mark is a word too. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
}

/** No emphasis: for files and pipes. */
export const plain: Paint = { bold: same, dim: same, good: same, warn: same, bad: same }

function same(text: string): string {
  return text
}

/** Emphasis by the colours of a terminal (ECMA-48 SGR). */
export const coloured: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  warn: (text) => `\u001b[33m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
}
