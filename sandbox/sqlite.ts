import type { DatabaseSync } from 'node:sqlite'
import { type Column, type QueryResult, type QuerySession, SqlError } from './sql.ts'

/** A parameter as the Statement Execution API takes it; without a value it is NULL. */
export interface SqlParameter {
  readonly name: string
  readonly type?: string | undefined
  readonly value?: string | undefined
}

/** Databricks SQL as far as SQLite speaks it: tables and views in memory, shared by all statements of a warehouse. */
export interface SqlEngine {
  /** @throws {SqlError} in Databricks' words */
  run(statement: string, parameters: readonly SqlParameter[], session: QuerySession): QueryResult
}

type Cell = null | number | bigint | string | Uint8Array

/** Undefined where the Node that runs has no `node:sqlite`, as Node 20. */
export function openSqlEngine(): SqlEngine | undefined {
  const sqlite = process.getBuiltinModule?.('node:sqlite')
  if (sqlite === undefined) return undefined
  const database = new sqlite.DatabaseSync(':memory:')
  return {
    run(statement, parameters, session) {
      database.function('current_user', () => session.user)
      // It is the warehouse that takes its time.
      database.function('pause', (seconds) => seconds)
      try {
        return runStatement(database, statement, parameters)
      } catch (error) {
        throw error instanceof SqlError ? error : inDatabricksWords(error, statement)
      }
    },
  }
}

function runStatement(database: DatabaseSync, statement: string, parameters: readonly SqlParameter[]): QueryResult {
  const text = inSqlite(statement, parameters)
  const missing = markersIn(text).find((marker) => !parameters.some(({ name }) => name === marker))
  if (missing !== undefined) {
    throw new SqlError(`[UNBOUND_SQL_PARAMETER] Found the unbound parameter: ${missing}. SQLSTATE: 42P02`)
  }
  // SQLite would pass over it without a word.
  const second = /;\s*(\w+)/.exec(withoutQuotes(text))?.[1]
  if (second !== undefined)
    throw new SqlError(`[PARSE_SYNTAX_ERROR] Syntax error at or near '${second}'. SQLSTATE: 42601`)
  const prepared = database.prepare(text)
  prepared.setReadBigInts(true)
  prepared.setReturnArrays(true)
  prepared.setAllowUnknownNamedParameters(true)
  const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, boundValue(parameter)]))
  const declared = prepared.columns()
  if (declared.length === 0) {
    const { changes } = prepared.run(values)
    if (!/^\s*(insert|update|delete|replace)\b/i.test(text)) return { columns: [], rows: [], seconds: 0 }
    return { columns: [{ name: 'num_affected_rows', type: 'BIGINT' }], rows: [[String(changes)]], seconds: 0 }
  }
  const rows = prepared.iterate(values) as unknown as Iterable<Cell[]>
  return typed(
    declared.map(({ name, type }) => ({ name, type })),
    rows,
  )
}

// What SQLite spells in another way. Quotes are left alone.
function inSqlite(statement: string, parameters: readonly SqlParameter[]): string {
  const words =
    /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*.*?\*\/|\bcurrent_(?:date|timestamp)\(\)|\bidentifier\(\s*:(\w+)\s*\)/gis
  return statement.replace(words, (found, named?: string) => {
    if (named !== undefined) return identifier(parameters.find(({ name }) => name === named)?.value ?? '')
    return /^current_/i.test(found) ? found.slice(0, -2) : found
  })
}

function identifier(name: string): string {
  if (!/^\w+(\.\w+)?$/.test(name)) {
    throw new SqlError(`[PARSE_SYNTAX_ERROR] Syntax error at or near '${name}'. SQLSTATE: 42601 (line 1, pos 0)`)
  }
  return name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

const withoutQuotes = (text: string): string =>
  text.replace(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*.*?\*\//gs, ' ')

const markersIn = (text: string): string[] =>
  [...withoutQuotes(text).matchAll(/(?<![\w:]):([a-z_]\w*)/gi)].map(([, name = '']) => name)

const SHAPES: Readonly<Record<string, RegExp>> = {
  TINYINT: /^[+-]?\d+$/,
  SMALLINT: /^[+-]?\d+$/,
  INT: /^[+-]?\d+$/,
  BIGINT: /^[+-]?\d+$/,
  FLOAT: /^[+-]?\d+(\.\d+)?$/,
  DOUBLE: /^[+-]?\d+(\.\d+)?$/,
  DECIMAL: /^[+-]?\d+(\.\d+)?$/,
  BOOLEAN: /^(true|false)$/i,
  DATE: /^\d{4}-\d\d-\d\d$/,
  TIMESTAMP: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/,
  STRING: /^/,
}

// SQLite would compare a text with a number as texts, and take none of both for a boolean.
function boundValue({ type = 'STRING', value }: SqlParameter): Exclude<Cell, Uint8Array> {
  const kind = type.toUpperCase().replace(/\(.*/, '')
  const shape = SHAPES[kind]
  if (shape === undefined) throw new SqlError(`[UNSUPPORTED_DATATYPE] Unsupported data type "${type}". SQLSTATE: 0A000`)
  if (value === undefined) return null
  if (!shape.test(value)) {
    throw new SqlError(
      `[CAST_INVALID_INPUT] The value '${value}' of the type "STRING" cannot be cast to "${kind}" because it is malformed. SQLSTATE: 22018`,
    )
  }
  if (/INT$/.test(kind)) return BigInt(value)
  if (/^(FLOAT|DOUBLE|DECIMAL)$/.test(kind)) return Number(value)
  if (kind === 'BOOLEAN') return value.toLowerCase() === 'true' ? 1n : 0n
  return value
}

const FIRST_ROWS = 100

// An expression has no type in SQLite: the first rows tell.
function typed(declared: readonly { name: string; type: string | null }[], rows: Iterable<Cell[]>): QueryResult {
  const iterator = rows[Symbol.iterator]()
  const first: Cell[][] = []
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    first.push(next.value)
    if (first.length === FIRST_ROWS) break
  }
  const columns = declared.map(({ name, type }, at) => ({
    name,
    type: type?.toUpperCase() ?? typeOf(first.map((row) => row[at] ?? null).find((cell) => cell !== null) ?? null),
  }))
  function* texts() {
    for (const row of first) yield row.map((cell, at) => textOf(cell, columns[at]))
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      yield next.value.map((cell, at) => textOf(cell, columns[at]))
    }
  }
  return { columns, rows: texts(), seconds: 0 }
}

function typeOf(cell: Cell): string {
  if (cell === null) return 'VOID'
  if (typeof cell === 'bigint') return BigInt.asIntN(32, cell) === cell ? 'INT' : 'BIGINT'
  if (typeof cell === 'number') return 'DOUBLE'
  return typeof cell === 'string' ? 'STRING' : 'BINARY'
}

function textOf(cell: Cell, column: Column | undefined): string | null {
  if (cell === null) return null
  if (column?.type === 'BOOLEAN') return String(cell === 1n)
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(1) : String(cell)
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : String(cell)
}

const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `\`${part}\``)
    .join('.')

const ERRORS: readonly (readonly [RegExp, (name: string, at: string) => string])[] = [
  [
    /^no such table: (.+)$/,
    (name) =>
      `[TABLE_OR_VIEW_NOT_FOUND] The table or view ${quoted(name)} cannot be found. Verify the spelling and correctness of the schema and catalog. SQLSTATE: 42P01`,
  ],
  [
    /^no such column: (.+)$/,
    (name) =>
      `[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION] A column, variable, or function parameter with name ${quoted(name)} cannot be resolved. SQLSTATE: 42703`,
  ],
  [
    /^no such function: (.+)$/,
    (name) => `[UNRESOLVED_ROUTINE] Cannot resolve routine ${quoted(name)}. SQLSTATE: 42883`,
  ],
  [
    /^(?:table|view) "?(.+?)"? already exists$/,
    (name) => `[TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create ${quoted(name)} because it already exists. SQLSTATE: 42P07`,
  ],
  [
    /^near "(.+?)": syntax error$/s,
    (name, at) => `[PARSE_SYNTAX_ERROR] Syntax error at or near '${name}'. SQLSTATE: 42601 ${at}`,
  ],
  [
    /^(?:incomplete input|unrecognized token.*)$/s,
    () => '[PARSE_SYNTAX_ERROR] Syntax error at or near end of input. SQLSTATE: 42601',
  ],
]

function placeOf(name: string, statement: string): string {
  const before = statement.slice(0, Math.max(0, statement.indexOf(name))).split('\n')
  return `(line ${before.length}, pos ${before.at(-1)?.length ?? 0})`
}

function inDatabricksWords(error: unknown, statement: string): SqlError {
  const message = error instanceof Error ? error.message : String(error)
  for (const [pattern, words] of ERRORS) {
    const match = pattern.exec(message)
    const [, name = ''] = match ?? []
    if (match !== null) return new SqlError(words(name, placeOf(name, statement)))
  }
  return new SqlError(`[INTERNAL_ERROR] ${message}. SQLSTATE: XX000`)
}
