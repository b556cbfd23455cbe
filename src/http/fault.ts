import { ActionError, systemCode } from '../errors.ts'
import { proxyNameFor } from './proxy.ts'
import type { HttpRequest } from './request.ts'
import { isRetryable } from './status.ts'

interface FaultDetails {
  /** Whether the same request may succeed a moment later. */
  transient: boolean
  /** Of the answer, if there was one. */
  status?: number
  /** The server limits its callers: asked again for as long as the login may take. */
  limited?: boolean
  /** Milliseconds that the server asked to wait. */
  retryAfterMs?: number | undefined
}

/** What an attempt throws that has no answer to work with: the failure that it would be, and whether it may pass. */
export class Fault extends Error {
  readonly failure: ActionError
  readonly transient: boolean
  readonly status: number | undefined
  readonly limited: boolean
  readonly retryAfterMs: number

  constructor(failure: ActionError, { transient, status, limited = false, retryAfterMs = 0 }: FaultDetails) {
    super(failure.message)
    this.name = 'Fault'
    this.failure = failure
    this.transient = transient
    this.status = status
    this.limited = limited
    this.retryAfterMs = retryAfterMs
  }
}

const TRANSIENT_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
])

// The codes under which Node reports a certificate that does not verify, and a handshake that fails.
const TLS_CODE =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO|CRL_|ERROR_IN_|PATH_LENGTH_|INVALID_PURPOSE)/

const PERMANENT = { transient: false }

const proxyAnswer = (status: string): string =>
  status === '407' ? 'answered 407: it wants credentials' : `answered ${status}`

// The library reports every failure of a tunnel as a reset; its text tells what the proxy answered, or why not.
function proxyFault(message: string, { purpose, url }: HttpRequest): Fault | undefined {
  if (!/^(tunneling socket could not|got illegal response body from proxy)/.test(message)) return undefined
  const proxy = `${proxyNameFor(url)}, on the way to ${url.host}`
  if (/cause=.*(certificate|altnames)/i.test(message)) {
    return new Fault(new ActionError('TLS_FAILED', `${purpose}: no secure connection to ${proxy}.`), PERMANENT)
  }
  const status = /statusCode=(\d{3})/.exec(message)?.[1]
  const code = /cause=.*?\b(E[A-Z]{2,}(?:_[A-Z]+)*)\b/.exec(message)?.[1] ?? 'no code'
  const answer = status === undefined ? `cannot be reached or broke off (${code})` : proxyAnswer(status)
  const transient = status === undefined || isRetryable(Number(status))
  return new Fault(new ActionError('PROXY_FAILED', `${purpose}: ${proxy}, ${answer}.`), { transient })
}

/**
 * Makes a Fault of whatever an attempt threw. The text of an error of Node or the library is left out, since it may hold
 * an address with credentials.
 *
 * @param lateAfterMs the limit of the attempt, if it was reached
 */
export function faultOf(thrown: unknown, request: HttpRequest, lateAfterMs?: number): Fault {
  if (thrown instanceof Fault) return thrown
  if (thrown instanceof ActionError) return new Fault(thrown, PERMANENT)
  const { purpose, url } = request
  if (lateAfterMs !== undefined) {
    const seconds = (lateAfterMs / 1000).toFixed(1)
    const failure = new ActionError('TIMED_OUT', `${purpose}: no whole answer of ${url.host} within ${seconds} s.`)
    return new Fault(failure, { transient: true })
  }
  const fault = proxyFault(thrown instanceof Error ? thrown.message : '', request)
  if (fault !== undefined) return fault
  const code = systemCode(thrown) || 'without a code'
  if (TLS_CODE.test(code)) {
    return new Fault(
      new ActionError('TLS_FAILED', `${purpose}: no secure connection to ${url.host} (${code}).`),
      PERMANENT,
    )
  }
  if (code === 'ENOTFOUND') {
    return new Fault(new ActionError('HOST_NOT_FOUND', `${purpose}: there is no ${url.hostname} (${code}).`), PERMANENT)
  }
  if (code.startsWith('HPE_')) {
    const failure = new ActionError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is not HTTP (${code}).`)
    return new Fault(failure, PERMANENT)
  }
  const failure = new ActionError('NETWORK_FAILED', `${purpose}: no answer of ${url.host} (${code}).`)
  return new Fault(failure, { transient: TRANSIENT_CODES.has(code) })
}
