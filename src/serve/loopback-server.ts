import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { equalsSecret } from './secret.ts'

export interface Answer {
  status: number
  /** Sent as JSON. */
  body: object
  /** Beside those that every answer has. */
  headers?: Record<string, string>
}

/** What is served at one path. */
export interface Route {
  method: 'GET' | 'POST'
  /** A secret: it is compared as one. */
  path: string
  answer: (request: IncomingMessage, body: string) => Answer | Promise<Answer>
}

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  origin: string
  /** Until this is called there is nothing at any path. */
  serve: (routes: readonly Route[]) => void
  close: () => void
}

// Few enough for a process that may open only 64 files. A client that sends its request at once is not affected by it.
const MAX_WAITING = 24
const REQUEST_MS = 10_000
const MAX_BODY_BYTES = 8192
const TIMEOUTS = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 2_000 }

/** A header that was sent once; otherwise the empty string. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

// A page in a browser on this machine could reach the port under a name of its own (DNS rebinding).
const isLoopbackName = (host: string, port: string): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase())

/** An answer that says why there is none. */
export const refusal = (status: number, error: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: { error },
})

// A request is read to its end, whatever its size. Stopping early would close the connection before the refusal is sent.
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined
}

async function answerTo(request: IncomingMessage, routes: readonly Route[], port: string): Promise<Answer> {
  if (!isLoopbackName(headerOf(request, 'host'), port)) return refusal(421, 'This service answers on loopback alone.')
  const route = routes.find(({ path }) => equalsSecret(request.url ?? '', path))
  if (route === undefined) return refusal(404, 'There is nothing at this path.')
  const { method } = route
  if (request.method !== method) return refusal(405, `This path answers ${method} alone.`, { allow: method })
  const body = await bodyOf(request)
  return body === undefined ? refusal(413, 'This request is too large.') : route.answer(request, body)
}

async function respond(request: IncomingMessage, response: ServerResponse, answer: Promise<Answer>): Promise<void> {
  const { status, body, headers } = await answer
  request.resume()
  // A client asks once in several minutes, so no connection stays open in between.
  const always = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' }
  response.writeHead(status, { ...always, ...headers })
  response.end(JSON.stringify(body))
}

// If there are too many connections, the oldest one without a request is closed. So idle connections keep nobody out.
function boundWaiting(server: Server): void {
  const waiting = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
    const [oldest] = waiting
    if (waiting.size <= MAX_WAITING || oldest === undefined) return
    waiting.delete(oldest)
    oldest.destroy()
  })
  server.on('request', (request: IncomingMessage) => {
    request.once('end', () => waiting.delete(request.socket))
  })
}

/** Listens on 127.0.0.1, on a port of the system's choice, for requests that name loopback as their host. */
export async function listenOnLoopback(): Promise<LoopbackServer> {
  let routes: readonly Route[] = []
  const server = createServer(TIMEOUTS)
  boundWaiting(server)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const port = String((server.address() as AddressInfo).port)
    // The client has gone away, or a route has a defect. The connection is closed, and the program goes on.
    respond(request, response, answerTo(request, routes, port)).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given) => {
      routes = given
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
