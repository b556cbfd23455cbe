import type { FailureCode } from '../../../src/errors.ts'
import {
  accountId,
  config,
  configOf,
  documentOf,
  evil,
  exchange,
  kept,
  metadata,
  otherId,
  published,
  type Reply,
  type Row,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const host = spog
const server = serverOf(spog, accountId)
const open = `${spog}/oidc/accounts/{account_id}`
const read = config(spog)
const saying = (json: Readonly<Record<string, unknown>>): Row['replies'] => ({
  [configOf(spog)]: { status: 200, json },
})
const from = (place: string): Pick<Row, 'ends' | 'asks' | 'tokenTo'> => ({
  ...usual(place),
  asks: [read, metadata(place), exchange(place)],
})

// databricks-config of the SQL driver for Go, oauth_test.go: where that driver falls back on the bare host, which
// would give a token of another account, this action fails, unless the document just cannot be read.
const good: [name: string, Readonly<Record<string, unknown>>, server: string][] = [
  ['leaves its account open', { oidc_endpoint: open, account_id: accountId }, server],
  ['names its account', { oidc_endpoint: server }, server],
  ['names it with a slash', { oidc_endpoint: `${server}/`, account_id: accountId }, server],
  ['is of a workspace', { oidc_endpoint: `${spog}/oidc`, account_id: accountId }, `${spog}/oidc`],
  ['is in capitals', { oidc_endpoint: server.replace('spog', 'SPOG') }, server],
  ['is at another host of Databricks', { oidc_endpoint: `${ws}/oidc` }, `${ws}/oidc`],
  [
    'is at a staging host',
    { oidc_endpoint: 'https://x.staging.databricks.com/oidc' },
    'https://x.staging.databricks.com/oidc',
  ],
  ['has a query', { oidc_endpoint: `${server}?x=y` }, server],
]

const bad: [name: string, Readonly<Record<string, unknown>>, FailureCode][] = [
  ['leaves its account open, and names none', { oidc_endpoint: open }, 'ACCOUNT_ID_MISSING'],
  ['has an empty account', { oidc_endpoint: open, account_id: '' }, 'ACCOUNT_ID_MISSING'],
  ['has an account that is no UUID', { oidc_endpoint: open, account_id: 'acc-123' }, 'ACCOUNT_ID_MISSING'],
  ['has an account that is a path', { oidc_endpoint: open, account_id: '../../x' }, 'ACCOUNT_ID_MISSING'],
  ['has no endpoint', { account_id: accountId }, 'METADATA_INVALID'],
  ['has an endpoint that is no text', { oidc_endpoint: [server] }, 'METADATA_INVALID'],
  ['has a relative endpoint', { oidc_endpoint: '/oidc' }, 'METADATA_INVALID'],
  ['has an endpoint that is no URL', { oidc_endpoint: '://bad' }, 'METADATA_INVALID'],
  ['has an endpoint over http', { oidc_endpoint: 'http://spog.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint elsewhere', { oidc_endpoint: `${evil}/oidc` }, 'METADATA_UNTRUSTED'],
  ['has an endpoint that looks alike', { oidc_endpoint: `${spog}.evil.example/oidc` }, 'METADATA_UNTRUSTED'],
  ['has an endpoint at the apex', { oidc_endpoint: 'https://databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  [
    'has an endpoint at a look-alike',
    { oidc_endpoint: 'https://notdatabricks.com/oidc' },
    'METADATA_UNTRUSTED',
  ],
  [
    'has an endpoint with a user',
    { oidc_endpoint: 'https://me@spog.databricks.com/oidc' },
    'METADATA_UNTRUSTED',
  ],
  ['has an endpoint on loopback', { oidc_endpoint: '{loopback}/oidc' }, 'METADATA_UNTRUSTED'],
  ['is at Microsoft', { oidc_endpoint: 'https://login.microsoftonline.com/x' }, 'METADATA_UNTRUSTED'],
]

const unreadable: [name: string, Reply, times: number][] = [
  ['missing', { status: 404 }, 1],
  ['unavailable', { status: 503 }, 4],
  ['unreachable', 'reset', 4],
]

const wrong: [name: string, Reply, FailureCode][] = [
  ['a redirect', { status: 302, headers: { location: `${evil}/` } }, 'REDIRECTED'],
  ['forbidden', { status: 403, json: {} }, 'METADATA_REFUSED'],
  ['a page', { status: 200, text: '<html>', headers: { 'content-type': 'text/html' } }, 'METADATA_INVALID'],
  [
    'garbage',
    { status: 200, text: 'x', headers: { 'content-type': 'application/json' } },
    'METADATA_INVALID',
  ],
]

const pointsTo = (token_endpoint: string) => ({ [documentOf(server)]: published(server, { token_endpoint }) })

export const unified: Row[] = [
  ...good.map(([name, document, place]) => ({
    ...{
      name: `a unified host whose configuration ${name}`,
      host,
      replies: saying(document),
      ...from(place),
    },
  })),
  ...bad.map(([name, document, code]) => ({
    ...{
      name: `a unified host whose configuration ${name}`,
      host,
      replies: saying(document),
      ...kept(code, read),
    },
  })),
  ...wrong.map(([name, reply, code]) => ({
    ...{ name: `a unified host whose configuration is ${name}`, host, ...kept(code, read) },
    replies: { [configOf(spog)]: reply },
  })),
  ...unreadable.flatMap(([name, reply, times]) => {
    const row = { host, replies: { [configOf(spog)]: reply } }
    const asked = Array(times).fill(read)
    return [
      {
        ...{ name: `a configuration that is ${name}`, ...row, accountId, ...usual(server) },
        asks: [...asked, metadata(server), exchange(server)],
      },
      {
        ...{ name: `a configuration that is ${name}, and no account`, ...row },
        ...kept('ACCOUNT_ID_MISSING', ...asked),
      },
    ]
  }),
  {
    ...{
      name: 'the account of the input goes first',
      host,
      accountId: otherId,
      ...from(serverOf(spog, otherId)),
    },
    replies: saying({ oidc_endpoint: open, account_id: accountId }),
  },
  {
    ...{ name: 'the account of the input for a document without', host, accountId, ...from(server) },
    replies: saying({ oidc_endpoint: open }),
  },
  {
    ...{ name: 'a unified host without metadata', host, ...from(server), says: 'fixed token endpoint' },
    replies: { [documentOf(server)]: { status: 404 } },
  },
  {
    ...{
      name: 'another host of Databricks without metadata',
      host,
      accountId,
      tokenTo: spog,
      ends: 'exchanged',
    },
    replies: { ...saying({ oidc_endpoint: `${ws}/oidc` }), [documentOf(`${ws}/oidc`)]: { status: 404 } },
    asks: [read, metadata(`${ws}/oidc`), exchange(server)],
  },
  {
    ...{
      name: 'a unified host whose tokens go to another of Databricks',
      host,
      ends: 'exchanged',
      tokenTo: ws,
    },
    ...{ replies: pointsTo(`${ws}/oidc/v1/token`), asks: [read, metadata(server), exchange(`${ws}/oidc`)] },
  },
  ...[`${evil}/token`, 'https://databricks.com/token', 'http://spog.databricks.com/token'].map((place) => ({
    ...{ name: `a unified host whose tokens go to ${place}`, host, replies: pointsTo(place) },
    ...kept('METADATA_UNTRUSTED', read, metadata(server)),
  })),
  {
    ...{ name: 'another host of Databricks whose tokens go elsewhere', host },
    replies: {
      ...saying({ oidc_endpoint: `${ws}/oidc` }),
      [documentOf(`${ws}/oidc`)]: published(`${ws}/oidc`, { token_endpoint: `${evil}/token` }),
    },
    ...kept('METADATA_UNTRUSTED', read, metadata(`${ws}/oidc`)),
  },
]
