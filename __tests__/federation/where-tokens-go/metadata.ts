import type { FailureCode } from '../../../src/errors.ts'
import { MAX_FAULTS } from '../../../src/http/retry.ts'
import {
  accountId,
  console,
  documentOf,
  evil,
  exchange,
  kept,
  metadata,
  published,
  type Reply,
  row,
  serverOf,
  times,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const read = metadata(server)
const replying = (reply: Reply) => ({ [documentOf(server)]: reply })
const saying = (document: Readonly<Record<string, unknown>>): Reply => published(server, document)
const redirect = (status: number, location: string): Reply => ({ status, headers: { location } })
const page = (text: string, type: string, status = 200): Reply => ({
  status,
  text,
  headers: { 'content-type': type },
})

// Not to be read at this time, and how often it is asked: the fixed endpoint of the same host is used.
const unreadable: [name: string, Reply, asked: number][] = [
  ['answered with 404', { status: 404, text: 'Not Found' }, 1],
  ['answered with 408', { status: 408 }, MAX_FAULTS],
  ['answered with 429, for longer than a login', { status: 429, headers: { 'retry-after': '3600' } }, 1],
  ['answered with 500', { status: 500 }, MAX_FAULTS],
  ['answered with 501', { status: 501 }, 1],
  ['answered with 502 and a page', page('<html>', 'text/html', 502), MAX_FAULTS],
  ['answered with 503', { status: 503 }, MAX_FAULTS],
  ['answered with 504', { status: 504 }, MAX_FAULTS],
  ['reset', 'reset', MAX_FAULTS],
  ['truncated', 'truncate', MAX_FAULTS],
  ['stalled', 'stall', 2],
]

// Read, and not what it should be: an error, and no token leaves.
const wrong: [name: string, Reply, FailureCode][] = [
  ['a redirect elsewhere', redirect(302, `${evil}/oidc`), 'REDIRECTED'],
  ['a permanent redirect', redirect(308, `${evil}/oidc`), 'REDIRECTED'],
  ['a redirect to http', redirect(307, ws.replace('https', 'http')), 'REDIRECTED'],
  ['a redirect to itself', redirect(302, documentOf(server)), 'REDIRECTED'],
  ['a redirect to nowhere', { status: 301 }, 'REDIRECTED'],
  ['204', { status: 204 }, 'METADATA_REFUSED'],
  ['400', { status: 400, json: {} }, 'METADATA_REFUSED'],
  ['401', { status: 401, json: {} }, 'METADATA_REFUSED'],
  ['403', { status: 403, json: {} }, 'METADATA_REFUSED'],
  ['410', { status: 410, json: {} }, 'METADATA_REFUSED'],
  ['a login page', page('<html>', 'text/html'), 'METADATA_INVALID'],
  ['JSON that is called text', page('{}', 'text/plain'), 'METADATA_INVALID'],
  ['broken JSON', page('{', 'application/json'), 'METADATA_INVALID'],
  ['an empty answer', page('', 'application/json'), 'METADATA_INVALID'],
  ['an array', { status: 200, json: [] }, 'METADATA_INVALID'],
  ['null', { status: 200, json: null }, 'METADATA_INVALID'],
  [
    'no issuer, and tokens that go elsewhere',
    saying({ issuer: undefined, token_endpoint: evil }),
    'METADATA_UNTRUSTED',
  ],
  ['an issuer that is no text', saying({ issuer: [server] }), 'METADATA_INVALID'],
  ['an issuer elsewhere', saying({ issuer: `${evil}/oidc` }), 'METADATA_UNTRUSTED'],
  ['an issuer over http', saying({ issuer: server.replace('https', 'http') }), 'METADATA_UNTRUSTED'],
  ['an issuer that is no URL', saying({ issuer: 'ws.cloud.databricks.com' }), 'METADATA_UNTRUSTED'],
  ['an issuer that looks alike', saying({ issuer: `${ws}.evil.example` }), 'METADATA_UNTRUSTED'],
  ['the issuer Microsoft', saying({ issuer: 'https://login.microsoftonline.com' }), 'METADATA_UNTRUSTED'],
  ['an issuer elsewhere and no endpoint', saying({ issuer: evil, token_endpoint: 7 }), 'METADATA_UNTRUSTED'],
  ['no token endpoint', saying({ token_endpoint: undefined }), 'METADATA_INVALID'],
  ['a token endpoint that is no text', saying({ token_endpoint: {} }), 'METADATA_INVALID'],
  ['a relative token endpoint', saying({ token_endpoint: '/oidc/v1/token' }), 'METADATA_INVALID'],
  ['an empty token endpoint', saying({ token_endpoint: '' }), 'METADATA_INVALID'],
  ['an account left open', saying({ token_endpoint: `${ws}/{account_id}/token` }), 'METADATA_INVALID'],
]

const otherIssuers = ['https://oregon.cloud.databricks.com/oidc', `${server}/`, `${ws}/OIDC`]

const withoutIssuer = saying({ issuer: undefined })
const vanity = 'https://databricks.corp.example'

const consoleServer = serverOf(console, accountId)
const fromConsole = { host: console, accountId }
const fixed = { says: 'fixed token endpoint' }

export const metadataRows = [
  ...unreadable.map(([name, reply, asked]) => {
    const asks = [...times(asked, read), exchange(server)]
    return row(`metadata ${name}`, { host: ws }, { ...usual(server), ...fixed, asks }, replying(reply))
  }),
  ...wrong.map(([name, reply, code]) => row(`metadata: ${name}`, { host: ws }, kept(code, read), replying(reply))),
  ...otherIssuers.map((issuer) => {
    const outcome = { ...usual(server), says: 'another issuer' }
    return row(`a workspace of the issuer ${issuer}`, { host: ws }, outcome, replying(saying({ issuer })))
  }),
  // As the server in databricks/cli answers, against which its own tests run (libs/testserver).
  row('a workspace without an issuer', { host: ws }, { ...usual(server), says: 'no issuer' }, replying(withoutIssuer)),
  row(
    'an unknown host without an issuer',
    { host: vanity, allowUnknown: true, audience: 'mine' },
    kept('METADATA_INVALID', metadata(serverOf(vanity))),
    { [documentOf(serverOf(vanity))]: published(serverOf(vanity), { issuer: undefined }) },
  ),
  row(
    'a console without metadata',
    fromConsole,
    { ...usual(consoleServer), ...fixed },
    {
      [documentOf(consoleServer)]: { status: 404 },
    },
  ),
]
