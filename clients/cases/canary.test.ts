import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { parse, stringify } from 'yaml'
import { inRepository, readRepository } from '../../__tests__/support/repository.ts'
import { type Runner, startRunner } from '../../sandbox/github-runner.ts'
import type { Files } from '../act/checkout.ts'
import { runAct } from '../act/run.ts'
import { writeGh } from '../act/stand-ins.ts'
import { secretsIn } from '../act/workflows.ts'
import { worldFor } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId, type World } from '../world.ts'

const text = readRepository('.github', 'workflows', 'canary.yml')

const files: Files = Object.fromEntries(
  ['scripts/canary.ts', ...readdirSync(inRepository('scripts', 'canary')).map((name) => `scripts/canary/${name}`)].map(
    (path) => [path, readRepository(path)],
  ),
)

const setupNode = /actions\/setup-node@\S+/.exec(text)?.[0] ?? 'no pin'

/** act gives all jobs one identity: here the job `refused` gets that of a job outside the environment. */
function withStranger(runner: Runner): string {
  const workflow = parse(text)
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = runner.environment()
  workflow.jobs.refused.env = { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN }
  return stringify(workflow)
}

const variablesOf = ({ production }: World) => ({
  CANARY_HOST: production.host,
  CANARY_ACCOUNT_ID: production.accountId,
  CANARY_CLIENT_ID: applicationId,
  CANARY_WAREHOUSE_ID: production.warehouseId,
})

/** A world with the canary in it, and a GitHub that keeps issues. */
async function canaryIn(test: TestContext) {
  const world = await worldFor(test, { tokenSeconds: 75 })
  const stranger = await startRunner({ issuer: world.runner.issuer, claims: { environment: '' } })
  test.onTestFinished(() => stranger.close())
  const github = mkdtempSync(join(tmpdir(), 'github-'))
  test.onTestFinished(() => rmSync(github, { recursive: true }))
  writeGh(join(github, 'bin'))
  const state = join(github, 'state.json')
  const run = async (more: readonly string[], variables: Readonly<Record<string, string>> = variablesOf(world)) => {
    const ran = await runAct({
      world,
      files,
      variables,
      workflow: withStranger(stranger),
      event: 'schedule',
      timeoutSeconds: 300,
      standIns: { [setupNode]: 'node --version' },
      path: [join(github, 'bin')],
      environment: { NODE_USE_ENV_PROXY: '1', NO_PROXY: '127.0.0.1', STAND_IN_STATE: github },
      more: ['--matrix', 'os:ubuntu-latest', '--secret', 'GITHUB_TOKEN=stand-in', ...more],
    })
    expect(secretsIn(ran.log, world)).toEqual([])
    return { ...ran, jobs: ran.succeeded.map((name) => name.replace('Canary/', '').trim()).sort() }
  }
  const keepIssues = (issues: readonly object[]) => writeFileSync(state, JSON.stringify({ attested: {}, issues }))
  return { world, run, keepIssues, issues: () => JSON.parse(readFileSync(state, 'utf8')).issues }
}

const open = { number: 1, open: true, comments: ['It fails.'] }

const green = async (test: TestContext) => {
  const { run, keepIssues, issues } = await canaryIn(test)
  keepIssues([open])
  const ran = await run([])
  expect(ran.exitCode, ran.log).toBe(0)
  expect(ran.jobs.length).toBe(3)
  expect(ran.printed).toMatch(/The renewed token is taken; the first one, after its end, is refused with 40\d\.\n/)
  expect(ran.printed).toContain('refusal: {"status":400,"error":"invalid_grant"')
  expect(issues()).toEqual([{ ...open, open: false, comments: ['It fails.', expect.stringContaining('passes again')] }])
}

prove('act-canary', green, { programs: ['jq'] })

const red = async (test: TestContext) => {
  const { world, run, issues } = await canaryIn(test)
  const unknown = { ...variablesOf(world), CANARY_CLIENT_ID: 'aaaaaaaa-7d5e-4a60-8b19-2f0e6d4c8a71' }
  for (const comments of [1, 2]) {
    expect((await run([], unknown)).exitCode).toBe(1)
    expect(issues()).toEqual([{ ...open, comments: Array(comments).fill(expect.stringMatching(/fail/)) }])
  }
  const { CANARY_CLIENT_ID: known } = variablesOf(world)
  const accepted = await runAct({
    world,
    files,
    workflow: text,
    event: 'schedule',
    variables: { ...unknown, CANARY_CLIENT_ID: known },
    standIns: { [setupNode]: 'node --version' },
    environment: { NODE_USE_ENV_PROXY: '1', NO_PROXY: '127.0.0.1' },
    more: ['-j', 'refused'],
  })
  expect(accepted.exitCode).toBe(1)
  expect(accepted.log).toContain('A subject that no policy names was accepted.')
}

prove('act-canary-red', red, { programs: ['jq'] })

const unset = async (test: TestContext) => {
  const { run } = await canaryIn(test)
  const ran = await run([], {})
  expect([ran.exitCode, ran.steps, ran.succeeded]).toEqual([0, [], []])
}

prove('act-canary-unset', unset)
