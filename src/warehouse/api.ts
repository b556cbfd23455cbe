import { ActionError } from '../errors.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { FailedAttempt, HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { outcomeOf } from '../http/status.ts'
import type { JsonObject } from '../json.ts'
import { printable } from '../text.ts'
import { type Chunk, readChunk, readResponse, type StatementResponse } from './statement-response.ts'

export interface ApiOptions {
  /** Scheme, name and port of the host. */
  origin: string
  /** Of a unified host. */
  workspaceId: string | undefined
  send: Send
  /** A token that is valid now; another than the one that was refused, if one is given. */
  token: (refused?: string) => Promise<string>
}

/** A statement as it is started. */
export interface StatementRequest {
  statement: string
  warehouse_id: string
  catalog?: string
  schema?: string
  parameters?: readonly object[]
  query_tags?: readonly object[]
  row_limit?: number
}

/** The Statement Execution API of one host. Each request has a token that is fresh then. */
export interface StatementApi {
  /** Never sent twice where a warehouse may have seen it. */
  start: (request: StatementRequest) => Promise<StatementResponse>
  read: (id: string, withinSeconds?: number) => Promise<StatementResponse>
  readChunk: (id: string, index: number, width: number) => Promise<Chunk>
  cancel: (id: string, withinSeconds: number) => Promise<void>
  /** Names and ids of the warehouses that this principal may use, a line each. */
  listWarehouses: () => Promise<string>
}

const STATEMENTS = '/api/2.0/sql/statements'
// 25 MiB of values, each of which may need escapes.
const MAX_RESULT_BYTES = 64 * 1024 * 1024

type Asked = Pick<HttpRequest, 'purpose' | 'method' | 'maxBodyBytes' | 'mayRepeat'> & { path: string; content?: object }

// Of a token, and not of a right that is missing.
const refusesToken = ({ status, body }: HttpAnswer): boolean =>
  status === 401 || (status === 403 && /\btoken\b/i.test(body))

// Whether a warehouse may have seen the statement: it was sent, and nothing that stands before one turned it away.
function mayBeSeen({ sent, status, retryAfterMs, failure: { serverText = '' } }: FailedAttempt): boolean {
  const turnedAway = status === 429 || (status === 503 && (retryAfterMs > 0 || serverText.includes('"error_code"')))
  return sent && !turnedAway
}

const uncertain = (thrown: unknown): ActionError => {
  if (!(thrown instanceof ActionError)) throw thrown
  const { message, serverText } = thrown
  return new ActionError('STATEMENT_UNCERTAIN', `${message} The statement may run all the same.`, { serverText })
}

function refusedStart(answer: HttpAnswer, warehouse: string): ActionError {
  const { status, body } = answer
  const said = { serverText: body }
  if (outcomeOf(status) === 'forbidden' && !refusesToken(answer)) {
    return new ActionError('WAREHOUSE_REFUSED', `This principal may not use the warehouse ${warehouse} (403).`, said)
  }
  if (outcomeOf(status) === 'missing') {
    return new ActionError('WAREHOUSE_REFUSED', `There is no warehouse ${warehouse} for this principal (404).`, said)
  }
  return new ActionError('STATEMENT_REFUSED', `Databricks answered ${status} to the start of the statement.`, said)
}

/** Opens the API; nothing is sent before the first call. */
export function openApi({ origin, workspaceId, send, token }: ApiOptions): StatementApi {
  const place = workspaceId === undefined ? {} : { 'x-databricks-workspace-id': workspaceId }

  async function ask({ path, content, ...request }: Asked, withinSeconds?: number): Promise<HttpAnswer> {
    const body = content === undefined ? {} : { body: JSON.stringify(content) }
    const type: Record<string, string> = content === undefined ? {} : { 'content-type': 'application/json' }
    const sendWith = async (refused?: string) => {
      let used = ''
      const answer = await send(async () => {
        used = await token(refused)
        const headers = { authorization: `Bearer ${used}`, ...type, ...place }
        return { ...request, ...body, headers, url: new URL(path, origin) }
      }, withinSeconds)
      return { answer, used }
    }
    const { answer, used } = await sendWith()
    return refusesToken(answer) ? (await sendWith(used)).answer : answer
  }

  async function askForObject(asked: Asked, withinSeconds?: number): Promise<JsonObject> {
    const answer = await ask(asked, withinSeconds)
    const { status, body } = answer
    if (outcomeOf(status) === 'success') return jsonObject(answer)
    throw new ActionError('STATEMENT_REFUSED', `${asked.purpose}: Databricks answered ${status}.`, {
      serverText: body,
      advice:
        'See what the server said. If a token was refused, check that the principal is a member of the workspace.',
    })
  }

  async function start(request: StatementRequest): Promise<StatementResponse> {
    let mayRun = false
    const mayRepeat = (attempt: FailedAttempt) => {
      mayRun ||= mayBeSeen(attempt)
      return !mayRun
    }
    const content = { ...request, wait_timeout: '0s', disposition: 'INLINE', format: 'JSON_ARRAY' }
    try {
      const answer = await ask({
        purpose: 'Start of the statement',
        method: 'POST',
        path: STATEMENTS,
        content,
        mayRepeat,
      })
      const { status } = answer
      if (status >= 400 && status <= 499) throw refusedStart(answer, request.warehouse_id)
      mayRun = true
      if (status >= 500) throw refusedStart(answer, request.warehouse_id)
      return readResponse(jsonObject(answer))
    } catch (thrown) {
      throw mayRun ? uncertain(thrown) : thrown
    }
  }

  return {
    start,
    read: async (id, withinSeconds) => {
      const path = `${STATEMENTS}/${id}`
      const asked = { purpose: 'State of the statement', method: 'GET', path, maxBodyBytes: MAX_RESULT_BYTES } as const
      return readResponse(await askForObject(asked, withinSeconds), id)
    },
    readChunk: async (id, index, width) => {
      // Never the link that the answer names.
      const path = `${STATEMENTS}/${id}/result/chunks/${index}`
      const asked = { purpose: 'Result of the statement', method: 'GET', path, maxBodyBytes: MAX_RESULT_BYTES } as const
      return readChunk(await askForObject(asked), index, width)
    },
    cancel: async (id, withinSeconds) => {
      const asked = {
        purpose: 'Cancellation of the statement',
        method: 'POST',
        path: `${STATEMENTS}/${id}/cancel`,
      } as const
      const answer = await ask({ ...asked, content: {} }, withinSeconds)
      if (outcomeOf(answer.status) === 'success') return
      throw new ActionError('STATEMENT_REFUSED', `Databricks answered ${answer.status} to the cancellation.`)
    },
    listWarehouses: async () => {
      const path = '/api/2.0/sql/warehouses'
      const { warehouses } = await askForObject({ purpose: 'List of warehouses', method: 'GET', path })
      const all: unknown[] = Array.isArray(warehouses) ? warehouses : []
      return all
        .map((one) => ({ name: '', id: '', ...Object(one) }))
        .map(({ name, id }) => `${printable(String(id))}  ${printable(String(name))}`)
        .join('\n')
    },
  }
}
