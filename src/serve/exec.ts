import type { Log } from '../log.ts'
import { programEnvironment, runProgram } from '../program/run-program.ts'
import type { StoredLogin, StoredToken } from '../store/login-store.ts'
import type { HandOut } from '../store/masked-token.ts'
import type { EpochSeconds } from '../time.ts'
import type { AuthType } from './auth-type.ts'
import { renewingToken } from './renewal.ts'
import { startTokenService, type TokenService } from './token-service.ts'

interface ExecuteOptions extends Pick<Log, 'info'> {
  program: readonly string[]
  auth: AuthType
  login: StoredLogin
  /** The environment of this process. */
  environment: NodeJS.ProcessEnv
  /** The newest token that is known. */
  current: () => StoredToken | undefined
  /** A token that is not due to be renewed. */
  renew: () => Promise<StoredToken>
  /** Whatever the program gets goes through it: a token is masked by then. */
  handOut: HandOut
  /** Told of a renewal that gave nothing. */
  report: (thrown: unknown) => void
  now: () => EpochSeconds
}

const loginEnvironment = ({ origin, serverHostname, workspaceId }: StoredLogin, { accessToken }: StoredToken) => ({
  DATABRICKS_HOST: origin,
  DATABRICKS_SERVER_HOSTNAME: serverHostname,
  DATABRICKS_TOKEN: accessToken,
  ...(workspaceId === undefined ? {} : { DATABRICKS_WORKSPACE_ID: workspaceId }),
})

/** Parameters for the URL of either JDBC driver. No client reads this variable by itself. */
const forJdbc = ({ clientId, clientSecret, discoveryUrl }: TokenService): string =>
  `AuthMech=11;Auth_Flow=1;OAuth2ClientId=${clientId};OAuth2Secret=${clientSecret};OIDCDiscoveryEndpoint=${discoveryUrl}`

// Here the SDKs ask for the group themselves, at an endpoint that compares it.
function askedGroup({ DATABRICKS_GROUP_ID: groupId = '' }: NodeJS.ProcessEnv): Record<string, string> {
  return groupId === '' ? {} : { DATABRICKS_GROUP_ID: groupId }
}

// The SDKs' names for the OAuth endpoint redirect every other OAuth login in the program, so they are not the default.
function serviceEnvironment(
  auth: Exclude<AuthType, 'pat'>,
  service: TokenService,
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const { metadataServiceUrl, discoveryUrl, clientId, clientSecret } = service
  const always = { DATABRICKS_AUTH_TYPE: auth, DATABRICKS_TOKEN_JDBC: forJdbc(service) }
  if (auth === 'metadata-service') return { ...always, DATABRICKS_METADATA_SERVICE_URL: metadataServiceUrl }
  return {
    ...always,
    ...askedGroup(environment),
    DATABRICKS_DISCOVERY_URL: discoveryUrl,
    DATABRICKS_CLIENT_ID: clientId,
    DATABRICKS_CLIENT_SECRET: clientSecret,
  }
}

/**
 * Runs a program logged in, and serves it tokens while it runs. Resolves to its exit code.
 *
 * @throws ActionError if there is no token to start with
 */
export async function execute(options: ExecuteOptions): Promise<number> {
  const { program, auth, login, environment, current, renew, handOut, report, now, info } = options
  const first = await renew()
  const loggedIn = loginEnvironment(login, first)
  if (auth === 'pat') {
    await handOut(first)
    const own = { ...loggedIn, DATABRICKS_AUTH_TYPE: 'pat' }
    return runProgram(program, programEnvironment(environment, own), info)
  }
  const newest = renewingToken({ current, renew, report, now })
  const token = async () => {
    const found = await newest()
    return found === undefined ? undefined : handOut(found)
  }
  const { hostname } = new URL(login.origin)
  const { scope, groupId } = login
  const service = await startTokenService({ hostname, scope, groupId, token, now })
  try {
    await handOut(first, ...service.halves)
    const own = { ...loggedIn, ...serviceEnvironment(auth, service, environment) }
    return await runProgram(program, programEnvironment(environment, own), info)
  } finally {
    service.close()
  }
}
