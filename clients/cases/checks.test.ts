import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, pages } from '../../__tests__/docs/markdown.ts'
import { isWorkflow } from '../../__tests__/docs/workflow.ts'
import { runProcess } from '../../sandbox/run-process.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'

const root = join(import.meta.dirname, '..', '..')

const workflowsIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name))

const ours = [...workflowsIn('.github/workflows'), ...workflowsIn('clients/workflows')]

async function check(program: string, parameters: readonly string[]): Promise<void> {
  const environment = { PATH: process.env['PATH'] }
  const ended = await runProcess({ command: [program, ...parameters], environment, folder: root }, () => {})
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
}

/** Writes the workflows of README and docs/ to where a repository has its workflows; gives that repository. */
function writeDocumented(test: TestContext): string {
  const repository = mkdtempSync(join(tmpdir(), 'documented-'))
  test.onTestFinished(() => rmSync(repository, { recursive: true }))
  const folder = join(repository, '.github', 'workflows')
  mkdirSync(folder, { recursive: true })
  for (const { language, page, line, text } of pages.flatMap(blocksOf)) {
    const isOne = language === 'yaml' && isWorkflow(parse(text))
    if (isOne) writeFileSync(join(folder, `${page.replaceAll('/', '-')}-${line}.yml`), text)
  }
  return folder
}

const filesIn = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name))

// GitHub has steps in the background since June 2026, and actionlint does not know them yet. That it finds nothing else in a
// workflow with them is compared.
const isInBackground = (file: string): boolean => readFileSync(file, 'utf8').includes('background: true')
const UNKNOWN_TO_ACTIONLINT = [/unexpected key "background"/, /step must run script with "run" section/]

prove('actionlint', async (test) => {
  const actionlint = placeOf('actionlint', 'actionlint')
  const files = filesIn(writeDocumented(test))
  const excepted = files.filter(isInBackground)
  await check(actionlint, [...ours, ...files.filter((file) => !excepted.includes(file))])
  const { stdout } = await runProcess(
    { command: [actionlint, '-oneline', ...excepted], environment: { PATH: process.env['PATH'] }, folder: root },
    () => {},
  )
  const found = stdout.split('\n').filter((line) => line !== '')
  expect(found).toEqual(UNKNOWN_TO_ACTIONLINT.map((message) => expect.stringMatching(message)))
})

const zizmor = (...parameters: readonly string[]) =>
  check(placeOf('checks', 'zizmor'), ['--offline', '--no-progress', ...parameters])

prove('zizmor', async (test) => {
  await zizmor('--persona=auditor', '.github', 'action.yml')
  await zizmor(...workflowsIn('clients/workflows'), writeDocumented(test))
})

// `npm run check` is without these files: their types come with the clients.
test('the types of clients/ hold', { timeout: 120_000 }, () =>
  check(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'clients/tsconfig.json']),
)
