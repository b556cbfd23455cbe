import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ActionError } from '../../src/errors.ts'
import { INPUT_NAMES, undeclaredInputs, withMeantInput } from '../../src/explain/undeclared-inputs.ts'
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
  ['databricks-host', 'host'],
  ['account-id', 'account_id'],
  ['a-word-nearly-host', undefined],
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

test('a value that is missing was given under another name: did you mean it?', () => {
  const failure = new ActionError('HOST_MISSING', 'No host was given.')
  const given = { 'INPUT_DATABRICKS-HOST': 'hunter2' }
  expect(withMeantInput(failure, 'host', given).message).toBe(
    'No host was given. This action has no input databricks-host: did you mean host?',
  )
  expect(withMeantInput(failure, 'host', given)).toMatchObject({ code: 'HOST_MISSING', advice: failure.advice })
  expect(withMeantInput(failure, 'account_id', given)).toBe(failure)
})
