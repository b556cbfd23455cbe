import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../sandbox/support.ts'
import { failureOf } from '../support/failures.ts'
import { federateWith, startPair } from '../support/federated.ts'

afterEach(cleanUp)

const onExchangeFailure = 'use_subject_token'

test.each([
  'https://token.actions.githubusercontent.com',
  'https://token.actions.octo.ghe.com',
  'https://github.corp.example/_services/token',
])('a token of %s that was given is not handed on when its exchange is refused', async (iss) => {
  const pair = await startPair(['another'])
  const subjectToken = await pair.runner.issuer.sign({ iss, sub: 'me', aud: 'x' })
  const { login } = await federateWith(pair, { subjectToken, onExchangeFailure })
  expect((await failureOf(login)).code).toBe('EXCHANGE_REFUSED')
})

test('one of another identity provider is, as on_exchange_failure asks', async () => {
  const pair = await startPair(['another'])
  const subjectToken = await pair.runner.issuer.sign({ iss: 'https://idp.example', sub: 'me', aud: 'x' })
  const { login } = await federateWith(pair, { subjectToken, onExchangeFailure })
  expect(await login()).toMatchObject({ exchanged: false, accessToken: subjectToken })
})
