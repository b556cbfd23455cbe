import { usageError } from './usage-error.ts'

/** A lexeme of Databricks SQL, as far as it matters for where a statement ends. */
export interface Lexeme {
  /** `gap` is space or a comment, `other` everything that is none of the rest: a quote, a number, a sign. */
  kind: 'gap' | 'word' | 'marker' | 'end' | 'other'
  /** A word in upper case, a marker without its colon. */
  text: string
  /** Where it begins and ends. */
  start: number
  end: number
}

// A backslash right before LF continues a comment (Spark, SqlBaseLexer.g4); before CR LF it does not.
const GAP = /\s+|--(?:\\\n|[^\r\n])*/y
// The group `end` is empty if the text ends before the quote does. A backslash escapes in plain strings alone.
const QUOTED = [
  /[rR]'[^']*(?<end>'?)/y,
  /[rR]"[^"]*(?<end>"?)/y,
  /'[^'\\]*(?:\\.[^'\\]*)*(?<end>'?)/sy,
  /"[^"\\]*(?:\\.[^"\\]*)*(?<end>"?)/sy,
  /`[^`]*(?:``[^`]*)*(?<end>`?)/y,
  /\$(?<tag>[A-Za-z]*)\$.*?(?<end>\$\k<tag>\$|$)/sy,
]
const WORD = /[A-Za-z_]\w*/y
const NUMBER = /\d\w*/y
// A colon after a value begins no marker: `raw:owner` is a path into the value, and `::` is a cast.
const MARKER = /(?<![\w:\])'"`]):([A-Za-z_]\w*)/y

export const lineBreaksIn = (text: string): number => text.split(/\r\n|\n|\r/).length - 1

const notClosed = (what: string, text: string, at: number) =>
  usageError(
    `The ${what} that begins in line ${1 + lineBreaksIn(text.slice(0, at))} has no end`,
    'Close it, and check what the shell made of the text: --file and - take it as it is.',
  )

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

// Comments of this kind may contain each other.
function endOfComment(text: string, start: number): number {
  const bounds = /\/\*|\*\//g
  bounds.lastIndex = start
  let depth = 0
  for (let found = bounds.exec(text); found !== null; found = bounds.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return bounds.lastIndex
  }
  throw notClosed('comment', text, start)
}

function endOfQuote(text: string, start: number): number | undefined {
  for (const pattern of QUOTED) {
    const found = matchAt(pattern, text, start)
    if (found === null) continue
    if (found.groups?.['end'] === '') throw notClosed('quote', text, start)
    return pattern.lastIndex
  }
  return undefined
}

function lexemeAt(text: string, start: number): Lexeme {
  const lexeme = (kind: Lexeme['kind'], end: number, own = text.slice(start, end)) => ({ kind, text: own, start, end })
  if (matchAt(GAP, text, start) !== null) return lexeme('gap', GAP.lastIndex)
  if (text.startsWith('/*', start)) return lexeme('gap', endOfComment(text, start))
  const quote = endOfQuote(text, start)
  if (quote !== undefined) return lexeme('other', quote)
  const [word] = matchAt(WORD, text, start) ?? []
  if (word !== undefined) return lexeme('word', WORD.lastIndex, word.toUpperCase())
  const [, marker] = matchAt(MARKER, text, start) ?? []
  if (marker !== undefined) return lexeme('marker', MARKER.lastIndex, marker)
  if (matchAt(NUMBER, text, start) !== null) return lexeme('other', NUMBER.lastIndex)
  return lexeme(text[start] === ';' ? 'end' : 'other', start + 1)
}

/**
 * The lexemes of a text, one after the other (Databricks SQL language reference, "Literals", "Comments").
 *
 * @throws ActionError SQL_CALL_INVALID for a quote or a comment without an end
 */
export function* lexemesOf(text: string): Generator<Lexeme> {
  for (let at = 0; at < text.length; ) {
    const lexeme = lexemeAt(text, at)
    yield lexeme
    at = lexeme.end
  }
}
