import { type Lexeme, lexemesOf, lineBreaksIn } from './lexemes.ts'
import { usageError } from './usage-error.ts'

/** One statement of a text. */
export interface Statement {
  /** As it is sent, without the `;` that ended it. */
  text: string
  /** Where its first word stands, counted from 1. */
  line: number
  /** Names of the markers `:name` in it. */
  markers: ReadonlySet<string>
}

// Those that tell what a statement is: CREATE OR REPLACE GLOBAL TEMPORARY VIEW.
const FIRST_WORDS = 6

/** A statement while it is being read. */
interface Reading {
  start: number
  /** Where its first lexeme stands; undefined while there is none but gaps. */
  first: number | undefined
  words: string[]
  markers: Set<string>
  /** Whether a compound statement has begun, and how many BEGIN and CASE in it wait for their END. */
  inCompound: boolean
  depth: number
  before: string
}

const startReading = (start: number): Reading => ({
  start,
  first: undefined,
  words: [],
  markers: new Set(),
  inCompound: false,
  depth: 0,
  before: '',
})

// A statement may begin with it, or with a label and it; the body of a procedure may be one.
function opensCompound({ words, before }: Reading, word: string): boolean {
  if (word !== 'BEGIN') return false
  const isLabelled = words.length === 1 && before === ':'
  return words.length === 0 || isLabelled || (words[0] === 'CREATE' && words.includes('PROCEDURE'))
}

// CASE ends with END, or with END CASE. IF, LOOP and the like end with an END that names them.
function depthAfter({ depth, before }: Reading, word: string): number {
  if (word === 'BEGIN' || (word === 'CASE' && before !== 'END')) return depth + 1
  if (word === 'END') return depth - 1
  return before === 'END' && /^(IF|LOOP|WHILE|REPEAT|FOR)$/.test(word) ? depth + 1 : depth
}

function read(reading: Reading, { kind, text, start }: Lexeme): void {
  if (kind === 'gap') return
  reading.first ??= start
  if (kind === 'marker') reading.markers.add(text)
  if (kind === 'word') {
    reading.inCompound ||= opensCompound(reading, text)
    if (reading.inCompound) reading.depth = depthAfter(reading, text)
    if (reading.words.length < FIRST_WORDS) reading.words.push(text)
  }
  reading.before = kind === 'word' || text === ':' ? text : ''
}

// SET TAG is a statement about a table; every other SET is about a session.
const NEEDS_SESSION =
  /^(USE|SET(?! TAG\b)|RESET|DECLARE|COMMIT|ROLLBACK|START TRANSACTION|BEGIN TRANSACTION|(CREATE|DROP)( OR REPLACE)?( GLOBAL| LOCAL)? TEMP(ORARY)?)\b/

function refuseUnfit({ words, inCompound }: Reading, line: number, isAlone: boolean): void {
  const [begins] = NEEDS_SESSION.exec(words.join(' ')) ?? []
  if (begins !== undefined) {
    throw usageError(
      `The statement in line ${line} begins with ${begins}, which needs a session; each statement is a request of its own, without one`,
      'Name catalog and schema with --catalog and --schema. Statements that need each other go into one BEGIN … END.',
    )
  }
  // A procedure is created by one statement, whatever stands in its body.
  if (inCompound && words[0] !== 'CREATE' && !isAlone) {
    throw usageError(
      `The BEGIN … END in line ${line} is not the only statement of its text`,
      'Run it in a call of its own, or move the other statements into it.',
    )
  }
}

/**
 * Splits a text at each `;` that ends a statement: outside of quotes, comments and BEGIN … END. Parts without a
 * statement are left out.
 *
 * @throws ActionError SQL_CALL_INVALID: no statement, a quote or comment without end, a statement that needs a session, a
 *   BEGIN … END among others
 */
export function splitStatements(text: string): Statement[] {
  const readings: (Reading & { first: number; end: number })[] = []
  let reading = startReading(0)
  const finish = (end: number) => {
    const { first } = reading
    if (first !== undefined) readings.push({ ...reading, first, end })
    reading = startReading(end + 1)
  }
  for (const lexeme of lexemesOf(text)) {
    if (lexeme.kind === 'end' && reading.depth <= 0) finish(lexeme.start)
    else read(reading, lexeme)
  }
  finish(text.length)
  if (readings.length === 0) throw usageError('The text holds no statement', 'Check the file, or what stdin brings.')
  let line = 1
  return readings.map((one, at) => {
    // Counted on from the statement before: a file may hold thousands.
    line += lineBreaksIn(text.slice(readings[at - 1]?.first ?? 0, one.first))
    refuseUnfit(one, line, readings.length === 1)
    return { text: text.slice(one.start, one.end).trim(), line, markers: one.markers }
  })
}
