import { jsonObject } from './federation/answer.ts'
import { checkHostNeeds, parseHost } from './federation/host.ts'
import { openConnections } from './federation/http.ts'
import { formatTime, peekAccessToken } from './federation/jwt.ts'
import { checkCommandFiles } from './runner/command-files.ts'
import { refuseDisabledTlsCheck, refuseExistingLogin } from './runner/environment.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import { type Inputs, readInputs } from './runner/inputs.ts'
import { stepLog } from './runner/log.ts'
import { publish } from './runner/publish.ts'
import { type Login, signIn } from './sign-in.ts'
import { USER_AGENT } from './version.ts'
import { runToEnd } from './way-out.ts'

const environment = process.env
const log = stepLog(environment)
const now = () => Date.now() / 1000

function validate(): Inputs {
  const inputs = readInputs(environment, { parseHost, ...log })
  const { host, accountId, audience, subjectToken, exportEnv } = inputs
  checkHostNeeds(host, accountId, audience)
  refuseDisabledTlsCheck(environment)
  if (exportEnv) refuseExistingLogin(environment, (text) => parseHost(text, true).origin === host.origin)
  checkCommandFiles(environment, ['GITHUB_OUTPUT', ...(exportEnv ? (['GITHUB_ENV'] as const) : [])])
  if (subjectToken === undefined) findIdTokenService(environment)
  return inputs
}

async function askDatabricks(inputs: Inputs): Promise<Login> {
  const { timeoutSeconds } = inputs
  const connections = openConnections({ userAgent: USER_AGENT, timeoutSeconds, ...log })
  const { send } = connections
  const idTokenOf = (audience: string) =>
    requestIdToken(findIdTokenService(environment), audience, { send, jsonObject, mask: log.mask })
  try {
    return await signIn(inputs, { send, requestIdToken: idTokenOf, now, ...log })
  } finally {
    connections.close()
  }
}

function tell({ host, accessToken, subject, expiresAt }: Login): void {
  const principal = peekAccessToken(accessToken).subject ?? 'a principal that the token does not name'
  const minutes = ((expiresAt - now()) / 60).toFixed(1)
  log.info(
    `Logged in to ${host.origin} as ${principal} for ${subject ?? 'an unnamed subject'} until ${formatTime(expiresAt)} (${minutes} minutes).`,
  )
}

async function logIn(): Promise<number> {
  const inputs = validate()
  const login = await askDatabricks(inputs)
  publish(login, { exportEnv: inputs.exportEnv, now: now() })
  tell(login)
  return 0
}

runToEnd(logIn, log.fail)
