import { expect, test } from 'vitest'
import { exchangeInTurn } from '../../src/federation/exchange.ts'
import { readSubjectToken } from '../../src/federation/subject-token.ts'
import type { Send } from '../../src/http/request.ts'
import { failureOf } from '../support/failures.ts'
import { unverifiableJwt } from '../support/jwt.ts'
import { accepted, now } from '../support/token-endpoint.ts'

interface Asked {
  candidates: string[]
  /** The status for an audience. */
  answers?: Readonly<Record<string, number>>
  publishedAccountId?: string
}

/** Exchanges under each candidate, at an endpoint that accepts what it is not told to refuse. */
function inTurn({ candidates, answers = {}, publishedAccountId }: Asked) {
  const said: string[] = []
  const sentFor: string[] = []
  const send: Send = async (make) => {
    const request = await make()
    const [audience = ''] = sentFor.slice(-1)
    const status = answers[audience] ?? 200
    return { request, status, contentType: 'application/json', body: JSON.stringify(status === 200 ? accepted : {}) }
  }
  const tokenFor = async (audience: string) => {
    sentFor.push(audience)
    return readSubjectToken(unverifiableJwt({ iss: 'https://idp.example', aud: audience, exp: now + 300 }), now)
  }
  const exchanging = exchangeInTurn(send, {
    candidates,
    tokenFor,
    publishedAccountId,
    scope: 'all-apis',
    tokenEndpoint: new URL('https://host.example/oidc/v1/token'),
    mask: () => undefined,
    now: () => now,
    info: (line) => said.push(`info: ${line}`),
    notice: (line) => said.push(`notice: ${line}`),
  })
  return { exchanging, said, sentFor }
}

test('the first that is accepted ends it, without a word', async () => {
  const { exchanging, said, sentFor } = inTurn({ candidates: ['one', 'two'] })
  expect((await exchanging).audience).toBe('one')
  expect([said, sentFor]).toEqual([[], ['one']])
})

test('a refused audience is told, and the one that works is recommended', async () => {
  const { exchanging, said } = inTurn({ candidates: ['one', 'two'], answers: { one: 401 } })
  expect((await exchanging).audience).toBe('two')
  expect(said).toEqual([
    'info: The audience one was refused; trying two.',
    'notice: The audience two was accepted. Set it as the input audience to save requests.',
  ])
})

const refused = { one: 400, two: 400 }

test('when all are refused, all are told, with what each token showed of itself', async () => {
  const asked = { candidates: ['one', 'two'], answers: refused, publishedAccountId: 'an-id' }
  const failure = await failureOf(() => inTurn(asked).exchanging)
  expect(failure).toMatchObject({
    code: 'EXCHANGE_REFUSED',
    message: 'Token exchange: host.example answered 400.',
    serverText: '{}',
    refused: [{ claims: { aud: ['one'] } }, { claims: { aud: ['two'] } }],
    publishedAccountId: 'an-id',
  })
})

test.each([
  [403, 'EXCHANGE_FORBIDDEN', '.'],
  [404, 'EXCHANGE_NOT_FOUND', ' at /oidc/v1/token.'],
  [422, 'EXCHANGE_INVALID', ', which is no answer to an exchange.'],
])('after %i no other audience is tried', async (status, code, end) => {
  const { exchanging, sentFor } = inTurn({ candidates: ['one', 'two'], answers: { one: status } })
  const failure = await failureOf(() => exchanging)
  expect([failure.code, failure.message]).toEqual([code, `Token exchange: host.example answered ${status}${end}`])
  expect(sentFor).toEqual(['one'])
})

test('without a candidate there is nothing to ask for', async () => {
  const { code, message } = await failureOf(() => inTurn({ candidates: [] }).exchanging)
  expect([code, message]).toEqual(['UNEXPECTED', 'There is no audience to ask for.'])
})
