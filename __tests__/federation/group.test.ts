import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../sandbox/support.ts'
import { failureOf } from '../support/failures.ts'
import { federateWith, startPair } from '../support/federated.ts'

afterEach(cleanUp)

test.each([undefined, 'given'])('a login asks for its group: subject token %s', async (given) => {
  const pair = await startPair()
  const { issuer, claims } = pair.runner
  const subjectToken = given && (await issuer.sign({ sub: claims.sub, aud: pair.workspace.accountId }))
  const { login } = await federateWith(pair, { groupId: '42', subjectToken })
  const { exchanged } = await login()
  expect(exchanged).toBe(true)
  expect(pair.workspace.exchanges.map(({ form }) => form['assume_group'])).toEqual(['42'])
})

test('each audience that is tried asks for the group', async () => {
  const pair = await startPair(['another'])
  await failureOf((await federateWith(pair, { groupId: '42' })).login)
  const { exchanges } = pair.workspace
  expect(exchanges.map(({ form }) => form['assume_group'])).toEqual(exchanges.map(() => '42'))
  expect(exchanges.length).toBeGreaterThan(1)
})

// As it is it has all rights of its principal.
test('a token of the host itself is exchanged, or nothing', async () => {
  const pair = await startPair()
  const { host, exchanges } = pair.workspace
  const subjectToken = await pair.runner.issuer.sign({ iss: `${host}/oidc`, sub: 'me', aud: 'x' })
  const { login, said } = await federateWith(pair, { groupId: '42', subjectToken })
  expect((await failureOf(login)).code).toBe('EXCHANGE_REFUSED')
  expect(exchanges.map(({ form }) => form['assume_group'])).toEqual(['42'])
  expect(said).toEqual([])
})

test('the original token is not handed on where a group was asked for', async () => {
  const pair = await startPair(['another'])
  const subjectToken = await pair.runner.issuer.sign({ iss: 'https://idp.example', sub: 'me', aud: 'x' })
  const asked = { groupId: '42', subjectToken, onExchangeFailure: 'use_subject_token' } as const
  expect((await failureOf((await federateWith(pair, asked)).login)).code).toBe('EXCHANGE_REFUSED')
})

test('a principal that is not in the group is refused, and nothing is tried without it', async () => {
  const pair = await startPair(undefined, {}, { groups: { 42: ['somebody else'] } })
  expect((await failureOf((await federateWith(pair, { groupId: '42' })).login)).code).toBe('EXCHANGE_REFUSED')
  expect(pair.workspace.exchanges.every(({ form }) => form['assume_group'] === '42')).toBe(true)
})
