import { expect, test } from 'vitest'
import { INPUT_NAMES } from '../../src/runner/input-names.ts'
import { undeclaredInputs, undeclaredWarning } from '../../src/runner/undeclared-inputs.ts'

test.each([
  ['client_id', 'identity_federation_client_id'],
  ['client-id', 'identity_federation_client_id'],
  ['application_id', 'identity_federation_client_id'],
  ['identity_federation_clientid', 'identity_federation_client_id'],
  ['databricks_host', 'host'],
  ['hots', 'host'],
  ['acount_id', 'account_id'],
  ['accountid', 'account_id'],
  ['scopes', 'scope'],
  ['audiance', 'audience'],
  ['timeout', 'timeout_seconds'],
  ['warehouse_id', undefined],
  ['something_of_the_job', undefined],
])('%s: did you mean %s?', (name, meant) => {
  const given = { [`INPUT_${name.toUpperCase()}`]: 'hunter2', INPUT_HOST: 'x', PATH: 'y' }
  expect(undeclaredInputs(given)).toEqual([{ name, meant }])
})

test('the warning tells the name, and never the value', () => {
  const [input] = undeclaredInputs({ INPUT_CLIENT_ID: 'hunter2' })
  expect(input && undeclaredWarning(input)).toBe(
    'This action has no input client_id; did you mean identity_federation_client_id? Its value was not used.',
  )
})

test('nothing is proposed where nothing is near', () => {
  expect(undeclaredWarning({ name: 'warehouse_id', meant: undefined })).toBe(
    'This action has no input warehouse_id. Its value was not used.',
  )
})

test('what the action has is not told of, whatever its case', () => {
  const given = Object.fromEntries(INPUT_NAMES.map((name) => [`INPUT_${name.toUpperCase()}`, 'x']))
  expect(undeclaredInputs(given)).toEqual([])
})
