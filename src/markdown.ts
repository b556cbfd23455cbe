import { CUT_MARK, unicodePattern } from './text.ts'

// GitHub makes a link of an address with @ even where the @ is an entity. An empty comment in the address prevents that.
const entity = (character: string): string => `&#${character.codePointAt(0)};${character === '@' ? '<!-- -->' : ''}`

const markup = unicodePattern(String.raw`(?<![A-Za-z0-9])[-/']|[^\p{L}\p{N}\p{M} ,;()\-/']`)

/** Text of one line as Markdown that shows just that text: no markup, link, mention, cell or tag comes of it. */
export const inMarkdown = (text: string): string => text.toWellFormed().replace(markup(), entity)

const LONGEST_CELL = 250

/** A value in a table or sentence, set as code and cut at 250 characters. */
export function asCode(text: string): string {
  const characters = [...text]
  const shown = characters.slice(0, LONGEST_CELL).join('')
  return `<code>${inMarkdown(shown)}${characters.length > LONGEST_CELL ? CUT_MARK : ''}</code>`
}

/** Lines to copy. The fence is longer than any fence in the text, so that the text cannot end it. */
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
