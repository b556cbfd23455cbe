import { expect, test } from 'vitest'
import { settableClock } from '../../sandbox/clock.ts'
import { renewedSubjectTokens } from '../../src/federation/subject-token.ts'
import { codeOf } from '../support/failures.ts'
import { unverifiableJwt } from '../support/jwt.ts'

const iss = 'https://token.actions.githubusercontent.com'

function startProvider(seconds = 300) {
  const clock = settableClock(1_800_000_000)
  const asked: string[] = []
  const request = async (audience: string) => {
    asked.push(audience)
    return unverifiableJwt({ iss, aud: audience, exp: clock.now() + seconds, jti: asked.length })
  }
  return { clock, asked, tokenFor: renewedSubjectTokens(request, clock.now) }
}

test('a token is asked for once, while it has a minute to live', async () => {
  const { clock, asked, tokenFor } = startProvider()
  const first = await tokenFor('mine')
  clock.advance(240)
  expect(await tokenFor('mine')).toBe(first)
  expect(asked).toEqual(['mine'])
})

test('with less than a minute to live, another is asked for', async () => {
  const { clock, asked, tokenFor } = startProvider()
  const first = await tokenFor('mine')
  clock.advance(241)
  const second = await tokenFor('mine')
  expect(second.jwt).not.toBe(first.jwt)
  expect(asked).toEqual(['mine', 'mine'])
  expect(await tokenFor('mine')).toBe(second)
})

test('each audience has its own', async () => {
  const { asked, tokenFor } = startProvider()
  expect((await tokenFor('one')).disclosedClaims.aud).toEqual(['one'])
  expect((await tokenFor('two')).disclosedClaims.aud).toEqual(['two'])
  await tokenFor('one')
  expect(asked).toEqual(['one', 'two'])
})

test('a token that ends soon from the start is used, and asked for again', async () => {
  const { asked, tokenFor } = startProvider(59)
  await tokenFor('mine')
  await tokenFor('mine')
  expect(asked).toEqual(['mine', 'mine'])
})

test('what is no subject token is refused, and not kept', async () => {
  const answers = ['no jwt', unverifiableJwt({ iss, exp: 300 })]
  const tokenFor = renewedSubjectTokens(
    async () => answers.shift() ?? '',
    () => 0,
  )
  expect(await codeOf(() => tokenFor('mine'))).toBe('SUBJECT_TOKEN_INVALID')
  expect(await codeOf(() => tokenFor('mine'))).toBe('none')
})
