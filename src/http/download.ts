import { ActionError } from '../errors.ts'
import { msSince } from '../time.ts'
import { attemptToOpen } from './attempt.ts'
import { openClient } from './client.ts'
import type { Clock } from './clock.ts'
import { Fault, faultOf } from './fault.ts'
import type { HttpRequest } from './request.ts'

/** How long a download may bring nothing. */
const STALL_MS = 60_000

export interface Downloads {
  /**
   * Sends a GET once, and gives the body of its answer as it comes. What a server says in place of the body is thrown
   * away: a store quotes what it was asked, signature and all.
   *
   * @throws Fault, here and from the body; the signal's reason
   */
  get: (request: HttpRequest, signal: AbortSignal) => Promise<AsyncIterable<Buffer>>
  close: () => void
}

/** Told when nothing has come for a while; reading may begin at any time. */
function watchFlow(clock: Clock, stalled: () => void) {
  let cameAt = clock.now()
  let stop = clock.after(STALL_MS, look)
  function look(): void {
    const leftMs = STALL_MS - msSince(cameAt, clock.now())
    if (leftMs <= 0) stalled()
    else stop = clock.after(leftMs, look)
  }
  return {
    came: () => {
      cameAt = clock.now()
    },
    stop: () => stop(),
  }
}

/** Opens connections for large answers, one an origin that is kept. Redirects are never followed. */
export function openDownloads(userAgent: string, clock: Clock): Downloads {
  const client = openClient(userAgent)

  async function get(request: HttpRequest, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const late = new AbortController()
    const flow = watchFlow(clock, () => late.abort())
    const asFault = (thrown: unknown) => {
      flow.stop()
      if (signal.aborted) return signal.reason
      const { failure, retryAfterMs } = faultOf(thrown, request, late.signal.aborted ? STALL_MS : undefined)
      return new Fault(failure, { transient: true, retryAfterMs })
    }
    const effects = { signal: AbortSignal.any([signal, late.signal]), sending: () => undefined }
    const { message, status } = await attemptToOpen(client, request, effects).catch((thrown) => {
      throw asFault(thrown)
    })
    if (status !== 200) {
      message.destroy()
      flow.stop()
      const { purpose, url } = request
      throw new Fault(new ActionError('SERVER_UNAVAILABLE', `${purpose}: ${url.host} answered ${status}.`), {
        transient: true,
        status,
      })
    }
    async function* body(): AsyncGenerator<Buffer> {
      try {
        // While a piece is worked on, what arrives waits in the buffer of the socket. One more stream in between would only cost time.
        for await (const piece of message) {
          flow.came()
          yield piece
        }
      } catch (thrown) {
        throw asFault(thrown)
      } finally {
        flow.stop()
        message.destroy()
      }
    }
    return body()
  }

  return {
    get,
    close: client.close,
  }
}
