import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Answer } from './http-server.ts'
import { evaluateQuery, type QueryResult, SqlError } from './sql.ts'

interface Statement {
  readonly id: string
  readonly owner: string
  /** Epoch seconds. */
  readonly endsAt: number
  readonly outcome: QueryResult | SqlError
  isCanceled: boolean
}

/**
 * The Statement Execution API (`/api/2.0/sql/statements`), results inline as JSON arrays. A statement is
 * answered at once, whatever `wait_timeout` says: one that takes its time is PENDING, then RUNNING until the
 * clock has passed its end.
 *
 * @param warehouseId the one warehouse there is
 */
export function createStatements(warehouseId: string, now: Clock) {
  const statements = new Map<string, Statement>()

  return {
    execute(body: string, user: string): Answer {
      const { statement, warehouse_id: warehouse } = readBody(body)
      if (typeof statement !== 'string' || statement.trim() === '') {
        return refuse(400, 'INVALID_PARAMETER_VALUE', 'statement is required')
      }
      if (typeof warehouse !== 'string') {
        return refuse(400, 'INVALID_PARAMETER_VALUE', 'warehouse_id is required')
      }
      if (warehouse !== warehouseId) {
        return refuse(404, 'RESOURCE_DOES_NOT_EXIST', `Endpoint id: ${warehouse} does not exist`)
      }
      const outcome = run(statement, user, now())
      const seconds = outcome instanceof SqlError ? 0 : outcome.seconds
      const kept = { id: randomUUID(), owner: user, endsAt: now() + seconds, outcome, isCanceled: false }
      statements.set(kept.id, kept)
      return { status: 200, json: seconds > 0 ? unfinished(kept, 'PENDING') : finished(kept) }
    },
    read(id: string, user: string): Answer {
      const kept = statements.get(id)
      if (kept?.owner !== user) return unknownStatement(id)
      if (kept.isCanceled) return { status: 200, json: unfinished(kept, 'CANCELED') }
      return { status: 200, json: kept.endsAt > now() ? unfinished(kept, 'RUNNING') : finished(kept) }
    },
    cancel(id: string, user: string): Answer {
      const kept = statements.get(id)
      if (kept?.owner !== user) return unknownStatement(id)
      kept.isCanceled = kept.endsAt > now()
      return { status: 200, json: {} }
    },
  }
}

function run(statement: string, user: string, now: number): QueryResult | SqlError {
  try {
    return evaluateQuery(statement, { user, now })
  } catch (error) {
    if (error instanceof SqlError) return error
    throw error
  }
}

function readBody(body: string): { statement?: unknown; warehouse_id?: unknown } {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

function finished({ id, outcome }: Statement) {
  if (outcome instanceof SqlError) {
    const error = { error_code: 'BAD_REQUEST', message: outcome.message }
    return { statement_id: id, status: { state: 'FAILED', error } }
  }
  const { columns, rows } = outcome
  const chunk = { chunk_index: 0, row_offset: 0, row_count: rows.length }
  return {
    statement_id: id,
    status: { state: 'SUCCEEDED' },
    manifest: {
      format: 'JSON_ARRAY',
      schema: {
        column_count: columns.length,
        columns: columns.map(({ name, type }, position) => ({
          name,
          type_text: type,
          type_name: type === 'VOID' ? 'NULL' : type,
          position,
        })),
      },
      total_chunk_count: 1,
      chunks: [chunk],
      total_row_count: rows.length,
      truncated: false,
    },
    result: { ...chunk, data_array: rows },
  }
}

const unfinished = ({ id }: Statement, state: 'PENDING' | 'RUNNING' | 'CANCELED') => ({
  statement_id: id,
  status: { state },
})

const refuse = (status: number, error_code: string, message: string): Answer => ({
  status,
  json: { error_code, message },
})

const unknownStatement = (id: string): Answer =>
  refuse(404, 'RESOURCE_DOES_NOT_EXIST', `The statement ${id} was not found.`)
