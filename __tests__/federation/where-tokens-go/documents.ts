import type { FailureCode } from '../../../src/errors.ts'
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
  type Row,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const read = metadata(server)
const replies = (reply: Reply) => ({ [documentOf(server)]: reply })
const json = { 'content-type': 'application/json' }

// Not to be read at this time: the fixed endpoint of the same host is used. Status, and how often it is asked.
const unreadable: [name: string, Reply, times: number][] = [
  ['answered with 404', { status: 404, text: 'Not Found' }, 1],
  ['answered with 408', { status: 408 }, 4],
  ['answered with 429, for longer than a login', { status: 429, headers: { 'retry-after': '3600' } }, 1],
  ['answered with 500', { status: 500 }, 4],
  ['answered with 501', { status: 501 }, 1],
  [
    'answered with 502 and a page',
    { status: 502, text: '<html>', headers: { 'content-type': 'text/html' } },
    4,
  ],
  ['answered with 503', { status: 503 }, 4],
  ['answered with 504', { status: 504 }, 4],
  ['reset', 'reset', 4],
  ['truncated', 'truncate', 4],
  ['stalled', 'stall', 2],
]

// Read, and not what it should be: no token leaves.
const wrong: [name: string, Reply, FailureCode][] = [
  ['a redirect elsewhere', { status: 302, headers: { location: `${evil}/oidc` } }, 'REDIRECTED'],
  ['a permanent redirect', { status: 308, headers: { location: `${evil}/oidc` } }, 'REDIRECTED'],
  ['a redirect to http', { status: 307, headers: { location: ws.replace('https', 'http') } }, 'REDIRECTED'],
  ['a redirect to nowhere', { status: 301 }, 'REDIRECTED'],
  ['204', { status: 204 }, 'METADATA_REFUSED'],
  ['400', { status: 400, json: {} }, 'METADATA_REFUSED'],
  ['401', { status: 401, json: {} }, 'METADATA_REFUSED'],
  ['403', { status: 403, json: {} }, 'METADATA_REFUSED'],
  ['410', { status: 410, json: {} }, 'METADATA_REFUSED'],
  [
    'a login page',
    { status: 200, text: '<html>', headers: { 'content-type': 'text/html' } },
    'METADATA_INVALID',
  ],
  [
    'JSON that is called text',
    { ...published(server), headers: { 'content-type': 'text/plain' } },
    'METADATA_INVALID',
  ],
  ['broken JSON', { status: 200, text: '{', headers: json }, 'METADATA_INVALID'],
  ['an empty answer', { status: 200, text: '', headers: json }, 'METADATA_INVALID'],
  ['an array', { status: 200, json: [] }, 'METADATA_INVALID'],
  ['null', { status: 200, json: null }, 'METADATA_INVALID'],
  ['no issuer', published(server, { issuer: undefined }), 'METADATA_INVALID'],
  ['an issuer that is no text', published(server, { issuer: [server] }), 'METADATA_INVALID'],
  ['an issuer elsewhere', published(server, { issuer: `${evil}/oidc` }), 'METADATA_UNTRUSTED'],
  [
    'an issuer over http',
    published(server, { issuer: server.replace('https', 'http') }),
    'METADATA_UNTRUSTED',
  ],
  [
    'an issuer that is no URL',
    published(server, { issuer: 'ws.cloud.databricks.com' }),
    'METADATA_UNTRUSTED',
  ],
  ['an issuer that looks alike', published(server, { issuer: `${ws}.evil.example` }), 'METADATA_UNTRUSTED'],
  [
    'the issuer Microsoft',
    published(server, { issuer: 'https://login.microsoftonline.com' }),
    'METADATA_UNTRUSTED',
  ],
  ['no token endpoint', published(server, { token_endpoint: undefined }), 'METADATA_INVALID'],
  ['a token endpoint that is no text', published(server, { token_endpoint: {} }), 'METADATA_INVALID'],
  ['a relative token endpoint', published(server, { token_endpoint: '/oidc/v1/token' }), 'METADATA_INVALID'],
  ['an empty token endpoint', published(server, { token_endpoint: '' }), 'METADATA_INVALID'],
  [
    'an account left open',
    published(server, { token_endpoint: `${ws}/{account_id}/token` }),
    'METADATA_INVALID',
  ],
]

const elsewhere = [
  `${evil}/oidc/v1/token`,
  'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
  `${ws}.evil.example/oidc/v1/token`,
  'https://evil.example\\@ws.cloud.databricks.com/oidc/v1/token',
  'https://ws.cloud.databricks.com@evil.example/oidc/v1/token',
  'https://me@ws.cloud.databricks.com/oidc/v1/token',
  'https://me:pw@ws.cloud.databricks.com/oidc/v1/token',
  'http://ws.cloud.databricks.com/oidc/v1/token',
  'https://ws.cloud.databricks.com:8443/oidc/v1/token',
  'https://ws.cloud.databricks.com/oidc/v1/token#fragment',
  'https://ws-2.cloud.databricks.com/oidc/v1/token',
  `${console}/oidc/accounts/${accountId}/v1/token`,
  `${spog}/oidc/accounts/${accountId}/v1/token`,
  'https://databricks.com/oidc/v1/token',
  '{loopback}/oidc/v1/token',
  'https://127.0.0.1/oidc/v1/token',
  'ftp://ws.cloud.databricks.com/oidc/v1/token',
  'data:,token',
]

const here: [tokenEndpoint: string, asked: string][] = [
  ['HTTPS://WS.Cloud.Databricks.com/oidc/v1/token', `${server}/v1/token`],
  ['https://ws.cloud.databricks.com:443/oidc/v1/token', `${server}/v1/token`],
  ['https://ws.cloud.databricks.com/oidc/v1/token?version=2', `${server}/v1/token?version=2`],
  ['https://ws.cloud.databricks.com/x/../oidc/v1/token', `${server}/v1/token`],
]

const consoleServer = serverOf(console, accountId)
const fromConsole = { host: console, accountId }
const toWorkspace = published(consoleServer, { token_endpoint: `${server}/v1/token` })
const vanity = { host: 'https://databricks.corp.example', allowUnknown: true, audience: 'mine' } as const
const vanityServer = serverOf(vanity.host)

export const documents: Row[] = [
  ...unreadable.map(([name, reply, times]) => ({
    ...{ name: `metadata ${name}`, host: ws, replies: replies(reply), ...usual(server) },
    ...{ asks: [...Array(times).fill(read), exchange(server)], says: 'fixed token endpoint' },
  })),
  ...wrong.map(([name, reply, code]) => ({
    ...{ name: `metadata: ${name}`, host: ws, replies: replies(reply), ...kept(code, read) },
  })),
  ...elsewhere.map((token_endpoint) => ({
    ...{
      name: `a workspace whose tokens go to ${token_endpoint}`,
      host: ws,
      ...kept('METADATA_UNTRUSTED', read),
    },
    replies: replies(published(server, { token_endpoint })),
  })),
  ...here.map(([token_endpoint, asked]) => ({
    ...{ name: `a workspace whose tokens go to ${token_endpoint}`, host: ws, ...usual(server) },
    ...{ replies: replies(published(server, { token_endpoint })), asks: [read, `POST ${asked}`] },
  })),
  ...['https://oregon.cloud.databricks.com/oidc', `${server}/`, `${ws}/OIDC`].map((issuer) => ({
    ...{ name: `a workspace of the issuer ${issuer}`, host: ws, ...usual(server), says: 'another issuer' },
    replies: replies(published(server, { issuer })),
  })),
  {
    ...{ name: 'a console whose tokens go to a workspace', ...fromConsole },
    ...kept('METADATA_UNTRUSTED', metadata(consoleServer)),
    replies: { [documentOf(consoleServer)]: toWorkspace },
  },
  {
    ...{
      name: 'a console without metadata',
      ...fromConsole,
      ...usual(consoleServer),
      says: 'fixed token endpoint',
    },
    replies: { [documentOf(consoleServer)]: { status: 404 } },
  },
  {
    ...{
      name: 'an unknown host of another issuer',
      ...vanity,
      ...usual(vanityServer),
      says: 'another issuer',
    },
    replies: { [documentOf(vanityServer)]: published(vanityServer, { issuer: server }) },
  },
  {
    ...{ name: 'an unknown host that points to a workspace', ...vanity },
    ...kept('METADATA_UNTRUSTED', metadata(vanityServer)),
    replies: {
      [documentOf(vanityServer)]: published(vanityServer, { token_endpoint: `${server}/v1/token` }),
    },
  },
  {
    ...{ name: 'loopback that points to another port', host: '{loopback}' },
    ...kept('METADATA_UNTRUSTED', metadata('{loopback}/oidc')),
    replies: {
      [documentOf('{loopback}/oidc')]: published('{loopback}/oidc', {
        token_endpoint: 'http://127.0.0.1:9/token',
      }),
    },
  },
  {
    ...{ name: 'loopback that points to a workspace', host: '{loopback}' },
    ...kept('METADATA_UNTRUSTED', metadata('{loopback}/oidc')),
    replies: {
      [documentOf('{loopback}/oidc')]: published('{loopback}/oidc', { token_endpoint: `${server}/v1/token` }),
    },
  },
  {
    ...{ name: 'a certificate for another name', host: 'https://badcert.cloud.databricks.com' },
    ...kept('TLS_FAILED'),
  },
]
