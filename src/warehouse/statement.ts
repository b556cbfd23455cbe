import { ActionError } from '../errors.ts'
import { Fault } from '../http/fault.ts'
import type { Sent } from '../json.ts'
import { msAfter, msSince, msUntil } from '../time.ts'
import type { StatementApi, StatementRequest } from './api.ts'
import { type AskingEffects, askUntilAnswered } from './asking.ts'
import { Cancellation, pauseUnlessCancelled, unlessCancelled } from './cancellation.ts'
import type { Row } from './result.ts'
import { lostResult, statementFailure } from './statement-failure.ts'
import { CHUNK, type Chunk, type Result, readChunk, type StatementResponse } from './statement-response.ts'

/** A statement that succeeded. */
export interface Finished {
  id: string
  /** Undefined if Databricks has closed the statement, and tells nothing of its result. */
  result: Result | undefined
}

export interface StatementEffects extends AskingEffects {
  api: StatementApi
  /** Resolves when there is a token to start with. */
  ready: () => Promise<unknown>
  /** Ends the waiting for a statement, and not the reading of its result. */
  timeLimit: AbortSignal
}

const MIN_PAUSE_MS = 100
const MAX_PAUSE_MS = 5000
const TELL_EVERY_MS = 30_000
// A running warehouse has taken the statement by then. One that has to start may take minutes.
const TELL_COLD_START_MS = 5000

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`

const MEANING: Record<string, string> = {
  PENDING: ': the warehouse is starting, or busy',
  RUNNING: '',
}

const isOver = ({ state }: StatementResponse): boolean => MEANING[state] === undefined

// The pause is a tenth of the time that has passed. So it adds the same part to short and long statements, with few requests.
const pauseAfter = (passedMs: number): number => Math.min(Math.max(passedMs / 10, MIN_PAUSE_MS), MAX_PAUSE_MS)

async function waitForEnd(
  started: StatementResponse,
  name: string,
  { api, ...effects }: StatementEffects,
): Promise<StatementResponse> {
  const { clock, info } = effects
  const signal = AbortSignal.any([effects.signal, effects.timeLimit])
  const { id } = started
  const startedAt = clock.now()
  let told = { state: 'PENDING', at: startedAt }
  let tellAfterMs = TELL_COLD_START_MS
  let answer = started
  while (!isOver(answer)) {
    await pauseUnlessCancelled(pauseAfter(msSince(startedAt, clock.now())), signal, clock)
    answer = await askUntilAnswered(name, (options) => api.read(id, options), { ...effects, signal })
    const { state } = answer
    if (!isOver(answer) && (state !== told.state || msSince(told.at, clock.now()) >= tellAfterMs)) {
      info(`${name}: ${state} ${seconds(msSince(startedAt, clock.now()))}${MEANING[state]}`)
      told = { state, at: clock.now() }
      tellAfterMs = TELL_EVERY_MS
    }
  }
  return answer
}

/** How long a cancellation may take, in seconds. */
interface CancelTimes {
  request: number
  /** For which the state is asked for until it is the last one; once, if there are none. */
  watch: number
}

// The runner leaves 2.5 s between its signals, and the shell may be gone by then.
const ON_SIGNAL: CancelTimes = { request: 4, watch: 0 }
const ON_TIME_LIMIT: CancelTimes = { request: 30, watch: 30 }
const WATCH_EVERY_MS = 500

const reasonOf = (thrown: unknown): string => {
  const failure = thrown instanceof Fault ? thrown.failure : thrown
  return failure instanceof ActionError ? failure.message : 'no token could be had'
}

/** What became of a statement that was to be cancelled; its answer, if it is over. */
interface Cancelled {
  told: string
  answer?: StatementResponse
}

async function stateAfter(id: string, { request, watch }: CancelTimes, effects: StatementEffects): Promise<Cancelled> {
  const { api, clock, signal } = effects
  const watchedUntil = msAfter(clock.now(), watch * 1000)
  for (;;) {
    const last = await api.read(id, { withinSeconds: request }).catch((thrown) => `is unknown: ${reasonOf(thrown)}`)
    if (typeof last !== 'string' && isOver(last))
      return { told: `Databricks says that it is ${last.state}.`, answer: last }
    if (msUntil(watchedUntil, clock.now()) <= 0 || signal.aborted) {
      const told = typeof last === 'string' ? `its state ${last}` : `it is ${last.state} still.`
      return { told: `Its cancellation was received, and ${told}` }
    }
    await clock.pause(WATCH_EVERY_MS, signal)
  }
}

// This throws nothing, since the call ends for another reason, which is the one to report.
async function cancelNow(id: string, times: CancelTimes, effects: StatementEffects): Promise<Cancelled> {
  try {
    await effects.api.cancel(id, times.request)
  } catch (thrown) {
    // Perhaps it could not be cancelled because it is over: its state tells.
    const after = times.watch > 0 ? await stateAfter(id, { ...times, watch: 0 }, effects) : undefined
    if (after?.answer !== undefined) return after
    return { told: `It could not be cancelled, and may run on: ${reasonOf(thrown)}` }
  }
  return stateAfter(id, times, effects)
}

const hasSucceeded = ({ state }: StatementResponse): boolean => state === 'SUCCEEDED' || state === 'CLOSED'

/** Ends a statement because the call ends; gives back its answer if it had succeeded before a time limit could end it. */
async function endWith(
  { message }: Cancellation,
  id: string,
  name: string,
  effects: StatementEffects,
): Promise<StatementResponse> {
  const isLate = effects.timeLimit.aborted && !effects.signal.aborted
  const { told, answer } = await cancelNow(id, isLate ? ON_TIME_LIMIT : ON_SIGNAL, effects)
  if (isLate && answer !== undefined && hasSucceeded(answer)) {
    effects.info(`${name} had succeeded when --timeout was to end it, and counts.`)
    return answer
  }
  throw new ActionError('STATEMENT_CANCELED', `${name} was ${message} (statement id ${id}). ${told}`)
}

function uncertain({ message, serverText }: ActionError, id: string, name: string): ActionError {
  const told = `${name} may run on, or have succeeded (statement id ${id}); it was not cancelled. ${message}`
  return new ActionError('STATEMENT_UNCERTAIN', told, { serverText })
}

/**
 * Runs one statement until it has succeeded. It is cancelled if the call ends before, by a signal, a time limit or the
 * end of its step, and by nothing else; the answer to its start is waited for, since there is no id before.
 *
 * @param name of the statement, for the log: "The statement", "Statement 2 of 3 (line 7)"
 * @throws ActionError STATEMENT_FAILED, STATEMENT_CANCELED, STATEMENT_UNCERTAIN, RESULT_TOO_LARGE and those of the API
 */
export async function runStatement(
  request: StatementRequest,
  name: string,
  effects: StatementEffects,
): Promise<Finished> {
  const { api, ready, signal, timeLimit, info } = effects
  // A login may take long, and it can be given up. The start of a statement cannot.
  await unlessCancelled(AbortSignal.any([signal, timeLimit]), ready()).catch((thrown) => {
    throw thrown instanceof Cancellation
      ? new ActionError('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started.`)
      : thrown
  })
  const started = await api.start(request)
  const { id } = started
  info(`${name}: statement id ${id}`)
  // Of calls at the same time every line tells which statement it is about.
  const answer = await waitForEnd(started, `${name} (statement id ${id})`, effects).catch((thrown) => {
    if (thrown instanceof Cancellation) return endWith(thrown, id, name, effects)
    throw thrown instanceof ActionError ? uncertain(thrown, id, name) : thrown
  })
  if (!hasSucceeded(answer)) throw statementFailure(answer, name)
  return { id, result: answer.result }
}

async function readOn(id: string, index: number, width: number, { api, ...effects }: StatementEffects): Promise<Chunk> {
  const how = { members: CHUNK, read: (chunk: Sent<typeof CHUNK>) => readChunk(chunk, index, width) }
  try {
    return await askUntilAnswered('The result', (options) => api.chunk(id, index, how, options), effects)
  } catch (thrown) {
    throw lostResult(thrown, id)
  }
}

/** @throws ActionError RESULT_INVALID if there are not as many rows, or else chunks, as were announced */
export function refuseMissing({ rowCount, chunkCount }: Result, rows: number, chunks: number): void {
  const refuse = (announced: string, came: number) =>
    new ActionError('RESULT_INVALID', `${announced} were announced, and ${came} came.`)
  if (rowCount !== undefined) {
    if (rows !== rowCount) throw refuse(`${rowCount} rows`, rows)
    return
  }
  // A result without rows has no chunk, or an empty one.
  const isEmpty = chunkCount === 0 && rows === 0
  if (chunkCount !== undefined && chunks !== chunkCount && !isEmpty) throw refuse(`${chunkCount} chunks`, chunks)
}

/**
 * The rows of a result, chunk by chunk, in order.
 *
 * @throws ActionError RESULT_INVALID if there are not as many as were announced; RESULT_GONE if a chunk cannot be had;
 *   STATEMENT_CANCELED if the call ends
 */
export async function* rowsOf(id: string, result: Result, effects: StatementEffects): AsyncGenerator<readonly Row[]> {
  // No variable keeps a chunk while the next one is fetched, so that its memory can be collected.
  let rows = result.first.rows.length
  let chunks = 1
  let { next } = result.first
  yield result.first.rows
  while (next !== undefined) {
    const chunk = await readOn(id, next, result.columns.length, effects)
    rows += chunk.rows.length
    chunks++
    next = chunk.next
    yield chunk.rows
  }
  refuseMissing(result, rows, chunks)
}
