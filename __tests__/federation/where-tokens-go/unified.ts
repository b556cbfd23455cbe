import type { FailureCode } from '../../../src/errors.ts'
import { MAX_FAULTS } from '../../../src/http/retry.ts'
import {
  accountId,
  config,
  configOf,
  documentOf,
  evil,
  exchange,
  kept,
  metadata,
  type Outcome,
  otherId,
  published,
  type Replies,
  type Reply,
  row,
  serverOf,
  spog,
  times,
  usual,
  ws,
} from './row.ts'

const host = spog
const server = serverOf(spog, accountId)
const open = `${spog}/oidc/accounts/{account_id}`
const read = config(spog)
const saying = (json: Readonly<Record<string, unknown>>): Replies => ({
  [configOf(spog)]: { status: 200, json },
})
const from = (place: string): Outcome => ({ ...usual(place), asks: [read, metadata(place), exchange(place)] })

// databricks-config in the SQL driver for Go, oauth_test.go. Where that driver falls back on the bare host, which
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
  ['has an endpoint with a prefix', { oidc_endpoint: 'https://notdatabricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint with a user', { oidc_endpoint: 'https://me@spog.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint on loopback', { oidc_endpoint: '{loopback}/oidc' }, 'METADATA_UNTRUSTED'],
  ['is at Microsoft', { oidc_endpoint: 'https://login.microsoftonline.com/x' }, 'METADATA_UNTRUSTED'],
]

const unreadable: [name: string, Reply, asked: number][] = [
  ['missing', { status: 404 }, 1],
  ['unavailable', { status: 503 }, MAX_FAULTS],
  ['unreachable', 'reset', MAX_FAULTS],
]

const type = (name: string) => ({ headers: { 'content-type': name } })
const wrong: [name: string, Reply, FailureCode][] = [
  ['a redirect', { status: 302, headers: { location: `${evil}/` } }, 'REDIRECTED'],
  ['forbidden', { status: 403, json: {} }, 'METADATA_REFUSED'],
  ['a page', { status: 200, text: '<html>', ...type('text/html') }, 'METADATA_INVALID'],
  ['garbage', { status: 200, text: 'x', ...type('application/json') }, 'METADATA_INVALID'],
]

const names = ['spog.databricks.com', 'DOGFOOD.STAGING.DATABRICKS.COM', 'cloud.databricks.com']
const atWorkspace = saying({ oidc_endpoint: `${ws}/oidc` })

export const unified = [
  ...names.map((name) => {
    const origin = `https://${name.toLowerCase()}`
    const place = serverOf(origin, accountId)
    const asks = [config(origin), metadata(place), exchange(place)]
    const outcome = { ...usual(place), asks, workspaceId: '6051921418418893', idTokens: [accountId] }
    return row(`the unified host ${name}`, { host: name }, outcome)
  }),
  ...good.map(([name, document, place]) =>
    row(`a unified host whose configuration ${name}`, { host }, from(place), saying(document)),
  ),
  ...bad.map(([name, document, code]) =>
    row(`a unified host whose configuration ${name}`, { host }, kept(code, read), saying(document)),
  ),
  ...wrong.map(([name, reply, code]) =>
    row(`a configuration that is ${name}`, { host }, kept(code, read), { [configOf(spog)]: reply }),
  ),
  ...unreadable.flatMap(([name, reply, asked]) => {
    const asks = [...times(asked, read), metadata(server), exchange(server)]
    const missing = kept('ACCOUNT_ID_MISSING', ...times(asked, read))
    return [
      row(
        `a configuration that is ${name}`,
        { host, accountId },
        { ...usual(server), asks },
        { [configOf(spog)]: reply },
      ),
      row(`a configuration that is ${name}, without account`, { host }, missing, { [configOf(spog)]: reply }),
    ]
  }),
  row(
    'the account of the input goes first',
    { host, accountId: otherId },
    from(serverOf(spog, otherId)),
    saying({ oidc_endpoint: open, account_id: accountId }),
  ),
  row('the account of the input alone', { host, accountId }, from(server), saying({ oidc_endpoint: open })),
  row(
    'a unified host without metadata',
    { host },
    { ...from(server), says: 'fixed token endpoint' },
    {
      [documentOf(server)]: { status: 404 },
    },
  ),
  row(
    'another host of Databricks without metadata',
    { host, accountId },
    { ends: 'exchanged', tokenTo: spog, asks: [read, metadata(`${ws}/oidc`), exchange(server)] },
    { ...atWorkspace, [documentOf(`${ws}/oidc`)]: { status: 404 } },
  ),
  row(
    'a unified host whose tokens go to another of Databricks',
    { host },
    { ends: 'exchanged', tokenTo: ws, asks: [read, metadata(server), exchange(`${ws}/oidc`)] },
    { [documentOf(server)]: published(server, { token_endpoint: `${ws}/oidc/v1/token` }) },
  ),
  ...[`${evil}/token`, 'https://databricks.com/token', 'http://spog.databricks.com/token'].map((token_endpoint) =>
    row(
      `a unified host whose tokens go to ${token_endpoint}`,
      { host },
      kept('METADATA_UNTRUSTED', read, metadata(server)),
      { [documentOf(server)]: published(server, { token_endpoint }) },
    ),
  ),
  row(
    'another host of Databricks whose tokens go elsewhere',
    { host },
    kept('METADATA_UNTRUSTED', read, metadata(`${ws}/oidc`)),
    {
      ...atWorkspace,
      [documentOf(`${ws}/oidc`)]: published(`${ws}/oidc`, { token_endpoint: `${evil}/token` }),
    },
  ),
]
