/** How far a long run is, told to whoever looks at the terminal. */
export interface Progress {
  /** Takes what has been done since the last call. */
  readonly add: (items: number) => void
  readonly clear: () => void
}

/** Milliseconds between two lines: faster than that nobody reads. */
const interval = 200

/** @param expected - items that there will be, or undefined where nobody knows */
export function startProgress(
  show: ((line: string) => void) | undefined,
  expected: number | undefined,
  clock: () => number,
): Progress {
  if (show === undefined) return { add: () => undefined, clear: () => undefined }
  const start = clock()
  let done = 0
  let shown = start
  return {
    add: (items) => {
      done += items
      const now = clock()
      if (now - shown < interval) return
      shown = now
      show(progressLine(done, expected, now - start))
    },
    clear: () => show(''),
  }
}

function progressLine(done: number, expected: number | undefined, milliseconds: number): string {
  const rate = milliseconds > 0 ? (done * 1000) / milliseconds : 0
  const told = `${done.toLocaleString('en-GB')}${expected === undefined ? '' : ` of ${expected.toLocaleString('en-GB')}`}`
  const speed = `${Math.round(rate).toLocaleString('en-GB')} a second`
  if (expected === undefined || rate === 0) return `${told}, ${speed}`
  return `${told}, ${speed}, ${duration((expected - done) / rate)} left`
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  return whole < 3600
    ? `${Math.ceil(whole / 60)} min`
    : `${Math.floor(whole / 3600)} h ${Math.ceil((whole % 3600) / 60)} min`
}
