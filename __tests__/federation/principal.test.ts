import { afterEach, expect, test } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import { askPrincipal } from '../../src/federation/principal.ts'
import { type Host, parseHost } from '../../src/host.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'

afterEach(cleanUp)

/** Asks a server for the principal of a token, as if its host were of this kind. */
async function askAs(kind: Host['kind'], workspaceId: string | undefined) {
  const server = later(await serve(() => ({ status: 200, json: { userName: 'somebody' } })))
  const host = { ...parseHost(server.origin), kind }
  const question = { host, accessToken: 'a-token', workspaceId, scope: 'all-apis', warn: () => undefined }
  return { principal: await askPrincipal(connect(), question), headers: server.requests[0]?.headers }
}

test('a unified host is told which of its workspaces is meant', async () => {
  const { principal, headers } = await askAs('unified', '42')
  expect(principal).toBe('somebody')
  expect(headers).toMatchObject({ authorization: 'Bearer a-token', 'x-databricks-workspace-id': '42' })
})

test.each([
  ['workspace', '42'],
  ['unified', undefined],
] as const)('a %s host with the workspace id %s is asked without one', async (kind, workspaceId) => {
  expect((await askAs(kind, workspaceId)).headers).not.toHaveProperty('x-databricks-workspace-id')
})
