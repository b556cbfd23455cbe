import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { INPUT_NAMES, undeclaredInputs } from '../../src/explain/undeclared-inputs.ts'
import { readRepository } from '../support/repository.ts'

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

test('the names are those of action.yml, in its order', () => {
  const { inputs } = parse(readRepository('action.yml'))
  expect(INPUT_NAMES).toEqual(Object.keys(inputs))
})

test('what the action has is not told of, whatever its case', () => {
  const given = Object.fromEntries(INPUT_NAMES.map((name) => [`INPUT_${name.toUpperCase()}`, 'x']))
  expect(undeclaredInputs(given)).toEqual([])
})
