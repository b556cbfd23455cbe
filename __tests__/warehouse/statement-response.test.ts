import { expect, test } from 'vitest'
import { readChunk, readResponse, readStart, STATES } from '../../src/warehouse/statement-response.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const succeeded = (more: object = {}, schema: object = { columns: [{ name: 'n', type_name: 'INT' }] }) => ({
  statement_id: 'id-1',
  status: { state: 'SUCCEEDED' },
  manifest: { schema, total_row_count: 1 },
  result: { data_array: [['1']] },
  ...more,
})

test('a statement that succeeded comes with its first rows', () => {
  expect(readResponse(succeeded())).toEqual({
    id: 'id-1',
    state: 'SUCCEEDED',
    error: undefined,
    result: {
      columns: [{ name: 'n', type: 'INT' }],
      rowCount: 1,
      chunkCount: undefined,
      truncated: false,
      first: { rows: [['1']], next: undefined },
    },
  })
})

test('a result of nothing has no columns and no rows, announced or not', () => {
  const { result } = readResponse(succeeded({ manifest: undefined, result: undefined }))
  const counts = { rowCount: undefined, chunkCount: undefined }
  expect(result).toEqual({ columns: [], ...counts, truncated: false, first: { rows: [], next: undefined } })
})

// As the server in databricks/cli answers, against which its own tests run (libs/testserver).
test.each([undefined, null])('a total_row_count of %j announces nothing; the chunks are counted', (rowCount) => {
  const schema = { columns: [{ name: 'n' }] }
  const manifest = { schema, total_chunk_count: 1, total_row_count: rowCount }
  expect(readResponse(succeeded({ manifest })).result).toMatchObject({ rowCount: undefined, chunkCount: 1 })
})

test('a type is read from its text where it has no name, and may be missing', () => {
  const columns = [
    { name: 'a', type_text: 'DECIMAL(10,2)' },
    { name: 'b', type_name: 7 },
  ]
  const { result } = readResponse(succeeded({ result: {} }, { columns }))
  expect(result?.columns.map(({ type }) => type)).toEqual(['DECIMAL(10,2)', ''])
})

test('a failed statement says why, as far as the answer does', () => {
  const status = { state: 'FAILED', error: { error_code: 'BAD_REQUEST', message: 'm' }, sql_state: '42601' }
  expect(readResponse({ statement_id: 'id-1', status }).error).toEqual({
    code: 'BAD_REQUEST',
    message: 'm',
    sqlState: '42601',
  })
  expect(readResponse({ statement_id: 'id-1', status: { state: 'FAILED' } }).error).toEqual({
    code: '',
    message: '',
    sqlState: '',
  })
})

test.each(STATES)('the state %s has a result only if it succeeded, and a reason only if it failed', (state) => {
  const { result, error } = readResponse(succeeded({ status: { state } }))
  expect([result !== undefined, error !== undefined]).toEqual([
    ['SUCCEEDED', 'CLOSED'].includes(state),
    state === 'FAILED',
  ])
})

test('a closed statement has the result that its answer describes, or none', () => {
  const status = { state: 'CLOSED' }
  expect(readResponse(succeeded({ status })).result).toEqual(readResponse(succeeded()).result)
  expect(readResponse(succeeded({ status, manifest: undefined })).result).toBeUndefined()
})

test('of the answer to a start the id is enough', async () => {
  const pending = { id: 'id-1', state: 'PENDING', error: undefined, result: undefined }
  expect(readStart({ statement_id: 'id-1' })).toEqual(pending)
  expect(readStart(succeeded({ result: { data_array: 'rows' } }))).toEqual(pending)
  expect(readStart(succeeded())).toEqual(readResponse(succeeded()))
  expect(await codeOf(() => readStart({ status: { state: 'PENDING' } }))).toBe('RESULT_INVALID')
})

test.each([
  [{}, 'has no id'],
  [{ statement_id: '../../x' }, 'has no id'],
  [{ statement_id: 'another' }, 'is about another one'],
  [{ statement_id: 'id-1' }, 'has no state that is known'],
  [{ statement_id: 'id-1', status: { state: 'DONE' } }, 'has no state that is known'],
  [succeeded({ manifest: { total_row_count: '1' } }), 'announces a count that is not a number'],
  [succeeded({ manifest: { total_chunk_count: [] } }), 'announces a count that is not a number'],
  [succeeded({}, { columns: 'n' }), 'has no list of columns'],
  [succeeded({}, { columns: [{ type_name: 'INT' }] }), 'has a column without a name'],
  [succeeded({ result: { data_array: [['1', '2']] } }), 'has a row that does not fit its columns'],
  [succeeded({ result: { data_array: [[1]] } }), 'has a row that does not fit its columns'],
])('%j %s', async (answer, found) => {
  expect(await failureOf(() => readResponse({ ...answer }, 'id-1'))).toMatchObject({
    code: 'RESULT_INVALID',
    message: `The answer about the statement ${found}.`,
  })
})

test.each([
  [{ chunk_index: 2 }, 'RESULT_INVALID'],
  [{ chunk_index: 1 }, 'none'],
  [{ next_chunk_index: 1 }, 'RESULT_INVALID'],
  [{ next_chunk_index: 3 }, 'RESULT_INVALID'],
  [{ next_chunk_index: null }, 'none'],
  [{ data_array: 'rows' }, 'RESULT_INVALID'],
  [{ data_array: [['1'], [null]] }, 'none'],
])('the chunk %j, where the second was asked for: %s', async (chunk, code) => {
  expect(await codeOf(() => readChunk(chunk, 1, 1))).toBe(code)
})

test('a chunk names the next one', () => {
  expect(readChunk({ next_chunk_index: 2, data_array: [] }, 1, 1)).toEqual({ rows: [], next: 2 })
})
