import { setTimeout as pause } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { loggedIn, SHORT, staying, stepOf } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const ask = (token: string): string => `
printf 'Authorization: Bearer %s' "${token}" |
  curl --fail --silent --header @- "$DATABRICKS_HOST/api/2.0/preview/scim/v2/Me"
printf 'Authorization: Bearer %s' "${token}" |
  curl --fail --silent --header @- "$DATABRICKS_HOST/api/2.0/sql/statements" \\
    --json "{\\"warehouse_id\\":\\"$WAREHOUSE_ID\\",\\"statement\\":\\"SELECT current_user()\\",\\"wait_timeout\\":\\"30s\\"}"
`

const asWritten = async (test: TestContext) => {
  const { job } = await loggedIn(test)
  for (const token of ['$DATABRICKS_TOKEN', '$(databricks-token)']) {
    const { stdout } = await stepOf(job, ask(token))
    expect(stdout).toContain(`"userName":"${applicationId}"`)
    expect(stdout).toContain(`[["${applicationId}"]]`)
  }
}

prove('curl', asWritten, { programs: ['curl'] })

const stays = async (test: TestContext) => {
  const { job } = await staying.logIn(test)
  await stepOf(job, `test "$DATABRICKS_AUTH_TYPE" = metadata-service\n${ask('$DATABRICKS_TOKEN')}`)
  // Past the second from which a workspace refuses the token of the login step.
  await pause((SHORT - 25) * 1000)
  const ended = await job.run(ask('$DATABRICKS_TOKEN'))
  expect([ended.conclusion, ended.exitCode], ended.log).toEqual(['failure', 22])
  const { stdout } = await stepOf(job, ask('$(databricks-token)'))
  expect(stdout).toContain(`[["${applicationId}"]]`)
}

prove('curl-stays', stays, { programs: ['curl'] })
