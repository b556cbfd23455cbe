/** Catalogs, schemas, tables and views in memory, and the statements that work on them. SQLite does the computing. */
import { DatabaseSync } from 'node:sqlite'
import { readStatement } from './dialect.ts'
import { createInformationSchema } from './information-schema.ts'
import type { Refusal } from './operation.ts'
import type { Session } from './sessions.ts'
import { carryOut } from './statements.ts'
import type { Execution } from './warehouse.ts'

export interface Database {
  /** Runs one statement in `session`, which `USE` changes. It takes as long as its `java_method` calls ask for. */
  run: (statement: string, session: Session) => Execution
}

/** Opens an empty database: the catalog `main` with the schema `default`. */
export function openDatabase(): Database {
  const sqlite = new DatabaseSync(':memory:')
  createInformationSchema(sqlite)
  return {
    run(statement, session) {
      const plan = readStatement(statement)
      if (!plan) return { refusal: syntaxError(statement) }
      const slept = defineFunctions(sqlite, session)
      sqlite.exec('begin')
      try {
        const table = carryOut(plan, sqlite, session)
        sqlite.exec('commit')
        return { table, milliseconds: slept() }
      } catch (error) {
        sqlite.exec('rollback')
        return { refusal: refusalOf(error, statement) }
      }
    },
  }
}

/** The functions of Databricks SQL that SQLite lacks. Returns how many milliseconds the statement slept in them. */
function defineFunctions(sqlite: DatabaseSync, session: Session): () => number {
  let milliseconds = 0
  sqlite.function('current_user', () => session.principal)
  sqlite.function('current_catalog', () => session.catalog)
  for (const name of ['current_schema', 'current_database']) sqlite.function(name, () => session.schema)
  // Spark's way to wait: java_method('java.lang.Thread', 'sleep', cast(2000 as bigint)). The warehouse does the waiting.
  sqlite.function('java_method', (className, method, argument) => {
    if (className !== 'java.lang.Thread' || method !== 'sleep') throw new Error(`no method ${className}.${method}`)
    milliseconds += Number(argument)
    return null
  })
  return () => milliseconds
}

/** SQLite's errors in Databricks' words, with its error classes and SQLSTATEs. */
function refusalOf(error: unknown, statement: string): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  const missing = /no such table: (\S+)/.exec(message)?.[1]
  if (missing) {
    const name = missing
      .split('.')
      .map((part) => `\`${part}\``)
      .join('.')
    return {
      message: `[TABLE_OR_VIEW_NOT_FOUND] The table or view ${name} cannot be found. SQLSTATE: 42P01`,
      sqlState: '42P01',
    }
  }
  const taken = /(?:table|view) "?(\S+?)"? already exists/.exec(message)?.[1]
  if (taken) {
    return {
      message: `[TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create table or view ${taken} because it already exists. SQLSTATE: 42P07`,
      sqlState: '42P07',
    }
  }
  if (/no such column: /.test(message)) {
    const name = message.replace(/.*no such column: /, '')
    return {
      message: `[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION] A column with name \`${name}\` cannot be resolved. SQLSTATE: 42703`,
      sqlState: '42703',
    }
  }
  return syntaxError(statement, message)
}

function syntaxError(statement: string, near = statement.trim().slice(0, 80)): Refusal {
  return {
    message: `[PARSE_SYNTAX_ERROR] Syntax error at or near: ${near}. SQLSTATE: 42601`,
    sqlState: '42601',
  }
}
