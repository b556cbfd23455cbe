import type { Lexeme } from './lexemes.ts'

/**
 * Follows BEGIN … END through the lexemes of a text, gaps left out. Both words may name a column, too, so each counts only
 * where the grammar has it (Databricks SQL language reference, "Compound statement", "CREATE PROCEDURE").
 */
export interface Blocks {
  /** Where the BEGIN of each open block stands, the outermost first. */
  open: readonly number[]
  /** @param next the lexeme after it, if there is one */
  read: (lexeme: Lexeme, next: Lexeme | undefined) => void
}

// Within a block a statement may begin after these words. Outside of a block THEN and ELSE belong to a CASE expression.
const BEFORE_STATEMENT = /^(THEN|ELSE|DO|LOOP|REPEAT)$/
// END IF, END CASE and the like end something else than a block.
const ENDS_NO_BLOCK = /^(IF|CASE|WHILE|FOR|REPEAT|LOOP)$/
// BEGIN opens a transaction before the first two, and names a column before the others.
const BEGINS_NO_STATEMENT = /^(TRANSACTION|WORK|ELSE|WHEN)$/
const ROUTINE = /^CREATE (OR REPLACE )?(TEMP(ORARY)? )?(PROCEDURE|FUNCTION)$/
const ROUTINE_LEXEMES = 5

const mayBeginStatement = (lexeme: Lexeme | undefined): boolean =>
  lexeme?.kind === 'word'
    ? !BEGINS_NO_STATEMENT.test(lexeme.text)
    : lexeme?.kind === 'other' && /^[(`]/.test(lexeme.text)

/** The head of a routine: whether its body may stand at a lexeme. */
function trackRoutine() {
  let first: string[] = []
  let isRoutine = false
  let parentheses = 0
  let stage: 'parameters' | 'options' | 'over' = 'parameters'
  return {
    atBody: () => isRoutine && parentheses === 0 && stage === 'options',
    read(text: string, before: string): void {
      if (first.length < ROUTINE_LEXEMES) {
        first = [...first, text]
        isRoutine ||= ROUTINE.test(first.join(' '))
      }
      if (!isRoutine) return
      if (text === '(') parentheses++
      if (text === ')') parentheses--
      if (parentheses > 0) return
      // What follows RETURN is an expression or a query, and what follows AS the body.
      if (stage === 'options' && (text === 'RETURN' || before === 'AS')) stage = 'over'
      if (stage === 'parameters' && text === ')') stage = 'options'
    },
  }
}

/** DECLARE … HANDLER FOR: whether its statement may stand at a lexeme, which is after its conditions. */
function trackHandler() {
  let isDeclaration: boolean | undefined
  let condition: 'awaited' | 'complete' | undefined
  return {
    atBody: () => condition === 'complete',
    read(text: string, before: string): void {
      isDeclaration ??= text === 'DECLARE'
      if (!isDeclaration) return
      if (before === 'HANDLER' && text === 'FOR') condition = 'awaited'
      else if (condition === 'awaited') condition = /^(NOT|SQLSTATE|VALUE)$/.test(text) ? 'awaited' : 'complete'
      // A handler may have several conditions, with commas between them, and a name may have dots.
      else condition = condition === 'complete' && /^[,.]$/.test(text) ? 'awaited' : undefined
    },
  }
}

/** Begins where no block is open and a statement may begin. */
export function trackBlocks(): Blocks {
  const open: number[] = []
  let [routine, handler] = [trackRoutine(), trackHandler()]
  let before = ''
  let mayBegin = true
  let isLabel = false
  // True right after BEGIN or BEGIN ATOMIC.
  let isEmpty = false

  function read({ kind, text, start }: Lexeme, next: Lexeme | undefined): void {
    if (mayBegin) [routine, handler] = [trackRoutine(), trackHandler()]
    const isPlace = mayBegin || handler.atBody() || routine.atBody()
    const isOpened = kind === 'word' && text === 'BEGIN' && isPlace && mayBeginStatement(next)
    const isClosed = kind === 'word' && text === 'END' && (before === ';' || isEmpty)
    if (isOpened) open.push(start)
    if (isClosed && !(next?.kind === 'word' && ENDS_NO_BLOCK.test(next.text))) open.pop()
    routine.read(text, before)
    handler.read(text, before)
    isEmpty = isOpened || (isEmpty && /^(NOT|ATOMIC)$/.test(text))
    const isBefore = open.length > 0 && (kind === 'end' || (kind === 'word' && BEFORE_STATEMENT.test(text)))
    mayBegin = isEmpty || isBefore || (isLabel && text === ':')
    isLabel = isPlace && !isOpened && (kind === 'word' || text.startsWith('`'))
    before = text
  }
  return { open, read }
}
