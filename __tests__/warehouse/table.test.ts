import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCommand } from '../../sandbox/workflow-commands.ts'
import { refuseCommands } from '../../src/warehouse/output.ts'
import { type Column, escapeForLog, type Row } from '../../src/warehouse/result.ts'
import { asJsonl } from '../../src/warehouse/row-formats.ts'
import { asMarkdown, asTable } from '../../src/warehouse/table.ts'

const column = (name: string, type = 'STRING'): Column => ({ name, type })

test('table: aligned by the width of what is seen, numbers to the right, characters that act shown', () => {
  const columns = [column('city'), column('n', 'INT')]
  expect(
    asTable(columns, [
      ['東京', '5'],
      ['e\u0301\n\u001b[31m', null],
      ['x'.repeat(300), '1'],
    ]),
  ).toBe(
    [
      `| city${' '.repeat(198)}|    n |`,
      `|${'-'.repeat(203)}|------|`,
      `| 東京${' '.repeat(198)}|    5 |`,
      `| e\u0301\\n\\u001b[31m${' '.repeat(189)}| NULL |`,
      `| ${'x'.repeat(200)}… |    1 |`,
      '',
    ].join('\n'),
  )
})

test('a result without columns is no table', () => {
  expect([asTable([], [[]]), asMarkdown([], [[]])]).toEqual(['', ''])
})

test('markdown: every value is text', () => {
  const columns = [column('<b>|`x`'), column('東京', 'DECIMAL')]
  expect(asMarkdown(columns, [['![](http://x) @mona www.x.org', '1.5']])).toBe(
    [
      '| &#60;b&#62;&#124;&#96;x&#96; | 東京 |',
      '| --- | ---: |',
      '| &#33;&#91;&#93;(http&#58;&#47;&#47;x) &#64;<!-- -->mona www&#46;x&#46;org | 1&#46;5 |',
      '',
    ].join('\n'),
  )
})

test('no text becomes a command in a table, in markdown or in jsonl', () => {
  const part = fc.constantFrom(
    '::',
    'error',
    '##[',
    '#',
    '[',
    ']',
    '\n',
    '\r',
    '\u200b',
    '\u2028',
    ' ',
    'group',
    ',',
    '|',
  )
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join('')),
      (text) => {
        const columns = [column(text), column('b', 'ARRAY')]
        const rows: Row[] = [
          [text, text],
          [text, JSON.stringify([text])],
        ]
        const all = [asTable(columns, rows), asMarkdown(columns, rows), rows.map(asJsonl(columns).line).join('')].join(
          '',
        )
        for (const line of all.split(/[\r\n]/)) expect(parseCommand(line)).toBeUndefined()
        expect(() => refuseCommands(all)).not.toThrow()
      },
    ),
  )
})

test.each(['#\ufe0f#\u0301[x]', '#\u2028#[x]', '##[x]'])('%j is no command where it is shown', (text) => {
  expect(escapeForLog(text).replace(/[^ -~]/g, '')).not.toContain('##[')
})

test('an address becomes no link', () => {
  expect(asMarkdown([column('a')], [['me@example.com']])).toContain('me&#64;<!-- -->example')
})

test('a table of many rows is written', () => {
  const rows = Array.from({ length: 200_000 }, () => ['1'])
  expect(asTable([column('a', 'INT')], rows).split('\n')).toHaveLength(200_003)
})

test('what SHOW CREATE TABLE and EXPLAIN answer is whole, and none of its lines a command', () => {
  const text = `CREATE TABLE t (\n  a INT)\r\n${'x'.repeat(300)}\n::error::x\n\t##[group]`
  const columns = [column('createtab_stmt')]
  const lines = ['CREATE TABLE t (', '  a INT)', 'x'.repeat(300)]
  expect(asTable(columns, [[text]])).toBe(
    ['createtab_stmt', '---', ...lines, '::error::x', '\\t##\\u005bgroup]'].map((line) => `| ${line}\n`).join(''),
  )
  const markdown = asMarkdown(columns, [[`\`\`\`\n${text}`]])
  expect(markdown.split('\n').slice(0, 5)).toEqual(['````', '```', ...lines])
  expect(() => refuseCommands(asTable(columns, [[text]]) + markdown)).not.toThrow()
  expect(asTable([column('plan')], [['a\nb']])).toBe('| plan\n| ---\n| a\n| b\n')
})

test.each<[string, Column[], Row[]]>([
  ['another column', [column('stmt')], [['a\nb']]],
  ['two columns', [column('plan'), column('n')], [['a\nb', '1']]],
  ['two rows', [column('plan')], [['a\nb'], ['c']]],
  ['no text', [column('plan')], [[null]]],
])('a result with %s is a table like any other', (_, columns, rows) => {
  expect(asTable(columns, rows)).toMatch(/^\| \w+ .*\|\n\|-/)
})
