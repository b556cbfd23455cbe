import { ActionError } from './errors.ts'
import { federate, type Login, type LoginOptions } from './federation/federate.ts'
import { readSubjectToken } from './federation/subject-token.ts'
import type { Host } from './host.ts'
import type { Clock } from './http/clock.ts'
import { openConnections } from './http/connections.ts'
import type { Send } from './http/request.ts'
import type { Log } from './log.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import type { StepLog } from './runner/log.ts'
import { USER_AGENT } from './runner/version.ts'
import { secondsNow, secondsUntil } from './time.ts'

interface LogInEffects {
  /** The environment of this process, for the runner's ID token service. */
  environment: NodeJS.ProcessEnv
  log: Pick<Log, 'mask' | 'info' | 'notice' | 'warning' | 'debug'>
  /** A number in [0, 1), for the jitter of retries. */
  random?: () => number
  /** Of the requests; the real one unless a test lets time pass. */
  clock?: Clock | undefined
}

// Compares the clock of this machine with the Date of each answer. The difference can explain a failure.
function watchClock(send: Send): { send: Send; clockSkewSeconds: () => number | undefined } {
  let ahead: number | undefined
  return {
    clockSkewSeconds: () => ahead,
    send: async (make, withinSeconds) => {
      const answer = await send(make, withinSeconds)
      const told = Date.parse(answer.date ?? '') / 1000
      if (Number.isFinite(told)) ahead = secondsUntil(secondsNow(), told)
      return answer
    },
  }
}

/**
 * Checks that the step may ask for an ID token, and tells why not as far as its environment shows.
 *
 * @throws ActionError ID_TOKEN_PERMISSION_MISSING, ID_TOKEN_REFUSED, before any request
 */
export async function checkIdTokenPermission(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    findIdTokenService(environment)
  } catch (thrown) {
    if (!(thrown instanceof ActionError) || thrown.code !== 'ID_TOKEN_PERMISSION_MISSING') throw thrown
    const { missingPermission } = await import('./explain/missing-permission.ts')
    throw missingPermission(environment)
  }
}

// What explains a failure is loaded here, so that a login that succeeds does not load it.
async function explained(
  failure: ActionError,
  options: LoginOptions,
  environment: NodeJS.ProcessEnv,
  clockSkewSeconds: number | undefined,
): Promise<ActionError> {
  const [{ explain }, { explainedFailure }, { undeclaredInputs }] = await Promise.all([
    import('./explain/refusal.ts'),
    import('./explain/rendering.ts'),
    import('./explain/undeclared-inputs.ts'),
  ])
  const undeclared = undeclaredInputs(environment)
  const { GITHUB_EVENT_NAME: eventName } = environment
  const explanation = explain(failure, options, { undeclared, eventName, clockSkewSeconds, now: secondsNow() })
  return explanation === undefined ? failure : explainedFailure(failure, explanation)
}

/**
 * Logs in over connections of its own, which are closed when it ends, whichever way.
 *
 * @throws ActionError of any step, explained as far as what was sent and what came back tell
 */
export async function logIn(
  options: LoginOptions & { verify?: boolean },
  { environment, log, random, clock }: LogInEffects,
): Promise<Login> {
  const { mask, info, notice, warning, debug } = log
  const { timeoutSeconds } = options
  const { send: sendOnly, close } = openConnections({
    userAgent: USER_AGENT,
    timeoutSeconds,
    info,
    debug,
    random,
    clock,
  })
  const { send, clockSkewSeconds } = watchClock(sendOnly)
  const askRunner = async (audience: string) => {
    await checkIdTokenPermission(environment)
    return requestIdToken(findIdTokenService(environment), { audience, send, mask })
  }
  try {
    const login = await federate(options, {
      send,
      requestIdToken: askRunner,
      mask,
      info,
      notice,
      warning,
      now: secondsNow,
    })
    if (options.verify !== true) return login
    const [{ askPrincipal }, { compareWhereabouts }] = await Promise.all([
      import('./federation/principal.ts'),
      import('./federation/whereabouts.ts'),
    ])
    const { host, accessToken, workspaceId, scope } = login
    const principal = await askPrincipal(send, { host, accessToken, workspaceId, scope, warning })
    const { accountId } = options
    await compareWhereabouts(send, { host, accessToken, accountId, workspaceId, notice })
    return { ...login, principal }
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown
    throw await explained(thrown, options, environment, clockSkewSeconds())
  } finally {
    close()
  }
}

/** What a dry run is asked for; it may not know yet where the workspace is. */
interface DryRunLogin extends Omit<LoginOptions, 'host'> {
  host: Host | undefined
}

/**
 * Tells what the token of this job holds, and what has to exist at Databricks for it, in the log and in the summary of
 * the job. GitHub alone is asked; nothing is sent to Databricks.
 *
 * @throws ActionError ID_TOKEN_*, SUBJECT_TOKEN_*, and those of Send
 */
export async function dryRun(
  options: DryRunLogin,
  { environment, log }: { environment: NodeJS.ProcessEnv; log: StepLog },
): Promise<void> {
  const { host, clientId, accountId, audience, subjectToken, timeoutSeconds } = options
  const { mask, info, debug } = log
  const { send, close } = openConnections({ userAgent: USER_AGENT, timeoutSeconds, info, debug })
  try {
    // Whatever its audience, a token of this job holds the same claims.
    const asked = { audience: audience ?? accountId ?? host?.origin ?? 'databricks', send, mask }
    const jwt = subjectToken ?? (await requestIdToken(findIdTokenService(environment), asked))
    const now = secondsNow()
    const { disclosedClaims } = readSubjectToken(jwt, now)
    const { tellDryRun } = await import('./explain/rendering.ts')
    const isSubjectTokenGiven = subjectToken !== undefined
    const known = { host, clientId, accountId, audience, disclosedClaims, isSubjectTokenGiven, now }
    tellDryRun(known, environment, log)
  } finally {
    close()
  }
}
