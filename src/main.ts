import { join } from 'node:path'
import { peekAccessToken } from './federation/claims.ts'
import type { Login } from './federation/federate.ts'
import { checkTemporary, type KeptPlace, keepLogin, refuseTakenCommand, removeFolder } from './fresh/folder.ts'
import { checkHostNeeds } from './host.ts'
import { logIn } from './log-in.ts'
import { checkCommandFiles } from './runner/command-files.ts'
import { refuseDisabledTlsCheck, refuseExistingLogin } from './runner/environment.ts'
import { findIdTokenService } from './runner/id-token.ts'
import { type Inputs, readInputs } from './runner/inputs.ts'
import { stepLog } from './runner/log.ts'
import { publish } from './runner/publish.ts'
import { runToEnd } from './runner/way-out.ts'
import { writeAtOnce } from './runner/write-at-once.ts'
import { formatTime, secondsNow as now } from './time.ts'

const environment = process.env
const { RUNNER_TEMP: temporary = '', PATH: searchPath = '' } = environment
const log = stepLog(environment, (text) => writeAtOnce(1, text))

// Everything that can be refused is refused here, before the first request.
function validate(): Inputs {
  const inputs = readInputs(environment, log)
  const { host, accountId, audience, subjectToken, exportEnv, tokenCommand } = inputs
  checkHostNeeds(host, accountId, audience)
  refuseDisabledTlsCheck(environment)
  if (exportEnv) refuseExistingLogin(environment, host)
  checkCommandFiles(environment, ['GITHUB_OUTPUT', ...(exportEnv ? (['GITHUB_ENV'] as const) : [])])
  if (tokenCommand !== undefined) {
    checkCommandFiles(environment, ['GITHUB_STATE', 'GITHUB_PATH'])
    checkTemporary(temporary)
    refuseTakenCommand(searchPath, temporary, tokenCommand, host.origin)
  }
  if (subjectToken === undefined) findIdTokenService(environment)
  return inputs
}

function keep(login: Login, name: string, inputs: Inputs): KeptPlace {
  const { clientId, accountId, scope, timeoutSeconds, subjectToken } = inputs
  const { host, accessToken, expiresAt, exchanged, audience, workspaceId } = login
  const repeatable = exchanged && subjectToken === undefined
  return keepLogin({
    temporary,
    login: {
      renewal: repeatable ? { clientId, accountId, audience, scope, timeoutSeconds } : undefined,
      origin: host.origin,
      scope: login.scope,
      serverHostname: host.serverHostname,
      workspaceId: host.kind === 'unified' ? workspaceId : undefined,
    },
    token: { accessToken, expiresAt, issuedAt: now(), beganAt: now() },
    command: {
      name,
      node: process.execPath,
      script: join(import.meta.dirname, '..', 'command', 'index.js'),
    },
  })
}

function tell({ host, accessToken, subject, identityProvider, expiresAt }: Login): void {
  const principal = peekAccessToken(accessToken).subject ?? 'a principal that the token does not name'
  const minutes = ((expiresAt - now()) / 60).toFixed(1)
  log.info(
    `Logged in to ${host.origin} as ${principal} for ${subject ?? 'an unnamed subject'} (${identityProvider}) until ${formatTime(expiresAt)} (${minutes} minutes).`,
  )
}

async function run(): Promise<number> {
  const inputs = validate()
  const login = await logIn(inputs, { environment, log })
  const { tokenCommand, exportEnv } = inputs
  const kept = tokenCommand === undefined ? undefined : keep(login, tokenCommand, inputs)
  try {
    publish(login, { kept, exportEnv, now: now() })
  } catch (thrown) {
    if (kept !== undefined) removeFolder(kept.folder, temporary)
    throw thrown
  }
  tell(login)
  return 0
}

runToEnd(run, log.fail)
