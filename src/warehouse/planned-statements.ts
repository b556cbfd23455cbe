import { ActionError } from '../errors.ts'
import { type Namespace, namespaceAfter } from './namespace.ts'
import { refuseUnbound, refuseUnused, type StatementParameter } from './parameters.ts'
import type { SourceText } from './source.ts'
import { type Statement, splitStatements } from './split-statements.ts'
import type { SqlOptions } from './sql-options.ts'
import { usageError } from './usage-error.ts'

/** A statement of a call, with all that is to be sent beside it. */
export interface PlannedStatement extends Statement, Namespace {
  /** For the log: "The statement", "Statement 2 of 3 (q.sql, line 7)". */
  name: string
  file: string | undefined
  /** Those that it has markers for. */
  parameters: readonly StatementParameter[]
}

type Located = Statement & Namespace & Pick<PlannedStatement, 'file'>

function inFile<Result>(file: string | undefined, work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    if (!(thrown instanceof ActionError) || file === undefined) throw thrown
    const { code, message, advice } = thrown
    throw new ActionError(code, `In ${file}: ${message}`, { advice })
  }
}

// Each file begins with the catalog and schema of the call. In other tools each file has a session of its own, too.
function statementsIn({ file, text }: SourceText, { catalog, schema }: Namespace): Located[] {
  let namespace: Namespace = { catalog, schema }
  return splitStatements(text).flatMap((statement) => {
    const after = namespaceAfter(statement, namespace, `in line ${statement.line}`)
    if (after === undefined) return [{ ...statement, ...namespace, file }]
    namespace = after
    return []
  })
}

function nameOf({ file, line }: Located, at: number, count: number): string {
  if (count === 1) return file === undefined ? 'The statement' : `The statement of ${file}`
  return `Statement ${at + 1} of ${count} (${file === undefined ? '' : `${file}, `}line ${line})`
}

/**
 * The statements of a call, in order, with whatever could be wrong with them known: nothing is run before that. USE sets
 * catalog and schema of those that follow in its text, and is none of them.
 *
 * @throws ActionError SQL_CALL_INVALID
 */
export function planStatements(texts: readonly SourceText[], call: SqlOptions): PlannedStatement[] {
  const statements = texts.flatMap((text) => inFile(text.file, () => statementsIn(text, call)))
  if (statements.length === 0) {
    throw usageError('The text holds no statement but USE', 'USE only says where those that follow it find names.')
  }
  const planned = statements.map((statement, at) => ({
    ...statement,
    name: nameOf(statement, at, statements.length),
    parameters: call.parameters.filter(({ name }) => statement.markers.has(name)),
  }))
  refuseUnused(call.parameters, planned)
  for (const statement of planned) refuseUnbound(statement)
  return planned
}
