import { expect, test } from 'vitest'
import { type Asked, console, linesOf, lineWith, setupOf, workspace } from './dry-run-options.ts'
import { accountId, clientId, issuer, repo } from './refused-job.ts'

const instead = (audience: string) => `(a login asks for ${audience})`

test.each<[string, Asked, audience: string, told: string[]]>([
  [
    'a given token: its own',
    { isSubjectTokenGiven: true, claims: { aud: ['own', 'two'] }, audience: 'x' },
    'own',
    ['own', 'two'],
  ],
  [
    'a given token without one: the one that was set',
    { isSubjectTokenGiven: true, claims: { aud: [] }, audience: 'x' },
    'x',
    ['(none)'],
  ],
  ['a token of GitHub: the one that was set', { audience: 'x', claims: { aud: ['x'] } }, 'x', ['x']],
  ['a token of GitHub: the account id', { claims: { aud: ['y'] } }, accountId, ['y', instead(accountId)]],
  [
    'a token of GitHub, of no account that is known',
    { accountId: undefined, claims: { aud: ['y'] } },
    'ACCOUNT_ID',
    ['y', instead('ACCOUNT_ID')],
  ],
])('the audience of %s', (_name, asked, audience, told) => {
  const { rows, policy } = setupOf(asked)
  expect(rows.find(({ name }) => name === 'audience')?.sent).toEqual(told)
  expect(policy).toMatchObject({ file: expect.stringContaining(`"audiences": ["${audience}"]`) })
})

test('what the token holds is shown; of a given one not what it says of a job', () => {
  const names = (asked: Asked) => setupOf(asked).rows.map(({ name }) => name)
  const own = ['issuer', 'subject', 'audience', 'expires']
  expect(names({})).toEqual([...own, 'repository', 'environment', 'event_name', 'ref'])
  expect(names({ isSubjectTokenGiven: true })).toEqual(own)
  expect(setupOf({}).rows[3]?.sent).toEqual(['2027-01-15T08:05:00Z (in 300 s)'])
})

const lineOf = (role: string, asked: Asked) => lineWith(`set-up.sh ${role} `, asked)

test('each role of the script has its line, with the values of this job', () => {
  expect(linesOf({})).toEqual([
    'sh set-up.sh github repo=octo-org/octo-repo environment=prod branch=main',
    `sh set-up.sh account repo=octo-org/octo-repo environment=prod subject=${repo}:environment:prod account_id=${accountId} workspace_id=WORKSPACE_ID client_id=${clientId}`,
    `sh set-up.sh workspace repo=octo-org/octo-repo environment=prod account_id=${accountId} client_id=${clientId} workspace=${workspace} workspace_id=WORKSPACE_ID warehouse_id=WAREHOUSE_ID catalog=CATALOG schema=SCHEMA`,
    `sh set-up.sh variables repo=octo-org/octo-repo environment=prod account_id=${accountId} client_id=${clientId} workspace=${workspace}`,
  ])
})

test('of a job without an environment the branch is the place', () => {
  const claims = { environment: undefined, sub: `${repo}:ref:refs/heads/main` }
  expect(lineOf('account', { claims })).toContain(` branch=main subject=${repo}:ref:refs/heads/main `)
  expect(lineOf('github', { claims })).toBeUndefined()
})

test('what is not known has its name in capitals, and a host need not be known', () => {
  expect(lineOf('account', { host: '', clientId: undefined, accountId: undefined })).toBe(
    `sh set-up.sh account repo=octo-org/octo-repo environment=prod subject=${repo}:environment:prod account_id=ACCOUNT_ID workspace_id=WORKSPACE_ID`,
  )
  expect(lineOf('workspace', { host: '', clientId: undefined })).toContain(' client_id=CLIENT_ID workspace=WORKSPACE ')
  expect(lineOf('github', { claims: { ref: 'refs/tags/v1' } })).toContain(' branch=BRANCH')
})

test('another issuer and another console are named', () => {
  const iss = `${issuer}/octo`
  expect(lineOf('account', { claims: { iss } })).toContain(` issuer=${iss}`)
  expect(lineOf('account', { host: 'adb-605.3.azuredatabricks.net' })).toMatch(
    / workspace_id=605 .* console=https:\/\/accounts\.azuredatabricks\.net$/,
  )
})

test.each([
  ['a b', "environment='a b'"],
  ['a%3Ab', "environment='a%3Ab'"],
  ['$(id)', "environment='$(id)'"],
  ["it's", 'environment=ENVIRONMENT'],
  ['ü', 'environment=ENVIRONMENT'],
  ['a\nb', 'environment=ENVIRONMENT'],
  ['a\u202eb', 'environment=ENVIRONMENT'],
])('the environment %j is written so that a shell reads it back, or left to the reader', (environment, written) => {
  const claims = { environment, sub: `${repo}:environment:${environment.replaceAll(':', '%3A')}` }
  expect(lineOf('account', { claims })).toContain(` ${written} `)
})

test.each([
  ['0123456789abcdef', ' warehouse_id=0123456789abcdef'],
  ['x; rm', ' warehouse_id=WAREHOUSE_ID'],
  [undefined, ' warehouse_id=WAREHOUSE_ID'],
])('the warehouse %j', (warehouseId, written) => {
  expect(lineOf('workspace', { warehouseId })).toContain(written)
  expect(lineOf('variables', { warehouseId })?.includes('warehouse_id=')).toBe(warehouseId === '0123456789abcdef')
})

test('the page begins with the environment, which this run may have made', () => {
  const [first] = setupOf({}).steps
  expect(first).toMatchObject({
    who: 'admin of the repository',
    title: expect.stringContaining('The environment prod,'),
  })
  expect(first?.title).toContain('this run may just have made it')
})

test.each<[string, Asked]>([
  ['an event of strangers', { eventName: 'issue_comment' }],
  ['a template', { claims: { sub: 'environment:prod' } }],
])('for %s no line is shown that would make a policy', (_name, asked) => {
  const { policy, steps } = setupOf(asked)
  expect(policy).toHaveProperty('withheld')
  expect(steps.map(({ command }) => command)).toEqual([expect.stringMatching(/^sh set-up\.sh github /)])
})

test.each<[string, Asked]>([
  ['a token that was given', { isSubjectTokenGiven: true, claims: { iss: 'https://idp.example', sub: 'me' } }],
  ['an account console', { host: console, claims: { environment: undefined, sub: `${repo}:ref:refs/heads/main` } }],
])('for %s the policy is a command', (_name, asked) => {
  const { steps } = setupOf(asked)
  expect(steps).toHaveLength(1)
  expect(steps[0]?.command).toMatch(
    /^databricks account service-principals list .*\ndatabricks account service-principal-/,
  )
})

test.each([
  ['adb-6051921418418893.3.azuredatabricks.net', 'accounts.azuredatabricks.net'],
  ['1.gcp.databricks.com', 'accounts.gcp.databricks.com'],
  ['dbc-1.cloud.databricks.us', 'accounts.cloud.databricks.us'],
  ['dbc-1.cloud.databricks.mil', 'accounts-dod.cloud.databricks.mil'],
  ['adb-1.2.databricks.azure.us', 'accounts.azuredatabricks.us'],
  ['adb-1.2.azuredatabricks.us', 'accounts.azuredatabricks.us'],
  ['adb-1.2.databricks.azure.cn', 'accounts.azuredatabricks.cn'],
  ['adb-1.2.azuredatabricks.cn', 'accounts.azuredatabricks.cn'],
  ['dbc-1.cloud.databricks.com', undefined],
  ['spog.databricks.com', undefined],
  ['azuredatabricks.net.example', undefined],
  ['a.cloud.databricks.us.example', undefined],
  ['a.gcp.databricks.com.example', undefined],
  ['a.azuredatabricks.net.example', undefined],
  ['a.cloud.databricks.mil.example', undefined],
])('the account console of %s: %s, where it is not the usual one', (host, name) => {
  expect(/ console=https:\/\/(\S+)/.exec(lineOf('account', { host }) ?? '')?.[1]).toBe(name)
})
