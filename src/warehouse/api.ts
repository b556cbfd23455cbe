import { ActionError, asActionError } from '../errors.ts'
import { Fault } from '../http/fault.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { FailedAttempt, HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { outcomeOf } from '../http/status.ts'
import { type Members, membersIn, readMembers, type Sent } from '../json.ts'
import { readResponse, readStart, STATEMENT_ANSWER, type StatementResponse } from './statement-response.ts'

export interface ApiOptions {
  /** Scheme, name and port of the host. */
  origin: string
  /** Of a unified host. */
  workspaceId: string | undefined
  /** Over a connection that is kept. */
  send: Send
  /** Over a new one. */
  sendFresh: Send
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
  /** Where the result goes: into the answers, unless it is to go to cloud storage. */
  disposition?: 'EXTERNAL_LINKS'
}

/**
 * The Statement Execution API of one host. Each request has a token that is fresh then. `read` and `chunk` ask once and
 * throw a Fault: one that may pass, or, where Databricks itself refuses to say, one that does not.
 */
export interface StatementApi {
  /** Never sent twice where a warehouse may have seen it. */
  start: (request: StatementRequest) => Promise<StatementResponse>
  read: (id: string, options?: AskOptions) => Promise<StatementResponse>
  /** These members of a chunk of the result, read by what is given: what that throws may pass, too. */
  chunk: <Of extends Members, Read>(
    id: string,
    index: number,
    how: { members: Of; read: (chunk: Sent<Of>) => Read },
    options?: AskOptions,
  ) => Promise<Read>
  cancel: (id: string, withinSeconds: number) => Promise<void>
  /** The warehouses that this principal may use. */
  listWarehouses: () => Promise<Warehouse[]>
}

/** A SQL warehouse. */
export interface Warehouse {
  id: string
  /** As somebody gave it; text from outside. */
  name: string
}

export interface AskOptions {
  withinSeconds?: number
  /** Over a new connection: the kept one may lead to what failed. */
  fresh?: boolean
}

/** What is read of an error: whatever stands in between has no such member. */
export const ERROR_ANSWER = { error_code: true } as const

/** What is read of the list of warehouses. */
export const WAREHOUSES_ANSWER = { warehouses: [{ id: true, name: true }], next_page_token: true } as const

const STATEMENTS = '/api/2.0/sql/statements'
const WAREHOUSES = '/api/2.0/sql/warehouses'
// A server that names a next page for ever would keep the call busy, so that the list ends here.
const MAX_PAGES = 100
// 25 MiB of values, each of which may need escapes.
const MAX_RESULT_BYTES = 64 * 1024 * 1024

type Asked = Pick<HttpRequest, 'purpose' | 'method' | 'maxBodyBytes' | 'mayRepeat'> & { path: string; content?: object }

// Whether the answer refuses the token itself, and not a right that the principal lacks.
const refusesToken = ({ status, body }: HttpAnswer): boolean =>
  status === 401 || (status === 403 && /\btoken\b/i.test(body))

// A warehouse may have seen the statement if it was sent, unless something in front of the warehouse turned it away.
function mayBeSeen({ sent, status, retryAfterMs, failure: { serverText = '' } }: FailedAttempt): boolean {
  const turnedAway = status === 429 || (status === 503 && (retryAfterMs > 0 || serverText.includes('"error_code"')))
  return sent && !turnedAway
}

// Whether the answer refuses the address of the caller. With another way through the network it may pass.
const refusesAddress = (body: string): boolean => /\bip (address|acl)|\bip access list/i.test(body)

/** Whether Databricks itself says that there is no answer. */
function isDefinite(answer: HttpAnswer): boolean {
  const { status, body } = answer
  if (![400, 403, 404].includes(status) || membersIn(body, ERROR_ANSWER).error_code === undefined) return false
  return !refusesToken(answer) && !(status === 403 && refusesAddress(body))
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

// A token that cannot be renewed is the one failure that no waiting mends.
const isForGood = (thrown: unknown): boolean => thrown instanceof ActionError && thrown.code === 'TOKEN_NOT_RENEWABLE'

function warehousesIn(sent: unknown): Warehouse[] {
  const all: unknown[] = Array.isArray(sent) ? sent : []
  return all
    .map((one) => readMembers(one, WAREHOUSES_ANSWER.warehouses[0]))
    .flatMap(({ id, name }) =>
      typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? [{ id, name: typeof name === 'string' ? name : '' }] : [],
    )
}

/** Opens the API; nothing is sent before the first call. */
export function openApi({ origin, workspaceId, send, sendFresh, token }: ApiOptions): StatementApi {
  const place = workspaceId === undefined ? {} : { 'x-databricks-workspace-id': workspaceId }

  async function ask({ path, content, ...request }: Asked, by: Send, withinSeconds?: number): Promise<HttpAnswer> {
    const body = content === undefined ? {} : { body: JSON.stringify(content) }
    const type: Record<string, string> = content === undefined ? {} : { 'content-type': 'application/json' }
    const sendWith = async (refused?: string) => {
      let used = ''
      const answer = await by(async () => {
        used = await token(refused)
        const headers = { authorization: `Bearer ${used}`, ...type, ...place }
        return { ...request, ...body, headers, url: new URL(path, origin) }
      }, withinSeconds)
      return { answer, used }
    }
    const { answer, used } = await sendWith()
    return refusesToken(answer) ? (await sendWith(used)).answer : answer
  }

  function membersOf<Of extends Members>(answer: HttpAnswer, members: Of): Sent<Of> {
    if (outcomeOf(answer.status) === 'success') return jsonObject(answer, members)
    const happened = `${answer.request.purpose}: Databricks answered ${answer.status}.`
    throw new ActionError('STATEMENT_REFUSED', happened, {
      serverText: answer.body,
      advice:
        'See what the server said. If a token was refused, check that the principal is a member of the workspace.',
    })
  }

  /** Asks once about a statement; whoever asks decides whether to ask again. */
  async function askOnce<Of extends Members, Answer>(
    asked: Pick<Asked, 'purpose' | 'path'> & { members: Of },
    { fresh = false, withinSeconds }: AskOptions,
    read: (answer: Sent<Of>) => Answer,
  ): Promise<Answer> {
    let retryAfterMs = 0
    let transient = true
    const mayRepeat = (failed: FailedAttempt) => {
      retryAfterMs = failed.retryAfterMs
      return false
    }
    const { members, ...request } = asked
    const whole = { ...request, method: 'GET', maxBodyBytes: MAX_RESULT_BYTES, mayRepeat } as const
    try {
      const answer = await ask(whole, fresh ? sendFresh : send, withinSeconds)
      transient = !isDefinite(answer)
      return read(membersOf(answer, members))
    } catch (thrown) {
      throw new Fault(asActionError(thrown), { transient: transient && !isForGood(thrown), retryAfterMs })
    }
  }

  async function start(request: StatementRequest): Promise<StatementResponse> {
    let mayRun = false
    const mayRepeat = (attempt: FailedAttempt) => {
      mayRun ||= mayBeSeen(attempt)
      return !mayRun
    }
    // With any other wait the id would come later, and without the id nothing can be cancelled.
    const content = { disposition: 'INLINE', ...request, wait_timeout: '0s', format: 'JSON_ARRAY' }
    const asked = { purpose: 'Start of the statement', method: 'POST', path: STATEMENTS, content } as const
    try {
      const answer = await ask({ ...asked, maxBodyBytes: MAX_RESULT_BYTES, mayRepeat }, sendFresh)
      const { status } = answer
      if (status >= 400 && status <= 499) throw refusedStart(answer, request.warehouse_id)
      mayRun = true
      if (status >= 500) throw refusedStart(answer, request.warehouse_id)
      return readStart(jsonObject(answer, STATEMENT_ANSWER))
    } catch (thrown) {
      throw mayRun ? uncertain(thrown) : thrown
    }
  }

  return {
    start,
    read: (id, options = {}) => {
      const asked = { purpose: 'State of the statement', path: `${STATEMENTS}/${id}`, members: STATEMENT_ANSWER }
      return askOnce(asked, options, (answer) => readResponse(answer, id))
    },
    chunk: (id, index, { members, read }, options = {}) => {
      // The address is made here, and never taken from the link in the answer.
      const path = `${STATEMENTS}/${id}/result/chunks/${index}`
      const asked = { purpose: 'Result of the statement', path, members }
      return askOnce(asked, options, read)
    },
    cancel: async (id, withinSeconds) => {
      const asked = {
        purpose: 'Cancellation of the statement',
        method: 'POST',
        path: `${STATEMENTS}/${id}/cancel`,
      } as const
      // Little time is left, and a kept connection may be dead by now, so that this request opens its own.
      const answer = await ask({ ...asked, content: {} }, sendFresh, withinSeconds)
      if (outcomeOf(answer.status) === 'success') return
      throw new ActionError('STATEMENT_REFUSED', `Databricks answered ${answer.status} to the cancellation.`)
    },
    listWarehouses: async () => {
      const all: Warehouse[] = []
      let page = ''
      for (let pages = 0; pages < MAX_PAGES; pages++) {
        const query = page === '' ? '' : `?${new URLSearchParams({ page_token: page })}`
        const asked = { purpose: 'List of warehouses', method: 'GET', path: `${WAREHOUSES}${query}` } as const
        const { warehouses, next_page_token: next } = membersOf(await ask(asked, send), WAREHOUSES_ANSWER)
        all.push(...warehousesIn(warehouses))
        if (typeof next !== 'string' || next === '') return all
        page = next
      }
      return all
    },
  }
}
