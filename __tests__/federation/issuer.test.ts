import { expect, test } from 'vitest'
import { type IdentityProvider, identityProvider, isGitHub } from '../../src/federation/issuer.ts'

const tenant = '9188040d-6c67-4c5b-b112-36a304b66dad'
const account = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

const issuers: Record<Exclude<IdentityProvider, 'other'>, string[]> = {
  github: [
    'https://token.actions.githubusercontent.com',
    'https://token.actions.githubusercontent.com/',
    'https://token.actions.githubusercontent.com/octo-enterprise',
    'https://TOKEN.actions.GithubUserContent.com.',
    'https://token.actions.octocorp.ghe.com',
    'https://github.corp.example/_services/token',
    'https://github.corp.example/_services/token/',
    'https://github.corp.example/_services/token/octo-enterprise',
    'https://github.corp.example:8443/_services/token',
  ],
  entra: [
    `https://sts.windows.net/${tenant}/`,
    `https://login.microsoftonline.com/${tenant}/v2.0`,
    `https://login.microsoftonline.us/${tenant}/v2.0`,
    `https://login.partner.microsoftonline.cn/${tenant}/v2.0`,
    `https://sts.chinacloudapi.cn/${tenant}/`,
  ],
  google: ['https://accounts.google.com'],
  aws: [
    'https://cognito-identity.amazonaws.com',
    'https://cognito-identity.us-east-1.amazonaws.com',
    'https://cognito-identity.cn-north-1.amazonaws.com.cn',
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example',
    'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_example',
    `https://${account}.tokens.sts.global.api.aws`,
  ],
  okta: [
    'https://dev-12345.okta.com',
    'https://dev-12345.okta.com/oauth2/default',
    'https://dev-12345.oktapreview.com/oauth2/default',
    'https://corp.okta-emea.com',
    'https://corp.okta-gov.com',
  ],
  onelogin: ['https://corp.onelogin.com/oidc/2'],
  ping: [
    `https://auth.pingone.com/${tenant}/as`,
    `https://auth.pingone.eu/${tenant}/as`,
    `https://auth.pingone.ca/${tenant}/as`,
    `https://auth.pingone.asia/${tenant}/as`,
    `https://auth.pingone.com.au/${tenant}/as`,
  ],
  keycloak: [
    'https://sso.corp.example/realms/octo',
    'https://sso.corp.example/realms/octo/',
    'https://sso.corp.example/auth/realms/octo',
    'http://127.0.0.1:8080/realms/octo',
  ],
  databricks: [
    'https://dbc-1.cloud.databricks.com/oidc',
    'https://adb-1.2.azuredatabricks.net/oidc',
    `https://accounts.cloud.databricks.com/oidc/accounts/${account}`,
    `https://spog.databricks.com/oidc/accounts/${account}`,
    'https://dbc-1.cloud.databricks.com/realms/octo',
  ],
}
const rows = Object.entries(issuers).flatMap(([provider, list]) => list.map((issuer) => [issuer, provider]))

test.each(rows)('%s is of %s', (issuer, provider) => {
  expect(identityProvider(issuer)).toBe(provider)
})

// The names that stand in a table of names, whatever the path; those of Databricks are whole domains.
const named = Object.entries(issuers)
  .filter(([provider]) => provider !== 'databricks' && provider !== 'keycloak')
  .flatMap(([, list]) => list.filter((issuer) => !issuer.includes('/_services/')))
  .map((issuer) => new URL(issuer).hostname.replace(/\.$/, ''))

const withoutDots = (name: string): string[] =>
  [...name.matchAll(/\./g)].map(({ index }) => `${name.slice(0, index)}-${name.slice(index + 1)}`)

test.each([...new Set(named)])('a name around %s, or with another sign for a dot, is of no provider', (name) => {
  const alike = [
    `evil.${name}`,
    `.${name}`,
    `evil.example.${name}`,
    `${name}.evil.example`,
    `${name}x`,
    `${name}-x`,
    `${name}..`,
    ...withoutDots(name),
  ]
  for (const place of alike) {
    expect([identityProvider(`https://${place}`), place]).toEqual(['other', place])
    expect([isGitHub(`https://${place}`), place]).toEqual([false, place])
  }
})

test.each([
  '',
  'token.actions.githubusercontent.com',
  'http://token.actions.githubusercontent.com',
  'https://token.actions.githubusercontent.com.evil.example',
  'https://xtoken.actions.githubusercontent.com',
  'https://evil.example/token.actions.githubusercontent.com',
  'https://evil.example?https://token.actions.githubusercontent.com',
  'https://token.actions.githubusercontent.com@evil.example',
  'https://token.actions.ghe.com',
  'https://token.actions.a.b.ghe.com',
  'https://token.actions.octocorp.ghe.com.evil.example',
  'https://github.corp.example/x/_services/token',
  'https://github.corp.example/_services/tokens',
  'https://githubusercontent.com',
  'https://login.microsoftonline.com.evil.example/t/v2.0',
  'https://sts.windows.net.evil.example/t/',
  'https://xsts.windows.net/t/',
  'https://accounts.google.com.evil.example',
  'https://myaccounts.google.com',
  'https://cognito-idp.us-east-1.amazonaws.com.evil.example',
  'https://cognito-idp.evil.example/amazonaws.com',
  'https://tokens.sts.global.api.aws',
  'https://okta.com',
  'https://evilokta.com',
  'https://dev-1.okta.com.evil.example',
  'https://a.dev-1.okta.com',
  'https://onelogin.com',
  'https://pingone.com',
  'https://auth.pingone.evil',
  'https://sso.corp.example/realms/',
  'https://sso.corp.example/realms/octo/protocol',
  'https://sso.corp.example/?/realms/octo',
  'https://databricks.com',
  'https://databricks.com.evil.example/oidc',
  'https://dev-12345.auth0.com/',
  'https://gitlab.com',
  'http://127.0.0.1:8080',
])('%j is of no provider that is known', (issuer) => {
  expect(identityProvider(issuer)).toBe('other')
})

test.each([
  ...issuers.github,
  'http://token.actions.githubusercontent.com',
  'token.actions.githubusercontent.com/octo',
  'http://github.corp.example/_services/token',
  'HTTP://GITHUB.corp.example/_Services/Token/octo',
])('%j is GitHub, whatever the scheme', (issuer) => {
  expect(isGitHub(issuer)).toBe(true)
})

test.each([
  '',
  '://',
  'https://token.actions.githubusercontent.com.evil.example',
  'https://evil.example/x/_services/token',
  ...issuers.entra,
  ...issuers.databricks,
])('%j is not GitHub', (issuer) => {
  expect(isGitHub(issuer)).toBe(false)
})
