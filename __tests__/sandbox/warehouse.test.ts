import { afterEach, expect, test } from 'vitest'
import { settableClock } from '../../sandbox/clock.ts'
import { SqlError } from '../../sandbox/sql.ts'
import { openSqlEngine } from '../../sandbox/sqlite.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { call, cleanUp, later } from './support.ts'

afterEach(cleanUp)

const principal = { kind: 'service-principal', applicationId: '0f8fad5b' } as const
const path = '/api/2.0/sql/statements'

async function startWarehouse(warehouse?: WarehouseOptions) {
  const clock = settableClock(1_800_000_000)
  const workspace = later(await startWorkspace({ policies: [], principals: [principal], now: clock.now, warehouse }))
  const { issuer, warehouseId: warehouse_id } = workspace
  const expiresAt = clock.now() + 7200
  const token = await workspace.issueToken({ issuer, principal, clientId: undefined, scope: 'all-apis', expiresAt })
  const get = async (from: string) => (await call(workspace, from, token)).json
  const run = async (statement: string, more: object = {}) =>
    (await call(workspace, path, token, { statement, warehouse_id, ...more })).json
  return { clock, workspace, get, run, cancel: (id: unknown) => call(workspace, `${path}/${id}/cancel`, token, {}) }
}

const hasSqlite = openSqlEngine() !== undefined
if (!hasSqlite) console.warn(`SQL is not run here: Node ${process.version} has no node:sqlite.`)

test('a stopped warehouse starts with the first statement, which waits for it', async () => {
  const { clock, run, get, workspace } = await startWarehouse({ startSeconds: 90 })
  const states = async () => {
    const { warehouses } = await get('/api/2.0/sql/warehouses')
    return [Object(warehouses)[0].state, ...workspace.statements().map(({ state }) => state)]
  }
  expect(await states()).toEqual(['STOPPED'])
  await run('SELECT pause(5)')
  expect(await states()).toEqual(['STARTING', 'PENDING'])
  clock.advance(90)
  expect(await states()).toEqual(['RUNNING', 'RUNNING'])
  clock.advance(5)
  expect(await states()).toEqual(['RUNNING', 'SUCCEEDED'])
})

test('who may not use the warehouse is refused', async () => {
  const { run, workspace } = await startWarehouse({ users: [] })
  expect(await run('SELECT 1')).toMatchObject({ error_code: 'PERMISSION_DENIED' })
  expect(workspace.statements()).toEqual([])
})

test('wait_timeout 0s answers before anything is known; others are within the documented bounds', async () => {
  const { run } = await startWarehouse()
  expect(await run('SELECT 1', { wait_timeout: '0s' })).toEqual({
    statement_id: expect.any(String),
    status: { state: 'PENDING' },
  })
  for (const wait_timeout of ['4s', '51s', 5]) {
    expect(await run('SELECT 1', { wait_timeout })).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
  }
  // It has no store.
  expect(await run('SELECT 1', { disposition: 'EXTERNAL_LINKS' })).toMatchObject({
    error_code: 'INVALID_PARAMETER_VALUE',
  })
})

test('what no engine here can run has a recorded answer', async () => {
  const { run, workspace } = await startWarehouse({
    recorded: [
      { statement: /^MERGE/, answer: { columns: [{ name: 'n', type: 'BIGINT' }], rows: [['3']], seconds: 0 } },
      { statement: /^GRANT/, answer: new SqlError('[INSUFFICIENT_PERMISSIONS] No. SQLSTATE: 42501') },
    ],
  })
  expect(await run('MERGE INTO a.b.c')).toMatchObject({ result: { data_array: [['3']] } })
  expect(await run('GRANT ALL')).toMatchObject({ status: { state: 'FAILED', sql_state: '42501' } })
  expect(workspace.statements().map(({ request }) => request.statement)).toEqual(['MERGE INTO a.b.c', 'GRANT ALL'])
})

test.skipIf(!hasSqlite)('SQL is run, and has its effects when its time has come', async () => {
  const { clock, run, get, cancel } = await startWarehouse()
  await run('CREATE TABLE t (a INT, b DECIMAL(10,2), c BOOLEAN, d TIMESTAMP)')
  expect(await run("INSERT INTO t VALUES (1, '2.50', TRUE, '2026-11-24 10:00:00'), (2, NULL, 0, NULL)")).toMatchObject({
    result: { data_array: [['2']] },
  })
  const { statement_id: id } = await run('INSERT INTO t SELECT pause(60), 1, 1, 1')
  const { statement_id: canceled } = await run('DELETE FROM t WHERE pause(60) > 0')
  await cancel(canceled)
  clock.advance(60)
  expect(await get(`${path}/${id}`)).toMatchObject({ status: { state: 'SUCCEEDED' } })
  expect(await run('SELECT *, a + 1 AS e, a, current_user() FROM t ORDER BY a LIMIT 1')).toMatchObject({
    manifest: {
      schema: {
        columns: [
          { name: 'a', type_name: 'INT' },
          { name: 'b', type_name: 'DECIMAL', type_text: 'DECIMAL(10,2)' },
          { name: 'c', type_name: 'BOOLEAN' },
          { name: 'd', type_name: 'TIMESTAMP' },
          { name: 'e', type_name: 'INT' },
          { name: 'a' },
          { name: 'current_user()', type_name: 'STRING' },
        ],
      },
    },
    result: { data_array: [['1', '2.5', 'true', '2026-11-24 10:00:00', '2', '1', '0f8fad5b']] },
  })
  expect(await run('SELECT count(*) FROM t')).toMatchObject({ result: { data_array: [['3']] } })
})

test.skipIf(!hasSqlite)('parameters are values of their type', async () => {
  const { run } = await startWarehouse()
  const values = [
    { name: 's', value: "x'; DROP TABLE t --" },
    { name: 'i', type: 'INT', value: '5' },
    { name: 'b', type: 'BOOLEAN', value: 'true' },
    { name: 'n', type: 'DATE' },
    { name: 't', value: 'sqlite_schema' },
    { name: 'unused', value: '1' },
  ]
  const text = "SELECT :s, :i + 1, :b AND 1, :n, ':i', count(*) FROM IDENTIFIER(:t) -- :no"
  expect(await run(text, { parameters: values })).toMatchObject({
    result: { data_array: [["x'; DROP TABLE t --", '6', '1', null, ':i', '0']] },
  })
  const failing = async (parameters: object[]) => JSON.stringify(await run('SELECT 1 WHERE 1 = :i', { parameters }))
  expect(await failing([])).toContain('UNBOUND_SQL_PARAMETER')
  expect(await failing([{ name: 'i', type: 'INT', value: 'five' }])).toContain('CAST_INVALID_INPUT')
  expect(await failing([{ name: 'i', type: 'ARRAY', value: '[]' }])).toContain('UNSUPPORTED_DATATYPE')
})

test.skipIf(!hasSqlite)('a result comes in chunks, cut at row_limit', async () => {
  const { run, get } = await startWarehouse({ rowsPerChunk: 4 })
  const text = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT i FROM n'
  const { statement_id: id, manifest, result } = await run(text, { row_limit: 10 })
  expect(manifest).toMatchObject({ total_chunk_count: 3, total_row_count: 10, truncated: true })
  const next = `${path}/${id}/result/chunks/1`
  expect(result).toMatchObject({ next_chunk_index: 1, next_chunk_internal_link: `${next}?row_offset=4` })
  expect(await get(next)).toMatchObject({ chunk_index: 1, row_offset: 4, data_array: [['5'], ['6'], ['7'], ['8']] })
  expect(await get(`${path}/${id}/result/chunks/2`)).toEqual({
    chunk_index: 2,
    row_offset: 8,
    row_count: 2,
    data_array: [['9'], ['10']],
  })
  expect(await get(`${path}/${id}/result/chunks/3`)).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
  expect((await run(text, { row_limit: 20 }))['manifest']).toMatchObject({ truncated: false })
  expect(await run('SELECT i FROM (SELECT 1 AS i) WHERE i > 1')).toMatchObject({ manifest: { total_row_count: 0 } })
  expect(JSON.stringify(await run("SELECT printf('%26214401d', 1)"))).toContain('Inline byte limit exceeded')
})

test.skipIf(!hasSqlite).each([
  ['SELECT 1,\n FRM', '42703'],
  ['SELECT 1 FROM\n WHERE', "[PARSE_SYNTAX_ERROR] Syntax error at or near 'WHERE'. SQLSTATE: 42601 (line 2, pos 1)"],
  ['SELECT * FROM orders', '[TABLE_OR_VIEW_NOT_FOUND] The table or view `orders` cannot be found.'],
  ['SELECT x', '[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION]'],
  ['SELECT f(1)', '[UNRESOLVED_ROUTINE]'],
  ['SELECT 1 FROM (SELECT', 'end of input'],
  ['SELECT 1; SELECT 2', "near 'SELECT'"],
  ['CREATE TABLE sqlite_stat1 (a INT)', '[INTERNAL_ERROR]'],
])('%j fails as it does at Databricks', async (text, told) => {
  const { run } = await startWarehouse()
  const { status } = await run(text)
  expect(JSON.stringify(status)).toContain(told)
})
