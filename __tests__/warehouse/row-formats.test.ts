import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuseCommands } from '../../src/warehouse/output.ts'
import type { Column, Row } from '../../src/warehouse/result.ts'
import { asCsv, asJsonl, singleValue } from '../../src/warehouse/row-formats.ts'
import { anyCharacter } from '../support/any-character.ts'
import { codeOf } from '../support/failures.ts'

const column = (name: string, type = 'STRING'): Column => ({ name, type })
const written = (format: 'csv' | 'jsonl', columns: Column[], rows: Row[]) => {
  const { head, line } = (format === 'csv' ? asCsv : asJsonl)(columns)
  return head + rows.map(line).join('')
}

test('csv: RFC 4180, NULL is nothing and an empty text two quotes', () => {
  const columns = [column('a'), column('b "c"'), column('d')]
  expect(
    written('csv', columns, [
      ['1', null, ''],
      ['x,y', 'say "so"', 'two\nlines'],
    ]),
  ).toBe('a,"b ""c""",d\n1,,""\n"x,y","say ""so""","two\nlines"\n')
})

test('csv: no row of one column is a blank line, which readers pass over', () => {
  expect(written('csv', [column('a')], [['1'], [null], ['']])).toBe('a\n1\n""\n""\n')
  expect(written('csv', [column('')], [[null]])).toBe('""\n""\n')
})

describe('jsonl', () => {
  const value = (text: string | null, type: string) => written('jsonl', [column('v', type)], [[text]])

  test.each([
    ['true', 'BOOLEAN', 'true'],
    ['false', 'BOOLEAN', 'false'],
    ['maybe', 'BOOLEAN', '"maybe"'],
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
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(JSON.parse(value(text, 'STRING'))).toEqual({ v: text })
      }),
    )
  })
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
  // The runner reads lines as .NET does, which ends them at CR and LF alone, and overlooks what has no weight.
  ['::error x=\u2028::y', true],
  ['::error x=\u2029::y', true],
  ['::error:\ufe0f:y', true],
  [':\u034f:error::', true],
  ['a\n\u05b0::x::', true],
  ['#\ufe0f#\u0301[x]', true],
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
