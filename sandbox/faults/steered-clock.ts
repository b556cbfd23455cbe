import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../src/http/clock.ts'

/** The clock of one login, which a slow machine cannot disturb. */
export interface SteeredClock extends Clock {
  /** Tells that a server leaves a request without its answer. */
  stalled: () => void
}

interface Timer {
  readonly at: number
  readonly ring: () => void
}

// Until a client has read what a server sent before it stalled. How long that takes changes no outcome.
const QUIET_MS = 20

/**
 * Time that stands still while a request may yet be answered, however long that takes, and jumps to the next limit or
 * wait when all requests under way are stalled.
 */
export function steeredClock(): SteeredClock {
  let now = 0
  let stalls = 0
  const limits = new Set<Timer>()
  const waits = new Set<Timer>()

  function jump(): void {
    if (limits.size > stalls) return
    const [next] = [...limits, ...waits].sort((one, other) => one.at - other.at)
    if (next === undefined) return
    if (limits.delete(next)) stalls -= 1
    waits.delete(next)
    now = Math.max(now, next.at)
    next.ring()
  }

  const jumpSoon = () => {
    sleep(QUIET_MS).then(jump)
  }

  return {
    now: () => now,
    stalled: () => {
      stalls += 1
      jumpSoon()
    },
    after(ms, ring) {
      const timer = { at: now + ms, ring }
      limits.add(timer)
      return () => {
        if (limits.delete(timer)) jumpSoon()
      }
    },
    pause(ms, signal) {
      jumpSoon()
      return new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const timer = { at: now + ms, ring: resolve }
        waits.add(timer)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
  }
}
