/** The calls by which a client asks for catalogs, schemas and tables: what JDBC's DatabaseMetaData is made of. */
import types from '@databricks/sql/thrift/TCLIService_types.js'

/** What such a request may narrow: the catalog by its name, the rest by patterns of LIKE. */
export interface CatalogRequest {
  catalogName: string | null
  schemaName: string | null
  tableName: string | null
  tableTypes: string[] | null
}

interface CatalogCall {
  readonly response: new (fields: Pick<types.TGetTablesResp, 'status' | 'operationHandle' | 'directResults'>) => unknown
  readonly query: (request: CatalogRequest) => string
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** A condition of each column that the request narrows. An empty pattern means all. */
function where(patterns: Readonly<Record<string, string | null>>): string {
  const conditions = Object.entries(patterns).flatMap(([column, pattern]) =>
    pattern ? [`${column} like ${text(pattern)} escape '\\'`] : [],
  )
  return ['true', ...conditions].join(' and ')
}

const TYPE = "case table_type when 'VIEW' then 'VIEW' else 'TABLE' end"

/** By name of the call: a query whose columns are those that JDBC's specification names. */
export const CATALOG_CALLS: Readonly<Record<string, CatalogCall>> = {
  GetCatalogs: {
    response: types.TGetCatalogsResp,
    query: () => 'select distinct catalog_name as TABLE_CAT from system.information_schema.schemata order by 1',
  },
  GetSchemas: {
    response: types.TGetSchemasResp,
    query: ({ catalogName, schemaName }) =>
      `select schema_name as TABLE_SCHEM, catalog_name as TABLE_CATALOG from system.information_schema.schemata
       where ${where({ catalog_name: catalogName, schema_name: schemaName })} order by 2, 1`,
  },
  GetTableTypes: {
    response: types.TGetTableTypesResp,
    query: () => "select 'TABLE' as TABLE_TYPE union all select 'VIEW'",
  },
  GetTables: {
    response: types.TGetTablesResp,
    query: ({ catalogName, schemaName, tableName, tableTypes }) => {
      const names = where({ table_catalog: catalogName, table_schema: schemaName, table_name: tableName })
      const kinds = tableTypes?.length ? ` and ${TYPE} in (${tableTypes.map(text).join()})` : ''
      return `select table_catalog as TABLE_CAT, table_schema as TABLE_SCHEM, table_name as TABLE_NAME,
        ${TYPE} as TABLE_TYPE, '' as REMARKS from system.information_schema.tables where ${names}${kinds} order by 4, 1, 2, 3`
    },
  },
}
