import { fenced, inMarkdown } from '../markdown.ts'
import { withoutCommands } from '../workflow-commands.ts'
import { type Column, escapeForLog, isNumeric, type Row } from './result.ts'

const MAX_CELL = 200

// A longer cell is cut, since every row would be padded to its width.
function cut(text: string): string {
  if (text.length <= MAX_CELL) return text
  return `${text.slice(0, MAX_CELL).toWellFormed()}…`
}

const cell = (value: string | null): string => (value === null ? 'NULL' : escapeForLog(cut(value)))

// East Asian letters and emoji are two cells wide in a terminal, marks above a letter none.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

// The answer of SHOW CREATE TABLE and EXPLAIN is one text of many lines. A part of it would be of no use, so it is not cut.
const WHOLE_TEXTS = new Set(['createtab_stmt', 'plan'])

/** The lines of a result that is one such text; undefined for any other. */
function linesOfText([column, ...others]: readonly Column[], [row, ...more]: readonly Row[]): string[] | undefined {
  const value = row?.[0] ?? null
  if (column === undefined || others.length > 0 || more.length > 0 || value === null) return undefined
  if (!WHOLE_TEXTS.has(column.name)) return undefined
  return value.split(/\r\n|[\r\n]/).map(escapeForLog)
}

/** An aligned table for people. Each line begins with a border, so that none is a workflow command. */
export function asTable(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = linesOfText(columns, rows)
  if (lines !== undefined)
    return [...columns.map(({ name }) => name), '---', ...lines].map((line) => `| ${line}\n`).join('')
  const head = columns.map(({ name }) => cell(name))
  const body = rows.map((row) => columns.map((_, at) => cell(row[at] ?? null)))
  // Math.max with a spread would fail here: a call takes some 100,000 arguments.
  const widths = columns.map((_, at) =>
    [head, ...body].reduce((widest, line) => Math.max(widest, widthOf(line[at] ?? '')), 3),
  )
  const pad = (text: string, at: number) => {
    const column = columns[at]
    const space = ' '.repeat((widths[at] ?? 0) - widthOf(text))
    return column !== undefined && isNumeric(column) ? space + text : text + space
  }
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |\n`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`
  return columns.length === 0 ? '' : [line(head), rule, ...body.map(line)].join('')
}

/** A table of GitHub's Markdown in which every value is text: no markup, link, image or mention. */
export function asMarkdown(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = linesOfText(columns, rows)
  if (lines !== undefined) return `${fenced(lines.map(withoutCommands).join('\n'))}\n`
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const head = line(columns.map(({ name }) => inMarkdown(cell(name))))
  const rule = line(columns.map((column) => (isNumeric(column) ? '---:' : '---')))
  const body = rows.map((row) => line(columns.map((_, at) => inMarkdown(cell(row[at] ?? null)))))
  return columns.length === 0 ? '' : [head, rule, ...body].join('')
}
