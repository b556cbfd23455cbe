import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { explanationOf } from '../../src/runner/failure-text.ts'

const published = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'octo-org/databricks-token-action',
  GITHUB_ACTION_REF: 'v1',
}

test('a code is explained on the page of the action that runs', () => {
  expect(explanationOf(new ActionError('HOST_MISSING', 'x'), published)).toBe(
    'See https://github.com/octo-org/databricks-token-action/blob/v1/docs/troubleshooting.md#host_missing',
  )
})

test.each([
  [{}],
  [{ ...published, GITHUB_ACTION_REPOSITORY: '' }],
  [{ ...published, GITHUB_ACTION_REF: undefined }],
  [{ ...published, GITHUB_SERVER_URL: 'http://github.com' }],
  [{ ...published, GITHUB_SERVER_URL: 'https://github.com/x?y' }],
  [{ ...published, GITHUB_ACTION_REPOSITORY: 'octo-org/x/../../evil' }],
  [{ ...published, GITHUB_ACTION_REF: 'v1)\n::error::' }],
])('or in its file, with %j', (environment) => {
  expect(explanationOf(new ActionError('HOST_MISSING', 'x'), environment)).toBe(
    'See HOST_MISSING in docs/troubleshooting.md.',
  )
})

test('on another server it is the page of the mirror there', () => {
  const mirrored = { ...published, GITHUB_SERVER_URL: 'https://github.example.com' }
  expect(explanationOf(new ActionError('HOST_MISSING', 'x'), mirrored)).toBe(
    'See https://github.example.com/octo-org/databricks-token-action/blob/v1/docs/troubleshooting.md#host_missing',
  )
})

const job = {
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_REPOSITORY: 'octo-org/etl',
  GITHUB_SHA: 'a1b2',
}

function copyInto(...path: string[]): { workspace: string; folder: string } {
  const workspace = mkdtempSync(join(tmpdir(), 'copied-'))
  onTestFinished(() => rmSync(workspace, { recursive: true }))
  const folder = join(workspace, ...path)
  mkdirSync(join(folder, 'docs'), { recursive: true })
  return { workspace, folder }
}

test('a copy in the repository of the workflow has its page there, if it was copied, too', () => {
  const { workspace, folder } = copyInto('.github', 'actions', 'databricks-token')
  const environment = { ...job, GITHUB_WORKSPACE: workspace }
  const failure = new ActionError('HOST_MISSING', 'x')
  expect(explanationOf(failure, environment, folder)).toBe('See HOST_MISSING in docs/troubleshooting.md.')
  writeFileSync(join(folder, 'docs', 'troubleshooting.md'), '')
  expect(explanationOf(failure, environment, folder)).toBe(
    'See https://github.example.com/octo-org/etl/blob/a1b2/.github/actions/databricks-token/docs/troubleshooting.md#host_missing',
  )
  for (const other of [join(workspace, 'else'), undefined]) {
    expect(explanationOf(failure, { ...job, GITHUB_WORKSPACE: other }, folder)).toBe(
      'See HOST_MISSING in docs/troubleshooting.md.',
    )
  }
})
