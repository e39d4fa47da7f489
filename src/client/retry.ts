import { setTimeout as sleep } from 'node:timers/promises'
import { RegistrationError } from './codes.ts'

/** How often and how long is waited. */
export interface RetrySettings {
  /** Tries after the first. */
  readonly retries: number
  /** Milliseconds before the first of them; doubled each time. */
  readonly delay: number
}

/** Errors that may go away by themselves, after requests that may be sent twice. */
const passing: ReadonlySet<string> = new Set([
  'BANK_UNREACHABLE',
  'BANK_TIMEOUT',
  'BANK_CONNECTION',
  'BANK_TOKEN',
  'BANK_RATE_LIMITED',
])
/** Of a POST: nothing was sent. */
const passingForPost: ReadonlySet<string> = new Set(['BANK_UNREACHABLE'])
/** 500 is the page's for a failure that comes again. */
const passingStatus: ReadonlySet<number> = new Set([502, 503, 504])
const longestWait = 30_000

/**
 * Tries again where that is safe: a GET, PUT or DELETE says the same twice, each try with an x-request-id of its own. A POST
 * is only sent again where it certainly was not sent before.
 */
export async function withRetry<Value>(
  method: string,
  { retries, delay }: RetrySettings,
  signal: AbortSignal | undefined,
  attempt: (tries: number) => Promise<Value>,
): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt(tries)
    } catch (error) {
      if (tries >= retries || !mayPass(error, method)) throw error
      const asked = (error as RegistrationError).problem?.retryAfter
      const wait = asked === undefined ? delay * 2 ** tries * (0.5 + Math.random() / 2) : asked * 1000
      if (wait > longestWait) throw error
      await waited(wait, signal)
    }
  }
}

/** Rejects with the reason of the signal, as the rest does, and not with an error of the timer. */
async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : error
  }
}

function mayPass(error: unknown, method: string): boolean {
  if (!(error instanceof RegistrationError)) return false
  if (method === 'POST') return passingForPost.has(error.code)
  return passing.has(error.code) || passingStatus.has(error.problem?.status ?? 0)
}
