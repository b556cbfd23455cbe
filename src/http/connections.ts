import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import { earlier, type MonotonicMs, msAfter, msSince, msUntil } from '../time.ts'
import { attempt } from './attempt.ts'
import { openClient } from './client.ts'
import { type Clock, realClock } from './clock.ts'
import { Fault, faultOf } from './fault.ts'
import type { HttpAnswer, HttpRequest, Send } from './request.ts'
import { withRetries } from './retry.ts'

/** The connections of one login. */
export interface Connections {
  send: Send
  /** Ends every socket and timer, whatever is under way. */
  close: () => void
}

export interface ConnectionOptions extends Pick<Log, 'info' | 'debug'> {
  userAgent: string
  /** Upper bound for the whole login, counted from here. */
  timeoutSeconds: number
  /** Upper bound for one attempt; 10 unless given. */
  attemptSeconds?: number
  /** A number in [0, 1), for the jitter of retries. */
  random?: (() => number) | undefined
  /** The real one, unless a test lets time pass. */
  clock?: Clock | undefined
}

const permanent = (code: 'TIMED_OUT' | 'INTERRUPTED', happened: string): Fault =>
  new Fault(new ActionError(code, happened), { transient: false })

// Why an attempt ends before its answer. Without a reason of ours Node makes an error, with its stack, at the end of each login.
const LATE = 'late'
const CLOSED = 'closed'

/**
 * Opens the connections of one login; its time starts now. An attempt may take the lesser of its own limit and a
 * quarter of that time. Redirects are never followed. Proxies are taken from the environment, certificates from Node.
 */
export function openConnections(options: ConnectionOptions): Connections {
  const {
    userAgent,
    timeoutSeconds,
    attemptSeconds = 10,
    info,
    debug,
    random = Math.random,
    clock = realClock,
  } = options
  const attemptMs = Math.min(attemptSeconds, timeoutSeconds / 4) * 1000
  const endsAt = msAfter(clock.now(), timeoutSeconds * 1000)
  const closed = new AbortController()
  const underWay = new Set<AbortController>()
  const client = openClient(userAgent)

  // For a request that is no longer needed, since another part of the login has failed. That failure is the one reported.
  const givenUp = ({ purpose }: HttpRequest) => permanent('INTERRUPTED', `${purpose}: the login has ended.`)

  async function attemptWithin<Request extends HttpRequest>(
    request: Request,
    lastMoment: MonotonicMs,
    tries: number,
  ): Promise<HttpAnswer<Request>> {
    const { purpose, method, url } = request
    const startedAt = clock.now()
    if (closed.signal.aborted) throw givenUp(request)
    const leftMs = msUntil(lastMoment, startedAt)
    if (leftMs <= 0) throw permanent('TIMED_OUT', `${purpose}: no time is left to ask ${url.host}.`)
    const limitMs = Math.min(attemptMs, leftMs)
    const ending = new AbortController()
    underWay.add(ending)
    const inTime = clock.after(limitMs, () => ending.abort(LATE))
    const report = (result: string | number) =>
      debug(
        `${method} ${url.host}${url.pathname} ${result} ${Math.round(msSince(startedAt, clock.now()))} ms (attempt ${tries})`,
      )
    let sent = false
    const sending = () => {
      sent = true
    }
    try {
      const answer = await attempt(client, request, { signal: ending.signal, sending })
      report(answer.status)
      return answer
    } catch (thrown) {
      if (closed.signal.aborted) throw givenUp(request)
      const fault = faultOf(thrown, request, ending.signal.reason === LATE ? limitMs : undefined)
      const { failure, status, retryAfterMs } = fault
      report(status ?? failure.code)
      const isOver = request.mayRepeat?.({ failure, sent, status, retryAfterMs }) === false
      throw isOver ? new Fault(failure, { transient: false }) : fault
    } finally {
      inTime()
      underWay.delete(ending)
    }
  }

  // The pause ends early when the connections are closed. The next attempt then fails with the reason.
  const pause = (ms: number) => clock.pause(ms, closed.signal)

  const send: Send = (make, withinSeconds = timeoutSeconds) => {
    const lastMoment = earlier(endsAt, msAfter(clock.now(), withinSeconds * 1000))
    // Making a request may send another one, with retries of its own: the exchange first asks for a subject token.
    const sendOnce = async (tries: number) => attemptWithin(await make(), lastMoment, tries)
    return withRetries(sendOnce, { lastMoment, now: clock.now, random, pause, info })
  }

  function close(): void {
    closed.abort(CLOSED)
    for (const ending of underWay) ending.abort(CLOSED)
    client.close()
  }

  return { send, close }
}
