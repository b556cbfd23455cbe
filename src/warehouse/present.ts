import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import { inMarkdown } from '../markdown.ts'
import { type Format, rulesOf } from './formats.ts'
import type { Output } from './output.ts'
import type { Row } from './result.ts'
import type { LineFormat } from './row-formats.ts'
import type { StatementResponse } from './statement-response.ts'
import { asMarkdown } from './table.ts'

/** A result, and where it stands in its call. */
export interface PresentedResult {
  name: string
  /** Of the statement. */
  id: string
  result: NonNullable<StatementResponse['result']>
  rows: AsyncIterable<readonly Row[]>
  /** In place of the rows: writes them, and gives back the first of them, and how many there are. */
  writeRows?: (output: Output) => Promise<{ first: Row[]; count: number }>
  isLast: boolean
  /** Whether a part of the rows was asked for: otherwise a part is an error. */
  isLimited: boolean
}

export interface Places extends Pick<Log, 'info'> {
  output: Output
  /** Adds to the job summary, if that is wanted; false if it does not fit. */
  summarize: ((markdown: string) => boolean) | undefined
}

const SUMMARY_ROWS = 100
// Only the last result is written to a file. Of an earlier one nobody is shown more than its summary.
const UNSEEN_ROWS = SUMMARY_ROWS

/** How many rows of a result are asked for, as the API takes it; all of them where it is empty. */
export function rowLimit(format: Format, maxRows: number | undefined, isLast: boolean): { row_limit?: number } {
  const { showsEach, rows } = rulesOf(format)
  const limit = isLast || showsEach ? (maxRows ?? rows) : UNSEEN_ROWS
  return limit === undefined ? {} : { row_limit: limit }
}

/** Writes a result as its rows come; gives back how many came, and the first of them. */
async function writeLines({ head, line }: LineFormat, { result, rows }: PresentedResult, output: Output) {
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

async function write(presented: PresentedResult, output: Output) {
  const { result, rows, isLast, writeRows } = presented
  if (writeRows !== undefined) return writeRows(output)
  const { writer, showsEach } = rulesOf(output.format)
  if (!isLast && !showsEach) return collect(rows)
  if ('lines' in writer) return writeLines(writer.lines(result.columns), presented, output)
  const collected = await collect(rows)
  output.write(writer.whole(result.columns, collected.first, result.truncated))
  return collected
}

function refuseCut({ name, result, isLimited }: PresentedResult): void {
  if (!result.truncated || isLimited) return
  throw new ActionError('RESULT_INVALID', `The result of ${name} was cut by the server, unasked.`)
}

const counted = (count: number, hasMore: boolean): string => {
  const rows = count === 1 ? '1 row' : `${count} rows`
  return hasMore ? `${rows}, and more exist` : rows
}

/**
 * Says of a statement that Databricks has closed that it has succeeded: of its result nothing can be had.
 *
 * @param isWanted whether the call needs the rows
 * @throws ActionError RESULT_GONE
 */
export function presentGone({ id, name }: { id: string; name: string }, isWanted: boolean, places: Places): void {
  if (isWanted) {
    const told = `${name} has run, and succeeded (statement id ${id}). Its result is gone: Databricks has closed it.`
    throw new ActionError('RESULT_GONE', told)
  }
  places.info(`${name} has succeeded. Databricks has closed it, and shows no result (statement id ${id}).`)
  places.summarize?.(`### ${inMarkdown(name)} has succeeded\n\nDatabricks has closed it, and shows no result.\n\n`)
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
  const { name, id, result, isLast } = presented
  const { output, summarize, info } = places
  refuseCut(presented)
  const { first, count } = await write(presented, output)
  if (isLast) output.finish()
  const told = `${counted(count, result.truncated)}, ${elapsed()} s`
  info(`${name} has succeeded: ${told} (statement id ${id}).`)
  if (summarize !== undefined) {
    const head = `### ${inMarkdown(name)} has succeeded\n\n${told}\n\n`
    const shown = asMarkdown(result.columns, first.slice(0, SUMMARY_ROWS))
    const more = count > SUMMARY_ROWS || result.truncated ? '\nMore rows exist.\n' : ''
    if (!summarize(`${head}${shown}${more}\n`)) summarize(`${head}The table is too large for a summary.\n\n`)
  }
  return count
}
