import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientCase, cases } from './cases.ts'
import { partCalled, versionOf } from './setup/parts.ts'

const HEAD = ['| client | way of use | version | result |', '|---|---|---|---|']

/** Stand before and after the table in docs/clients.md. */
export const MARKS = ['<!-- written by npm run test:clients -->', '<!-- end -->'] as const

/** The first cells of a row: what it is about, and nothing of how it went. */
export function beginningOf({ client, way, pinned }: ClientCase): string {
  const version = pinned ? versionOf(partCalled(pinned.part), pinned.name) : ''
  return `| ${client} | ${way} | ${version} |`
}

function resultOf({ id, unproven }: ClientCase, results: string): string {
  if (unproven !== undefined) return `unproven: ${unproven}`
  try {
    return readFileSync(join(results, id), 'utf8')
  } catch {
    return 'not run'
  }
}

/**
 * The conformance table, in Markdown.
 *
 * @param results the folder where each case left its result
 */
export const tableOf = (results: string): string[] => [
  ...HEAD,
  ...cases.map((one) => `${beginningOf(one)} ${resultOf(one, results)} |`),
]

/** Puts a table between the marks of a page. */
export function replaceTable(page: string, table: readonly string[]): string {
  const [begin, end] = MARKS.map((mark) => page.indexOf(mark))
  if (begin === undefined || end === undefined || begin < 0 || end < begin) throw new Error('no marks')
  return `${page.slice(0, begin + MARKS[0].length)}\n\n${table.join('\n')}\n\n${page.slice(end)}`
}
