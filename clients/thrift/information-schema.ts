/** Databricks' `information_schema`: what dbt asks it, with Unity Catalog's columns. */
import type { DatabaseSync } from 'node:sqlite'

/** Lists nobody here can add to: rows are there for row filters and tags alone, and no statement makes one. */
const EMPTY = {
  row_filters: 'table_catalog, table_schema, table_name, filter_name, target_columns',
  table_tags: 'catalog_name, schema_name, table_name, tag_name, tag_value',
  column_tags: 'catalog_name, schema_name, table_name, column_name, tag_name, tag_value',
}

/** Makes the tables of `system.information_schema`. Every catalog's own `information_schema` is read from there. */
export function createInformationSchema(sqlite: DatabaseSync): void {
  sqlite.exec(`
    create table "system.information_schema.schemata" (
      catalog_name text, schema_name text, unique (catalog_name, schema_name));
    create table "system.information_schema.tables" (
      table_catalog text, table_schema text, table_name text, table_type text, data_source_format text,
      table_owner text, unique (table_catalog, table_schema, table_name));`)
  for (const [name, columns] of Object.entries(EMPTY)) {
    sqlite.exec(`create table "system.information_schema.${name}" (${columns})`)
  }
  addSchema(sqlite, ['main', 'default'])
}

export type SchemaName = [catalog: string, schema: string]
export type FullName = [catalog: string, schema: string, name: string]

/** Adds a schema unless it is there. */
export function addSchema(sqlite: DatabaseSync, schema: SchemaName): void {
  sqlite.prepare('insert or ignore into "system.information_schema.schemata" values (?, ?)').run(...schema)
}

export function removeSchema(sqlite: DatabaseSync, schema: SchemaName): void {
  sqlite
    .prepare('delete from "system.information_schema.schemata" where (catalog_name, schema_name) = (?, ?)')
    .run(...schema)
}

/** The names of a catalog's schemas, in order. */
export function schemasOf(sqlite: DatabaseSync, catalog: string): string[] {
  return sqlite
    .prepare('select schema_name from "system.information_schema.schemata" where catalog_name = ? order by 1')
    .all(catalog)
    .map((row) => String(row['schema_name']))
}

export function addRelation(sqlite: DatabaseSync, name: FullName, relation: 'table' | 'view', owner: string): void {
  const [type, format] = relation === 'view' ? ['VIEW', null] : ['MANAGED', 'DELTA']
  sqlite
    .prepare('insert into "system.information_schema.tables" values (?, ?, ?, ?, ?, ?)')
    .run(...name, type ?? null, format ?? null, owner)
}

export function removeRelation(sqlite: DatabaseSync, name: FullName): void {
  sqlite
    .prepare(
      'delete from "system.information_schema.tables" where (table_catalog, table_schema, table_name) = (?, ?, ?)',
    )
    .run(...name)
}

/** The tables and views of a schema. */
export function relationsOf(sqlite: DatabaseSync, schema: SchemaName): string[] {
  return sqlite
    .prepare('select table_name from "system.information_schema.tables" where (table_catalog, table_schema) = (?, ?)')
    .all(...schema)
    .map((row) => String(row['table_name']))
}
