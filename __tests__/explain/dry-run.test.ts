import { expect, test } from 'vitest'
import { type Asked, console, lineWith, setupOf, workspace } from './dry-run-options.ts'
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
  expect(lineWith('gh variable', { isSubjectTokenGiven: true })).toBeUndefined()
})

const used = (commands: string[]) => new Set(commands.join('\n').match(/(?<=--profile )\w+/g))
const made = (commands: string[]) => commands.filter((command) => command.startsWith('databricks auth login'))

test.each([
  ['a workspace', workspace, ['account', 'workspace']],
  ['an account console', console, ['account']],
])('the commands for %s use the profiles that its logins make', (_name, host, profiles) => {
  for (const id of [undefined, clientId]) {
    const commands = setupOf({ host, clientId: id }).steps.map(({ command }) => command)
    expect([...used(made(commands))].sort()).toEqual(profiles)
    expect([...used(commands)].sort()).toEqual(profiles)
  }
})

test.each([
  ['as the job knows it', '0123456789abcdef', '0123456789abcdef'],
  ['with a place for it', undefined, 'WAREHOUSE_ID'],
  ['with a place for it, rather than a text that is none', 'x; rm', 'WAREHOUSE_ID'],
])('the warehouse: %s', (_name, warehouseId, shown) => {
  expect(lineWith('warehouses update-permissions', { warehouseId })).toContain(` ${shown} `)
  expect(lineWith('variable set DATABRICKS_WAREHOUSE_ID', { warehouseId })).toContain(` -b ${shown}`)
})

test.each<[string, Asked, who: string[]]>([
  [
    'a principal that is there',
    {},
    ['each admin', 'account admin', 'account admin', 'account admin', 'workspace admin', 'workspace admin'],
  ],
  [
    'a principal to be made',
    { clientId: undefined },
    ['each admin', 'workspace admin', 'account admin', 'workspace admin', 'workspace admin'],
  ],
  ['an account console', { host: console }, ['each admin', 'account admin', 'account admin']],
  [
    'an account console, and a principal to be made',
    { host: console, clientId: undefined },
    ['each admin', 'account admin', 'account admin'],
  ],
  [
    'an event of strangers: no policy',
    { eventName: 'issue_comment' },
    ['each admin', 'account admin', 'account admin', 'workspace admin', 'workspace admin'],
  ],
])('who has to do what, for %s', (_name, asked, who) => {
  const { steps } = setupOf(asked)
  expect(steps.map((step) => step.who)).toEqual([...who, 'whoever may set variables of the repository'])
  for (const { title } of steps) expect(title).toMatch(/^(The|Membership|What) .{10}/)
})

test('the step of the policy is the policy, with whom else it admits', () => {
  const { policy, steps } = setupOf({})
  const step = steps.find(({ command }) => command.includes('federation-policy create'))
  if ('withheld' in policy) throw new Error(policy.withheld.text)
  expect(step?.title).toBe(`The federation policy. ${policy.admits}`)
  expect(step?.command).toBe(`${policy.command} --profile account`)
  expect(JSON.parse(policy.file).oidc_policy).toMatchObject({ issuer, subject: `${repo}:environment:prod` })
  expect(policy.terraform).toContain(`"${clientId}"`)
})

test.each([
  ['push', false],
  ['workflow_run', true],
])('on %s the policy is withheld: %s', (eventName, isWithheld) => {
  const { policy, steps } = setupOf({ eventName })
  expect('withheld' in policy).toBe(isWithheld)
  expect(steps.some(({ command }) => command.includes('federation-policy create'))).toBe(!isWithheld)
})
