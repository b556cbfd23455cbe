import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { LoginError, systemCode } from '../errors.ts'
import { parseHost } from '../host.ts'
import type { Send } from '../http/request.ts'
import { openApi, type StatementRequest } from './api.ts'
import { parseSqlCall, type SqlCall, USAGE } from './call.ts'
import { Ending, ReaderGone, unlessEnded } from './ending.ts'
import { type Output, openOutput } from './output.ts'
import { refuseUnused } from './parameters.ts'
import { presentResult } from './present.ts'
import { type Statement, splitStatements } from './split.ts'
import { type Finished, rowsOf, runStatement, type StatementEffects } from './statement.ts'

/** What a call needs of the world, beside its words. */
export interface SqlEffects {
  /** Of the login. */
  origin: string
  workspaceId: string | undefined
  environment: NodeJS.ProcessEnv
  send: Send
  /** A token that is valid now; another than the one that was refused, if one is given. */
  token: (refused?: string) => Promise<string>
  /** Prints to stdout. @throws ReaderGone */
  print: (text: string) => void
  stdoutIsFile: boolean
  inWorkflow: boolean
  /** One line of progress. */
  tell: (line: string) => void
  /** The one report of a failure. */
  fail: (failure: LoginError) => void
  /** Adds to the job summary; false if it does not fit. */
  summarize: (markdown: string) => boolean
  /** Ends the call; its reason is an Ending. */
  signal: AbortSignal
  /** Milliseconds since some moment. */
  now: () => number
}

const EXIT_CODES: Partial<Record<LoginError['code'], number>> = {
  SQL_CALL_INVALID: 2,
  WAREHOUSE_MISSING: 2,
  ROWS_UNEXPECTED: 3,
}
const FAILED = 1
const READER_GONE = 141
const TIMED_OUT = 124

function readSource(source: SqlCall['source']): string {
  if (typeof source === 'object' && 'text' in source) return source.text
  try {
    return readFileSync(source === 'stdin' ? 0 : source.file, 'utf8').replace(/^\ufeff/, '')
  } catch (thrown) {
    const from = source === 'stdin' ? 'stdin' : 'The file of --file'
    throw new LoginError('SQL_CALL_INVALID', `${from} cannot be read (${systemCode(thrown)}). Nothing was run.`)
  }
}

const WAREHOUSE_PATH = /^\/?sql\/1\.0\/(?:warehouses|endpoints)\/([\w-]+)\/?$/

function warehouseIn({ warehouse }: SqlCall, environment: NodeJS.ProcessEnv): string | undefined {
  const { DATABRICKS_WAREHOUSE_ID: id = '', DATABRICKS_HTTP_PATH: path = '' } = environment
  if (warehouse !== undefined) return warehouse
  if (id === '') return WAREHOUSE_PATH.exec(path)?.[1]
  if (/^[\w-]+$/.test(id)) return id
  throw new LoginError('WAREHOUSE_MISSING', 'DATABRICKS_WAREHOUSE_ID is not the id of a warehouse. Nothing was run.')
}

async function warehouseFor(call: SqlCall, { origin, environment }: SqlEffects, list: () => Promise<string>) {
  if (parseHost(origin, true).kind === 'account') {
    throw new LoginError('WAREHOUSE_MISSING', 'This login is to an account console, which has no warehouses.', {
      advice: 'Log in to a workspace, and run the statement there.',
    })
  }
  const id = warehouseIn(call, environment)
  if (id !== undefined) return id
  const listed = await list().catch(() => '')
  const usable = listed === '' ? '' : ` This principal may use:\n${listed}\n`
  throw new LoginError('WAREHOUSE_MISSING', `No warehouse is named, and none is chosen unasked.${usable}`)
}

// Rows of a result that nobody is shown are not fetched.
const UNSEEN_ROWS = 100

function rowLimit({ maxRows }: SqlCall, { format }: Output, isLast: boolean): { row_limit?: number } {
  if (format === 'table' || format === 'markdown') return { row_limit: maxRows ?? UNSEEN_ROWS }
  if (!isLast) return { row_limit: UNSEEN_ROWS }
  if (maxRows !== undefined) return { row_limit: maxRows }
  return format === 'value' ? { row_limit: 2 } : {}
}

function requestFor(statement: Statement, call: SqlCall, limit: { row_limit?: number }, warehouse: string) {
  const { catalog, schema, tags } = call
  const parameters = call.parameters.filter(({ name }) => statement.markers.has(name))
  const request: StatementRequest = { statement: statement.text, warehouse_id: warehouse, ...limit }
  if (catalog !== undefined) request.catalog = catalog
  if (schema !== undefined) request.schema = schema
  if (parameters.length > 0) request.parameters = parameters
  if (tags.length > 0) request.query_tags = tags
  return request
}

function refuseRows(gate: SqlCall['gate'], count: number): void {
  if (gate === 'no-rows' && count > 0) {
    throw new LoginError('ROWS_UNEXPECTED', `The result has rows, and --fail-if-rows wants none.`)
  }
  if (gate === 'rows' && count === 0) {
    throw new LoginError('ROWS_UNEXPECTED', `The result has no rows, and --fail-if-no-rows wants some.`)
  }
}

async function runAll(call: SqlCall, effects: SqlEffects, output: Output, signal: AbortSignal): Promise<void> {
  const statements = splitStatements(readSource(call.source))
  refuseUnused(call.parameters, statements)
  const api = openApi(effects)
  const warehouse = await warehouseFor(call, effects, () => unlessEnded(signal, api.listWarehouses()))
  const { now, tell, summarize, token } = effects
  const own: StatementEffects = { api, signal, now, tell, ready: () => token() }
  for (const [at, statement] of statements.entries()) {
    const isLast = at === statements.length - 1
    const name =
      statements.length === 1 ? 'The statement' : `Statement ${at + 1} of ${statements.length} (line ${statement.line})`
    const startedAt = now()
    const limit = rowLimit(call, output, isLast)
    const finished: Finished = await runStatement(requestFor(statement, call, limit, warehouse), name, own)
    const { result } = finished
    const isLimited = limit.row_limit !== undefined
    const presented = { name, result, rows: rowsOf(finished, own), isLast, isLimited }
    const count = await presentResult(
      presented,
      { output, summarize: call.summary ? summarize : undefined, tell },
      () => Math.round((now() - startedAt) / 1000),
    )
    if (isLast) refuseRows(call.gate, count)
  }
}

// Aborts when the call takes too long; its timer has to be cleared.
function limitTime(seconds: number | undefined): { signal: AbortSignal; clear: () => void } {
  const late = new AbortController()
  if (seconds === undefined) return { signal: late.signal, clear: () => undefined }
  const timer = setTimeout(() => late.abort(new Ending('ended by --timeout', TIMED_OUT)), seconds * 1000)
  return { signal: late.signal, clear: () => clearTimeout(timer) }
}

function exitCodeFor(thrown: unknown, { reason }: AbortSignal): number {
  if (thrown instanceof ReaderGone) return READER_GONE
  if (!(thrown instanceof LoginError)) throw thrown
  if (thrown.code === 'STATEMENT_CANCELED' && reason instanceof Ending) return reason.exitCode
  return EXIT_CODES[thrown.code] ?? FAILED
}

async function runCall(call: SqlCall, effects: SqlEffects): Promise<number> {
  const limit = limitTime(call.timeoutSeconds)
  const signal = AbortSignal.any([effects.signal, limit.signal])
  let output: Output | undefined
  try {
    output = openOutput(call, effects)
    await runAll(call, effects, output, signal)
    return 0
  } catch (thrown) {
    output?.discard()
    const exitCode = exitCodeFor(thrown, signal)
    if (thrown instanceof LoginError) effects.fail(thrown)
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
  try {
    if (words.includes('--help') || words.includes('-h')) effects.print(USAGE)
    else return await runCall(parseSqlCall(words, effects.environment), effects)
    return 0
  } catch (thrown) {
    if (!(thrown instanceof LoginError) || thrown.code !== 'SQL_CALL_INVALID') throw thrown
    effects.fail(thrown)
    return EXIT_CODES[thrown.code] ?? FAILED
  }
}
