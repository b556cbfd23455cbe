import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { StringDecoder } from 'node:string_decoder'
import { TLSSocket } from 'node:tls'
import { ActionError } from '../errors.ts'
import { printable } from '../text.ts'
import { type Client, isTunnelAgent, requestFor, type TunnelAgent } from './client.ts'
import { Fault } from './fault.ts'
import type { HttpAnswer, HttpRequest } from './request.ts'
import { isRetryable, outcomeOf } from './status.ts'

// The agent's CONNECT request would outlive the attempt, so it gets the signal. The agent encodes credentials by a Buffer
// call that Node reports on stderr as deprecated, so they are encoded here.
function prepareTunnel(agent: TunnelAgent, signal: AbortSignal): void {
  const { proxyAuth, ...proxy } = agent.proxyOptions
  agent.proxyOptions = { ...proxy, signal }
  if (proxyAuth === undefined) return
  const connect = agent.request
  const credentials = { 'proxy-authorization': `Basic ${Buffer.from(proxyAuth).toString('base64')}` }
  agent.request = (options) => connect({ ...options, headers: { ...options.headers, ...credentials } })
}

/** What steers one attempt, and is told of it. */
export interface AttemptEffects {
  signal: AbortSignal
  /** Told before the first byte of the request leaves. */
  sending: () => void
}

// A new socket is given the request before it is connected, so the first byte leaves when it is.
function watchSocket(request: ClientRequest, sending: () => void): void {
  request.once('socket', (socket) => {
    const isSecured = socket instanceof TLSSocket
    if (request.reusedSocket || !(isSecured || socket.connecting)) sending()
    else socket.once(isSecured ? 'secureConnect' : 'connect', sending)
  })
}

const MIB = 1024 * 1024

function refuseCompressed({ headers }: IncomingMessage, { purpose, url }: HttpRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() === 'identity') return
  throw new ActionError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is compressed, unasked.`)
}

async function readBody(message: IncomingMessage, request: HttpRequest): Promise<string> {
  const { purpose, url, maxBodyBytes = MIB } = request
  refuseCompressed(message, request)
  // The text grows chunk by chunk: joining all bytes first would hold a large body in memory twice.
  const decoder = new StringDecoder('utf8')
  let text = ''
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > maxBodyBytes) {
      const limit = `${maxBodyBytes / MIB} MiB`
      throw new ActionError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is larger than ${limit}.`)
    }
    text += decoder.write(chunk)
  }
  return text + decoder.end()
}

// The error names the host of the target alone, since the rest of its address may hold secrets.
function redirected(status: number, { headers }: IncomingMessage, { purpose, url }: HttpRequest): ActionError {
  // An empty address would resolve to that of the request itself.
  const target = (headers.location && URL.parse(headers.location, url.href)?.hostname) || 'nowhere readable'
  return new ActionError(
    'REDIRECTED',
    `${purpose}: ${url.host} answered ${status}, a redirect to ${printable(target)}. It was not followed.`,
  )
}

/** Reads Retry-After: seconds or a date (RFC 9110, section 10.2.3), as milliseconds from `now`, also milliseconds. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

async function unavailable(status: number, message: IncomingMessage, request: HttpRequest): Promise<Fault> {
  const serverText = await readBody(message, request).catch(() => undefined)
  const happened = `${request.purpose}: ${request.url.host} answered ${status}.`
  return new Fault(new ActionError('SERVER_UNAVAILABLE', happened, { serverText }), {
    transient: true,
    status,
    limited: outcomeOf(status) === 'limited',
    retryAfterMs: parseRetryAfter(message.headers['retry-after'], Date.now()),
  })
}

function optionsOf({ method, url, headers, body }: HttpRequest, { userAgent }: Client): RequestOptions {
  return {
    method,
    // Node takes the brackets that a URL has around an IPv6 address for a part of a name.
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: url.pathname + url.search,
    headers: {
      accept: 'application/json',
      ...headers,
      'user-agent': userAgent,
      ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    },
  }
}

async function sendMessage(client: Client, request: HttpRequest, { signal, sending }: AttemptEffects) {
  const agent = await client.agentFor(request)
  // From here on nothing may be waited for until the request is sent: others use the same agent, with signals of their own.
  if (isTunnelAgent(agent)) prepareTunnel(agent, signal)
  const options = { ...optionsOf(request, client), agent, signal }
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = requestFor(request.url)(options, resolve)
    sent.on('error', reject)
    watchSocket(sent, sending)
    sent.end(request.body)
  })
  const { statusCode: status = 0 } = message
  return { message, status }
}

async function exchangeMessages<Request extends HttpRequest>(
  client: Client,
  request: Request,
  effects: AttemptEffects,
): Promise<HttpAnswer<Request>> {
  const { message, status } = await sendMessage(client, request, effects)
  try {
    if (outcomeOf(status) === 'redirect') throw redirected(status, message, request)
    if (isRetryable(status)) throw await unavailable(status, message, request)
    const { 'content-type': contentType = '', date } = message.headers
    return { request, status, contentType, date, body: await readBody(message, request) }
  } finally {
    // This ends an answer that was refused unread. After one that was read to its end it does nothing.
    message.destroy()
  }
}

/**
 * Sends a request once and reads its answer. Ends with the signal, whatever Node does: its request never
 * settles when a server switches protocols (101).
 *
 * @throws Fault of a status that may pass; ActionError REDIRECTED, ANSWER_INVALID (compressed, too large),
 *   PROXY_FAILED; an Error of Node or of the library; the signal's reason. `faultOf` turns each into a Fault
 */
export async function attempt<Request extends HttpRequest>(
  client: Client,
  request: Request,
  effects: AttemptEffects,
): Promise<HttpAnswer<Request>> {
  return unlessAborted(effects, () => exchangeMessages(client, request, effects))
}

function unlessAborted<Result>({ signal }: AttemptEffects, work: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted()
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  return Promise.race([aborted, work()])
}

/**
 * Sends a request once, and gives its answer as soon as it begins; the body is read, or destroyed, by whoever asked.
 *
 * @throws as attempt does
 */
export async function attemptToOpen(
  client: Client,
  request: HttpRequest,
  effects: AttemptEffects,
): Promise<{ message: IncomingMessage; status: number }> {
  return unlessAborted(effects, async () => {
    const { message, status } = await sendMessage(client, request, effects)
    try {
      if (outcomeOf(status) === 'redirect') throw redirected(status, message, request)
      refuseCompressed(message, request)
      return { message, status }
    } catch (thrown) {
      message.destroy()
      throw thrown
    }
  })
}
