import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { StatementApi } from '../../src/warehouse/api.ts'
import { Cancellation } from '../../src/warehouse/cancellation.ts'
import { rowsOf, runStatement, type StatementEffects } from '../../src/warehouse/statement.ts'
import type { StatementResponse } from '../../src/warehouse/statement-response.ts'
import { failureOf } from '../support/failures.ts'

const request = { statement: 'SELECT 1', warehouse_id: 'w' }
const pending: StatementResponse = { id: 'id-1', state: 'PENDING', error: undefined, result: undefined }
const defect = new TypeError('a defect')

const refuse = async () => {
  throw defect
}

function effectsWith(api: Partial<StatementApi>, more: Partial<StatementEffects> = {}) {
  const cancelled: string[] = []
  const full: StatementApi = {
    start: async () => pending,
    read: async () => pending,
    cancel: async (id) => void cancelled.push(id),
    readChunk: refuse,
    listWarehouses: async () => '',
    ...api,
  }
  const signal = new AbortController().signal
  const effects = { api: full, signal, now: Date.now, info: () => undefined, ready: async () => undefined, ...more }
  return { effects, cancelled }
}

test('without a token to start with nothing is started, and its failure stays as it is', async () => {
  const failure = new ActionError('TIMED_OUT', 'Too late.')
  const ready = () => Promise.reject(failure)
  const { effects, cancelled } = effectsWith({ start: refuse }, { ready })
  await expect(runStatement(request, 'The statement', effects)).rejects.toBe(failure)
  expect(cancelled).toEqual([])
})

test('after a defect the statement is cancelled all the same', async () => {
  const { effects, cancelled } = effectsWith({ read: refuse })
  await expect(runStatement(request, 'The statement', effects)).rejects.toBe(defect)
  expect(cancelled).toEqual(['id-1'])
})

test('a statement that cannot be cancelled for want of a token may run on', async () => {
  const ended = new AbortController()
  const { effects } = effectsWith({ cancel: refuse }, { signal: ended.signal, info: () => ended.abort(ending) })
  const { code, message } = await failureOf(() => runStatement(request, 'The statement', effects))
  expect(code).toBe('STATEMENT_CANCELED')
  expect(message).toContain('It could not be cancelled, and may run on: no token could be had')
})

const ending = new Cancellation('ended by SIGTERM', 143)

const result = {
  ...{ columns: [{ name: 'n', type: 'INT' }], rowCount: 2, chunkCount: 2, truncated: false },
  first: { rows: [['1']], next: 1 },
}

async function readAll(effects: StatementEffects) {
  const rows: unknown[] = []
  for await (const chunk of rowsOf({ id: 'id-1', result }, effects)) rows.push(...chunk)
  return rows
}

test('a call that ends while it reads on says that the statement has succeeded', async () => {
  const { effects } = effectsWith({}, { signal: AbortSignal.abort(ending) })
  const { code, message } = await failureOf(() => readAll(effects))
  expect(code).toBe('STATEMENT_CANCELED')
  expect(message).toMatch(/ended by SIGTERM while it read the result of a statement that has succeeded .*id-1/)
})

test('what fails while it reads on comes out as it is', async () => {
  await expect(readAll(effectsWith({}).effects)).rejects.toBe(defect)
})
