import {
  accountId,
  console,
  documentOf,
  evil,
  kept,
  metadata,
  published,
  type Replies,
  row,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const pointing = (from: string, token_endpoint: string): Replies => ({
  [documentOf(from)]: published(from, { token_endpoint }),
})

// Named by the metadata of a workspace, and not that workspace.
const elsewhere = [
  `${evil}/oidc/v1/token`,
  'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
  `${ws}.evil.example/oidc/v1/token`,
  'https://evil.example\\@ws.cloud.databricks.com/oidc/v1/token',
  `${ws}@evil.example/oidc/v1/token`,
  'https://me@ws.cloud.databricks.com/oidc/v1/token',
  'https://me:pw@ws.cloud.databricks.com/oidc/v1/token',
  'http://ws.cloud.databricks.com/oidc/v1/token',
  `${ws}:8443/oidc/v1/token`,
  `${ws}/oidc/v1/token#fragment`,
  'https://ws-2.cloud.databricks.com/oidc/v1/token',
  `${console}/oidc/accounts/${accountId}/v1/token`,
  `${spog}/oidc/accounts/${accountId}/v1/token`,
  'https://databricks.com/oidc/v1/token',
  '{loopback}/oidc/v1/token',
  'https://127.0.0.1/oidc/v1/token',
  'ftp://ws.cloud.databricks.com/oidc/v1/token',
  'data:,token',
]

// The same workspace, however it is written.
const here: [tokenEndpoint: string, asked: string][] = [
  ['HTTPS://WS.Cloud.Databricks.com/oidc/v1/token', `${server}/v1/token`],
  [`${ws}:443/oidc/v1/token`, `${server}/v1/token`],
  [`${ws}/oidc/v1/token?version=2`, `${server}/v1/token?version=2`],
  [`${ws}/x/../oidc/v1/token`, `${server}/v1/token`],
]

const consoleServer = serverOf(console, accountId)
const vanity = { host: 'https://databricks.corp.example', allowUnknown: true, audience: 'mine' } as const
const vanityServer = serverOf(vanity.host)
const loopback = { host: '{loopback}' }

export const tokenEndpoints = [
  ...elsewhere.map((place) =>
    row(`tokens go to ${place}`, { host: ws }, kept('METADATA_UNTRUSTED', metadata(server)), pointing(server, place)),
  ),
  ...here.map(([place, asked]) => {
    const outcome = { ...usual(server), asks: [metadata(server), `POST ${asked}`] }
    return row(`tokens stay at ${place}`, { host: ws }, outcome, pointing(server, place))
  }),
  row(
    'a console whose tokens go to a workspace',
    { host: console, accountId },
    kept('METADATA_UNTRUSTED', metadata(consoleServer)),
    pointing(consoleServer, `${server}/v1/token`),
  ),
  row(
    'an unknown host whose tokens go to a workspace',
    vanity,
    kept('METADATA_UNTRUSTED', metadata(vanityServer)),
    pointing(vanityServer, `${server}/v1/token`),
  ),
  row(
    'an unknown host in front of a workspace',
    vanity,
    { ...usual(vanityServer), says: 'another issuer' },
    { [documentOf(vanityServer)]: published(vanityServer, { issuer: server }) },
  ),
  ...['http://127.0.0.1:9/oidc/v1/token', 'http://localhost/oidc/v1/token', `${server}/v1/token`].map((place) =>
    row(
      `loopback whose tokens go to ${place}`,
      loopback,
      kept('METADATA_UNTRUSTED', metadata('{loopback}/oidc')),
      pointing('{loopback}/oidc', place),
    ),
  ),
]
