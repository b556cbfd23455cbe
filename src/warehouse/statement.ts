import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import { type MonotonicMs, msSince } from '../time.ts'
import type { StatementApi, StatementRequest } from './api.ts'
import { Cancellation, pauseUnlessCancelled, unlessCancelled } from './cancellation.ts'
import type { Row } from './result.ts'
import type { Chunk, Result, StatementResponse } from './statement-response.ts'

/** A statement that succeeded. */
export interface Finished {
  id: string
  result: Result
}

export interface StatementEffects extends Pick<Log, 'info'> {
  api: StatementApi
  /** Resolves when there is a token to start with. */
  ready: () => Promise<unknown>
  /** Ends the call; its reason is a Cancellation. */
  signal: AbortSignal
  now: () => MonotonicMs
}

const FIRST_PAUSES_MS = [200, 500, 1000, 2000, 4000, 7000]
const PAUSE_MS = 10_000
const TELL_EVERY_MS = 30_000
// The runner leaves 2.5 s between its signals, and the shell may be gone by then.
const CANCEL_SECONDS = 4

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`

const MEANING: Record<string, string> = {
  PENDING: ': the warehouse is starting, or busy',
  RUNNING: '',
}

async function waitForEnd(id: string, name: string, effects: StatementEffects): Promise<StatementResponse> {
  const { api, signal, now, info } = effects
  const startedAt = now()
  let told = { state: 'PENDING', at: startedAt }
  for (let asked = 0; ; asked++) {
    await pauseUnlessCancelled(FIRST_PAUSES_MS[asked] ?? PAUSE_MS, signal)
    const answer = await unlessCancelled(signal, api.read(id))
    const { state } = answer
    const meaning = MEANING[state]
    if (meaning === undefined) return answer
    if (state !== told.state || msSince(told.at, now()) >= TELL_EVERY_MS) {
      info(`${name}: ${state} ${seconds(msSince(startedAt, now()))}${meaning}`)
      told = { state, at: now() }
    }
  }
}

// Whatever goes wrong here, the call ends for another reason, which is told.
async function cancelNow(id: string, { api }: StatementEffects): Promise<string> {
  try {
    await api.cancel(id, CANCEL_SECONDS)
    const { state } = await api.read(id, CANCEL_SECONDS)
    return state === 'PENDING' || state === 'RUNNING'
      ? `Its cancellation was received, and it is ${state} still.`
      : `Databricks says that it is ${state}.`
  } catch (thrown) {
    const reason = thrown instanceof ActionError ? thrown.message : 'no token could be had'
    return `It could not be cancelled, and may run on: ${reason}`
  }
}

const GRANTS =
  'GRANT USE CATALOG ON CATALOG …, GRANT USE SCHEMA ON SCHEMA … and GRANT SELECT ON TABLE … TO `<application id>`'

// By the error classes of Databricks, which stand at the beginning of its messages.
function adviceFor(message: string): { advice?: string } {
  if (/INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED/.test(message)) {
    return { advice: `The service principal lacks a right on what the message names, such as ${GRANTS}.` }
  }
  if (/(TABLE_OR_VIEW|SCHEMA|CATALOG|NO_SUCH_CATALOG\w*)_NOT_FOUND|NO_SUCH_CATALOG/.test(message)) {
    return {
      advice: `Check the name, --catalog and --schema. A principal that may not see what is there gets the same error: ${GRANTS}.`,
    }
  }
  return {}
}

function failureOf({ id, state, error }: StatementResponse, name: string): ActionError {
  if (state === 'CANCELED') {
    return new ActionError('STATEMENT_CANCELED', `${name} was cancelled at Databricks (statement id ${id}).`)
  }
  if (state === 'CLOSED') {
    return new ActionError('STATEMENT_FAILED', `${name} has succeeded, and its result is gone (statement id ${id}).`)
  }
  const { code = '', message = '', sqlState = '' } = error ?? {}
  const told = [code, sqlState === '' ? '' : `SQLSTATE ${sqlState}`, `statement id ${id}`].filter(Boolean).join(', ')
  if (/byte limit exceeded/i.test(message)) {
    return new ActionError('RESULT_TOO_LARGE', `The result of ${name} is larger than 25 MiB (${told}).`, {
      serverText: message,
    })
  }
  return new ActionError('STATEMENT_FAILED', `${name} failed: ${told}.`, { serverText: message, ...adviceFor(message) })
}

/**
 * Runs one statement until it has succeeded. If the call ends before, or nothing more can be known of the statement, it
 * is cancelled; the answer to its start is waited for, since there is no id before.
 *
 * @param name of the statement, for the log: "The statement", "Statement 2 of 3 (line 7)"
 * @throws ActionError STATEMENT_FAILED, STATEMENT_CANCELED, RESULT_TOO_LARGE and those of the API
 */
export async function runStatement(
  request: StatementRequest,
  name: string,
  effects: StatementEffects,
): Promise<Finished> {
  const { api, ready, signal, info } = effects
  // A login may take its time, and can be given up; the start cannot.
  await unlessCancelled(signal, ready()).catch((thrown) => {
    throw thrown instanceof Cancellation
      ? new ActionError('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started.`)
      : thrown
  })
  const { id } = await api.start(request)
  let answer: StatementResponse
  try {
    info(`${name}: statement id ${id}`)
    answer = await waitForEnd(id, name, effects)
  } catch (thrown) {
    const after = await cancelNow(id, effects)
    if (thrown instanceof Cancellation) {
      throw new ActionError('STATEMENT_CANCELED', `${name} was ${thrown.message} (statement id ${id}). ${after}`)
    }
    if (!(thrown instanceof ActionError)) throw thrown
    const { code, message, advice, serverText } = thrown
    throw new ActionError(code, `${message} The statement id is ${id}. ${after}`, { advice, serverText, cause: thrown })
  }
  if (answer.result === undefined) throw failureOf(answer, name)
  return { id, result: answer.result }
}

async function readOn(id: string, index: number, width: number, { api, signal }: StatementEffects): Promise<Chunk> {
  try {
    return await unlessCancelled(signal, api.readChunk(id, index, width))
  } catch (thrown) {
    if (!(thrown instanceof Cancellation)) throw thrown
    throw new ActionError(
      'STATEMENT_CANCELED',
      `The call was ${thrown.message} while it read the result of a statement that has succeeded (statement id ${id}).`,
    )
  }
}

function refuseMissing({ rowCount, chunkCount }: Result, rows: number, chunks: number): void {
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
 * @throws ActionError RESULT_INVALID if there are not as many as were announced; STATEMENT_CANCELED if the call ends
 */
export async function* rowsOf({ id, result }: Finished, effects: StatementEffects): AsyncGenerator<readonly Row[]> {
  // Nothing here keeps a chunk while the next one is fetched.
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
