import { programEnvironment, runProgram } from '../program/run-program.ts'
import type { StoredLogin, StoredToken } from '../store/login-store.ts'
import type { AuthType } from './auth-type.ts'
import { type ServeOptions, serveLogin, serviceEnvironment } from './served-login.ts'
import type { TokenService } from './token-service.ts'

interface ExecuteOptions extends ServeOptions {
  program: readonly string[]
  auth: AuthType
  /** The environment of this process. */
  environment: NodeJS.ProcessEnv
}

const loginEnvironment = ({ origin, serverHostname, workspaceId }: StoredLogin, { accessToken }: StoredToken) => ({
  DATABRICKS_HOST: origin,
  DATABRICKS_SERVER_HOSTNAME: serverHostname,
  DATABRICKS_TOKEN: accessToken,
  ...(workspaceId === undefined ? {} : { DATABRICKS_WORKSPACE_ID: workspaceId }),
})

// By this protocol the SDKs ask for the group in DATABRICKS_GROUP_ID themselves, and the OAuth endpoint compares it with that
// of the login. So the program keeps the variable.
function askedGroup({ DATABRICKS_GROUP_ID: groupId = '' }: NodeJS.ProcessEnv): Record<string, string> {
  return groupId === '' ? {} : { DATABRICKS_GROUP_ID: groupId }
}

function environmentFor(
  auth: Exclude<AuthType, 'pat'>,
  service: TokenService,
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  const { jdbc, metadataService, oauth } = serviceEnvironment(service)
  return auth === 'metadata-service'
    ? { ...jdbc, ...metadataService }
    : { ...jdbc, ...askedGroup(environment), ...oauth }
}

/**
 * Runs a program logged in, and serves it tokens while it runs. Resolves to its exit code.
 *
 * @throws ActionError if there is no token to start with
 */
export async function execute(options: ExecuteOptions): Promise<number> {
  const { program, auth, login, environment, renew, handOut, info } = options
  const first = await renew()
  const loggedIn = loginEnvironment(login, first)
  if (auth === 'pat') {
    await handOut(first)
    const own = { ...loggedIn, DATABRICKS_AUTH_TYPE: 'pat' }
    return runProgram(program, programEnvironment(environment, own), info)
  }
  const service = await serveLogin(options)
  try {
    await handOut(first, ...service.halves)
    const own = { ...loggedIn, ...environmentFor(auth, service, environment) }
    return await runProgram(program, programEnvironment(environment, own), info)
  } finally {
    service.close()
  }
}
