import { LoginError, systemCode } from '../errors.ts'
import type { HttpRequest } from './request.ts'
import { type Fault, isTransientStatus } from './retry.ts'

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

// The library reports every failure of a tunnel as a reset; its text tells what the proxy answered, or why not.
function proxyFault(message: string, { purpose, url }: HttpRequest): Fault | undefined {
  if (!/^(tunneling socket could not|got illegal response body from proxy)/.test(message)) return undefined
  const proxy = `the proxy on the way to ${url.host}`
  if (/cause=.*(certificate|altnames)/i.test(message)) {
    return {
      failure: new LoginError('TLS_FAILED', `${purpose}: no secure connection to ${proxy}.`),
      transient: false,
    }
  }
  const status = /statusCode=(\d{3})/.exec(message)?.[1]
  const answer = status === undefined ? 'cannot be reached or broke off' : `answered ${status}`
  return {
    failure: new LoginError('PROXY_FAILED', `${purpose}: ${proxy} ${answer}.`),
    transient: status === undefined || isTransientStatus(Number(status)),
  }
}

/**
 * Tells a failure of the transport from what Node and the library throw. No text of the thrown error is kept: it may
 * hold an address with credentials.
 *
 * @param lateAfterMs the limit of the attempt, if it was reached
 */
export function transportFault(thrown: unknown, request: HttpRequest, lateAfterMs?: number): Fault {
  const { purpose, url } = request
  if (thrown instanceof LoginError) return { failure: thrown, transient: false }
  if (lateAfterMs !== undefined) {
    const seconds = (lateAfterMs / 1000).toFixed(1)
    const failure = new LoginError('TIMED_OUT', `${purpose}: no whole answer of ${url.host} within ${seconds} s.`)
    return { failure, transient: true }
  }
  const fault = proxyFault(thrown instanceof Error ? thrown.message : '', request)
  if (fault !== undefined) return fault
  const code = systemCode(thrown) ?? 'without a code'
  if (TLS_CODE.test(code)) {
    const failure = new LoginError('TLS_FAILED', `${purpose}: no secure connection to ${url.host} (${code}).`)
    return { failure, transient: false }
  }
  if (code.startsWith('HPE_')) {
    const failure = new LoginError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is not HTTP (${code}).`)
    return { failure, transient: false }
  }
  const failure = new LoginError('NETWORK_FAILED', `${purpose}: no answer of ${url.host} (${code}).`)
  return { failure, transient: TRANSIENT_CODES.has(code) }
}
