/** What each kind of statement does to the database. Relations are SQLite tables named "catalog.schema.name". */
import type { DatabaseSync } from 'node:sqlite'
import { type NameParts, type Plan, renameRelations } from './dialect.ts'
import {
  addRelation,
  addSchema,
  type FullName,
  relationsOf,
  removeRelation,
  removeSchema,
  type SchemaName,
  schemasOf,
} from './information-schema.ts'
import type { Column, ResultTable, SqlType, Value } from './result-set.ts'
import type { Session } from './sessions.ts'

const NOTHING: ResultTable = { columns: [], rows: [] }
/** SQLite's declared types in Spark's words. */
const DATA_TYPES: Record<string, string> = {
  INT: 'int',
  NUM: 'decimal(10,0)',
  REAL: 'double',
  TEXT: 'string',
}

/** Carries out `plan`. Throws SQLite's error when it can't. */
export function carryOut(plan: Plan, sqlite: DatabaseSync, session: Session): ResultTable {
  switch (plan.kind) {
    case 'query':
      return select(sqlite, withFullNames(plan.sql, sqlite, session))
    case 'insert':
      sqlite.exec(`insert into ${quoted(full(plan.into, session))} ${withFullNames(plan.sql, sqlite, session)}`)
      return NOTHING
    case 'create':
      create(plan, sqlite, session)
      return NOTHING
    case 'drop':
      drop(full(plan.name, session), sqlite, plan.ifExists)
      return NOTHING
    case 'create schema':
      addSchema(sqlite, schemaOf(plan.name, session))
      return NOTHING
    case 'drop schema':
      dropSchema(schemaOf(plan.name, session), sqlite)
      return NOTHING
    case 'show schemas':
      return showSchemas(plan.catalog ?? session.catalog, sqlite)
    case 'show tables':
      return showTables(schemaOf(plan.schema, session), plan.pattern, sqlite)
    case 'volume':
      return NOTHING
    case 'use catalog':
      session.catalog = plan.name
      session.schema = 'default'
      return NOTHING
    case 'use schema':
      ;[session.catalog, session.schema] = schemaOf(plan.name, session)
      return NOTHING
    case 'describe':
      return describe(full(plan.name, session), sqlite)
  }
}

function full(parts: NameParts, session: Session): FullName {
  const [name = '', schema = session.schema, catalog = session.catalog] = parts.toReversed()
  return [schema === 'information_schema' ? 'system' : catalog, schema, name]
}

function schemaOf(parts: NameParts, session: Session): SchemaName {
  const [schema = session.schema, catalog = session.catalog] = parts.toReversed()
  return [catalog, schema]
}

function quoted(name: FullName): string {
  return `"${name.join('.')}"`
}

/** A name of one part stands for a table only if the session's schema has it; else the query brought it along. */
function withFullNames(sql: string, sqlite: DatabaseSync, session: Session): string {
  return renameRelations(sql, (parts) => {
    const name = full(parts, session)
    return parts.length > 1 || kindOf(name, sqlite) ? quoted(name) : undefined
  })
}

function kindOf(name: FullName, sqlite: DatabaseSync): string | undefined {
  const found = sqlite.prepare('select type from sqlite_master where name = ?').get(name.join('.'))
  return found === undefined ? undefined : String(found['type'])
}

function create(plan: Plan & { kind: 'create' }, sqlite: DatabaseSync, session: Session): void {
  const name = full(plan.name, session)
  if (plan.unlessExists && kindOf(name, sqlite)) return
  const query = withFullNames(plan.sql, sqlite, session)
  if (plan.orReplace) drop(name, sqlite, true)
  sqlite.exec(`create ${plan.relation} ${quoted(name)} as select * from (${query})`)
  addRelation(sqlite, name, plan.relation, session.principal)
}

function drop(name: FullName, sqlite: DatabaseSync, ifExists: boolean): void {
  const kind = kindOf(name, sqlite)
  if (!kind && ifExists) return
  if (!kind) throw new Error(`no such table: ${name.join('.')}`)
  sqlite.exec(`drop ${kind} ${quoted(name)}`)
  removeRelation(sqlite, name)
}

function dropSchema(schema: SchemaName, sqlite: DatabaseSync): void {
  for (const name of relationsOf(sqlite, schema)) drop([...schema, name], sqlite, true)
  removeSchema(sqlite, schema)
}

function showSchemas(catalog: string, sqlite: DatabaseSync): ResultTable {
  const rows = schemasOf(sqlite, catalog).map((name) => [name])
  return { columns: [{ name: 'databaseName', type: 'STRING' }], rows }
}

/** Databricks' pattern is of its own: `*` stands for any characters, `|` between alternatives, in either case. */
function showTables(schema: SchemaName, pattern: string, sqlite: DatabaseSync): ResultTable {
  const words = pattern.replace(/[.+?^${}()[\]\\]/g, '\\$&').replaceAll('*', '.*')
  const fits = new RegExp(`^(?:${words})$`, 'i')
  const names = relationsOf(sqlite, schema).filter((name) => fits.test(name))
  const columns: Column[] = [
    { name: 'database', type: 'STRING' },
    { name: 'tableName', type: 'STRING' },
    { name: 'isTemporary', type: 'BOOLEAN' },
  ]
  return { columns, rows: names.toSorted().map((name) => [schema[1], name, false]) }
}

function describe(name: FullName, sqlite: DatabaseSync): ResultTable {
  if (!kindOf(name, sqlite)) throw new Error(`no such table: ${name.join('.')}`)
  const found = sqlite.prepare('select name, type from pragma_table_info(?)').all(name.join('.'))
  const columns = ['col_name', 'data_type', 'comment'].map((column): Column => ({ name: column, type: 'STRING' }))
  const rows = found.map((row) => [String(row['name']), DATA_TYPES[String(row['type'])] ?? 'string', null])
  return { columns, rows }
}

function select(sqlite: DatabaseSync, sql: string): ResultTable {
  const query = sqlite.prepare(sql)
  query.setReadBigInts(true)
  query.setReturnArrays(true)
  const rows = query.all() as unknown as Value[][]
  const columns = query.columns().map(({ name }, index) => ({ name, type: typeOf(rows, index) }))
  return { columns, rows }
}

/** The type of a column by its values: SQLite has types for values alone. */
function typeOf(rows: Value[][], index: number): SqlType {
  const values = rows.map((row) => row[index]).filter((value) => value !== null)
  if (values.length === 0 || values.some((value) => typeof value === 'string')) return 'STRING'
  if (values.some((value) => typeof value === 'number')) return 'DOUBLE'
  return values.every((value) => BigInt.asIntN(32, BigInt(value ?? 0)) === value) ? 'INT' : 'BIGINT'
}
