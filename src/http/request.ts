/** One request to a server. */
export interface HttpRequest {
  /** What the request is for, as log and errors call it: "token exchange". */
  purpose: string
  method: 'GET' | 'POST'
  url: URL
  headers?: Record<string, string>
  /** Made anew for each attempt, so that a retry does not send a token that is about to expire. */
  body?: () => Promise<string>
  /** Seconds that this request may take with its retries, if that is less than the login has left. */
  withinSeconds?: number
}

/** A whole answer, of any status but 3xx and those that stand for a passing fault. */
export interface HttpAnswer {
  status: number
  contentType: string
  /** The header Date, as the server sent it. */
  date?: string | undefined
  body: string
}

/**
 * Sends a request, with retries.
 *
 * @throws LoginError SERVER_UNAVAILABLE (408, 429, 500, 502, 503 or 504 to the end), NETWORK_FAILED, TIMED_OUT,
 *   TLS_FAILED, PROXY_FAILED, REDIRECTED, ANSWER_INVALID
 */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>
