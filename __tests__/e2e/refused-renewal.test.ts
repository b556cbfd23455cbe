import { expect, test } from 'vitest'
import { loggedInJob, wholeTokensIn } from '../support/logged-in-job.ts'

test('a renewal that is refused is explained to whoever reads the log of that step', async () => {
  const { runner, job, setSecondsLeft } = await loggedInJob()
  setSecondsLeft(10)
  Object.assign(runner.claims, { repository_id: '74', repository_owner_id: '65' })
  runner.claims.sub = 'repo:octo-org@65/octo-repo@74:environment:prod'
  const step = await job.run('databricks-token')
  expect(step).toMatchObject({ exitCode: 1, stdout: '' })
  expect(step.log).toContain('Error: EXCHANGE_REFUSED (NO_MATCHING_POLICY): No policy accepts this token')
  expect(step.log).toContain('- IMMUTABLE_SUBJECT: The subject holds ids')
  expect(step.log).toContain('databricks account service-principal-federation-policy create SERVICE_PRINCIPAL_ID')
  expect(step.stderr.match(/^::error/gm)).toHaveLength(1)
  expect(wholeTokensIn(step.log)).toEqual([])
})

test('outside of a workflow the code stands once, at the start', async () => {
  const { job, setSecondsLeft } = await loggedInJob()
  setSecondsLeft(10)
  const { exitCode, stderr } = await job.run('env -u GITHUB_ACTIONS -u ACTIONS_ID_TOKEN_REQUEST_URL databricks-token')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^databricks-token: ID_TOKEN_PERMISSION_MISSING \(NO_OIDC_RUNNER\): This runner hands out no/)
})
