import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loggedInJob } from '../__tests__/support/logged-in-job.ts'
import { LIMIT, SECONDS, STEP_SECONDS, TOKEN_SECONDS } from './times.ts'

const askOnceASecond = `
const { DATABRICKS_HOST: host, DATABRICKS_METADATA_SERVICE_URL: service } = process.env
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
let [token, ends, refused] = ['', 0, 0]
for (let second = 0; second < ${SECONDS}; second++) {
  if (Date.now() / 1000 >= ends) {
    const answer = await (await fetch(service, { headers })).json()
    token = answer.access_token
    ends = answer.expires_on
  }
  const answer = await fetch(host + '/api/2.0/preview/scim/v2/Me', { headers: { authorization: 'Bearer ' + token } })
  if (answer.status !== 200) refused++
  await new Promise((resolve) => setTimeout(resolve, 1000))
}
console.log(refused)
`

test('a program under exec that uses each token to its told end is never refused', LIMIT, async () => {
  const { job, runner, workspace } = await loggedInJob({ tokenSeconds: TOKEN_SECONDS })
  writeFileSync(join(runner.workspace, 'ask.mjs'), askOnceASecond)
  const step = await job.run('databricks-token exec -- node ask.mjs', { timeoutSeconds: STEP_SECONDS })
  console.log(`exec: ${SECONDS} requests, ${workspace.exchanges.length} logins`)
  expect(step.stdout).toBe('0\n')
})
