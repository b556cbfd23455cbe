import { expect } from 'vitest'
import {
  bring,
  expectTwoRenewals,
  jobIn,
  loggedIn,
  python,
  SHORT,
  stepOf,
  TWO_ENDS,
  warehouseOf,
  worldFor,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const who = `'SELECT current_user() AS me'`
const me = `[['${applicationId}']]\n`

prove('python-connector-token', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'again.py', 'connector.py')
  const step = await stepOf(world.job, `${python} connector.py token 0 ${who}`)
  expect(step.stdout).toBe(me)
})

prove('python-connector-exec', async (test) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'again.py', 'connector.py')
  const long = `"select java_method('java.lang.Thread', 'sleep', cast(${TWO_ENDS}000 as bigint)) as waited"`
  const script = `databricks-token exec -- ${python} connector.py renewed 0 ${long} ${who}`
  const step = await stepOf(world.job, script, 200)
  expect(step.stdout).toBe(`[[None]]\n${me}`)
  expectTwoRenewals(world.production)
})

prove('python-connector-federation', async (test) => {
  const ours = await loggedIn(test)
  const [login] = ours.production.exchanges

  const world = await worldFor(test)
  const { production, runner } = world
  const job = jobIn(world, { CLIENT_ID: applicationId, ...warehouseOf(production) })
  bring(world, 'again.py', 'connector.py', 'id_token.py')
  const step = await stepOf(
    job,
    `
export DATABRICKS_SERVER_HOSTNAME=${new URL(production.host).hostname}
GITHUB_ID_TOKEN=$(${python} id_token.py ${production.accountId})
export GITHUB_ID_TOKEN
${python} connector.py federation 0 ${who}`,
  )
  expect(step.stdout).toBe(me)
  expect(runner.requests.length).toBe(1)

  const [theirs] = production.exchanges
  const { subject_token: ourSubject = '', ...ourForm } = login?.form ?? {}
  const { subject_token: theirSubject = '', ...theirForm } = theirs?.form ?? {}
  expect(ourSubject.split('.').length).toBe(3)
  expect(theirSubject.split('.').length).toBe(3)
  const common = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    client_id: applicationId,
  }
  expect(ourForm).toEqual({ ...common, scope: 'all-apis' })
  // docs/clients.md explains each of these.
  expect(theirForm).toEqual({ ...common, scope: 'sql', return_original_token_if_authenticated: 'true' })
})
