import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { lineNamedIn, withPlace } from '../../src/warehouse/positions.ts'

const text = `${'SELECT 1\n'.repeat(20)}FROM t`

test.each([
  ["[PARSE_SYNTAX_ERROR] Syntax error at or near 'x'. SQLSTATE: 42601 (line 3, pos 7)\n\n== SQL ==\nSELECT", 3],
  ["[UNRESOLVED_COLUMN] A column `a` cannot be resolved. SQLSTATE: 42703; line 12 pos 7;\n'Project\n+- ...", 12],
  ['[TABLE_OR_VIEW_NOT_FOUND] The table `t`. SQLSTATE: 42P01; line 21 pos 5', 21],
  ['[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n== SQL (line 4, position 8) ==\nSELECT 1/0\n       ^^^', 4],
  ['{LINE:5} [INVALID_HANDLER_DECLARATION] No. SQLSTATE: 42K0Q', 5],
  // A place in the text of a view, which is in no file of the call.
  ['[DIVIDE_BY_ZERO] No.\n== SQL of VIEW spark_catalog.default.v (line 1, position 8) ==\nSELECT 1/0', undefined],
  ['[X] No.; line 2 pos 7;\n== SQL of VIEW v (line 2, position 8) ==\nSELECT 1/0', undefined],
  ['[X] No.\n== SQL of VIEW v (line 1, position 8) ==\na\n== SQL (line 6, position 15) ==\nFROM v', 6],
  // Whatever stands there, it is no line of this text.
  ['Something is wrong (line 99, pos 1)', undefined],
  ['Something is wrong (line 0, pos 1)', undefined],
  ['A pipeline 7 position 8', undefined],
  ['No position at all', undefined],
])('%j names the line %s', (message, line) => {
  expect(lineNamedIn(message, text)).toBe(line)
})

const statement = { file: 'sql/q.sql', text: '-- why\nSELECT\nx', textLine: 10, line: 11 }
const environment = { GITHUB_WORKSPACE: process.cwd() }
const failed = (serverText: string) =>
  new ActionError('STATEMENT_FAILED', 'It failed.', { serverText, advice: 'Do this.', keepsLines: true })

test.each([
  ['; line 3 pos 0;', 12],
  ['(line 1, pos 0)', 10],
  ['nothing known', 11],
])('%j in a text that begins with a comment leads to line %i of the file', (serverText, line) => {
  const { place, ...rest } = withPlace(failed(serverText), statement, environment)
  expect(place).toEqual({ file: 'sql/q.sql', line })
  expect(rest).toMatchObject({ code: 'STATEMENT_FAILED', advice: 'Do this.', serverText, keepsLines: true })
})

test('what was sent before the text is no line of the file', () => {
  expect(withPlace(failed('; line 4 pos 0;'), statement, environment, 1).place?.line).toBe(12)
  expect(withPlace(failed('(line 1, pos 0)'), statement, environment, 1).place?.line).toBe(11)
})

test.each([
  ['a statement that is in no file', { ...statement, file: undefined }, environment],
  ['a file outside of the repository', { ...statement, file: '../q.sql' }, environment],
  ['a file of nobody knows where', { ...statement, file: '/elsewhere/q.sql' }, environment],
  ['a call outside of a workflow', statement, {}],
])('%s has no place', (_, one, where) => {
  expect(withPlace(failed('; line 3 pos 0;'), one, where).place).toBeUndefined()
})

test('a file is named within the repository, wherever the step runs', () => {
  const one = { ...statement, file: resolve('deep/er/q.sql') }
  expect(withPlace(failed(''), one, { GITHUB_WORKSPACE: resolve('deep') }).place?.file).toBe('er/q.sql')
})
