import { expect, test } from 'vitest'
import { refuseOtherGroup } from '../../src/store/group.ts'
import { failureOf } from '../support/failures.ts'

test.each([
  [{}, ''],
  [{}, '42'],
  [{ DATABRICKS_GROUP_ID: '' }, ''],
  [{ DATABRICKS_GROUP_ID: '' }, '42'],
  [{ DATABRICKS_GROUP_ID: '42' }, '42'],
])('with %j a login for %j is used', (environment, groupId) => {
  expect(() => refuseOtherGroup(environment, { groupId })).not.toThrow()
})

test.each([
  ['42', '', 'this login is for no group.'],
  ['42', '7', 'this login is for group 7.'],
  ['042', '42', 'this login is for group 42.'],
  ['x\n::error::y', '', 'this login is for no group.'],
])('DATABRICKS_GROUP_ID=%j and a login for %j: refused', async (asked, groupId, told) => {
  const failure = await failureOf(() => refuseOtherGroup({ DATABRICKS_GROUP_ID: asked }, { groupId }))
  expect(failure).toMatchObject({ code: 'KEPT_LOGIN_UNUSABLE', message: expect.stringContaining(told) })
  expect(failure.message).not.toContain('\n')
})
