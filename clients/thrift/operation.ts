/** One statement on its way: its state, its schema and its rows, as TCLIService tells them. */
import types from '@databricks/sql/thrift/TCLIService_types.js'
import type Int64 from 'node-int64'
import { OK } from './handles.ts'
import { type ResultTable, rowSet, tableSchema } from './result-set.ts'

/** A statement that the warehouse refuses: the message as Databricks words it, and a SQLSTATE. */
export interface Refusal {
  message: string
  sqlState: string
}

export interface Operation {
  /** The principal whose session started it. */
  owner: string
  outcome: { table: ResultTable } | { refusal: Refusal }
  /** When the statement finishes, in milliseconds since the epoch. */
  doneAt: number
  /** How many rows have been fetched. */
  offset: number
}

const NO_ROWS: ResultTable = { columns: [], rows: [] }

/** RUNNING until `doneAt`, then FINISHED or ERROR. A refused statement is known at once. */
export function statusOf(operation: Operation, now: number): types.TGetOperationStatusResp {
  if ('refusal' in operation.outcome) {
    const { message, sqlState } = operation.outcome.refusal
    return new types.TGetOperationStatusResp({
      status: OK,
      operationState: types.TOperationState.ERROR_STATE,
      errorMessage: message,
      displayMessage: message,
      sqlState,
    })
  }
  const operationState =
    now < operation.doneAt ? types.TOperationState.RUNNING_STATE : types.TOperationState.FINISHED_STATE
  return new types.TGetOperationStatusResp({ status: OK, operationState, hasResultSet: true })
}

/** The schema. Rows come as columns, uncompressed, in the answer itself: no Arrow, no cloud fetch. */
export function metadataOf(operation: Operation): types.TGetResultSetMetadataResp {
  return new types.TGetResultSetMetadataResp({
    status: OK,
    schema: tableSchema(tableOf(operation)),
    resultFormat: types.TSparkRowSetType.COLUMN_BASED_SET,
    lz4Compressed: false,
    isStagingOperation: false,
  })
}

/** The next rows, `maxRows` at most. */
export function fetchRows(operation: Operation, maxRows: number): types.TFetchResultsResp {
  const table = tableOf(operation)
  const start = operation.offset
  const end = Math.min(table.rows.length, start + maxRows)
  operation.offset = end
  return new types.TFetchResultsResp({
    status: OK,
    hasMoreRows: end < table.rows.length,
    results: rowSet(table, start, end),
    resultSetMetadata: metadataOf(operation),
  })
}

/** What a client gets with the answer to its statement: all of it, when it is done and small enough. */
export function directResults(operation: Operation, now: number, maxRows: Int64): types.TSparkDirectResults {
  const operationStatus = statusOf(operation, now)
  if (operationStatus.operationState !== types.TOperationState.FINISHED_STATE) {
    return new types.TSparkDirectResults({ operationStatus })
  }
  const resultSet = fetchRows(operation, maxRows.toNumber())
  const direct = { operationStatus, resultSetMetadata: metadataOf(operation), resultSet }
  if (resultSet.hasMoreRows) return new types.TSparkDirectResults(direct)
  return new types.TSparkDirectResults({
    ...direct,
    closeOperation: new types.TCloseOperationResp({ status: OK }),
  })
}

function tableOf(operation: Operation): ResultTable {
  return 'table' in operation.outcome ? operation.outcome.table : NO_ROWS
}
