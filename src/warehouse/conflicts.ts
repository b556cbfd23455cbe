import { ActionError } from '../errors.ts'
import type { StatementRequest } from './api.ts'
import { Cancellation, pauseUnlessCancelled } from './cancellation.ts'
import { lexemesOf } from './lexemes.ts'
import { type Finished, runStatement, type StatementEffects } from './statement.ts'
import { CONFLICT } from './statement-failure.ts'

const FIRST_PAUSE_MS = 1000
const MAX_PAUSE_MS = 30_000

// If such a statement fails, Delta takes back its one transaction. A BEGIN … END, a CALL or an EXECUTE IMMEDIATE that fails
// leaves what it had committed before.
const ONE_TRANSACTION = /^(INSERT|MERGE|UPDATE|DELETE|COPY INTO)\b/
const CREATES_TABLE = /^CREATE (OR REPLACE )?TABLE\b/
// CREATE TABLE … CLONE t VERSION AS OF 3 has an AS as well, and holds no query.
const FROM_QUERY = /\bAS (?!OF\b)/

/** The words and signs of a statement outside of parentheses, with a space between them. */
function outline(text: string): string {
  let depth = 0
  const outer: string[] = []
  for (const { kind, text: own } of lexemesOf(text)) {
    if (own === ')') depth--
    if (depth === 0 && kind !== 'gap') outer.push(kind === 'word' || own === '(' ? own : '?')
    if (own === '(') depth++
  }
  return outer.join(' ')
}

/** Whether a statement is one transaction: an INSERT, MERGE, UPDATE, DELETE, COPY INTO or CREATE TABLE AS. */
export function isOneTransaction(text: string): boolean {
  const shape = outline(text)
  return ONE_TRANSACTION.test(shape) || (CREATES_TABLE.test(shape) && FROM_QUERY.test(shape))
}

/** The error class of a conflict with another writer, before which nothing was committed; undefined for all else. */
export function conflictIn(thrown: unknown): string | undefined {
  if (!(thrown instanceof ActionError) || thrown.code !== 'STATEMENT_FAILED') return undefined
  const { message } = { message: '', ...Object(thrown.cause) }
  return CONFLICT.exec(message)?.[1]
}

async function pauseBefore(ms: number, name: string, { signal, timeLimit, clock }: StatementEffects): Promise<void> {
  try {
    await pauseUnlessCancelled(ms, AbortSignal.any([signal, timeLimit]), clock)
  } catch (thrown) {
    if (!(thrown instanceof Cancellation)) throw thrown
    throw new ActionError('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started again.`)
  }
}

/**
 * Runs a statement, and again after a conflict with another writer, if it is one transaction.
 *
 * @param retries how often it may be run again
 * @throws ActionError those of runStatement
 */
export async function runDespiteConflicts(
  request: StatementRequest,
  name: string,
  retries: number,
  effects: StatementEffects,
): Promise<Finished> {
  const most = isOneTransaction(request.statement) ? retries : 0
  for (let tries = 1; ; tries++) {
    try {
      return await runStatement(request, name, effects)
    } catch (thrown) {
      const conflict = conflictIn(thrown)
      if (conflict === undefined || tries > most) throw thrown
      // The wait is partly random: two writers that waited equally long would meet again.
      const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2)
      const when = `in ${(pauseMs / 1000).toFixed(1)} s (${tries} of ${most} retries)`
      effects.info(
        `${name}: another writer came first (${conflict}), and nothing was committed. It runs again ${when}.`,
      )
      await pauseBefore(pauseMs, name, effects)
    }
  }
}
