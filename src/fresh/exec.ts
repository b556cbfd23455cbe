import type { KeptLogin, KeptToken } from './kept.ts'
import { startMetadataService } from './metadata-service.ts'
import { programEnvironment, runProgram } from './program.ts'
import { renewingToken } from './renewal.ts'

interface ExecuteOptions {
  program: readonly string[]
  /** Whether the SDKs in the program renew their token, or get one that ends. */
  auth: 'metadata-service' | 'pat'
  login: KeptLogin
  /** The environment of this process. */
  environment: NodeJS.ProcessEnv
  current: () => KeptToken | undefined
  renew: () => Promise<KeptToken>
  /** Told of a renewal that gave nothing. */
  report: (thrown: unknown) => void
  /** Seconds since 1970. */
  now: () => number
  warn: (line: string) => void
}

const loginEnvironment = ({ origin, serverHostname, workspaceId }: KeptLogin, { accessToken }: KeptToken) => ({
  DATABRICKS_HOST: origin,
  DATABRICKS_SERVER_HOSTNAME: serverHostname,
  DATABRICKS_TOKEN: accessToken,
  ...(workspaceId === undefined ? {} : { DATABRICKS_WORKSPACE_ID: workspaceId }),
})

/**
 * Runs a program logged in, and serves it tokens while it runs. Resolves to its exit code.
 *
 * @throws LoginError if there is no token to start with
 */
export async function execute(options: ExecuteOptions): Promise<number> {
  const { program, auth, login, environment, renew, now, warn } = options
  const loggedIn = loginEnvironment(login, await renew())
  if (auth === 'pat') {
    const own = { ...loggedIn, DATABRICKS_AUTH_TYPE: 'pat' }
    return runProgram(program, programEnvironment(environment, own), warn)
  }
  const hostname = new URL(login.origin).hostname
  const service = await startMetadataService({ hostname, token: renewingToken(options), now })
  const own = {
    ...loggedIn,
    DATABRICKS_AUTH_TYPE: 'metadata-service',
    DATABRICKS_METADATA_SERVICE_URL: service.url,
  }
  try {
    return await runProgram(program, programEnvironment(environment, own), warn)
  } finally {
    service.close()
  }
}
