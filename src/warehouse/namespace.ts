import { type Lexeme, lexemesOf } from './lexemes.ts'
import type { Statement } from './split-statements.ts'
import { usageError } from './usage-error.ts'

/** The catalog and the schema in which a statement finds names; undefined for those of the warehouse. */
export interface Namespace {
  catalog: string | undefined
  schema: string | undefined
}

// A name as Spark has it (SqlBaseLexer.g4, IDENTIFIER and BACKQUOTED_IDENTIFIER).
function nameIn(lexeme: Lexeme | undefined, text: string): string | undefined {
  const own = lexeme === undefined ? '' : text.slice(lexeme.start, lexeme.end)
  if (/^\w+$/.test(own)) return own
  return /^`.+`$/s.test(own) ? own.slice(1, -1).replaceAll('``', '`') : undefined
}

// USE CATALOG and SET CATALOG take a string, too. A string with escapes is refused, and can be written as a name.
const quotedIn = (lexeme: Lexeme | undefined): string | undefined =>
  /^(['"])([^'"\\]+)\1$/.exec(lexeme?.text ?? '')?.[2]

/** What a statement names: a catalog, or a schema with up to two parts. */
function namedBy([verb, kind, ...rest]: Lexeme[], text: string): Partial<Namespace> | undefined {
  const isKind = (...words: string[]) => words.includes(kind?.text ?? '') && rest.length > 0 && rest[0]?.text !== '.'
  if (isKind('CATALOG')) {
    const [name, ...more] = rest
    const catalog = nameIn(name, text) ?? quotedIn(name)
    return catalog === undefined || more.length > 0 ? undefined : { catalog, schema: 'default' }
  }
  if (verb?.text === 'SET' || kind === undefined) return undefined
  const [first, dot, second, ...more] = isKind('SCHEMA', 'DATABASE', 'NAMESPACE') ? rest : [kind, ...rest]
  const [one, other] = [nameIn(first, text), nameIn(second, text)]
  if (one === undefined || more.length > 0) return undefined
  if (dot === undefined) return { schema: one }
  return dot.text === '.' && other !== undefined ? { catalog: one, schema: other } : undefined
}

const isUse = ([first, second]: readonly string[]): boolean =>
  first === 'USE' || (first === 'SET' && second === 'CATALOG')

/**
 * The namespace after a statement that only sets it, as in a session: USE CATALOG sets the schema to `default`. Undefined for
 * any other statement.
 *
 * @param where of the statement, as in "in line 3"
 * @throws ActionError SQL_CALL_INVALID for a name that is not written out
 */
export function namespaceAfter(statement: Statement, before: Namespace, where: string): Namespace | undefined {
  if (!isUse(statement.begins)) return undefined
  const { text } = statement
  const named = namedBy(
    [...lexemesOf(text)].filter(({ kind }) => kind !== 'gap'),
    text,
  )
  if (named === undefined) {
    throw usageError(
      `The ${statement.begins[0]} ${where} does not name a catalog or a schema by its name`,
      'Without a session it is this command that follows USE, so it takes a name that is written out: USE CATALOG name, USE SCHEMA name, USE catalog.schema, SET CATALOG name.',
    )
  }
  return { ...before, ...named }
}
