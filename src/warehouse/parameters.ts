import type { Statement } from './split-statements.ts'
import { usageError } from './usage-error.ts'

/** A parameter as it is sent: its value is never a part of a statement's text. NULL has no value. */
export interface StatementParameter {
  name: string
  /** STRING unless given. */
  type?: string
  value?: string
}

const NAME_AND_TYPE = /^([A-Za-z_]\w*)(?::([A-Za-z][A-Za-z_ ]*(?:\(\d+(?:, ?\d+)?\))?))?$/

// Own variables alone count: every object has a `constructor`.
const variable = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  Object.hasOwn(environment, name) ? environment[name] : undefined

/**
 * Reads `NAME[:TYPE]=VALUE`, or `NAME[:TYPE]` for NULL.
 *
 * @param environment where the value is looked up, if what stands after `=` is the name of a variable
 * @throws ActionError SQL_CALL_INVALID; without the value
 */
export function parseParameter(text: string, environment?: NodeJS.ProcessEnv): StatementParameter {
  const [, head = '', given] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? []
  const [, name, type] = NAME_AND_TYPE.exec(head) ?? []
  if (name === undefined) throw usageError('A parameter is written NAME=VALUE or NAME:TYPE=VALUE')
  const value = environment === undefined || given === undefined ? given : variable(environment, given)
  if (environment !== undefined && value === undefined)
    throw usageError(`The variable for the parameter ${name} is not set`)
  return { name, ...(type === undefined ? {} : { type }), ...(value === undefined ? {} : { value }) }
}

/** @throws ActionError SQL_CALL_INVALID if a name comes twice */
export function refuseDuplicates(parameters: readonly StatementParameter[]): void {
  const same = parameters.find(({ name }, at) => parameters.findIndex((other) => other.name === name) !== at)
  if (same !== undefined) throw usageError(`The parameter ${same.name} is given twice`)
}

/** @throws ActionError SQL_CALL_INVALID if no statement has a marker for one of the parameters */
export function refuseUnused(parameters: readonly StatementParameter[], statements: readonly Statement[]): void {
  const unused = parameters.find(({ name }) => !statements.some(({ markers }) => markers.has(name)))
  if (unused !== undefined) throw usageError(`No statement has a marker :${unused.name}`)
}

interface BoundStatement extends Pick<Statement, 'markers'> {
  name: string
  parameters: readonly StatementParameter[]
}

/** @throws ActionError SQL_CALL_INVALID if a statement has a marker that no parameter is given for */
export function refuseUnbound({ name, markers, parameters }: BoundStatement): void {
  const unbound = [...markers].find((marker) => !parameters.some((parameter) => parameter.name === marker))
  if (unbound === undefined) return
  throw usageError(
    `${name} has the marker :${unbound}, and no parameter is given for it`,
    `Give --param ${unbound}=VALUE or --param-env ${unbound}=VARIABLE. A path into a value has no space before its colon: raw:${unbound}.`,
  )
}
