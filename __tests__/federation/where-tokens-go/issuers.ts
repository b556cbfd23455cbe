import type { FailureCode } from '../../../src/errors.ts'
import type { IdentityProvider } from '../../../src/federation/issuer.ts'
import {
  type Asked,
  accountId,
  console,
  exchange,
  kept,
  metadata,
  refused,
  row,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const entra = 'https://sts.windows.net/tenant-id/'

const providers: [iss: string, IdentityProvider][] = [
  ['https://token.actions.githubusercontent.com', 'github'],
  ['https://token.actions.githubusercontent.com/octo', 'github'],
  ['https://token.actions.octo.ghe.com', 'github'],
  ['https://github.corp.example/_services/token', 'github'],
  [entra, 'entra'],
  ['https://login.microsoftonline.com/tenant-id/', 'entra'],
  ['https://login.microsoftonline.com/tenant-id/v2.0', 'entra'],
  ['https://login.microsoftonline.us/tenant-id/v2.0', 'entra'],
  ['https://login.partner.microsoftonline.cn/tenant-id/v2.0', 'entra'],
  ['https://accounts.google.com', 'google'],
  ['https://cognito-identity.amazonaws.com', 'aws'],
  ['https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example', 'aws'],
  [`https://${accountId}.tokens.sts.global.api.aws`, 'aws'],
  ['https://dev-12345.okta.com/oauth2/default', 'okta'],
  ['https://corp.onelogin.com/oidc/2', 'onelogin'],
  ['https://auth.pingone.eu/environment/as', 'ping'],
  ['https://sso.corp.example/realms/octo', 'keycloak'],
  ['https://dev-12345.auth0.com/', 'other'],
  ['https://token.actions.githubusercontent.com.evil.example', 'other'],
  // Nothing of these is the host's own, however alike.
  [`${ws}.evil.example/oidc`, 'other'],
  ['ws.cloud.databricks.com', 'other'],
  ['http://ws.cloud.databricks.com/oidc', 'other'],
  ['https://ws.cloud.databricks.com@evil.example', 'other'],
]

const otherHosts = ['https://ws-2.cloud.databricks.com/oidc', serverOf(spog, accountId), serverOf(console, accountId)]

// Issuer and host; the token is used as it is, and no request is made.
const own: [iss: string, host: string][] = [
  [server, ws],
  ['HTTPS://WS.Cloud.Databricks.com./oidc', ws],
  [`${ws}:443/any/path`, 'ws.cloud.databricks.com'],
  [`${ws}:8443/oidc`, ws],
  [server, `${ws}:8443`],
  [serverOf(spog, accountId), spog],
  ['{loopback}/oidc', '{loopback}'],
]

const noTokens: [name: string, Asked['given'], FailureCode][] = [
  ['a word', 'hunter2', 'SUBJECT_TOKEN_INVALID'],
  ['three words', 'a.b.c', 'SUBJECT_TOKEN_INVALID'],
  ['a personal access token', 'dapi0123456789abcdef0123456789abcdef', 'SUBJECT_TOKEN_INVALID'],
  ['a token without issuer', { iss: null }, 'SUBJECT_TOKEN_INVALID'],
  ['a token without expiry', { iss: entra, exp: null }, 'SUBJECT_TOKEN_INVALID'],
  ['an expired token', { iss: entra, exp: 1 }, 'SUBJECT_TOKEN_EXPIRED'],
  ['an own token that expired', { iss: server, exp: 1 }, 'SUBJECT_TOKEN_EXPIRED'],
  ['a token of tomorrow', { iss: entra, nbf: 4_000_000_000 }, 'SUBJECT_TOKEN_NOT_YET_VALID'],
]

const githubServer = 'https://github.corp.example'
const github = 'https://token.actions.githubusercontent.com'
const asHost = (host: string) => ({ host, allowUnknown: true, audience: 'mine' }) as const

const both = [metadata(server), exchange(server)]

export const issuers = [
  ...providers.map(([iss, provider]) =>
    row(`a token of ${iss}`, { host: ws, given: { iss } }, { ...usual(server), provider, idTokens: [] }),
  ),
  ...otherHosts.map((iss) => {
    const outcome = { ...usual(server), provider: 'databricks', says: `not of ${ws}` } as const
    return row(`a token of ${iss}`, { host: ws, given: { iss } }, outcome)
  }),
  ...own.map(([iss, host]) => {
    const outcome = { ends: 'as it is', asks: [], idTokens: [], says: 'used as it is' } as const
    return row(`a token of ${iss} at ${host}`, { host, given: { iss } }, outcome)
  }),
  ...noTokens.map(([name, given, code]) => row(`${name} is no subject token`, { host: ws, given }, refused(code))),
  row(
    'a GitHub Enterprise Server as host, with its own token',
    { ...asHost(githubServer), given: { iss: `${githubServer}/_services/token` } },
    { ...usual(serverOf(githubServer)), idTokens: [] },
  ),
  row(
    'a GitHub Enterprise Server as host, which refuses',
    { ...asHost(githubServer), given: { iss: `${githubServer}/_services/token` }, policy: ['none'] },
    {
      ...kept('EXCHANGE_REFUSED', metadata(serverOf(githubServer)), exchange(serverOf(githubServer))),
      tokenTo: githubServer,
    },
  ),
  row('the issuer of the runner as host, which answers with a token of its own', asHost(github), {
    ...usual(serverOf(github)),
    ends: 'EXCHANGE_INVALID',
    idTokens: ['mine'],
  }),
  row('an own token that ends soon', { host: ws, given: { iss: server }, lifetime: 40 }, refused('TOKEN_TOO_SHORT')),
  row(
    'a token that ends soon',
    { host: ws, given: { iss: entra }, lifetime: 40 },
    { ...kept('TOKEN_TOO_SHORT', ...both), tokenTo: ws },
  ),
]
