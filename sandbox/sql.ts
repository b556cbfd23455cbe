/** One column: its name and its Databricks SQL type, such as `DECIMAL(10,2)`. */
export interface Column {
  readonly name: string
  readonly type: string
}

export interface QueryResult {
  readonly columns: readonly Column[]
  /** Values as the Statement Execution API sends them: text, or null. Can be read once. */
  readonly rows: Iterable<readonly (string | null)[]>
  /** In place of the rows: its chunks, each a JSON array of rows. */
  readonly parts?: readonly { readonly count: number; readonly rows: string | Buffer }[]
  /** How long the statement runs, by the sandbox's clock. */
  readonly seconds: number
}

export interface QuerySession {
  /** The user name, or the application id of the service principal. */
  readonly user: string
  /** Epoch seconds. */
  readonly now: number
}

/** A statement that the warehouse cannot run; the message is in Databricks' words, with its SQLSTATE. */
export class SqlError extends Error {}

/** Names that the API has for types, where they are not the first word of the SQL type. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  VOID: 'NULL',
  BIGINT: 'LONG',
  SMALLINT: 'SHORT',
  TINYINT: 'BYTE',
  INTEGER: 'INT',
  REAL: 'FLOAT',
  TEXT: 'STRING',
  VARCHAR: 'STRING',
  BLOB: 'BINARY',
}

/** The `type_name` of the Statement Execution API for an SQL type. */
export function typeNameOf(type: string): string {
  const [word = ''] = /^\w+/.exec(type) ?? []
  return TYPE_NAMES[word] ?? word
}

interface Value extends Column {
  readonly value: string | null
  readonly seconds?: number
}

/** Seconds that a statement takes, by the sandbox's own `pause(<seconds>)` in it. */
export const secondsOf = (statement: string): number =>
  [...statement.matchAll(/\bpause\(\s*(\d+(?:\.\d+)?)\s*\)/gi)].reduce((sum, [, seconds]) => sum + Number(seconds), 0)

/**
 * Answers a `SELECT` of literals, a product of two, `current_user()`, `current_timestamp()` and `pause(<seconds>)`, each with
 * an optional `AS name`. `pause` is the sandbox's own: a statement that takes its time.
 *
 * @throws {SqlError} for any other statement
 */
export function evaluateQuery(statement: string, session: QuerySession): QueryResult {
  const text = statement.trim().replace(/;$/, '').trim()
  const list = /^select\s+(.+)$/is.exec(text)?.[1]
  if (list === undefined) throw syntaxError(text.split(/\s+/)[0] ?? '', 0)
  const items = splitList(list)
  // A comma with nothing before or after it.
  if (items.join(',') !== list) throw syntaxError(',', text.lastIndexOf(','))
  const values = items.map((item) => evaluateItem(item.trim(), session, text))
  return {
    columns: values.map(({ name, type }) => ({ name, type })),
    rows: [values.map(({ value }) => value)],
    seconds: values.reduce((sum, { seconds = 0 }) => sum + seconds, 0),
  }
}

// Commas inside quotes or brackets do not separate.
const splitList = (list: string): string[] => list.match(/(?:'(?:[^']|'')*'|\([^)]*\)|[^,])+/g) ?? []

function evaluateItem(item: string, session: QuerySession, statement: string): Value {
  const [, expression = item, alias] = /^(.+?)\s+(?:as\s+)(`[^`]+`|\w+)$/is.exec(item) ?? []
  const found = evaluateExpression(expression.trim(), session)
  if (!found) throw syntaxError(expression, statement.indexOf(expression))
  return alias === undefined ? found : { ...found, name: alias.replaceAll('`', '') }
}

function evaluateExpression(expression: string, { user, now }: QuerySession): Value | undefined {
  if (/^-?\d+$/.test(expression)) return { name: expression, type: 'INT', value: expression }
  const [, one, other] = /^(\d{1,4}) \* (\d{1,4})$/.exec(expression) ?? []
  if (one !== undefined) return { name: `(${expression})`, type: 'INT', value: String(Number(one) * Number(other)) }
  if (/^-?\d*\.\d+$/.test(expression)) return { name: expression, type: 'DECIMAL', value: expression }
  const quoted = /^'((?:[^']|'')*)'$/s.exec(expression)?.[1]?.replaceAll("''", "'")
  if (quoted !== undefined) return { name: quoted, type: 'STRING', value: quoted }
  const pause = /^pause\(\s*(\d+(?:\.\d+)?)\s*\)$/i.exec(expression)?.[1]
  if (pause !== undefined) return { name: expression, type: 'INT', value: pause, seconds: Number(pause) }
  switch (expression.toLowerCase()) {
    case 'null':
      return { name: 'NULL', type: 'VOID', value: null }
    case 'true':
    case 'false':
      return { name: expression.toLowerCase(), type: 'BOOLEAN', value: expression.toLowerCase() }
    case 'current_user()':
    case 'current_user':
      return { name: 'current_user()', type: 'STRING', value: user }
    case 'current_timestamp()':
    case 'current_timestamp':
      return { name: 'current_timestamp()', type: 'TIMESTAMP', value: new Date(now * 1000).toISOString() }
    default:
      return undefined
  }
}

function syntaxError(near: string, position: number): SqlError {
  const where = near === '' ? 'end of input' : `'${near}'`
  return new SqlError(
    `[PARSE_SYNTAX_ERROR] Syntax error at or near ${where}. SQLSTATE: 42601 (line 1, pos ${position})`,
  )
}
