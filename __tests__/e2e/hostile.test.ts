import { afterEach, expect, test } from 'vitest'
import { commandsIn } from '../faults/sinks.ts'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { hostilePatterns } from '../support/hostile-patterns.ts'
import { loggedInJob, oneLogin } from '../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, spokenLines } from '../support/login-step.ts'
import { needsHere } from '../support/needs.ts'

const loggedIn = oneLogin(loggedInJob)

afterEach(cleanUp)

/** A pair whose token endpoint gives one answer. */
async function pairAnswering(status: number, document: object) {
  const pair = await startPair()
  pair.workspace.server.before = (raw, response) => {
    if (raw.method !== 'POST') return false
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document))
    return true
  }
  return pair
}

const accepted = { access_token: 'opaque-access-token', token_type: 'Bearer', expires_in: 300 }

// Before, 100 KiB of the first took 12 s; a step that is busy hears no signal and keeps no timeout.
test.each(hostilePatterns(900_000).slice(0, 4))(
  'an error_description of %s ends as any refusal',
  async (_name, text) => {
    const pair = await pairAnswering(400, { error: 'invalid_grant', error_description: text })
    const step = await loginStep(pair, { ...inputsFor(pair), timeout_seconds: '10' }, { timeoutSeconds: 20 })
    expect(step.exitCode).toBe(1)
    expect(spokenLines(step).at(-1)).toContain('(EXCHANGE_REFUSED)::')
    expect(step.stdout.length).toBeLessThan(20_000)
  },
)

test.each(['sql $(id)', '`id`', 'sql\nDATABRICKS_HOST=https://evil.example', "sql'; id; '"])(
  'the scope %j of a server becomes no output',
  async (scope) => {
    const step = await loginStep(await pairAnswering(200, { ...accepted, scope }))
    expect(spokenLines(step).at(-1)).toContain('(EXCHANGE_INVALID)::')
    expect(exportsOf(step)).toEqual(nothing)
  },
)

test('an id with a line break in a pasted URL is refused before the first request', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), host: `${pair.workspace.host}/?w=%0Aevil` })
  expect(spokenLines(step)).toEqual([expect.stringContaining('(HOST_INVALID)::')])
  expect(exportsOf(step)).toEqual(nothing)
  expect(pair.workspace.requests).toEqual([])
})

test('an ID token of GitHub that comes back as access token is not handed on', async () => {
  const iss = 'https://github.corp.example/_services/token'
  const pair = await startPair()
  const access_token = await pair.runner.issuer.sign({ iss, sub: 'me', aud: 'an earlier one' })
  const step = await loginStep(await pairAnswering(200, { ...accepted, access_token }))
  expect(spokenLines(step).at(-1)).toContain('(EXCHANGE_INVALID)::')
  expect(exportsOf(step)).toEqual(nothing)
})

test('servers are told name and version alone', async () => {
  const pair = await startPair()
  await loginStep(pair, inputsFor(pair), { environment: { ACTIONS_ORCHESTRATION_ID: 'job-4711' } })
  for (const { headers } of [...pair.runner.requests, ...pair.workspace.requests]) {
    expect(headers['user-agent']).toMatch(/^databricks-token-action\/\d+\.\d+\.\d+ cicd\/github$/)
  }
})

test.for(['\n::stop-commands::x', '\r::error::x', '##[error]x', '\u2028::warning::x'])(
  'the argument %j of sql becomes no workflow command',
  async (argument, context) => {
    needsHere(context, 'bash')
    const { job } = await loggedIn()
    const step = await job.run(
      [
        'for option in --param --format --output --warehouse --timeout --tag --file --catalog; do',
        '  databricks-token sql "$option" "$ARGUMENT" || databricks-token sql "$option=$ARGUMENT" "SELECT 1" || true',
        'done',
        'databricks-token sql "$ARGUMENT" || exit 3',
      ].join('\n'),
      { environment: { ARGUMENT: `1${argument}`, DATABRICKS_WAREHOUSE_ID: 'w' } },
    )
    expect(step.exitCode).toBe(3)
    const { error, ...others } = commandsIn(step.stderr + step.stdout)
    expect(others).not.toHaveProperty('stop-commands')
    expect(Object.keys(others).filter((name) => name !== 'add-mask')).toEqual([])
    // One annotation of ours for each call that failed.
    expect(error).toBe(step.stderr.match(/^::error title=databricks-token failed/gm)?.length)
  },
)

test.for(['\n::stop-commands::x', '\r::error::x', '##[error]x', '\u2028::warning::x'])(
  'the argument %j becomes no workflow command',
  async (argument, context) => {
    needsHere(context, 'bash')
    const { job } = await loggedIn()
    const step = await job.run(
      `databricks-token --min-validity "$ARGUMENT" || databricks-token "$ARGUMENT" || exit 3`,
      {
        environment: { ARGUMENT: `1${argument}` },
      },
    )
    expect(step).toMatchObject({ exitCode: 3, stdout: '' })
    expect(commandsIn(step.stderr)).toEqual({})
  },
)
