import { expect, test } from 'vitest'
import { type FederationEffects, federate } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { failureOf } from '../support/failures.ts'
import { unverifiableJwt } from '../support/jwt.ts'

const now = 1_800_000_000
const host = parseHost('https://ws.cloud.databricks.com')

function mustNot(): never {
  throw new Error('A token that is used as it is needs no request.')
}

/** A login with a token that its host issued, at a time that stands still. */
function logIn(exp: number) {
  const said: string[] = []
  const say = (line: string) => said.push(line)
  const effects: FederationEffects = {
    send: mustNot,
    requestIdToken: mustNot,
    mask: mustNot,
    info: say,
    notice: say,
    warning: say,
    now: () => now,
  }
  const subjectToken = unverifiableJwt({ iss: `${host.origin}/oidc`, sub: 'me', exp })
  const asked = { host, scope: 'sql', subjectToken, onExchangeFailure: 'fail', timeoutSeconds: 60 } as const
  return { login: () => federate(asked, effects), said, subjectToken }
}

test('a token of the host itself is the login, without a request, and it is said', async () => {
  const { login, said, subjectToken } = logIn(now + 300.9)
  expect(await login()).toEqual({
    host,
    workspaceId: undefined,
    identityProvider: 'databricks',
    subject: 'me',
    accessToken: subjectToken,
    expiresAt: now + 300,
    scope: 'sql',
    exchanged: false,
  })
  expect(said).toEqual(['The subject token was issued by ws.cloud.databricks.com itself and is used as it is.'])
})

test.each([1, 40])('with %d s to live nobody could use it any more', async (left) => {
  expect(await failureOf(logIn(now + left).login)).toMatchObject({
    code: 'TOKEN_TOO_SHORT',
    message: `The subject token ends at 2027-01-15T08:00:${String(left).padStart(2, '0')}Z.`,
  })
})

test.each([40.5, 41])('with %d s to live it can be used', async (left) => {
  await expect(logIn(now + left).login()).resolves.toMatchObject({ exchanged: false })
})
