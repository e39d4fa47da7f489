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
