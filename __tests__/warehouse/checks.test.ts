import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { openChecks, reportFailures } from '../../src/warehouse/checks.ts'
import { planStatements } from '../../src/warehouse/planned-statements.ts'
import { parseSqlOptions, type SqlOptions } from '../../src/warehouse/sql-options.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const plan = (text: string) => planStatements([{ file: undefined, text }], parseSqlOptions(['-'], {}))
const columns = (...names: string[]) => names.map((name) => ({ name, type: 'LONG' }))

/** Judges statements that all have these columns, and as many rows as are told one after the other. */
function judge(gate: SqlOptions['gate'], text: string, names: string[], counts: number[]) {
  const statements = plan(text)
  const checks = openChecks(gate, statements)
  const failures = statements.map((statement, at) => checks.judge(statement, columns(...names), counts[at] ?? 0))
  return { found: failures.map((failure) => failure?.message), finish: checks.finish }
}

test.each([
  'SELECT 1',
  'with q as (select 1) select * from q',
  'FROM t',
  'VALUES (1)',
  'TABLE t',
  'SHOW TABLES',
  'DESCRIBE t',
  'desc t',
  '/* c */ (SELECT 1)',
])('%s is a query', (text) => {
  expect(judge('no-rows', text, ['a'], [1]).found).toEqual(['The statement has rows, and --fail-if-rows wants none.'])
  expect(judge('no-rows', text, ['a'], [0]).found).toEqual([undefined])
  expect(judge('rows', text, ['a'], [0]).found).toEqual([
    'The statement has no rows, and --fail-if-no-rows wants some.',
  ])
})

test.each([
  'INSERT INTO t SELECT 1',
  'CREATE TABLE t AS SELECT 1',
  'BEGIN SELECT 1; END',
  'CALL p()',
  'MERGE INTO t USING s',
])('%s is none, and alone it is refused before anything runs', async (text) => {
  const { code, message } = await failureOf(() => judge('no-rows', text, ['a'], [1]))
  expect([code, message]).toEqual(['SQL_CALL_INVALID', expect.stringContaining('no statement is one. Nothing was run')])
  expect(judge('no-rows', `${text}; SELECT 1`, ['a'], [1, 0]).found).toEqual([undefined, undefined])
  expect(judge(undefined, text, ['a'], [1]).found).toEqual([undefined])
})

test('each query of a call is judged, the first as the last', () => {
  expect(judge('no-rows', 'SELECT 1;\nDELETE FROM t;\nSELECT 2;\nSELECT 3', ['a'], [1, 1, 0, 2]).found).toEqual([
    'Statement 1 of 4 (line 1) has rows, and --fail-if-rows wants none.',
    undefined,
    undefined,
    'Statement 4 of 4 (line 4) has rows, and --fail-if-rows wants none.',
  ])
})

test.each([
  [['num_affected_rows', 'num_inserted_rows'], 'NOTHING_CHECKED'],
  [[], 'NOTHING_CHECKED'],
  [['num_affected_rows', 'n'], 'none'],
  [['num_rows'], 'none'],
])('a statement that begins as a query and has the columns %j: %s', async (names, code) => {
  const { found, finish } = judge('no-rows', 'WITH q AS (SELECT 1) INSERT INTO t SELECT * FROM q', names, [1])
  expect(found).toEqual([code === 'none' ? expect.stringContaining('has rows') : undefined])
  expect(await codeOf(finish)).toBe(code)
  if (code !== 'none') expect((await failureOf(finish)).message).toContain('The statements have run')
})

test.each([
  [1, 1, 0, 1],
  [9, 9, 0, 9],
  [10, 10, 1, 10],
  [12, 10, 3, 9],
])('of %i failures %i are annotations, and the log has %i lines', (count, annotations, lines, whole) => {
  const [failures, told]: [ActionError[], string[]] = [[], []]
  const report = reportFailures({ fail: (failure) => failures.push(failure), info: (line) => told.push(line) })
  for (let at = 1; at <= count; at++) report.add(new ActionError('ROWS_UNEXPECTED', `Statement ${at}`))
  report.finish()
  expect([report.count(), failures.length, told.length]).toEqual([count, annotations, lines])
  const names = failures.map(({ message }) => message)
  expect(names.slice(0, whole)).toEqual(Array.from({ length: whole }, (_, at) => `Statement ${at + 1}`))
  if (count === 12) expect(names.at(-1)).toBe('3 more have failed, which the log names.')
})
