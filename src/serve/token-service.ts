import type { StoredToken } from '../store/login-store.ts'
import { printable } from '../text.ts'
import type { EpochSeconds } from '../time.ts'
import { listenOnLoopback } from './loopback-server.ts'
import { metadataService } from './metadata-service.ts'
import { CLIENT_ID, oauthEndpoint } from './oauth-endpoint.ts'
import { createServiceSecret } from './secret.ts'

/** A running service, by what its clients have to be told. */
export interface TokenService {
  metadataServiceUrl: string
  /** Where the OAuth endpoint describes itself, and what it takes. */
  discoveryUrl: string
  clientId: string
  clientSecret: string
  /** The second half of each of its secrets (see secret.ts), to be masked before anybody is told of them. */
  halves: readonly string[]
  close: () => void
}

interface ServiceOptions {
  /** Name of the host that the tokens are for, without port. */
  hostname: string
  /** Scopes of the login, separated by spaces. */
  scope: string
  /** The group of the login; empty if there is none. */
  groupId: string
  /** A token that clients can use, masked; undefined if there is none at this time. */
  token: () => Promise<StoredToken | undefined>
  /** Why the last renewal gave nothing, redacted; undefined if each gave a token. */
  failure: () => string | undefined
  now: () => EpochSeconds
}

// The first line says what was tried and what came back. RFC 6749, section 5.2, allows a description no other characters.
function missingToken(failure: string | undefined): string {
  const [reason = ''] = failure?.split('\n') ?? []
  const cause = printable(reason)
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^ -~]/g, '?')
  return `There is no valid token at this time.${cause === '' ? '' : ` ${cause}`}`
}

/**
 * Serves one token, renewed as it ends, by both protocols that clients of Databricks renew by: the SDKs' metadata
 * service, and an OAuth endpoint. Each is on 127.0.0.1, under a secret path of its own.
 */
export async function startTokenService(options: ServiceOptions): Promise<TokenService> {
  const { hostname, scope, groupId, token, now } = options
  const missing = () => missingToken(options.failure())
  const { origin, serve, close } = await listenOnLoopback()
  const [forMetadata, forOAuth, forClient] = [createServiceSecret(), createServiceSecret(), createServiceSecret()]
  const path = `/${forMetadata.secret}/token`
  const url = `${origin}/${forOAuth.secret}`
  const clientSecret = forClient.secret
  const oauth = oauthEndpoint({ url, clientSecret, scope, groupId, token, missing, now })
  serve([metadataService({ path, hostname, token, missing, now }), ...oauth])
  return {
    metadataServiceUrl: origin + path,
    discoveryUrl: `${url}/.well-known/oauth-authorization-server`,
    clientId: CLIENT_ID,
    clientSecret,
    halves: [forMetadata.half, forOAuth.half, forClient.half],
    close,
  }
}
