import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as module from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SqlError } from '../../sandbox/sql.ts'
import { oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { inRepository, readRepository } from '../support/repository.ts'
import { annotationIn, hasSqlite, rows, sqlJob } from '../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

test('a statement is run, and its result is a table', async () => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(
    'databricks-token sql --tag team=data -- "SELECT 1 AS n, current_user() AS who, \'a::b\' AS t"',
  )
  expect([step.exitCode, step.stdout]).toEqual([
    0,
    [
      '|   n | who                                  | t    |',
      '|-----|--------------------------------------|------|',
      '|   1 | c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71 | a::b |',
      '',
    ].join('\n'),
  ])
  const [{ id, request } = { id: '', request: {} }] = workspace.statements()
  expect(step.stderr).toContain(`databricks-token: The statement: statement id ${id}\n`)
  expect(step.stderr).toMatch(/databricks-token: The statement has succeeded: 1 row, \d s \(statement id [-\w]+\)\.\n$/)
  expect(request).toMatchObject({
    warehouse_id: workspace.warehouseId,
    row_limit: 100,
    query_tags: [{ key: 'team', value: 'data' }],
    wait_timeout: '0s',
    disposition: 'INLINE',
    format: 'JSON_ARRAY',
  })
  expect(wholeTokensIn(step.log)).toEqual([])
})

test.skipIf(!hasSqlite)('several statements of a file, each shown; parameters where they are used', async () => {
  const { job, runner, workspace } = await loggedIn()
  const text = [
    'CREATE TABLE orders (day DATE, amount INT);',
    "INSERT INTO orders VALUES ('2026-11-23', 5), (:day, :amount) -- two; rows\n;",
    'SELECT day, sum(amount) AS total FROM IDENTIFIER(:table) WHERE day = :day GROUP BY day',
  ]
  writeFileSync(join(runner.workspace, 'q.sql'), text.join('\n'))
  const step = await job.run(
    'databricks-token sql --file q.sql --catalog main --schema s --param-env day=DAY --param amount:INT=7 --param table=orders',
    { environment: { DAY: '2026-11-24' } },
  )
  expect([step.exitCode, step.stdout.split('\n').slice(3)]).toEqual([
    0,
    ['| day        | total |', '|------------|-------|', '| 2026-11-24 |     7 |', ''],
  ])
  const sent = workspace.statements().map(({ request }) => request)
  expect(sent.map(({ statement }) => statement)).toEqual(text.map((line) => line.replace(/\n?;$/, '')))
  expect(sent.map(({ parameters }) => parameters.map(({ name }) => name).sort())).toEqual([
    [],
    ['amount', 'day'],
    ['day', 'table'],
  ])
  expect(sent.map(({ catalog, schema }) => [catalog, schema])).toEqual(Array(3).fill(['main', 's']))
})

test('the statements of several files are one call, and USE in one of them is heard without a session', async () => {
  const { job, runner, workspace } = await loggedIn()
  writeFileSync(
    join(runner.workspace, 'a.sql'),
    'USE CATALOG prod;\nUSE SCHEMA sales;\nSELECT 1;\nUSE other.raw; SELECT 2',
  )
  writeFileSync(join(runner.workspace, 'b.sql'), 'SELECT 3')
  const step = await job.run('databricks-token sql --file a.sql --file b.sql --catalog main')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([0, 'none'])
  expect(
    workspace.statements().map(({ request: { statement, catalog, schema } }) => [statement, catalog, schema]),
  ).toEqual([
    ['SELECT 1', 'prod', 'sales'],
    ['SELECT 2', 'other', 'raw'],
    ['SELECT 3', 'main', undefined],
  ])
  expect(step.stderr).toContain('Statement 3 of 3 (b.sql, line 1) has succeeded')
  writeFileSync(join(runner.workspace, 'b.sql'), 'SELECT :day')
  const refused = await job.run('databricks-token sql --file a.sql --file b.sql || exit $?')
  expect([refused.exitCode, annotationIn(refused.stderr), workspace.statements().length]).toEqual([
    2,
    'SQL_CALL_INVALID',
    3,
  ])
})

test.skipIf(!hasSqlite)('stops at the first statement that fails, and says what and where', async () => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(
    "databricks-token sql - <<'SQL' || exit $?\nSELECT 1;\n\nSELECT * FROM nowhere;\nSELECT 3\nSQL",
  )
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_FAILED'])
  const id = workspace.statements()[1]?.id
  expect(step.stderr).toContain(
    `Statement 2 of 3 (line 3) failed (statement id ${id}).%0AThe server said:%0A| BAD_REQUEST, SQLSTATE 42P01: `,
  )
  expect(step.stderr).toContain('[TABLE_OR_VIEW_NOT_FOUND] The table or view `nowhere` cannot be found.')
  expect(step.stderr).toContain('GRANT USE CATALOG')
  expect(workspace.statements()).toHaveLength(2)
})

test.skipIf(!hasSqlite)('a result in chunks goes to a file whole, by its extension', async () => {
  const { job, runner } = await sqlJob({ warehouse: { rowsPerChunk: 7 } })
  writeFileSync(join(runner.workspace, 'q.sql'), rows(100))
  const step = await job.run(
    'databricks-token sql --file q.sql --output out.csv; databricks-token sql --file q.sql --output out.jsonl --max-rows 20',
  )
  expect([step.exitCode, step.stdout]).toEqual([0, ''])
  const file = (name: string) => readFileSync(join(runner.workspace, name), 'utf8')
  expect(file('out.csv')).toBe(`i,name\n${Array.from({ length: 100 }, (_, i) => `${i + 1},row ${i + 1}\n`).join('')}`)
  expect(file('out.jsonl').split('\n').slice(19)).toEqual(['{"i":20,"name":"row 20"}', ''])
  expect(step.stderr).toContain('20 rows, and more exist')
  expect(readdirSync(runner.workspace).sort()).toEqual(['out.csv', 'out.jsonl', 'q.sql'])
})

test('a value for a later step', async () => {
  const { job } = await loggedIn()
  const step = await job.run('x=$(databricks-token sql --format value "SELECT 42")\necho "x=$x" >> "$GITHUB_OUTPUT"')
  expect(step.outputs).toEqual({ x: '42' })
  const failing = await job.run(
    'x=$(databricks-token sql --format value "SELECT NULL")\necho "x=$x" >> "$GITHUB_OUTPUT"',
  )
  expect([failing.exitCode, failing.outputs, annotationIn(failing.stderr)]).toEqual([1, {}, 'RESULT_UNFIT'])
})

test.each([
  ['--fail-if-rows', 3, 'ROWS_UNEXPECTED'],
  ['--fail-if-no-rows', 0, 'none'],
])('%s on a result with rows: exit %i', async (gate, exitCode, code) => {
  const { job } = await loggedIn()
  const step = await job.run(`databricks-token sql ${gate} "SELECT 'bad' AS row" || exit $?`)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([exitCode, code])
  expect(step.stdout).toContain('| bad |')
})

test('the gate judges every check of a call: the first that fails ends it, unless it keeps going', async () => {
  const { job, runner, workspace } = await loggedIn()
  const checks = ["SELECT 'late' AS found", 'INSERT INTO t VALUES (1)', "SELECT 'twice' AS found"].join(';\n')
  writeFileSync(join(runner.workspace, 'checks.sql'), `${checks};\nSELECT 1 WHERE false`)
  const recorded = await job.run('databricks-token sql --fail-if-rows --file checks.sql || exit $?')
  expect([recorded.exitCode, annotationIn(recorded.stderr), workspace.statements().length]).toEqual([
    3,
    'ROWS_UNEXPECTED',
    1,
  ])
  writeFileSync(join(runner.workspace, 'checks.sql'), "SELECT 'late' AS found;\nSELECT 5;\nSELECT 6")
  const all = await job.run('databricks-token sql --fail-if-rows --keep-going --file checks.sql || exit $?')
  expect([all.exitCode, all.stderr.match(/^::error /gm)?.length]).toEqual([3, 3])
  expect(all.stderr).toContain('Statement 1 of 3 (checks.sql, line 1) has rows, and --fail-if-rows wants none.')
  writeFileSync(join(runner.workspace, 'checks.sql'), "SELECT 'late' AS found;\nSELECT nothing FROM nowhere;\nSELECT 6")
  const failing = await job.run('databricks-token sql --fail-if-rows --keep-going --file checks.sql || exit $?')
  expect([failing.exitCode, failing.stderr.match(/failed \(\w+\)/g)]).toEqual([
    1,
    ['failed (ROWS_UNEXPECTED)', 'failed (STATEMENT_FAILED)'],
  ])
  const none = await job.run('databricks-token sql --fail-if-rows "INSERT INTO t VALUES (1)" || exit $?')
  expect([none.exitCode, annotationIn(none.stderr)]).toEqual([2, 'SQL_CALL_INVALID'])
})

test.skipIf(!hasSqlite)(
  'an error leads to the line of its file, and the summary names it without the statement',
  async () => {
    const { job, runner } = await loggedIn()
    writeFileSync(join(runner.workspace, 'q.sql'), 'SELECT 1;\n\n-- why\nSELECT 2\nFORM t;\n')
    const step = await job.run('databricks-token sql --summary --file q.sql || exit $?')
    expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_FAILED'])
    expect(step.stderr).toMatch(/^::error title=databricks-token failed \(STATEMENT_FAILED\),file=q\.sql,line=5::/m)
    expect(step.summary).toContain(
      '### databricks-token sql failed (STATEMENT&#95;FAILED)\n\nStatement 2 of 2 (q&#46;sql, line 4)',
    )
    expect(step.summary).toContain('PARSE&#95;SYNTAX&#95;ERROR')
    const elsewhere = await job.run(
      'cd /tmp && databricks-token sql --file "$GITHUB_WORKSPACE/../nothing.sql" || exit $?',
    )
    expect(elsewhere.stderr).not.toContain(',file=')
  },
)

test.skipIf(!hasSqlite)('--explain has statements planned, and nothing is run', async () => {
  const { job, runner, workspace } = await loggedIn()
  const text = ['CREATE TABLE later (a INT);', 'CALL p();', '-- why', 'SELECT 1', 'FORM t']
  writeFileSync(join(runner.workspace, 'q.sql'), text.join('\n'))
  const step = await job.run('databricks-token sql --explain --file q.sql > stdout.txt || exit $?')
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_FAILED'])
  expect(step.stderr).toMatch(/^::error title=[^,]+,file=q\.sql,line=5::/m)
  expect(step.stderr).toContain('Statement 2 of 3 (q.sql, line 2) is not checked: it begins with CALL')
  expect(step.stderr).toContain('Can be planned: 1 of 3 statements. Cannot be: 1. Not checked: 1.')
  expect(workspace.statements().map(({ request }) => request.statement)).toEqual([
    'EXPLAIN\nCREATE TABLE later (a INT)',
    'EXPLAIN\nSELECT 1\nFORM t',
  ])
  const alone = await job.run('databricks-token sql --explain "EXECUTE IMMEDIATE \'DROP TABLE t\'" || exit $?')
  expect([alone.exitCode, annotationIn(alone.stderr), workspace.statements().length]).toEqual([
    2,
    'SQL_CALL_INVALID',
    2,
  ])
})

test('--summary: time, rows and the table, everything from outside as text, and never the statement', async () => {
  const { job } = await loggedIn()
  const step = await job.run('databricks-token sql --summary "SELECT \'<img>|[x](y)\' AS t"')
  expect(step.summary).toMatch(
    /^### The statement has succeeded\n\n1 row, \d s\n\n\| t \|\n\| --- \|\n\| &#60;img&#62;&#124;&#91;x&#93;\(y\) \|\n\n$/,
  )
})

const outside = 'env -u GITHUB_ACTIONS -u ACTIONS_ID_TOKEN_REQUEST_URL -u ACTIONS_ID_TOKEN_REQUEST_TOKEN'

test.each([
  ['a value that would be a command', `--format value "SELECT '::add-mask::x'"`],
  ['a csv that would hold one', `--format csv "SELECT 'a ##[group]b'"`],
])('%s is not printed in a workflow', async (_, words) => {
  const { job } = await loggedIn()
  const step = await job.run(`databricks-token sql ${words} || exit $?`)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_UNFIT'])
  expect(step.stdout).not.toMatch(/add-mask|##\[/)
  expect((await job.run(`databricks-token sql ${words} > file; cat file | wc -l`)).stdout).not.toBe('0\n')
  expect((await job.run(`${outside} databricks-token sql ${words}`)).exitCode).toBe(0)
})

test('what SQL cannot be run here is answered by record, and its errors are named', async () => {
  const { job, workspace } = await sqlJob({
    warehouse: {
      recorded: [
        { statement: /^REFRESH/, answer: { columns: [], rows: [], seconds: 0 } },
        {
          statement: /^SELECT/,
          answer: new SqlError(
            "[INSUFFICIENT_PERMISSIONS] User does not have SELECT on Table 'main.s.t'. SQLSTATE: 42501",
          ),
        },
      ],
    },
  })
  const step = await job.run('databricks-token sql "REFRESH MATERIALIZED VIEW main.s.v"')
  expect([step.exitCode, step.stdout]).toEqual([0, ''])
  const refused = await job.run('databricks-token sql "SELECT * FROM main.s.t" || exit $?')
  expect([refused.exitCode, annotationIn(refused.stderr)]).toEqual([1, 'STATEMENT_FAILED'])
  expect(refused.stderr).toContain('SQLSTATE 42501')
  expect(refused.stderr).toContain('lacks a right')
  expect(workspace.statements().map(({ request }) => request.statement)).toEqual([
    'REFRESH MATERIALIZED VIEW main.s.v',
    'SELECT * FROM main.s.t',
  ])
})

test('what runs SQL is in a chunk of its own: not in the login, and not in what prints a token', () => {
  const own = '/api/2.0/sql/statements'
  const entries = [
    ['main', 'index.js'],
    ['command', 'index.js'],
  ]
  for (const entry of entries) expect(readRepository('dist', ...entry)).not.toContain(own)
  const chunks = readdirSync(inRepository('dist', 'command')).filter((name) => name.endsWith('.js'))
  expect(chunks.filter((name) => readRepository('dist', 'command', name).includes(own))).toHaveLength(1)
})

// The source, which runs while coverage is measured, has no chunks.
const hasChunks = process.env['NODE_V8_COVERAGE'] === undefined

test.skipIf(!('registerHooks' in module && hasChunks))('printing a token loads no chunk at all', async () => {
  const { job, runner } = await loggedIn()
  const spy = join(runner.temp, 'spy.mjs')
  writeFileSync(
    spy,
    `import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => {
      if (/dist.command.\\d+/.test(url)) process.stderr.write('chunk ' + url)
      return next(url, context)
    } })`,
  )
  const environment = { NODE_OPTIONS: `--import=${spy}` }
  expect((await job.run('databricks-token > /dev/null', { environment })).stderr).not.toContain('chunk')
  expect((await job.run('databricks-token sql --help > /dev/null', { environment })).stderr).toContain('chunk')
})
