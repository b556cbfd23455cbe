import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Routes } from './issuer-keys.ts'

/**
 * `serve`: as a proxy should. `deny`: every CONNECT is answered with 407. `refuse`: with 502. `die`: the connection ends in
 * place of an answer. `cut`: the tunnel is opened, and ends with the first bytes through it. `hang`: never an
 * answer.
 */
export type ProxyBehaviour = 'serve' | 'deny' | 'refuse' | 'die' | 'cut' | 'hang'

export interface ProxyOptions {
  /**
   * Where each `name:port` leads; any other target is answered with 502. The object is read at each CONNECT.
   */
  readonly routes: Routes
  /** Basic credentials that it wants (RFC 7617); without them it answers 407. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined
}

/** One CONNECT that was asked for. */
export interface ConnectAttempt {
  /** As it was sent: `name:port`. */
  readonly target: string
  /** The Proxy-Authorization header. */
  readonly authorization: string | undefined
  /** Undefined when there was no answer. */
  readonly status: number | undefined
}

export interface ConnectProxy {
  /** For `HTTPS_PROXY`: with the credentials in it, if it wants some. */
  readonly url: string
  readonly port: number
  readonly connects: ConnectAttempt[]
  /** A fault laboratory sets this, at any time; a function is asked once for each CONNECT. */
  behaviour: ProxyBehaviour | ((target: string) => ProxyBehaviour)
  /** Remembers how many CONNECTs there were, and how it behaves; what it gives brings that back. */
  remember(): () => void
  close(): Promise<void>
}

const statusTexts: Readonly<Record<number, string>> = {
  200: 'Connection Established',
  407: 'Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="sandbox"',
  502: 'Bad Gateway',
}

/** A proxy on loopback that tunnels (CONNECT, RFC 9110 section 9.3.6) to loopback, under any names. */
export async function startConnectProxy({ routes, credentials }: ProxyOptions): Promise<ConnectProxy> {
  const connects: ConnectAttempt[] = []
  const sockets = new Set<Duplex>()
  const keep = <T extends Duplex>(socket: T): T => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    return socket
  }
  const login = credentials && `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}`
  const wanted = credentials && basic(`${credentials.user}:${credentials.password}`)

  const statusFor = (
    behaviour: ProxyBehaviour,
    target: string,
    authorization: string | undefined,
  ): number | undefined => {
    if (behaviour === 'die' || behaviour === 'hang') return undefined
    if (behaviour === 'deny' || (wanted !== undefined && authorization !== wanted)) return 407
    return behaviour === 'refuse' || routes[target] === undefined ? 502 : 200
  }

  const node = createServer((_request, response) => response.writeHead(405).end())
  node.on('connection', keep)
  node.on('connect', ({ url: target = '', headers }, client: Socket, head: Buffer) => {
    const authorization = headers['proxy-authorization']
    const behaviour = typeof proxy.behaviour === 'function' ? proxy.behaviour(target) : proxy.behaviour
    const status = statusFor(behaviour, target, authorization)
    connects.push({ target, authorization, status })
    if (status === undefined) return behaviour === 'die' ? client.destroy() : undefined
    const answer = `HTTP/1.1 ${status} ${statusTexts[status]}\r\n`
    if (status !== 200) return client.end(`${answer}Content-Length: 0\r\nConnection: close\r\n\r\n`)
    client.write(`${answer}\r\n`)
    if (behaviour === 'cut') return client.once('data', () => client.destroy())
    return joinSockets(client, keep(connect(routes[target] ?? 0, '127.0.0.1')), head)
  })
  await new Promise<void>((resolve, reject) => {
    node.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const { port } = node.address() as AddressInfo

  const proxy: ConnectProxy = {
    url: `http://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`,
    port,
    connects,
    behaviour: 'serve',
    remember: () => {
      const [asked, behaviour] = [connects.length, proxy.behaviour]
      return () => {
        connects.length = asked
        proxy.behaviour = behaviour
      }
    },
    close: () =>
      new Promise((resolve) => {
        node.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return proxy
}

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`

function joinSockets(client: Socket, server: Socket, head: Buffer): void {
  server.write(head)
  server.pipe(client).pipe(server)
  client.once('close', () => server.destroy())
  server.once('close', () => client.destroy())
}
