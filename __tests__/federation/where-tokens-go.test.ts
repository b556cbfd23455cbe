import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { type FederationEffects, federate, type Login } from '../../src/federation/federate.ts'
import { checkHostNeeds, parseHost } from '../../src/host.ts'
import { findIdTokenService, requestIdToken } from '../../src/runner/id-token.ts'
import { cleanUp } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import type { Arrival } from '../support/internet.ts'
import { audiences } from './where-tokens-go/audiences.ts'
import { hosts } from './where-tokens-go/hosts.ts'
import { issuers } from './where-tokens-go/issuers.ts'
import { metadataRows } from './where-tokens-go/metadata.ts'
import { originalToken } from './where-tokens-go/original-token.ts'
import type { Row } from './where-tokens-go/row.ts'
import { type Sandbox, startSandbox } from './where-tokens-go/sandbox.ts'
import { tokenEndpoints } from './where-tokens-go/token-endpoints.ts'
import { unified } from './where-tokens-go/unified.ts'

const rows: Row[] = [
  ...hosts,
  ...metadataRows,
  ...tokenEndpoints,
  ...unified,
  ...issuers,
  ...originalToken,
  ...audiences,
]

/** What one login held, and everything that it sent. */
interface Journey {
  row: Row
  subjectTokens: string[]
  otherSecrets: string[]
  arrivals: Arrival[]
}
const journeys: Journey[] = []
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
  for (const name of ['https_proxy', 'http_proxy']) vi.stubEnv(name, sandbox.internet.proxy)
  for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '')
})
afterEach(cleanUp)
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.close()
})

async function givenToken({ given, lifetime = 300 }: Row): Promise<string | undefined> {
  if (given === undefined || typeof given === 'string') return given
  const exp = Math.floor(Date.now() / 1000) + lifetime
  return sandbox.sign({ sub: 'anyone', aud: 'given', exp, ...given })
}

/** A login as the step does it: everything is validated, then the requests. */
async function logIn(row: Row, { subjectTokens, otherSecrets }: Journey, said: string[]): Promise<Login> {
  const { audience, allowUnknown = false, onExchangeFailure = 'fail' } = row
  const subjectToken = await givenToken(row)
  if (subjectToken !== undefined) subjectTokens.push(subjectToken)
  const host = parseHost(row.host, allowUnknown)
  const accountId = row.accountId ?? host.accountId
  checkHostNeeds(host, accountId, audience)
  const timeoutSeconds = Object.values(row.replies).includes('stall') ? 1 : 20
  const send = connect({ timeoutSeconds })
  const say = (line: string) => said.push(line)
  const service = findIdTokenService(sandbox.runner.environment())
  const effects: FederationEffects = {
    send,
    info: say,
    notice: say,
    warning: say,
    now: () => Date.now() / 1000,
    mask: (secret) => otherSecrets.push(secret),
    requestIdToken: (asked) =>
      requestIdToken(service, { audience: asked, send, mask: (secret) => subjectTokens.push(secret) }),
  }
  const scope = 'all-apis'
  return federate({ host, accountId, audience, subjectToken, onExchangeFailure, timeoutSeconds, scope }, effects)
}

function endOf(settled: PromiseSettledResult<Login>): string {
  if (settled.status === 'fulfilled') return settled.value.exchanged ? 'exchanged' : 'as it is'
  return settled.reason instanceof ActionError ? settled.reason.code : String(settled.reason)
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')
const misnamed = 'badcert.cloud.databricks.com:443'

test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, template) => {
  const row = sandbox.enter(template)
  const { internet, runner } = sandbox
  const connected = internet.connects().length
  const journey: Journey = { row, subjectTokens: [], otherSecrets: [runner.requestToken], arrivals: [] }
  const said: string[] = []
  const [settled] = await Promise.allSettled([logIn(row, journey, said)])
  journeys.push({ ...journey, arrivals: [...internet.arrivals] })

  expect(endOf(settled)).toBe(row.ends)
  expect(internet.requests).toEqual(row.asks)
  const places = row.asks.map((ask) => new URL(ask.slice(ask.indexOf(' '))))
  const allowed = [...places.map((url) => `${url.hostname}:${portOf(url)}`), misnamed]
  for (const target of internet.connects().slice(connected)) expect(allowed).toContain(target)
  const asked = runner.requests.map(({ url }) => url.searchParams.get('audience'))
  if (row.idTokens !== undefined) expect(asked).toEqual(row.idTokens)
  if (row.says !== undefined) expect(said.join('\n')).toContain(row.says)
  const { provider: identityProvider, workspaceId } = row
  if (identityProvider !== undefined) expect(settled).toMatchObject({ value: { identityProvider } })
  if (workspaceId !== undefined) expect(settled).toMatchObject({ value: { workspaceId } })
})

const formsOf = (secret: string): string[] => [
  secret,
  secret.split('.')[2] ?? secret,
  encodeURIComponent(secret),
  btoa(secret),
]

test('no subject token was received where its row does not allow it, and no other secret anywhere', () => {
  expect(rows.length).toBeGreaterThanOrEqual(120)
  expect(journeys).toHaveLength(rows.length)
  for (const { row, subjectTokens, otherSecrets, arrivals } of journeys) {
    const receiversOf = (secret: string) =>
      new Set(
        arrivals.filter(({ bytes }) => formsOf(secret).some((form) => bytes.includes(form))).map(({ place }) => place),
      )
    const receivers = subjectTokens.flatMap((token) => [...receiversOf(token)])
    expect([...new Set(receivers)], row.name).toEqual(row.tokenTo === undefined ? [] : [row.tokenTo])
    for (const secret of otherSecrets) expect([...receiversOf(secret)], row.name).toEqual([])
  }
})
