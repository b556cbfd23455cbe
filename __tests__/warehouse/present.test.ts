import { expect, test } from 'vitest'
import type { Format } from '../../src/warehouse/formats.ts'
import { type PresentedResult, presentResult, rowLimit } from '../../src/warehouse/present.ts'
import type { Column, Row } from '../../src/warehouse/result.ts'
import { codeOf } from '../support/failures.ts'

test.each<[Format, number | undefined, boolean, object]>([
  ['table', undefined, true, { row_limit: 100 }],
  ['markdown', 5, false, { row_limit: 5 }],
  ['csv', undefined, false, { row_limit: 100 }],
  ['csv', 5, false, { row_limit: 100 }],
  ['csv', undefined, true, {}],
  ['jsonl', 5, true, { row_limit: 5 }],
  ['value', undefined, true, { row_limit: 2 }],
  ['value', 1, true, { row_limit: 1 }],
])('as %s with --max-rows %s (last: %s): %j', (format, maxRows, isLast, limit) => {
  expect(rowLimit(format, maxRows, isLast)).toEqual(limit)
})

interface Case {
  format: Format
  columns?: Column[]
  chunks?: Row[][]
  truncated?: boolean
  isLast?: boolean
  isLimited?: boolean
  /** Characters for which the summary has room. */
  room?: number
}

async function* inChunks(chunks: Row[][]): AsyncGenerator<Row[]> {
  for (const chunk of chunks) yield chunk
}

const oneColumn: Column[] = [{ name: 'n', type: 'INT' }]
const numbers = (count: number): Row[] => Array.from({ length: count }, (_, at) => [String(at)])

/** Presents a result, and keeps what goes where. */
async function present({ format, columns = oneColumn, chunks = [[['1']]], truncated = false, ...more }: Case) {
  const { isLast = true, isLimited = true, room } = more
  const [written, told, pages]: [string[], string[], string[]] = [[], [], []]
  const counts = { rowCount: chunks.flat().length, chunkCount: chunks.length }
  const result = { columns, ...counts, truncated, first: { rows: [], next: undefined } }
  const presented: PresentedResult = {
    name: 'The statement',
    id: 'id-1',
    result,
    rows: inChunks(chunks),
    isLast,
    isLimited,
  }
  const output = {
    format,
    write: (text: string) => written.push(text),
    writeBytes: () => undefined,
    finish: () => written.push('(end)'),
    discard: () => undefined,
  }
  const summarize = (markdown: string) => {
    if (markdown.length <= (room ?? 0)) pages.push(markdown)
    return markdown.length <= (room ?? 0)
  }
  const places = {
    output,
    summarize: room === undefined ? undefined : summarize,
    info: (line: string) => told.push(line),
  }
  const count = await presentResult(presented, places, () => 3)
  return { count, written: written.join(''), told, page: pages.join('') }
}

test('lines are written chunk by chunk, and counted', async () => {
  const { count, written, told } = await present({ format: 'csv', chunks: [[['1'], ['2']], [], [['3']]] })
  expect([count, written]).toEqual([3, 'n\n1\n2\n3\n(end)'])
  expect(told).toEqual(['The statement has succeeded: 3 rows, 3 s (statement id id-1).'])
})

test.each<[Format, string]>([
  ['csv', '(end)'],
  ['jsonl', '(end)'],
  ['table', '(end)'],
  ['markdown', '(end)'],
])('a result without columns is nothing as %s', async (format, written) => {
  expect(await present({ format, columns: [], chunks: [] })).toMatchObject({ count: 0, written })
})

test.each<[Format, string]>([
  ['csv', ''],
  ['value', ''],
  ['table', '|   n |\n|-----|\n|   1 |\n'],
  ['markdown', '| n |\n| ---: |\n| 1 |\n\n'],
])('a result before the last, as %s', async (format, written) => {
  expect(await present({ format, isLast: false })).toMatchObject({ count: 1, written })
})

test.each<[Format, string]>([
  ['table', 'More rows exist: --max-rows shows more.\n(end)'],
  ['markdown', '\n\nMore rows exist: --max-rows shows more.\n(end)'],
])('of a part it is said that there is more, as %s', async (format, end) => {
  const { written, told } = await present({ format, truncated: true })
  expect(written.endsWith(end)).toBe(true)
  expect(told).toEqual(['The statement has succeeded: 1 row, and more exist, 3 s (statement id id-1).'])
})

test('a part that nobody asked for is an error', async () => {
  expect(await codeOf(() => present({ format: 'csv', truncated: true, isLimited: false }))).toBe('RESULT_INVALID')
  expect(await codeOf(() => present({ format: 'csv', truncated: false, isLimited: false }))).toBe('none')
})

test.each([
  [100, false],
  [101, true],
])('the summary of %i rows says that more exist: %s', async (count, says) => {
  const chunks = [numbers(60), numbers(count - 60), []]
  const { page } = await present({ format: 'csv', chunks, room: 10_000 })
  expect(page.split('\n').filter((line) => /^\| \d+ \|$/.test(line))).toHaveLength(100)
  expect(page.includes('\nMore rows exist.\n')).toBe(says)
})

test('a table that does not fit is left out of the summary, and the rest stays', async () => {
  const { page } = await present({ format: 'value', room: 100 })
  expect(page).toContain('### The statement has succeeded\n\n1 row, 3 s\n\n| n |')
  const little = await present({ format: 'value', chunks: [[['x'.repeat(150)]]], room: 120 })
  expect(little.page).toBe('### The statement has succeeded\n\n1 row, 3 s\n\nThe table is too large for a summary.\n\n')
})
