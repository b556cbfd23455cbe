import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Answer } from './http-server.ts'
import type { LinkStore } from './link-store.ts'
import { type Chunked, chunked } from './result-chunks.ts'
import { evaluateQuery, type QueryResult, SqlError, secondsOf } from './sql.ts'
import { openSqlEngine, type SqlParameter } from './sqlite.ts'

/** What the warehouse answers to a statement that no engine here can run, such as MERGE or a three-part name. */
export interface RecordedAnswer {
  readonly statement: RegExp
  readonly answer: QueryResult | SqlError
}

export interface WarehouseOptions {
  /** Seconds that it takes to start. It is stopped until the first statement comes. */
  readonly startSeconds?: number | undefined
  /** Names of the principals that may use it; everyone by default. */
  readonly users?: readonly string[] | undefined
  readonly rowsPerChunk?: number | undefined
  /** Where results go that are asked for with EXTERNAL_LINKS; without it there are none. */
  readonly store?: Pick<LinkStore, 'publish'> | undefined
  readonly recorded?: readonly RecordedAnswer[] | undefined
  /** Run before the first statement, where there is an SQL engine: what is in its tables. */
  readonly seed?: readonly string[] | undefined
}

export type StatementState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED'

/** The members of a request that the API knows, as they were sent. */
export interface StatementRequest {
  readonly statement: string
  readonly parameters: readonly SqlParameter[]
  readonly rowLimit: number | undefined
  readonly isExternal: boolean
  readonly [member: string]: unknown
}

export interface Statement {
  readonly id: string
  readonly owner: string
  readonly request: StatementRequest
  /** As of now. */
  readonly state: StatementState
}

interface Kept {
  readonly id: string
  readonly owner: string
  readonly request: StatementRequest
  /** Epoch seconds: the warehouse is there, and the statement has ended. */
  readonly startsAt: number
  readonly endsAt: number
  outcome: Chunked | SqlError | undefined
  isCanceled: boolean
}

const ROWS_PER_CHUNK = 10_000

/**
 * The Statement Execution API (`/api/2.0/sql/statements`), results as JSON arrays, inline or by links to a store. SQL is run by SQLite where
 * this Node has it; elsewhere a `SELECT` of literals is all. A statement is answered at once, whatever `wait_timeout`
 * says: one that takes its time (`pause(<seconds>)`) is PENDING, then RUNNING until the clock has passed its end. Only
 * then does it have effects.
 *
 * @param warehouseId the one warehouse there is
 */
export function createStatements(warehouseId: string, now: Clock, options: WarehouseOptions = {}) {
  const { startSeconds = 0, users, rowsPerChunk = ROWS_PER_CHUNK, recorded = [], seed = [], store } = options
  const statements = new Map<string, Kept>()
  const engine = openSqlEngine()
  for (const statement of seed) engine?.run(statement, [], { user: 'sandbox', now: now() })
  let runsFrom: number | undefined

  function run({ request, owner }: Kept): Chunked | SqlError {
    const { statement, parameters, rowLimit, isExternal } = request
    const session = { user: owner, now: now() }
    try {
      const known = recorded.find((one) => one.statement.test(statement))
      if (known?.answer instanceof SqlError) throw known.answer
      const result = known?.answer ?? literals(statement, session) ?? engine?.run(statement, parameters, session)
      return chunked(result ?? evaluateQuery(statement, session), { rowLimit, rowsPerChunk, isExternal })
    } catch (error) {
      if (error instanceof SqlError) return error
      throw error
    }
  }

  // In the order in which they end, as if each had been run at its time.
  function settle(): void {
    const due = [...statements.values()].filter((kept) => stateOf(kept, now()) === undefined)
    for (const kept of due.sort((one, other) => one.endsAt - other.endsAt)) kept.outcome = run(kept)
  }

  function answerFor(kept: Kept): Answer {
    settle()
    const state = stateOf(kept, now()) ?? 'RUNNING'
    const { id, outcome } = kept
    if (outcome instanceof SqlError) return answer({ statement_id: id, status: failed(outcome) })
    if (state !== 'SUCCEEDED' || outcome === undefined) return answer({ statement_id: id, status: { state } })
    const head = JSON.stringify({ statement_id: id, status: { state }, manifest: outcome.manifest })
    if (kept.request.isExternal) return asJson(`${head.slice(0, -1)},"result":${JSON.stringify(linked(outcome, 0))}}`)
    return asJson(`${head.slice(0, -1)},"result":${outcome.chunk(0, id)}}`)
  }

  // A new link each time: one that was given before goes on to its end.
  function linked(outcome: Chunked, index: number): object | undefined {
    const part = outcome.part(index)
    if (part === undefined || store === undefined) return index === 0 ? {} : undefined
    return { external_links: [{ ...part.told, ...store.publish(part.rows) }] }
  }

  const ownedBy = (id: string, user: string): Kept | undefined => {
    const kept = statements.get(id)
    return kept?.owner === user ? kept : undefined
  }

  return {
    execute(body: string, user: string): Answer {
      const request = readRequest(body)
      if (typeof request === 'string') return refuse(400, 'INVALID_PARAMETER_VALUE', request)
      const { warehouse_id: warehouse, wait_timeout: wait = '10s' } = request
      if (request.isExternal && store === undefined) {
        return refuse(400, 'INVALID_PARAMETER_VALUE', 'This sandbox has no store for EXTERNAL_LINKS')
      }
      if (warehouse !== warehouseId) {
        return refuse(404, 'RESOURCE_DOES_NOT_EXIST', `Endpoint id: ${warehouse} does not exist`)
      }
      if (users?.includes(user) === false) {
        return refuse(403, 'PERMISSION_DENIED', `${user} is not authorized to use this SQL Endpoint.`)
      }
      runsFrom ??= now() + startSeconds
      const startsAt = Math.max(now(), runsFrom)
      const endsAt = startsAt + secondsOf(request.statement)
      const kept = { id: randomUUID(), owner: user, request, startsAt, endsAt, outcome: undefined, isCanceled: false }
      statements.set(kept.id, kept)
      const isLate = wait === '0s' || endsAt > now()
      return isLate ? answer({ statement_id: kept.id, status: { state: 'PENDING' } }) : answerFor(kept)
    },
    read(id: string, user: string): Answer {
      const kept = ownedBy(id, user)
      return kept === undefined ? unknownStatement(id) : answerFor(kept)
    },
    readChunk(id: string, index: number, user: string): Answer {
      const kept = ownedBy(id, user)
      const outcome = kept?.outcome
      if (kept === undefined || outcome === undefined || outcome instanceof SqlError) return unknownStatement(id)
      const none = refuse(400, 'INVALID_PARAMETER_VALUE', `There is no chunk ${index}.`)
      if (kept.request.isExternal) {
        const links = linked(outcome, index)
        return links === undefined ? none : answer(links)
      }
      const chunk = outcome.chunk(index, id)
      return chunk === undefined ? none : asJson(chunk)
    },
    cancel(id: string, user: string): Answer {
      const kept = ownedBy(id, user)
      if (kept === undefined) return unknownStatement(id)
      settle()
      kept.isCanceled = kept.outcome === undefined
      return { status: 200, json: {} }
    },
    /** Of the warehouse itself. */
    state: (): 'STOPPED' | 'STARTING' | 'RUNNING' => {
      if (runsFrom === undefined) return startSeconds > 0 ? 'STOPPED' : 'RUNNING'
      return runsFrom > now() ? 'STARTING' : 'RUNNING'
    },
    /** Every statement so far, in order. */
    all(): Statement[] {
      settle()
      return [...statements.values()].map((kept) => {
        const { id, owner, request } = kept
        return { id, owner, request, state: stateOf(kept, now()) ?? 'RUNNING' }
      })
    },
  }
}

/** Undefined for a statement whose time is up and whose outcome is not there yet. */
function stateOf({ outcome, isCanceled, startsAt, endsAt }: Kept, now: number): StatementState | undefined {
  if (isCanceled) return 'CANCELED'
  if (outcome !== undefined) return outcome instanceof SqlError ? 'FAILED' : 'SUCCEEDED'
  if (startsAt > now) return 'PENDING'
  return endsAt > now ? 'RUNNING' : undefined
}

// The types of literals are known; SQLite has none for them.
function literals(statement: string, session: { user: string; now: number }): QueryResult | undefined {
  try {
    return evaluateQuery(statement, session)
  } catch {
    return undefined
  }
}

const WAIT_TIMEOUT = /^(0|[5-9]|[1-4]\d|50)s$/

/** The request, or what is wrong with it. */
function readRequest(body: string): StatementRequest | string {
  let members: Record<string, unknown>
  try {
    members = { ...JSON.parse(body) }
  } catch {
    return 'The request is no JSON'
  }
  const { statement, warehouse_id, wait_timeout = '10s', disposition = 'INLINE', format = 'JSON_ARRAY' } = members
  const { parameters = [], row_limit: rowLimit } = members
  if (typeof statement !== 'string' || statement.trim() === '') return 'statement is required'
  if (typeof warehouse_id !== 'string') return 'warehouse_id is required'
  if (typeof wait_timeout !== 'string' || !WAIT_TIMEOUT.test(wait_timeout)) return 'wait_timeout is 0s, or 5s to 50s'
  const isExternal = disposition === 'EXTERNAL_LINKS'
  if (format !== 'JSON_ARRAY' || !(isExternal || disposition === 'INLINE')) {
    return 'The sandbox has INLINE and EXTERNAL_LINKS, and JSON_ARRAY alone'
  }
  if (!Array.isArray(parameters)) return 'parameters is a list'
  if (rowLimit !== undefined && (!Number.isInteger(rowLimit) || Number(rowLimit) < 1)) return 'row_limit is a number'
  return {
    ...members,
    statement,
    parameters,
    isExternal,
    rowLimit: rowLimit === undefined ? undefined : Number(rowLimit),
  }
}

function failed({ message }: SqlError) {
  const sqlState = /SQLSTATE: (\w{5})/.exec(message)?.[1]
  const error = { error_code: 'BAD_REQUEST', message }
  return { state: 'FAILED', error, ...(sqlState === undefined ? {} : { sql_state: sqlState }) }
}

const answer = (json: object): Answer => ({ status: 200, json })

const asJson = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'application/json' }, text })

const refuse = (status: number, error_code: string, message: string): Answer => ({
  status,
  json: { error_code, message },
})

const unknownStatement = (id: string): Answer =>
  refuse(404, 'RESOURCE_DOES_NOT_EXIST', `The statement ${id} was not found.`)
