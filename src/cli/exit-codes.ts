/** Exit codes of every command. Of several at once the first of {@link precedence} is taken. */
export const ExitCode = {
  /** Nothing at or above the chosen severity. */
  ok: 0,
  /** Findings, or a refused verification. */
  findings: 1,
  /** Wrong use of the command. */
  usage: 2,
  /** Input that cannot be read. */
  input: 3,
  /** A mistake of ours. */
  internal: 4,
  /** Network or trust data is missing. */
  missing: 5,
  /** Stopped by the user: 128 and the number of SIGINT, as shells have it. What was done is written. */
  interrupted: 130,
} as const

const precedence = [
  ExitCode.interrupted,
  ExitCode.usage,
  ExitCode.internal,
  ExitCode.missing,
  ExitCode.input,
  ExitCode.findings,
]

/** The code that a run ends with. */
export function combineExitCodes(codes: Iterable<number>): number {
  const met = new Set(codes)
  return precedence.find((code) => met.has(code)) ?? ExitCode.ok
}
