/** Rows of a query as TCLIService carries them: column by column, with a bitmap of the nulls. */
import types from '@databricks/sql/thrift/TCLIService_types.js'
import Int64 from 'node-int64'

/** The SQL types that the warehouse knows. Everything else it hands out as STRING. */
export type SqlType = 'BIGINT' | 'BOOLEAN' | 'DOUBLE' | 'INT' | 'STRING'
/** One value of a row. BIGINT is a bigint, INT and DOUBLE are numbers. */
export type Value = bigint | boolean | number | string | null

export interface Column {
  name: string
  type: SqlType
}

/** What a statement gave back; DDL gives no columns and no rows. */
export interface ResultTable {
  columns: Column[]
  rows: Value[][]
}

const TYPE_IDS = {
  BIGINT: types.TTypeId.BIGINT_TYPE,
  BOOLEAN: types.TTypeId.BOOLEAN_TYPE,
  DOUBLE: types.TTypeId.DOUBLE_TYPE,
  INT: types.TTypeId.INT_TYPE,
  STRING: types.TTypeId.STRING_TYPE,
}

/** The schema of `table`; positions count from 1. */
export function tableSchema(table: ResultTable): types.TTableSchema {
  const columns = table.columns.map((column, index) => {
    const primitiveEntry = new types.TPrimitiveTypeEntry({ type: TYPE_IDS[column.type] })
    const typeDesc = new types.TTypeDesc({ types: [new types.TTypeEntry({ primitiveEntry })] })
    return new types.TColumnDesc({ columnName: column.name, typeDesc, position: index + 1 })
  })
  return new types.TTableSchema({ columns })
}

/** Rows `start` to `end` (exclusive) of `table`. Every client reads columns; Arrow is an offer that need not be taken up. */
export function rowSet(table: ResultTable, start: number, end: number): types.TRowSet {
  const rows = table.rows.slice(start, end)
  const columns = table.columns.map((column, index) =>
    columnOf(
      column.type,
      rows.map((row) => row[index] ?? null),
    ),
  )
  return new types.TRowSet({ startRowOffset: new Int64(start), rows: [], columns })
}

function columnOf(type: SqlType, values: Value[]): types.TColumn {
  const nulls = nullBitmap(values)
  switch (type) {
    case 'BIGINT':
      return new types.TColumn({ i64Val: new types.TI64Column({ values: values.map(int64), nulls }) })
    case 'BOOLEAN':
      return new types.TColumn({ boolVal: new types.TBoolColumn({ values: values.map(Boolean), nulls }) })
    case 'DOUBLE':
      return new types.TColumn({ doubleVal: new types.TDoubleColumn({ values: values.map(Number), nulls }) })
    case 'INT':
      return new types.TColumn({ i32Val: new types.TI32Column({ values: values.map(Number), nulls }) })
    case 'STRING':
      return new types.TColumn({
        stringVal: new types.TStringColumn({ values: values.map((value) => String(value ?? '')), nulls }),
      })
  }
}

/** Bit i of the bitmap, lowest bit of the first byte first, says whether value i is null. */
function nullBitmap(values: Value[]): Buffer {
  const bitmap = Buffer.alloc(Math.ceil(values.length / 8))
  values.forEach((value, index) => {
    const byte = Math.floor(index / 8)
    if (value === null) bitmap[byte] = (bitmap[byte] ?? 0) | (1 << (index % 8))
  })
  return bitmap
}

function int64(value: Value): Int64 {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value ?? 0))
  return new Int64(bytes)
}
