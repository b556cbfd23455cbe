import { expect, test } from 'vitest'
import { loggedInJob } from '../__tests__/support/logged-in-job.ts'
import { LIMIT, SECONDS, STEP_SECONDS, TOKEN_SECONDS } from './times.ts'

const shellLoop = `
refused=0
for second in $(seq ${SECONDS}); do
  status=$(printf 'Authorization: Bearer %s' "$(databricks-token)" |
    curl -s -o /dev/null -w '%{http_code}' -H @- "$DATABRICKS_HOST/api/2.0/preview/scim/v2/Me")
  [ "$status" = 200 ] || refused=$((refused + 1))
  sleep 1
done
echo $refused
`

test('a shell loop that asks for a token each time is never refused', LIMIT, async () => {
  const { job, workspace } = await loggedInJob({ tokenSeconds: TOKEN_SECONDS })
  const step = await job.run(shellLoop, { timeoutSeconds: STEP_SECONDS })
  console.log(`shell: ${SECONDS} requests, ${workspace.exchanges.length} logins`)
  expect(step.stdout).toBe('0\n')
})
