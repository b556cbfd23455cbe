import { describe, expect, test } from 'vitest'
import type { ActionError } from '../../src/errors.ts'
import { explainAll, refuseUnexplained } from '../../src/warehouse/explain.ts'
import { planStatements } from '../../src/warehouse/planned-statements.ts'
import { parseSqlOptions } from '../../src/warehouse/sql-options.ts'
import { failureOf } from '../support/failures.ts'
import { answer, effectsWith } from '../support/statement-effects.ts'

const plan = (text: string) => planStatements([{ file: 'q.sql', text }], parseSqlOptions(['-'], {}))

/** Has a text explained; the server answers with these rows, with an error of parsing, or that no rows are left. */
async function explain(text: string, answers: (string[] | { message: string } | 'gone')[] = []) {
  const sent: string[] = []
  const failures: ActionError[] = []
  const { effects, told } = effectsWith([], {
    start: async ({ statement }) => {
      const rows = answers[sent.length] ?? ['== Physical Plan ==']
      sent.push(statement)
      if (rows === 'gone') return answer('CLOSED')
      if ('message' in rows) return answer('FAILED', { error: { code: 'BAD_REQUEST', ...rows, sqlState: '' } })
      const columns = [{ name: 'plan', type: 'STRING' }]
      const first = { rows: rows.map((row) => [row]), next: undefined }
      return answer('SUCCEEDED', { result: { columns, rowCount: rows.length, chunkCount: 1, truncated: false, first } })
    },
  })
  const failed = await explainAll(
    plan(text),
    {
      requestFor: ({ text: statement }) => ({ statement, warehouse_id: 'w' }),
      environment: { GITHUB_WORKSPACE: process.cwd() },
      fail: (failure) => failures.push(failure),
    },
    effects,
  )
  return { failed, sent, failures, told: told.filter((line) => !line.includes(': statement id')) }
}

test.each([
  'SELECT 1',
  'with q as (select 1) select * from q',
  'FROM t SELECT a',
  'VALUES (1)',
  'TABLE t',
  'INSERT INTO t VALUES (1)',
  'MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE',
  'UPDATE t SET a = 1',
  'DELETE FROM t',
  'CREATE TABLE t (a INT)',
  'CREATE OR REPLACE TABLE t AS SELECT 1',
  'CREATE OR REPLACE VIEW v AS SELECT 1',
])('%s is sent after EXPLAIN and a line break', async (text) => {
  const { failed, sent, told } = await explain(text)
  expect([failed, sent]).toEqual([0, [`EXPLAIN\n${text}`]])
  expect(told).toEqual([
    'The statement of q.sql can be planned.',
    'Can be planned: 1 of 1 statements. Cannot be: 0. Not checked: 0.',
  ])
})

// EXECUTE IMMEDIATE runs under EXPLAIN: it dropped a table.
describe.each([
  "EXECUTE IMMEDIATE 'DROP TABLE t'",
  'CALL p()',
  'BEGIN SELECT 1; END',
  'l: BEGIN SELECT 1; END',
  '(SELECT 1)',
  'DROP TABLE t',
  'ALTER TABLE t ADD COLUMN a INT',
  'CREATE FUNCTION f() RETURNS INT RETURN 1',
  'CREATE MATERIALIZED VIEW v AS SELECT 1',
  'COPY INTO t FROM x',
  'REFRESH TABLE t',
  'EXPLAIN SELECT 1',
  'EXTENDED SELECT 1',
  '`SELECT` 1',
  "-- SELECT\nEXECUTE IMMEDIATE 'DROP TABLE t'",
])('%s', (text) => {
  test('is never sent', async () => {
    const { failed, sent, told } = await explain(`SELECT 1;\n${text}`)
    expect([failed, sent]).toEqual([0, ['EXPLAIN\nSELECT 1']])
    expect(told[1]).toMatch(/is not checked: it begins with \S+, which is never sent with EXPLAIN\.$/)
    expect(told[2]).toBe('Can be planned: 1 of 2 statements. Cannot be: 0. Not checked: 1.')
  })

  test('alone is refused', async () => {
    const { code, message } = await failureOf(() => refuseUnexplained(plan(text)))
    expect([code, message]).toEqual(['SQL_CALL_INVALID', expect.stringContaining('Nothing was run')])
  })
})

test('a comment before a statement is not sent, so that nobody reads another statement there', async () => {
  expect((await explain("--\\\nEXECUTE IMMEDIATE 'DROP TABLE t'\nSELECT 1")).sent).toEqual(['EXPLAIN\nSELECT 1'])
})

const missing = [
  'Error occurred during query planning: ',
  '[TABLE_OR_VIEW_NOT_FOUND] No. SQLSTATE: 42P01; line 3 pos 5;',
]

test('an answer that holds an error fails, though its state is SUCCEEDED, at the line of the file', async () => {
  const { failed, failures, sent } = await explain('-- why\nSELECT 1\nFROM nowhere;\nSELECT 2', [missing])
  expect([failed, sent.length]).toEqual([1, 2])
  expect(failures).toMatchObject([
    {
      code: 'STATEMENT_FAILED',
      serverText: missing[1],
      place: { file: 'q.sql', line: 3 },
      advice: expect.stringContaining('Nothing of this call was run'),
    },
  ])
})

test('an error below the head of a plan fails, too', async () => {
  expect((await explain('SELECT 1', [['== Physical Plan ==', ...missing]])).failed).toBe(1)
})

test('an error of parsing fails, too, and the statements after it are planned all the same', async () => {
  const error = { message: '[PARSE_SYNTAX_ERROR] No. SQLSTATE: 42601 (line 2, pos 7)' }
  const { failed, failures, sent } = await explain('SELECT FORM t;\nSELECT 2', [error])
  expect([failed, sent.length]).toEqual([1, 2])
  expect(failures[0]).toMatchObject({ code: 'STATEMENT_FAILED', place: { file: 'q.sql', line: 1 } })
  expect(failures[0]?.advice).toContain('counts EXPLAIN as the first')
})

test.each([
  ['CREATE TABLE nowhere (a INT)', 1],
  ['ALTER TABLE a RENAME TO nowhere', 0],
  ['DROP TABLE a', 0],
  ['BEGIN CREATE TABLE nowhere (a INT); END', 0],
])('after %s a name that is not there is not checked', async (before, sentBefore) => {
  const answers = [...Array.from({ length: sentBefore }, () => ['== Plan ==']), missing]
  const { failed, told } = await explain(`SELECT 1;${before};SELECT a FROM nowhere`, [['== Plan =='], ...answers])
  expect(failed).toBe(0)
  expect(told.at(-2)).toContain('is not checked: a name in it is not there yet')
})

test.each([
  ['SELECT 1', missing],
  ['DELETE FROM t', missing],
  ['CREATE VIEW v AS SELECT 1', ['Error occurred during query planning: ', '[DATATYPE_MISMATCH.X] No.']],
])('after %s %j is a failure', async (before, rows) => {
  expect((await explain(`${before};SELECT a FROM nowhere`, [['== Plan =='], rows])).failed).toBe(1)
})

test('a plan that holds the words is no error', async () => {
  const rows = [
    '== Physical Plan ==',
    "Project ['Error occurred during query planning: '",
    'Error occurred during query planning: ',
  ]
  expect((await explain('SELECT 1', [rows])).failed).toBe(0)
})

test('a plan that is gone is a failure of the call, and not one of the statement', async () => {
  const { code, message } = await failureOf(() => explain('SELECT 1; SELECT 2', ['gone']))
  expect([code, message]).toEqual([
    'RESULT_GONE',
    'The plan of Statement 1 of 2 (q.sql, line 1) is gone (statement id id-1).',
  ])
})

test('a statement that can be planned can be, although one before it may make names', async () => {
  const { told } = await explain('ALTER TABLE t ADD COLUMN a INT; SELECT a FROM t')
  expect(told[1]).toMatch(/ can be planned\.$/)
})
