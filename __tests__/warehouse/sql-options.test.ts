import { expect, test } from 'vitest'
import { refuseUnused } from '../../src/warehouse/parameters.ts'
import { splitStatements } from '../../src/warehouse/split-statements.ts'
import { parseSqlOptions } from '../../src/warehouse/sql-options.ts'
import { failureOf } from '../support/failures.ts'

const environment = { FROM_OUTSIDE: "x'; DROP TABLE t --", EMPTY: '' }
const read = (...words: string[]) => parseSqlOptions(words, environment)
const readThroughCmd = (...words: string[]) => parseSqlOptions(words, environment, true)

test('a statement alone', () => {
  expect(read('SELECT 1')).toEqual({
    warehouse: undefined,
    catalog: undefined,
    schema: undefined,
    parameters: [],
    tags: [],
    format: undefined,
    output: undefined,
    maxRows: undefined,
    gate: undefined,
    keepGoing: false,
    explain: false,
    timeoutSeconds: undefined,
    retries: 0,
    externalLinks: false,
    summary: false,
    source: { text: 'SELECT 1' },
  })
})

test('everything that there is, in both forms', () => {
  const words = '--warehouse=abc --catalog main --schema s --format csv --output o.csv --max-rows 5'.split(' ')
  const call = read(
    ...words,
    '--fail-if-rows',
    '--timeout',
    '15m',
    '--retries=3',
    '--summary',
    '--tag',
    'a=b=c',
    '--tag=d=',
    '-',
  )
  expect(call).toMatchObject({
    warehouse: 'abc',
    catalog: 'main',
    schema: 's',
    format: 'csv',
    output: 'o.csv',
    maxRows: 5,
    gate: 'no-rows',
    timeoutSeconds: 900,
    retries: 3,
    summary: true,
    source: 'stdin',
    tags: [
      { key: 'a', value: 'b=c' },
      { key: 'd', value: '' },
    ],
  })
  expect(read('--keep-going', '--fail-if-rows', 'x')).toMatchObject({ gate: 'no-rows', keepGoing: true })
  expect(read('--explain', '--timeout', '5m', '--param', 'd=1', 'SELECT :d')).toMatchObject({ explain: true })
  expect(read('--fail-if-no-rows', '--file', 'q.sql')).toMatchObject({ gate: 'rows', source: { files: ['q.sql'] } })
  expect(read('--file', 'a.sql', '--file=b.sql').source).toEqual({ files: ['a.sql', 'b.sql'] })
  expect(read('--', '-- a comment\nSELECT 1').source).toEqual({ text: '-- a comment\nSELECT 1' })
})

test.each<[string[], object]>([
  [['--param', 'd=5'], { name: 'd', value: '5' }],
  [['--param', 'd:INT=5'], { name: 'd', type: 'INT', value: '5' }],
  [['--param=d:DECIMAL(10, 2)=1=2\n3'], { name: 'd', type: 'DECIMAL(10, 2)', value: '1=2\n3' }],
  [['--param', 'd='], { name: 'd', value: '' }],
  [['--param', 'd'], { name: 'd' }],
  [['--param', 'd:DATE'], { name: 'd', type: 'DATE' }],
  [['--param-env', 'd=FROM_OUTSIDE'], { name: 'd', value: "x'; DROP TABLE t --" }],
  [['--param-env', 'd:INT=EMPTY'], { name: 'd', type: 'INT', value: '' }],
])('%j', (words, parameter) => {
  expect(read(...words, 'SELECT :d').parameters).toEqual([parameter])
})

test.each([
  [['--param', 'd=1', '--param-env', 'd=EMPTY', 'SELECT 1'], 'parameter d is given twice'],
  [['--param-env', 'd=NOT_THERE', 'SELECT 1'], 'variable for the parameter d is not set'],
  [['--param-env', 'd=constructor', 'SELECT 1'], 'variable for the parameter d is not set'],
  [['--param-env', 'd', 'SELECT 1'], '--param-env cannot be'],
  [['--param', '1d=secret', 'SELECT 1'], 'A parameter is written'],
  [['--param', 'd:INT;=secret', 'SELECT 1'], 'A parameter is written'],
  [['--tag', 'secret', 'SELECT 1'], '--tag cannot be'],
  [['--format', 'secret', 'SELECT 1'], '--format cannot be'],
  [['--max-rows', '0', 'SELECT 1'], '--max-rows cannot be'],
  [['--timeout', '5', 'SELECT 1'], '--timeout cannot be'],
  [['--retries', '-1', 'SELECT 1'], '--retries cannot be'],
  [['--timeout', '0s', 'SELECT 1'], '--timeout takes'],
  [['--warehouse', '', 'SELECT 1'], '--warehouse cannot be'],
  [['--warehouse', 'a', '--warehouse', 'b', 'SELECT 1'], '--warehouse is given twice'],
  [['--fail-if-rows', '--fail-if-no-rows', 'SELECT 1'], 'exclude each other'],
  [['--keep-going', 'SELECT 1'], '--keep-going goes with'],
  [['--explain', '--output', 'secret', 'SELECT 1'], '--output does not go with it'],
  [['--fail-if-rows', '--explain', 'SELECT 1'], '--fail-if-rows does not go with it'],
  [['--summary=secret', 'SELECT 1'], '--summary is not known'],
  [['--secrets', 'SELECT 1'], '--secrets is not known'],
  [['-- secret\nSELECT 1'], 'A word that begins with - and comes before --'],
  [['SELECT', '1'], 'more than one statement'],
  [['--file', 'a', 'SELECT 1'], 'both --file and a statement'],
  [['--file'], '--file cannot be'],
  [[], 'There is no statement'],
])('%j is refused, and no value is told', async (words, told) => {
  const { code, message } = await failureOf(() => read(...words))
  expect(code).toBe('SQL_CALL_INVALID')
  expect(message).toContain(told)
  expect(message).not.toMatch(/secret$|secret\W/)
})

test('a parameter that no statement uses is refused', async () => {
  const statements = splitStatements("SELECT :a; SELECT ':b'")
  refuseUnused([{ name: 'a' }], statements)
  expect((await failureOf(() => refuseUnused([{ name: 'a' }, { name: 'b' }], statements))).message).toContain(':b')
})

test.each([
  [['SELECT 1']],
  [['--', 'SELECT 1']],
  [['SELECT 1 AS a', 'b']],
  [['--file', 'a.sql', 'SELECT 1']],
  [['-', 'SELECT 1']],
])('%j may be another statement where cmd has read it: refused, with the ways that work', async (words) => {
  const { code, message, advice } = await failureOf(() => readThroughCmd(...words))
  expect([code, message]).toEqual(['SQL_CALL_INVALID', expect.stringMatching(/^On Windows cmd .* Nothing was run\.$/)])
  expect(message).not.toContain('SELECT')
  expect(advice).toMatch(/--file FILE.* \| databricks-token sql -.*--param-env/)
})

test('where cmd has read the words, files, stdin and parameters are taken', () => {
  expect(readThroughCmd('--file', 'a.sql', '--param', 'd=5').source).toEqual({ files: ['a.sql'] })
  expect(readThroughCmd('--param-env', 'd=FROM_OUTSIDE', '-').source).toBe('stdin')
})
