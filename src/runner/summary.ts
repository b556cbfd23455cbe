import { appendFileSync, closeSync, constants, fstatSync, openSync } from 'node:fs'

// More, and the runner shows nothing of a step's summary (actions/runner, CreateStepSummaryCommand).
const MAX_BYTES = 1024 * 1024
// The runner has made the file; none is made where the variable names something else, and no pipe is waited for.
const EXISTING_FILE = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK

/**
 * Adds to the summary of a step. A summary is a courtesy: what cannot be written is left out.
 *
 * @param file GITHUB_STEP_SUMMARY
 * @param markdown with everything from outside escaped
 * @returns false if it was not added; nothing of it is then
 */
export function appendSummary(file: string | undefined, markdown: string): boolean {
  try {
    const descriptor = openSync(file ?? '', EXISTING_FILE)
    try {
      if (fstatSync(descriptor).size + Buffer.byteLength(markdown) > MAX_BYTES) return false
      appendFileSync(descriptor, markdown)
      return true
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}

/** The bound of a page about a login, in bytes. */
export const PAGE_BYTES = 64 * 1024

/** Adds a page about a login; a longer one than PAGE_BYTES is left out. */
export const appendPage = (file: string | undefined, markdown: string): boolean =>
  Buffer.byteLength(markdown) <= PAGE_BYTES && appendSummary(file, markdown)

// An address with @ would become a link all the same, unless something stands in it.
const entity = (character: string): string => `&#${character.codePointAt(0)};${character === '@' ? '<!-- -->' : ''}`

/** Text of one line as Markdown that shows just that text: no markup, link, mention, cell or tag comes of it. */
export const inMarkdown = (text: string): string =>
  text.toWellFormed().replace(/(?<![A-Za-z0-9])[-/']|[^A-Za-z0-9 ,;()\-/']/gu, entity)

const LONGEST_CELL = 250

/** A value in a table or sentence, set as code and cut at 250 characters. */
export function asCode(text: string): string {
  const characters = [...text]
  const shown = characters.slice(0, LONGEST_CELL).join('')
  return `<code>${inMarkdown(shown)}${characters.length > LONGEST_CELL ? ' …' : ''}</code>`
}

/** Lines to copy. The fence is longer than any in the text, which so cannot end it. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** A table; the cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** What can be opened under a title. */
export const folded = (title: string, body: string): string =>
  `<details><summary>${inMarkdown(title)}</summary>\n\n${body}\n\n</details>`

/** Plain text as a page: a paragraph as it is, several lines together as lines to copy. */
export const textAsPage = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => (part.includes('\n') ? fenced(part) : inMarkdown(part)))
    .join('\n\n')
