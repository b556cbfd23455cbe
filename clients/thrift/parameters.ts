/** Parameters of a statement: values that a client sends beside it, for `:name` or for `?`, in their order. */
import type types from '@databricks/sql/thrift/TCLIService_types.js'

const QUOTED = `'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\\n]*|/\\*[\\s\\S]*?\\*/`
/** `:name`, which SQLAlchemy writes with backticks, and `?`. A cast is no parameter: `1::int`. */
const MARKER = /(?<!:):(?:`(?<quoted>[^`]+)`|(?<plain>[A-Za-z_]\w*))|(?<ordinal>\?)/
const NUMBER = /^(?:TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL\b.*)$/i

/** A value as SQL writes it. Whatever is not a number or NULL is a string, and can be nothing else. */
function literal({ type = 'STRING', value }: types.TSparkParameter): string {
  const text = value?.stringValue
  if (text === undefined || text === null) return 'null'
  if (NUMBER.test(type) && Number.isFinite(Number(text))) return text
  if (/^boolean$/i.test(type)) return text.toLowerCase() === 'true' ? 'true' : 'false'
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * Puts each value in the place of its marker. Strings and comments are left alone.
 *
 * @throws Error for a marker without a value, as the warehouse refuses it
 */
export function withParameters(statement: string, parameters: readonly types.TSparkParameter[]): string {
  if (parameters.length === 0) return statement
  const words = new RegExp(`${QUOTED}|${MARKER.source}`, 'g')
  let position = 0
  return statement.replace(words, (all, quoted?: string, plain?: string, ordinal?: string) => {
    const name = quoted ?? plain
    if (name === undefined && ordinal === undefined) return all
    const found = name === undefined ? parameters[position++] : parameters.find((one) => one.name === name)
    if (found === undefined) throw new Error(`UNBOUND_SQL_PARAMETER: ${all}`)
    return literal(found)
  })
}
