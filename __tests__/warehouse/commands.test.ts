import { expect, test } from 'vitest'
import { refuseCommands } from '../../src/warehouse/lines.ts'
import { shown } from '../../src/warehouse/result.ts'
import { asMarkdown, asTable } from '../../src/warehouse/table.ts'

// The runner reads lines as .NET does, which ends them at CR and LF alone, and overlooks what has no weight.
test.each([
  '::error x=\u2028::y',
  '::error x=\u2029::y',
  '::error:\ufe0f:y',
  ':\u034f:error::',
  'a\n\u05b0::x::',
  '#\ufe0f#\u0301[x]',
])('%j is a command', (text) => {
  expect(() => refuseCommands(text)).toThrow('workflow command')
})

test.each(['#\ufe0f#\u0301[x]', '#\u2028#[x]', '##[x]'])('%j is none where it is shown', (text) => {
  expect(shown(text).replace(/[^ -~]/g, '')).not.toContain('##[')
})

test('an address becomes no link', () => {
  expect(asMarkdown([{ name: 'a', type: 'STRING' }], [['me@example.com']])).toContain('me&#64;<!-- -->example')
})

test('a table of many rows is written', () => {
  const rows = Array.from({ length: 200_000 }, () => ['1'])
  expect(asTable([{ name: 'a', type: 'INT' }], rows).split('\n')).toHaveLength(200_003)
})
