import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { annotationIn, hasSqlite, rows, sqlJob } from '../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

test.each([
  ['--secret x "SELECT 1"', '--secret is not known'],
  ['--param d=x "SELECT 1"', 'No statement has a marker :d'],
  ['"SELECT 1; SET x = 1"', 'begins with SET'],
  ['"SELECT 1; SELECT :d"', 'has the marker :d, and no parameter is given'],
  ['"USE IDENTIFIER(\'main\'); SELECT 1"', 'does not name a catalog or a schema'],
  ['--file nothing.sql', '--file cannot be read (ENOENT)'],
  ['--output o.xls "SELECT 1"', '.csv, .jsonl or .md'],
  ['--output o.csv --format jsonl "SELECT 1"', 'does not go with the extension'],
  ['--output nowhere/o.csv "SELECT 1"', 'cannot be written (ENOENT)'],
  // As /dev/stdout is, which a mistake here would replace if the tests are run by root.
  ['--output stdout.csv "SELECT 1"', 'no regular file'],
  ['--output link.csv "SELECT 1"', 'leads nowhere'],
  ['--output folder.csv "SELECT 1"', 'no regular file'],
  ['"SELECT 1" > file', 'stdout is a file'],
])('sql %s: exit 2, and nothing is run', async (words, told) => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(
    `mkdir folder.csv; ln -s nothing link.csv; ln -s /proc/self/fd/1 stdout.csv; databricks-token sql ${words} || exit $?`,
  )
  expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([2, '', 'SQL_CALL_INVALID'])
  expect(step.stderr).toContain(told)
  expect(workspace.statements()).toEqual([])
})

test('sql --help', async () => {
  const { job } = await loggedIn()
  const step = await job.run('databricks-token sql --help')
  expect([step.exitCode, step.stdout.split('\n')[0], step.stderr]).toEqual([0, 'Usage:', ''])
  const late = await job.run('rm -r "$RUNNER_TEMP"/databricks-token-*/kept; databricks-token sql -h')
  expect([late.exitCode, late.stdout]).toEqual([0, step.stdout])
})

test('without a warehouse those that may be used are listed, and none is picked', async () => {
  const { job, workspace } = await sqlJob({ environment: { DATABRICKS_WAREHOUSE_ID: '' } })
  const step = await job.run('DATABRICKS_HTTP_PATH=sql/protocolv1/o/0/x databricks-token sql "SELECT 1" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([2, 'WAREHOUSE_MISSING'])
  expect(step.stderr).toContain(`${workspace.warehouseId}  Sandbox Warehouse`)
  expect(workspace.statements()).toEqual([])
  const named = await job.run(
    `DATABRICKS_HTTP_PATH=/sql/1.0/warehouses/${workspace.warehouseId} databricks-token sql "SELECT 1"`,
  )
  expect(named.exitCode).toBe(0)
  const byName = await job.run('databricks-token sql --warehouse "Sandbox Warehouse" "SELECT 1"')
  expect([byName.exitCode, workspace.statements().at(-1)?.request['warehouse_id']]).toEqual([0, workspace.warehouseId])
  const unknown = await job.run('databricks-token sql --warehouse Sandbox "SELECT 1" || exit $?')
  expect([unknown.exitCode, annotationIn(unknown.stderr)]).toEqual([2, 'WAREHOUSE_MISSING'])
})

test.each([
  ['a warehouse that this principal may not use', { warehouse: { users: [] } }, 'CAN USE'],
  ['one that is not there', { environment: { DATABRICKS_WAREHOUSE_ID: 'another' } }, 'There is no warehouse another'],
])('%s: exit 1', async (_, options, told) => {
  const { job } = await sqlJob(options)
  const step = await job.run('databricks-token sql "SELECT 1" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'WAREHOUSE_REFUSED'])
  expect(step.stderr).toContain(told)
})

test.skipIf(!hasSqlite)('a result over 25 MiB, and what to do', async () => {
  const { job } = await loggedIn()
  const step = await job.run(
    'databricks-token sql --output o.csv "SELECT printf(\'%26214401d\', 1)" || code=$?; ls; exit $code',
  )
  expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([1, '', 'RESULT_TOO_LARGE'])
  expect(step.stderr).toContain('LIMIT')
})

test.skipIf(!hasSqlite)('a result that breaks off leaves the old file as it was', async () => {
  const { job, workspace, runner } = await sqlJob({ warehouse: { rowsPerChunk: 10 } })
  writeFileSync(join(runner.workspace, 'q.sql'), rows(30))
  writeFileSync(join(runner.workspace, 'target'), 'old')
  symlinkSync('target', join(runner.workspace, 'o.csv'))
  workspace.server.before = (raw, response) => {
    if (!raw.url?.includes('/chunks/2')) return false
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error_code":"X","message":"m"}')
    return true
  }
  const step = await job.run('databricks-token sql --file q.sql --output o.csv || code=$?; ls; exit $code')
  expect(annotationIn(step.stderr)).toBe('RESULT_GONE')
  expect([step.exitCode, step.stdout]).toEqual([1, 'o.csv\nq.sql\ntarget\n'])
  expect(readFileSync(join(runner.workspace, 'target'), 'utf8')).toBe('old')
  workspace.server.before = undefined
  expect((await job.run('databricks-token sql --file q.sql --output o.csv; readlink o.csv')).stdout).toBe('target\n')
  expect(readFileSync(join(runner.workspace, 'target'), 'utf8')).toMatch(/^i,name\n1,row 1\n/)
})

test('a token that ends while the statement runs is renewed, and masked', async () => {
  const { job, workspace, setSecondsLeft } = await loggedIn()
  const running = job.run('databricks-token sql "SELECT pause(4)"')
  while (workspace.statements().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  setSecondsLeft(20)
  const step = await running
  expect([step.exitCode, workspace.exchanges.length]).toEqual([0, 2])
  expect(wholeTokensIn(step.log)).toEqual([])
})

test('a token that the workspace refuses is replaced before the statement starts', async () => {
  const { job, workspace, login } = await loggedIn()
  const file = join(login.state['folder'] ?? '', 'kept', 'token.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), accessToken: 'revoked' }))
  const step = await job.run('databricks-token sql "SELECT 1"')
  expect([step.exitCode, workspace.exchanges.length, workspace.statements().length]).toEqual([0, 2, 1])
})

test.skipIf(process.platform !== 'linux')('a result that cannot be written: exit 1, and the reason', async () => {
  const { job } = await loggedIn()
  const step = await job.run('databricks-token sql --format csv "SELECT 1" > /dev/full || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_UNWRITABLE'])
  expect(step.stderr).toMatch(/ENOSPC.* The statement has run, and succeeded \(statement id/)
})

test('a start whose answer breaks off is not sent again: the statement may run', async () => {
  const { job, workspace } = await loggedIn()
  let starts = 0
  workspace.server.before = (raw) => {
    if (raw.method !== 'POST' || !raw.url?.endsWith('/statements')) return false
    starts++
    raw.socket.destroy()
    return true
  }
  const step = await job.run('databricks-token sql "SELECT 1" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr), starts]).toEqual([1, 'STATEMENT_UNCERTAIN', 1])
})

test('an account console has no warehouses', async () => {
  const { job, login } = await loggedIn()
  const file = join(login.state['folder'] ?? '', 'kept', 'login.json')
  const kept = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...kept, origin: 'https://accounts.cloud.databricks.com' }))
  const step = await job.run('databricks-token sql "SELECT 1" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([2, 'WAREHOUSE_MISSING'])
  expect(step.stderr).toContain('account console')
})

// The same words as at the login: what stands between the runner and the workspace is told apart from the warehouse.
const blocked = '{"error_code":"403","message":"Source IP address: 203.0.113.7 is blocked by Databricks IP ACL"}'
const noMember = '{"error_code":"403","message":"Invalid access to Org: 6051921418418893"}'
const page = '<!doctype html><title>Sign In</title>'

test.each([
  ['an address that is not in the access list', 403, 'application/json', blocked, 'IP_ACCESS_LIST'],
  ['a principal that is no member of the workspace', 403, 'application/json', noMember, 'NOT_IN_WORKSPACE'],
  ['a login page', 200, 'text/html', page, 'LOGIN_PAGE'],
  ['a page of a proxy that refuses', 403, 'text/html', page, 'LOGIN_PAGE'],
  ['a page of a proxy that is busy', 503, 'text/html', page, 'LOGIN_PAGE'],
])('at the start of a statement %s has its own cause', async (_name, status, type, body, cause) => {
  const { job, workspace } = await loggedIn()
  workspace.server.before = ({ url = '' }, response) => {
    if (!url.includes('/sql/statements')) return false
    response.writeHead(status, { 'content-type': type, ...(status === 503 ? { 'retry-after': '3600' } : {}) }).end(body)
    return true
  }
  const step = await job.run('databricks-token sql "SELECT 1" || exit $?')
  expect(step.exitCode).toBe(1)
  expect(step.stderr).toMatch(new RegExp(`^::error [^:]*::\\w+ \\(${cause}\\): `, 'm'))
})
