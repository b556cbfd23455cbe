import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Exchange } from '../../../sandbox/token-endpoint.ts'
import { type Block, blocksOf, recipePages } from '../../docs/markdown.ts'
import { policyOf, type WrittenPolicy } from '../../docs/policies.ts'
import { startProvider } from '../../docs/provider.ts'
import { type RanJob, runJob } from '../../docs/run-job.ts'
import { type Scenario, scenarios } from '../../docs/scenarios.ts'
import { onlyJob } from '../../docs/workflow.ts'
import { startWorld, variablesFor, type World } from '../../docs/world.ts'
import { cleanUp, later } from '../../sandbox/support.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { needsHere } from '../../support/needs.ts'
import { hasSqlite } from '../../support/sql-job.ts'

// They run at the same time, since most of a recipe's time is a wait.
afterAll(cleanUp)

const isRun = ({ notRun }: Block): boolean => notRun === undefined
const blocks = recipePages.flatMap(blocksOf).filter(isRun)
const recipes = blocks.filter(({ language }) => language === 'yaml')
// The policy of a recipe that gives no token is that of the set-up.
const policyBlocks = [...blocks, ...blocksOf('docs/setup.md').filter(isRun)].filter(
  ({ language, text }) => language === 'sh' && text.includes('federation-policy create'),
)

test('every recipe that is not marked as one that cannot be run is run here', () => {
  expect(recipes.map(({ section }) => section).toSorted()).toEqual(Object.keys(scenarios).toSorted())
})

let shown: Promise<WrittenPolicy[]> | undefined
// Each block is run once for all recipes.
function shownPolicies(): Promise<WrittenPolicy[]> {
  shown ??= Promise.all(policyBlocks.map(policyOf))
  return shown
}

test('every policy that the pages show is that of a recipe', async (context) => {
  needsHere(context, 'bash')
  const used = Object.values(scenarios).flatMap((all) => all.map(({ policy }) => policy))
  expect(new Set((await shownPolicies()).map(({ id }) => id))).toEqual(new Set(used))
})

async function policyNamed(id: string): Promise<WrittenPolicy> {
  const policy = (await shownPolicies()).find((one) => one.id === id)
  if (policy === undefined) throw new Error(`no policy is called ${id}`)
  return policy
}

// The runner knows the secrets of a workflow before its first step.
function maskSecrets({ runner }: World, secrets: Readonly<Record<string, string>>): string {
  const file = join(runner.temp, 'secrets')
  writeFileSync(
    file,
    Object.values(secrets)
      .map((secret) => `::add-mask::${secret}\n`)
      .join(''),
  )
  return `cat '${file}'`
}

interface Ran extends RanJob {
  readonly world: World
  readonly given: readonly string[]
}

async function run({ text }: Block, scenario: Scenario): Promise<Ran> {
  const written = onlyJob(text)
  const policy = await policyNamed(scenario.policy)
  const { audienceFor, tokenSeconds, secrets = {}, inputs = {}, warehouse } = scenario
  const world = await startWorld({
    policy,
    tokenSeconds,
    isGithub: audienceFor === undefined,
    warehouse,
    idTokenPermission: written.permissions?.['id-token'] === 'write',
  })
  const provider = later(
    await startProvider({
      issuer: world.issuer,
      subject: policy.subject,
      tokenSeconds: 3600,
      audienceFor: audienceFor ?? ((asked) => asked),
    }),
  )
  const vars = { ...variablesFor(world), ...scenario.vars?.(provider) }
  const masked = { ...written, steps: [{ run: maskSecrets(world, secrets) }, ...written.steps] }
  const { runner } = world
  const standIns = scenario.standIns(world, provider)
  const ran = await runJob(masked, { runner, contexts: { vars, secrets, inputs }, standIns })
  return { ...ran, world, given: provider.given }
}

const signatureOf = (token: string): string => token.split('.')[2] ?? token

const tokensOf = (exchanges: readonly Exchange[]): string[] =>
  exchanges.flatMap(({ form, accessToken = '' }) => [form['subject_token'] ?? '', accessToken])

function expectNoTokenIn(log: string, { world, given }: Ran, secrets: readonly string[]): void {
  const { runner, production, staging } = world
  const tokens = [...given, ...tokensOf(production.exchanges), ...tokensOf(staging.exchanges)]
  expect(tokens.length).toBeGreaterThan(1)
  expect(wholeTokensIn(log)).toEqual([])
  for (const secret of [...tokens.map(signatureOf), runner.requestToken, ...secrets]) {
    expect(log).not.toContain(secret)
  }
}

const hasTools = ['bash', 'curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)
const cases = recipes.flatMap((block) =>
  (scenarios[block.section] ?? []).map((scenario) => ({ block, scenario, ...block, ...scenario })),
)

describe.runIf(hasTools && process.platform !== 'win32')('against the sandbox', () => {
  test.concurrent.for(cases)('$section ($policy)', async ({ block, scenario }, { skip }) => {
    if (scenario.warehouse?.seed !== undefined) skip(!hasSqlite, 'this Node has no node:sqlite')
    const ran = await run(block, scenario)
    const { job, results, logins, world, given } = ran
    const log = job.log()

    expect(
      results.map(({ conclusion }) => conclusion),
      log,
    ).not.toContain('failure')
    for (const { outputs } of logins) {
      expect(outputs).toMatchObject({ exchanged: 'true', identity_provider: scenario.identityProvider })
    }
    for (const text of scenario.prints) expect(log).toContain(text)
    scenario.check?.(ran.world, results)
    expectNoTokenIn(log, ran, Object.values(scenario.secrets ?? {}))
    const { exchanges } = world.production
    expect(exchanges.map(({ status }) => status)).not.toContain(400)
    if (given.length > 0) expect(exchanges.map(({ form }) => form['subject_token'])).toEqual(given)
    if (scenario.tokenSeconds !== undefined) expect(exchanges.length).toBeGreaterThan(1)
  })
})
