import { elapsedMs, type MonotonicMs } from '../time.ts'

/** Time as requests live through it. */
export interface Clock {
  now: () => MonotonicMs
  /** Calls back after milliseconds, unless what it gives is called before. */
  after: (ms: number, then: () => void) => () => void
  /** Resolves after milliseconds, or at once when the signal is aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

export const realClock: Clock = {
  now: elapsedMs,
  // AbortSignal.timeout does not keep the process alive, so a stalled login would end before it is reported.
  after: (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
  pause: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end)
      function end(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
    }),
}
