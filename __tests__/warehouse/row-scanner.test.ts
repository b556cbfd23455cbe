import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../../src/http/fault.ts'
import {
  endOfText,
  INCOMPLETE,
  type RowReader,
  scanRow,
  scanRows,
  type ValueSink,
} from '../../src/warehouse/row-scanner.ts'
import { anyCharacter } from '../support/any-character.ts'

/** Keeps the values of the row that is scanned. */
function sinkOf(row: (string | null)[]): ValueSink {
  return {
    beginRow: () => row.splice(0),
    text: ({ bytes }, start, limit) => {
      const end = endOfText(bytes, start, limit)
      if (end !== INCOMPLETE) row.push(JSON.parse(`"${bytes.toString('utf8', start, end)}"`))
      return end
    },
    nothing: () => row.push(null),
  }
}

/** The rows of a text that comes in pieces of these sizes, the last one again and again. */
function scan(text: string, width: number, sizes: readonly number[] = [7]): (string | null)[][] {
  const bytes = Buffer.from(text)
  const rows: (string | null)[][] = []
  const row: (string | null)[] = []
  const readRow: RowReader = (from, start, limit) => scanRow(from, start, limit, width, sinkOf(row))
  const scanner = scanRows(readRow, (held, start, end) => {
    expect(JSON.parse(held.toString('utf8', start, end))).toEqual(row)
    rows.push([...row])
  })
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const size = sizes[Math.min(piece, sizes.length - 1)] ?? 1
    scanner.push(bytes.subarray(at, at + size))
    at += size
  }
  scanner.end()
  return rows
}

const anyRows = fc.integer({ min: 0, max: 4 }).chain((width) => {
  const value = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: anyCharacter }),
  )
  return fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 20 }),
  })
})

test('any rows are read, whatever the pieces in which they come and the space between', () => {
  fc.assert(
    fc.property(
      anyRows,
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(undefined, 1, '\t'),
      ({ width, rows }, sizes, space) => {
        // A lone surrogate is none in UTF-8.
        const wellFormed = rows.map((row) => row.map((value) => value?.toWellFormed() ?? null))
        expect(scan(JSON.stringify(rows, null, space), width, sizes)).toEqual(wellFormed)
      },
    ),
  )
})

test.each([
  ['', 'breaks off'],
  ['[', 'breaks off'],
  ['[["1"]', 'breaks off'],
  ['[["1"],', 'breaks off'],
  ['[["1', 'breaks off'],
  ['[["1\\', 'breaks off'],
  ['[[nul', 'breaks off'],
  ['<html>', 'is no list of rows'],
  ['{"data_array":[]}', 'is no list of rows'],
  ['[["1"]]]', 'goes on behind its end'],
  ['[["1"]["2"]]', 'holds something else than rows'],
  ['[["1"],]', 'holds something else than rows'],
  ['["1"]', 'holds something else than rows'],
  ['[["1","2"]]', 'has a row that does not fit its columns'],
  ['[[]]', 'holds a value that is neither text nor null'],
  ['[[1]]', 'holds a value that is neither text nor null'],
  ['[[nulL]]', 'holds a value that is neither text nor null'],
  ['[["1" 2]]', 'has a row that does not fit its columns'],
  ['[["a\nb"]]', 'holds a character that JSON does not allow'],
])('%j %s, which may pass', (text, what) => {
  for (const size of [1, 2, 100]) {
    try {
      scan(text, 1, [size])
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Fault)
      expect(thrown).toMatchObject({ transient: true, failure: { message: `A part of the result ${what}.` } })
    }
  }
})
