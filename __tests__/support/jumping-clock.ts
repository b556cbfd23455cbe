import type { Clock } from '../../src/http/clock.ts'

/** Time that passes by pauses alone, and at once. */
export interface JumpingClock extends Clock {
  /** Lets milliseconds pass, as a request that takes its time. */
  spend: (ms: number) => void
}

export function jumpingClock(): JumpingClock {
  let now = 0
  const spend = (ms: number) => {
    now += ms
  }
  return {
    now: () => now,
    spend,
    after: () => () => undefined,
    pause: async (ms) => {
      spend(ms)
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
