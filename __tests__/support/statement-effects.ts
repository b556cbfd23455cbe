import type { Sent } from '../../src/json.ts'
import type { StatementApi } from '../../src/warehouse/api.ts'
import { Cancellation } from '../../src/warehouse/cancellation.ts'
import type { StatementEffects } from '../../src/warehouse/statement.ts'
import type { CHUNK, StatementResponse } from '../../src/warehouse/statement-response.ts'
import { jumpingClock } from './jumping-clock.ts'

/** An answer about the statement id-1. */
export const answer = (
  state: StatementResponse['state'],
  more: Partial<StatementResponse> = {},
): StatementResponse => ({ id: 'id-1', state, error: undefined, result: undefined, ...more })

/** What `StatementApi.chunk` is, for chunks that come as this. */
export const chunkOf =
  (chunk: Sent<typeof CHUNK>): StatementApi['chunk'] =>
  async (_id, _index, { read }) =>
    read(Object(chunk))

/** A statement of which `read` tells these states, the last one again and again; what throws is thrown. */
export function effectsWith(states: readonly (StatementResponse | Error)[] = [], api: Partial<StatementApi> = {}) {
  const asked: string[] = []
  const told: string[] = []
  const ended = new AbortController()
  const late = new AbortController()
  const clock = jumpingClock()
  let reads = 0
  let begun: () => void = () => undefined
  const full: StatementApi = {
    start: async () => answer('PENDING'),
    read: async () => {
      asked.push('read')
      const state = states[Math.min(reads++, states.length - 1)] ?? answer('RUNNING')
      if (state instanceof Error) throw state
      return state
    },
    cancel: async () => {
      asked.push('cancel')
    },
    chunk: chunkOf({ data_array: [] }),
    listWarehouses: async () => [],
    ...api,
  }
  const effects: StatementEffects = {
    api: full,
    signal: ended.signal,
    timeLimit: late.signal,
    clock,
    info: (line) => {
      told.push(line)
      if (line.includes(': statement id ')) begun()
    },
    ready: async () => undefined,
  }
  return {
    effects,
    asked,
    told,
    clock,
    /** Called when the statement has an id. */
    whenStarted: (then: () => void) => {
      begun = then
    },
    end: () => ended.abort(new Cancellation('ended by SIGINT', 130)),
    limit: () => late.abort(new Cancellation('ended by --timeout', 124)),
  }
}
