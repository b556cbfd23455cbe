import { expect, onTestFinished, test } from 'vitest'
import { startRunner } from '../../sandbox/github-runner.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { logInByHand, refuseByHand } from '../../scripts/canary/answers.ts'
import { differencesOf, shapeOf } from '../../scripts/canary/shapes.ts'
import { inRepository } from '../support/repository.ts'
import { hasSqlite } from '../support/sql-job.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'

/** A workspace of the sandbox that trusts one environment, and the variables of a job in it or outside. */
async function canaryIn(environment: string) {
  const runner = await startRunner({ claims: { environment } })
  const { issuer, repository } = { issuer: runner.issuer.url, repository: runner.claims.repository }
  const subject = `repo:${repository}:environment:canary`
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId }],
    policies: [{ kind: 'service-principal', applicationId, issuer, subject }],
  })
  onTestFinished(async () => {
    await Promise.all([runner.close(), workspace.close()])
  })
  return {
    ...runner.environment(),
    CANARY_HOST: workspace.host,
    CANARY_ACCOUNT_ID: workspace.accountId,
    CANARY_CLIENT_ID: applicationId,
    DATABRICKS_WAREHOUSE_ID: workspace.warehouseId,
  }
}

test.runIf(hasSqlite)('what the canary compares a real workspace with is what the sandbox answers', async () => {
  const answers = { ...(await logInByHand(await canaryIn('canary'))), ...(await refuseByHand(await canaryIn(''))) }
  const file = inRepository('scripts', 'canary', 'answers.json')
  await expect(`${JSON.stringify(answers, null, 2)}\n`).toMatchFileSnapshot(file)
})

const answer = { status: 200, shape: shapeOf({ a: 1, b: ['x'], c: { d: true }, e: null }) }

test.each([
  ['the same', { a: 7, b: ['y', 'z'], c: { d: false }, e: null }, []],
  ['names that the sandbox does not have', { a: 7, b: [], c: { d: false, more: 1 }, e: null, f: 1 }, []],
  ['a name that is not there', { a: 7, b: [], c: {}, e: null }, ['it.c.d is not there.']],
  [
    'another type',
    { a: '7', b: [1], c: { d: true }, e: {} },
    [
      'it.a is string; the sandbox says number.',
      'it.b[0] is number; the sandbox says string.',
      'it.e is an object; the sandbox says null.',
    ],
  ],
  ['a list in place of an object', { a: 7, b: [], c: [], e: null }, ['it.c is a list on one side alone.']],
])('of %s the differences are told', (_what, real, differences) => {
  expect(differencesOf(answer, { status: 200, shape: shapeOf(real) }, 'it')).toEqual(differences)
})

test('another status, another code and an answer that is not known are differences', () => {
  const refusal = { status: 400, error: 'invalid_grant', shape: {} }
  expect(differencesOf(refusal, { ...refusal, status: 401, error: 'invalid_client' }, 'it')).toEqual([
    'it: 401; the sandbox answers 400.',
    'it: invalid_client; the sandbox answers invalid_grant.',
  ])
  expect(differencesOf(undefined, refusal, 'it')).toEqual(['it is not among the answers of the sandbox.'])
})
