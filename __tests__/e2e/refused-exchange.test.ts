import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startJob } from '../../sandbox/job.ts'
import { cleanUp } from '../sandbox/support.ts'
import { type Pair, startPair } from '../support/federated.ts'
import { wholeTokensIn } from '../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, requestsOf, spokenLines } from '../support/login-step.ts'
import { needsHere } from '../support/needs.ts'

afterEach(cleanUp)

const audiencesOf = ({ runner }: Pair) => runner.requests.map(({ url }) => url.searchParams.get('audience'))
const kindOf = (line: string): string => /^::(\w+)/.exec(line)?.[1] ?? 'line'

test('a policy that does not match: one error with whose token it was, and nothing exported', async () => {
  const pair = await startPair(['another'])
  const { runner, workspace } = pair
  const step = await loginStep(pair)
  expect(step).toMatchObject({ exitCode: 1, stderr: '' })
  expect(exportsOf(step)).toEqual(nothing)
  expect(spokenLines(step).map(kindOf)).toEqual(['line', 'error'])
  for (const said of [
    `\nissuer            ${runner.issuer.url}\n`,
    `\nsubject           ${runner.claims.sub}\n`,
    `\naudience          ${workspace.accountId}\n                  ${workspace.tokenEndpoint}\n`,
    'The server said: invalid_grant: The subject token is invalid: ',
    'See EXCHANGE_REFUSED (NO_MATCHING_POLICY) in docs/troubleshooting.md.',
  ]) {
    expect(step.log).toContain(said)
  }
})

test('no whole token is in the log, the output or the summary of a refused exchange', async () => {
  const pair = await startPair(['another'])
  const step = await loginStep(pair)
  expect(wholeTokensIn(step.log + step.summary + spokenLines(step).join('\n'))).toEqual([])
})

test('a service principal without a policy is refused, whatever the audience', async () => {
  const pair = await startPair(undefined, {}, { policies: [] })
  const step = await loginStep(pair)
  expect(step.log).toContain('The server said: invalid_client: Client authentication failed: ')
  expect(audiencesOf(pair)).toHaveLength(2)
})

test('an explicit audience is used alone', async () => {
  const pair = await startPair(['https://github.com/octo-org'])
  const audience = 'https://github.com/octo-org'
  const step = await loginStep(pair, { ...inputsFor(pair), audience })
  expect(step.exitCode).toBe(0)
  expect(audiencesOf(pair)).toEqual([audience])
  const refused = await loginStep(pair, { ...inputsFor(pair), audience: 'mine' })
  expect(refused.exitCode).toBe(1)
  expect(audiencesOf(pair)).toEqual([audience, 'mine'])
})

test('the audience that is not the first works with a notice and a second ID token', async () => {
  const audiences: string[] = []
  const pair = await startPair(audiences)
  const { accountId, tokenEndpoint } = pair.workspace
  audiences.push(tokenEndpoint)
  const step = await loginStep(pair)
  expect(step).toMatchObject({ exitCode: 0, outputs: { exchanged: 'true' } })
  expect(audiencesOf(pair)).toEqual([accountId, tokenEndpoint])
  expect(requestsOf(pair)).toHaveLength(5)
  expect(spokenLines(step).map(kindOf)).toEqual(['line', 'notice', 'line'])
  expect(step.log).toContain(`Notice: The audience ${tokenEndpoint} was accepted.`)
})

test('claims of the token are text in the summary, not markup, and no command in the log', async () => {
  const sub = 'repo:<img src=x onerror=alert(1)>&amp;\n::set-output name=token::x\n##[error]y'
  const pair = await startPair(['another'], { claims: { sub } })
  const { log, stdout, summary, outputs } = await loginStep(pair)
  expect([...new Set(summary.match(/<[^>]*>/g))].sort()).toEqual([
    '<!-- -->',
    '</code>',
    '</details>',
    '</summary>',
    '<br>',
    '<code>',
    '<details>',
    '<summary>',
  ])
  expect(summary).toContain('| <code>repo&#58;&#60;img src&#61;x onerror&#61;alert(1)&#62;&#38;amp; ')
  expect(stdout.match(/^::error/gm)).toHaveLength(1)
  expect(stdout).not.toMatch(/^::set-output|##\[error\]/m)
  expect(log).toContain('::set-output name=token::x')
  expect(outputs).toEqual({})
})

test('on_exchange_failure hands on the original token, with a warning', async () => {
  const pair = await startPair(['another'])
  const subjectToken = await pair.runner.issuer.sign({ sub: 'me', aud: 'x' })
  const inputs = { ...inputsFor(pair), subject_token: subjectToken, on_exchange_failure: 'use_subject_token' }
  const step = await loginStep(pair, inputs)
  expect(step).toMatchObject({ exitCode: 0, outputs: { token: subjectToken, exchanged: 'false' } })
  expect(step.env).toMatchObject({ DATABRICKS_TOKEN: subjectToken })
  expect(spokenLines(step).map(kindOf)).toEqual(['warning', 'line'])
})

// The runner prints the inputs of a step before the action runs: only an earlier step can keep a token out of that.
test('a subject token that an earlier step masked is nowhere in the log', async (context) => {
  needsHere(context, 'bash')
  const pair = await startPair(['another'])
  const { runner } = pair
  const subjectToken = await runner.issuer.sign({ sub: runner.claims.sub, aud: 'x' })
  writeFileSync(join(runner.temp, 'jwt'), subjectToken)
  const job = startJob(runner)
  await job.run('echo "::add-mask::$(cat "$RUNNER_TEMP/jwt")"')
  const inputs = { ...inputsFor(pair), subject_token: ` ${subjectToken}\n` }
  const step = await loginStep(pair, inputs, {}, job)
  expect(step.exitCode).toBe(1)
  expect(step.log).toContain('  subject_token:  ***')
  expect(wholeTokensIn(job.log())).toEqual([])
  expect(pair.workspace.exchanges[0]?.form['subject_token']).toBe(subjectToken)
  expect(audiencesOf(pair)).toEqual([])
})
