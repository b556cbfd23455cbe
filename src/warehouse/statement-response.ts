import { ActionError } from '../errors.ts'
import { isJsonObject, readMembers, type Sent } from '../json.ts'
import type { Column, Row } from './result.ts'

/** What is read of an answer with a chunk of a result. */
export const CHUNK = { chunk_index: true, next_chunk_index: true, data_array: true } as const

/** What is read of an answer about a statement (Databricks, Statement Execution API). */
export const STATEMENT_ANSWER = {
  statement_id: true,
  status: { state: true, error: { error_code: true, message: true }, sql_state: true },
  manifest: {
    schema: { columns: [{ name: true, type_name: true, type_text: true }] },
    total_row_count: true,
    total_chunk_count: true,
    truncated: true,
  },
  result: CHUNK,
} as const

type StatementAnswer = Sent<typeof STATEMENT_ANSWER>

const { status: STATUS, manifest: MANIFEST } = STATEMENT_ANSWER
const { schema: SCHEMA } = MANIFEST
const [COLUMN] = SCHEMA.columns

/** How a statement stands. CLOSED has succeeded; its result may be in the very answer that says so, or gone. */
export const STATES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED', 'CLOSED'] as const

/** A part of a result. */
export interface Chunk {
  rows: readonly Row[]
  /** Index of the next one. */
  next: number | undefined
}

/** What the API tells of a statement. */
export interface StatementResponse {
  id: string
  state: (typeof STATES)[number]
  /** Of a statement that failed. */
  error: { code: string; message: string; sqlState: string } | undefined
  /** Of one that succeeded; of a closed one, if its answer describes it. */
  result: Result | undefined
}

/** A result as it is announced, and its first chunk. */
export interface Result {
  columns: readonly Column[]
  /** Undefined where the server announces none, as Databricks' own test server does. */
  rowCount: number | undefined
  chunkCount: number | undefined
  truncated: boolean
  first: Chunk
}

const invalid = (found: string) => new ActionError('RESULT_INVALID', `The answer about the statement ${found}.`)

const textAt = (value: unknown): string => (typeof value === 'string' ? value : '')

const isRow = (value: unknown, width: number): value is Row =>
  Array.isArray(value) && value.length === width && value.every((cell) => cell === null || typeof cell === 'string')

function columnsOf(manifest: Sent<typeof MANIFEST>): Column[] {
  const { columns = [] } = readMembers(manifest.schema, SCHEMA)
  if (!Array.isArray(columns)) throw invalid('has no list of columns')
  return columns.map((column) => {
    const { name, type_name: type, type_text: text } = readMembers(column, COLUMN)
    if (typeof name !== 'string') throw invalid('has a column without a name')
    return { name, type: textAt(type) || textAt(text) }
  })
}

/**
 * Reads a chunk of a result.
 *
 * @param index the one that was asked for
 * @param width columns of the result
 * @throws ActionError RESULT_INVALID for another chunk, for rows that do not fit, and for a next chunk that is not one
 */
export function readChunk(chunk: Sent<typeof CHUNK>, index: number, width: number): Chunk {
  const { chunk_index: found = index, next_chunk_index: next, data_array: rows = [] } = chunk
  if (found !== index) throw invalid('holds another chunk than the one that was asked for')
  if (next !== undefined && next !== null && next !== index + 1)
    throw invalid('names a next chunk that is not the next')
  if (!Array.isArray(rows)) throw invalid('has no list of rows')
  for (const row of rows) if (!isRow(row, width)) throw invalid('has a row that does not fit its columns')
  return { rows, next: next === index + 1 ? next : undefined }
}

function countAt(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number') throw invalid('announces a count that is not a number')
  return value
}

function readResult(answer: StatementAnswer): Result {
  const manifest = readMembers(answer.manifest, MANIFEST)
  const { total_row_count: rowCount, total_chunk_count: chunkCount, truncated } = manifest
  const columns = columnsOf(manifest)
  return {
    columns,
    rowCount: countAt(rowCount),
    chunkCount: countAt(chunkCount),
    truncated: truncated === true,
    first: readChunk(readMembers(answer.result, CHUNK), 0, columns.length),
  }
}

function idIn({ statement_id: found }: StatementAnswer): string {
  if (typeof found !== 'string' || !/^[\w-]{1,100}$/.test(found)) throw invalid('has no id')
  return found
}

const hasResult = (state: StatementResponse['state'], { manifest }: StatementAnswer): boolean =>
  state === 'SUCCEEDED' || (state === 'CLOSED' && isJsonObject(manifest))

/**
 * Reads an answer of the Statement Execution API.
 *
 * @param id of the statement that was asked for, if it is known by now
 * @throws ActionError RESULT_INVALID
 */
export function readResponse(answer: StatementAnswer, id?: string): StatementResponse {
  const found = idIn(answer)
  if (id !== undefined && found !== id) throw invalid('is about another one')
  const status = readMembers(answer.status, STATUS)
  const state = STATES.find((known) => known === status.state)
  if (state === undefined) throw invalid('has no state that is known')
  const { error_code: code, message } = readMembers(status.error, STATUS.error)
  return {
    id: found,
    state,
    error:
      state === 'FAILED'
        ? { code: textAt(code), message: textAt(message), sqlState: textAt(status.sql_state) }
        : undefined,
    result: hasResult(state, answer) ? readResult(answer) : undefined,
  }
}

/**
 * Reads the answer to a start. The id is enough: whatever else cannot be read of it, can be asked for.
 *
 * @throws ActionError RESULT_INVALID
 */
export function readStart(answer: StatementAnswer): StatementResponse {
  const id = idIn(answer)
  try {
    return readResponse(answer)
  } catch {
    return { id, state: 'PENDING', error: undefined, result: undefined }
  }
}
