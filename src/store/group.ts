import { ActionError } from '../errors.ts'
import { printable } from '../text.ts'
import type { StoredLogin } from './login-store.ts'

const described = (groupId: string): string => (groupId === '' ? 'for no group' : `for group ${groupId}`)

/**
 * Refuses a login for another group than DATABRICKS_GROUP_ID asks for, in whose place it would give other rights. The
 * login step empties the variable where it has heeded it, so that an empty one is as good as none.
 *
 * @throws ActionError KEPT_LOGIN_UNUSABLE
 */
export function refuseOtherGroup(environment: NodeJS.ProcessEnv, { groupId }: Pick<StoredLogin, 'groupId'>): void {
  const { DATABRICKS_GROUP_ID: asked = '' } = environment
  if (asked === '' || asked === groupId) return
  const happened = `DATABRICKS_GROUP_ID asks for the rights of group ${printable(asked)} alone, and this login is ${described(groupId)}.`
  const advice = 'Set group_id in the login step to that group, or take the variable away.'
  throw new ActionError('KEPT_LOGIN_UNUSABLE', happened, { advice })
}
