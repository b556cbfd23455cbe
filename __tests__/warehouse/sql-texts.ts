/**
 * Texts of several statements whose borders are known, since they are put together from statements. All are of the grammar
 * of SQL scripting; words that are also names, CASE, comments and quotes stand wherever it lets them.
 */
export interface KnownText {
  text: string
  /** Its statements, as they are to be sent. */
  statements: string[]
}

// Xorshift: the same texts in every run.
function randomFrom(seed: number) {
  let state = seed
  return (below: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Random = ReturnType<typeof randomFrom>

function makerOf(random: Random) {
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[random(items.length)] ?? items[0]
  const one = (makes: readonly [() => string, ...(() => string)[]]): string => pick(makes)()
  const several = (make: () => string, most: number): string =>
    Array.from({ length: random(most + 1) }, () => `${make()};${gap()}`).join('')
  const gap = () => pick([' ', ' ', '\n', '\n  ', ' /* END; BEGIN */ ', ' -- a; END\n', '\r\n'])
  const word = (text: string) => pick([text, text, text.toLowerCase()])
  const [BEGIN, END] = [() => word('BEGIN'), () => word('END')]
  // A label may be given once in the blocks that hold it.
  let labels = 0
  const label = () => pick(['', `l${++labels}`, `\`a;b${++labels}\``])
  const withLabel = (made: string, name: string) => (name === '' ? made : name + pick([':', ': ', ' : ']) + made)

  const expression = (): string =>
    one([
      () => '1',
      () => 'x + 1',
      () => "'END; BEGIN'",
      () => 'begin',
      () => 't.end',
      () => '`begin`',
      () => "repeat('a', 3)",
      () => 'if(a > 1, 2, 3)',
      () => `CASE WHEN ${condition()} THEN ${expression()} ELSE ${expression()} END`,
      () => `${word('CASE')} x WHEN 1 THEN ${expression()}${gap()}END`,
      () => 'CASE WHEN a THEN begin ELSE 0 END',
      () => 'CASE WHEN a THEN begin WHEN b THEN end END',
    ])
  const condition = (): string => one([() => 'a > 1', () => 'end IS NULL', () => `${expression()} = 2`])

  /** What may stand outside of a block. */
  const plain = (): string =>
    one([
      () => `SELECT ${expression()} AS ${pick(['end', 'begin', 'n'])}`,
      () => `SELECT${gap()}${expression()}${gap()}FROM t WHERE ${condition()}`,
      () => `INSERT INTO t VALUES (${expression()}, ';')`,
      () => `UPDATE t SET a = ${expression()} WHERE ${condition()}`,
      () => `DELETE FROM t WHERE ${condition()}`,
      () => `WITH q AS (SELECT ${expression()} AS a) SELECT * FROM q`,
      () =>
        `MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = ${expression()} WHEN NOT MATCHED THEN INSERT *`,
      () => 'CREATE TABLE begin (end INT)',
      () => 'DROP TABLE IF EXISTS end',
      () => `VALUES (${expression()})`,
      () => 'SHOW TABLES',
    ])

  /** What may stand inside one. */
  const inner = (depth: number): string => {
    if (depth === 0) return one([plain, () => `SET x = ${expression()}`])
    const body = () => several(() => inner(depth - 1), 2)
    const some = () => `${inner(depth - 1)};${gap()}${body()}`
    return one([
      plain,
      () => `SET x = ${expression()}`,
      () => withLabelledEnd(depth - 1),
      () => `IF ${condition()} THEN${gap()}${some()}ELSEIF b THEN ${some()}ELSE ${some()}END IF`,
      () => `IF ${condition()} THEN ${block(depth - 1)};${gap()}END${gap()}IF`,
      () => `CASE WHEN ${condition()} THEN ${some()}ELSE ${some()}END CASE`,
      () => `CASE ${expression()} WHEN 1 THEN ${block(depth - 1)}; END CASE`,
      () => withLabel(`WHILE ${condition()} DO ${some()}END WHILE`, label()),
      () => `REPEAT ${some()}UNTIL ${condition()} END REPEAT`,
      () => `r${++labels}: LOOP ${block(depth - 1)}; ${body()}END LOOP`,
      () => `LOOP ${some()}END LOOP`,
      () => `FOR r${++labels} AS SELECT ${expression()} AS c DO ${some()}END FOR`,
    ])
  }

  const handler = (depth: number): string => {
    const conditions = pick([
      'SQLEXCEPTION',
      'NOT FOUND',
      "SQLSTATE '22012'",
      'DIVIDE_BY_ZERO',
      "DIVIDE_BY_ZERO, SQLSTATE '22012'",
    ])
    return `DECLARE ${pick(['EXIT', 'exit'])} HANDLER FOR ${conditions}${gap()}${one([
      () => `${BEGIN()}${gap()}${several(() => inner(depth), 2)}END`,
      () => `SET x = ${expression()}`,
    ])}`
  }

  /** BEGIN … END, which may be empty. */
  const block = (depth: number): string => {
    const head = several(() => `DECLARE ${pick(['x', 'y'])} INT DEFAULT ${expression()}`, 1)
    const handlers = random(3) === 0 ? `${handler(depth)};${gap()}` : ''
    return `${BEGIN()}${gap()}${head}${handlers}${several(() => inner(depth), 3)}${END()}`
  }
  const withLabelledEnd = (depth: number): string => {
    const name = label()
    return withLabel(block(depth) + pick(['', ` ${name}`]), name)
  }

  const routine = (): string => {
    const head = pick([
      'CREATE PROCEDURE p() AS ',
      'CREATE OR REPLACE PROCEDURE a.b.begin(IN end INT, OUT y STRING DEFAULT (1)) LANGUAGE SQL SQL SECURITY INVOKER AS ',
      "create procedure if not exists p(x DECIMAL(10, 2)) COMMENT 'BEGIN;' ",
      'CREATE OR REPLACE PROCEDURE p() MODIFIES SQL DATA AS\n',
    ])
    return `${head}${BEGIN()}${gap()}${several(() => inner(2), 3)}${END()}`
  }

  const text = (): KnownText => {
    const make = () => one([plain, () => block(2), () => block(3), () => block(1), routine])
    const statements = Array.from({ length: 1 + random(3) }, make)
    const last = pick(['', ';', ' ;\n', '; -- END\n'])
    return { text: statements.join(pick([';', '; ', ' ;\n', ';;\n'])) + last, statements }
  }
  return { text }
}

/** As many texts as are asked for, the same in every run. */
export function knownTexts(count: number): KnownText[] {
  const { text } = makerOf(randomFrom(20_261_130))
  return Array.from({ length: count }, text)
}
