import { expect, type TestContext } from 'vitest'
import {
  bring,
  differentLines,
  expectOwnLogins,
  expectTwoRenewals,
  jobIn,
  loggedIn,
  loginsAt,
  node,
  official,
  python,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
  worldFor,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const answer = (authType: string): string => `${authType} ${applicationId} [['1']]`

prove('python-sdk-environment', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('pat')])
  expect(loginsAt(world.production).length).toBe(1)
})

prove('python-sdk-client-id', async (test) => {
  const world = await loggedIn(test, { environment: { DATABRICKS_CLIENT_ID: applicationId } })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('pat')])
})

for (const [id, { logIn, prefix }] of [
  ['python-sdk-exec', underExec],
  ['python-sdk-stays', staying],
] as const) {
  prove(id, async (test) => {
    const world = await logIn(test)
    bring(world, 'again.py', 'sdk.py')
    const step = await stepOf(world.job, `${prefix}${python} sdk.py ${TWO_ENDS}`, 200)
    expect(differentLines(step)).toEqual([answer('metadata-service')])
    expectTwoRenewals(world.production)
  })
}

prove('python-sdk-github-oidc', async (test) => {
  // The SDK asks GitHub for the audience that the workspace publishes: its token endpoint.
  const world = await worldFor(test, {
    audiences: ['https://dbc-a1b2c3d4-e5f6.cloud.databricks.com/oidc/v1/token'],
  })
  const job = jobIn(world, {
    DATABRICKS_HOST: world.production.host,
    DATABRICKS_CLIENT_ID: applicationId,
    DATABRICKS_AUTH_TYPE: 'github-oidc',
  })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('github-oidc')])
})

/** Asks the service of a staying login as the SDKs do, and prints the status of the answer. */
const service = '"$DATABRICKS_METADATA_SERVICE_URL"'
const curl = `curl --silent --output answer --write-out '%{http_code} ' --header 'X-Databricks-Metadata-Version: 1' \\
  --header "X-Databricks-Host: $DATABRICKS_HOST" ${service}`
const fetching = `${node} --eval '
const headers = { "X-Databricks-Metadata-Version": "1", "X-Databricks-Host": process.env.DATABRICKS_HOST }
fetch(process.argv[1], { headers }).then(
  ({ status }) => process.stdout.write(\`\${status} \`),
  ({ cause }) => process.stdout.write(\`\${cause.cause.message} \`),
)
' ${service}`

const behindProxy = async (test: TestContext) => {
  const world = await staying.logIn(test)
  bring(world, 'again.py', 'sdk.py')
  // It leads to the workspace alone. What asks it for the service gets a 405, and by a tunnel a 502.
  const ofAll = 'export HTTP_PROXY="$HTTPS_PROXY" NODE_USE_ENV_PROXY=1'
  const ofCurl = 'export http_proxy="$HTTP_PROXY"'
  const script = [curl, fetching, ofAll, curl, ofCurl, curl, fetching, `${python} sdk.py`].join('\n')
  const step = await stepOf(world.job, script)
  const tunnel = 'Proxy response (502) !== 200 when HTTP Tunneling'
  expect(step.stdout).toBe(`200 200 200 405 ${tunnel} ${answer('metadata-service')}\n`)
}

prove('python-sdk-stays-proxy', behindProxy, { programs: ['curl'] })

prove('python-sdk-official', async (test) => {
  const world = await official.logIn(test)
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([answer('github-oidc')])
  await expectOwnLogins(world, `${python} sdk.py`)
})
