import type { Log } from '../log.ts'
import type { StoredLogin, StoredToken } from '../store/login-store.ts'
import type { HandOut } from '../store/masked-token.ts'
import type { EpochSeconds } from '../time.ts'
import { renewingToken } from './renewal.ts'
import { startTokenService, type TokenService } from './token-service.ts'

export interface ServeOptions extends Pick<Log, 'info'> {
  login: StoredLogin
  /** The newest token that is known. */
  current: () => StoredToken | undefined
  /** A token that is not due to be renewed. */
  renew: () => Promise<StoredToken>
  /** Whatever a client gets goes through it: a token is masked by then, as far as it can be. */
  handOut: HandOut
  /** A failure in words that hold no secret. */
  describe: (thrown: unknown) => string
  now: () => EpochSeconds
}

/**
 * Serves the tokens of a login on loopback, renewed as they end. A renewal that gives nothing is told to `info`, and to
 * the clients that get no token for it.
 */
export function serveLogin({
  login,
  current,
  renew,
  handOut,
  describe,
  now,
  info,
}: ServeOptions): Promise<TokenService> {
  let failure: string | undefined
  const report = (thrown: unknown) => {
    failure = describe(thrown)
    info(failure)
  }
  const newest = renewingToken({ current, renew, report, now })
  const token = async () => {
    const found = await newest()
    return found === undefined ? undefined : handOut(found)
  }
  const { hostname } = new URL(login.origin)
  const { scope, groupId } = login
  return startTokenService({ hostname, scope, groupId, token, failure: () => failure, now })
}

/** Parameters for the URL of either JDBC driver. No client reads this variable by itself. */
const forJdbc = ({ clientId, clientSecret, discoveryUrl }: TokenService): string =>
  `AuthMech=11;Auth_Flow=1;OAuth2ClientId=${clientId};OAuth2Secret=${clientSecret};OIDCDiscoveryEndpoint=${discoveryUrl}`

/** What clients of a service have to find in their environment, by its protocol. */
export const serviceEnvironment = (service: TokenService) => ({
  jdbc: { DATABRICKS_TOKEN_JDBC: forJdbc(service) },
  metadataService: {
    DATABRICKS_AUTH_TYPE: 'metadata-service',
    DATABRICKS_METADATA_SERVICE_URL: service.metadataServiceUrl,
  },
  // The SDKs' names for the OAuth endpoint redirect every other OAuth login in a program, so they are not the default.
  oauth: {
    DATABRICKS_AUTH_TYPE: 'oauth-m2m',
    DATABRICKS_DISCOVERY_URL: service.discoveryUrl,
    DATABRICKS_CLIENT_ID: service.clientId,
    DATABRICKS_CLIENT_SECRET: service.clientSecret,
  },
})
