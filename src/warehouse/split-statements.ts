import { trackBlocks } from './blocks.ts'
import { type Lexeme, lexemesOf, lineBreaksIn } from './lexemes.ts'
import { usageError } from './usage-error.ts'

/** One statement of a text. */
export interface Statement {
  /** As it is sent, without the `;` that ended it. */
  text: string
  /** Where that text begins, which may be a comment, counted from 1. */
  textLine: number
  /** Where its first word stands, counted from 1. */
  line: number
  /** Its first lexemes, words in upper case: what it is. */
  begins: readonly string[]
  /** Names of the markers `:name` in it. */
  markers: ReadonlySet<string>
}

// The words that tell what a statement is, as in CREATE OR REPLACE GLOBAL TEMPORARY VIEW.
const FIRST_LEXEMES = 6

/** A statement while it is being read. */
interface Reading {
  start: number
  /** Where its first lexeme stands; undefined while there is none but gaps. */
  first: number | undefined
  begins: string[]
  markers: Set<string>
}

const startReading = (start: number): Reading => ({ start, first: undefined, begins: [], markers: new Set() })

function read(reading: Reading, { kind, text, start }: Lexeme): void {
  reading.first ??= start
  if (kind === 'marker') reading.markers.add(text)
  if (reading.begins.length < FIRST_LEXEMES) reading.begins.push(text)
}

// SET TAG is a statement about a table; every other SET is about a session.
const NEEDS_SESSION =
  /^(SET(?! (TAG|CATALOG)\b)|RESET|DECLARE|COMMIT|ROLLBACK|START TRANSACTION|BEGIN(?= (TRANSACTION|WORK)\b|$)|(CREATE|DROP)( OR REPLACE)?( GLOBAL| LOCAL)? TEMP(ORARY)?)\b/

function refuseUnfit({ begins }: Pick<Statement, 'begins'>, line: number): void {
  const [found] = NEEDS_SESSION.exec(begins.join(' ')) ?? []
  if (found === undefined) return
  throw usageError(
    `The statement in line ${line} begins with ${found}, which needs a session; each statement is a request of its own, without one`,
    'Statements that need each other go into one BEGIN … END, and those that have to take effect together into one BEGIN ATOMIC … END.',
  )
}

interface Pair {
  lexeme: Lexeme
  next: Lexeme | undefined
}

/** The lexemes that are no gap, each with the one after it. */
function* pairsOf(text: string): Generator<Pair> {
  let lexeme: Lexeme | undefined
  for (const next of lexemesOf(text)) {
    if (next.kind === 'gap') continue
    if (lexeme !== undefined) yield { lexeme, next }
    lexeme = next
  }
  if (lexeme !== undefined) yield { lexeme, next: undefined }
}

const lineAt = (text: string, at: number): number => 1 + lineBreaksIn(text.slice(0, at))

/** Where each statement of a text stands. */
function readingsOf(text: string): (Reading & { first: number; end: number })[] {
  const readings: (Reading & { first: number; end: number })[] = []
  let reading = startReading(0)
  let blocks = trackBlocks()
  const finish = (end: number) => {
    const { first } = reading
    if (first !== undefined) readings.push({ ...reading, first, end })
    reading = startReading(end + 1)
    blocks = trackBlocks()
  }
  for (const { lexeme, next } of pairsOf(text)) {
    if (lexeme.kind === 'end' && blocks.open.length === 0) finish(lexeme.start)
    else {
      read(reading, lexeme)
      blocks.read(lexeme, next)
    }
  }
  const [outermost] = blocks.open
  if (outermost !== undefined) {
    throw usageError(
      `The BEGIN in line ${lineAt(text, outermost)} has no END`,
      'Close the block with END. A semicolon has to stand before END, unless the block is empty.',
    )
  }
  finish(text.length)
  return readings
}

/**
 * Splits a text at each `;` that ends a statement: outside of quotes, comments and BEGIN … END. Parts without a
 * statement are left out.
 *
 * @throws ActionError SQL_CALL_INVALID: no statement, a quote, a comment or a BEGIN without end, a statement that needs a
 *   session
 */
export function splitStatements(text: string): Statement[] {
  const readings = readingsOf(text)
  if (readings.length === 0) throw usageError('The text holds no statement', 'Check the file, or what stdin brings.')
  let [line, counted] = [1, 0]
  // Lines are counted on from the statement before, since a file may hold thousands of statements.
  const lineOf = (at: number) => {
    line += lineBreaksIn(text.slice(counted, at))
    counted = at
    return line
  }
  return readings.map(({ start, first, end, begins, markers }) => {
    const own = text.slice(start, end)
    const textLine = lineOf(start + own.length - own.trimStart().length)
    const statement = { text: own.trim(), textLine, line: lineOf(first), begins, markers }
    refuseUnfit(statement, statement.line)
    return statement
  })
}
