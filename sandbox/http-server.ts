import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * One request as it arrived. It is recorded when its head has been read; `body` grows until it is complete.
 */
export interface ReceivedRequest {
  readonly method: string
  /** The request target as it was sent: path and query. */
  readonly path: string
  /** `path` on the origin that the client named in its Host header. */
  readonly url: URL
  /** The Host header, '' when there was none. */
  readonly host: string
  readonly headers: IncomingHttpHeaders
  body: string
  /** The body as it was sent, once it is complete: for what is no text. */
  bytes: Buffer
  /** Counts the server's connections from 1: two requests with one number shared a connection. */
  readonly connection: number
}

/** What a handler answers: one of `json`, `text` and `bytes`. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
  readonly bytes?: Buffer
  /** How fast `bytes` are sent; as fast as they are taken unless given. */
  readonly bytesPerSecond?: number | undefined
}

export type Handler = (request: ReceivedRequest) => Answer | Promise<Answer>

/**
 * Stands in front of the handler. It is called when the request has been read and recorded; `true` says that
 * it has taken over, and then the answer, or its absence, is its own affair.
 */
export type Interceptor = (request: IncomingMessage, response: ServerResponse) => boolean

/** A private key and its certificate chain, both PEM. */
export interface TlsIdentity {
  readonly key: string
  readonly cert: string
}

export interface SandboxServer {
  /** `http://127.0.0.1:<port>`, or https with `tls`. */
  readonly origin: string
  readonly port: number
  readonly requests: ReceivedRequest[]
  /** A fault laboratory sets this, at any time. */
  before: Interceptor | undefined
  /** Refuses connections until it is opened again, at the same port; requests under way go on. */
  shut(): void
  open(): Promise<void>
  /** Stops listening and destroys every open socket. */
  close(): Promise<void>
}

const LISTEN_TRIES = 250
const LISTEN_PAUSE_MS = 20

/**
 * Serves `handler` on 127.0.0.1, on a port of the system's choice, and records every request whole.
 * A handler that throws is answered with 500 and its message, so that a test sees what broke.
 */
export async function serve(
  handler: Handler,
  options: { tls?: TlsIdentity | undefined; before?: Interceptor | undefined } = {},
): Promise<SandboxServer> {
  const requests: ReceivedRequest[] = []
  const sockets = new Set<Socket>()
  const numberOf = connectionNumbers()

  const onRequest = async (raw: IncomingMessage, response: ServerResponse) => {
    const received = describe(raw, numberOf(raw.socket), server.origin)
    requests.push(received)
    await readBody(raw, received)
    if (server.before?.(raw, response)) return
    write(response, await handler(received))
  }
  const listener = (raw: IncomingMessage, response: ServerResponse) => {
    onRequest(raw, response).catch((error) => {
      if (!response.headersSent) write(response, { status: 500, text: `sandbox: ${error}` })
      else response.destroy()
    })
  }

  const node = options.tls ? createTlsServer(options.tls, listener) : createServer(listener)
  // As a load balancer has it. After Node's five seconds a client that paused finds its connection closed.
  node.keepAliveTimeout = 60_000
  node.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = async (at: number) => {
    node.listen(at, '127.0.0.1')
    await once(node, 'listening')
  }
  // The port was given up for a moment, in which any connection of this machine may have taken it.
  const listenAgain = async () => {
    for (let tries = 1; !node.listening; tries++) {
      await listen(port).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE' || tries === LISTEN_TRIES) throw error
        await sleep(LISTEN_PAUSE_MS)
      })
    }
  }
  await listen(0)
  const { port } = node.address() as AddressInfo

  const server: SandboxServer = {
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    before: options.before,
    shut: () => {
      node.close()
    },
    open: listenAgain,
    close: () =>
      new Promise((resolve) => {
        node.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return server
}

function connectionNumbers() {
  const numbers = new WeakMap<Socket, number>()
  let last = 0
  return (socket: Socket): number => {
    const number = numbers.get(socket) ?? ++last
    numbers.set(socket, number)
    return number
  }
}

function describe(raw: IncomingMessage, connection: number, origin: string): ReceivedRequest {
  const path = raw.url ?? '/'
  const host = raw.headers.host ?? ''
  const scheme = new URL(origin).protocol
  const base = host && URL.canParse(`${scheme}//${host}`) ? `${scheme}//${host}` : origin
  const url = new URL(path.startsWith('/') ? base + path : base)
  return {
    method: raw.method ?? '',
    path,
    url,
    host,
    headers: raw.headers,
    body: '',
    bytes: Buffer.alloc(0),
    connection,
  }
}

async function readBody(raw: IncomingMessage, received: ReceivedRequest): Promise<void> {
  const decoder = new StringDecoder('utf8')
  const chunks: Buffer[] = []
  for await (const chunk of raw) {
    chunks.push(chunk)
    received.body += decoder.write(chunk)
  }
  received.bytes = Buffer.concat(chunks)
}

function write(response: ServerResponse, answer: Answer): void {
  const isJson = answer.json !== undefined
  const body = isJson ? JSON.stringify(answer.json) : (answer.bytes ?? answer.text ?? '')
  const type = isJson ? 'application/json' : answer.bytes ? 'application/octet-stream' : 'text/plain; charset=utf-8'
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...answer.headers,
  })
  if (typeof body === 'string' || body.length <= PIECE_BYTES) response.end(body)
  else Readable.from(paced(piecesOf(body), answer.bytesPerSecond)).pipe(response)
}

const PIECE_BYTES = 256 * 1024

// As a store sends it. One write would encrypt all of it before the first byte leaves.
function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES)
}

// Timers are late, so that what was lost in them may be made up for.
const MADE_UP_MS = 20

async function* slowed(pieces: Iterable<Buffer>, bytesPerSecond: number): AsyncGenerator<Buffer> {
  let dueAt = performance.now()
  for (const piece of pieces) {
    const now = performance.now()
    if (dueAt > now) await sleep(dueAt - now)
    dueAt = Math.max(dueAt, now - MADE_UP_MS) + (piece.length / bytesPerSecond) * 1000
    yield piece
  }
}

const paced = (pieces: Iterable<Buffer>, bytesPerSecond: number | undefined) =>
  bytesPerSecond === undefined ? pieces : slowed(pieces, bytesPerSecond)
