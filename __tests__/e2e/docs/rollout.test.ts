import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { blocksOf } from '../../docs/markdown.ts'
import { policyOf, type WrittenPolicy } from '../../docs/policies.ts'
import { runJob } from '../../docs/run-job.ts'
import { isOurs, onlyJob, type Step } from '../../docs/workflow.ts'
import { startWorld, variablesFor } from '../../docs/world.ts'
import { cleanUp } from '../../sandbox/support.ts'

afterEach(cleanUp)

const blocks = blocksOf('docs/rollout.md')
const policies = blocks.filter(({ language, text }) => language === 'sh' && text.includes('federation-policy create'))
const migrated = onlyJob(blocksOf('docs/migrate.md').find(({ notRun }) => notRun === undefined)?.text ?? '')

const isLogin = (step: Step) => step.uses !== undefined && isOurs(step)

/** How a login of some job ends at a workspace that has one policy. */
async function logInAs(policy: WrittenPolicy, claims: Readonly<Record<string, string>>): Promise<string | undefined> {
  const world = await startWorld({ policy, isGithub: true, idTokenPermission: true, claims })
  const job = { ...migrated, steps: migrated.steps.filter(isLogin) }
  const { logins } = await runJob(job, {
    runner: world.runner,
    contexts: { vars: variablesFor(world) },
    standIns: {},
  })
  return logins[0]?.conclusion
}

const shared = 'my-org/ci/.github/workflows/sql.yml@refs/heads/main'
const prod = {
  id: 'prod',
  issuer: 'https://token.actions.githubusercontent.com',
  audiences: ['ACCOUNT_ID'],
  subject: 'repo:my-org/my-repo:environment:prod',
}

const hasTools = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe.runIf(hasTools && process.platform !== 'win32')('whom the policies of the roll-out admit', () => {
  test.each([
    ['a repository of the organization', 'success', { repository: 'my-org/my-repo', job_workflow_ref: shared }],
    ['a repository of somebody else: the trap', 'success', { repository: 'else/where', job_workflow_ref: shared }],
    ['another workflow', 'failure', { job_workflow_ref: 'my-org/ci/.github/workflows/x.yml@refs/heads/main' }],
    ['another branch of it', 'failure', { job_workflow_ref: shared.replace('main', 'mine') }],
  ])('on job_workflow_ref: %s', async (_who, conclusion, claims) => {
    const [block, ...others] = policies
    if (block === undefined || others.length > 0) throw new Error('the page shows one policy')
    expect(await logInAs(await policyOf(block), claims)).toBe(conclusion)
  })

  test.each([
    ['a job in prod', 'success', { environment: 'prod' }],
    ['a pull request, in an environment of its own', 'failure', { environment: 'pull-request' }],
    ['a pull request without one', 'failure', { environment: '', event_name: 'pull_request' }],
    ['another repository', 'failure', { repository: 'my-org/other' }],
  ])('on the environment prod: %s', async (_who, conclusion, claims) => {
    expect(await logInAs(prod, claims)).toBe(conclusion)
  })
})
