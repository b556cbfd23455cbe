import { afterEach, expect, test } from 'vitest'
import { type Answer, serve } from '../../sandbox/http-server.ts'
import { openApi } from '../../src/warehouse/api.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf } from '../support/failures.ts'

afterEach(cleanUp)

async function apiWith(answer: Answer, token = async () => 'a-token', workspaceId?: string) {
  const server = later(await serve(() => answer))
  const send = connect({ timeoutSeconds: 4 })
  return { server, api: openApi({ origin: server.origin, workspaceId, send, token }) }
}

test.each([
  [{ warehouses: [{ id: 'a', name: 'One' }, { id: 'b' }, 7] }, 'a  One\nb  '],
  // Of no use, and no beginning of a line.
  [{ warehouses: [{ id: '::error::x', name: 'One' }, { id: 7 }, { name: 'Two' }] }, ''],
  [{ warehouses: 'x' }, ''],
  [{}, ''],
])('the list of warehouses %j', async (json, listed) => {
  const { api } = await apiWith({ status: 200, json })
  expect(await api.listWarehouses()).toBe(listed)
})

test.each([
  [{ status: 200, json: {} }, 'none'],
  [{ status: 404, json: {} }, 'STATEMENT_REFUSED'],
])('a cancellation that is answered %j: %s', async (answer, code) => {
  const { api } = await apiWith(answer)
  expect(await codeOf(() => api.cancel('id-1', 2))).toBe(code)
})

test('a statement that is refused when it is read, or its chunk, is a failure', async () => {
  const { api } = await apiWith({ status: 404, json: {} })
  expect(await codeOf(() => api.read('id-1'))).toBe('STATEMENT_REFUSED')
  expect(await codeOf(() => api.readChunk('id-1', 1, 1))).toBe('STATEMENT_REFUSED')
})

test('on a unified host each request names the workspace', async () => {
  const { api, server } = await apiWith({ status: 200, json: {} }, undefined, '7')
  await api.cancel('id-1', 2)
  expect(server.requests[0]?.headers).toMatchObject({ 'x-databricks-workspace-id': '7' })
})

test('a start that fails by a defect says so, and not that the statement may run', async () => {
  const defect = new TypeError('a defect')
  const { api, server } = await apiWith({ status: 200, json: {} }, async () => {
    throw defect
  })
  await expect(api.start({ statement: 'SELECT 1', warehouse_id: 'w' })).rejects.toBe(defect)
  expect(server.requests).toEqual([])
})
