import { Agent, request } from 'node:https'
import { later } from '../sandbox/support.ts'

export interface Sent {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface Received {
  readonly status: number
  readonly link: string
  readonly text: string
}

export type Ask = (sent: Sent) => Promise<Received>

/** A client over TLS: whatever host is asked, the one that answers for it is at a port on loopback. */
export function askingAt(port: number, authority: string): Ask {
  const agent = new Agent({ keepAlive: true, ca: authority })
  later({ close: async () => agent.destroy() })
  return ({ method, url, headers = {}, body }) => {
    const { host, pathname, search, hostname } = new URL(url)
    const target = { method, agent, host: '127.0.0.1', port, servername: hostname, path: pathname + search }
    return new Promise((resolve, reject) => {
      const sent = request({ ...target, headers: { host, ...headers } }, async (response) => {
        const text = (await response.toArray()).join('')
        resolve({ status: response.statusCode ?? 0, link: String(response.headers.link ?? ''), text })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
