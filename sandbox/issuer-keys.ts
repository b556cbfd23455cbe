import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** Where names lead on this machine: `host:port` as a URL would have it, to a port of 127.0.0.1. */
export type Routes = Readonly<Record<string, number>>

export interface IssuerKeysOptions {
  /** Certificates (PEM) that are trusted beside the system's. */
  readonly ca?: string | undefined
  /** Issuers that are on loopback under a public name. */
  readonly routes?: Routes | undefined
}

/** Gives the key that an issuer published for a token's header. */
export interface IssuerKeys {
  keysOf(issuer: string): JWTVerifyGetKey
}

/**
 * Fetches issuers' keys from their discovery documents, as Databricks does, and keeps them. A key id that is
 * not among the kept keys is looked up once more, since issuers rotate.
 */
export function createIssuerKeys(options: IssuerKeysOptions = {}): IssuerKeys {
  const kept = new Map<string, JWTVerifyGetKey>()

  async function fetchKeys(issuer: string): Promise<JWTVerifyGetKey> {
    const metadata = (await readJson(`${issuer}/.well-known/openid-configuration`, options)) as {
      issuer?: unknown
      jwks_uri?: unknown
    }
    if (metadata.issuer !== issuer) throw new Error(`the document of ${issuer} names ${metadata.issuer}`)
    const keys = createLocalJWKSet((await readJson(String(metadata.jwks_uri), options)) as JSONWebKeySet)
    kept.set(issuer, keys)
    return keys
  }

  const keysOf =
    (issuer: string): JWTVerifyGetKey =>
    async (header, token) => {
      const known = kept.get(issuer)
      if (!known) return (await fetchKeys(issuer))(header, token)
      try {
        return await known(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        return (await fetchKeys(issuer))(header, token)
      }
    }
  return { keysOf }
}

async function readJson(address: string, options: IssuerKeysOptions): Promise<unknown> {
  const response = await request(new URL(address), options)
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += chunk
  if (response.statusCode !== 200) throw new Error(`${address} answered ${response.statusCode}`)
  return JSON.parse(text)
}

const contexts = new Map<string, SecureContext>()

// Each connection would read the 120 certificates of Node anew, which takes 10 ms.
function contextTrusting(ca: string): SecureContext {
  const context = contexts.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] })
  contexts.set(ca, context)
  return context
}

function request(url: URL, { ca, routes = {} }: IssuerKeysOptions): Promise<IncomingMessage> {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const local = routes[`${url.hostname}:${port}`]
  // The name stays in the Host header and in SNI; only the address is another.
  const place = local === undefined ? {} : { hostname: '127.0.0.1', port: local, servername: url.hostname }
  const common = { agent: false, timeout: 10_000, headers: { host: url.host }, ...place } as const
  return new Promise((resolve, reject) => {
    const trusted = ca === undefined ? {} : { secureContext: contextTrusting(ca) }
    const sent =
      url.protocol === 'https:' ? getHttps(url, { ...common, ...trusted }, resolve) : getHttp(url, common, resolve)
    sent.once('error', reject)
    sent.once('timeout', () => sent.destroy(new Error(`${url.origin} did not answer`)))
  })
}
