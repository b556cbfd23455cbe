import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identityProvider } from '../../src/federation/issuer.ts'
import { readSubjectToken } from '../../src/federation/subject-token.ts'
import { unverifiableJwt } from '../support/jwt.ts'
import { hostileObject, hostileText, hostileValue, secrets } from './hostile.ts'
import { expectOurs, healthyAnswer, logInChecked } from './login.ts'
import { runs, timeFor } from './runs.ts'

const soon = Date.now() / 1000 + 3600
const wellFormed = { iss: 'https://login.microsoftonline.com/tenant/v2.0', sub: 'me', aud: 'x', exp: soon }
const claims = fc
  .tuple(hostileObject('iss', 'sub', 'aud', 'exp', 'nbf', 'iat'), fc.boolean())
  .map(([wrong, mostlyRight]) => (mostlyRight ? { ...wellFormed, ...wrong } : wrong))

test('any claims in a given subject token', { timeout: timeFor() }, async () => {
  const modes = fc.constantFrom('fail', 'use_subject_token')
  const property = fc.asyncProperty(claims, modes, async (any, onExchangeFailure) => {
    await logInChecked({ subjectToken: unverifiableJwt(any), onExchangeFailure })
  })
  await fc.assert(property, runs())
})

test('any claims in the ID token of the runner', { timeout: timeFor() }, async () => {
  const property = fc.asyncProperty(claims, async (any) => {
    const value = unverifiableJwt(any)
    await logInChecked({
      answer: (request) => {
        const right = healthyAnswer(request)
        const isIdToken = request.url.pathname.endsWith('/idtoken')
        return isIdToken ? { ...right, body: JSON.stringify({ value }) } : right
      },
    })
  })
  await fc.assert(property, runs())
})

test('any claims in the access token', { timeout: timeFor() }, async () => {
  const property = fc.asyncProperty(claims, async (any) => {
    const accessToken = unverifiableJwt(any)
    const { login } = await logInChecked({
      answer: (request) => {
        const right = healthyAnswer(request)
        const isExchange = request.url.pathname.endsWith('/v1/token')
        const body = JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: 600 })
        return isExchange ? { ...right, body } : right
      },
    })
    if (login !== undefined) expect(login.expiresAt).toBeLessThanOrEqual(Date.now() / 1000 + 600)
  })
  await fc.assert(property, runs())
})

test('any text as a subject token', { timeout: timeFor() }, async () => {
  const parts = fc.tuple(hostileText, hostileValue, hostileText)
  const encoded = parts.map(
    ([header, payload, signature]) =>
      `${header}.${Buffer.from(JSON.stringify(payload) ?? '').toString('base64url')}.${signature}`,
  )
  const property = fc.property(fc.oneof(hostileText, encoded), (text) => {
    try {
      readSubjectToken(text, Date.now() / 1000)
    } catch (thrown) {
      expectOurs(thrown)
    }
  })
  await fc.assert(property, runs())
})

test('an issuer of any text is told without a crash', { timeout: timeFor() }, () => {
  const around = hostileText.map((text) => `https://${text}.okta.com/${text}`)
  fc.assert(
    fc.property(fc.oneof(hostileText, around, fc.webUrl()), (issuer) => {
      expect(typeof identityProvider(issuer)).toBe('string')
    }),
    runs(),
  )
})

test('these tests know a leak when they see one', async () => {
  const answer = (request: Parameters<typeof healthyAnswer>[0]) => ({
    ...healthyAnswer(request),
    ...(request.url.pathname.endsWith('/v1/token') ? { status: 403, body: secrets.subjectJwt } : {}),
  })
  const { printed } = await logInChecked({ answer })
  expect(printed).toContain('The server said: ***')
})
