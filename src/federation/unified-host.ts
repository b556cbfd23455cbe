import { LoginError } from '../errors.ts'
import { type Host, isTrusted, isUuid } from '../host.ts'
import type { JsonObject } from '../http/json.ts'
import type { ReadDocument } from './document.ts'

/** What a unified host says of itself; each value is left out where the host does not tell it. */
export interface HostConfig {
  /** URL of the authorization server, without a trailing slash. */
  server?: string
  /** A UUID. */
  accountId?: string
  workspaceId?: string
  /** The audience that federation policies have by default there. */
  defaultAudience?: string
}

function serverOf({ oidc_endpoint }: JsonObject, host: Host, accountId: string | undefined): string {
  const refuse = (found: string) => new LoginError('METADATA_INVALID', `The configuration of ${host.origin} ${found}.`)
  if (typeof oidc_endpoint !== 'string') throw refuse('names no oidc_endpoint')
  if (oidc_endpoint.includes('{account_id}') && accountId === undefined) {
    throw new LoginError(
      'ACCOUNT_ID_MISSING',
      `The configuration of ${host.origin} leaves the account open, and names none that is a UUID.`,
    )
  }
  const url = URL.parse(oidc_endpoint.replaceAll('{account_id}', accountId ?? ''))
  if (url === null) throw refuse('names an oidc_endpoint that is not a URL')
  if (!isTrusted(url, host)) {
    throw new LoginError(
      'METADATA_UNTRUSTED',
      `The configuration of ${host.origin} points to ${url.protocol}//${url.host}, which is neither that host nor Databricks'.`,
    )
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

// Only what names this account or this host: a general audience may be accepted by other systems, too.
function audienceOf(
  { token_federation_default_oidc_audiences: audiences }: JsonObject,
  host: Host,
): string | undefined {
  const first: unknown = Array.isArray(audiences) ? audiences[0] : undefined
  if (typeof first !== 'string') return undefined
  return isUuid(first) || URL.parse(first)?.origin === host.origin ? first : undefined
}

const idText = (id: unknown): string | undefined => {
  const text = typeof id === 'number' ? String(id) : id
  return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : undefined
}

/**
 * Reads what a unified host says of itself (SDK for Go, config/host_metadata.go); nothing if it cannot be read.
 *
 * @param givenAccountId goes before the account of the document
 * @throws LoginError METADATA_INVALID, METADATA_UNTRUSTED, ACCOUNT_ID_MISSING, and those of the reader
 */
export async function readHostConfig(
  read: ReadDocument,
  host: Host,
  givenAccountId: string | undefined,
): Promise<HostConfig> {
  const document = await read('Host configuration', new URL(`${host.origin}/.well-known/databricks-config`))
  if (document === undefined) return {}
  const published = idText(document['account_id'])
  const accountId = published !== undefined && isUuid(published) ? published : undefined
  const workspaceId = idText(document['workspace_id'])
  const defaultAudience = audienceOf(document, host)
  return {
    server: serverOf(document, host, givenAccountId ?? accountId),
    ...(accountId === undefined ? {} : { accountId }),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(defaultAudience === undefined ? {} : { defaultAudience }),
  }
}
