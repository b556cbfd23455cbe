import { afterEach, expect, test } from 'vitest'
import { readSubjectToken } from '../../src/federation/subject-token.ts'
import { MAX_FAULTS } from '../../src/http/retry.ts'
import { cleanUp } from '../sandbox/support.ts'
import { codeOf, failureOf } from '../support/failures.ts'
import { accepted, exchangeWith, now, subjectJwt } from '../support/token-endpoint.ts'

afterEach(cleanUp)

const clientId = '0f8fad5b-d9cb-469f-a165-70867728950e'

test('the form has the parameters of RFC 8693 and client_id, and no other', async () => {
  const { requests } = await exchangeWith(accepted, { clientId, scope: 'sql offline_access' })
  expect(requests).toHaveLength(1)
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: '/oidc/v1/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  })
  expect(requests[0]?.headers).not.toHaveProperty('authorization')
  expect([...new URLSearchParams(requests[0]?.body)]).toEqual([
    ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['subject_token', subjectJwt],
    ['subject_token_type', 'urn:ietf:params:oauth:token-type:jwt'],
    ['scope', 'sql offline_access'],
    ['client_id', clientId],
  ])
})

test('a group is asked for by the parameter of Databricks', async () => {
  const { requests } = await exchangeWith(accepted, { clientId, groupId: '42' })
  expect(new URLSearchParams(requests[0]?.body).get('assume_group')).toBe('42')
})

test('account-wide federation sends no client_id', async () => {
  const { requests } = await exchangeWith(accepted)
  expect([...new URLSearchParams(requests[0]?.body).keys()]).toEqual([
    'grant_type',
    'subject_token',
    'subject_token_type',
    'scope',
  ])
})

test('the token is masked once, before anything is judged about the rest of the answer', async () => {
  expect((await exchangeWith(accepted)).masked).toEqual([accepted.access_token])
  const masked: string[] = []
  const code = await codeOf(() =>
    exchangeWith({ ...accepted, token_type: 'mac' }, { mask: (secret) => masked.push(secret) }),
  )
  expect({ code, masked }).toEqual({ code: 'EXCHANGE_INVALID', masked: [accepted.access_token] })
})

test('the token goes with the subject token that was sent for it', async () => {
  const { issued, sent } = await exchangeWith({ ...accepted, scope: 'sql' })
  expect(issued).toEqual({ accessToken: accepted.access_token, expiresAt: now + 300, scope: 'sql' })
  expect(sent).toEqual(readSubjectToken(subjectJwt, now))
})

test('each attempt asks for the subject token again', async () => {
  let asked = 0
  const nextSubjectToken = async () => {
    asked += 1
    return readSubjectToken(subjectJwt, now)
  }
  expect(await codeOf(() => exchangeWith({ status: 503 }, { nextSubjectToken }))).toBe('SERVER_UNAVAILABLE')
  expect(asked).toBe(MAX_FAULTS)
})

const refusal = { error: 'invalid_grant', error_description: 'The subject token is invalid', error_id: 'e-1' }

test.each([
  [400, 'EXCHANGE_REFUSED'],
  [401, 'EXCHANGE_REFUSED'],
  [403, 'EXCHANGE_FORBIDDEN'],
  [404, 'EXCHANGE_NOT_FOUND'],
  [201, 'EXCHANGE_INVALID'],
  [204, 'EXCHANGE_INVALID'],
  [405, 'EXCHANGE_INVALID'],
  [410, 'EXCHANGE_INVALID'],
  [422, 'EXCHANGE_INVALID'],
  [501, 'EXCHANGE_INVALID'],
  [302, 'REDIRECTED'],
  [500, 'SERVER_UNAVAILABLE'],
])('an answer of %d is %s', async (status, code) => {
  const { code: found, serverText = '' } = await failureOf(() => exchangeWith({ status, json: refusal }))
  expect(found).toBe(code)
  // An answer that is no error is not quoted: it may hold the token.
  const quoted = status < 400 ? '' : 'invalid_grant: The subject token is invalid: e-1'
  if (code.startsWith('EXCHANGE_')) expect(serverText).toBe(quoted)
})

test('a refused exchange holds what its subject token was, and nothing of the token', async () => {
  const failure = await failureOf(() => exchangeWith({ status: 400, json: refusal }, { clientId }))
  expect(failure.message).toMatch(/^Token exchange: 127\.0\.0\.1:\d+ answered 400\.$/)
  expect(failure).toMatchObject({
    refused: [
      {
        claims: {
          iss: 'https://token.actions.githubusercontent.com',
          sub: 'repo:octo-org/octo-repo:environment:prod',
          aud: ['an-audience'],
        },
        status: 400,
        error: 'invalid_grant',
      },
    ],
  })
  expect(JSON.stringify({ ...failure }) + failure.message).not.toContain(subjectJwt.split('.')[2])
})

test.each([
  ['{"error":"invalid_client"}', 'invalid_client'],
  ['{"error_description":"only this"}', 'only this'],
  ['{"errorCode":"E1"}', '{"errorCode":"E1"}'],
  ['{"error":{"nested":true}}', '{"error":{"nested":true}}'],
  ['null', 'null'],
  ['<html>no</html>', '<html>no</html>'],
  ['', ''],
])('of the refusal %j, %j is told', async (text, told) => {
  expect((await failureOf(() => exchangeWith({ status: 400, text }))).serverText).toBe(told)
})

test('an error that is no text is none', async () => {
  const answer = { status: 400, json: { error: { nested: true } } }
  expect(await failureOf(() => exchangeWith(answer))).toMatchObject({ refused: [{ status: 400, error: undefined }] })
})
