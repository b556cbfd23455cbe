import { ActionError, type FailureCode } from '../errors.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { type Outcome, outcomeOf } from '../http/status.ts'
import { membersIn } from '../json.ts'
import type { Log } from '../log.ts'
import type { EpochSeconds } from '../time.ts'
import { type AccessToken, readAccessToken, TOKEN_ANSWER } from './access-token.ts'
import { ExchangeRefused, type RefusedExchange } from './exchange-refused.ts'
import type { SubjectToken } from './subject-token.ts'

/** What is read of an exchange that was refused (RFC 6749, section 5.2); Databricks adds an id. */
export const TOKEN_ERROR = { error: true, error_description: true, error_id: true } as const

export interface ExchangeOptions extends Pick<Log, 'mask'> {
  tokenEndpoint: URL
  /** Application id of the service principal; left out for account-wide federation. */
  clientId?: string | undefined
  /** The group whose rights alone the token is to have. */
  groupId?: string | undefined
  scope: string
  /** Gives the subject token for one attempt. It is called for each, so that no attempt sends one that is about to expire. */
  nextSubjectToken: () => Promise<SubjectToken>
  now: () => EpochSeconds
}

/** A token that was issued, and the subject token that it was issued for. */
export interface Exchanged {
  issued: AccessToken
  sent: SubjectToken
}

/** The request with the subject token that it carries, so that its answer tells which one was sent. */
interface ExchangeRequest extends HttpRequest {
  sent: SubjectToken
}

function form({ clientId, groupId, scope }: ExchangeOptions, { jwt }: SubjectToken): string {
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: jwt,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope,
    ...(clientId === undefined ? {} : { client_id: clientId }),
    // Databricks' own: no standard has it.
    ...(groupId === undefined ? {} : { assume_group: groupId }),
  }).toString()
}

const REFUSAL_CODES: Partial<Record<Outcome, FailureCode>> = {
  refused: 'EXCHANGE_REFUSED',
  forbidden: 'EXCHANGE_FORBIDDEN',
  missing: 'EXCHANGE_NOT_FOUND',
}

function oauthError({ body }: HttpAnswer): { error: string | undefined; text: string } {
  const { error, error_description, error_id } = membersIn(body, TOKEN_ERROR)
  const parts = [error, error_description, error_id].filter((part) => typeof part === 'string')
  return { error: typeof error === 'string' ? error : undefined, text: parts.join(': ') || body }
}

function refusal(answer: HttpAnswer<ExchangeRequest>): ActionError {
  const { request, status } = answer
  const code = REFUSAL_CODES[outcomeOf(status)] ?? 'EXCHANGE_INVALID'
  const { error, text } = oauthError(answer)
  // An answer of success may hold a token, so that its text is not quoted.
  const serverText = status < 400 ? undefined : text
  const happened = `${request.purpose}: ${request.url.host} answered ${status}`
  if (code === 'EXCHANGE_REFUSED') {
    const refused = { claims: request.sent.disclosedClaims, status, error }
    return new ExchangeRefused(`${happened}.`, { serverText, refused: [refused] })
  }
  const details: Partial<Record<FailureCode, string>> = {
    EXCHANGE_NOT_FOUND: ` at ${request.url.pathname}.`,
    EXCHANGE_INVALID: ', which is no answer to an exchange.',
  }
  return new ActionError(code, happened + (details[code] ?? '.'), { serverText })
}

/**
 * Exchanges a subject token for an access token (RFC 8693, section 2; Databricks, "Authenticate with an identity
 * provider token").
 *
 * @throws ActionError EXCHANGE_REFUSED (400, 401), EXCHANGE_FORBIDDEN (403), EXCHANGE_NOT_FOUND (404),
 *   EXCHANGE_INVALID, TOKEN_TOO_SHORT, and those of Send
 */
export async function exchange(send: Send, options: ExchangeOptions): Promise<Exchanged> {
  const answer = await send(async (): Promise<ExchangeRequest> => {
    const sent = await options.nextSubjectToken()
    return {
      purpose: 'Token exchange',
      method: 'POST',
      url: options.tokenEndpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form(options, sent),
      sent,
    }
  })
  if (outcomeOf(answer.status) !== 'success') throw refusal(answer)
  const { sent } = answer.request
  const { scope, mask, now } = options
  return {
    issued: readAccessToken(jsonObject(answer, TOKEN_ANSWER, 'EXCHANGE_INVALID'), { sent, scope, mask, now: now() }),
    sent,
  }
}

interface InTurnOptions extends Omit<ExchangeOptions, 'nextSubjectToken'>, Pick<Log, 'info' | 'notice'> {
  /** Audiences, likeliest first. */
  candidates: string[]
  /** A subject token for an audience. */
  tokenFor: (audience: string) => Promise<SubjectToken>
  /** The account that a unified host names as its own. Only the user can tell whether it is theirs. */
  publishedAccountId?: string | undefined
}

/**
 * Exchanges a subject token of the first audience that Databricks does not refuse (400, 401); each candidate is tried
 * once, with a subject token of its own.
 *
 * @throws ActionError EXCHANGE_REFUSED if all are refused, and those of `exchange` that are no refusal
 */
export async function exchangeInTurn(send: Send, options: InTurnOptions): Promise<Exchanged & { audience: string }> {
  const { candidates, tokenFor, info, notice } = options
  const refused: RefusedExchange[] = []
  for (const [index, audience] of candidates.entries()) {
    try {
      const nextSubjectToken = () => tokenFor(audience)
      const exchanged = await exchange(send, { ...options, nextSubjectToken })
      if (index > 0) notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`)
      return { ...exchanged, audience }
    } catch (thrown) {
      if (!(thrown instanceof ExchangeRefused)) throw thrown
      refused.push(...thrown.refused)
      if (index === candidates.length - 1) {
        const { message, serverText } = thrown
        throw new ExchangeRefused(message, { serverText, refused, publishedAccountId: options.publishedAccountId })
      }
      info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`)
    }
  }
  throw new ActionError('UNEXPECTED', 'There is no audience to ask for.')
}
