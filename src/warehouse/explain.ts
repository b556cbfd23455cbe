import { ActionError } from '../errors.ts'
import type { StatementRequest } from './api.ts'
import { reportFailures } from './checks.ts'
import { lexemesOf } from './lexemes.ts'
import type { PlannedStatement } from './planned-statements.ts'
import { withPlace } from './positions.ts'
import { rowsOf, runStatement, type StatementEffects } from './statement.ts'
import { usageError } from './usage-error.ts'

// EXPLAIN plans these, and runs nothing of them. EXECUTE IMMEDIATE runs under EXPLAIN, so no other statement is sent.
const EXPLAINED = /^(SELECT|WITH|FROM|VALUES|TABLE|INSERT|MERGE|UPDATE|DELETE|CREATE (OR REPLACE )?(TABLE|VIEW))(?= |$)/

// A statement that begins with one of these words may create a name that is not found now.
const CHANGES_NAMES = /^(CREATE|ALTER|DROP|UNDROP|BEGIN|CALL|EXECUTE)(?= |$)|^\S+ : BEGIN(?= |$)/

// The error classes of a name that is not found. A message begins with its class in brackets.
const NAME_IS_MISSING = /^[^[]*\[(\w+_NOT_FOUND|UNRESOLVED_\w+)[\].]/

// Warehouses answer with errors of analysis as rows, in the state SUCCEEDED (ExplainCommand of Spark).
const PLANNING_FAILED = /^\s*(?:== [^\n]* ==\s*)?Error occurred during query planning:\s*/

const ADVICE =
  'Correct the statement. Nothing of this call was run: plans alone were asked for. A line that the message names counts EXPLAIN as the first.'

const startsWith = ({ begins }: PlannedStatement, pattern: RegExp): boolean => pattern.test(begins.join(' '))

/** A statement without the comments before it: its first word follows EXPLAIN, so that nobody can read another there. */
function bare(statement: PlannedStatement): PlannedStatement {
  const { text, line } = statement
  let first = 0
  for (const { kind, start } of lexemesOf(text)) {
    first = start
    if (kind !== 'gap') break
  }
  return { ...statement, text: text.slice(first), textLine: line }
}

/** Asks for the plan of a statement; gives back why there is none. */
async function failureOfPlan(
  statement: PlannedStatement,
  requestFor: ExplainOptions['requestFor'],
  effects: StatementEffects,
): Promise<ActionError | undefined> {
  const { name } = statement
  try {
    const request = requestFor({ ...statement, text: `EXPLAIN\n${statement.text}` })
    const { id, result } = await runStatement(request, name, effects)
    if (result === undefined) throw new ActionError('RESULT_GONE', `The plan of ${name} is gone (statement id ${id}).`)
    const lines: string[] = []
    for await (const rows of rowsOf(id, result, effects)) lines.push(...rows.map(([line]) => line ?? ''))
    const plan = lines.join('\n')
    if (!PLANNING_FAILED.test(plan)) return undefined
    const serverText = plan.replace(PLANNING_FAILED, '')
    const told = `${name} cannot be planned (statement id ${id}).`
    return new ActionError('STATEMENT_FAILED', told, { serverText, keepsLines: true, advice: ADVICE })
  } catch (thrown) {
    if (!(thrown instanceof ActionError) || thrown.code !== 'STATEMENT_FAILED') throw thrown
    const { code, message, serverText } = thrown
    return new ActionError(code, message, { serverText, keepsLines: true, advice: ADVICE, cause: thrown })
  }
}

interface ExplainOptions {
  requestFor: (statement: PlannedStatement) => StatementRequest
  environment: NodeJS.ProcessEnv
  fail: (failure: ActionError) => void
}

/** @throws ActionError SQL_CALL_INVALID if no statement is one that EXPLAIN only plans */
export function refuseUnexplained(statements: readonly PlannedStatement[]): void {
  if (statements.some((statement) => startsWith(statement, EXPLAINED))) return
  throw usageError(
    '--explain plans SELECT, WITH, FROM, VALUES, TABLE, INSERT, MERGE, UPDATE, DELETE and CREATE TABLE or VIEW, and no statement is one of these',
    'No other statement is sent, since EXPLAIN runs some of them.',
  )
}

/** Why a statement is not checked, as the end of a sentence; undefined if it can be planned; a failure if it cannot. */
async function outcomeOf(
  statement: PlannedStatement,
  mayBeMade: boolean,
  requestFor: ExplainOptions['requestFor'],
  effects: StatementEffects,
): Promise<string | ActionError | undefined> {
  if (!startsWith(statement, EXPLAINED))
    return `it begins with ${statement.begins[0]}, which is never sent with EXPLAIN`
  const failure = await failureOfPlan(statement, requestFor, effects)
  if (!mayBeMade || !NAME_IS_MISSING.test(failure?.serverText ?? '')) return failure
  return 'a name in it is not there yet, and a statement before it may make it'
}

/**
 * Has statements planned, and runs none of them. Each that cannot be planned is reported; resolves to how many these are.
 *
 * @throws ActionError those of runStatement but STATEMENT_FAILED, and those of rowsOf
 */
export async function explainAll(
  statements: readonly PlannedStatement[],
  { requestFor, environment, fail }: ExplainOptions,
  effects: StatementEffects,
): Promise<number> {
  const { info } = effects
  const failures = reportFailures({ fail, info })
  let planned = 0
  let mayBeMade = false
  for (const statement of statements.map(bare)) {
    const outcome = await outcomeOf(statement, mayBeMade, requestFor, effects)
    if (outcome instanceof ActionError) failures.add(withPlace(outcome, statement, environment, 1))
    else info(`${statement.name} ${outcome === undefined ? 'can be planned' : `is not checked: ${outcome}`}.`)
    if (outcome === undefined) planned++
    mayBeMade ||= startsWith(statement, CHANGES_NAMES)
  }
  failures.finish()
  const [all, failed] = [statements.length, failures.count()]
  info(`Can be planned: ${planned} of ${all} statements. Cannot be: ${failed}. Not checked: ${all - planned - failed}.`)
  return failed
}
