import { afterEach, expect, test } from 'vitest'
import { ActionError } from '../src/errors.ts'
import type { LoginOptions } from '../src/federation/federate.ts'
import { parseHost } from '../src/host.ts'
import { checkIdTokenPermission, dryRun, logIn } from '../src/log-in.ts'
import { stepLog } from '../src/runner/log.ts'
import { cleanUp } from './sandbox/support.ts'
import { codeOf, failureOf } from './support/failures.ts'
import { clientId, type Pair, startPair } from './support/federated.ts'

afterEach(cleanUp)

const optionsFor = ({ workspace }: Pair): LoginOptions => ({
  host: parseHost(workspace.host),
  clientId,
  accountId: workspace.accountId,
  scope: 'all-apis',
  onExchangeFailure: 'fail',
  timeoutSeconds: 20,
})

/** A log of a step that keeps what it prints. */
function keptLog() {
  const printed: string[] = []
  return { printed, log: stepLog({}, (text) => printed.push(text)) }
}

const logInTo = (pair: Pair, more: Partial<LoginOptions> & { verify?: boolean } = {}) =>
  logIn({ ...optionsFor(pair), ...more }, { environment: pair.runner.environment(), log: keptLog().log })

test('a login tells who it is where that is asked, and asks nobody where it is not', async () => {
  const pair = await startPair()
  expect(await logInTo(pair)).not.toHaveProperty('principal')
  expect(pair.workspace.requests.map(({ url }) => url.pathname)).not.toContain('/api/2.0/preview/scim/v2/Me')
  expect(await logInTo(pair, { verify: true })).toMatchObject({ exchanged: true, principal: clientId })
})

test('a failure is explained as far as it can be, with what the step was given', async () => {
  const pair = await startPair(['another'])
  const environment = { ...pair.runner.environment(), INPUT_AUDIENCES: 'another' }
  const failure = await failureOf(() => logIn(optionsFor(pair), { environment, log: keptLog().log }))
  expect(failure).toMatchObject({ code: 'EXCHANGE_REFUSED', reason: 'UNDECLARED_INPUT' })
})

test('a failure of which no more is known stays as it is', async () => {
  const pair = await startPair()
  const subjectToken = await pair.runner.issuer.sign({ exp: 1 })
  expect(await failureOf(() => logInTo(pair, { subjectToken }))).toMatchObject({
    code: 'SUBJECT_TOKEN_EXPIRED',
    reason: undefined,
  })
})

// A given token is refused by a server that tells this time, or none.
async function refusedBy(date: Date | undefined) {
  const pair = await startPair(['another'])
  pair.workspace.server.before = (_request, response) => {
    response.sendDate = false
    if (date !== undefined) response.setHeader('date', date.toUTCString())
    return false
  }
  const subjectToken = await pair.runner.issuer.sign({ sub: 'me', aud: 'x' })
  return failureOf(() => logInTo(pair, { subjectToken }))
}

test('a clock that is far off is the reason that comes first; without a date nothing is said of it', async () => {
  expect((await refusedBy(new Date(Date.now() - 3_600_000))).reason).toBe('CLOCK_OFF')
  expect((await refusedBy(undefined)).reason).toBe('GIVEN_TOKEN')
})

test('what is no failure of a login comes out as it is', async () => {
  const pair = await startPair()
  const broken = new TypeError('a defect')
  const log = {
    ...keptLog().log,
    mask: () => {
      throw broken
    },
  }
  const login = logIn(optionsFor(pair), { environment: pair.runner.environment(), log })
  await expect(login).rejects.toBe(broken)
  expect(broken).not.toBeInstanceOf(ActionError)
})

test.each([
  ['the audience that was given', { audience: 'mine' }, 'mine'],
  ['the account id', {}, undefined],
  ['the host', { accountId: undefined }, 'origin'],
])('a dry run asks GitHub alone, for %s', async (_name, more, audience) => {
  const pair = await startPair()
  const options = { ...optionsFor(pair), ...more }
  const { printed, log } = keptLog()
  await dryRun(options, { environment: pair.runner.environment(), log })
  const expected = audience === 'origin' ? options.host.origin : (audience ?? pair.workspace.accountId)
  expect(printed.join('')).toContain(`audience          ${expected}\n`)
  expect(pair.workspace.requests).toEqual([])
})

const url = 'https://pipelines.actions.githubusercontent.com/x/idtoken?api-version=2.0'

test.each([
  ['which permission is missing', {}, { code: 'ID_TOKEN_PERMISSION_MISSING', reason: 'NO_OIDC_RUNNER' }],
  [
    'any other fault as it is',
    { ACTIONS_ID_TOKEN_REQUEST_URL: 'no url', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' },
    { code: 'ID_TOKEN_REFUSED', message: 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL.' },
  ],
])('the check before the first request tells %s', async (_name, environment, failure) => {
  expect(await failureOf(() => checkIdTokenPermission(environment))).toMatchObject(failure)
})

test('a job with the permission passes the check', async () => {
  const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }
  expect(await codeOf(() => checkIdTokenPermission(environment))).toBe('none')
})
