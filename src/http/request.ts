import type { ActionError } from '../errors.ts'

/** An attempt that has no answer to work with. */
export interface FailedAttempt {
  failure: ActionError
  /** Whether a byte of the request may have left: not before there is a connection, secured where it has to be. */
  sent: boolean
  /** Of the answer, if there was one. */
  status: number | undefined
  /** Milliseconds that the server asked to wait, or 0. */
  retryAfterMs: number
}

/** One request to a server. */
export interface HttpRequest {
  /** What the request is for, as log and errors call it: "Token exchange". */
  purpose: string
  method: 'GET' | 'POST'
  url: URL
  headers?: Record<string, string>
  body?: string
  /** Bytes of an answer, at most; 1 MiB unless given. */
  maxBodyBytes?: number
  /** Told of each attempt that failed; false ends the attempts. For what must not be done twice. */
  mayRepeat?: (attempt: FailedAttempt) => boolean
}

/** A whole answer to a request, of any status but 3xx and those that stand for a transient fault. */
export interface HttpAnswer<Request extends HttpRequest = HttpRequest> {
  /** The request as it was last sent. */
  request: Request
  status: number
  contentType: string
  /** The header Date, as the server sent it. */
  date?: string | undefined
  body: string
}

/**
 * Sends a request, with retries.
 *
 * @param make makes the request anew for each attempt, so that a retry does not send a token that is about to expire
 * @param withinSeconds time for the request with its retries, if that is less than is left altogether
 * @throws ActionError SERVER_UNAVAILABLE (a transient fault, to the end), NETWORK_FAILED, HOST_NOT_FOUND, TIMED_OUT,
 *   TLS_FAILED, PROXY_FAILED, REDIRECTED, ANSWER_INVALID; whatever `make` throws
 */
export type Send = <Request extends HttpRequest>(
  make: () => Request | Promise<Request>,
  withinSeconds?: number,
) => Promise<HttpAnswer<Request>>
