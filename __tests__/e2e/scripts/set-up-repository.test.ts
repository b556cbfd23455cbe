import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runProcess } from '../../../sandbox/run-process.ts'
import { writeCommand } from '../../docs/called.ts'
import { needs } from '../../support/needs.ts'
import { inRepository } from '../../support/repository.ts'

needs('bash')
needs('scripts as programs')
needs('jq')

interface Kept {
  readonly settings: Readonly<Record<string, unknown>>
  readonly rulesets: readonly { id: number; name: string; target: string; rules: { type: string }[] }[]
  readonly environment?: { reviewers: readonly { type: string; id: number }[] }
  readonly policies: readonly { name: string; type: string }[]
}

// GitHub as the script asks it, with what it was told in a file. An environment is set anew by a PUT, as there.
const gh = (file: string) => `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { spawnSync } = require('node:child_process')
const file = ${JSON.stringify(file)}
const nothing = { settings: {}, rulesets: [], policies: [] }
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothing
const words = process.argv.slice(2)
const after = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined)
const method = after('--method') ?? 'GET'
const path = words.find((word) => word === 'user' || word.startsWith('repos/')).replace('repos/octo-org/login/', '')
const fields = Object.fromEntries(words.filter((_, at) => words[at - 1] === '-f').map((field) => field.split('=')))
const body = words.includes('--input') ? JSON.parse(readFileSync(0, 'utf8')) : fields
const id = Number(/^rulesets\\/(\\d+)$/.exec(path)?.[1])
const refuse = () => {
  console.log('{"message": "Not Found"}')
  console.error('gh: Not Found (HTTP 404)')
  process.exit(1)
}
const answers = {
  'GET user': () => ({ id: 12 }),
  'GET rulesets': () => kept.rulesets.map(({ id, name }) => ({ id, name })),
  'POST rulesets': () => void kept.rulesets.push({ id: kept.rulesets.length + 7, ...body }),
  'GET environments/release': () => {
    if (kept.environment === undefined) refuse()
    const reviewers = kept.environment.reviewers.map(({ type, id }) => ({ type, reviewer: { id } }))
    return { protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers', reviewers }] }
  },
  'PUT environments/release': () => void (kept.environment = body),
  'GET environments/release/deployment-branch-policies': () => ({ branch_policies: kept.policies }),
  'POST environments/release/deployment-branch-policies': () => void kept.policies.push(body),
  'GET codeowners/errors': () => ({ errors: [{ path: '.github/CODEOWNERS', line: 3, kind: 'Unknown owner' }] }),
}
if (id > 0 && method === 'PUT') kept.rulesets = kept.rulesets.map((one) => (one.id === id ? { id, ...body } : one))
else if (method === 'PUT' && answers['PUT ' + path] === undefined) kept.settings[path] = body
else {
  const answer = (answers[method + ' ' + path] ?? refuse)()
  const query = after('--jq')
  const options = { input: JSON.stringify(answer), encoding: 'utf8' }
  if (query !== undefined) process.stdout.write(spawnSync('jq', ['-rc', query], options).stdout)
}
writeFileSync(file, JSON.stringify(kept))
`

function startGithub() {
  const folder = mkdtempSync(join(tmpdir(), 'github-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'kept.json')
  writeCommand(folder, 'gh', gh(file))
  const setUp = (...words: string[]) =>
    runProcess(
      {
        command: ['bash', inRepository('scripts', 'set-up-repository.sh'), ...words],
        environment: { PATH: [folder, process.env['PATH']].join(delimiter) },
        folder,
      },
      () => {},
    )
  const kept = (): Kept => JSON.parse(readFileSync(file, 'utf8'))
  return { setUp, kept, keep: (one: Kept) => writeFileSync(file, JSON.stringify(one)), isAsked: () => existsSync(file) }
}

test('a repository has its settings, its rulesets and its environment', async () => {
  const { setUp, kept } = startGithub()
  const ended = await setUp('octo-org/login')
  expect([ended.exitCode, ended.stderr]).toEqual([0, ''])
  expect(ended.stdout).toContain('.github/CODEOWNERS:3: Unknown owner')
  const { settings, rulesets, environment, policies } = kept()
  expect(settings).toMatchObject({
    'actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
    'actions/permissions': { sha_pinning_required: true },
    'immutable-releases': {},
    'private-vulnerability-reporting': {},
  })
  expect(rulesets.map(({ name, target, rules }) => [name, target, rules.map(({ type }) => type)])).toEqual([
    ['main and releases', 'branch', ['deletion', 'non_fast_forward', 'pull_request', 'required_status_checks']],
    ['version tags', 'tag', ['creation', 'update', 'deletion']],
  ])
  expect(rulesets[1]).toMatchObject({
    conditions: { ref_name: { include: ['refs/tags/v*'] } },
    bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole' }],
  })
  expect(environment?.reviewers).toEqual([{ type: 'User', id: 12 }])
  expect(policies).toEqual([{ name: 'v*', type: 'tag' }])
})

test('twice is once, and reviewers that are there are kept', async () => {
  const { setUp, kept, keep } = startGithub()
  await setUp('octo-org/login')
  const team = { ...kept(), environment: { ...kept().environment, reviewers: [{ type: 'Team', id: 3 }] } }
  keep(team)
  expect((await setUp('octo-org/login')).exitCode).toBe(0)
  expect(kept()).toEqual(team)
})

test.each(['', 'login'])('nothing is asked for the repository %j', async (repository) => {
  const { setUp, isAsked } = startGithub()
  const ended = await setUp(repository)
  expect([ended.exitCode, ended.stderr, isAsked()]).toEqual([2, 'Takes OWNER/NAME.\n', false])
})
