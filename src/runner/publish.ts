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

/**
 * The environment of later steps. The auth type goes with the token because the SDKs refuse a token beside any other
 * credential; the client id stays out for the same reason.
 *
 * @param emptiesGroup whether DATABRICKS_GROUP_ID is the group that the token is for: the SDKs refuse it beside a token
 */
export function environmentOf({ host, accessToken, workspaceId }: Login, emptiesGroup = false): Record<string, string> {
  return {
    DATABRICKS_HOST: host.origin,
    DATABRICKS_SERVER_HOSTNAME: host.serverHostname,
    DATABRICKS_TOKEN: accessToken,
    DATABRICKS_AUTH_TYPE: 'pat',
    ...(host.kind === 'unified' && workspaceId !== undefined ? { DATABRICKS_WORKSPACE_ID: workspaceId } : {}),
    ...(emptiesGroup ? { DATABRICKS_GROUP_ID: '' } : {}),
  }
}

interface PublishOptions {
  kept: KeptPlace | undefined
  exportEnv: boolean
  emptiesGroup?: boolean
  now: EpochSeconds
}

/**
 * Gives later steps the command, and the post step the folder to remove.
 *
 * @throws ActionError COMMAND_FILE_WRITE_FAILED
 */
export function publishCommand({ folder, bin }: KeptPlace): void {
  writeCommandFile('GITHUB_STATE', 'Later steps get nothing of this login.', () =>
    issueFileCommand('STATE', prepareKeyValueMessage('folder', folder)),
  )
  writeCommandFile('GITHUB_PATH', 'Later steps get nothing of this login.', () => issueFileCommand('PATH', bin))
}

/**
 * Gives later steps the login: state, path, outputs, environment, in this order. The token is masked by then.
 *
 * @param now seconds since 1970
 * @throws ActionError COMMAND_FILE_WRITE_FAILED, saying what is already written
 */
export function publish(login: Login, { kept, exportEnv, emptiesGroup, now }: PublishOptions): void {
  if (kept !== undefined) publishCommand(kept)
  writeCommandFile('GITHUB_OUTPUT', 'Outputs may be written in part; the environment is not.', () => {
    for (const [name, value] of Object.entries(outputsOf(login, now)))
      issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value))
  })
  if (!exportEnv) return
  writeCommandFile('GITHUB_ENV', 'The outputs are written; the environment may be in part.', () => {
    for (const [name, value] of Object.entries(environmentOf(login, emptiesGroup)))
      issueFileCommand('ENV', prepareKeyValueMessage(name, value))
  })
}
