import { EOL } from 'node:os'
// The file of the toolkit that writes the runner's files, and no other: its core.js brings summaries, OIDC and programs.
import { issueFileCommand, prepareKeyValueMessage } from '@actions/core/lib/file-command.js'
import type { Login } from '../federation/federate.ts'
import { type EpochSeconds, formatTime, secondsUntil } from '../time.ts'
import { writeCommandFile } from './command-files.ts'

/** Where a login is kept for later steps. */
interface KeptPlace {
  /** Removed by the post step. */
  folder: string
  /** Holds the command, for PATH. */
  bin: string
}

/** The outputs of a login, by the names of action.yml. */
export function outputsOf(login: Login, now: EpochSeconds): Record<string, string> {
  return {
    token: login.accessToken,
    expires_at: formatTime(login.expiresAt),
    expires_in: String(Math.max(0, Math.floor(secondsUntil(login.expiresAt, now)))),
    host: login.host.origin,
    server_hostname: login.host.serverHostname,
    workspace_id: login.workspaceId ?? '',
    scope: login.scope,
    exchanged: String(login.exchanged),
    identity_provider: login.identityProvider,
    principal: login.principal ?? '',
  }
}

/** How a later step logs in with the token alone. */
const TOKEN_ALONE = { DATABRICKS_AUTH_TYPE: 'pat' }

interface EnvironmentOptions {
  /** By what later steps log in: the token alone, unless something else is given. */
  authentication?: Readonly<Record<string, string>> | undefined
  /** Whether DATABRICKS_GROUP_ID is the group that the token is for: the SDKs refuse it beside a token. */
  emptiesGroup?: boolean
}

/**
 * The environment of later steps. The auth type goes with the token because the SDKs refuse a token beside any other
 * credential; the client id stays out for the same reason.
 */
export function environmentOf(
  { host, accessToken, workspaceId }: Login,
  { authentication = TOKEN_ALONE, emptiesGroup = false }: EnvironmentOptions = {},
): Record<string, string> {
  return {
    DATABRICKS_HOST: host.origin,
    DATABRICKS_SERVER_HOSTNAME: host.serverHostname,
    DATABRICKS_TOKEN: accessToken,
    ...authentication,
    ...(host.kind === 'unified' && workspaceId !== undefined ? { DATABRICKS_WORKSPACE_ID: workspaceId } : {}),
    ...(emptiesGroup ? { DATABRICKS_GROUP_ID: '' } : {}),
  }
}

// All entries of a file are written at once, since each write opens it again.
const entriesOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => prepareKeyValueMessage(name, value))
    .join(EOL)

interface PublishOptions extends EnvironmentOptions {
  kept: KeptPlace | undefined
  /** Names the process that keeps later steps logged in, for the post step. */
  stayingProcess?: string | undefined
  exportEnv: boolean
  now: EpochSeconds
}

/**
 * Gives later steps the command, and the post step the folder to remove and the process to wait for.
 *
 * @throws ActionError COMMAND_FILE_WRITE_FAILED
 */
export function publishCommand({ folder, bin }: KeptPlace, stayingProcess?: string): void {
  writeCommandFile('GITHUB_STATE', 'Later steps get nothing of this login.', () => {
    issueFileCommand('STATE', prepareKeyValueMessage('folder', folder))
    if (stayingProcess !== undefined) issueFileCommand('STATE', prepareKeyValueMessage('process', stayingProcess))
  })
  writeCommandFile('GITHUB_PATH', 'Later steps get nothing of this login.', () => issueFileCommand('PATH', bin))
}

/**
 * Gives later steps the login: state, path, outputs, environment, in this order. The token is masked by then.
 *
 * @param now seconds since 1970
 * @throws ActionError COMMAND_FILE_WRITE_FAILED, saying what is already written
 */
export function publish(login: Login, options: PublishOptions): void {
  const { kept, stayingProcess, exportEnv, now } = options
  if (kept !== undefined) publishCommand(kept, stayingProcess)
  writeCommandFile('GITHUB_OUTPUT', 'Outputs may be written in part; the environment is not.', () => {
    issueFileCommand('OUTPUT', entriesOf(outputsOf(login, now)))
  })
  if (!exportEnv) return
  writeCommandFile('GITHUB_ENV', 'The outputs are written; the environment may be in part.', () => {
    issueFileCommand('ENV', entriesOf(environmentOf(login, options)))
  })
}
