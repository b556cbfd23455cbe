import type { FailureCode } from '../../../src/errors.ts'
import { MAX_FAULTS } from '../../../src/http/retry.ts'
import {
  accountId,
  config,
  configOf,
  console,
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
// would give a token of another account, or send one to a web site, this action fails.
const good: [name: string, Readonly<Record<string, unknown>>, server: string][] = [
  ['leaves its account open', { oidc_endpoint: open, account_id: accountId }, server],
  ['names its account', { oidc_endpoint: server }, server],
  ['names it with a slash', { oidc_endpoint: `${server}/`, account_id: accountId }, server],
  ['is of a workspace', { oidc_endpoint: `${spog}/oidc`, account_id: accountId }, `${spog}/oidc`],
  ['is in capitals', { oidc_endpoint: server.replace('spog', 'SPOG') }, server],
  ['is at another host of Databricks', { oidc_endpoint: `${ws}/oidc` }, `${ws}/oidc`],
  ['is at an account console', { oidc_endpoint: serverOf(console, accountId) }, serverOf(console, accountId)],
  ['has a trailing dot', { oidc_endpoint: `${spog}./oidc/accounts/{account_id}`, account_id: accountId }, server],
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
  ['is at a staging host', { oidc_endpoint: 'https://x.staging.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['is at a web site', { oidc_endpoint: 'https://community.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint over http', { oidc_endpoint: 'http://spog.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint elsewhere', { oidc_endpoint: `${evil}/oidc` }, 'METADATA_UNTRUSTED'],
  ['has an endpoint that looks alike', { oidc_endpoint: `${spog}.evil.example/oidc` }, 'METADATA_UNTRUSTED'],
  ['has an endpoint at the apex', { oidc_endpoint: 'https://databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint with a prefix', { oidc_endpoint: 'https://notdatabricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint with a user', { oidc_endpoint: 'https://me@spog.databricks.com/oidc' }, 'METADATA_UNTRUSTED'],
  ['has an endpoint on loopback', { oidc_endpoint: '{loopback}/oidc' }, 'METADATA_UNTRUSTED'],
  ['is at Microsoft', { oidc_endpoint: 'https://login.microsoftonline.com/x' }, 'METADATA_UNTRUSTED'],
]

const unreadable: [name: string, Reply, FailureCode, asked: number][] = [
  ['missing', { status: 404 }, 'METADATA_REFUSED', 1],
  ['not implemented', { status: 501 }, 'METADATA_REFUSED', 1],
  ['unavailable', { status: 503 }, 'SERVER_UNAVAILABLE', MAX_FAULTS],
  ['unreachable', 'reset', 'NETWORK_FAILED', MAX_FAULTS],
  ['truncated', 'truncate', 'NETWORK_FAILED', MAX_FAULTS],
]
const webSite = 'https://community.databricks.com'

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
    const outcome = { ...usual(place), asks, workspaceId: '6051921418418893', idTokens: [`${place}/v1/token`] }
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
  ...unreadable.flatMap(([name, reply, code, asked]) => [
    row(
      `a web site whose configuration is ${name}`,
      { host: webSite, accountId },
      { ...kept(code, ...times(asked, config(webSite))), idTokens: [] },
      { [configOf(webSite)]: reply },
    ),
    row(
      `a configuration that is ${name}, with an audience`,
      { host, accountId, audience: 'mine' },
      kept(code, ...times(asked, read)),
      { [configOf(spog)]: reply },
    ),
    row(`a configuration that is ${name}, without account`, { host }, kept(code, ...times(asked, read)), {
      [configOf(spog)]: reply,
    }),
    row(
      `an authorization server document that is ${name}`,
      { host, accountId },
      { ...kept(code, read, ...times(asked, metadata(server))), idTokens: [] },
      { [documentOf(server)]: reply },
    ),
  ]),
  row(
    'the account of the input is not that of the document',
    { host, accountId: otherId },
    kept('METADATA_UNTRUSTED', read),
    saying({ oidc_endpoint: open, account_id: accountId }),
  ),
  row(
    'the account in the URL is not that of the document',
    { host: `${host}/?a=${otherId}` },
    kept('METADATA_UNTRUSTED', read),
    saying({ oidc_endpoint: open, account_id: accountId }),
  ),
  row(
    'tokens go to another account than that of the input',
    { host, accountId },
    kept('METADATA_UNTRUSTED', read, metadata(server)),
    { [documentOf(server)]: published(server, { token_endpoint: `${serverOf(console, otherId)}/v1/token` }) },
  ),
  row(
    'the account of the input, in capitals',
    { host, accountId: accountId.toUpperCase() },
    from(serverOf(spog, accountId.toUpperCase())),
    saying({ oidc_endpoint: open, account_id: accountId }),
  ),
  row('the account of the input alone', { host, accountId }, from(server), saying({ oidc_endpoint: open })),
  row(
    'another host of Databricks without metadata',
    { host, accountId },
    kept('METADATA_REFUSED', read, metadata(`${ws}/oidc`)),
    { ...atWorkspace, [documentOf(`${ws}/oidc`)]: { status: 404 } },
  ),
  row(
    'a unified host whose tokens go to another of Databricks',
    { host },
    { ends: 'exchanged', tokenTo: ws, asks: [read, metadata(server), exchange(`${ws}/oidc`)] },
    { [documentOf(server)]: published(server, { token_endpoint: `${ws}/oidc/v1/token` }) },
  ),
  row(
    'a unified host without an issuer',
    { host },
    { ...from(server), says: 'no issuer' },
    { [documentOf(server)]: published(server, { issuer: undefined }) },
  ),
  row(
    'a unified host without an issuer whose tokens go to another of Databricks',
    { host },
    kept('METADATA_INVALID', read, metadata(server)),
    { [documentOf(server)]: published(server, { issuer: undefined, token_endpoint: `${ws}/oidc/v1/token` }) },
  ),
  ...[`${evil}/token`, 'https://databricks.com/token', `${webSite}/token`, 'http://spog.databricks.com/token'].map(
    (token_endpoint) =>
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
