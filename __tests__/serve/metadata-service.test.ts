import { expect, test } from 'vitest'
import { tokenOf } from '../store/support.ts'
import { type Asked, askMetadata, hostname, NOW, start, metadataHeaders as valid } from './service.ts'

test.each([
  [300, 60],
  [3600, 60],
  [150, 60],
  [149, 40],
  [90, 40],
])('a token of %i s is told to end %i s early, in whole seconds', async (lifetime, early) => {
  const token = async () => tokenOf('kept', NOW + 0.5, lifetime)
  const { status, json } = await askMetadata(await start({ token }))
  expect(status).toBe(200)
  expect(json).toEqual({
    access_token: 'access-token-kept',
    token_type: 'Bearer',
    expires_on: NOW + lifetime - early,
  })
})

test('a token that is still of use is never told to have ended', async () => {
  const { json } = await askMetadata(await start({ token: async () => tokenOf('kept', NOW - 250) }))
  expect(json['expires_on']).toBe(NOW + 5)
})

test.each([
  ['with scheme and port', `https://${hostname}:443`],
  ['without scheme', hostname],
  ['in capitals', hostname.toUpperCase()],
  ['with a path', `https://${hostname}/`],
])('the host is recognised %s', async (_, host) => {
  const { status } = await askMetadata(await start(), { headers: { ...valid, 'X-Databricks-Host': host } })
  expect(status).toBe(200)
})

test.each<[string, number, Asked]>([
  ['no version', 400, { headers: { ...valid, 'X-Databricks-Metadata-Version': undefined } }],
  ['another version', 400, { headers: { ...valid, 'X-Databricks-Metadata-Version': '2' } }],
  ['no host', 403, { headers: { ...valid, 'X-Databricks-Host': undefined } }],
  ['another host', 403, { headers: { ...valid, 'X-Databricks-Host': 'https://dbc-2.cloud.databricks.com' } }],
  ['a host that is no name', 403, { headers: { ...valid, 'X-Databricks-Host': 'https://' } }],
])('%s is refused with %i, and no token', async (_, expected, asked) => {
  const { status, json } = await askMetadata(await start(), asked)
  expect(status).toBe(expected)
  expect(JSON.stringify(json)).not.toContain('access-token')
})

test('503 says why the last renewal gave nothing: the first line of it, in plain characters', async () => {
  const failure = 'NETWORK_FAILED: "x" did\u2028not \\ answer – \u00e4.\nmore'
  const { status, json } = await askMetadata(await start({ token: async () => undefined, failure }))
  expect([status, json['error']]).toEqual([
    503,
    "There is no valid token at this time. NETWORK_FAILED: 'x' did not / answer ? ?.",
  ])
})

test('503 when there is nothing valid to give', async () => {
  expect((await askMetadata(await start({ token: async () => undefined }))).status).toBe(503)
})
