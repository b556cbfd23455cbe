import { describe, expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { StatementApi } from '../../src/warehouse/api.ts'
import { Cancellation } from '../../src/warehouse/cancellation.ts'
import { rowsOf, runStatement } from '../../src/warehouse/statement.ts'
import type { StatementResponse } from '../../src/warehouse/statement-response.ts'
import { failureOf } from '../support/failures.ts'

const answer = (state: StatementResponse['state'], more: Partial<StatementResponse> = {}): StatementResponse => ({
  ...{ id: 'id-1', state, error: undefined, result: undefined },
  ...more,
})

const announced = { rowCount: 0, chunkCount: 0, truncated: false }
const empty = { columns: [], ...announced, first: { rows: [], next: undefined } }

/** A statement of which `read` tells these states, the last one again and again. */
function effectsWith(states: readonly StatementResponse[], api: Partial<StatementApi> = {}) {
  const asked: string[] = []
  const told: string[] = []
  const ended = new AbortController()
  const full: StatementApi = {
    start: async () => answer('PENDING'),
    read: async () => {
      asked.push('read')
      return states[Math.min(asked.filter((one) => one === 'read').length, states.length) - 1] ?? answer('RUNNING')
    },
    cancel: async () => {
      asked.push('cancel')
    },
    readChunk: async () => ({ rows: [], next: undefined }),
    listWarehouses: async () => '',
    ...api,
  }
  const effects = {
    ...{ api: full, signal: ended.signal, info: (line: string) => told.push(line), now: Date.now },
    ready: async () => undefined,
  }
  return { effects, asked, told, end: () => ended.abort(new Cancellation('ended by SIGINT', 130)) }
}

const run = (effects: ReturnType<typeof effectsWith>['effects']) =>
  runStatement({ statement: 'SELECT 1', warehouse_id: 'w' }, 'The statement', effects)

test('asks until the statement has ended, and tells when its state changes', async () => {
  const { effects, asked, told } = effectsWith([
    answer('PENDING'),
    answer('RUNNING'),
    answer('SUCCEEDED', { result: empty }),
  ])
  expect(await run(effects)).toEqual({ id: 'id-1', result: empty })
  expect(asked).toEqual(['read', 'read', 'read'])
  expect(told).toEqual(['The statement: statement id id-1', expect.stringMatching(/^The statement: RUNNING 1 s$/)])
})

test.each<[StatementResponse, string, RegExp]>([
  [answer('CLOSED'), 'STATEMENT_FAILED', /its result is gone/],
  [answer('CANCELED'), 'STATEMENT_CANCELED', /cancelled at Databricks/],
  [
    answer('FAILED', { error: { code: 'BAD_REQUEST', message: 'm', sqlState: '42601' } }),
    'STATEMENT_FAILED',
    /BAD_REQUEST, SQLSTATE 42601, statement id id-1/,
  ],
  [
    answer('FAILED', { error: { code: '', message: 'Inline byte limit exceeded. X', sqlState: '' } }),
    'RESULT_TOO_LARGE',
    /larger than 25 MiB/,
  ],
])('%j: %s', async (last, code, told) => {
  const failure = await failureOf(() => run(effectsWith([last]).effects))
  expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(told)])
})

describe('a call that ends', () => {
  test('during the start: the answer is waited for, then the statement is cancelled', async () => {
    const order: string[] = []
    const { effects, asked, end } = effectsWith([answer('CANCELED')], {
      start: async () => {
        end()
        await new Promise((resolve) => setTimeout(resolve, 50))
        order.push('started')
        return answer('PENDING')
      },
    })
    const failure = await failureOf(() => run(effects))
    expect([failure.code, order, asked]).toEqual(['STATEMENT_CANCELED', ['started'], ['cancel', 'read']])
  })

  test('before the start: nothing is started', async () => {
    const { effects, asked, end } = effectsWith([])
    const failure = await failureOf(() =>
      run({
        ...effects,
        ready: () => {
          end()
          return new Promise<never>(() => undefined)
        },
      }),
    )
    expect([failure.code, failure.message, asked]).toEqual([
      ...['STATEMENT_CANCELED', 'The statement was ended by SIGINT before it was started.', []],
    ])
  })

  test('and cannot cancel it says so', async () => {
    const { effects, end } = effectsWith([], {
      cancel: async () => {
        throw new ActionError('NETWORK_FAILED', 'no answer.')
      },
    })
    setTimeout(end, 50)
    expect((await failureOf(() => run(effects))).message).toContain('may run on: no answer.')
  })

  test('while the statement runs on says that', async () => {
    const { effects, end } = effectsWith([answer('RUNNING')])
    setTimeout(end, 50)
    expect((await failureOf(() => run(effects))).message).toContain('it is RUNNING still')
  })
})

test('when nothing more can be known of a statement, it is cancelled', async () => {
  const { effects, asked } = effectsWith([], {
    read: async () => {
      throw new ActionError('NETWORK_FAILED', 'no answer.')
    },
  })
  const failure = await failureOf(() => run(effects))
  expect([failure.code, asked]).toEqual(['NETWORK_FAILED', ['cancel']])
  expect(failure.message).toContain('The statement id is id-1.')
})

const columns = [{ name: 'a', type: 'INT' }]

/** The rows of a result of two chunks, with one row each, of which this was announced. */
async function rowsOfTwoChunks(counts: { rowCount: number | undefined; chunkCount: number | undefined }) {
  const { effects } = effectsWith([], { readChunk: async () => ({ rows: [['2']], next: undefined }) })
  const result = { columns, ...counts, truncated: false, first: { rows: [['1']], next: 1 } }
  const rows: unknown[] = []
  for await (const chunk of rowsOf({ id: 'id-1', result }, effects)) rows.push(...chunk)
  return rows
}

test.each([
  [{ rowCount: 2, chunkCount: undefined }],
  [{ rowCount: undefined, chunkCount: 2 }],
  [{ rowCount: undefined, chunkCount: undefined }],
])('a result of two rows in two chunks, announced as %j, is read', async (counts) => {
  expect(await rowsOfTwoChunks(counts)).toEqual([['1'], ['2']])
})

test.each([
  [{ rowCount: 3, chunkCount: 2 }, '3 rows were announced, and 2 came.'],
  [{ rowCount: 1, chunkCount: 2 }, '1 rows were announced, and 2 came.'],
  [{ rowCount: 0, chunkCount: 2 }, '0 rows were announced, and 2 came.'],
  [{ rowCount: undefined, chunkCount: 3 }, '3 chunks were announced, and 2 came.'],
  [{ rowCount: undefined, chunkCount: 1 }, '1 chunks were announced, and 2 came.'],
  [{ rowCount: undefined, chunkCount: 0 }, '0 chunks were announced, and 2 came.'],
])('a result of two rows in two chunks, announced as %j, is an error', async (counts, message) => {
  expect(await failureOf(() => rowsOfTwoChunks(counts))).toMatchObject({ code: 'RESULT_INVALID', message })
})

test.each([0, 1])('a result without rows may be announced as %i chunks', async (chunkCount) => {
  const rows: unknown[] = []
  const result = { ...empty, rowCount: undefined, chunkCount }
  for await (const chunk of rowsOf({ id: 'id-1', result }, effectsWith([]).effects)) rows.push(...chunk)
  expect(rows).toEqual([])
})
