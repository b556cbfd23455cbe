import { afterEach, expect, test } from 'vitest'
import { type Answer, type SandboxServer, serve } from '../../sandbox/http-server.ts'
import { discover, expectedServer } from '../../src/federation/discovery.ts'
import { parseHost } from '../../src/host.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(cleanUp)

const path = '/oidc/.well-known/oauth-authorization-server'
const type = (name: string) => ({ headers: { 'content-type': name } })

/** Discovery at a host that gives one answer, which may name the host's own origin. */
async function discoverAt(answer: (origin: string) => Answer) {
  const server: SandboxServer = later(await serve(() => answer(server.origin)))
  const warnings: string[] = []
  const notices: string[] = []
  const into = (lines: string[]) => (line: string) => lines.push(line.replaceAll(server.origin, '{host}'))
  const options = { host: parseHost(server.origin), withinSeconds: 10, notice: into(notices), warning: into(warnings) }
  const found = discover(connect(), options)
  return { server, notices, warnings, found }
}

async function refusalOf(answer: (origin: string) => Answer) {
  const { server, found } = await discoverAt(answer)
  const { code, message, serverText } = await failureOf(() => found)
  const place = server.origin.replace('http://', '')
  return {
    code,
    message: message.replaceAll(server.origin, '{host}').replaceAll(place, '{host}'),
    serverText,
  }
}

const whole = (origin: string) => ({ issuer: `${origin}/oidc`, token_endpoint: `${origin}/oidc/v1/token` })

test('the document of a workspace is asked for once, and gives its token endpoint', async () => {
  const { server, notices, warnings, found } = await discoverAt((origin) => ({ status: 200, json: whole(origin) }))
  expect(await found).toEqual({ tokenEndpoint: new URL(`${server.origin}/oidc/v1/token`) })
  expect([notices, warnings]).toEqual([[], []])
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${path}`])
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
})

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/x+json'])(
  'the content type %s is JSON',
  async (name) => {
    const { found } = await discoverAt((origin) => ({
      status: 200,
      text: JSON.stringify(whole(origin)),
      ...type(name),
    }))
    await expect(found).resolves.toBeDefined()
  },
)

test.each([
  ['a status', { status: 403, text: 'no' }, 'METADATA_REFUSED', '200 was expected of {host}, which answered 403.'],
  [
    'a type',
    { status: 200, text: '{}' },
    'METADATA_INVALID',
    'was expected of {host}, which sent another content type.',
  ],
  ['no type', { status: 200, text: '{}', ...type('') }, 'METADATA_INVALID', 'which sent no content type.'],
  [
    'no JSON',
    { status: 200, text: '<', ...type('application/json') },
    'METADATA_INVALID',
    'which sent something else.',
  ],
  ['an array', { status: 200, json: [] }, 'METADATA_INVALID', 'which sent an array.'],
  ['a number', { status: 200, json: 7 }, 'METADATA_INVALID', 'which sent number.'],
])('a failure says what was expected and what was found: %s', async (_name, answer, code, said) => {
  const { message, ...failure } = await refusalOf(() => answer)
  expect(failure.code).toBe(code)
  expect(message).toContain('Authorization server metadata: ')
  expect(message).toContain(said)
})

test.each([
  ['an issuer that is no text', { issuer: null }, 'METADATA_INVALID', 'The metadata of {host}/oidc names no issuer.'],
  ['nothing', {}, 'METADATA_INVALID', 'The metadata of {host} names no token endpoint that is a URL.'],
  [
    'an issuer elsewhere',
    { issuer: 'https://evil.example' },
    'METADATA_UNTRUSTED',
    "The metadata that {host}/oidc publishes names another issuer, outside Databricks' domains.",
  ],
  [
    'no token endpoint',
    { issuer: '{host}/oidc' },
    'METADATA_INVALID',
    'The metadata of {host} names no token endpoint that is a URL.',
  ],
  [
    'a token endpoint elsewhere',
    { issuer: '{host}/oidc', token_endpoint: 'https://evil.example:8443/a?b#c' },
    'METADATA_UNTRUSTED',
    'The metadata of {host} names a token endpoint at https://evil.example:8443, which is not that host.',
  ],
])('the document is checked from issuer to token endpoint: %s', async (_name, document, code, message) => {
  const filled = (origin: string) => JSON.parse(JSON.stringify(document).replaceAll('{host}', origin))
  expect(await refusalOf((origin) => ({ status: 200, json: filled(origin) }))).toMatchObject({
    code,
    message,
  })
})

// Each of these is wrong in what comes later, too; the first thing wrong is what is told.
test.each([
  ['status before content type', { status: 403, text: '<', ...type('text/html') }, 'METADATA_REFUSED'],
  ['content type before JSON', { status: 200, text: '<', ...type('text/html') }, 'METADATA_INVALID'],
  ['issuer before token endpoint', { status: 200, json: { issuer: 'https://evil.example' } }, 'METADATA_UNTRUSTED'],
])('%s', async (_name, answer, code) => {
  expect((await refusalOf(() => answer)).code).toBe(code)
})

test('another issuer on a Databricks domain is a warning', async () => {
  const issuer = 'https://oregon.cloud.databricks.com/oidc'
  const { warnings, found } = await discoverAt((origin) => ({
    status: 200,
    json: { ...whole(origin), issuer },
  }))
  await found
  expect(warnings).toEqual([`The metadata that {host}/oidc publishes names another issuer: ${issuer}`])
})

test('a document without an issuer is a notice, where the token stays on a host of Databricks', async () => {
  const { server, notices, warnings, found } = await discoverAt((origin) => {
    const { token_endpoint } = whole(origin)
    return { status: 200, json: { token_endpoint } }
  })
  expect(await found).toEqual({ tokenEndpoint: new URL(`${server.origin}/oidc/v1/token`) })
  const told = 'The metadata of {host}/oidc names no issuer; going on, since its token endpoint is on that host.'
  expect([notices, warnings]).toEqual([[told], []])
})

test('what cannot be read is replaced by the fixed endpoint, with two warnings: why, and by what', async () => {
  const { server, warnings, found } = await discoverAt(() => ({ status: 404 }))
  expect(await found).toEqual({ tokenEndpoint: new URL(`${server.origin}/oidc/v1/token`) })
  expect(warnings).toEqual([
    `Authorization server metadata: ${server.origin.slice(7)} answered 404 at /oidc/.well-known/oauth-authorization-server.`,
    'Authorization server metadata could not be read; going on with the fixed token endpoint {host}/oidc/v1/token',
  ])
})

test.each([
  ['an answer that was not expected', { status: 403, text: 'no' }, 'no'],
  ['an issuer elsewhere', { status: 200, json: { issuer: 'https://evil.example' } }, 'https://evil.example'],
])('what the server said goes with the failure, to be cleaned where it is printed: %s', async (_name, answer, said) => {
  expect((await refusalOf(() => answer)).serverText).toBe(said)
})

test('an account console is no authorization server without an account', async () => {
  const console = parseHost('https://accounts.cloud.databricks.com')
  expect(expectedServer(console, 'an-id')).toBe('https://accounts.cloud.databricks.com/oidc/accounts/an-id')
  expect(await failureOf(() => expectedServer(console, undefined))).toMatchObject({
    code: 'ACCOUNT_ID_MISSING',
    message: 'A token for accounts.cloud.databricks.com is made for one account.',
  })
})
