import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../../__tests__/sandbox/support.ts'
import { closedTo } from '../../__tests__/set-up/github.ts'
import { githubCli } from '../../__tests__/set-up/github-cli.ts'
import { needsSetUp } from '../../__tests__/set-up/needs.ts'
import { newMachine, startWorld } from '../../__tests__/set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const place = 'repos/my-org/my-repo'
const rules = [
  'deployment_branch_policy[protected_branches]=false',
  'deployment_branch_policy[custom_branch_policies]=true',
]
const branches = Array.from({ length: 5 }, (_, at) => `release/${at}`)

/** What a call prints and ends with, and what it sent. */
async function outcomeOf(words: readonly string[], isReal: boolean) {
  const world = await startWorld()
  world.github.add('my-org/my-repo', { environments: new Map([['prod', closedTo('prod', ...branches)]]) })
  const environment = { GH_TOKEN: 'gho_of_somebody' }
  const run = async () => {
    if (isReal) return newMachine(world).run(['-c', '"$@"', 'sh', 'gh', ...words], { script: '-e', environment })
    return githubCli(world.ask)({ words, environment: { ...nothing, ...environment } })
  }
  const { exitCode = 0, stdout = '', stderr = '' } = await run()
  const sent = world.requests.map(({ method, url, body, headers }) => ({
    method,
    path: url.pathname + url.search,
    body: body === '' ? '' : JSON.parse(body),
    authorization: headers.authorization,
  }))
  return { exitCode, stdout: stdout.trim(), stderr, sent }
}

const nothing = {
  HOME: '',
  PATH: '',
  BROWSER: '',
  GH_HOST: '',
  GH_ENTERPRISE_TOKEN: '',
  DATABRICKS_CONFIG_FILE: '',
  DATABRICKS_HOST: '',
  STAND_IN_VERSION: '',
  STAND_IN_PROFILE: '',
}

// Each is a call as setup/set-up.sh or scripts/set-up-canary.sh makes it.
test.each([
  [['api', place]],
  [['api', `${place}/environments/none`]],
  [['api', '--method', 'PUT', `${place}/environments/stage`, ...rules.flatMap((rule) => ['-F', rule])]],
  [['api', '--paginate', `${place}/environments/prod/deployment-branch-policies?per_page=100`]],
  [['api', '--method', 'POST', `${place}/actions/variables`, '--silent', '-f', 'name=N', '-f', 'value=true']],
  [['api', '--method', 'PATCH', `${place}/actions/variables/NONE`, '-f', 'value=https://a.example']],
  [['api', place, '--jq', '.full_name']],
])('what stands for gh does as gh does: %j', async (words) => {
  expect(await outcomeOf(words, false)).toEqual(await outcomeOf(words, true))
})
