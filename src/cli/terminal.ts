import picocolors from 'picocolors'
import { coloured, type Paint, plain } from '../report/index.ts'

/** What a command sees of the world: where it reads, where it writes, what time it is. */
export interface Terminal {
  /** Data. */
  readonly out: (text: string) => void
  /** Diagnostics. */
  readonly err: (text: string) => void
  readonly stdin: () => Promise<Uint8Array>
  /** Standard input as it comes, for what is too large to be held. */
  readonly stdinStream?: () => AsyncIterable<Uint8Array>
  readonly now: () => Date
  /** Emphasis of what is written to `out`. */
  readonly paint: Paint
  /** The exit code that the run has come to. */
  exit: (code: number) => void
  /** Standard input as it comes, for what is too large to be kept. */
  readonly stdinChunks?: () => AsyncIterable<Uint8Array>
  /** As `out`, and waits until there is room for more. */
  readonly write?: (data: string | Uint8Array) => Promise<void>
  /** Shows how far the work is, in place of what was shown before; absent where nobody looks. */
  readonly progress?: (line: string) => void
  /** Calls back when the user wants to stop. Gives what takes the call back. */
  readonly onInterrupt?: (stop: () => void) => () => void
}

/** When emphasis is used: `auto` asks NO_COLOR, FORCE_COLOR and whether a person looks. */
export type ColorChoice = 'auto' | 'always' | 'never'

export function choosePaint(choice: ColorChoice): Paint {
  const wanted = choice === 'always' || (choice === 'auto' && wantsColour(process.env, process.stdout.isTTY === true))
  return wanted ? coloured : plain
}

/** NO_COLOR forbids, FORCE_COLOR demands (https://no-color.org, https://force-color.org); else a person must look. */
function wantsColour({ NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return isTerminal && picocolors.isColorSupported
}

export async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += (chunk as Uint8Array).length
    chunks.push(chunk as Uint8Array)
    // The reader of inputs says what the limit is; here it is only kept from growing without end.
    if (size > 128 << 20) break
  }
  return Buffer.concat(chunks)
}

/** Standard input as it comes. Where it is closed because the user wants to stop, that is its end. */
export async function* readStdinChunks(): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of process.stdin) yield chunk as Uint8Array
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
