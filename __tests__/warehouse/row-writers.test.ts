import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../../src/http/fault.ts'
import { asCsv, asJsonl } from '../../src/warehouse/row-formats.ts'
import { scanRows } from '../../src/warehouse/row-scanner.ts'
import { headOf, openRowWriter } from '../../src/warehouse/row-writers.ts'

/** What is written of the rows in a text of JSON. */
function write(
  format: 'csv' | 'jsonl',
  text: string,
  types: readonly string[],
  size = Number.POSITIVE_INFINITY,
): string {
  const columns = types.map((type, at) => ({ name: `c${at}`, type }))
  let written = ''
  const write = (more: string) => {
    written += more
  }
  const output = {
    format,
    write,
    writeBytes: (bytes: Uint8Array) => write(Buffer.from(bytes).toString()),
    finish: () => undefined,
    discard: () => undefined,
  }
  write(headOf(format, columns))
  const writer = openRowWriter(output, columns)
  const scanner = scanRows(writer.readRow, writer.endRow)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size))
  scanner.end()
  writer.flush()
  return written
}

const TYPES = ['STRING', 'INT', 'DOUBLE', 'BOOLEAN', 'ARRAY', 'TIMESTAMP']
const value = fc.oneof(
  fc.constantFrom(null, '', 'NaN', 'true', '[1, 2]', ',', '"', '\r\n', '##[error]x', '#é#[x]', '# [x]', '\u2028::x::'),
  fc.constantFrom(
    '1',
    '0',
    '-0',
    '007',
    '-',
    '1.',
    '.5',
    '12.50',
    '-1.5e3',
    '1 ',
    'a/b\\',
    '\b\f\t',
    'a\nb',
    'a\rb',
    '\u007f',
    '\u0001',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)
const tables = fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    rows: fc.array(fc.array(value, { minLength: types.length, maxLength: types.length }), { maxLength: 10 }),
  }),
)

test.each(['csv', 'jsonl'] as const)('any rows are written as %s as those that come inline', (format) => {
  fc.assert(
    fc.property(tables, fc.boolean(), fc.integer({ min: 1, max: 90 }), ({ types, rows }, escaped, size) => {
      const wellFormed = rows.map((row) => row.map((one) => one?.toWellFormed() ?? null))
      // JSON may escape whatever it likes.
      const text = JSON.stringify(wellFormed)
      const sent = escaped
        ? text
            .replaceAll('/', '\\/')
            .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : text
      const columns = types.map((type, at) => ({ name: `c${at}`, type }))
      const { head, line } = format === 'csv' ? asCsv(columns) : asJsonl(columns)
      expect(write(format, sent, types, size)).toBe(head + wellFormed.map(line).join(''))
    }),
  )
})

/** The rows in a text, or undefined if it holds anything but rows of so many strings and nulls. */
function rowsOf(text: string, width: number): (string | null)[][] | undefined {
  try {
    const rows: unknown = JSON.parse(text)
    const isValue = (one: unknown) => one === null || typeof one === 'string'
    const isRow = (row: unknown) => Array.isArray(row) && row.length === width && row.every(isValue)
    return Array.isArray(rows) && rows.every(isRow) ? rows : undefined
  } catch {
    return undefined
  }
}

const edits = fc.array(
  fc.record({
    at: fc.nat(200),
    taken: fc.integer({ min: 0, max: 2 }),
    put: fc.constantFrom(
      '',
      '[',
      ']',
      '"',
      ',',
      '\\',
      ' ',
      'n',
      'null',
      '\n',
      '\u0000',
      '{',
      '1',
      '"",',
      '\\u0041',
      '\\"',
    ),
  }),
  { minLength: 1, maxLength: 3 },
)

test.each(['csv', 'jsonl'] as const)(
  'of a text that was tampered with, %s is written if it is rows still',
  (format) => {
    const types = ['STRING', 'STRING']
    const columns = types.map((type, at) => ({ name: `c${at}`, type }))
    const { head, line } = format === 'csv' ? asCsv(columns) : asJsonl(columns)
    const rows = fc.array(fc.tuple(value, value), { maxLength: 4 })
    fc.assert(
      fc.property(rows, edits, fc.integer({ min: 1, max: 90 }), (sent, changes, size) => {
        const edited = changes.reduce(
          (before, { at, taken, put }) => before.slice(0, at) + put + before.slice(at + taken),
          JSON.stringify(sent.map((row) => row.map((one) => one?.toWellFormed() ?? null))),
        )
        const text = edited.toWellFormed()
        const expected = rowsOf(text, types.length)
        if (expected === undefined) expect(() => write(format, text, types, size)).toThrow(Fault)
        else expect(write(format, text, types, size)).toBe(head + expected.map(line).join(''))
      }),
      { numRuns: 1000 },
    )
  },
)

test.each(['csv', 'jsonl'] as const)('as %s only rows of two values are written', (format) => {
  for (const row of [
    '"1"',
    '"1","2","3"',
    '"1",null,null',
    '"1","2",',
    '"1""2"',
    '"1"null',
    '"1",nul',
    '"1",nulls',
    '1,2',
  ]) {
    for (const sent of [`[[${row}]]`, `[["1","2"],[${row}]]`, `[[${row}],["1","2"]]`]) {
      for (const size of [1, 5, 100]) {
        expect(() => write(format, sent, ['STRING', 'STRING'], size), sent).toThrow(Fault)
      }
    }
  }
})

// Four bytes are looked at at once, and a byte that is marked must not hide the one before it or behind it.
test.each(['csv', 'jsonl'] as const)('any two characters, at any place of a value, are written as %s', (format) => {
  const columns = [{ name: 'c0', type: 'STRING' }]
  const { head, line } = format === 'csv' ? asCsv(columns) : asJsonl(columns)
  const characters = [...'\u0001\n !"#+,-[\\]a\u007f\u0080é\uffff', '😀']
  const pairs = characters.flatMap((one) => characters.map((other) => one + other))
  const rows = pairs.flatMap((pair) => [0, 1, 2, 3, 4].map((before) => ['x'.repeat(before) + pair]))
  const expected = head + rows.map(line).join('')
  for (const size of [7, 1000]) expect(write(format, JSON.stringify(rows), ['STRING'], size) === expected).toBe(true)
})

test('values of a megabyte are written whole, and so are many of them', () => {
  const rows = Array.from({ length: 3 }, (_, at) => [`${at},"${'x'.repeat(1_000_000)}`, 'é'.repeat(700_000), ''])
  const columns = ['STRING', 'STRING', 'STRING']
  const { line, head } = asCsv(columns.map((type, at) => ({ name: `c${at}`, type })))
  expect(write('csv', JSON.stringify(rows), columns) === head + rows.map(line).join('')).toBe(true)
})

test('of a row with an escape that JSON does not know nothing is written', () => {
  let written = ''
  const columns = [
    { name: 'a', type: 'STRING' },
    { name: 'b', type: 'STRING' },
  ]
  const output = {
    format: 'csv' as const,
    write: () => undefined,
    finish: () => undefined,
    discard: () => undefined,
    writeBytes: (bytes: Uint8Array) => {
      written += Buffer.from(bytes).toString()
    },
  }
  const writer = openRowWriter(output, columns)
  const scanner = scanRows(writer.readRow, writer.endRow)
  expect(() => scanner.push(Buffer.from('[["1","2"],["3","\\q"]]'))).toThrow(Fault)
  writer.flush()
  expect(written.trim()).toBe('1,2')
})
