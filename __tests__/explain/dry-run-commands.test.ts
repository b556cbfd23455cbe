import { expect, test } from 'vitest'
import { type Asked, console, linesOf, lineWith, setupOf, workspace } from './dry-run-options.ts'
import { accountId, type Claims, clientId } from './refused-job.ts'

test.each([
  ['adb-6051921418418893.3.azuredatabricks.net', 'accounts.azuredatabricks.net'],
  ['1.gcp.databricks.com', 'accounts.gcp.databricks.com'],
  ['dbc-1.cloud.databricks.us', 'accounts.cloud.databricks.us'],
  ['dbc-1.cloud.databricks.mil', 'accounts-dod.cloud.databricks.mil'],
  ['adb-1.2.databricks.azure.us', 'accounts.azuredatabricks.us'],
  ['adb-1.2.azuredatabricks.us', 'accounts.azuredatabricks.us'],
  ['adb-1.2.databricks.azure.cn', 'accounts.azuredatabricks.cn'],
  ['adb-1.2.azuredatabricks.cn', 'accounts.azuredatabricks.cn'],
  ['dbc-1.cloud.databricks.com', 'accounts.cloud.databricks.com'],
  ['spog.databricks.com', 'accounts.cloud.databricks.com'],
  ['accounts-dod.cloud.databricks.us', 'accounts-dod.cloud.databricks.us'],
  ['azuredatabricks.net.example', 'accounts.cloud.databricks.com'],
  ['a.cloud.databricks.us.example', 'accounts.cloud.databricks.com'],
  ['a.gcp.databricks.com.example', 'accounts.cloud.databricks.com'],
  ['a.azuredatabricks.net.example', 'accounts.cloud.databricks.com'],
  ['a.cloud.databricks.mil.example', 'accounts.cloud.databricks.com'],
  ['a.databricks.azure.us.example', 'accounts.cloud.databricks.com'],
  ['a.azuredatabricks.us.example', 'accounts.cloud.databricks.com'],
  ['a.databricks.azure.cn.example', 'accounts.cloud.databricks.com'],
  ['a.azuredatabricks.cn.example', 'accounts.cloud.databricks.com'],
])('the account of %s is at %s', (host, place) => {
  expect(linesOf({ host })[0]).toBe(
    `databricks auth login --host https://${place} --account-id ${accountId} --profile account`,
  )
})

test('a console has no login to a workspace', () => {
  expect(setupOf({ host: console }).steps[0]?.command).toBe(
    `databricks auth login --host ${console} --account-id ${accountId} --profile account`,
  )
  expect(setupOf({}).steps[0]?.command.split('\n')[1]).toBe(
    `databricks auth login --host ${workspace} --profile workspace`,
  )
})

test('what is not known has a place in the commands', () => {
  const unknown = { accountId: undefined, clientId: undefined }
  expect(linesOf(unknown)[0]).toContain(' --account-id ACCOUNT_ID --profile account')
  expect(lineWith('ACCOUNT_ID -b', unknown)).toBeUndefined()
  expect(linesOf(unknown).slice(-4)).toEqual([
    `gh variable set DATABRICKS_HOST -R octo-org/octo-repo -e prod -b ${workspace}`,
    'gh variable set DATABRICKS_ACCOUNT_ID -R octo-org/octo-repo -e prod -b ACCOUNT_ID',
    'gh variable set DATABRICKS_CLIENT_ID -R octo-org/octo-repo -e prod -b APPLICATION_ID',
    'gh variable set DATABRICKS_WAREHOUSE_ID -R octo-org/octo-repo -e prod -b WAREHOUSE_ID',
  ])
})

test('a job without an environment has its variables in the repository, at a console none of a warehouse', () => {
  expect(linesOf({ host: console, claims: { environment: undefined } }).slice(-3)).toEqual([
    `gh variable set DATABRICKS_HOST -R octo-org/octo-repo -b ${console}`,
    `gh variable set DATABRICKS_ACCOUNT_ID -R octo-org/octo-repo -b ${accountId}`,
    `gh variable set DATABRICKS_CLIENT_ID -R octo-org/octo-repo -b ${clientId}`,
  ])
})

test.each<[string, Claims]>([
  ['no repository', { repository: undefined }],
  ['a repository that a shell reads', { repository: 'o/$(id)' }],
  ['a repository that begins with one', { repository: ';o/r' }],
  ['an environment of several words', { environment: 'my prod' }],
  ['an environment that ends in a quote', { environment: "prod'" }],
  ['an environment that begins with one', { environment: "'prod" }],
])('with %s no variable is set by a command', (_name, claims) => {
  expect(lineWith('gh variable', { claims })).toBeUndefined()
})

test.each<[string, Asked, string, string]>([
  ['named by the repository', {}, 'workspace', 'github-octo-repo'],
  ['named by what no shell reads', { claims: { repository: 'o/r;$(id)' } }, 'workspace', 'github-r---id-'],
  ['named by the job', { claims: { repository: undefined } }, 'workspace', 'github-job'],
  ['of an account', { host: console }, 'account', 'github-octo-repo'],
])('a principal to be made is %s', (_name, asked, place, name) => {
  const tool = place === 'account' ? 'databricks account' : 'databricks'
  expect(linesOf({ ...asked, clientId: undefined })).toContain(
    `${tool} service-principals create --display-name ${name} -o json --profile ${place}`,
  )
  const { steps } = setupOf({ ...asked, clientId: undefined })
  expect(steps[1]?.title).toContain(`in the ${place}: "id" of the answer is the SERVICE_PRINCIPAL_ID`)
})

test.each([
  [`${workspace}?o=7`, '7'],
  ['adb-6051921418418893.3.azuredatabricks.net', '6051921418418893'],
  ['adb-605.3.azuredatabricks.net?o=605', '605'],
  [workspace, 'WORKSPACE_ID'],
])('a principal becomes a member of %s as workspace %s, after its id was looked up', (host, id) => {
  expect(linesOf({ host })).toContain(
    `databricks account workspace-assignment update ${id} SERVICE_PRINCIPAL_ID --json '{"permissions":["USER"]}' --profile account`,
  )
  expect(lineWith('service-principals list', { host })).toBe(
    `databricks account service-principals list --filter 'applicationId eq "${clientId}"' -o json --profile account`,
  )
})

test.each([
  ['0123456789abcdef', '0123456789abcdef'],
  ['a', 'a'],
  ['f'.repeat(64), 'f'.repeat(64)],
  ['f'.repeat(65), 'WAREHOUSE_ID'],
  ["a'b", 'WAREHOUSE_ID'],
  ['xa', 'WAREHOUSE_ID'],
  ['', 'WAREHOUSE_ID'],
  [undefined, 'WAREHOUSE_ID'],
])('of the warehouse %j, %s is named', (warehouseId, named) => {
  const application = `"service_principal_name":"${clientId}","permission_level":"CAN_USE"`
  expect(lineWith('warehouses', { warehouseId })).toBe(
    `databricks warehouses update-permissions ${named} --json '{"access_control_list":[{${application}}]}' --profile workspace`,
  )
})

test.each([
  [clientId, clientId],
  [undefined, 'APPLICATION_ID'],
])('what the principal %s may read', (id, principal) => {
  const change = (privileges: string) => `--json '{"changes":[{"principal":"${principal}","add":[${privileges}]}]}'`
  expect(linesOf({ clientId: id }).filter((line) => line.includes('grants'))).toEqual([
    `databricks grants update catalog CATALOG ${change('"USE_CATALOG"')} --profile workspace`,
    `databricks grants update schema CATALOG.SCHEMA ${change('"USE_SCHEMA","SELECT"')} --profile workspace`,
  ])
})
