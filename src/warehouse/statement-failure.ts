import { ActionError } from '../errors.ts'
import { Cancellation } from './cancellation.ts'
import type { StatementResponse } from './statement-response.ts'

const GRANTS =
  'GRANT USE CATALOG ON CATALOG …, GRANT USE SCHEMA ON SCHEMA … and GRANT SELECT ON TABLE … TO `<application id>`'

/** Error classes of Delta, at the beginning of a message: another writer came first. A column that has another type now is none. */
export const CONFLICT =
  /^\[(DELTA_CONCURRENT_\w+|DELTA_METADATA_CHANGED|DELTA_PROTOCOL_CHANGED)(?!\.CHANGE_TYPE_COLUMN\b)[\].]/
const TEMPORARY = new Set(['TEMPORARILY_UNAVAILABLE', 'RESOURCE_EXHAUSTED'])
const RUN_LATER =
  'The statement itself may be right, and can be run again later. Of a BEGIN … END, what its statements had done by then is done.'

// By the error classes of Databricks, which stand at the beginning of its messages.
function adviceFor(code: string, message: string): { advice?: string } {
  if (CONFLICT.test(message)) {
    return {
      advice: `This is temporary: another transaction changed the table at the same time. ${RUN_LATER}`,
    }
  }
  if (TEMPORARY.has(code)) {
    return { advice: `This is temporary: Databricks had too much to do, or was not ready. ${RUN_LATER}` }
  }
  if (message.startsWith('[DELTA_POST_COMMIT_HOOK_FAILED')) {
    return {
      advice:
        'The statement has run and is committed; what Delta does after a commit has failed. Do not run it again. Correct what the message names, such as the rights on the table or its log.',
    }
  }
  if (/INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED/.test(message)) {
    return { advice: `The service principal lacks a right on what the message names, such as ${GRANTS}.` }
  }
  if (/(TABLE_OR_VIEW|SCHEMA|CATALOG|NO_SUCH_CATALOG\w*)_NOT_FOUND|NO_SUCH_CATALOG/.test(message)) {
    return {
      advice: `Check the name, --catalog and --schema. A principal that may not see what is there gets the same error: ${GRANTS}.`,
    }
  }
  return {}
}

/** Why a statement has failed, or was cancelled at Databricks. What Databricks said of a failed one is the cause, as it came. */
export function statementFailure({ id, state, error }: StatementResponse, name: string): ActionError {
  if (state === 'CANCELED') {
    return new ActionError('STATEMENT_CANCELED', `${name} was cancelled at Databricks (statement id ${id}).`)
  }
  const { code = '', message = '', sqlState = '' } = error ?? {}
  const codes = [code, sqlState === '' ? '' : `SQLSTATE ${sqlState}`].filter(Boolean).join(', ')
  const serverText = [codes, message.trimStart()].filter(Boolean).join(': ')
  if (/byte limit exceeded/i.test(message)) {
    const happened = `The result of ${name} is larger than 25 MiB (statement id ${id}).`
    return new ActionError('RESULT_TOO_LARGE', happened, { serverText })
  }
  return new ActionError('STATEMENT_FAILED', `${name} failed (statement id ${id}).`, {
    serverText,
    keepsLines: true,
    cause: error,
    ...adviceFor(code, message),
  })
}

const OF_A_RESULT = ['RESULT_INVALID', 'RESULT_UNFIT', 'RESULT_UNWRITABLE']

/** What failed with the result of a statement that has succeeded, and says so; anything else as it is. */
export function afterSuccess(thrown: unknown, id: string): unknown {
  if (!(thrown instanceof ActionError) || !OF_A_RESULT.includes(thrown.code)) return thrown
  const { code, message, advice, serverText } = thrown
  const told = `${message} The statement has run, and succeeded (statement id ${id}).`
  return new ActionError(code, told, { advice, serverText, cause: thrown })
}

/** Why the rest of a result cannot be had, though its statement has succeeded; anything else as it is. */
export function lostResult(thrown: unknown, id: string): unknown {
  if (thrown instanceof Cancellation) {
    return new ActionError(
      'STATEMENT_CANCELED',
      `The call was ${thrown.message} while it read the result of a statement that has succeeded (statement id ${id}).`,
    )
  }
  if (!(thrown instanceof ActionError) || thrown.code !== 'STATEMENT_UNCERTAIN') return thrown
  const { message, serverText } = thrown
  const told = `The statement has succeeded, and a part of its result cannot be had (statement id ${id}). ${message}`
  return new ActionError('RESULT_GONE', told, { serverText, cause: thrown })
}
