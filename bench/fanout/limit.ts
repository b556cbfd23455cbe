import type { MonotonicMs } from '../../src/time.ts'

/**
 * A server that takes so many requests in each second. Those that it turns away use nothing of the limit up: where they
 * do, no rule of the clients helps.
 */
export function limitPerSecond(rate: number): (now: MonotonicMs) => boolean {
  let second = Number.NaN
  let taken = 0
  return (now) => {
    const current = Math.floor(now / 1000)
    if (current !== second) taken = 0
    second = current
    if (taken === rate) return false
    taken += 1
    return true
  }
}

/** The value that such a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
