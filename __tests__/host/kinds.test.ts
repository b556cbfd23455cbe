import { expect, test } from 'vitest'
import { type HostKind, parseHost } from '../../src/host.ts'

// The zones of the SDKs (Go: common/environment/environments.go; Java: DatabricksEnvironment.java), and those that
// Databricks names in its documentation of sovereign clouds.
const workspaces = [
  'dbc-a1b2c3d4-e5f6.cloud.databricks.com',
  'e2-demo.cloud.databricks.com',
  'e2-dogfood.staging.cloud.databricks.com',
  'x.cloud.databricks.us',
  'x.cloud.databricks.mil',
  '1234567890123456.7.gcp.databricks.com',
  'x.dev.gcp.databricks.com',
  'x.staging.gcp.databricks.com',
  'adb-1234567890123456.7.azuredatabricks.net',
  'x.dev.azuredatabricks.net',
  'x.staging.azuredatabricks.net',
  'adb-1.2.databricks.azure.us',
  'adb-1.2.databricks.azure.cn',
  'adb-1.2.azuredatabricks.us',
  'adb-1.2.azuredatabricks.cn',
  'accountsx.cloud.databricks.com',
  'my-accounts.cloud.databricks.com',
  'x.accounts.cloud.databricks.com',
  '127.0.0.1',
  '127.9.9.9',
  '[::1]',
  'localhost',
]

// Terraform provider, docs/index.md; prefixes as in the SDK for Go, config.go.
const accounts = [
  'accounts.cloud.databricks.com',
  'accounts.cloud.databricks.us',
  'accounts-dod.cloud.databricks.us',
  'accounts-dod.cloud.databricks.mil',
  'accounts.azuredatabricks.net',
  'accounts.azuredatabricks.us',
  'accounts.azuredatabricks.cn',
  'accounts.databricks.azure.us',
  'accounts.databricks.azure.cn',
  'accounts.gcp.databricks.com',
  'accounts.staging.cloud.databricks.com',
  'ACCOUNTS.Cloud.Databricks.com',
]

const unified = [
  'spog.databricks.com',
  'nike.databricks.com',
  'dogfood.staging.databricks.com',
  'DOGFOOD.STAGING.DATABRICKS.COM',
  'x.dev.databricks.com',
  'cloud.databricks.com',
  'gcp.databricks.com',
  'accounts.databricks.com',
  'xcloud.databricks.com',
]

const unknown = [
  'databricks.com',
  'databricks.us',
  'cloud.databricks.us',
  'cloud.databricks.mil',
  'azuredatabricks.net',
  'databricks.azure.us',
  'databricks.azure.cn',
  'azure.us',
  'spog.databricks.us',
  'notdatabricks.com',
  'databricks.com.evil.example',
  'x.cloud.databricks.com.evil.example',
  'x.cloud.databricks.com-evil.example',
  'x.xazuredatabricks.net',
  'accounts.evil.example',
  'workspace.corp.example',
  '126.0.0.1',
  '[::2]',
  'localhost.example',
  '127.0.0.1.evil.example',
  'login.microsoftonline.com',
]

const table: [HostKind, string[]][] = [
  ['workspace', workspaces],
  ['account', accounts],
  ['unified', unified],
  ['unknown', unknown],
]
const rows = table.flatMap(([kind, names]) => names.map((name) => [name, kind] as const))

test.each(rows)('%s is of kind %s', (name, kind) => {
  expect(parseHost(name, true).kind).toBe(kind)
  expect(parseHost(`https://${name}/?x=1`, true).kind).toBe(kind)
})
