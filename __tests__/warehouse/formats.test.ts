import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../sandbox/workflow-commands.ts'
import { lineFormat, refuseCommands, singleValue } from '../../src/warehouse/lines.ts'
import type { Column, Row } from '../../src/warehouse/result.ts'
import { asMarkdown, asTable } from '../../src/warehouse/table.ts'
import { codeOf } from '../support/failures.ts'

const column = (name: string, type = 'STRING'): Column => ({ name, type })
const written = (format: 'csv' | 'jsonl', columns: Column[], rows: Row[]) => {
  const { head, line } = lineFormat(format, columns)
  return head + rows.map(line).join('')
}

test('csv: RFC 4180, NULL is nothing and an empty text two quotes', () => {
  const columns = [column('a'), column('b "c"'), column('d')]
  expect(
    written('csv', columns, [
      ['1', null, ''],
      ['x,y', 'say "so"', 'two\nlines'],
    ]),
  ).toBe('a,"b ""c""",d\r\n1,,""\r\n"x,y","say ""so""","two\nlines"\r\n')
})

describe('jsonl', () => {
  const value = (text: string | null, type: string) => written('jsonl', [column('v', type)], [[text]])

  test.each([
    ['true', 'BOOLEAN', 'true'],
    ['12345678901234567890.10', 'DECIMAL', '12345678901234567890.10'],
    ['9223372036854775807', 'LONG', '9223372036854775807'],
    ['1.0E-5', 'DOUBLE', '1.0E-5'],
    ['NaN', 'DOUBLE', '"NaN"'],
    ['-Infinity', 'FLOAT', '"-Infinity"'],
    ['007', 'INT', '"007"'],
    ['5', 'STRING', '"5"'],
    ['2026-11-24', 'DATE', '"2026-11-24"'],
    [null, 'INT', 'null'],
    ['[1,12345678901234567890]', 'ARRAY', '[1,12345678901234567890]'],
    ['{"a":\n"##[x]"}', 'STRUCT', '{"a": "##\\u005bx]"}'],
    ['{"a":1}', 'VARIANT', '{"a":1}'],
    ['{a=1}', 'MAP', '"{a=1}"'],
    ['{"a":1}', 'STRING', '"{\\"a\\":1}"'],
    ['a\u0007\u009b\u{e0001}\u2028"\n', 'STRING', '"a\\u0007\\u009b\\udb40\\udc01\\u2028\\"\\n"'],
  ])('%j as %s is %s', (text, type, json) => {
    expect(value(text, type)).toBe(`{"v":${json}}\n`)
  })

  test('every column of a name is kept', () => {
    const columns = ['a', 'a', 'a_1', 'a', '__proto__'].map((name) => column(name))
    expect(written('jsonl', columns, [['1', '2', '3', '4', '5']])).toBe(
      '{"a":"1","a_1":"2","a_1_1":"3","a_2":"4","__proto__":"5"}\n',
    )
  })

  test('whatever a text is, it comes back from the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(value(text, 'STRING'))).toEqual({ v: text })
      }),
    )
  })
})

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

test('markdown: every value is text', () => {
  const columns = [column('<b>|`x`'), column('n', 'DECIMAL')]
  expect(asMarkdown(columns, [['![](http://x) @mona www.x.org', '1.5']])).toBe(
    [
      '| &#60;b&#62;&#124;&#96;x&#96; | n |',
      '| --- | ---: |',
      '| &#33;&#91;&#93;&#40;http&#58;&#47;&#47;x&#41; &#64;<!-- -->mona www&#46;x.org | 1.5 |',
      '',
    ].join('\n'),
  )
})

test.each<[Row[], boolean, string]>([
  [[['5']], false, 'none'],
  [[['']], false, 'none'],
  [[], false, 'RESULT_UNFIT'],
  [[['5'], ['6']], false, 'RESULT_UNFIT'],
  [[['5']], true, 'RESULT_UNFIT'],
  [[[null]], false, 'RESULT_UNFIT'],
  [[['a\nb']], false, 'RESULT_UNFIT'],
  [[['a\r']], false, 'RESULT_UNFIT'],
])('value of %j (more: %s): %s', async (rows, hasMore, code) => {
  expect(await codeOf(() => singleValue([column('v')], rows, hasMore))).toBe(code)
})

test('value takes one column', async () => {
  expect(await codeOf(() => singleValue([column('a'), column('b')], [['1', '2']], false))).toBe('RESULT_UNFIT')
})

test.each([
  ['::error::x', true],
  ['a,b\r\n \t::add-mask::x', true],
  ['\u00a0\u200b:\u200b:stop-commands::x', true],
  ['"a\r::group::"', true],
  ['x ##[group]y', true],
  ['#\u00ad#\u0007[group]', true],
  ['x ::error::y', false],
  ['::1,::2', true],
  ['::1', false],
  ['## [x', false],
])('%j is a command for the runner: %s', async (text, isCommand) => {
  expect(await codeOf(() => refuseCommands(text))).toBe(isCommand ? 'RESULT_UNFIT' : 'none')
})

test.each(['\n', '\u2028', ' ', '::'])('a megabyte of %j is looked at once', (text) => {
  expect(() => refuseCommands(`x${text.repeat(1_048_576 / text.length)}`)).not.toThrow()
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
        const all = [asTable(columns, rows), asMarkdown(columns, rows), written('jsonl', columns, rows)].join('')
        for (const line of all.split(/[\r\n]/)) expect(parseCommand(line)).toBeUndefined()
        expect(() => refuseCommands(all)).not.toThrow()
      },
    ),
  )
})
