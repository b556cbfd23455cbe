import type { AccessTokens } from './access-token.ts'
import type { Answer, ReceivedRequest } from './http-server.ts'

/** Answers one Thrift message (TCLIService, binary protocol) that a principal sent. Rejects what is none. */
export type ThriftWarehouse = (message: Buffer, user: string) => Promise<Buffer>

interface SqlDriversOptions {
  readonly tokens: AccessTokens
  readonly warehouseId: string
  readonly answerThrift: ThriftWarehouse | undefined
}

/**
 * The HTTP path of a warehouse, as SQL drivers take it: `/sql/1.0/warehouses/<id>`. Every request of a session is
 * authenticated anew, so a driver may change its token within one.
 */
export function createSqlDriverRoute({ tokens, warehouseId, answerThrift }: SqlDriversOptions) {
  return async (request: ReceivedRequest): Promise<Answer | undefined> => {
    const { method, url, headers, bytes } = request
    const isWarehouse = method === 'POST' && url.pathname === `/sql/1.0/warehouses/${warehouseId}`
    if (!isWarehouse || answerThrift === undefined) return undefined
    const caller = await tokens.authenticate(headers.authorization)
    if (!('claims' in caller)) return withReason(caller)
    try {
      const message = await answerThrift(bytes, caller.name)
      return { status: 200, headers: { 'content-type': 'application/x-thrift' }, bytes: message }
    } catch (error) {
      return { status: 400, text: `not a message of TCLIService: ${error}` }
    }
  }
}

// The drivers tell a person what is in this header, not what is in the body.
function withReason(refusal: Answer): Answer {
  const { message } = Object(refusal.json)
  return { ...refusal, headers: { ...refusal.headers, 'x-databricks-reason-phrase': String(message) } }
}
