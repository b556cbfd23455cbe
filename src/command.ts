import { fstatSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Call, parseCall, USAGE } from './command-line.ts'
import { ActionError } from './errors.ts'
import { parseHost } from './host.ts'
import { refuseDisabledTlsCheck } from './http/tls-check.ts'
import type { Log } from './log.ts'
import { openLogin } from './open-login.ts'
import { commandLog } from './runner/command-log.ts'
import { isInWorkflow } from './runner/in-workflow.ts'
import { pipeOf } from './runner/pipe-of.ts'
import { endWhenIdle, runToEnd } from './runner/run-to-end.ts'
import { appendSummary } from './runner/summary.ts'
import { USER_AGENT, VERSION } from './runner/version.ts'
import { watchStep } from './runner/watch-step.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import type { StoredToken } from './store/login-store.ts'
import { maskEachToken } from './store/mask-each-token.ts'
import { maskedFirst } from './store/masked-token.ts'
import { renewalThreshold } from './store/token-lifetime.ts'
import { formatTime, secondsNow as now } from './time.ts'

const environment = process.env
const log = commandLog(environment, (text) => writeAllSync(2, text))
const WRONG_CALL = 2
const inWorkflow = isInWorkflow(environment)

/** The file that started this command. */
interface Caller {
  /** Of the login. */
  folder: string
  /** Whether cmd has read the words first. */
  throughCmd: boolean
}

/** The kept login of this command, and ways to a token of it: whatever leaves this process is handed out. */
function openHere(folder: string, warning: Log['warning']) {
  const opened = openLogin(folder, { environment, log, warning })
  const handOut = maskedFirst(opened.kept, { mask: log.mask, inWorkflow, pipe: pipeOf(2), now, pause })
  return { ...opened, handOut }
}

const unwritable = (code: string) => new ActionError('RESULT_UNWRITABLE', `Writing to stdout failed (${code}).`)

// If the token cannot be written, the command fails. On a full disk it would otherwise leave an empty file and succeed.
function print(text: string): void {
  const code = writeAllSync(1, text)
  if (code !== undefined) throw unwritable(code)
}

async function printToken(folder: string, { minValidity, output }: Extract<Call, { kind: 'token' }>): Promise<number> {
  const { fresh, handOut } = openHere(folder, log.warning)
  const { accessToken, expiresAt } = await handOut(await fresh(() => minValidity))
  const expiry = formatTime(expiresAt)
  const asJson = () => JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry })
  print(`${output === 'json' ? asJson() : accessToken}\n`)
  return 0
}

async function runLoggedIn(folder: string, { auth, program }: Extract<Call, { kind: 'exec' }>): Promise<number> {
  // A program may ask for hours: a line for each failure, and no annotation, of which a step has few.
  const { kept, login, fresh, handOut, describe } = openHere(folder, log.info)
  const { execute } = await import('./serve/exec.ts')
  const { info } = log
  const renew = () => fresh(renewalThreshold)
  return execute({ program, auth, login, environment, current: kept.readToken, renew, handOut, describe, now, info })
}

const ENDING_SIGNALS = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  // What the runner on Windows sends after Ctrl-C.
  ['SIGBREAK', 130],
  ['SIGTERM', 143],
] as const
const STEP_GONE = 143
// A statement may take hours, each request about it no more than this. A large result comes within one attempt.
const SQL_TIMES = { timeoutSeconds: 240, attemptSeconds: 60 }

// Everything of SQL is loaded here: no other call needs it.
async function runSqlLoggedIn({ folder, throughCmd }: Caller, words: readonly string[]): Promise<number> {
  const [{ runSql }, { Cancellation, BrokenPipe }, { keepConnection }, { realClock }] = await Promise.all([
    import('./warehouse/run.ts'),
    import('./warehouse/cancellation.ts'),
    import('./http/kept-connection.ts'),
    import('./http/clock.ts'),
  ])
  refuseDisabledTlsCheck(environment)
  const { login, fresh, handOut } = openHere(folder, log.info)
  const ended = new AbortController()
  const end = (reason: string, exitCode: number) => ended.abort(new Cancellation(reason, exitCode))
  for (const [signal, exitCode] of ENDING_SIGNALS) process.on(signal, () => end(`ended by ${signal}`, exitCode))
  const unwatch = watchStep(environment, () => end('ended with its step', STEP_GONE))
  const { info, debug, fail } = log
  const { send, sendFresh, close } = keepConnection({ userAgent: USER_AGENT, ...SQL_TIMES, info, debug })
  const exitCode = await runSql(words, {
    throughCmd,
    origin: login.origin,
    workspaceId: login.workspaceId,
    environment,
    send,
    sendFresh,
    userAgent: USER_AGENT,
    hideFromLog: log.hideFromLog,
    token: async (refusedToken) => {
      const isRefused = (token: StoredToken) => token.accessToken === refusedToken
      // No token has an infinite time left, so one that the workspace refused is renewed, whatever its expiry says.
      const wanted = await fresh((token) => (isRefused(token) ? Number.POSITIVE_INFINITY : renewalThreshold(token)))
      const { accessToken } = await handOut(wanted)
      return accessToken
    },
    print: (text) => {
      const code = writeAllSync(1, text)
      if (code === 'EPIPE') throw new BrokenPipe()
      if (code !== undefined) throw unwritable(code)
    },
    stdoutIsFile: fstatSync(1).isFile(),
    inWorkflow,
    info,
    fail,
    withCause: async (failure) => {
      const { explainedAnswer } = await import('./explain/refusal.ts')
      return explainedAnswer(failure, parseHost(login.origin, true))
    },
    page: log.page,
    summarize: (markdown) => appendSummary(environment['GITHUB_STEP_SUMMARY'], markdown),
    signal: ended.signal,
    clock: realClock,
    canRenew: login.renewal !== undefined,
  })
  close()
  unwatch()
  return exitCode
}

// For a step in the background: the runner masks what any step of the job prints, by what this one tells it. It has done
// its work whenever it is ended.
async function maskTokens(folder: string): Promise<number> {
  const ended = new AbortController()
  const end = () => ended.abort()
  for (const [signal] of ENDING_SIGNALS) process.on(signal, end)
  const unwatch = watchStep(environment, end)
  const { kept } = openLogin(folder, { environment, log, warning: log.info })
  const { info, mask } = log
  if (!inWorkflow) info('There is no runner here that would read a mask.')
  await maskEachToken(kept, { mask, pause, signal: ended.signal })
  unwatch()
  return 0
}

async function printSqlHelp(): Promise<number> {
  const { SQL_USAGE } = await import('./warehouse/usage.ts')
  print(SQL_USAGE)
  return 0
}

function answer(caller: Caller, call: Call): number | Promise<number> {
  const { folder } = caller
  if (call.kind === 'token') return printToken(folder, call)
  if (call.kind === 'exec') return runLoggedIn(folder, call)
  if (call.kind === 'masks') return maskTokens(folder)
  if (call.kind === 'sql') return runSqlLoggedIn(caller, call.words)
  if (call.kind === 'wrong') {
    log.info(call.reason)
    writeAllSync(2, `\n${USAGE}`)
    return WRONG_CALL
  }
  if (call.kind === 'sql-help') return printSqlHelp()
  print(call.kind === 'version' ? `${VERSION}\n` : USAGE)
  return 0
}

// The command's own file puts `--kept <folder>` before what the user wrote; the batch file, `--kept-through-cmd <folder>`.
const [kept = '', folder = '', ...words] = process.argv.slice(2)
const throughCmd = kept === '--kept-through-cmd'
const call = parseCall(words)
// Under exec the signals are the program's; under sql they cancel the statement first, and under masks they are the end.
runToEnd(
  async () => answer({ folder, throughCmd }, call),
  log.fail,
  ['exec', 'sql', 'masks'].includes(call.kind) ? [] : undefined,
  // A large result leaves work to the threads of V8.
  call.kind === 'sql' ? endWhenIdle : undefined,
)
