import { describe, expect, test } from 'vitest'
import { beginningOf, type Table, tables } from '../../clients/table.ts'
import { readPage } from './markdown.ts'

const page = readPage('docs/clients.md')

function rowsOf({ marks: [begin, end] }: Table): string[] {
  const [, table = ''] = page.split(begin)
  const lines = (table.split(end)[0] ?? '').split('\n')
  return lines.filter((line) => line.startsWith('| ')).slice(1)
}

const [ran, outage] = tables.map((table) => ({ rows: rowsOf(table), cases: table.rows }))

/** What is written after the first three cells of a row. */
const resultOf = (row: string): string => row.split(' | ').slice(3).join(' | ').replace(/ \|$/, '')

describe.each([
  ['of clients', ran],
  ['of the outage', outage],
])('the table %s', (_name, table) => {
  test('has a row for each case that exists, with the version that is installed', () => {
    const { rows = [], cases = [] } = table ?? {}
    expect(rows.map((row) => row.slice(0, row.length - resultOf(row).length - 3))).toEqual(cases.map(beginningOf))
  })
})

test('the table of clients shows what was run, and why not where nothing was', () => {
  const results = ran?.rows.map(resultOf) ?? []
  expect(results.filter((result) => !/^(passed(, with [^|]+)?|unproven: \w.*)$/.test(result))).toEqual([])
})

test('the table of the outage shows what was measured, and why not where nothing was', () => {
  const results = outage?.rows.map(resultOf) ?? []
  const measured = /^\d+ of \d+ \| .+ \| \d+ s \| after \d+ s$/
  expect(results.filter((result) => !measured.test(result) && !/^unproven: \w[^|]*$/.test(result))).toEqual([])
})

/** By what a row of the first table shows which way, in the order of the columns of the second. */
const WAYS = [
  /\b(from the environment|environment that the action exports)/,
  / in front,/,
  /`stay_logged_in`/,
  /`databricks-token exec/,
]

test('which ways work is in italics where no row shows it, and nowhere else', () => {
  const [, table = ''] = page.split('## Which ways work\n')
  const lines = (table.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '))
  const cells = lines.slice(1).map((line) => line.slice(2, -2).split(' | '))
  const shown = cells.flatMap(([names = '', ...ways]) =>
    names.split(/[,;] (?!a JDBC tool)/).map((client) => [client, ...ways.map((way) => !way.startsWith('*'))]),
  )
  const passed = (ran?.rows ?? []).filter((row) => resultOf(row).startsWith('passed'))
  const expected = shown.map(([client]) => [
    client,
    ...WAYS.map((way) => passed.some((row) => row.startsWith(`| ${client} |`) && way.test(row))),
  ])
  expect(shown).toEqual(expected)
})
