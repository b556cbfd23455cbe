import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { loginStep } from '../support/login-step.ts'
import { readAction } from '../support/repository.ts'

afterEach(cleanUp)

test('the outputs that a login sets are those of action.yml', async () => {
  const { outputs } = await loginStep(await startPair())
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(readAction().outputs).sort())
})
