/** A SQL warehouse: TCLIService over whatever runs the statements. */
import { setTimeout as sleep } from 'node:timers/promises'
import types from '@databricks/sql/thrift/TCLIService_types.js'
import { CATALOG_CALLS, type CatalogRequest } from './catalog-calls.ts'
import { keyOf, newHandle, OK, UNKNOWN_HANDLE } from './handles.ts'
import { directResults, fetchRows, metadataOf, type Operation, type Refusal, statusOf } from './operation.ts'
import { withParameters } from './parameters.ts'
import type { ResultTable } from './result-set.ts'
import { type Session, type Sessions, sessionCalls, sessionOf } from './sessions.ts'
import { answerThrift, type Calls } from './wire.ts'

/** What a statement came to, and how long the warehouse takes over it, in milliseconds. */
export type Execution = { table: ResultTable; milliseconds: number } | { refusal: Refusal }

export interface WarehouseOptions {
  /** Runs a statement at once; the warehouse does the waiting that it asks for. `USE` changes the session. */
  run: (statement: string, session: Session) => Execution
  /** Milliseconds since the epoch. */
  now?: () => number
}

export interface Warehouse {
  /** Answers one Thrift message that `principal` sent. Rejects when `body` is not one. */
  answer: (body: Buffer, principal: string) => Promise<Buffer>
}

/** How long a question for the status of a running statement is held, in milliseconds, before it is answered. */
const LONGEST_HOLD = 1000

/**
 * Opens a warehouse. A session belongs to the principal that opened it, not to the token that was used: a client
 * under `databricks-token exec` changes its token within a session.
 */
export function openWarehouse(options: WarehouseOptions): Warehouse {
  const sessions: Sessions = new Map()
  const operations = new Map<string, Operation>()
  const now = options.now ?? Date.now
  return {
    answer: (body, principal) => {
      const execute = (request: Request, statement: string): Started => {
        const session = sessionOf(sessions, request.sessionHandle, principal)
        if (!session) return { status: UNKNOWN_HANDLE }
        const outcome = options.run(statement, session)
        const doneAt = now() + ('table' in outcome ? outcome.milliseconds : 0)
        return started({ owner: principal, outcome, doneAt, offset: 0 }, request, operations, now())
      }
      return answerThrift(body, {
        ...sessionCalls(sessions, principal),
        ExecuteStatement: (request: types.TExecuteStatementReq) =>
          new types.TExecuteStatementResp(
            execute(request, withParameters(request.statement, request.parameters ?? [])),
          ),
        ...catalogCalls(execute),
        ...operationCalls(operations, now, principal),
      })
    },
  }
}

type Request = Pick<types.TExecuteStatementReq, 'sessionHandle' | 'getDirectResults'>
type Started = Pick<types.TExecuteStatementResp, 'status' | 'operationHandle' | 'directResults'>

function catalogCalls(execute: (request: Request, statement: string) => Started): Calls {
  return Object.fromEntries(
    Object.entries(CATALOG_CALLS).map(([name, { response: Response, query }]) => [
      name,
      (request: Request & CatalogRequest) => new Response(execute(request, query(request))),
    ]),
  )
}

/** What is answered to a statement. One whose rows are all in it is closed at once, as Databricks does it. */
function started(operation: Operation, request: Request, operations: Map<string, Operation>, now: number): Started {
  const operationId = newHandle()
  const operationType = types.TOperationType.EXECUTE_STATEMENT
  const operationHandle = new types.TOperationHandle({ operationId, operationType, hasResultSet: true })
  const maxRows = request.getDirectResults?.maxRows
  const direct = maxRows && directResults(operation, now, maxRows)
  if (!direct?.closeOperation) operations.set(keyOf(operationId), operation)
  const answer = { status: OK, operationHandle }
  return direct ? { ...answer, directResults: direct } : answer
}

function operationCalls(operations: Map<string, Operation>, now: () => number, principal: string): Calls {
  const find = (handle: types.TOperationHandle) => {
    const operation = operations.get(keyOf(handle.operationId))
    return operation?.owner === principal ? operation : undefined
  }
  const forget = (handle: types.TOperationHandle) => {
    const status = find(handle) ? OK : UNKNOWN_HANDLE
    if (status === OK) operations.delete(keyOf(handle.operationId))
    return status
  }
  return {
    // The Python connector asks again at once and leaves the waiting to the server.
    async GetOperationStatus(request: types.TGetOperationStatusReq) {
      const operation = find(request.operationHandle)
      if (!operation) return new types.TGetOperationStatusResp({ status: UNKNOWN_HANDLE })
      await sleep(Math.min(Math.max(operation.doneAt - now(), 0), LONGEST_HOLD))
      return statusOf(operation, now())
    },
    GetResultSetMetadata(request: types.TGetResultSetMetadataReq) {
      const operation = find(request.operationHandle)
      return operation ? metadataOf(operation) : new types.TGetResultSetMetadataResp({ status: UNKNOWN_HANDLE })
    },
    FetchResults(request: types.TFetchResultsReq) {
      const operation = find(request.operationHandle)
      return operation
        ? fetchRows(operation, request.maxRows.toNumber())
        : new types.TFetchResultsResp({ status: UNKNOWN_HANDLE })
    },
    CancelOperation: (request: types.TCancelOperationReq) =>
      new types.TCancelOperationResp({ status: forget(request.operationHandle) }),
    CloseOperation: (request: types.TCloseOperationReq) =>
      new types.TCloseOperationResp({ status: forget(request.operationHandle) }),
  }
}
