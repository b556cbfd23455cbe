import { type AddressInfo, createServer, connect as open, type Server, type Socket } from 'node:net'
import { createSecureContext, createServer as createTlsServer, setDefaultCACertificates, TLSSocket } from 'node:tls'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type Answer, type Interceptor, type ReceivedRequest, serve } from '../../sandbox/http-server.ts'

/** What arrived over one connection, at the name that the client asked for. */
export interface Arrival {
  /** `https://<name>` as the certificate says it, the origin on loopback, or `proxy`: in clear at the proxy. */
  readonly place: string
  /** Every byte, decrypted, as Latin-1. */
  bytes: string
}

export interface Internet {
  /** For `https_proxy` and `http_proxy`. */
  readonly proxy: string
  /** `http://127.0.0.1:<port>`: the same servers, without TLS. */
  readonly loopback: string
  /** Method and URL of each request, in order. */
  readonly requests: string[]
  readonly arrivals: Arrival[]
  /** Targets of CONNECT, `name:port`, in order. */
  readonly connects: () => string[]
  close(): Promise<void>
}

/** Answers for every name; `before` may take over, as in a sandbox server. */
export interface World {
  answer: (origin: string, request: ReceivedRequest) => Answer | Promise<Answer>
  before?: (origin: string, ...taken: Parameters<Interceptor>) => boolean
  /** The name that the certificate is for; that of the request by default. */
  certifiedName?: (name: string) => string
}

/**
 * Everything outside of this machine: any name and port leads to one server on loopback, through a CONNECT proxy and
 * with a certificate for that name, and every byte that arrives is kept. This process trusts the certificates.
 */
export async function startInternet(world: World): Promise<Internet> {
  const authority = await createAuthority()
  setDefaultCACertificates([authority.certificate])
  const requests: string[] = []
  const arrivals: Arrival[] = []

  async function serveAs(scheme: 'http' | 'https') {
    const answer = (request: ReceivedRequest) => {
      requests.push(`${request.method} ${scheme}://${request.host}${request.path}`)
      return world.answer(`${scheme}://${request.host}`, request)
    }
    const server = await serve(answer)
    server.before = (raw, response) => {
      const origin = `${scheme}://${raw.headers.host}`
      const taken = world.before?.(origin, raw, response) ?? false
      if (taken) requests.push(`${raw.method} ${origin}${raw.url}`)
      return taken
    }
    return server
  }

  const [secure, plain] = await Promise.all([serveAs('https'), serveAs('http')])
  const contexts = new Map<string, Promise<ReturnType<typeof createSecureContext>>>()
  const contextFor = (name: string) => {
    const known = contexts.get(name) ?? authority.issue(world.certifiedName?.(name) ?? name).then(createSecureContext)
    contexts.set(name, known)
    return known
  }
  const tls = createTlsServer({
    SNICallback: (name, done) => {
      contextFor(name).then((context) => done(null, context), done)
    },
  })
  const tlsPort = await listen(tls)
  const routes = new Proxy<Record<string, number>>({}, { get: () => tlsPort })
  const proxy = await startConnectProxy({ routes })
  const [loopbackTap, proxyTap] = [createServer(), createServer()]
  const loopback = `http://127.0.0.1:${await listen(loopbackTap)}`
  const proxyUrl = `http://127.0.0.1:${await listen(proxyTap)}`
  const keep = (place: string): Arrival => {
    const arrival = { place, bytes: '' }
    arrivals.push(arrival)
    return arrival
  }
  const nameOf = (client: Socket) => (client instanceof TLSSocket ? client.servername : '')
  const taps = [
    tap(tls, 'secureConnection', secure.port, (client) => keep(`https://${nameOf(client)}`)),
    tap(loopbackTap, 'connection', plain.port, () => keep(loopback)),
    tap(proxyTap, 'connection', proxy.port, () => keep('proxy')),
  ]

  return {
    proxy: proxyUrl,
    loopback,
    requests,
    arrivals,
    connects: () => proxy.connects.map(({ target }) => target),
    async close() {
      for (const end of taps) end()
      await Promise.all([secure.close(), plain.close(), proxy.close()])
    },
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

// Stands before a server, keeps what comes, and hands it on.
function tap(server: Server, event: string, port: number, keep: (client: Socket) => Arrival): () => void {
  const sockets = new Set<Socket>()
  server.on(event, (client: Socket) => {
    const arrival = keep(client)
    const behind = open(port, '127.0.0.1')
    client.on('data', (chunk: Buffer) => {
      arrival.bytes += chunk.toString('latin1')
    })
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      // An end in order is handed on by the pipe.
      one.once('close', () => {
        if (!one.readableEnded) other.destroy()
      })
    }
  })
  server.on('tlsClientError', () => undefined)
  return () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
}
