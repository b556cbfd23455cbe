import { LoginError } from '../errors.ts'
import { type Host, hostnameOf, isDatabricksDomain, isTrusted } from '../host.ts'
import type { JsonObject } from '../http/json.ts'
import type { Send } from '../http/request.ts'
import { documentReader } from './document.ts'
import { type HostConfig, readHostConfig } from './unified-host.ts'

/** What a login needs to know of a host before it can exchange a token there. */
export interface Metadata extends HostConfig {
  tokenEndpoint: URL
}

export interface DiscoveryOptions {
  host: Host
  accountId?: string | undefined
  /** Seconds for all of discovery, retries included. */
  withinSeconds: number
  warn: (line: string) => void
}

// RFC 8414, section 3.3: a document under another issuer is not to be used; Databricks' own regions are tolerated.
function checkIssuer({ issuer }: JsonObject, expected: string, warn: (line: string) => void): void {
  if (typeof issuer !== 'string') {
    throw new LoginError('METADATA_INVALID', `The metadata of ${expected} names no issuer.`)
  }
  if (issuer === expected) return
  const found = `The metadata that ${expected} publishes names another issuer`
  const url = URL.parse(issuer)
  if (url === null || url.protocol !== 'https:' || !isDatabricksDomain(hostnameOf(url))) {
    throw new LoginError('METADATA_UNTRUSTED', `${found}, outside Databricks' domains.`, {
      serverText: issuer,
    })
  }
  warn(`${found}: ${url.href}`)
}

function checkTokenEndpoint({ token_endpoint }: JsonObject, host: Host): URL {
  const url = typeof token_endpoint === 'string' ? URL.parse(token_endpoint) : null
  // A placeholder such as {account_id} that nobody filled in is no part of a URL, though the parser takes it.
  if (url === null || url.pathname.includes('%7B')) {
    throw new LoginError('METADATA_INVALID', `The metadata of ${host.origin} names no token endpoint that is a URL.`)
  }
  if (!isTrusted(url, host)) {
    throw new LoginError(
      'METADATA_UNTRUSTED',
      `The metadata of ${host.origin} names a token endpoint at ${url.protocol}//${url.host}, which is not that host.`,
    )
  }
  return url
}

const accountRoot = ({ origin }: Host, accountId: string): string => `${origin}/oidc/accounts/${accountId}`

/** The URL of the authorization server that a host is expected to be, without asking it. */
export function expectedServer(host: Host, accountId: string | undefined): string {
  if (host.kind === 'workspace' || host.kind === 'unknown') return `${host.origin}/oidc`
  if (accountId !== undefined) return accountRoot(host, accountId)
  throw new LoginError('ACCOUNT_ID_MISSING', `A token for ${host.serverHostname} is made for one account.`)
}

/** The fixed token endpoint of an authorization server, as every Databricks SDK knows it. */
export const fixedTokenEndpoint = (server: string): URL => new URL(`${server}/v1/token`)

/**
 * Finds the token endpoint of a host (RFC 8414; SDK for Go, credentials/u2m/endpoint_supplier.go). A document that
 * cannot be read is replaced by the fixed endpoint on the same host, with a warning; one that can be read and is
 * wrong is an error, checked in the order status, content type, JSON, issuer, token endpoint.
 *
 * @throws LoginError METADATA_REFUSED, METADATA_INVALID, METADATA_UNTRUSTED, ACCOUNT_ID_MISSING, and those of Send
 *   that do not pass with time
 */
export async function discover(send: Send, options: DiscoveryOptions): Promise<Metadata> {
  const { host, warn } = options
  const read = documentReader(send, options.withinSeconds, warn)
  const config = host.kind === 'unified' ? await readHostConfig(read, host, options.accountId) : {}
  const accountId = options.accountId ?? config.accountId
  const server = config.server ?? expectedServer(host, accountId)
  const purpose = 'Authorization server metadata'
  const document = await read(purpose, new URL(`${server}/.well-known/oauth-authorization-server`))
  if (document === undefined) {
    const tokenEndpoint = fixedTokenEndpoint(expectedServer(host, accountId))
    warn(`${purpose} could not be read; going on with the fixed token endpoint ${tokenEndpoint.href}`)
    return { ...config, tokenEndpoint }
  }
  checkIssuer(document, server, warn)
  return { ...config, tokenEndpoint: checkTokenEndpoint(document, host) }
}
