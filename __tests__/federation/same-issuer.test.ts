import { expect, test } from 'vitest'
import { isSameIssuer } from '../../src/federation/issuer.ts'
import { parseHost } from '../../src/host.ts'
import { codeOf } from '../support/failures.ts'

const accounts = 'https://accounts.cloud.databricks.com/oidc/accounts/5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

// The tables of the SQL drivers (Go, Python, Node.js) and of the first draft of this action, as this action decides
// them: both sides are URLs, an issuer is https, hostnames are equal, the path is ignored, and the port but on loopback.
test.each([
  ['https://test.databricks.com', 'test.databricks.com', true],
  ['https://test.databricks.com:443', 'test.databricks.com', true],
  ['https://test.databricks.com:443', 'test.databricks.com:443', true],
  ['https://test.databricks.com:8443', 'test.databricks.com', true],
  ['https://test.databricks.com', 'https://test.databricks.com/', true],
  ['https://test.databricks.com.', 'https://test.databricks.com', true],
  ['https://test.databricks.com', 'https://test.databricks.com.', true],
  ['https://my-workspace.cloud.databricks.com/path', 'my-workspace.cloud.databricks.com', true],
  ['https://my-workspace.cloud.databricks.com/oidc', 'my-workspace.cloud.databricks.com', true],
  ['https://databricks.com/path', 'https://databricks.com/other', true],
  ['HTTPS://Example.COM', 'example.com', true],
  ['https://EXAMPLE.com/', 'https://Example.COM', true],
  ['https://test.databricks.com?o=1#x', 'https://test.databricks.com', true],
  // An issuer without a scheme is no URL, and so never the same.
  ['databricks.com', 'https://databricks.com', false],
  ['Example.COM', 'example.com', false],
  ['//example.com', 'example.com', false],
  ['sub.example.com', 'example.com', false],
  ['https://sub.example.com', 'example.com', false],
  ['https://example.com', 'sub.example.com', false],
  ['https://test1.databricks.com', 'https://test2.databricks.com', false],
  ['http://test.databricks.com', 'https://test.databricks.com', false],
  ['ftp://test.databricks.com', 'https://test.databricks.com', false],
  ['', 'test.databricks.com', false],
  ['not a url', 'test.databricks.com', false],
  ['https://test.databricks.com@evil.example', 'test.databricks.com', false],
  ['https://test.databricks.com.evil.example', 'test.databricks.com', false],
  ['https://login.microsoftonline.com/tenant-id/', 'test.databricks.com', false],
  ['https://login.microsoftonline.com/tenant-id/v2.0', 'test.databricks.com', false],
  ['https://accounts.google.com', 'test.databricks.com', false],
  ['https://cognito-identity.amazonaws.com', 'test.databricks.com', false],
  ['https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example', 'test.databricks.com', false],
  ['https://dev-12345.okta.com/oauth2/default', 'test.databricks.com', false],
  ['https://dev-12345.auth0.com/', 'test.databricks.com', false],
  ['https://token.actions.githubusercontent.com', 'test.databricks.com', false],
  [accounts, 'ws.cloud.databricks.com', false],
  [accounts, 'accounts.cloud.databricks.com', true],
  // On loopback the port tells servers apart, and http is as good as https.
  ['http://127.0.0.1:8080/oidc', 'http://127.0.0.1:8080', true],
  ['http://127.0.0.1:8081', 'http://127.0.0.1:8080', false],
  ['http://127.0.0.1', 'http://127.0.0.1:8080', false],
  ['http://127.0.0.2:8080', 'http://127.0.0.1:8080', false],
  ['http://localhost:8080', 'http://127.0.0.1:8080', false],
  ['http://LOCALHOST:8080', 'http://localhost:8080', true],
  ['http://[::1]:8080', 'http://[0:0::1]:8080', true],
  ['http://127.0.0.1.evil.example:8080', 'http://127.0.0.1:8080', false],
])('a token of %j at %j: used as it is, %s', (issuer, host, same) => {
  expect(isSameIssuer(issuer, parseHost(host, true))).toBe(same)
})

// Where a driver compares nothing with nothing, or https with http, this action does not get as far as comparing.
test.each([
  ['', 'HOST_MISSING'],
  ['http://example.com', 'HOST_INVALID'],
])('%j is no host to compare with', async (host, code) => {
  expect(await codeOf(() => parseHost(host, true))).toBe(code)
})
