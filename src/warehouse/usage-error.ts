import { ActionError } from '../errors.ts'

/**
 * A call that `databricks-token sql` does not take.
 *
 * @param reason without the last full stop
 * @param advice in place of the general one
 */
export const usageError = (reason: string, advice?: string): ActionError =>
  new ActionError('SQL_CALL_INVALID', `${reason}. Nothing was run.`, advice === undefined ? {} : { advice })
