import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientCase, cases, outages } from './cases.ts'
import { partCalled, versionOf } from './setup/parts.ts'

/** A table of docs/clients.md. */
export interface Table {
  /** Of its columns. */
  readonly head: string
  readonly rows: readonly ClientCase[]
  /** Stand before and after it in the page. */
  readonly marks: readonly [string, string]
}

const marks = (name: string) =>
  [`<!-- ${name}, written by npm run test:clients -->`, `<!-- end of ${name} -->`] as const

/** The one of what was run, and the one of what a client sees while nothing can be renewed. */
export const tables: readonly Table[] = [
  { head: '| client | way of use | package | result |', rows: cases, marks: marks('clients') },
  {
    head: '| client | way of use | package | failed | the first failure | longest wait | works again |',
    rows: outages,
    marks: marks('outage'),
  },
]

/** The first cells of a row: what it is about, and nothing of how it went. */
export function beginningOf({ client, way, pinned }: ClientCase): string {
  const installed = pinned ? `\`${pinned.name}\` ${versionOf(partCalled(pinned.part), pinned.name)}` : ''
  return `| ${client} | ${way} | ${installed} |`
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
 * A table in Markdown.
 *
 * @param results the folder where each case left its result
 */
export const linesOf = ({ head, rows }: Table, results: string): string[] => [
  head,
  head.replaceAll(/ [^|]+ /g, '---'),
  ...rows.map((one) => `${beginningOf(one)} ${resultOf(one, results)} |`),
]

/** Puts the lines of a table between its marks of a page. */
export function replaceTable(page: string, { marks }: Table, lines: readonly string[]): string {
  const [begin, end] = marks.map((mark) => page.indexOf(mark))
  if (begin === undefined || end === undefined || begin < 0 || end < begin) throw new Error('no marks')
  return `${page.slice(0, begin + marks[0].length)}\n\n${lines.join('\n')}\n\n${page.slice(end)}`
}
