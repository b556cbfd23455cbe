import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Output } from './output.ts'
import type { Row } from './result.ts'
import { lineFormat, singleValue } from './row-formats.ts'
import type { Format } from './sql-options.ts'
import type { StatementResponse } from './statement-response.ts'
import { asMarkdown, asTable } from './table.ts'

/** A result, and where it stands in its call. */
export interface PresentedResult {
  name: string
  result: NonNullable<StatementResponse['result']>
  rows: AsyncIterable<readonly Row[]>
  isLast: boolean
  /** Whether a part of the rows was asked for: otherwise a part is an error. */
  isLimited: boolean
}

interface Places extends Pick<Log, 'info'> {
  output: Output
  /** Adds to the job summary, if that is wanted; false if it does not fit. */
  summarize: ((markdown: string) => boolean) | undefined
}

const SUMMARY_ROWS = 100
const TABLE_ROWS = 100
// Of a result before the last that goes to a file: nobody is shown more than its summary.
const UNSEEN_ROWS = SUMMARY_ROWS

/** How many rows of a result are asked for, as the API takes it; all of them where it is empty. */
export function rowLimit(format: Format, maxRows: number | undefined, isLast: boolean): { row_limit?: number } {
  if (format === 'table' || format === 'markdown') return { row_limit: maxRows ?? TABLE_ROWS }
  if (!isLast) return { row_limit: UNSEEN_ROWS }
  if (maxRows !== undefined) return { row_limit: maxRows }
  // The second row tells that there is more than one.
  return format === 'value' ? { row_limit: 2 } : {}
}

/** Writes a result as its rows come; gives back how many came, and the first of them. */
async function writeLines(format: 'csv' | 'jsonl', { result, rows }: PresentedResult, output: Output) {
  const { head, line } = lineFormat(format, result.columns)
  if (result.columns.length > 0) output.write(head)
  const first: Row[] = []
  let count = 0
  for await (const chunk of rows) {
    output.write(chunk.map(line).join(''))
    count += chunk.length
    if (first.length < SUMMARY_ROWS) first.push(...chunk.slice(0, SUMMARY_ROWS - first.length))
  }
  return { first, count }
}

async function collect(rows: PresentedResult['rows']) {
  const first: Row[] = []
  for await (const chunk of rows) for (const row of chunk) first.push(row)
  return { first, count: first.length }
}

function writeWhole(rows: readonly Row[], { result: { columns, truncated } }: PresentedResult, output: Output): void {
  const { format } = output
  if (format === 'value') output.write(`${singleValue(columns, rows, truncated)}\n`)
  else {
    const table = format === 'markdown' ? `${asMarkdown(columns, rows)}\n` : asTable(columns, rows)
    if (columns.length > 0) output.write(table + (truncated ? `${MORE}\n` : ''))
  }
}

const MORE = 'More rows exist: --max-rows shows more.'

function refuseCut({ name, result, isLimited }: PresentedResult): void {
  if (!result.truncated || isLimited) return
  throw new ActionError('RESULT_INVALID', `The result of ${name} was cut by the server, unasked.`)
}

const counted = (count: number, hasMore: boolean): string => {
  const rows = count === 1 ? '1 row' : `${count} rows`
  return hasMore ? `${rows}, and more exist` : rows
}

/**
 * Writes a result: each to a table, to markdown and to the summary, the last one alone to the other formats. Resolves to
 * the number of its rows that came.
 *
 * @param elapsed seconds since the statement was started
 * @throws ActionError RESULT_UNFIT, RESULT_UNWRITABLE and those of `rows`; BrokenPipe
 */
export async function presentResult(
  presented: PresentedResult,
  places: Places,
  elapsed: () => number,
): Promise<number> {
  const { name, result, rows, isLast } = presented
  const { output, summarize, info } = places
  const { format } = output
  refuseCut(presented)
  const isLines = format === 'csv' || format === 'jsonl'
  const { first, count } = isLines && isLast ? await writeLines(format, presented, output) : await collect(rows)
  if (!isLines && (isLast || format !== 'value')) writeWhole(first, presented, output)
  if (isLast) output.finish()
  const told = `${counted(count, result.truncated)}, ${elapsed()} s`
  info(`${name} has succeeded: ${told}.`)
  if (summarize !== undefined) {
    const head = `### ${name} has succeeded\n\n${told}\n\n`
    const shown = asMarkdown(result.columns, first.slice(0, SUMMARY_ROWS))
    const more = count > SUMMARY_ROWS || result.truncated ? '\nMore rows exist.\n' : ''
    if (!summarize(`${head}${shown}${more}\n`)) summarize(`${head}The table is too large for a summary.\n\n`)
  }
  return count
}
