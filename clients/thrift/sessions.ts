/** Sessions of a warehouse: opened with a principal's token, and that principal's from then on. */
import types from '@databricks/sql/thrift/TCLIService_types.js'
import { keyOf, newHandle, OK, UNKNOWN_HANDLE } from './handles.ts'
import type { Calls } from './wire.ts'

/** What a statement runs in. `USE` changes its catalog and its schema. */
export interface Session {
  principal: string
  catalog: string
  schema: string
}

export type Sessions = Map<string, Session>

/** The newest protocol without asynchronous metadata calls. Clients take what the server names from here. */
const PROTOCOL = types.TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8

/** The session that `handle` names, if it is `principal`'s. */
export function sessionOf(sessions: Sessions, handle: types.TSessionHandle, principal: string): Session | undefined {
  const session = sessions.get(keyOf(handle.sessionId))
  return session?.principal === principal ? session : undefined
}

/** OpenSession, CloseSession and GetInfo for what `principal` sends. */
export function sessionCalls(sessions: Sessions, principal: string): Calls {
  return {
    OpenSession(request: types.TOpenSessionReq) {
      const sessionId = newHandle()
      const catalog = request.initialNamespace?.catalogName ?? 'main'
      const schema = request.initialNamespace?.schemaName ?? 'default'
      sessions.set(keyOf(sessionId), { principal, catalog, schema })
      return new types.TOpenSessionResp({
        status: OK,
        serverProtocolVersion: PROTOCOL,
        sessionHandle: new types.TSessionHandle({ sessionId }),
        canUseMultipleCatalogs: true,
      })
    },
    CloseSession(request: types.TCloseSessionReq) {
      const session = sessionOf(sessions, request.sessionHandle, principal)
      if (session) sessions.delete(keyOf(request.sessionHandle.sessionId))
      return new types.TCloseSessionResp({ status: session ? OK : UNKNOWN_HANDLE })
    },
    GetInfo(_request: types.TGetInfoReq) {
      const infoValue = new types.TGetInfoValue({ stringValue: 'Spark SQL' })
      return new types.TGetInfoResp({ status: OK, infoValue })
    },
  }
}
