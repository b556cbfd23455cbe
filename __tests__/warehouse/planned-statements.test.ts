import { describe, expect, test } from 'vitest'
import { planStatements } from '../../src/warehouse/planned-statements.ts'
import { parseSqlOptions } from '../../src/warehouse/sql-options.ts'
import { failureOf } from '../support/failures.ts'

const call = (...words: string[]) => parseSqlOptions([...words, '-'], { FROM_OUTSIDE: '5' })
const plan = (texts: string[], ...words: string[]) =>
  planStatements(
    texts.map((text, at) => ({ file: texts.length === 1 ? undefined : `${'abc'[at]}.sql`, text })),
    call(...words),
  )
const placesOf = (text: string, ...words: string[]) =>
  plan([text], ...words).map(({ catalog, schema, text: own }) => [catalog, schema, own])

describe('USE sets where the statements after it find names, and is not sent', () => {
  test.each([
    ['USE CATALOG c', 'c', 'default'],
    ['use catalog `a-``b`', 'a-`b', 'default'],
    ["USE CATALOG 'c'", 'c', 'default'],
    ['SET CATALOG c', 'c', 'default'],
    ['SET CATALOG "c d"', 'c d', 'default'],
    ['USE s', 'given', 's'],
    ['USE SCHEMA s', 'given', 's'],
    ['USE DATABASE `s.t`', 'given', 's.t'],
    ['USE NAMESPACE s', 'given', 's'],
    ['USE c.s', 'c', 's'],
    ['USE SCHEMA c . s', 'c', 's'],
    ['USE /* c */ Main.2026_q1', 'Main', '2026_q1'],
    // Names that could be taken for the words before them.
    ['USE catalog', 'given', 'catalog'],
    ['USE schema.catalog', 'schema', 'catalog'],
    ['USE CATALOG catalog', 'catalog', 'default'],
  ])('%s', (use, catalog, schema) => {
    const words = ['--catalog', 'given', '--schema', 'too']
    expect(placesOf(`SELECT 1; ${use}; SELECT 2`, ...words)).toEqual([
      ['given', 'too', 'SELECT 1'],
      [catalog, schema, 'SELECT 2'],
    ])
  })

  test.each([
    'USE',
    'USE CATALOG IDENTIFIER(:c)',
    'USE IDENTIFIER(:c)',
    'USE :c',
    'USE a.b.c',
    'USE my-db',
    "USE 's'",
    'USE CATALOG a b',
    'SET CATALOG',
    'SET CATALOG = c',
    String.raw`USE CATALOG 'a\x62'`,
  ])('%s is refused, since it names nothing by a name', async (use) => {
    const { code, message, advice } = await failureOf(() => plan([`SELECT 1;\n${use}; SELECT 2`]))
    expect([code, message]).toEqual(['SQL_CALL_INVALID', expect.stringContaining('in line 2 does not name')])
    expect(advice).toContain('USE CATALOG name')
  })

  test('each file begins again with what the call gives', () => {
    expect(
      plan(['USE a.b; SELECT 1', 'SELECT 2', 'USE CATALOG c; SELECT 3'], '--catalog', 'x').map((one) => [
        one.catalog,
        one.schema,
      ]),
    ).toEqual([
      ['a', 'b'],
      ['x', undefined],
      ['c', 'default'],
    ])
  })

  test('a text of nothing else is refused', async () => {
    expect((await failureOf(() => plan(['USE a; USE b']))).message).toContain('no statement but USE')
  })
})

test('the statements of all files are one call, and each is told by its file and its line', () => {
  expect(plan(['SELECT 1;\nSELECT 2', '\nSELECT 3']).map(({ name }) => name)).toEqual([
    'Statement 1 of 3 (a.sql, line 1)',
    'Statement 2 of 3 (a.sql, line 2)',
    'Statement 3 of 3 (b.sql, line 2)',
  ])
  expect(plan(['SELECT 1']).map(({ name }) => name)).toEqual(['The statement'])
  expect(planStatements([{ file: 'a.sql', text: 'SELECT 1' }], call()).map(({ name }) => name)).toEqual([
    'The statement of a.sql',
  ])
})

test('each statement gets the parameters that it has markers for', () => {
  const words = ['--param', 'a=1', '--param-env', 'b=FROM_OUTSIDE']
  expect(plan(['SELECT :a', 'SELECT :a, :b; SELECT 3'], ...words).map(({ parameters }) => parameters)).toEqual([
    [{ name: 'a', value: '1' }],
    [
      { name: 'a', value: '1' },
      { name: 'b', value: '5' },
    ],
    [],
  ])
})

test.each<[string[], string, string[]?]>([
  [['SELECT 1', 'SELECT :a;\nSELECT :b'], 'Statement 3 of 3 (b.sql, line 2) has the marker :b'],
  [['SELECT :a', "SELECT ':c'; -- :c"], 'No statement has a marker :c', ['--param', 'c=1']],
  [['SELECT :a', 'SELECT 1;\nSELECT "'], 'In b.sql: The quote that begins in line 2'],
  [['SELECT :a', 'SELECT 1;\nUSE :a'], 'In b.sql: The USE in line 2'],
  [['SELECT :a', '-- nothing'], 'In b.sql: The text holds no statement'],
])('%j is refused as a whole', async (texts, told, words = []) => {
  const { code, message } = await failureOf(() => plan(texts, '--param', 'a=1', ...words))
  expect([code, message]).toEqual(['SQL_CALL_INVALID', expect.stringContaining(told)])
})
