import { ActionError } from '../errors.ts'
import { type Host, isId, isSameId, isTrusted, isUuid } from '../host.ts'
import type { Sent } from '../json.ts'
import { printable } from '../text.ts'
import { readUrl, withoutTrailingDot } from '../url.ts'
import { checkAccountIn } from './account-in-path.ts'

/** What is read of the configuration of a unified host (SDK for Go, config/host_metadata.go). */
export const HOST_CONFIG = {
  oidc_endpoint: true,
  account_id: true,
  workspace_id: true,
  token_federation_default_oidc_audiences: true,
} as const

type Document = Sent<typeof HOST_CONFIG>

/** What a unified host says of itself; each value is left out where the host does not tell it. */
export interface HostConfig {
  /** URL of the authorization server, without a trailing slash. */
  server: string
  /** A UUID. It fills in the path of the server, and never becomes an audience. */
  accountId?: string
  workspaceId?: string
  /** A URL on the host itself: the audience that federation policies have by default there. */
  defaultAudience?: string
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

function serverOf({ oidc_endpoint }: Document, host: Host, accountId: string | undefined): URL {
  const refuse = (found: string) => new ActionError('METADATA_INVALID', `The configuration of ${host.origin} ${found}.`)
  if (typeof oidc_endpoint !== 'string') throw refuse('names no oidc_endpoint')
  const filled = accountId === undefined ? oidc_endpoint : oidc_endpoint.replaceAll('{account_id}', accountId)
  if (filled.includes('{account_id}')) {
    throw new ActionError(
      'ACCOUNT_ID_MISSING',
      `The configuration of ${host.origin} leaves the account open, and names none that is a UUID.`,
    )
  }
  const url = readUrl(filled)
  if (url === null) throw refuse('names an oidc_endpoint that is not a URL')
  if (!isTrusted(url, host)) {
    const place = printable(`${url.protocol}//${url.host}`)
    throw new ActionError(
      'METADATA_UNTRUSTED',
      `The configuration of ${host.origin} points to ${place}, which is neither that host nor a workspace or account console.`,
    )
  }
  return withoutTrailingDot(url)
}

// The text of a URL, not the parsed URL: a parser drops characters, in which something could hide.
function audienceOf({ token_federation_default_oidc_audiences: list }: Document, host: Host): string | undefined {
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  const url = typeof first === 'string' ? readUrl(first) : null
  if (url === null || url.origin !== host.origin || url.username !== '' || url.password !== '') return undefined
  return [url.href, url.origin].find((href) => href === first)
}

const textOf = (id: unknown): string => (typeof id === 'string' || typeof id === 'number' ? String(id) : '')

/**
 * Reads what a unified host says of itself (SDK for Go, config/host_metadata.go).
 *
 * @param givenAccountId fills in the path of the server; a document that names another one is refused
 * @throws ActionError METADATA_INVALID, METADATA_UNTRUSTED, ACCOUNT_ID_MISSING
 */
export function readHostConfig(document: Document, host: Host, givenAccountId: string | undefined): HostConfig {
  const published = textOf(document.account_id)
  if (givenAccountId !== undefined && published !== '' && !isSameId(published, givenAccountId)) {
    const happened = `The configuration of ${host.origin} names another account than the one given, ${givenAccountId}.`
    throw new ActionError('METADATA_UNTRUSTED', happened, { serverText: published })
  }
  const accountId = isUuid(published) ? published : undefined
  const server = serverOf(document, host, givenAccountId ?? accountId)
  checkAccountIn(server, givenAccountId, `The authorization server that ${host.origin} points to`)
  const workspaceId = textOf(document.workspace_id)
  const defaultAudience = audienceOf(document, host)
  return {
    server: `${server.origin}${withoutTrailingSlashes(server.pathname)}`,
    ...(accountId === undefined ? {} : { accountId }),
    ...(isId(workspaceId) ? { workspaceId } : {}),
    ...(defaultAudience === undefined ? {} : { defaultAudience }),
  }
}
