import { expect, test } from 'vitest'
import { ActionError, type FailureCode } from '../../src/errors.ts'
import { conflictIn, isOneTransaction, runDespiteConflicts } from '../../src/warehouse/conflicts.ts'
import { failureOf } from '../support/failures.ts'
import { answer, effectsWith } from '../support/statement-effects.ts'

test.each([
  'INSERT INTO t VALUES (1)',
  'insert overwrite t select * from s',
  '-- nightly\nMERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN UPDATE SET *',
  'MERGE WITH SCHEMA EVOLUTION INTO t USING s ON true WHEN MATCHED THEN DELETE',
  'UPDATE t SET a = 1',
  'DELETE FROM t WHERE a = 1',
  "COPY INTO t FROM 's3://b/p' FILEFORMAT = CSV",
  'CREATE TABLE t AS SELECT 1',
  'CREATE OR REPLACE TABLE c.s.t (a INT) USING DELTA AS SELECT 1 AS a',
  'CREATE TABLE IF NOT EXISTS `t` COMMENT "x" AS (SELECT 1)',
  'CREATE TABLE t AS WITH x AS (SELECT 1) FROM x',
])('%s may be run again', (text) => {
  expect(isOneTransaction(text)).toBe(true)
})

test.each([
  'BEGIN INSERT INTO t VALUES (1); INSERT INTO u VALUES (1); END',
  'BEGIN ATOMIC INSERT INTO t VALUES (1); END',
  'CALL p()',
  "EXECUTE IMMEDIATE 'INSERT INTO t VALUES (1)'",
  'CREATE PROCEDURE p() AS BEGIN INSERT INTO t VALUES (1); END',
  'CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1))',
  'CREATE TABLE t SHALLOW CLONE s VERSION AS OF 5',
  'CREATE VIEW v AS SELECT 1',
  'FROM s INSERT INTO t SELECT a INSERT INTO u SELECT b',
  'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x',
  'EXPLAIN INSERT INTO t VALUES (1)',
  'OPTIMIZE t',
  'ALTER TABLE t ADD COLUMN b INT',
  'COPY',
  'SELECT 1',
  'INSERTED',
  '`INSERT` INTO t VALUES (1)',
])('%s is never run again', (text) => {
  expect(isOneTransaction(text)).toBe(false)
})

const failed = (message: string, code: FailureCode = 'STATEMENT_FAILED') =>
  new ActionError(code, 'm', { cause: { code: 'BAD_REQUEST', message, sqlState: '' } })

test.each([
  ['[DELTA_CONCURRENT_APPEND] Files were added', 'DELTA_CONCURRENT_APPEND'],
  ['[DELTA_CONCURRENT_APPEND.ROW_LEVEL_CHANGES] Files', 'DELTA_CONCURRENT_APPEND'],
  ['[DELTA_CONCURRENT_DELETE_READ] This transaction', 'DELTA_CONCURRENT_DELETE_READ'],
  ['[DELTA_CONCURRENT_WRITE] A concurrent', 'DELTA_CONCURRENT_WRITE'],
  ['[DELTA_METADATA_CHANGED] The metadata', 'DELTA_METADATA_CHANGED'],
  ['[DELTA_PROTOCOL_CHANGED] The protocol', 'DELTA_PROTOCOL_CHANGED'],
  ['[DELTA_METADATA_CHANGED.CHANGE_TYPE_COLUMN] The type', undefined],
  ['[DELTA_PROTOCOL_CHANGED.CHANGE_TYPE_COLUMN] The type', undefined],
  ['[DELTA_METADATA_CHANGED_ELSEWHERE] Another class', undefined],
  ['[DELTA_POST_COMMIT_HOOK_FAILED] Committed', undefined],
  ['org.apache.spark: [DELTA_CONCURRENT_APPEND] not at the beginning', undefined],
  [' [DELTA_CONCURRENT_APPEND] nor after a space', undefined],
  ['', undefined],
])('%s is a conflict: %s', (message, conflict) => {
  expect(conflictIn(failed(message))).toBe(conflict)
})

test('only a statement that has failed has met a conflict', () => {
  for (const code of ['STATEMENT_UNCERTAIN', 'STATEMENT_CANCELED', 'STATEMENT_REFUSED'] as const) {
    expect(conflictIn(failed('[DELTA_CONCURRENT_APPEND] Files', code))).toBeUndefined()
  }
  expect(conflictIn(new Error('[DELTA_CONCURRENT_APPEND] Files'))).toBeUndefined()
  expect(conflictIn(new ActionError('STATEMENT_FAILED', 'm'))).toBeUndefined()
})

const message = '[DELTA_CONCURRENT_APPEND] Files were added to the root of the table by a concurrent update.'
const conflict = answer('FAILED', { error: { code: 'BAD_REQUEST', message, sqlState: '2D521' } })

/** Runs a statement that meets so many conflicts before it succeeds; gives back how often it was started. */
async function run(statement: string, conflicts: number, retries: number, atPause: 'go on' | 'end' = 'go on') {
  let starts = 0
  const states = [...Array(conflicts).fill(conflict), answer('SUCCEEDED')]
  const { effects, told, clock, limit } = effectsWith(states, {
    start: async () => {
      starts++
      return answer('PENDING')
    },
  })
  const pauses: number[] = []
  const pause: typeof clock.pause = async (ms, signal) => {
    if (ms >= 500) pauses.push(ms)
    if (ms >= 500 && atPause === 'end') limit()
    await clock.pause(ms, signal)
  }
  const request = { statement, warehouse_id: 'w' }
  const own = { ...effects, clock: { ...clock, pause } }
  const [settled] = await Promise.allSettled([runDespiteConflicts(request, 'The statement', retries, own)])
  return { settled, starts, told, pauses }
}

test('after a conflict a statement is run again, after longer and longer pauses', async () => {
  const { settled, starts, told, pauses } = await run('INSERT INTO t VALUES (1)', 3, 3)
  expect([settled.status, starts]).toEqual(['fulfilled', 4])
  for (const [at, ms] of pauses.entries()) {
    expect(ms).toBeGreaterThanOrEqual(500 * 2 ** at)
    expect(ms).toBeLessThanOrEqual(1000 * 2 ** at)
  }
  expect(told.filter((line) => line.includes('another writer came first (DELTA_CONCURRENT_APPEND)'))).toHaveLength(3)
})

test.each([
  ['INSERT INTO t VALUES (1)', 2, 3],
  ['INSERT INTO t VALUES (1)', 0, 1],
  ['BEGIN INSERT INTO t VALUES (1); END', 5, 1],
])('%s, with %i retries: started %i times, and its failure is the last one', async (statement, retries, times) => {
  const { settled, starts } = await run(statement, 10, retries)
  expect(settled).toMatchObject({ reason: { code: 'STATEMENT_FAILED', cause: { message } } })
  expect(starts).toBe(times)
})

test('a call that ends in such a pause starts nothing more', async () => {
  const { settled, starts } = await run('INSERT INTO t VALUES (1)', 3, 3, 'end')
  expect(settled).toMatchObject({
    reason: {
      code: 'STATEMENT_CANCELED',
      message: 'The statement was ended by --timeout before it was started again.',
    },
  })
  expect(starts).toBe(1)
})

test('what is no conflict comes out as it is', async () => {
  const { effects } = effectsWith([], { start: () => Promise.reject(failed('m', 'STATEMENT_UNCERTAIN')) })
  const request = { statement: 'INSERT INTO t VALUES (1)', warehouse_id: 'w' }
  const failure = await failureOf(() => runDespiteConflicts(request, 'The statement', 5, effects))
  expect(failure.code).toBe('STATEMENT_UNCERTAIN')
})
