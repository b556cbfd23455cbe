import { LoginError } from '../errors.ts'
import { type JsonObject, jsonObject } from '../http/json.ts'
import type { Send } from '../http/request.ts'
import { meaningOf } from '../http/status.ts'

/** Asks a host for one JSON document; undefined, with the reason told, if it cannot be read at this time. */
export type ReadDocument = (purpose: string, url: URL) => Promise<JsonObject | undefined>

const UNREADABLE_CODES: readonly string[] = ['SERVER_UNAVAILABLE', 'NETWORK_FAILED', 'TIMED_OUT']

/**
 * Reads documents of a host, checked in the order status, content type, JSON. A network fault that lasts, a 404 and a
 * 5xx make a document unreadable; all else is an error.
 *
 * @param withinSeconds time for all documents together, retries included
 * @throws LoginError METADATA_REFUSED, METADATA_INVALID, and those of Send that do not pass with time
 */
export function documentReader(send: Send, withinSeconds: number, warn: (line: string) => void): ReadDocument {
  const endsAt = Date.now() + withinSeconds * 1000
  return async (purpose, url) => {
    const secondsLeft = (endsAt - Date.now()) / 1000
    const answer = await send(() => ({ purpose, method: 'GET', url }), secondsLeft).catch((thrown: unknown) => {
      if (!(thrown instanceof LoginError) || !UNREADABLE_CODES.includes(thrown.code)) throw thrown
      warn(thrown.message)
    })
    if (answer === undefined) return undefined
    const { status, body } = answer
    if (['missing', 'broken'].includes(meaningOf(status))) {
      warn(`${purpose}: ${url.host} answered ${status}.`)
      return undefined
    }
    if (meaningOf(status) !== 'success') {
      const happened = `${purpose}: 200 was expected of ${url.host}, which answered ${status}.`
      throw new LoginError('METADATA_REFUSED', happened, { serverText: body })
    }
    return jsonObject(answer, 'METADATA_INVALID')
  }
}
