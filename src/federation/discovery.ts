import { ActionError } from '../errors.ts'
import { type Host, isDatabricksDomain, isTrusted } from '../host.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { Send } from '../http/request.ts'
import { outcomeOf } from '../http/status.ts'
import type { Members, Sent } from '../json.ts'
import type { Log } from '../log.ts'
import { printable } from '../text.ts'
import { elapsedMs, msAfter, msUntil } from '../time.ts'
import { hostnameOf, readUrl, withoutTrailingDot } from '../url.ts'
import { checkAccountIn } from './account-in-path.ts'
import type { HostConfig } from './unified-host.ts'

/** What is read of authorization server metadata (RFC 8414, section 2). */
export const SERVER_METADATA = { issuer: true, token_endpoint: true } as const

type Metadata = Sent<typeof SERVER_METADATA>

/** What a login needs to know of a host before it can exchange a token there. */
export interface Discovered extends Omit<HostConfig, 'server'> {
  tokenEndpoint: URL
}

export interface DiscoveryOptions extends Pick<Log, 'notice' | 'warning'> {
  host: Host
  /** As the user gave it. */
  accountId?: string | undefined
  /** Seconds for all of discovery, retries included. */
  withinSeconds: number
}

/** A document of a host, or why it cannot be read at this time. */
type Reading<Of extends Members> = { document: Sent<Of> } | { failure: ActionError }

const UNREADABLE_CODES: readonly string[] = ['SERVER_UNAVAILABLE', 'NETWORK_FAILED', 'TIMED_OUT']

// A document is checked in the order status, content type, JSON. After a network fault that lasts, a 404 or a 5xx it counts
// as unreadable. Everything else that is wrong with it is an error.
function documentReader(send: Send, withinSeconds: number) {
  const endsAt = msAfter(elapsedMs(), withinSeconds * 1000)
  return async <Of extends Members>(purpose: string, url: URL, members: Of): Promise<Reading<Of>> => {
    const secondsLeft = msUntil(endsAt, elapsedMs()) / 1000
    const answer = await send(() => ({ purpose, method: 'GET', url }), secondsLeft).catch((thrown: unknown) => {
      if (!(thrown instanceof ActionError) || !UNREADABLE_CODES.includes(thrown.code)) throw thrown
      return thrown
    })
    if (answer instanceof ActionError) return { failure: answer }
    const { status, body: serverText } = answer
    const meaning = outcomeOf(status)
    if (meaning === 'success') return { document: jsonObject(answer, members, 'METADATA_INVALID') }
    if (meaning === 'missing' || meaning === 'broken') {
      const happened = `${purpose}: ${url.host} answered ${status} at ${url.pathname}.`
      return { failure: new ActionError('METADATA_REFUSED', happened, { serverText }) }
    }
    const happened = `${purpose}: 200 was expected of ${url.host}, which answered ${status}.`
    throw new ActionError('METADATA_REFUSED', happened, { serverText })
  }
}

const noIssuer = (expected: string) => `The metadata of ${expected} names no issuer`

// A document that names another issuer must not be used (RFC 8414, section 3.3). Databricks' regions name each other, so an
// issuer in Databricks' own domains gets a warning alone.
function checkIssuer({ issuer }: Metadata, expected: string, warning: Log['warning']): void {
  if (typeof issuer !== 'string') throw new ActionError('METADATA_INVALID', `${noIssuer(expected)}.`)
  if (issuer === expected) return
  const found = `The metadata that ${expected} publishes names another issuer`
  const url = readUrl(issuer)
  if (url === null || url.protocol !== 'https:' || !isDatabricksDomain(hostnameOf(url))) {
    throw new ActionError('METADATA_UNTRUSTED', `${found}, outside Databricks' domains.`, {
      serverText: issuer,
    })
  }
  warning(`${found}: ${url.href}`)
}

// Databricks' own test server names no issuer, and the SDKs accept that. The issuer says whose document this is, which
// changes nothing where the token stays on a host of Databricks.
function checkWithoutIssuer(tokenEndpoint: URL, host: Host, expected: string, notice: Log['warning']): void {
  if (host.kind === 'unknown' || tokenEndpoint.origin !== host.origin) {
    throw new ActionError('METADATA_INVALID', `${noIssuer(expected)}.`)
  }
  notice(`${noIssuer(expected)}; going on, since its token endpoint is on that host.`)
}

function checkTokenEndpoint({ token_endpoint }: Metadata, host: Host): URL {
  const url = typeof token_endpoint === 'string' ? readUrl(token_endpoint) : null
  // A placeholder such as {account_id} that nobody filled in is no part of a URL, though the parser takes it.
  if (url === null || url.pathname.includes('%7B')) {
    throw new ActionError('METADATA_INVALID', `The metadata of ${host.origin} names no token endpoint that is a URL.`)
  }
  if (!isTrusted(url, host)) {
    const place = printable(`${url.protocol}//${url.host}`)
    throw new ActionError(
      'METADATA_UNTRUSTED',
      `The metadata of ${host.origin} names a token endpoint at ${place}, which is not that host.`,
    )
  }
  return withoutTrailingDot(url)
}

/** The URL of the authorization server that a host of a known kind is, without asking it. */
export function expectedServer({ kind, origin, serverHostname }: Host, accountId: string | undefined): string {
  if (kind !== 'account') return `${origin}/oidc`
  if (accountId !== undefined) return `${origin}/oidc/accounts/${accountId}`
  throw new ActionError('ACCOUNT_ID_MISSING', `A token for ${serverHostname} is made for one account.`)
}

/** The fixed token endpoint of an authorization server, as every Databricks SDK knows it. */
export const fixedTokenEndpoint = (server: string): URL => new URL(`${server}/v1/token`)

/**
 * Finds the token endpoint of a host (RFC 8414; SDK for Go, credentials/u2m/endpoint_supplier.go). A document that
 * can be read and is wrong is an error, checked in the order status, content type, JSON, issuer, token endpoint; that it
 * names no issuer is a notice, where the host is one of Databricks and the token endpoint is on it. One
 * that cannot be read is replaced by the fixed endpoint on the same host, with a warning; but a unified host is used
 * only with what it says of itself, since many names like its are web sites.
 *
 * @throws ActionError METADATA_REFUSED, METADATA_INVALID, METADATA_UNTRUSTED, ACCOUNT_ID_MISSING, and those of Send;
 *   those that pass with time of a unified host alone
 */
export async function discover(
  send: Send,
  { host, accountId, withinSeconds, notice, warning }: DiscoveryOptions,
): Promise<Discovered> {
  const read = documentReader(send, withinSeconds)
  const isUnified = host.kind === 'unified'

  // Loaded for such a host alone.
  async function readUnified(): Promise<HostConfig> {
    const { HOST_CONFIG, readHostConfig } = await import('./unified-host.ts')
    const url = new URL(`${host.origin}/.well-known/databricks-config`)
    const config = await read('Host configuration', url, HOST_CONFIG)
    if ('failure' in config) throw config.failure
    return readHostConfig(config.document, host, accountId)
  }

  const { server, ...told }: HostConfig = isUnified ? await readUnified() : { server: expectedServer(host, accountId) }
  const purpose = 'Authorization server metadata'
  const url = new URL(`${server}/.well-known/oauth-authorization-server`)
  const reading = await read(purpose, url, SERVER_METADATA)
  if ('failure' in reading) {
    if (isUnified) throw reading.failure
    const tokenEndpoint = fixedTokenEndpoint(server)
    warning(reading.failure.message)
    warning(`${purpose} could not be read; going on with the fixed token endpoint ${tokenEndpoint.href}`)
    return { tokenEndpoint }
  }
  const { document } = reading
  const namesIssuer = document.issuer !== undefined
  if (namesIssuer) checkIssuer(document, server, warning)
  const tokenEndpoint = checkTokenEndpoint(document, host)
  if (!namesIssuer) checkWithoutIssuer(tokenEndpoint, host, server, notice)
  checkAccountIn(tokenEndpoint, accountId, `The token endpoint of ${host.origin}`)
  return { ...told, tokenEndpoint }
}
