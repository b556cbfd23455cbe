import { expect, test } from 'vitest'
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
  [{ ...published, GITHUB_SERVER_URL: 'https://github.example.com' }],
  [{ ...published, GITHUB_ACTION_REPOSITORY: 'octo-org/x/../../evil' }],
  [{ ...published, GITHUB_ACTION_REF: 'v1)\n::error::' }],
])('or in its file, with %j', (environment) => {
  expect(explanationOf(new ActionError('HOST_MISSING', 'x'), environment)).toBe(
    'See HOST_MISSING in docs/troubleshooting.md.',
  )
})
