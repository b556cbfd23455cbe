import { afterEach, expect, test } from 'vitest'
import type { ThriftWarehouse } from '../../sandbox/sql-drivers.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { cleanUp, later } from './support.ts'

afterEach(cleanUp)

const principal = { kind: 'user', userName: 'ada@example.com' } as const
const now = 1_800_000_000
// No text: the first byte cannot begin a character of UTF-8.
const message = Buffer.from([0x80, 0x01, 0x00, 0x01, 0xff])

async function send(answerThrift: ThriftWarehouse | undefined, secondsLeft = 300) {
  const options = { policies: [], principals: [principal], now: () => now, answerThrift }
  const workspace = later(await startWorkspace(options))
  const { host, warehouseId, issuer } = workspace
  const expiresAt = now + secondsLeft
  const token = await workspace.issueToken({
    issuer,
    principal,
    clientId: undefined,
    scope: 'sql',
    expiresAt,
  })
  return fetch(`${host}/sql/1.0/warehouses/${warehouseId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: message,
  })
}

const reversed: ThriftWarehouse = async (sent, user) => Buffer.concat([sent.toReversed(), Buffer.from(user)])

test('a message of a SQL driver and its answer go through byte by byte', async () => {
  const response = await send(reversed)
  const answer = Buffer.from(await response.arrayBuffer())
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-thrift'])
  expect(answer).toEqual(Buffer.concat([message.toReversed(), Buffer.from('ada@example.com')]))
})

test('a refused token is told in the header that drivers read', async () => {
  const response = await send(reversed, 30)
  expect(response.status).toBe(403)
  expect(response.headers.get('x-databricks-reason-phrase')).toBe(
    'Token is expiring within 30 seconds. (token expired)',
  )
})

test('what is no message is a bad request, and without a warehouse there is nothing', async () => {
  const response = await send(async () => {
    throw new Error('no message')
  })
  expect(response.status).toBe(400)
  expect((await send(undefined)).status).toBe(404)
})
