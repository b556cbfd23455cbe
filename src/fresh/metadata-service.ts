import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { KeptToken } from './kept.ts'
import { toldExpiry } from './lifetime.ts'

/** A running service: the address for DATABRICKS_METADATA_SERVICE_URL. */
export interface MetadataService {
  url: string
  close: () => void
}

interface ServiceOptions {
  /** Name of the host that the tokens are for, without port. */
  hostname: string
  /** A token that clients can use, or undefined if there is none at this time. */
  token: () => Promise<KeptToken | undefined>
  /** Seconds since 1970. */
  now: () => number
}

type Refusal = readonly [status: number, reason: string]

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

// Clients name the host as they have it: with or without scheme and port, which the JavaScript SDK drops.
function hostnameIn(header: string): string | undefined {
  const url = URL.parse(header.includes('://') ? header : `https://${header}`)
  return url?.hostname.replace(/\.$/, '')
}

const headerOf = ({ headers }: IncomingMessage, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

// A page in a browser on this machine could reach the port under a name of its own (DNS rebinding).
const isLoopbackName = (host: string, port: number): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase())

function refusalOf(request: IncomingMessage, path: string, port: number, hostname: string): Refusal | undefined {
  if (!isLoopbackName(headerOf(request, 'host'), port)) return [421, 'This service answers on loopback alone.']
  if (!timingSafeEqual(digest(request.url ?? ''), digest(path))) return [404, 'There is nothing at this path.']
  if (request.method !== 'GET') return [405, 'This service answers GET alone.']
  if (headerOf(request, 'x-databricks-metadata-version') !== '1') {
    return [400, 'X-Databricks-Metadata-Version has to be 1.']
  }
  if (hostnameIn(headerOf(request, 'x-databricks-host')) !== hostname) {
    return [403, `This login is for ${hostname} alone.`]
  }
  return undefined
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** The answer to a client (SDK for Go, config/auth_metadata_service.go): whole seconds, which every SDK reads. */
function answerFor(token: KeptToken, now: number) {
  // Never in the past: a client would take a token that it can still use for one that has ended.
  const expiresOn = Math.max(toldExpiry(token), Math.floor(now) + 5)
  return { access_token: token.accessToken, token_type: 'Bearer', expires_on: expiresOn }
}

/** Serves the SDKs' metadata-service protocol on 127.0.0.1, on a port of the system's choice and a secret path. */
export async function startMetadataService({ hostname, token, now }: ServiceOptions): Promise<MetadataService> {
  const path = `/${randomBytes(16).toString('hex')}/token`
  let port = 0
  const server = createServer(async (request, response) => {
    request.resume()
    const [status, message] = refusalOf(request, path, port, hostname) ?? []
    if (status !== undefined) {
      send(response, status, { error: message })
      return
    }
    const current = await token()
    if (current === undefined) send(response, 503, { error: 'There is no valid token at this time.' })
    else send(response, 200, answerFor(current, now()))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address === 'object' && address !== null) port = address.port
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
