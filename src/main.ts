import { join } from 'node:path'
import { ActionError } from './errors.ts'
import type { Login } from './federation/federate.ts'
import { peekAccessToken } from './federation/subject-token.ts'
import { checkAccountId, checkHostNeeds } from './host.ts'
import { refuseDisabledTlsCheck } from './http/tls-check.ts'
import { checkIdTokenPermission, dryRun, logIn } from './log-in.ts'
import { writeProcess } from './processes.ts'
import { checkCommandFiles } from './runner/command-files.ts'
import { type Standing, standingOf } from './runner/existing-login.ts'
import { type DryRunInputs, type Inputs, type LoginInputs, readInputs } from './runner/inputs.ts'
import { stepLog } from './runner/log.ts'
import { publish, publishCommand } from './runner/publish.ts'
import { signaturePieces } from './runner/redaction.ts'
import { runToEnd } from './runner/run-to-end.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import type { StayingProcess } from './serve/start-staying.ts'
import { digestOfUrl, exportedAudience, stayingLogin } from './store/earlier-logins.ts'
import {
  type CommandPlace,
  checkTemporary,
  isCommandTaken,
  type KeptPlace,
  keepDryRun,
  keepLogin,
  keepService,
  refuseLostGroup,
  refuseTakenCommand,
  removeFolder,
} from './store/folder.ts'
import { formatTime, secondsNow as now, secondsUntil } from './time.ts'

const environment = process.env
const [, ownBundle = ''] = process.argv
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

/** The checked inputs of a login, with how it stands to an earlier one, and with the audience that an earlier one found. */
type CheckedLogin = LoginInputs & { standing: Standing }

// Whatever can be refused without a request is refused here.
async function validate(): Promise<DryRunInputs | CheckedLogin> {
  const inputs = await readDeclaredInputs()
  const { subjectToken, accountId } = inputs
  refuseDisabledTlsCheck(environment)
  checkAccountId(accountId)
  const checked = inputs.dryRun ? inputs : checkLogin(inputs)
  if (inputs.dryRun && commandOfDryRun(inputs) !== undefined) checkCommandPlace()
  if (subjectToken === undefined) await checkIdTokenPermission(environment)
  return checked
}

function checkCommandPlace(): void {
  checkCommandFiles(environment, ['GITHUB_STATE', 'GITHUB_PATH'])
  checkTemporary(temporary)
}

// A dry run leaves its command only where there is none: one that logs in is worth more.
const commandOfDryRun = ({ tokenCommand }: DryRunInputs): string | undefined =>
  tokenCommand === undefined || isCommandTaken(searchPath, tokenCommand) ? undefined : tokenCommand

// The audience in the environment may be one that an earlier login found and exported. The user has not set it then, so it is
// tried first, and not alone.
function withLikelyAudience(inputs: LoginInputs): LoginInputs {
  const { host, audience, isAudienceInherited } = inputs
  if (!isAudienceInherited || audience !== exportedAudience(searchPath, temporary, host.origin)) return inputs
  return { ...inputs, audience: undefined, likelyAudience: audience, isAudienceInherited: false }
}

function standingOfLogin(inputs: LoginInputs): Standing {
  const { DATABRICKS_METADATA_SERVICE_URL: url = '' } = environment
  const found = stayingLogin(searchPath, temporary, url)
  const staying = found && { origin: found.origin, groupId: found.groupId, clientId: found.renewal?.clientId }
  return standingOf(environment, inputs, staying)
}

function checkLogin(inputs: LoginInputs): CheckedLogin {
  const { host, accountId, audience, exportEnv, tokenCommand, mayHaveLostGroup } = inputs
  checkHostNeeds(host, accountId, audience)
  const standing = exportEnv ? standingOfLogin(inputs) : 'alone'
  if (mayHaveLostGroup) refuseLostGroup(searchPath, temporary)
  checkCommandFiles(environment, ['GITHUB_OUTPUT', ...(exportEnv ? (['GITHUB_ENV'] as const) : [])])
  if (tokenCommand !== undefined) {
    checkCommandPlace()
    refuseTakenCommand(searchPath, temporary, tokenCommand, host.origin)
  }
  return { ...withLikelyAudience(inputs), standing }
}

// Beside the one that Node was started with.
const bundleOf = (entry: string): string => join(ownBundle, '../..', entry, 'index.js')

const commandNamed = (name: string): CommandPlace => ({
  name,
  node: process.execPath,
  script: bundleOf('command'),
})

function keep(login: Login, name: string, inputs: CheckedLogin): KeptPlace {
  const { clientId, accountId, groupId = '', scope, timeoutSeconds, subjectToken } = inputs
  const { standing } = inputs
  // An audience that the user has set in the environment is there in later steps, too, so this login exports none.
  const isAudienceSet = inputs.isAudienceInherited && inputs.audience !== undefined
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
      exportedAudience: standing === 'beside-github-oidc' && !isAudienceSet ? audience : undefined,
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

async function leaveProcess(folder: string): Promise<StayingProcess> {
  const { startStaying } = await import('./serve/start-staying.ts')
  const staying = await startStaying({ script: bundleOf('stay'), folder, environment, parent: process.ppid })
  log.mask(...staying.halves)
  return staying
}

/** By what later steps log in, where it is not the token alone. */
function authenticationFor(
  { audience }: Login,
  standing: Standing,
  staying: StayingProcess | undefined,
): Readonly<Record<string, string>> | undefined {
  if (staying !== undefined) return staying.environment
  if (standing === 'alone') return undefined
  if (standing === 'beside-staying' || audience === undefined) return {}
  // The SDK for Java reads the second name.
  return { DATABRICKS_TOKEN_AUDIENCE: audience, TOKEN_AUDIENCE: audience }
}

// What fails leaves neither a folder nor a process behind.
async function handOver(login: Login, kept: KeptPlace | undefined, inputs: CheckedLogin): Promise<void> {
  const { exportEnv, groupId, stayLoggedIn, standing } = inputs
  let staying: StayingProcess | undefined
  try {
    if (stayLoggedIn && kept !== undefined) {
      staying = await leaveProcess(kept.folder)
      keepService(kept.folder, digestOfUrl(staying.url))
    }
    publish(login, {
      kept,
      stayingProcess: staying && writeProcess(staying.process),
      exportEnv,
      authentication: authenticationFor(login, standing, staying),
      emptiesGroup: groupId !== undefined && environment['DATABRICKS_GROUP_ID'] === groupId,
      now: now(),
    })
    await staying?.stay()
  } catch (thrown) {
    staying?.abandon()
    if (kept !== undefined) removeFolder(kept.folder, temporary)
    throw thrown
  }
}

async function run(): Promise<number> {
  const inputs = await validate()
  if (inputs.dryRun) {
    await runDry(inputs)
    return 0
  }
  const login = await logIn(inputs, { environment, log })
  const { tokenCommand, groupId, stayLoggedIn } = inputs
  const kept = tokenCommand === undefined ? undefined : keep(login, tokenCommand, inputs)
  if (process.platform === 'win32') log.mask(...signaturePieces(login.accessToken))
  await handOver(login, kept, inputs)
  tellLogin(login, groupId)
  if (stayLoggedIn) log.info('Later steps stay logged in: a process renews the token, until the job has ended.')
  return 0
}

runToEnd(run, log.fail)
