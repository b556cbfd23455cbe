import { expect, test } from 'vitest'
import type { Interceptor } from '../../sandbox/http-server.ts'
import { SqlError } from '../../sandbox/sql.ts'
import { defaultAccountId, type Workspace } from '../../sandbox/workspace.ts'
import { oneLogin } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { annotationIn, sqlJob } from '../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

type Response = Parameters<Interceptor>[1]

const json = (response: Response, document: object) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))

const isPoll = ({ method = '', url = '' }: { method?: string | undefined; url?: string | undefined }) =>
  method === 'GET' && /\/statements\/[^/]+$/.test(url)

/** Answers the polls of a workspace in its place, for some seconds from the first of them on; gives back how many. */
function failPolls({ server }: Workspace, seconds: number, answer: (response: Response, url: string) => unknown) {
  let endsAt: number | undefined
  let count = 0
  server.before = (raw, response) => {
    if (!isPoll(raw)) return false
    endsAt ??= Date.now() + seconds * 1000
    if (Date.now() >= endsAt) return false
    count++
    answer(response, raw.url ?? '')
    return true
  }
  return () => count
}

const idOf = (url: string): string => url.split('/').at(-1) ?? ''
const refusal = { error_code: 'X', message: 'm' }

// What passes at once elsewhere has to last longer than four tries of a request; anything else ended a statement at once.
test.each<[string, number, (response: Response, url: string) => unknown]>([
  ['503', 2.5, (response) => response.writeHead(503).end()],
  ['a connection that breaks off', 2.5, (response) => response.destroy()],
  ['429', 0.5, (response) => response.writeHead(429, { 'retry-after': '1' }).end()],
  ['501', 0.5, (response) => response.writeHead(501).end()],
  ['a redirect', 0.5, (response) => response.writeHead(302, { location: 'https://login.example/' }).end()],
  ['HTML', 0.5, (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  [
    'JSON that is cut',
    0.5,
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"stat'),
  ],
  ['a page that says 404', 0.5, (response) => response.writeHead(404).end('Not Found')],
  ['401 after a new token, too', 2, (response) => response.writeHead(401).end(JSON.stringify(refusal))],
  ['a state that nobody knows', 0.5, (response, url) => json(response, { statement_id: idOf(url), status: {} })],
  ['another statement', 0.5, (response) => json(response, { statement_id: 'x', status: { state: 'SUCCEEDED' } })],
])('%s in answer to a poll ends no statement', async (_, seconds, fail) => {
  const { job, workspace } = await loggedIn()
  const failed = failPolls(workspace, seconds, fail)
  const step = await job.run('databricks-token sql "SELECT pause(1)"')
  expect([step.exitCode, annotationIn(step.stderr), step.stdout]).toEqual([0, 'none', expect.stringContaining('| ')])
  expect(failed()).toBeGreaterThan(0)
  expect(workspace.statements().map(({ state }) => state)).toEqual(['SUCCEEDED'])
  expect(workspace.requests.filter(({ path }) => path.endsWith('/cancel'))).toEqual([])
  expect(step.stderr).toMatch(
    /The statement \(statement id [-\w]+\): no answer that makes sense for 0 s, asked again\./,
  )
})

test('where Databricks refuses to tell the state, the end is uncertain, and nothing is cancelled', async () => {
  const { job, workspace } = await loggedIn()
  failPolls(workspace, 60, (response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(refusal))
  })
  const step = await job.run('databricks-token sql "SELECT pause(1)" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_UNCERTAIN'])
  expect(step.stderr).toMatch(/may run on, or have succeeded \(statement id [\w-]+\); it was not cancelled\./)
  expect(workspace.requests.filter(({ path }) => path.endsWith('/cancel'))).toEqual([])
})

/** Makes a workspace close statements as they succeed; with their result, or without it. */
function closing({ server, statements }: Workspace, describe: (id: string) => object): void {
  server.before = (raw, response) => {
    const id = idOf(raw.url ?? '')
    if (!isPoll(raw) || !statements().some((one) => one.id === id && one.state === 'SUCCEEDED')) return false
    json(response, { statement_id: id, status: { state: 'CLOSED' }, ...describe(id) })
    return true
  }
}

const result = {
  manifest: { schema: { columns: [{ name: 'n', type_name: 'INT' }] }, total_row_count: 1, total_chunk_count: 1 },
  result: { data_array: [['42']] },
}

test('a statement that was closed with its result is one that succeeded', async () => {
  const { job, workspace } = await loggedIn()
  closing(workspace, () => result)
  const step = await job.run('databricks-token sql --format value "SELECT 1"')
  expect([step.exitCode, step.stdout]).toEqual([0, '42\n'])
})

test.each([
  ['"SELECT 1"', 0, 'none'],
  ['--summary --format markdown "SELECT 1"', 0, 'none'],
  ['--format csv "SELECT 1"', 1, 'RESULT_GONE'],
  ['--format value "SELECT 1"', 1, 'RESULT_GONE'],
  ['--output o.jsonl "SELECT 1"', 1, 'RESULT_GONE'],
  ['--fail-if-rows "SELECT 1"', 1, 'RESULT_GONE'],
])('sql %s of a statement that was closed without its result: exit %i', async (words, exitCode, code) => {
  const { job, workspace } = await loggedIn()
  closing(workspace, () => ({}))
  const step = await job.run(`databricks-token sql ${words} || exit $?`)
  expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([exitCode, '', code])
  if (exitCode === 0) expect(step.stderr).toContain('has succeeded. Databricks has closed it')
  else expect(step.stderr).toMatch(/The statement has run, and succeeded \(statement id [\w-]+\)\. Its result is gone/)
})

test('a chunk of a closed statement that cannot be had: its result is gone, and the file is not there', async () => {
  const { job, workspace } = await loggedIn()
  const { manifest } = result
  const first = { data_array: [['42']], next_chunk_index: 1 }
  closing(workspace, () => ({ manifest: { ...manifest, total_row_count: 2, total_chunk_count: 2 }, result: first }))
  const step = await job.run('databricks-token sql --output o.csv "SELECT 1" || code=$?; ls; exit $code')
  expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([1, '', 'RESULT_GONE'])
})

test('--timeout that comes too late ends no statement, and starts none: its result is written', async () => {
  const { job, workspace } = await loggedIn()
  // The first statement succeeds while nobody can see it.
  failPolls(workspace, 2.5, (response) => response.writeHead(503).end())
  const step = await job.run('databricks-token sql --timeout 2s "SELECT 41; SELECT 2" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([124, 'STATEMENT_CANCELED'])
  expect(step.stdout).toContain('|  41 |')
  expect(step.stderr).toContain('Statement 2 of 2 (line 1) was ended by --timeout before it was started.')
  expect(workspace.statements().map(({ state }) => state)).toEqual(['SUCCEEDED'])
  workspace.server.before = undefined
  failPolls(workspace, 2.5, (response) => response.writeHead(503).end())
  const alone = await job.run('databricks-token sql --timeout 2s --format value "SELECT 41"')
  expect([alone.exitCode, alone.stdout]).toEqual([0, '41\n'])
})

test('--retries runs a statement again after a conflict, and not without it', async () => {
  const message = '[DELTA_CONCURRENT_APPEND] Files were added to the root of the table. SQLSTATE: 2D521'
  const warehouse = { recorded: [{ statement: /^MERGE/, answer: new SqlError(message) }] }
  const { job, workspace } = await sqlJob({ warehouse })
  const merge = '"MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE"'
  const step = await job.run(`databricks-token sql --retries 1 ${merge} || exit $?`)
  expect([step.exitCode, annotationIn(step.stderr), workspace.statements().length]).toEqual([1, 'STATEMENT_FAILED', 2])
  expect(step.stderr).toMatch(/another writer came first \(DELTA_CONCURRENT_APPEND\).*\(1 of 1 retries\)/)
  await job.run(`databricks-token sql ${merge} || exit $?`)
  expect(workspace.statements()).toHaveLength(3)
})

test('a statement has one connection, its own', async () => {
  const { job, workspace } = await loggedIn()
  await job.run('databricks-token sql "SELECT pause(2); SELECT 2"')
  const about = workspace.requests.filter(({ path }) => path.includes('/sql/statements'))
  const connections = about.map(({ connection }) => connection)
  const first = connections[0] ?? 0
  expect(connections.length).toBeGreaterThan(6)
  expect([...new Set(connections)]).toEqual([first, first + 1])
  // Each begins with its start.
  expect(about.filter(({ method }) => method === 'POST').map(({ connection }) => connection)).toEqual([
    first,
    first + 1,
  ])
})

test('a login that cannot be repeated is told of at the start, and when its token ends nobody knows the rest', async () => {
  const { job, workspace, setSecondsLeft } = await sqlJob({
    subjectToken: ({ issuer, claims }) => issuer.sign({ ...claims, aud: defaultAccountId }),
  })
  const running = job.run('databricks-token sql "SELECT pause(60)" || exit $?')
  while (workspace.statements().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  setSecondsLeft(20)
  const step = await running
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_UNCERTAIN'])
  expect(step.stderr).toMatch(/This login cannot be repeated.*\n(.*\n)*.*statement id .*\n(.*\n)*.*may run on, or have/)
  expect(workspace.requests.filter(({ path }) => path.endsWith('/cancel'))).toEqual([])
})
