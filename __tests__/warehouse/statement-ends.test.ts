import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import { rowsOf, runStatement, type StatementEffects } from '../../src/warehouse/statement.ts'
import { afterSuccess, statementFailure } from '../../src/warehouse/statement-failure.ts'
import { failureOf } from '../support/failures.ts'
import { answer, chunkOf, effectsWith } from '../support/statement-effects.ts'

const request = { statement: 'SELECT 1', warehouse_id: 'w' }
const defect = new TypeError('a defect')
const refuse = () => Promise.reject(defect)

test('without a token to start with nothing is started, and its failure stays as it is', async () => {
  const failure = new ActionError('TIMED_OUT', 'Too late.')
  const { effects, asked } = effectsWith([], { start: refuse })
  const ready = () => Promise.reject(failure)
  await expect(runStatement(request, 'The statement', { ...effects, ready })).rejects.toBe(failure)
  expect(asked).toEqual([])
})

test('a statement that cannot be cancelled for want of a token may run on', async () => {
  const { effects, whenStarted, end } = effectsWith([], { cancel: refuse })
  whenStarted(end)
  const { code, message } = await failureOf(() => runStatement(request, 'The statement', effects))
  expect(code).toBe('STATEMENT_CANCELED')
  expect(message).toContain('It could not be cancelled, and may run on: no token could be had')
})

const result = {
  columns: [{ name: 'n', type: 'INT' }],
  rowCount: 2,
  chunkCount: undefined,
  truncated: false,
  first: { rows: [['1']], next: 1 },
}

async function readAll(effects: StatementEffects) {
  const rows: unknown[] = []
  for await (const chunk of rowsOf('id-1', result, effects)) rows.push(...chunk)
  return rows
}

test('a call that ends while it reads on says that the statement has succeeded', async () => {
  const { effects, end } = effectsWith()
  end()
  const { code, message } = await failureOf(() => readAll(effects))
  expect(code).toBe('STATEMENT_CANCELED')
  expect(message).toMatch(/ended by SIGINT while it read the result of a statement that has succeeded .*id-1/)
})

test('--timeout does not end the reading of a result', async () => {
  const { effects, limit } = effectsWith([], { chunk: chunkOf({ data_array: [['2']] }) })
  limit()
  expect(await readAll(effects)).toEqual([['1'], ['2']])
})

test('what fails while it reads on comes out as it is', async () => {
  await expect(readAll(effectsWith([], { chunk: refuse }).effects)).rejects.toBe(defect)
})

test.each([
  ['refuses a chunk', false, 1],
  ['gives none for ten minutes', true, 25],
])('a server that %s: the result is gone, and the statement has succeeded', async (_, transient, most) => {
  let asked = 0
  const chunk = () => {
    asked++
    return Promise.reject(new Fault(new ActionError('STATEMENT_REFUSED', 'It answered so.'), { transient }))
  }
  const { effects } = effectsWith([], { chunk })
  const { code, message } = await failureOf(() => readAll(effects))
  expect([code, message]).toEqual(['RESULT_GONE', expect.stringMatching(/has succeeded.*id-1.*It answered so\./)])
  expect(asked).toBeLessThanOrEqual(most)
})

test.each(['RESULT_INVALID', 'RESULT_UNFIT', 'RESULT_UNWRITABLE'] as const)(
  '%s says that the statement has run',
  (code) => {
    const told = afterSuccess(new ActionError(code, 'Writing failed.'), 'id-1')
    expect(told).toMatchObject({
      code,
      message: 'Writing failed. The statement has run, and succeeded (statement id id-1).',
    })
    expect(afterSuccess(defect, 'id-1')).toBe(defect)
  },
)

test('what may have run, or has, is never told to be run again', () => {
  const codes = ['STATEMENT_UNCERTAIN', 'STATEMENT_CANCELED', 'RESULT_GONE', 'RESULT_INVALID', 'RESULT_UNFIT'] as const
  for (const code of [...codes, 'RESULT_UNWRITABLE' as const]) {
    expect(new ActionError(code, 'm').advice).not.toMatch(/(^|[.:;,] )(then )?(run|start) it again/i)
  }
})

test.each([
  ['TEMPORARILY_UNAVAILABLE', 'Try later.', true],
  ['RESOURCE_EXHAUSTED', 'Too many.', true],
  ['BAD_REQUEST', '[DELTA_CONCURRENT_APPEND.WITHOUT_HINT] Files were added. SQLSTATE: 2D521', true],
  ['BAD_REQUEST', '[DELTA_METADATA_CHANGED] The metadata was changed.', true],
  ['BAD_REQUEST', "[CAST_INVALID_INPUT] The value '[DELTA_CONCURRENT_APPEND]' cannot be cast.", false],
  ['BAD_REQUEST', '[PARSE_SYNTAX_ERROR] Syntax error.', false],
])('%s %s is called temporary: %s', (code, message, isTemporary) => {
  const failed = answer('FAILED', { error: { code, message, sqlState: '' } })
  const { advice } = statementFailure(failed, 'The statement')
  expect([advice.startsWith('This is temporary'), advice.startsWith('Correct the statement')]).toEqual([
    isTemporary,
    !isTemporary,
  ])
})
