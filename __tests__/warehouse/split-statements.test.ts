import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitStatements } from '../../src/warehouse/split-statements.ts'
import { failureOf } from '../support/failures.ts'

const textsOf = (text: string) => splitStatements(text).map((statement) => statement.text)

test.each([
  ['a quote', `SELECT ';', ";", \`;\``],
  ['a quote in a quote', `SELECT 'it''s; "so"', "a 'b;"`],
  ['a backslash before a quote', String.raw`SELECT 'it\'s; one'`],
  ['a backslash before the last quote', String.raw`SELECT '\\;'`],
  ['a raw string, where a backslash is one', String.raw`SELECT r';\', R";\"`],
  ['dollars', 'CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $$ x = 1; return "x" $$'],
  ['a comment', '-- one; two\nSELECT 1 /* ; /* ; */ ; */ -- ; end'],
  ['a comment that goes on', 'SELECT 1 -- a \\\n ; b\n'],
  ['a body between tags', 'CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $py$\nx = 1; return $$x$$\n$py$'],
  ['a compound statement', "BEGIN\n  DECLARE x INT; IF x > 1 THEN SELECT 'END'; END IF; END;"],
  ['a labelled one', 'outer: BEGIN SELECT 1; END outer'],
  ['a CASE in one', 'BEGIN SELECT CASE WHEN 1 THEN 2 END; CASE x WHEN 1 THEN SELECT 1; END CASE; SELECT 2; END'],
  ['blocks in one', 'BEGIN BEGIN SELECT 1; END; IF a THEN SELECT 2; END IF; WHILE b DO SELECT 3; END WHILE; END'],
  ['a procedure', 'CREATE OR REPLACE PROCEDURE p() LANGUAGE SQL AS BEGIN SELECT 1; SELECT 2; END'],
])('%s is one statement', (_, text) => {
  expect(textsOf(text)).toEqual([text.trim().replace(/;$/, '')])
})

test('several statements, with the line of each and without what is empty', () => {
  const text = "SELECT 1; -- first\n\n;\n/* second */\nSELECT ';'\r\n;SELECT CASE WHEN a THEN b END; SELECT 4 ; ;"
  expect(splitStatements(text).map(({ text: own, line }) => [own, line])).toEqual([
    ['SELECT 1', 1],
    ["/* second */\nSELECT ';'", 5],
    ['SELECT CASE WHEN a THEN b END', 6],
    ['SELECT 4', 6],
  ])
})

test('a comment after tags goes to its end', () => {
  expect(textsOf('$a$$a$--a\\$;')).toEqual(['$a$$a$--a\\$;'])
})

test('a comment that ends in a path of Windows ends with its line', () => {
  expect(textsOf('SELECT 1;\r\n-- C:\\data\\\r\nSELECT 2')).toHaveLength(2)
})

test('a procedure may stand among others', () => {
  expect(textsOf('CREATE PROCEDURE p() AS BEGIN SELECT 1; END; CALL p()')).toHaveLength(2)
})

test('a prefix that only ends in r is no raw string', () => {
  expect(textsOf(String.raw`SELECT bar'\';'; SELECT 2`)).toHaveLength(2)
})

test('markers are found where they are some', () => {
  const [statement] = splitStatements(
    "SELECT :a, (:b), x::INT, raw:path, ':c', `:d`, IDENTIFIER(:e), r[0]:f -- :g\n, 1<:h",
  )
  expect([...(statement?.markers ?? [])]).toEqual(['a', 'b', 'e', 'h'])
})

test.each([
  ['', 'holds no statement'],
  [' ; -- nothing\n;', 'holds no statement'],
  ["SELECT 1;\nSELECT 'open", 'quote that begins in line 2'],
  [String.raw`SELECT 'open\'`, 'quote that begins in line 1'],
  ['SELECT `open', 'quote that begins in line 1'],
  ['SELECT $$open', 'quote that begins in line 1'],
  ['SELECT $a$open$$', 'quote that begins in line 1'],
  ['-- a\\\r\nUSE \nCATALOG prod', 'begins with USE'],
  ['SELECT 1 /* open /* */', 'comment that begins in line 1'],
  ['SELECT 1;\nuse catalog main', 'line 2 begins with USE'],
  ['SET TIME ZONE UTC', 'begins with SET'],
  ['DECLARE x INT', 'begins with DECLARE'],
  ['CREATE OR REPLACE GLOBAL TEMPORARY VIEW v AS SELECT 1', 'begins with CREATE OR REPLACE GLOBAL TEMPORARY'],
  ['/* c */ create temp view v as select 1', 'begins with CREATE TEMP'],
  ['CREATE TEMPORARY FUNCTION f() RETURN 1', 'begins with CREATE TEMPORARY'],
  ['BEGIN TRANSACTION; SELECT 1; COMMIT', 'begins with BEGIN TRANSACTION'],
  ['SELECT 1; BEGIN SELECT 2; END', 'BEGIN … END in line 1'],
  ['BEGIN SELECT 1; END;\nSELECT 2', 'BEGIN … END in line 1'],
])('%j is refused', async (text, told) => {
  const { code, message } = await failureOf(() => splitStatements(text))
  expect(code).toBe('SQL_CALL_INVALID')
  expect(message).toContain(told)
})

test.each(['SET TAG ON TABLE main.a.b cost_center = hr', 'UNSET TAG ON TABLE main.a.b cost_center'])(
  '%s needs no session',
  (text) => expect(textsOf(text)).toEqual([text]),
)

test('many statements are counted once', () => {
  const statements = splitStatements('SELECT 1;\n'.repeat(100_000))
  expect(statements.at(-1)?.line).toBe(100_000)
})

test('a long text takes no more than a long text', () => {
  const text = `SELECT '${'x\\n'.repeat(2_000_000)}'; SELECT 2 -- ${'y'.repeat(1_000_000)}`
  expect(textsOf(text)).toHaveLength(2)
})

test('whatever is quoted, nothing is lost and nothing is split', () => {
  const quoted = fc.string().map((text) => `'${text.replaceAll('\\', '').replaceAll("'", "''")}'`)
  fc.assert(
    fc.property(fc.array(quoted, { minLength: 1 }), (values) => {
      const statements = values.map((value) => `SELECT ${value}`)
      expect(textsOf(statements.join(';'))).toEqual(statements)
    }),
  )
})
