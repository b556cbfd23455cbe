import { expect, test } from 'vitest'
import type { ActionError } from '../../src/errors.ts'
import type { HttpRequest, Send } from '../../src/http/request.ts'
import { runSql, type SqlEffects } from '../../src/warehouse/run.ts'
import { jumpingClock } from '../support/jumping-clock.ts'

const json = (document: object) => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(document),
})

/** Answers of a warehouse whose statements all give these rows. */
function answerTo({ method, url }: HttpRequest, rows: readonly string[][]) {
  if (url.pathname.endsWith('/warehouses')) return json({ warehouses: 'none' })
  if (method === 'POST') return json({ statement_id: 'id-1', status: { state: 'PENDING' } })
  const schema = { columns: [{ name: 'n', type_name: 'INT' }] }
  const manifest = { schema, total_row_count: rows.length }
  return json({ statement_id: 'id-1', status: { state: 'SUCCEEDED' }, manifest, result: { data_array: rows } })
}

/** Runs the words after `sql`, and keeps what comes of it. */
async function run(words: string[], { rows = [['1']], ...more }: { rows?: string[][] } & Partial<SqlEffects> = {}) {
  const [printed, told]: [string[], string[]] = [[], []]
  const failures: ActionError[] = []
  const started: object[] = []
  const send: Send = async (make) => {
    const request = await make()
    if (request.method === 'POST') started.push(JSON.parse(request.body ?? ''))
    return { ...answerTo(request, rows), request }
  }
  const exitCode = await runSql(words, {
    origin: 'https://dbc-1.cloud.databricks.com',
    workspaceId: undefined,
    send,
    sendFresh: send,
    environment: { DATABRICKS_WAREHOUSE_ID: 'w' },
    throughCmd: false,
    token: async () => 'a-token',
    stdoutIsFile: false,
    inWorkflow: true,
    summarize: () => true,
    page: () => true,
    signal: new AbortController().signal,
    clock: jumpingClock(),
    canRenew: true,
    userAgent: 'test',
    hideFromLog: () => undefined,
    print: (text) => printed.push(text),
    info: (line) => told.push(line),
    fail: (failure) => failures.push(failure),
    withCause: async (failure) => failure,
    ...more,
  })
  return { exitCode, codes: failures.map(({ code }) => code), failures, printed: printed.join(''), told, started }
}

test('what cmd may have changed is not run, and exit code 2 says that the call was wrong', async () => {
  const { exitCode, codes, started } = await run(['DELETE FROM t'], { throughCmd: true })
  expect([exitCode, codes, started]).toEqual([2, ['SQL_CALL_INVALID'], []])
})

test('a statement is started with what was given for it, and nothing else', async () => {
  const plain = await run(['SELECT 1'])
  expect(plain).toMatchObject({ exitCode: 0, codes: [], printed: '|   n |\n|-----|\n|   1 |\n' })
  const own = { wait_timeout: '0s', disposition: 'INLINE', format: 'JSON_ARRAY', row_limit: 100, warehouse_id: 'w' }
  expect(plain.started).toEqual([{ ...own, statement: 'SELECT 1' }])
  const words = [
    '--catalog',
    'c',
    '--schema',
    's',
    '--tag',
    'a=b',
    '--param',
    'd=5',
    '--warehouse',
    '0123456789abcdef',
    'SELECT :d',
  ]
  expect((await run(words)).started).toEqual([
    {
      ...own,
      warehouse_id: '0123456789abcdef',
      statement: 'SELECT :d',
      catalog: 'c',
      schema: 's',
      parameters: [{ name: 'd', value: '5' }],
      query_tags: [{ key: 'a', value: 'b' }],
    },
  ])
})

test.each([
  ['--fail-if-rows', [['1']], 3],
  ['--fail-if-rows', [], 0],
  ['--fail-if-no-rows', [], 3],
  ['--fail-if-no-rows', [['1']], 0],
])('the gate %s with the rows %j: exit %i, and the result is shown', async (gate, rows, exitCode) => {
  const ended = await run([gate, 'SELECT n FROM t'], { rows })
  expect([ended.exitCode, ended.codes]).toEqual([exitCode, exitCode === 0 ? [] : ['ROWS_UNEXPECTED']])
  expect(ended.printed).toContain('|   n |')
})

test('each statement is told by its line', async () => {
  const { told } = await run(['SELECT 1;\nSELECT 2'])
  expect(told.filter((line) => line.includes('succeeded'))).toEqual([
    'Statement 1 of 2 (line 1) has succeeded: 1 row, 0 s (statement id id-1).',
    'Statement 2 of 2 (line 2) has succeeded: 1 row, 0 s (statement id id-1).',
  ])
})

test('with --summary each result is added to the summary, and without it none', async () => {
  const pages: string[] = []
  const summarize = (page: string) => pages.push(page) > 0
  await run(['SELECT 1'], { summarize })
  expect(pages).toEqual([])
  await run(['--summary', 'SELECT 1; SELECT 2'], { summarize })
  expect(pages).toHaveLength(2)
})

test('where no warehouse can be listed, none is named', async () => {
  const { exitCode, failures } = await run(['SELECT 1'], { environment: {} })
  expect(exitCode).toBe(2)
  expect(failures.map(({ message }) => message)).toEqual(['No warehouse is named, and none is chosen unasked.'])
})

test('an id in the environment that is none is refused', async () => {
  const { exitCode, codes, started } = await run(['SELECT 1'], { environment: { DATABRICKS_WAREHOUSE_ID: 'a/b' } })
  expect([exitCode, codes, started]).toEqual([2, ['WAREHOUSE_MISSING'], []])
})

test('what is no failure of a call comes out as it is', async () => {
  const defect = new TypeError('a defect')
  const info = () => {
    throw defect
  }
  await expect(run(['SELECT 1'], { info })).rejects.toBe(defect)
  const fail = (failure: ActionError) => {
    throw failure
  }
  await expect(run(['--nothing'], { fail })).rejects.toMatchObject({ code: 'SQL_CALL_INVALID' })
})
