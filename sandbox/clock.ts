/** Tells the time in whole seconds since 1970 (the unit of `exp`, `iat` and `nbf`, RFC 7519 section 2). */
export type Clock = () => number

/** The machine's own time, in epoch seconds. */
export const systemClock: Clock = () => Math.floor(Date.now() / 1000)

/**
 * A clock that moves only when it is told to, so that hours pass in a test without waiting.
 *
 * @param start epoch seconds; the present when left out
 */
export function settableClock(start = systemClock()) {
  let time = start
  return {
    now: (): number => time,
    advance(seconds: number): void {
      time += seconds
    },
  }
}
