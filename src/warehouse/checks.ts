import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { PlannedStatement } from './planned-statements.ts'
import type { Column } from './result.ts'
import type { SqlOptions } from './sql-options.ts'
import { usageError } from './usage-error.ts'

/** The gates of a call, --fail-if-rows or --fail-if-no-rows, which judge each of its queries. */
export interface Checks {
  /** Whether the rows of a statement are needed to judge it. */
  concern: (statement: PlannedStatement) => boolean
  /** Why a result does not pass; undefined if it does, or if there is nothing to judge. */
  judge: (statement: PlannedStatement, columns: readonly Column[], rowCount: number) => ActionError | undefined
  /** @throws ActionError NOTHING_CHECKED if no result was that of a query */
  finish: () => void
}

const QUERY = /^(SELECT|WITH|FROM|VALUES|TABLE|SHOW|DESCRIBE|DESC|\()$/

const beginsAsQuery = ({ begins: [first = ''] }: PlannedStatement): boolean => QUERY.test(first)

// A statement that changes rows answers with their number in such columns, also if it begins with WITH.
const tellsChanges = (columns: readonly Column[]): boolean => columns.every(({ name }) => /^num_\w+_rows$/.test(name))

const OPTIONS = { 'no-rows': '--fail-if-rows', rows: '--fail-if-no-rows' } as const

/** @throws ActionError SQL_CALL_INVALID if there is a gate, and no statement begins as a query */
export function openChecks(gate: SqlOptions['gate'], statements: readonly PlannedStatement[]): Checks {
  if (gate === undefined) return { concern: () => false, judge: () => undefined, finish: () => undefined }
  const option = OPTIONS[gate]
  const concern = beginsAsQuery
  if (!statements.some(concern)) {
    throw usageError(
      `${option} judges queries, and no statement is one`,
      'Add a query that finds what is wrong: SELECT, WITH, FROM, VALUES, TABLE, SHOW or DESCRIBE.',
    )
  }
  let judged = 0
  return {
    concern,
    judge: (statement, columns, rowCount) => {
      if (!concern(statement) || tellsChanges(columns)) return undefined
      judged++
      if ((gate === 'no-rows') === (rowCount === 0)) return undefined
      const found = rowCount === 0 ? 'no rows, and --fail-if-no-rows wants some' : 'rows, and --fail-if-rows wants none'
      return new ActionError('ROWS_UNEXPECTED', `${statement.name} has ${found}.`)
    },
    finish: () => {
      if (judged > 0) return
      throw new ActionError(
        'NOTHING_CHECKED',
        `${option} has judged nothing: each statement answered with the number of rows that it changed. The statements have run.`,
      )
    },
  }
}

// GitHub shows ten annotations of a step and drops the rest silently. The tenth is kept for the end of the call.
const SHOWN = 9

/** Reports the failures of a call that goes on after them: each is an annotation as long as GitHub shows it. */
export function reportFailures({ fail, info }: Pick<Log, 'fail' | 'info'>) {
  let count = 0
  let last: ActionError | undefined
  return {
    /** Reports one, as it comes. */
    add: (failure: ActionError): void => {
      count++
      last = failure
      if (count <= SHOWN) fail(failure)
      else info(failure.message)
    },
    /** Reports what is left, when nothing else is going to be reported. */
    finish: (): void => {
      if (last === undefined || count <= SHOWN) return
      const { code, message } = last
      const more = count - SHOWN
      fail(new ActionError(code, more === 1 ? message : `${more} more have failed, which the log names.`))
    },
    count: () => count,
  }
}
