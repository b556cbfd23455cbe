import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { outputsNamedIn } from './expressions.ts'
import { type Block, blocksOf, pages, recipePages } from './markdown.ts'
import { isOurs, isWorkflow, type Step, stepsIn, type WorkflowJob } from './workflow.ts'

interface ActionFile {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

const action: ActionFile = parse(readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8'))

const labelled = (blocks: readonly Block[]) => blocks.map((block) => ({ ...block, at: `${block.page}:${block.line}` }))

const yamlBlocks = labelled(pages.flatMap(blocksOf).filter(({ language }) => language === 'yaml'))
const workflows = yamlBlocks.filter(({ text }) => isWorkflow(parse(text)))

// What a page shows may be a part of a workflow: a step that it does not show is the login.
function unknownOutputs(text: string, steps: readonly Step[]): string[] {
  const others = new Set(steps.filter((step) => !isOurs(step)).map(({ id }) => id))
  return outputsNamedIn(text)
    .filter(([id, output]) => !others.has(id) && !(output in action.outputs))
    .map((named) => named.join('.'))
}

test.each(yamlBlocks)('$at names inputs and outputs that exist', ({ text }) => {
  const steps = stepsIn(parse(text))
  const inputs = steps.filter(isOurs).flatMap((step) => Object.keys(step.with ?? {}))
  expect(inputs.filter((name) => !(name in action.inputs))).toEqual([])
  expect(unknownOutputs(text, steps)).toEqual([])
})

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/

test.each(yamlBlocks)('$at pins every action to a commit and names its version', ({ text }) => {
  const uses = stepsIn(parse(text)).flatMap((step) => step.uses ?? [])
  // What lies in the repository itself has the commit that was checked out.
  expect(uses.filter((name) => !PINNED.test(name) && !name.startsWith('./'))).toEqual([])
  for (const line of text.match(/^.*@[0-9a-f]{40}.*$/gm) ?? []) expect(line).toMatch(/ # v\d+\.\d+\.\d+(-[\w.]+)?$/)
})

const jobsOf = ({ text }: Block): WorkflowJob[] => Object.values(parse(text).jobs)

// The runner prints the inputs of a step before it starts, so that a mask must be there by then.
const masksItsToken = ({ run = '', uses = '' }: Step): boolean =>
  /^\s*echo "::add-mask::\$token"$/m.test(run) || uses.startsWith('google-github-actions/auth@')

// GitHub has steps in the background since June 2026; the schema knows them, and has to be asked for them.
const featureFlags = { isEnabled: (name: string) => name === 'allowBackgroundSteps' }
const config = { featureFlags } as unknown as NonNullable<Parameters<typeof validate>[1]>

test.each(workflows)('the workflow at $at is one that GitHub accepts', async ({ at, text }) => {
  const uri = `file:///${encodeURIComponent(at)}.yml`
  const found = await validate(TextDocument.create(uri, 'yaml', 1, text), config)
  expect(found.map(({ message, range }) => `${range.start.line}: ${message}`)).toEqual([])
})

const startedByPullRequests = ({ text }: Block): boolean => /\bpull_request/.test(JSON.stringify(parse(text).on))

// What a pull request brings, its author wrote; a word before a file, such as EXPLAIN, reaches its first statement alone.
test('no workflow that a pull request starts shows how to run with a login what the pull request brings', () => {
  const loggedIn = workflows.filter((block) => startedByPullRequests(block) && stepsIn(parse(block.text)).some(isOurs))
  const bringing = loggedIn.filter(({ text }) => /\bactions\/checkout@/.test(text))
  expect(bringing.map(({ at }) => at)).toEqual([])
})

const recipes = workflows.filter(({ page }) => recipePages.includes(page))

describe.each(recipes)('the workflow at $at', (block) => {
  test('grants what it needs, and no more', () => {
    const { permissions } = parse(block.text)
    expect(permissions).toEqual({})
    for (const { permissions: granted, steps } of jobsOf(block)) {
      const asksGithub = steps.some((step) => isOurs(step) && step.with?.['subject_token'] === undefined)
      const logsInElsewhere = steps.some(({ uses = '' }) => /^(azure|google|aws)/.test(uses))
      const checksOut = steps.some(({ uses = '' }) => uses.startsWith('actions/checkout@'))
      expect(granted).toEqual({
        ...(asksGithub || logsInElsewhere ? { 'id-token': 'write' } : {}),
        ...(checksOut ? { contents: 'read' } : {}),
      })
    }
  })

  test('leaves no credentials of Git behind', () => {
    const checkouts = stepsIn(parse(block.text)).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false)
  })

  test('masks a subject token in the step that makes it', () => {
    for (const { steps } of jobsOf(block)) {
      for (const login of steps.filter((step) => step.with?.['subject_token'] !== undefined)) {
        const [[id] = []] = outputsNamedIn(String(login.with?.['subject_token']))
        expect(masksItsToken(steps.find((step) => step.id === id) ?? {})).toBe(true)
      }
    }
  })
})

const scriptsOf = (block: Block): string[] => {
  if (block.language === 'sh') return [block.text]
  return block.language === 'yaml' ? stepsIn(parse(block.text)).flatMap(({ run }) => run ?? []) : []
}

const scripts = labelled(pages.flatMap(blocksOf)).flatMap((block) =>
  scriptsOf(block).map((script) => ({ at: block.at, script })),
)

// What printf and echo are given is no argument of a process: they are the shell's own, as is a table in PowerShell.
const BUILT_IN = /^\s*(\w+=\$\()?(printf|echo) |^\s*\$\w+ = @\{ /
const SECRET = /Authorization|\$\{?(token|TOKEN|DATABRICKS_TOKEN|CLIENT_SECRET)\b/

test.each(scripts)('$at: no secret is an argument, and no expression is code', ({ script }) => {
  const lines = script.split('\n').filter((line) => !BUILT_IN.test(line))
  expect(lines.filter((line) => SECRET.test(line))).toEqual([])
  expect(script).not.toContain('${{')
})

const inCi = ['npm ci && npm run demo\n', 'npm ci && npm test\n']

/** By page: the sections whose blocks a test runs, and which test; commands of the other pages run in commands.test.ts. */
const ranElsewhere: Readonly<Record<string, (block: Block) => boolean>> = {
  'README.md, by readme.test.ts or .ci/run': ({ page, section, text }) =>
    page === 'README.md' && (['Use it', 'Set up Databricks'].includes(section) || inCi.includes(text)),
  'recipes.test.ts': ({ page }) => recipePages.includes(page),
  'workflows.test.ts': ({ page, language, text }) =>
    language === 'yaml' && ['docs/migrate.md', 'docs/rollout.md'].includes(page) && isWorkflow(parse(text)),
  'commands.test.ts': ({ page, language }) => page !== 'README.md' && language === 'sh',
}

const runnable = pages.flatMap(blocksOf).filter(({ language }) => ['yaml', 'sh'].includes(language))

test.each(labelled(runnable))('$at is run by a test, or says why not', (block) => {
  const runBy = Object.entries(ranElsewhere).filter(([, runs]) => runs(block))
  if (runBy.length === 0) expect(block.notRun).toMatch(/\w+/)
})

const programs = labelled(
  pages.flatMap(blocksOf).filter(({ language }) => ['python', 'js', 'go', 'java'].includes(language)),
)

// A program is a file of the workflow before it, as that finds it in its repository.
test.each(programs)('the program at $at is run with the workflow of its section, or says why not', (block) => {
  const ofSection = workflows.filter(({ page, section }) => page === block.page && section === block.section)
  const runs = ofSection.filter(({ notRun }) => notRun === undefined || notRun.startsWith('by npm test, but by'))
  if (runs.length === 0) expect(block.notRun).toMatch(/\w+/)
})

const readme = pages.flatMap(blocksOf).filter(({ page }) => page === 'README.md')

test('no line of code in the README is wider than its page', () => {
  // A commit is as long as it is.
  const lines = readme.flatMap(({ text }) => text.split('\n')).filter((line) => !line.includes('uses: '))
  expect(lines.filter((line) => line.length > 92)).toEqual([])
})
