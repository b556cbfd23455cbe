import { expect, type TestContext } from 'vitest'
import { loggedIn, stepOf } from '../logged-in.ts'
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
