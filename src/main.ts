import { join } from 'node:path'
import { ActionError } from './errors.ts'
import type { Login } from './federation/federate.ts'
import { peekAccessToken } from './federation/subject-token.ts'
import { checkAccountId, checkHostNeeds } from './host.ts'
import { refuseDisabledTlsCheck } from './http/tls-check.ts'
import { checkIdTokenPermission, dryRun, logIn } from './log-in.ts'
import { checkCommandFiles } from './runner/command-files.ts'
import { refuseExistingLogin } from './runner/existing-login.ts'
import { type DryRunInputs, type Inputs, type LoginInputs, readInputs } from './runner/inputs.ts'
import { stepLog } from './runner/log.ts'
import { publish, publishCommand } from './runner/publish.ts'
import { signaturePieces } from './runner/redaction.ts'
import { runToEnd } from './runner/run-to-end.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import {
  type CommandPlace,
  checkTemporary,
  isCommandTaken,
  type KeptPlace,
  keepDryRun,
  keepLogin,
  refuseLostGroup,
  refuseTakenCommand,
  removeFolder,
} from './store/folder.ts'
import { formatTime, secondsNow as now, secondsUntil } from './time.ts'

const environment = process.env
const { RUNNER_TEMP: temporary = '', PATH: searchPath = '' } = environment
const log = stepLog(environment, (text) => writeAllSync(1, text))

// An input under another name is the commonest reason why there is no host.
async function readDeclaredInputs(): Promise<Inputs> {
  try {
    return readInputs(environment, log)
  } catch (thrown) {
    if (!(thrown instanceof ActionError) || thrown.code !== 'HOST_MISSING') throw thrown
    const { withMeantInput } = await import('./explain/undeclared-inputs.ts')
    throw withMeantInput(thrown, 'host', environment)
  }
}

// Whatever can be refused without a request is refused here.
async function validate(): Promise<Inputs> {
  const inputs = await readDeclaredInputs()
  const { subjectToken, accountId } = inputs
  refuseDisabledTlsCheck(environment)
  checkAccountId(accountId)
  if (!inputs.dryRun) validateLogin(inputs)
  else if (commandOfDryRun(inputs) !== undefined) checkCommandPlace()
  if (subjectToken === undefined) await checkIdTokenPermission(environment)
  return inputs
}

function checkCommandPlace(): void {
  checkCommandFiles(environment, ['GITHUB_STATE', 'GITHUB_PATH'])
  checkTemporary(temporary)
}

// A dry run leaves its command only where there is none: one that logs in is worth more.
const commandOfDryRun = ({ tokenCommand }: DryRunInputs): string | undefined =>
  tokenCommand === undefined || isCommandTaken(searchPath, tokenCommand) ? undefined : tokenCommand

function validateLogin(inputs: LoginInputs): void {
  const { host, accountId, audience, exportEnv, tokenCommand, mayHaveLostGroup } = inputs
  checkHostNeeds(host, accountId, audience)
  if (exportEnv) refuseExistingLogin(environment, host)
  if (mayHaveLostGroup) refuseLostGroup(searchPath, temporary)
  checkCommandFiles(environment, ['GITHUB_OUTPUT', ...(exportEnv ? (['GITHUB_ENV'] as const) : [])])
  if (tokenCommand !== undefined) {
    checkCommandPlace()
    refuseTakenCommand(searchPath, temporary, tokenCommand, host.origin)
  }
}

const commandNamed = (name: string): CommandPlace => ({
  name,
  node: process.execPath,
  script: join(import.meta.dirname, '..', 'command', 'index.js'),
})

function keep(login: Login, name: string, inputs: LoginInputs): KeptPlace {
  const { clientId, accountId, groupId = '', scope, timeoutSeconds, subjectToken } = inputs
  const { host, accessToken, expiresAt, audience, workspaceId } = login
  return keepLogin({
    temporary,
    login: {
      // A subject token that was given cannot be fetched again, so such a login is not renewed.
      renewal: subjectToken === undefined ? { clientId, accountId, audience, scope, timeoutSeconds } : undefined,
      origin: host.origin,
      scope: login.scope,
      serverHostname: host.serverHostname,
      workspaceId: host.kind === 'unified' ? workspaceId : undefined,
      groupId,
    },
    token: { accessToken, expiresAt, issuedAt: now(), beganAt: now(), isOfLoginStep: true },
    command: commandNamed(name),
  })
}

function tellLogin(login: Login, groupId: string | undefined): void {
  const { host, accessToken, principal, subject, identityProvider, expiresAt } = login
  const who = principal ?? peekAccessToken(accessToken).subject ?? 'a principal that the token does not name'
  const group =
    groupId === undefined ? '' : ` with the rights of group ${groupId} alone, as far as the server heeds that,`
  const minutes = (secondsUntil(expiresAt, now()) / 60).toFixed(1)
  log.info(
    `Logged in to ${host.origin} as ${who}${group} for ${subject ?? 'an unnamed subject'} (${identityProvider}) until ${formatTime(expiresAt)} (${minutes} minutes).`,
  )
}

async function runDry(inputs: DryRunInputs): Promise<void> {
  await dryRun(inputs, { environment, log })
  const name = commandOfDryRun(inputs)
  if (name !== undefined) publishCommand(keepDryRun(temporary, commandNamed(name)))
}

async function run(): Promise<number> {
  const inputs = await validate()
  if (inputs.dryRun) {
    await runDry(inputs)
    return 0
  }
  const login = await logIn(inputs, { environment, log })
  const { tokenCommand, exportEnv, groupId } = inputs
  const kept = tokenCommand === undefined ? undefined : keep(login, tokenCommand, inputs)
  if (process.platform === 'win32') log.mask(...signaturePieces(login.accessToken))
  try {
    const emptiesGroup = groupId !== undefined && environment['DATABRICKS_GROUP_ID'] === groupId
    publish(login, { kept, exportEnv, emptiesGroup, now: now() })
  } catch (thrown) {
    if (kept !== undefined) removeFolder(kept.folder, temporary)
    throw thrown
  }
  tellLogin(login, groupId)
  return 0
}

runToEnd(run, log.fail)
