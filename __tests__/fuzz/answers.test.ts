import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/http/request.ts'
import { hostileObject, hostileText, hostileValue } from './hostile.ts'
import { accountId, healthyAnswer, logInChecked, type ServerAnswer } from './login.ts'
import { runs, timeFor } from './runs.ts'

const legs = {
  'ID token': { end: '/idtoken', members: ['value', 'count'], address: undefined },
  metadata: {
    end: '/oauth-authorization-server',
    members: ['issuer', 'token_endpoint'],
    address: undefined,
  },
  'host configuration': {
    end: '/databricks-config',
    members: ['oidc_endpoint', 'account_id', 'workspace_id', 'token_federation_default_oidc_audiences'],
    address: 'https://octo.databricks.com',
  },
  exchange: {
    end: '/v1/token',
    members: ['access_token', 'token_type', 'expires_in', 'scope', 'error', 'error_description', 'error_id'],
    address: undefined,
  },
}

// Statuses that are answers: the others never get past the connection.
const status = fc.oneof(
  fc.constantFrom(200, 200, 200, 400, 401, 403, 404),
  fc.integer({ min: 100, max: 999 }).filter((code) => code < 300 || code > 399),
)
const contentType = fc.oneof(fc.constant('application/json'), hostileText)

/** Any answer: bytes, JSON of any kind, or the right document with some members of any value. */
function anyAnswer(members: string[]): fc.Arbitrary<(right: ServerAnswer) => ServerAnswer> {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw).toString('utf8'))
  const whole = fc.record({
    status,
    contentType,
    body: fc.oneof(
      bytes,
      hostileText,
      hostileValue.map((value) => JSON.stringify(value) ?? ''),
    ),
  })
  const part = fc.record({ status, wrong: hostileObject(...members) })
  return fc.oneof(
    whole.map((answer) => () => answer),
    part.map(({ status: code, wrong }) => (right: ServerAnswer) => ({
      ...right,
      status: code,
      body: JSON.stringify({ ...JSON.parse(right.body), ...wrong }),
    })),
  )
}

test.for(Object.entries(legs))(
  'any answer to the request: %s',
  { timeout: timeFor() },
  async ([, { end, members, address }]) => {
    const property = fc.asyncProperty(anyAnswer(members), async (change) => {
      const answer = (request: HttpRequest) => {
        const right = healthyAnswer(request)
        return request.url.pathname.endsWith(end) ? change(right) : right
      }
      await logInChecked({
        answer,
        accountId: address ? undefined : accountId,
        ...(address ? { address } : {}),
      })
    })
    await fc.assert(property, runs())
  },
)

test('healthy answers log in: the properties above start from there', async () => {
  for (const { address } of Object.values(legs)) {
    const { login, thrown } = await logInChecked(address ? { address, accountId: undefined } : {})
    expect([login?.exchanged, thrown]).toEqual([true, undefined])
  }
})
