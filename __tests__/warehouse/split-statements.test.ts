import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitStatements } from '../../src/warehouse/split-statements.ts'
import { failureOf } from '../support/failures.ts'
import { knownTexts } from './sql-texts.ts'

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
  ['an empty one', 'BEGIN END'],
  ['one that takes effect as a whole', 'BEGIN ATOMIC INSERT INTO a VALUES (1); INSERT INTO b VALUES (2); END'],
  ['an empty one of these', 'BEGIN ATOMIC END'],
  ['a label without a space', 'outer:BEGIN SELECT 1; END outer'],
  ['a label that is quoted', '`a; BEGIN`: BEGIN SELECT 1; END'],
  ['a handler', "BEGIN DECLARE EXIT HANDLER FOR SQLSTATE '22012', a.b BEGIN SELECT 1; END; SELECT 2; END"],
  ['a handler of one statement', 'BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND SET x = 1; SELECT 2; END'],
  ['a block in each branch', 'BEGIN IF a THEN BEGIN SELECT 1; END; ELSE BEGIN SELECT 2; END; END IF; END'],
  [
    'columns that are called as the words',
    'BEGIN SELECT begin, t.end FROM t WHERE end > begin; SELECT end FROM begin; END',
  ],
  ['a CASE whose value is such a column', 'BEGIN SELECT CASE WHEN a THEN begin ELSE 0 END; SELECT 2; END'],
  ['a procedure in one', 'BEGIN CREATE PROCEDURE p() AS BEGIN SELECT 1; END; CALL p(); END'],
  ['a procedure that is called as the word', 'CREATE PROCEDURE begin(IN end INT) COMMENT "x" AS BEGIN SELECT end; END'],
  ['a function of a query', 'CREATE FUNCTION f() RETURNS TABLE (a INT) RETURN SELECT begin FROM t WHERE end IS NULL'],
  ['a function', 'CREATE FUNCTION f(x INT) RETURNS INT RETURN CASE WHEN x > 1 THEN begin ELSE x END'],
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

test('a procedure and a BEGIN … END may stand among others', () => {
  expect(textsOf('CREATE PROCEDURE p() AS BEGIN SELECT 1; END; CALL p()')).toHaveLength(2)
  expect(textsOf('SELECT 1; BEGIN SELECT 2; END; SELECT 3')).toEqual(['SELECT 1', 'BEGIN SELECT 2; END', 'SELECT 3'])
})

// The parser of Spark 4.3 accepts each of these statements; of a procedure, which it does not know, the body.
test('1,336 texts are split where their 2,673 statements were put together', () => {
  const texts = knownTexts(1336)
  expect(texts.flatMap(({ statements }) => statements)).toHaveLength(2673)
  const wrong = texts.filter(({ text, statements }) => textsOf(text).join('\0') !== statements.join('\0'))
  expect(wrong).toEqual([])
})

test('each statement has the line of its text, which may be a comment, and that of its first word', () => {
  const [first, second] = splitStatements('\n-- a\nSELECT 1;\r\n\r\n/* b\n*/ SELECT\n2')
  expect([first?.textLine, first?.line]).toEqual([2, 3])
  expect([second?.textLine, second?.line]).toEqual([5, 6])
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
  ['-- a\\\r\nSET \nx = 1', 'begins with SET'],
  ['SELECT 1 /* open /* */', 'comment that begins in line 1'],
  ['SET TIME ZONE UTC', 'begins with SET'],
  ['DECLARE x INT', 'begins with DECLARE'],
  ['CREATE OR REPLACE GLOBAL TEMPORARY VIEW v AS SELECT 1', 'begins with CREATE OR REPLACE GLOBAL TEMPORARY'],
  ['/* c */ create temp view v as select 1', 'begins with CREATE TEMP'],
  ['CREATE TEMPORARY FUNCTION f() RETURN 1', 'begins with CREATE TEMPORARY'],
  ['BEGIN TRANSACTION; SELECT 1; COMMIT', 'begins with BEGIN, which needs a session'],
  ['SELECT 1;\nBEGIN WORK; SELECT 1', 'line 2 begins with BEGIN, which needs a session'],
  ['BEGIN; SELECT 1; COMMIT', 'begins with BEGIN, which needs a session'],
  ['SELECT 1;\nBEGIN IF a THEN\nBEGIN SELECT 1; END IF; END', 'BEGIN in line 2 has no END'],
  ['CREATE PROCEDURE p() AS\nBEGIN SELECT 1 END', 'BEGIN in line 2 has no END'],
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
