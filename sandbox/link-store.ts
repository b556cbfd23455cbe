import { randomUUID } from 'node:crypto'
import { systemClock } from './clock.ts'
import { type Answer, type ReceivedRequest, type SandboxServer, serve, type TlsIdentity } from './http-server.ts'

export interface LinkStoreOptions {
  /** The name of its links, which a proxy leads to it: `store.example`. */
  readonly name: string
  readonly tls: TlsIdentity
  /** How long a link lives. */
  readonly seconds?: number | undefined
  /** What a link wants to be asked with. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How fast a connection is; as fast as it can be unless given. It is read at each request. */
  readonly speed?: { bytesPerSecond?: number | undefined }
  /** Epoch seconds, with fractions. */
  readonly now?: () => number
}

/** What the Statement Execution API tells of a link. */
export interface PublishedLink {
  readonly external_link: string
  readonly expiration: string
  readonly http_headers: Readonly<Record<string, string>>
}

export interface LinkStore extends Pick<SandboxServer, 'requests' | 'port' | 'close'> {
  readonly server: SandboxServer
  publish(rows: string | Buffer): PublishedLink
  /** Every link so far, in order. */
  readonly links: readonly PublishedLink[]
  /** Ends all links that there are. */
  expire(): void
  /** Keeps its links and requests as they are now; the function that comes back makes them so again. */
  remember(): () => void
}

interface Kept {
  readonly rows: string | Buffer
  endsAt: number
}

/**
 * Cloud storage over TLS, with links that end, as that of S3, Azure and Google: whoever has the link may read, and
 * whoever comes with credentials of another kind is turned away. A refusal quotes what was asked, signature and all.
 */
export async function startLinkStore(options: LinkStoreOptions): Promise<LinkStore> {
  const { name, tls, seconds = 900, headers = {}, speed = {}, now = () => Date.now() / 1000 } = options
  const kept = new Map<string, Kept>()
  const links: PublishedLink[] = []

  function answer({ path, headers: sent, method }: ReceivedRequest): Answer {
    const refuse = (status: number, code: string): Answer => ({
      status,
      headers: { 'content-type': 'application/xml' },
      text: `<Error><Code>${code}</Code><CanonicalRequest>${method} ${path}</CanonicalRequest></Error>`,
    })
    const found = kept.get(path)
    if (found === undefined) return refuse(403, 'SignatureDoesNotMatch')
    if (sent.authorization !== undefined || sent.cookie !== undefined) return refuse(400, 'InvalidArgument')
    if (Object.entries(headers).some(([own, value]) => sent[own] !== value)) return refuse(403, 'AccessDenied')
    if (found.endsAt <= now()) return refuse(403, 'AccessDenied')
    const bytes = typeof found.rows === 'string' ? Buffer.from(found.rows) : found.rows
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, bytes, ...speed }
  }

  const server = await serve(answer, { tls })
  return {
    server,
    requests: server.requests,
    port: server.port,
    close: server.close,
    links,
    publish(rows) {
      const path = `/results/${randomUUID()}?X-Amz-Signature=${randomUUID().replaceAll('-', '')}`
      const endsAt = now() + seconds
      kept.set(path, { rows, endsAt })
      const expiration = new Date(endsAt * 1000).toISOString()
      const link = { external_link: `https://${name}${path}`, expiration, http_headers: headers }
      links.push(link)
      return link
    },
    expire() {
      for (const one of kept.values()) one.endsAt = Math.min(one.endsAt, systemClock() - 1)
    },
    remember() {
      const [asked, published] = [server.requests.length, links.length]
      const before = [...kept].map(([path, one]) => [path, { ...one }] as const)
      return () => {
        kept.clear()
        for (const [path, one] of before) kept.set(path, { ...one })
        server.requests.length = asked
        server.before = undefined
        links.length = published
      }
    },
  }
}
