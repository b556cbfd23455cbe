import { expect } from 'vitest'
import { createMasks } from '../../sandbox/masks.ts'
import { ActionError, asActionError } from '../../src/errors.ts'
import { federate, type Login, type LoginOptions } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import type { HttpAnswer, HttpRequest, Send } from '../../src/http/request.ts'
import type { Log } from '../../src/log.ts'
import { requestIdToken } from '../../src/runner/id-token.ts'
import { stepLog } from '../../src/runner/log.ts'
import { commandsIn } from '../faults/sinks.ts'
import { secrets } from './hostile.ts'

const origin = 'https://dbc-1a2b3c4d-5e6f.cloud.databricks.com'
const service = {
  url: new URL('https://pipelines.actions.githubusercontent.com/x/idtoken?api-version=2.0'),
  requestToken: secrets.requestToken,
}

/** An answer of a server, without the request that it is for. */
export type ServerAnswer = Omit<HttpAnswer, 'request'>

const json = (document: unknown): ServerAnswer => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(document),
})

/** The answer of a healthy server to a request. */
export function healthyAnswer({ url }: HttpRequest): ServerAnswer {
  if (url.pathname.endsWith('/idtoken')) return json({ count: 1, value: secrets.subjectJwt })
  if (url.pathname.endsWith('/databricks-config')) {
    return json({ oidc_endpoint: `${url.origin}/oidc/accounts/{account_id}`, account_id: accountId })
  }
  if (url.pathname.endsWith('/oauth-authorization-server')) {
    const issuer = url.href.replace('/.well-known/oauth-authorization-server', '')
    return json({ issuer, token_endpoint: `${issuer}/v1/token` })
  }
  return json({ access_token: secrets.accessToken, token_type: 'Bearer', expires_in: 3600 })
}

export const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

export interface LoginUnderTest extends Partial<LoginOptions> {
  /** Where it logs in; a workspace by default. */
  address?: string
  answer?: (request: HttpRequest) => ServerAnswer
}

const masks = createMasks(secrets.requestToken, secrets.subjectJwt, secrets.accessToken)

/** Wraps a log so that what it was asked to print can be counted. */
function counted(log: Log): { log: Log; asked: Record<string, number> } {
  const asked: Record<string, number> = {}
  const masked = new Set<string>()
  const counting =
    <T>(command: string, print: (text: T) => void) =>
    (text: T) => {
      asked[command] = (asked[command] ?? 0) + 1
      print(text)
    }
  return {
    asked,
    log: {
      mask: (secret) => {
        // Told once, however often it is asked for.
        if (!masked.has(secret)) asked['add-mask'] = (asked['add-mask'] ?? 0) + 1
        masked.add(secret)
        log.mask(secret)
      },
      hideFromLog: log.hideFromLog,
      describe: log.describe,
      info: log.info,
      notice: counting('notice', log.notice),
      warning: counting('warning', log.warning),
      debug: counting('debug', log.debug),
      fail: counting('error', log.fail),
    },
  }
}

/** Lines of a text, but for masks, that hold a secret of these tests or this one. */
export function leakedLines(text: string, secret = ''): string[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const rest = lines.join('\n')
  if (masks.apply(rest) === rest && (secret === '' || !rest.includes(secret))) return []
  return lines.filter((line) => masks.apply(line) !== line || line.includes(secret))
}

// Both become outputs, which a later step may put into a command.
const plain = [expect.stringMatching(/^[\w.:/ -]*$/), expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/)]

/**
 * Logs in once with given answers, and checks what holds whatever they are: a login or one of our errors, no secret
 * but in masks, no workflow command but those that were meant.
 */
export async function logInChecked({ address = origin, answer = healthyAnswer, ...more }: LoginUnderTest) {
  let printed = ''
  const environment = { RUNNER_DEBUG: '1', ACTIONS_ID_TOKEN_REQUEST_TOKEN: secrets.requestToken }
  const { log, asked } = counted(
    stepLog(environment, (text) => {
      printed += text
    }),
  )
  const send: Send = async (make) => {
    const request = await make()
    return { ...answer(request), request }
  }
  const requestFor = (audience: string) => requestIdToken(service, { audience, send, mask: log.mask })
  const options: LoginOptions = {
    host: parseHost(address),
    accountId,
    scope: 'all-apis',
    onExchangeFailure: 'fail',
    timeoutSeconds: 60,
    ...more,
  }
  const effects = { ...log, send, requestIdToken: requestFor, now: () => Date.now() / 1000 }
  let login: Login | undefined
  let thrown: unknown
  try {
    login = await federate(options, effects)
  } catch (error) {
    thrown = error
    expectOurs(error)
    log.fail(asActionError(error))
  }
  if (login?.exchanged) expect(printed).toContain(`::add-mask::${login.accessToken}\n`)
  if (login !== undefined) expect([login.scope, login.workspaceId ?? '-']).toEqual(plain)
  expect(commandsIn(printed)).toEqual(asked)
  expect(leakedLines(printed, login?.accessToken)).toEqual([])
  return { login, thrown, printed }
}

/** One of our errors, and none of those that stand for a defect. */
export function expectOurs(thrown: unknown): void {
  if (!(thrown instanceof ActionError)) throw thrown
  expect(['UNEXPECTED', 'UNFINISHED', 'INTERRUPTED']).not.toContain(thrown.code)
}
