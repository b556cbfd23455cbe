import type { FailureCode } from '../../../src/errors.ts'
import type { IdentityProvider } from '../../../src/federation/identity-provider.ts'
import {
  accountId,
  console,
  exchange,
  kept,
  metadata,
  type Reply,
  type Row,
  refused,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const both = [metadata(server), exchange(server)]
const given = (iss: unknown, other: Readonly<Record<string, unknown>> = {}) => ({
  host: ws,
  given: { iss, ...other },
})

const entraIssuer = 'https://sts.windows.net/tenant-id/'

const providers: [iss: string, IdentityProvider][] = [
  ['https://token.actions.githubusercontent.com', 'github'],
  ['https://token.actions.githubusercontent.com/octo', 'github'],
  ['https://token.actions.octo.ghe.com', 'github'],
  ['https://github.corp.example/_services/token', 'github'],
  [entraIssuer, 'entra'],
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

const otherHosts = [
  'https://ws-2.cloud.databricks.com/oidc',
  `${spog}/oidc/accounts/${accountId}`,
  serverOf(console, accountId),
]

// Issuer and host; the token is used as it is, and no request is made.
const own: [iss: string, host: string][] = [
  [server, ws],
  ['HTTPS://WS.Cloud.Databricks.com./oidc', ws],
  ['https://ws.cloud.databricks.com:443/any/path', 'ws.cloud.databricks.com'],
  ['https://ws.cloud.databricks.com:8443/oidc', ws],
  [`${ws}/oidc`, `${ws}:8443`],
  [`${spog}/oidc/accounts/${accountId}`, spog],
  ['{loopback}/oidc', '{loopback}'],
]

const noTokens: [name: string, Row['given'], FailureCode][] = [
  ['a word', 'hunter2', 'SUBJECT_TOKEN_INVALID'],
  ['three words', 'a.b.c', 'SUBJECT_TOKEN_INVALID'],
  ['a personal access token', 'dapi0123456789abcdef0123456789abcdef', 'SUBJECT_TOKEN_INVALID'],
  ['a token without issuer', { iss: null }, 'SUBJECT_TOKEN_INVALID'],
  ['a token without expiry', { iss: entraIssuer, exp: null }, 'SUBJECT_TOKEN_INVALID'],
  ['an expired token', { iss: entraIssuer, exp: 1 }, 'SUBJECT_TOKEN_EXPIRED'],
  ['a token of tomorrow', { iss: entraIssuer, nbf: 4_000_000_000 }, 'SUBJECT_TOKEN_NOT_YET_VALID'],
]

const use = 'use_subject_token' as const
const entra = given(entraIssuer)
const refusing = (reply: Reply) => ({ replies: { [`${server}/v1/token`]: reply }, tokenTo: ws })

export const issuers: Row[] = [
  ...providers.map(([iss, provider]) => ({
    ...{ name: `a token of ${iss}`, ...given(iss), ...usual(server), provider, idTokens: [] },
  })),
  ...otherHosts.map((iss) => ({
    ...{ name: `a token of ${iss}`, ...given(iss), ...usual(server), provider: 'databricks' as const },
    says: 'not of https://ws.cloud.databricks.com',
  })),
  ...own.map(([iss, host]) => ({
    ...{ name: `a token of ${iss} at ${host}`, host, given: { iss } },
    ...{ ends: 'as it is' as const, asks: [], idTokens: [], says: 'used as it is' },
  })),
  ...noTokens.map(([name, token, code]) => ({
    name: `${name} is no subject token`,
    host: ws,
    given: token,
    ...refused(code),
  })),
  { name: 'an own token that ends soon', ...given(server), lifetime: 40, ...refused('TOKEN_TOO_SHORT') },
  {
    ...{ name: 'a token that ends soon', ...entra, lifetime: 40, tokenTo: ws, idTokens: [] },
    ...kept('TOKEN_TOO_SHORT', ...both),
  },
  ...[400, 401, 404].map((status) => ({
    ...{ name: `${status}, and the original token is wanted`, ...entra, onExchangeFailure: use },
    ...{
      ...refusing({ status, json: {} }),
      ends: 'as it is' as const,
      asks: both,
      says: 'handed on',
      provider: 'entra' as const,
    },
  })),
  ...[400, 401, 404].map((status) => ({
    ...{
      name: `${status}, and the original token is not wanted`,
      ...entra,
      ...refusing({ status, json: {} }),
    },
    ...kept(status === 404 ? 'EXCHANGE_NOT_FOUND' : 'EXCHANGE_REFUSED', ...both),
  })),
  ...(
    [
      [{ status: 403, json: {} }, 'EXCHANGE_FORBIDDEN', 1],
      [{ status: 422, json: {} }, 'EXCHANGE_INVALID', 1],
      [{ status: 200, json: {} }, 'EXCHANGE_INVALID', 1],
      [{ status: 302, headers: { location: 'https://evil.example/' } }, 'REDIRECTED', 1],
      [{ status: 307, headers: { location: 'https://evil.example/' } }, 'REDIRECTED', 1],
      [{ status: 500 }, 'SERVER_UNAVAILABLE', 4],
      [{ status: 503 }, 'SERVER_UNAVAILABLE', 4],
      ['reset', 'NETWORK_FAILED', 4],
    ] as [Reply, FailureCode, number][]
  ).map(([reply, code, times]) => ({
    ...{
      name: `${JSON.stringify(reply)} is no reason for the original token`,
      ...entra,
      onExchangeFailure: use,
    },
    ...{ ...refusing(reply), ...kept(code, metadata(server), ...Array(times).fill(exchange(server))) },
  })),
  ...[
    'https://token.actions.githubusercontent.com',
    'https://token.actions.octo.ghe.com',
    'https://github.corp.example/_services/token',
  ].map((iss) => ({
    ...{ name: `a token of ${iss} is never handed on`, ...given(iss), onExchangeFailure: use },
    ...{ ...refusing({ status: 400, json: {} }), ...kept('EXCHANGE_REFUSED', ...both) },
  })),
  {
    ...{
      name: 'metadata that forbids is no reason for the original token',
      ...entra,
      onExchangeFailure: use,
    },
    ...{ replies: { [`${server}/.well-known/oauth-authorization-server`]: { status: 403 } } },
    ...kept('METADATA_REFUSED', metadata(server)),
  },
  {
    ...{ name: 'a given token is tried once', ...entra, accountId, policy: ['another'], tokenTo: ws },
    ...{ ...kept('EXCHANGE_REFUSED', ...both), idTokens: [] },
  },
]
