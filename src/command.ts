import { asLoginError } from './errors.ts'
import { type Call, parseCall, USAGE } from './fresh/command-line.ts'
import { type FreshTokenEffects, freshToken } from './fresh/fresh-token.ts'
import { type Kept, type KeptLogin, openKept, type Renewal } from './fresh/kept.ts'
import { renewalThreshold } from './fresh/lifetime.ts'
import { parseHost } from './host.ts'
import { commandLog } from './runner/command-log.ts'
import { refuseDisabledTlsCheck } from './runner/environment.ts'
import { VERSION } from './runner/version.ts'
import { runToEnd } from './runner/way-out.ts'
import { formatTime, secondsNow as now } from './time.ts'

const environment = process.env
const log = commandLog(environment)
const WRONG_CALL = 2

// Everything that speaks HTTP is loaded here, so that a kept token is printed without it.
async function logInAgain(origin: string, renewal: Renewal) {
  refuseDisabledTlsCheck(environment)
  const { logIn } = await import('./log-in.ts')
  return logIn({ ...renewal, host: parseHost(origin, true), onExchangeFailure: 'fail' }, environment, log)
}

const describe = (thrown: unknown): string => log.describe(asLoginError(thrown))

function effectsFor({ renewal, origin }: KeptLogin, warn: (line: string) => void): FreshTokenEffects {
  const logIn = renewal === undefined ? undefined : () => logInAgain(origin, renewal)
  return { logIn, describe, warn, now }
}

function keptLogin(folder: string): { kept: Kept; login: KeptLogin } {
  const kept = openKept(folder)
  const token = kept.readToken()
  if (token !== undefined) log.know(token.accessToken)
  return { kept, login: kept.readLogin() }
}

async function printToken(folder: string, { minValidity, output }: Extract<Call, { kind: 'token' }>): Promise<number> {
  const { kept, login } = keptLogin(folder)
  const { accessToken, expiresAt } = await freshToken(kept, () => minValidity, effectsFor(login, log.warn))
  const expiry = formatTime(expiresAt)
  const asJson = () => JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry })
  process.stdout.write(`${output === 'json' ? asJson() : accessToken}\n`)
  return 0
}

async function runLoggedIn(folder: string, { auth, program }: Extract<Call, { kind: 'exec' }>): Promise<number> {
  const { kept, login } = keptLogin(folder)
  const { execute } = await import('./fresh/exec.ts')
  // A program may ask for hours: a line for each failure, and no annotation, of which a step has few.
  const renew = () => freshToken(kept, renewalThreshold, effectsFor(login, log.info))
  const report = (thrown: unknown) => log.info(describe(thrown))
  const { readToken: current } = kept
  const { mask } = log
  return execute({ program, auth, login, environment, current, renew, report, mask, now, warn: log.info })
}

function answer(folder: string, call: Call): number | Promise<number> {
  if (call.kind === 'token') return printToken(folder, call)
  if (call.kind === 'exec') return runLoggedIn(folder, call)
  if (call.kind === 'wrong') {
    process.stderr.write(`databricks-token: ${call.reason}\n\n${USAGE}`)
    return WRONG_CALL
  }
  process.stdout.write(call.kind === 'version' ? `${VERSION}\n` : USAGE)
  return 0
}

// The command's own file puts `--kept <folder>` before what the user wrote.
const [, folder = '', ...words] = process.argv.slice(2)
const call = parseCall(words)
// Under exec the signals are the program's.
runToEnd(async () => answer(folder, call), log.fail, call.kind === 'exec' ? [] : undefined)
