import { afterEach, expect, test } from 'vitest'
import { settableClock } from '../../sandbox/clock.ts'
import { evaluateQuery, SqlError } from '../../sandbox/sql.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { call, cleanUp, later } from './support.ts'

afterEach(cleanUp)

const principal = { kind: 'service-principal', applicationId: '0f8fad5b' } as const
const mona = { kind: 'user', userName: 'mona@example.com' } as const
const path = '/api/2.0/sql/statements'

async function startWarehouse() {
  const clock = settableClock(1_800_000_000)
  const workspace = later(await startWorkspace({ policies: [], principals: [principal, mona], now: clock.now }))
  const { issuer, warehouseId } = workspace
  const common = { issuer, clientId: undefined, scope: 'all-apis', expiresAt: clock.now() + 3600 }
  const token = await workspace.issueToken({ ...common, principal })
  const otherToken = await workspace.issueToken({ ...common, principal: mona })
  const send = (statement: unknown, warehouse_id: unknown = warehouseId) =>
    call(workspace, path, token, { statement, warehouse_id })
  return { clock, workspace, token, otherToken, send }
}

test('SELECT 1 succeeds in the official shape', async () => {
  const { send } = await startWarehouse()
  const { status, json } = await send('SELECT 1')
  expect(status).toBe(200)
  expect(json).toEqual({
    statement_id: expect.any(String),
    status: { state: 'SUCCEEDED' },
    manifest: {
      format: 'JSON_ARRAY',
      schema: { column_count: 1, columns: [{ name: '1', type_text: 'INT', type_name: 'INT', position: 0 }] },
      total_chunk_count: 1,
      chunks: [{ chunk_index: 0, row_offset: 0, row_count: 1 }],
      total_row_count: 1,
      truncated: false,
    },
    result: { chunk_index: 0, row_offset: 0, row_count: 1, data_array: [['1']] },
  })
})

const session = { user: 'mona@example.com', now: 1_800_000_000 }
const queries: [statement: string, names: string[], row: (string | null)[]][] = [
  ['select 1;', ['1'], ['1']],
  ['SELECT -2.50 AS price', ['price'], ['-2.50']],
  ['SELECT current_user()', ['current_user()'], ['mona@example.com']],
  ["SELECT 'it''s, AS good' AS words, NULL, true", ['words', 'NULL', 'true'], ["it's, AS good", null, 'true']],
  ['SELECT\n  current_timestamp() AS `at`\n', ['at'], ['2027-01-15T08:00:00.000Z']],
  ['SELECT 6 * 7 AS answer, 2 * 3', ['answer', '(2 * 3)'], ['42', '6']],
  ['SELECT current_user() as who, 1 as n', ['who', 'n'], ['mona@example.com', '1']],
]

test.each(queries)('%s', (statement, names, row) => {
  const { columns, rows } = evaluateQuery(statement, session)
  expect(columns.map(({ name }) => name)).toEqual(names)
  expect(rows).toEqual([row])
})

test.each(['SELEC 1', 'SELECT', 'DROP TABLE x', 'SELECT 1 FROM t', 'SELECT 1,', ''])('%j is an error', (statement) => {
  expect(() => evaluateQuery(statement, session)).toThrow(SqlError)
})

test('a statement that cannot be read has failed, with 200', async () => {
  const { send } = await startWarehouse()
  const { status, json } = await send('SELEC 1')
  expect(status).toBe(200)
  expect(json).toMatchObject({
    status: {
      state: 'FAILED',
      error: {
        error_code: 'BAD_REQUEST',
        message: "[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'. SQLSTATE: 42601 (line 1, pos 0)",
      },
    },
  })
})

test('a statement that takes its time is pending, then running, then done', async () => {
  const { clock, workspace, token, send } = await startWarehouse()
  const { json } = await send('SELECT pause(600)')
  expect(json['status']).toEqual({ state: 'PENDING' })
  const state = async () => (await call(workspace, `${path}/${json['statement_id']}`, token)).json

  clock.advance(599)
  expect(await state()).toMatchObject({ status: { state: 'RUNNING' } })
  clock.advance(1)
  expect(await state()).toMatchObject({ status: { state: 'SUCCEEDED' }, result: { data_array: [['600']] } })
})

test('a statement can be canceled while it runs', async () => {
  const { workspace, token, send } = await startWarehouse()
  const { json } = await send('SELECT pause(600)')
  const statement = `${path}/${json['statement_id']}`
  expect((await call(workspace, `${statement}/cancel`, token, {})).status).toBe(200)
  expect((await call(workspace, statement, token)).json).toMatchObject({ status: { state: 'CANCELED' } })
})

test('a statement is its owner’s alone', async () => {
  const { workspace, token, otherToken, send } = await startWarehouse()
  const statement = `${path}/${(await send('SELECT 1')).json['statement_id']}`
  expect((await call(workspace, statement, token)).status).toBe(200)
  expect((await call(workspace, statement, otherToken)).status).toBe(404)
})

test('a request without a statement, a warehouse or a known one is refused', async () => {
  const { workspace, token, send } = await startWarehouse()
  expect((await send(undefined)).status).toBe(400)
  expect((await send('SELECT 1', null)).status).toBe(400)
  expect(await send('SELECT 1', 'another')).toMatchObject({
    status: 404,
    json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  })
  expect((await call(workspace, `${path}/unknown`, token)).status).toBe(404)
  expect((await call(workspace, path, undefined, { statement: 'SELECT 1' })).status).toBe(401)
})

test('the warehouse is listed', async () => {
  const { workspace, token } = await startWarehouse()
  const { json } = await call(workspace, '/api/2.0/sql/warehouses', token)
  expect(json).toMatchObject({ warehouses: [{ id: workspace.warehouseId, state: 'RUNNING' }] })
})
