import { setFlagsFromString } from 'node:v8'
import { ActionError, type Page } from '../errors.ts'
import type { Clock } from '../http/clock.ts'
import type { Send } from '../http/request.ts'
import type { Log } from '../log.ts'
import { msSince } from '../time.ts'
import { openApi, type StatementRequest } from './api.ts'
import { exitCodeFor, FAILED, GATE_FAILED, limitTime, unlessCancelled } from './cancellation.ts'
import { type Checks, openChecks, reportFailures } from './checks.ts'
import { runDespiteConflicts } from './conflicts.ts'
import { explainAll, refuseUnexplained } from './explain.ts'
import type { writeLinkedRows } from './external-links.ts'
import { failurePage } from './failure-page.ts'
import { type Format, LINKED_FORMATS, rulesOf } from './formats.ts'
import { type Output, openOutput } from './output.ts'
import { type PlannedStatement, planStatements } from './planned-statements.ts'
import { withPlace } from './positions.ts'
import { type Places, type PresentedResult, presentGone, presentResult, rowLimit } from './present.ts'
import { readSource } from './source.ts'
import { parseSqlOptions, type SqlOptions } from './sql-options.ts'
import { rowsOf, type StatementEffects } from './statement.ts'
import { afterSuccess } from './statement-failure.ts'
import { usageError } from './usage-error.ts'
import { warehouseId } from './warehouse-id.ts'

/** What a call needs of the world, beside its words. */
export interface SqlEffects extends Pick<Log, 'info' | 'fail' | 'hideFromLog'> {
  /** The same failure with its cause in front, where what the server said tells it. */
  withCause: (failure: ActionError) => Promise<ActionError>
  userAgent: string
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
  /** The same of a page whose texts go through the redaction. */
  page: (page: Page) => boolean
  /** Ends the call; its reason is a Cancellation. */
  signal: AbortSignal
  clock: Clock
  /** Whether there can be another token when this one ends. */
  canRenew: boolean
}

function requestFor(
  statement: PlannedStatement,
  { tags }: SqlOptions,
  limit: { row_limit?: number },
  warehouse: string,
) {
  const { catalog, schema, parameters } = statement
  const request: StatementRequest = { statement: statement.text, warehouse_id: warehouse, ...limit }
  if (catalog !== undefined) request.catalog = catalog
  if (schema !== undefined) request.schema = schema
  if (parameters.length > 0) request.parameters = parameters
  if (tags.length > 0) request.query_tags = tags
  return request
}

const ENDING_TOKEN =
  'This login cannot be repeated, since its subject token was given. What runs longer than its token lives cannot be followed, nor cancelled.'

// Rows that nobody is shown need not be there any more.
const needsRows = ({ output }: SqlOptions, format: Format): boolean =>
  output !== undefined || !rulesOf(format).showsEach

/** Ends a call: the first signal everything, the second what has no result yet. */
type Signals = Pick<StatementEffects, 'signal' | 'timeLimit'>

/** What the statements of a call have in common. */
interface Running {
  call: SqlOptions
  warehouse: string
  checks: Checks
  places: Places
  effects: StatementEffects
  /** What a result in cloud storage needs beside. */
  linkEffects: Pick<SqlEffects, 'origin' | 'userAgent' | 'hideFromLog'>
}

// This code is loaded for --external-links alone.
async function writeFromLinks(...those: Parameters<typeof writeLinkedRows>) {
  const links = await import('./external-links.ts')
  return links.writeLinkedRows(...those)
}

/** @throws ActionError SQL_CALL_INVALID */
function refuseLinks({ externalLinks, output }: SqlOptions, format: Format): void {
  if (!externalLinks || (output !== undefined && rulesOf(format).isLinked)) return
  throw usageError(`--external-links goes with --output, and with ${LINKED_FORMATS}`)
}

/** Runs a statement and shows its result; gives back why that does not pass the gate of the call. */
async function runOne(
  statement: PlannedStatement,
  isLast: boolean,
  { call, warehouse, checks, places, effects, linkEffects }: Running,
): Promise<ActionError | undefined> {
  const { name } = statement
  const { now } = effects.clock
  const startedAt = now()
  const { format } = places.output
  const limit = rowLimit(format, call.maxRows, isLast)
  const isLinked = isLast && call.externalLinks
  const request = requestFor(statement, call, limit, warehouse)
  if (isLinked) request.disposition = 'EXTERNAL_LINKS'
  const { id, result } = await runDespiteConflicts(request, name, call.retries, effects)
  if (result === undefined) {
    presentGone({ id, name }, checks.concern(statement) || (isLast && needsRows(call, format)), places)
    return undefined
  }
  const isLimited = limit.row_limit !== undefined
  const presented: PresentedResult = { name, id, result, rows: rowsOf(id, result, effects), isLast, isLimited }
  if (isLinked) presented.writeRows = (output) => writeFromLinks(id, result, output, { ...effects, ...linkEffects })
  const elapsed = () => Math.round(msSince(startedAt, now()) / 1000)
  const count = await presentResult(presented, places, elapsed).catch((thrown) => {
    throw afterSuccess(thrown, id)
  })
  return checks.judge(statement, result.columns, count)
}

/** What the statements of a call are sent with. */
interface Prepared {
  warehouse: string
  effects: StatementEffects
}

async function prepare(call: SqlOptions, effects: SqlEffects, signals: Signals): Promise<Prepared> {
  const either = AbortSignal.any([signals.signal, signals.timeLimit])
  const { origin, workspaceId, environment, send, sendFresh, token, clock, info, canRenew } = effects
  const api = openApi({ origin, workspaceId, send, sendFresh, token })
  const warehouse = await warehouseId({ origin, given: call.warehouse, environment }, () =>
    unlessCancelled(either, api.listWarehouses()),
  )
  if (!canRenew) info(ENDING_TOKEN)
  return { warehouse, effects: { api, clock, info, ready: () => token(), ...signals } }
}

const readStatements = async (call: SqlOptions, { signal, timeLimit }: Signals): Promise<PlannedStatement[]> =>
  planStatements(await readSource(call.source, AbortSignal.any([signal, timeLimit])), call)

/** Has all of a call planned; gives back how many statements cannot be, of which each is reported. */
async function planAll(call: SqlOptions, effects: SqlEffects, signals: Signals): Promise<number> {
  const statements = await readStatements(call, signals)
  refuseUnexplained(statements)
  const { warehouse, effects: own } = await prepare(call, effects, signals)
  const { environment, fail } = effects
  const request = (statement: PlannedStatement) => requestFor(statement, call, {}, warehouse)
  return explainAll(statements, { requestFor: request, environment, fail }, own)
}

/** Runs all of a call; gives back how many of its results did not pass the gate, of which each is reported. */
async function runAll(call: SqlOptions, effects: SqlEffects, output: Output, signals: Signals): Promise<number> {
  const statements = await readStatements(call, signals)
  const checks = openChecks(call.gate, statements)
  const { warehouse, effects: own } = await prepare(call, effects, signals)
  const { environment, info } = effects
  const places = { output, summarize: call.summary ? effects.summarize : undefined, info }
  const running = { call, warehouse, checks, places, effects: own, linkEffects: effects }
  const failures = reportFailures(effects)
  for (const [at, statement] of statements.entries()) {
    const placed = (failure: ActionError) => withPlace(failure, statement, environment)
    const failure = await runOne(statement, at === statements.length - 1, running).catch((thrown) => {
      throw thrown instanceof ActionError ? placed(thrown) : thrown
    })
    if (failure !== undefined && !call.keepGoing) throw placed(failure)
    if (failure !== undefined) failures.add(placed(failure))
  }
  checks.finish()
  failures.finish()
  return failures.count()
}

async function runCall(call: SqlOptions, effects: SqlEffects): Promise<number> {
  const limit = limitTime(call.timeoutSeconds)
  const signals = { signal: effects.signal, timeLimit: limit.signal }
  const fail = (failure: ActionError) => {
    effects.fail(failure)
    if (call.summary) effects.page(failurePage(failure))
  }
  let output: Output | undefined
  try {
    if (call.explain) return (await planAll(call, effects, signals)) > 0 ? FAILED : 0
    const { print, stdoutIsFile, inWorkflow } = effects
    output = openOutput(call, { print, stdoutIsFile, inWorkflow })
    refuseLinks(call, output.format)
    return (await runAll(call, { ...effects, fail }, output, signals)) > 0 ? GATE_FAILED : 0
  } catch (thrown) {
    output?.discard()
    const exitCode = exitCodeFor(thrown, AbortSignal.any(Object.values(signals)))
    if (thrown instanceof ActionError) fail(await effects.withCause(thrown))
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
  // A result passes in chunks, of which nothing is kept. With a slowly growing heap V8 collects them before they pile up.
  setFlagsFromString('--heap-growing-percent=20')
  let call: SqlOptions
  try {
    call = parseSqlOptions(words, effects.environment, effects.throughCmd)
  } catch (thrown) {
    const exitCode = exitCodeFor(thrown, effects.signal)
    if (thrown instanceof ActionError) effects.fail(thrown)
    return exitCode
  }
  return runCall(call, effects)
}
