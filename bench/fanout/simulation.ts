import { ActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import { withRetries } from '../../src/http/retry.ts'
import type { MonotonicMs } from '../../src/time.ts'
import { type SimulatedTime, simulatedTime } from '../simulated-time.ts'
import { limitPerSecond } from './limit.ts'

export interface Fanout {
  readonly jobs: number
  /** Exchanges that the server takes in a second. */
  readonly rate: number
  /** 0: the server sends none. */
  readonly retryAfterSeconds: number
  readonly latencyMs: number
  readonly timeoutSeconds: number
}

export interface FanoutResult {
  failed: number
  requests: number
  /** Of those that logged in, from the start of all, in milliseconds. */
  readonly took: number[]
}

// The same numbers at each run (Park and Miller 1988).
function randomNumbers(start: number): () => number {
  let seed = start
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

/** Sends one exchange by the rule of the source: only the server, the way to it and time are models. */
function exchanges(options: Fanout, time: SimulatedTime, random: () => number, count: () => void) {
  const { rate, retryAfterSeconds, latencyMs, timeoutSeconds } = options
  const isTaken = limitPerSecond(rate)
  const travel = () => (latencyMs === 0 ? undefined : time.pause(latencyMs / 2))
  const busy = () =>
    new Fault(new ActionError('SERVER_UNAVAILABLE', 'The server answered 429.'), {
      transient: true,
      limited: true,
      retryAfterMs: retryAfterSeconds * 1000,
    })

  /** Resolves when it is done; false: it has failed. */
  return async (): Promise<boolean> => {
    const lastMoment: MonotonicMs = time.now() + timeoutSeconds * 1000
    const attempt = async () => {
      count()
      await travel()
      const isAdmitted = isTaken(time.now())
      await travel()
      if (!isAdmitted) throw busy()
    }
    const timing = { lastMoment, now: time.now, pause: time.pause, random, info: () => undefined }
    const isDone = await withRetries(attempt, timing).then(
      () => true,
      () => false,
    )
    return isDone && time.now() <= lastMoment
  }
}

/** Jobs that log in at the same moment. */
export async function simulateFanout(options: Fanout, seed: number): Promise<FanoutResult> {
  const time = simulatedTime()
  const result: FanoutResult = { failed: 0, requests: 0, took: [] }
  const exchange = exchanges(options, time, randomNumbers(seed), () => {
    result.requests += 1
  })
  const job = async () => {
    if (await exchange()) result.took.push(time.now())
    else result.failed += 1
  }
  const all = Array.from({ length: options.jobs }, job)
  await time.run()
  await Promise.all(all)
  return result
}

// The life of GitHub's tokens; half of it, at most, goes by before a renewal (store/token-lifetime.ts).
const RENEW_AFTER_SECONDS = 150
const USABLE_SECONDS = 260
const PAUSE_AFTER_FAILURE_SECONDS = 3

export interface RenewalResult {
  logins: number
  requests: number
  /** First logins, each of which would fail a job; this one tries again. */
  failedFirst: number
  failedRenewals: number
  /** Jobs that had no token that still lives, at any time after their first login. */
  lost: number
  /** The most requests in one second, after the first two minutes. */
  busiest: number
}

/** Jobs that log in at the same moment, and renew for so many hours. */
export async function simulateRenewals(options: Fanout, hours: number, seed: number): Promise<RenewalResult> {
  const time = simulatedTime()
  const result: RenewalResult = { logins: 0, requests: 0, failedFirst: 0, failedRenewals: 0, lost: 0, busiest: 0 }
  const perSecond = new Map<number, number>()
  const exchange = exchanges(options, time, randomNumbers(seed), () => {
    result.requests += 1
    const second = Math.floor(time.now() / 1000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  })
  const endsAt = hours * 3_600_000
  const job = async () => {
    let issuedAt: number | undefined
    let isLost = false
    while (time.now() < endsAt) {
      const isDone = await exchange()
      if (issuedAt !== undefined && time.now() - issuedAt > USABLE_SECONDS * 1000) isLost = true
      if (!isDone) result[issuedAt === undefined ? 'failedFirst' : 'failedRenewals'] += 1
      else {
        issuedAt = time.now()
        result.logins += 1
      }
      await time.pause((isDone ? RENEW_AFTER_SECONDS : PAUSE_AFTER_FAILURE_SECONDS) * 1000)
    }
    result.lost += isLost ? 1 : 0
  }
  const all = Array.from({ length: options.jobs }, job)
  await time.run()
  await Promise.all(all)
  const later = [...perSecond].filter(([second]) => second >= 120).map(([, count]) => count)
  result.busiest = Math.max(...later)
  return result
}
