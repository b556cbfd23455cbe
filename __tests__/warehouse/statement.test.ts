import { describe, expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import { rowsOf, runStatement, type StatementEffects } from '../../src/warehouse/statement.ts'
import type { StatementResponse } from '../../src/warehouse/statement-response.ts'
import { failureOf } from '../support/failures.ts'
import { answer, chunkOf, effectsWith } from '../support/statement-effects.ts'

const empty = {
  columns: [],
  rowCount: 0,
  chunkCount: undefined,
  truncated: false,
  first: { rows: [], next: undefined },
}

const run = (effects: StatementEffects) =>
  runStatement({ statement: 'SELECT 1', warehouse_id: 'w' }, 'The statement', effects)

test('asks until the statement has ended, and tells when its state changes', async () => {
  const { effects, asked, told } = effectsWith([
    answer('PENDING'),
    answer('RUNNING'),
    answer('SUCCEEDED', { result: empty }),
  ])
  expect(await run(effects)).toEqual({ id: 'id-1', result: empty })
  expect(asked).toEqual(['read', 'read', 'read'])
  expect(told).toEqual(['The statement: statement id id-1', 'The statement (statement id id-1): RUNNING 0 s'])
})

test('a cold start says so after 5 s, and then once in 30 s', async () => {
  const states = Array.from({ length: 70 }, () => answer('PENDING'))
  const { effects, told } = effectsWith([...states, answer('SUCCEEDED', { result: empty })])
  await run(effects)
  const times = told.flatMap((line) => /PENDING (\d+) s: the warehouse is starting, or busy$/.exec(line)?.[1] ?? [])
  const [first = 0, second = 0, third = 0] = times.map(Number)
  expect([first >= 5 && first < 6, second - first >= 29, third - second >= 29, second - first < 40]).toEqual(
    Array(4).fill(true),
  )
})

test('the answer to the start counts, if the statement is over by then', async () => {
  const { effects, asked } = effectsWith([], { start: async () => answer('CLOSED', { result: empty }) })
  expect(await run(effects)).toEqual({ id: 'id-1', result: empty })
  expect(asked).toEqual([])
})

test('the pause is about a tenth of what has passed, 100 ms to 5 s', async () => {
  const states = Array.from({ length: 100 }, () => answer('RUNNING'))
  const { effects, clock } = effectsWith([...states, answer('SUCCEEDED', { result: empty })])
  const pauses: { passed: number; ms: number }[] = []
  const pause: typeof clock.pause = (ms, signal) => {
    pauses.push({ passed: clock.now(), ms })
    return clock.pause(ms, signal)
  }
  await run({ ...effects, clock: { ...clock, pause } })
  expect(pauses).toHaveLength(101)
  for (const { passed, ms } of pauses) expect(ms).toBe(Math.min(Math.max(passed / 10, 100), 5000))
  expect([pauses[0]?.ms, pauses.at(-1)?.ms]).toEqual([100, 5000])
})

test.each<[StatementResponse, string, RegExp, string | undefined]>([
  [answer('CANCELED'), 'STATEMENT_CANCELED', /cancelled at Databricks/, undefined],
  [
    answer('FAILED', { error: { code: 'BAD_REQUEST', message: 'm', sqlState: '42601' } }),
    'STATEMENT_FAILED',
    /^The statement failed \(statement id id-1\)\.$/,
    'BAD_REQUEST, SQLSTATE 42601: m',
  ],
  [answer('FAILED', { error: { code: '', message: 'm', sqlState: '' } }), 'STATEMENT_FAILED', /id-1/, 'm'],
  [
    answer('FAILED', { error: { code: '', message: 'Inline byte limit exceeded. X', sqlState: '' } }),
    'RESULT_TOO_LARGE',
    /larger than 25 MiB/,
    'Inline byte limit exceeded. X',
  ],
])('%j: %s', async (last, code, told, serverText) => {
  const failure = await failureOf(() => run(effectsWith([last]).effects))
  expect(failure).toMatchObject({ code, message: expect.stringMatching(told), serverText })
})

test('what failed after its commit has run, and is not to be run again', async () => {
  const message = '[DELTA_POST_COMMIT_HOOK_FAILED] Committing to the Delta table version 7 succeeded but error while …'
  const failed = answer('FAILED', { error: { code: 'BAD_REQUEST', message, sqlState: '2DKD0' } })
  const failure = await failureOf(() => run(effectsWith([failed]).effects))
  expect(failure.code).toBe('STATEMENT_FAILED')
  expect(failure.advice).toMatch(/has run and is committed.*Do not run it again/)
})

test.each(['SUCCEEDED', 'CLOSED'] as const)('%s is success, with a result or without one', async (state) => {
  expect(await run(effectsWith([answer(state, { result: empty })]).effects)).toEqual({ id: 'id-1', result: empty })
  expect(await run(effectsWith([answer(state)]).effects)).toEqual({ id: 'id-1', result: undefined })
})

const fault = (transient: boolean) => new Fault(new ActionError('ANSWER_INVALID', 'HTML came.'), { transient })

describe('asking cancels nothing', () => {
  test('an outage of nine minutes passes', async () => {
    const states = [answer('RUNNING'), ...Array.from({ length: 21 }, () => fault(true)), answer('SUCCEEDED')]
    const { effects, asked, clock } = effectsWith(states)
    expect(await run(effects)).toEqual({ id: 'id-1', result: undefined })
    expect(clock.now()).toBeGreaterThan(500_000)
    expect(asked).not.toContain('cancel')
  })

  test('after ten minutes without an answer that makes sense nobody knows, and it may run on', async () => {
    const { effects, asked, clock } = effectsWith([answer('RUNNING'), fault(true)])
    const failure = await failureOf(() => run(effects))
    expect([failure.code, failure.message]).toEqual([
      'STATEMENT_UNCERTAIN',
      expect.stringMatching(/may run on, or have succeeded \(statement id id-1\); it was not cancelled\. HTML came\./),
    ])
    expect(clock.now()).toBeGreaterThanOrEqual(600_000)
    expect(asked).not.toContain('cancel')
  })

  test('where Databricks refuses to say, it is asked once', async () => {
    const { effects, asked } = effectsWith([fault(false)])
    expect((await failureOf(() => run(effects))).code).toBe('STATEMENT_UNCERTAIN')
    expect(asked).toEqual(['read'])
  })

  test('a defect of our own comes out as it is', async () => {
    const defect = new TypeError('a defect')
    const { effects, asked } = effectsWith([defect])
    await expect(run(effects)).rejects.toBe(defect)
    expect(asked).toEqual(['read'])
  })
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
    const { effects, asked, end } = effectsWith()
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
      'STATEMENT_CANCELED',
      'The statement was ended by SIGINT before it was started.',
      [],
    ])
  })

  test.each([
    ['RUNNING', 'Its cancellation was received, and it is RUNNING still.'],
    ['FAILED', 'Databricks says that it is FAILED.'],
    ['SUCCEEDED', 'Databricks says that it is SUCCEEDED.'],
  ] as const)('by a signal, with a statement that is %s: the state is asked for once', async (state, said) => {
    const { effects, asked, whenStarted, end } = effectsWith([answer(state)])
    whenStarted(end)
    const failure = await failureOf(() => run(effects))
    expect([failure.code, asked]).toEqual(['STATEMENT_CANCELED', ['cancel', 'read']])
    expect(failure.message).toContain(said)
  })

  test('and cannot cancel it says so, or that it does not know what came of it', async () => {
    const refuse = () => Promise.reject(new ActionError('NETWORK_FAILED', 'no answer.'))
    const silent = effectsWith([], { cancel: refuse })
    silent.whenStarted(silent.end)
    expect((await failureOf(() => run(silent.effects))).message).toContain('may run on: no answer.')
    const deaf = effectsWith([fault(true)])
    deaf.whenStarted(deaf.end)
    expect((await failureOf(() => run(deaf.effects))).message).toContain('its state is unknown: HTML came.')
  })

  test('by --timeout asks for the state until it is the last one, for half a minute', async () => {
    const states = [answer('RUNNING'), fault(true), answer('RUNNING'), answer('CANCELED')]
    const { effects, asked, whenStarted, limit } = effectsWith(states)
    whenStarted(limit)
    const { message } = await failureOf(() => run(effects))
    expect(message).toMatch(/ended by --timeout .*Databricks says that it is CANCELED\.$/)
    expect(asked).toEqual(['cancel', 'read', 'read', 'read', 'read'])
    const endless = effectsWith()
    endless.whenStarted(endless.limit)
    expect((await failureOf(() => run(endless.effects))).message).toContain('it is RUNNING still')
    expect(Math.round(endless.clock.now() / 1000)).toBe(30)
  })

  test.each(['SUCCEEDED', 'CLOSED'] as const)(
    'by --timeout, too late: a statement that is %s counts',
    async (state) => {
      const { effects, told, whenStarted, limit } = effectsWith([answer(state, { result: empty })])
      whenStarted(limit)
      expect(await run(effects)).toEqual({ id: 'id-1', result: empty })
      expect(told).toContain('The statement had succeeded when --timeout was to end it, and counts.')
    },
  )

  test('by --timeout, too late, where what is over cannot be cancelled: it counts, too', async () => {
    const refuse = () => Promise.reject(new ActionError('STATEMENT_REFUSED', 'Databricks answered 400.'))
    const { effects, whenStarted, limit } = effectsWith([answer('SUCCEEDED', { result: empty })], { cancel: refuse })
    whenStarted(limit)
    expect(await run(effects)).toEqual({ id: 'id-1', result: empty })
    const running = effectsWith([answer('RUNNING')], { cancel: refuse })
    running.whenStarted(running.limit)
    expect((await failureOf(() => run(running.effects))).message).toContain('may run on: Databricks answered 400.')
  })

  test('by --timeout and a signal is ended by the signal', async () => {
    const { effects, whenStarted, limit, end } = effectsWith([answer('SUCCEEDED', { result: empty })])
    whenStarted(() => {
      limit()
      end()
    })
    expect((await failureOf(() => run(effects))).code).toBe('STATEMENT_CANCELED')
  })
})

const columns = [{ name: 'a', type: 'INT' }]

/** The rows of a result of two chunks, with one row each, of which this was announced. */
async function rowsOfTwoChunks(counts: { rowCount: number | undefined; chunkCount: number | undefined }) {
  const { effects } = effectsWith([], { chunk: chunkOf({ data_array: [['2']] }) })
  const result = { columns, ...counts, truncated: false, first: { rows: [['1']], next: 1 } }
  const rows: unknown[] = []
  for await (const chunk of rowsOf('id-1', result, effects)) rows.push(...chunk)
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
  for await (const chunk of rowsOf('id-1', result, effectsWith().effects)) rows.push(...chunk)
  expect(rows).toEqual([])
})
