import { expect, test } from 'vitest'
import { cases } from '../../clients/cases.ts'
import { beginningOf, MARKS } from '../../clients/table.ts'
import { readPage } from './markdown.ts'

const page = readPage('docs/clients.md')
const [, table = ''] = page.split(MARKS[0])
const rows = (table.split(MARKS[1])[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)

test('the table of clients has a row for each case that exists, with the version that is installed', () => {
  const written = rows.map((row) => row.slice(0, row.lastIndexOf('|', row.length - 2) + 1))
  expect(written).toEqual(cases.map(beginningOf))
})

test('the table shows what was run, and why not where nothing was', () => {
  const results = rows.map((row) => row.split('|').at(-2)?.trim() ?? '')
  expect(results.filter((result) => !/^(passed|unproven: \w.*)$/.test(result))).toEqual([])
})
