import { echo, type Fault, misbehaving } from './fault.ts'

// As OAuth and Databricks put it, with everything that was sent in it.
const answering = (status: number, name = String(status), retryAfter?: () => string, timeoutSeconds?: number): Fault =>
  misbehaving(
    name,
    (response, situation) => {
      const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter() }
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ error: 'sandbox', error_description: echo(situation) }))
    },
    timeoutSeconds === undefined ? {} : { timeoutSeconds },
  )

// A date has no fractions of a second: this one is less than a second away.
const soon = (): string => new Date(Date.now() + 1000).toUTCString()

const redirects = [301, 302, 303, 307, 308]
const redirecting = (status: number): Fault =>
  misbehaving(
    `${status} to another host`,
    (response, { elsewhere }) => {
      const location = `http://localhost:${elsewhere.port}/oidc/v1/token?code=secret-of-the-redirect`
      response.writeHead(status, { location }).end()
    },
    { row: `${redirects.join(', ')} to another host` },
  )

/** Answers that say no, each with a body that repeats what was sent. */
export const statusFaults: readonly Fault[] = [
  ...[400, 401, 403, 404, 408].map((status) => answering(status)),
  answering(429, '429', undefined, 1),
  answering(429, '429, Retry-After: 1', () => '1', 3),
  answering(429, '429, Retry-After: a date', soon, 3),
  answering(429, '429, Retry-After: an hour', () => '3600'),
  ...[500, 502, 503, 504].map((status) => answering(status)),
  answering(503, '503, Retry-After: an hour', () => '3600'),
  ...redirects.map(redirecting),
]
