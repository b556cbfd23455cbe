import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loggedInJob } from '../__tests__/support/logged-in-job.ts'
import { LIMIT, SECONDS, STEP_SECONDS, TOKEN_SECONDS } from './times.ts'

// Takes the token from stdin: it never stands in an argument.
const ask = `
const token = (await process.stdin.toArray()).join('').trim()
const headers = { authorization: 'Bearer ' + token }
console.log((await fetch(process.env.DATABRICKS_HOST + '/api/2.0/preview/scim/v2/Me', { headers })).status)
`

const shellLoop = `
end=$(($(date +%s) + ${SECONDS}))
asked=0
refused=0
while [ "$(date +%s)" -lt "$end" ]; do
  status=$(databricks-token | node ask.mjs)
  asked=$((asked + 1))
  [ "$status" = 200 ] || refused=$((refused + 1))
  sleep 0.8
done
echo "$asked asked, $refused refused"
`

test('a shell loop that asks for a token each time is never refused', LIMIT, async () => {
  const { job, runner, workspace } = await loggedInJob({ tokenSeconds: TOKEN_SECONDS })
  writeFileSync(join(runner.workspace, 'ask.mjs'), ask)
  const step = await job.run(shellLoop, { timeoutSeconds: STEP_SECONDS })
  console.log(`shell: ${step.stdout.trim()}, ${workspace.exchanges.length} logins`)
  expect(step.stdout, step.log).toMatch(/^\d+ asked, 0 refused\n$/)
})
