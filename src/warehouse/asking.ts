import { ActionError } from '../errors.ts'
import type { Clock } from '../http/clock.ts'
import { Fault } from '../http/fault.ts'
import type { Log } from '../log.ts'
import { type MonotonicMs, msAfter, msSince, msUntil } from '../time.ts'
import type { AskOptions } from './api.ts'
import { pauseUnlessCancelled, unlessCancelled } from './cancellation.ts'

export interface AskingEffects extends Pick<Log, 'info'> {
  /** Ends the asking; its reason is thrown. */
  signal: AbortSignal
  clock: Clock
}

const FIRST_PAUSE_MS = 1000
const MAX_PAUSE_MS = 30_000
const TELL_EVERY_MS = 30_000
/** How long nothing that makes sense may come. */
export const PATIENCE_MS = 600_000

const inSeconds = (ms: number): string => `${Math.round(ms / 1000)} s`

/** Says what is wrong: the first time at once, then once in 30 s. */
function reporter(name: string, startedAt: MonotonicMs, { clock, info }: AskingEffects) {
  let toldAt: MonotonicMs | undefined
  return {
    tell: (what: string) => {
      if (toldAt !== undefined && msSince(toldAt, clock.now()) < TELL_EVERY_MS) return
      toldAt = clock.now()
      info(`${name}: no answer that makes sense for ${inSeconds(msSince(startedAt, toldAt))}, asked again. ${what}`)
    },
    tellEnd: () => {
      if (toldAt !== undefined)
        info(`${name}: there are answers again, after ${inSeconds(msSince(startedAt, clock.now()))}.`)
    },
  }
}

/** Nobody knows how the statement stands, or where its result is. */
function givenUp(failure: ActionError, definite: boolean): ActionError {
  const { message, serverText } = failure
  const end = definite ? '' : ` Nothing that makes sense has come for ${inSeconds(PATIENCE_MS)}.`
  return new ActionError('STATEMENT_UNCERTAIN', `${message}${end}`, { serverText, cause: failure })
}

/**
 * Asks something that may be asked as often as one likes, until there is an answer: with pauses of 1 to 30 s, for ten
 * minutes. A Retry-After counts for 30 s at most. After each failure the next request has a new connection.
 *
 * @param ask asks once; throws a Fault, or whatever is to end the asking at once
 * @throws ActionError STATEMENT_UNCERTAIN if nothing that makes sense comes, or if Databricks refuses to say; the
 *   signal's reason
 */
export async function askUntilAnswered<Answer>(
  name: string,
  ask: (options: AskOptions) => Promise<Answer>,
  effects: AskingEffects,
): Promise<Answer> {
  const { signal, clock } = effects
  const startedAt = clock.now()
  const report = reporter(name, startedAt, effects)
  for (let faults = 0; ; faults++) {
    const stopWaiting = clock.after(TELL_EVERY_MS, () => report.tell('The last request has had no answer yet.'))
    try {
      const answer = await unlessCancelled(signal, ask({ fresh: faults > 0 }))
      report.tellEnd()
      return answer
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      const { failure, transient, retryAfterMs } = thrown
      const leftMs = msUntil(msAfter(startedAt, PATIENCE_MS), clock.now())
      if (!transient || leftMs <= 0) throw givenUp(failure, !transient)
      report.tell(failure.message)
      const backoffMs = Math.max(FIRST_PAUSE_MS * 2 ** Math.min(faults, 5), retryAfterMs)
      await pauseUnlessCancelled(Math.min(backoffMs, MAX_PAUSE_MS, leftMs), signal, clock)
    } finally {
      stopWaiting()
    }
  }
}
