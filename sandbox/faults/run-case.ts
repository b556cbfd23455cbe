import { readFileSync } from 'node:fs'
import { asActionError, type FailureCode } from '../../src/errors.ts'
import type { Login } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { logIn } from '../../src/log-in.ts'
import { stepLog } from '../../src/runner/log.ts'
import type { Case } from './cases.ts'
import { applicationId, type Laboratory } from './laboratory.ts'
import { type Leg, legOf } from './leg.ts'
import { steeredClock } from './steered-clock.ts'
import { isTls } from './tls-laboratory.ts'

/** What became of a login under a fault. */
export interface Outcome {
  /** Undefined when it logged in. */
  readonly failure: { readonly code: FailureCode; readonly thrown: unknown } | undefined
  readonly login: Login | undefined
  /** Attempts at the leg of the fault, as the debug log counts them. */
  readonly attempts: number
  /** Requests that arrived at the leg of the fault. */
  readonly arrived: number
  /** Requests that arrived where none should. */
  readonly strayed: number
  /** All that was printed, as the runner reads it, and the summary. */
  readonly printed: string
  readonly summary: string
  readonly milliseconds: number
}

const TIMEOUT_SECONDS = 20

// Almost none, so that retries follow at once; the waits keep their order.
const JITTER = 0.05

const attemptsIn = (printed: string, leg: Leg): number =>
  printed.split('\n').filter((line) => legOf(/^::debug::[A-Z]+ (\S+) /.exec(line)?.[1] ?? '') === leg).length

/** Whether a login lives through real time, which can be measured, or one that a slow machine cannot disturb. */
export type Time = 'real' | 'steered'

/** Logs in once under a fault, in this process, with the log that a step has. */
export async function runCase(laboratory: Laboratory, one: Case, time: Time): Promise<Outcome> {
  const { fault, leg, repetition } = one
  const { runner, workspace, elsewhere } = laboratory
  const environment = { ...runner.environment(), ...laboratory.environment, RUNNER_DEBUG: '1' }
  let printed = ''
  const log = stepLog(environment, (text) => {
    printed += text
    if (text.includes('Trying again')) laboratory.onRetry?.()
  })
  const options = {
    host: parseHost(workspace.host),
    accountId: workspace.accountId,
    clientId: applicationId,
    scope: 'all-apis',
    onExchangeFailure: 'fail' as const,
    timeoutSeconds: fault.timeoutSeconds ?? TIMEOUT_SECONDS,
  }
  await laboratory.reset()
  const clock = time === 'steered' ? steeredClock() : undefined
  laboratory.onStall = clock?.stalled
  fault.put(laboratory, leg, repetition)
  const startedAt = Date.now()
  let ended: Pick<Outcome, 'login' | 'failure'>
  try {
    const login = await logIn(options, { environment, log, random: () => JITTER, clock })
    ended = { login, failure: undefined }
  } catch (thrown) {
    const failure = asActionError(thrown)
    log.fail(failure)
    ended = { login: undefined, failure: { code: failure.code, thrown } }
  }
  const impostors = isTls(laboratory) ? Object.values(laboratory.impostors) : []
  return {
    ...ended,
    attempts: attemptsIn(printed, leg),
    arrived: laboratory.arrived(leg),
    strayed: [elsewhere, ...impostors].reduce((sum, { requests }) => sum + requests.length, 0),
    printed,
    summary: readFileSync(environment.GITHUB_STEP_SUMMARY, 'utf8'),
    milliseconds: Date.now() - startedAt,
  }
}
