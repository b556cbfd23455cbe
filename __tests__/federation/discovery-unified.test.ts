import { expect, test } from 'vitest'
import { discover } from '../../src/federation/discovery.ts'
import { parseHost } from '../../src/host.ts'
import type { HttpRequest, Send } from '../../src/http/request.ts'
import { failureOf } from '../support/failures.ts'

const spog = parseHost('https://spog.databricks.com')

/** Discovery at a unified host that gives these answers in turn, and what it is asked. */
function discoverUnified(answers: { status: number; body: string }[], accountId?: string) {
  const asked: (HttpRequest & { withinSeconds: number | undefined })[] = []
  const send: Send = async (make, withinSeconds) => {
    const request = await make()
    asked.push({ ...request, withinSeconds })
    const { status, body } = answers.shift() ?? { status: 404, body: '' }
    return { request, status, contentType: 'application/json', body }
  }
  const say = () => undefined
  const found = discover(send, { host: spog, accountId, withinSeconds: 1000, notice: say, warning: say })
  return { asked, found: () => found }
}

const config = { status: 200, body: JSON.stringify({ oidc_endpoint: `${spog.origin}/oidc` }) }

test('an account without an authorization server is in the path that the failure names', async () => {
  const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
  const open = { status: 200, body: JSON.stringify({ oidc_endpoint: `${spog.origin}/oidc/accounts/{account_id}` }) }
  const { found } = discoverUnified([open, { status: 404, body: '' }], accountId)
  expect(await failureOf(found)).toMatchObject({
    code: 'METADATA_REFUSED',
    message: expect.stringContaining(` answered 404 at /oidc/accounts/${accountId}/.well-known/`),
  })
})

test('a unified host is asked for its configuration, then for its metadata, and says why it has none', async () => {
  const { asked, found } = discoverUnified([config, { status: 404, body: 'not here' }])
  expect(await failureOf(found)).toMatchObject({
    code: 'METADATA_REFUSED',
    message:
      'Authorization server metadata: spog.databricks.com answered 404 at /oidc/.well-known/oauth-authorization-server.',
    serverText: 'not here',
  })
  expect(asked).toMatchObject([
    { purpose: 'Host configuration', method: 'GET', url: new URL(`${spog.origin}/.well-known/databricks-config`) },
    {
      purpose: 'Authorization server metadata',
      method: 'GET',
      url: new URL(`${spog.origin}/oidc/.well-known/oauth-authorization-server`),
    },
  ])
  for (const { withinSeconds = 0, headers, body } of asked) {
    expect(withinSeconds).toBeGreaterThan(900)
    expect(withinSeconds).toBeLessThanOrEqual(1000)
    expect([headers, body]).toEqual([undefined, undefined])
  }
})

test('a unified host without a configuration is asked for nothing else', async () => {
  const { asked, found } = discoverUnified([{ status: 501, body: 'not here' }])
  expect(await failureOf(found)).toMatchObject({
    code: 'METADATA_REFUSED',
    message: 'Host configuration: spog.databricks.com answered 501 at /.well-known/databricks-config.',
    serverText: 'not here',
  })
  expect(asked).toHaveLength(1)
})

test('a token endpoint of another account than the one given is told as that', async () => {
  const token_endpoint = `${spog.origin}/oidc/accounts/another/v1/token`
  const metadata = { status: 200, body: JSON.stringify({ issuer: `${spog.origin}/oidc`, token_endpoint }) }
  const { found } = discoverUnified([config, metadata], 'an-id')
  expect(await failureOf(found)).toMatchObject({
    code: 'METADATA_UNTRUSTED',
    message: 'The token endpoint of https://spog.databricks.com is of another account than the one given, an-id.',
  })
})
