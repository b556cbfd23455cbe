import { openSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { ActionError, systemCode } from '../errors.ts'
import type { Clock } from '../http/clock.ts'
import type { Send } from '../http/request.ts'
import type { Log } from '../log.ts'
import { msSince } from '../time.ts'
import { openApi, type StatementRequest } from './api.ts'
import { Cancellation, exitCodeFor, limitTime, unlessCancelled } from './cancellation.ts'
import { type Format, rulesOf } from './formats.ts'
import { type Output, openOutput } from './output.ts'
import { refuseUnused } from './parameters.ts'
import { presentGone, presentResult, rowLimit } from './present.ts'
import { type Statement, splitStatements } from './split-statements.ts'
import { parseSqlOptions, type SqlOptions } from './sql-options.ts'
import { rowsOf, runStatement, type StatementEffects } from './statement.ts'
import { afterSuccess } from './statement-failure.ts'
import { usageError } from './usage-error.ts'
import { warehouseId } from './warehouse-id.ts'

/** What a call needs of the world, beside its words. */
export interface SqlEffects extends Pick<Log, 'info' | 'fail'> {
  /** Of the login. */
  origin: string
  workspaceId: string | undefined
  environment: NodeJS.ProcessEnv
  /** Whether cmd has read the words first. */
  throughCmd: boolean
  /** Over a connection that is kept. */
  send: Send
  /** Over a new one. */
  sendFresh: Send
  /** A token that is valid now; another than the one that was refused, if one is given. */
  token: (refused?: string) => Promise<string>
  /** Prints to stdout. @throws BrokenPipe */
  print: (text: string) => void
  stdoutIsFile: boolean
  inWorkflow: boolean
  /** Adds to the job summary; false if it does not fit. */
  summarize: (markdown: string) => boolean
  /** Ends the call; its reason is a Cancellation. */
  signal: AbortSignal
  clock: Clock
  /** Whether there can be another token when this one ends. */
  canRenew: boolean
}

// A read of a pipe that waits, as of <(…), would hold the process up, its end included; a socket can be left.
const textIn = (file: string): Promise<string> =>
  statSync(file).isFIFO() ? textOf(new Socket({ fd: openSync(file, 'r') })) : readFile(file, 'utf8')

async function readSource(source: SqlOptions['source'], signal: AbortSignal): Promise<string> {
  if (typeof source === 'object' && 'text' in source) return source.text
  try {
    const reading = source === 'stdin' ? textOf(process.stdin) : textIn(source.file)
    return (await unlessCancelled(signal, reading)).replace(/^\ufeff/, '')
  } catch (thrown) {
    if (thrown instanceof Cancellation) {
      throw new ActionError('STATEMENT_CANCELED', `The call was ${thrown.message} before anything was run.`)
    }
    const from = source === 'stdin' ? 'stdin' : 'The file of --file'
    throw usageError(`${from} cannot be read (${systemCode(thrown)})`)
  }
}

function requestFor(statement: Statement, call: SqlOptions, limit: { row_limit?: number }, warehouse: string) {
  const { catalog, schema, tags } = call
  const parameters = call.parameters.filter(({ name }) => statement.markers.has(name))
  const request: StatementRequest = { statement: statement.text, warehouse_id: warehouse, ...limit }
  if (catalog !== undefined) request.catalog = catalog
  if (schema !== undefined) request.schema = schema
  if (parameters.length > 0) request.parameters = parameters
  if (tags.length > 0) request.query_tags = tags
  return request
}

function refuseRows(gate: SqlOptions['gate'], count: number): void {
  if (gate === 'no-rows' && count > 0) {
    throw new ActionError('ROWS_UNEXPECTED', `The result has rows, and --fail-if-rows wants none.`)
  }
  if (gate === 'rows' && count === 0) {
    throw new ActionError('ROWS_UNEXPECTED', `The result has no rows, and --fail-if-no-rows wants some.`)
  }
}

const ENDING_TOKEN =
  'This login cannot be repeated, since its subject token was given. What runs longer than its token lives cannot be followed, nor cancelled.'

// What is not shown to anybody can be gone.
const needsRows = ({ gate, output }: SqlOptions, format: Format): boolean =>
  gate !== undefined || output !== undefined || !rulesOf(format).showsEach

/** Ends a call: the first signal everything, the second what has no result yet. */
type Signals = Pick<StatementEffects, 'signal' | 'timeLimit'>

async function runAll(call: SqlOptions, effects: SqlEffects, output: Output, signals: Signals): Promise<void> {
  const either = AbortSignal.any([signals.signal, signals.timeLimit])
  const statements = splitStatements(await readSource(call.source, either))
  refuseUnused(call.parameters, statements)
  const { origin, workspaceId, environment, send, sendFresh, token, clock, info, canRenew } = effects
  const { now } = clock
  const api = openApi({ origin, workspaceId, send, sendFresh, token })
  const warehouse = await warehouseId({ origin, given: call.warehouse, environment }, () =>
    unlessCancelled(either, api.listWarehouses()),
  )
  if (!canRenew) info(ENDING_TOKEN)
  const own: StatementEffects = { api, clock, info, ready: () => token(), ...signals }
  const places = { output, summarize: call.summary ? effects.summarize : undefined, info }
  for (const [at, statement] of statements.entries()) {
    const isLast = at === statements.length - 1
    const name =
      statements.length === 1 ? 'The statement' : `Statement ${at + 1} of ${statements.length} (line ${statement.line})`
    const startedAt = now()
    const limit = rowLimit(output.format, call.maxRows, isLast)
    const { id, result } = await runStatement(requestFor(statement, call, limit, warehouse), name, own)
    if (result === undefined) {
      presentGone({ id, name }, isLast && needsRows(call, output.format), places)
      continue
    }
    const isLimited = limit.row_limit !== undefined
    const presented = { name, result, rows: rowsOf(id, result, own), isLast, isLimited }
    const elapsed = () => Math.round(msSince(startedAt, now()) / 1000)
    const count = await presentResult(presented, places, elapsed).catch((thrown) => {
      throw afterSuccess(thrown, id)
    })
    if (isLast) refuseRows(call.gate, count)
  }
}

async function runCall(call: SqlOptions, effects: SqlEffects): Promise<number> {
  const limit = limitTime(call.timeoutSeconds)
  const signals = { signal: effects.signal, timeLimit: limit.signal }
  let output: Output | undefined
  try {
    const { print, stdoutIsFile, inWorkflow } = effects
    output = openOutput(call, { print, stdoutIsFile, inWorkflow })
    await runAll(call, effects, output, signals)
    return 0
  } catch (thrown) {
    output?.discard()
    const exitCode = exitCodeFor(thrown, AbortSignal.any(Object.values(signals)))
    if (thrown instanceof ActionError) effects.fail(thrown)
    return exitCode
  } finally {
    limit.clear()
  }
}

/**
 * Runs the statements of a call, one after the other, and writes their results. Resolves to the exit code; what failed
 * is reported by then.
 *
 * @param words those after `sql`
 */
export async function runSql(words: readonly string[], effects: SqlEffects): Promise<number> {
  // A result passes in chunks of which nothing is kept: collected in small steps, they never pile up.
  setFlagsFromString('--heap-growing-percent=20')
  let call: SqlOptions
  try {
    call = parseSqlOptions(words, effects)
  } catch (thrown) {
    const exitCode = exitCodeFor(thrown, effects.signal)
    if (thrown instanceof ActionError) effects.fail(thrown)
    return exitCode
  }
  return runCall(call, effects)
}
