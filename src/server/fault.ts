/** What is logged of a failure: where it was, not what was being handled. */
export function faultOf(error: unknown): Record<string, unknown> {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string }
  const cause = (error as { cause?: { code?: string; name?: string } }).cause
  const frames = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
  return { fault: name, code, cause: cause?.code ?? cause?.name, frames }
}
