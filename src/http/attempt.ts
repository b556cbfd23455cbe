import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { HttpClient } from '@actions/http-client'
import { LoginError } from '../errors.ts'
import { readBody, refuseRedirect } from './answer.ts'
import { checkProxy } from './proxy.ts'
import type { HttpAnswer, HttpRequest } from './request.ts'
import { isTransientStatus, type Outcome, parseRetryAfter } from './retry.ts'

/** What this file knows of the agent with which @actions/http-client tunnels through a proxy. */
interface TunnelAgent extends Agent {
  proxyOptions: RequestOptions & { proxyAuth?: string }
  request: (options: RequestOptions) => ClientRequest
}

const isTunnelAgent = (agent: RequestOptions['agent']): agent is TunnelAgent =>
  typeof agent === 'object' && 'proxyOptions' in agent

// Its CONNECT would outlive the attempt, and its credentials are encoded with a Buffer call that Node reports on
// stderr as deprecated.
function prepareTunnel(agent: TunnelAgent, signal: AbortSignal): void {
  const { proxyAuth, ...proxy } = agent.proxyOptions
  agent.proxyOptions = { ...proxy, signal }
  if (proxyAuth === undefined) return
  const connect = agent.request
  const credentials = { 'proxy-authorization': `Basic ${Buffer.from(proxyAuth).toString('base64')}` }
  agent.request = (options) => connect({ ...options, headers: { ...options.headers, ...credentials } })
}

// The library has no way to cancel a request, but lets a handler see the options of Node's own request.
const cancelledBy = (signal: AbortSignal) => ({
  prepareRequest: (options: RequestOptions): void => {
    options.signal = signal
    // It hands on an IPv6 address as URLs write it, which Node takes for a name.
    options.host = options.host?.replace(/^\[(.*)\]$/, '$1')
    if (isTunnelAgent(options.agent)) prepareTunnel(options.agent, signal)
  },
  canHandleAuthentication: () => false,
  handleAuthentication: () => Promise.reject(new Error('not offered')),
})

async function unavailable(message: IncomingMessage, request: HttpRequest): Promise<Outcome<HttpAnswer>> {
  const status = message.statusCode ?? 0
  const serverText = await readBody(message, request).catch(() => undefined)
  return {
    failure: new LoginError('SERVER_UNAVAILABLE', `${request.purpose}: ${request.url.host} answered ${status}.`, {
      serverText,
    }),
    status,
    transient: true,
    limited: status === 429,
    retryAfterMs: parseRetryAfter(message.headers['retry-after'], Date.now()),
  }
}

async function exchangeMessages(
  client: HttpClient,
  request: HttpRequest,
  body: string | null,
  signal: AbortSignal,
): Promise<Outcome<HttpAnswer>> {
  const { method, url, headers = {} } = request
  // request() prepares its options before it returns, so this handler sees this request alone.
  client.handlers = [cancelledBy(signal)]
  const { message } = await client.request(method, url.href, body, { accept: 'application/json', ...headers })
  try {
    refuseRedirect(message, request)
    const status = message.statusCode ?? 0
    if (isTransientStatus(status)) return await unavailable(message, request)
    const text = await readBody(message, request)
    const { 'content-type': contentType = '', date } = message.headers
    return { answer: { status, contentType, date, body: text } }
  } finally {
    if (!message.complete) message.destroy()
  }
}

/**
 * Sends a request once and reads its answer. Ends with the signal, whatever the library does: its request never
 * settles when a server switches protocols (101).
 *
 * @throws LoginError REDIRECTED, ANSWER_INVALID, PROXY_FAILED; an Error of Node or of the library; the signal's reason
 */
export async function attempt(
  client: HttpClient,
  request: HttpRequest,
  body: string | null,
  signal: AbortSignal,
): Promise<Outcome<HttpAnswer>> {
  signal.throwIfAborted()
  checkProxy(request)
  const given = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([given, exchangeMessages(client, request, body, signal)])
}
