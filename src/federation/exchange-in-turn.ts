import { LoginError } from '../errors.ts'
import type { Send } from '../http/request.ts'
import type { SubjectToken } from './claims.ts'
import { type AccessToken, type ExchangeOptions, exchange } from './exchange.ts'
import type { SubjectTokenFor } from './subject-token.ts'

interface InTurnOptions extends Omit<ExchangeOptions, 'subjectToken'> {
  /** Audiences, likeliest first. */
  candidates: string[]
  tokenFor: SubjectTokenFor
  /** Whether an account id, if it were known, would be another candidate. */
  wantsAccountId: boolean
  /** What a unified host says its account is; whether it is the user's, only the user can tell. */
  publishedAccountId?: string | undefined
  info: (line: string) => void
  notice: (line: string) => void
}

function accountIdAdvice({ wantsAccountId, publishedAccountId }: InTurnOptions): string {
  if (!wantsAccountId) return ''
  const wanted = 'No account id is given, and a federation policy that names no audience wants the account id'
  return publishedAccountId === undefined
    ? `${wanted}: set account_id. Otherwise:\n`
    : `${wanted}. The host says that it is ${publishedAccountId}: if that is yours, set account_id to it. Otherwise:\n`
}

function refusedUnderAll(refusal: LoginError, options: InTurnOptions): LoginError {
  const { code, message, serverText, advice } = refusal
  const { candidates } = options
  const tried = candidates.length > 1 ? `\nAll audiences tried: ${candidates.join(', ')}` : ''
  return new LoginError(code, message + tried, { serverText, advice: accountIdAdvice(options) + advice })
}

/**
 * Exchanges a subject token of the first audience that Databricks does not refuse (400, 401); each candidate is tried
 * once, with a subject token of its own.
 *
 * @throws LoginError EXCHANGE_REFUSED if all are refused, and those of `exchange` that are no refusal
 */
export async function exchangeInTurn(
  send: Send,
  options: InTurnOptions,
): Promise<{ issued: AccessToken; sent: SubjectToken; audience: string }> {
  const { candidates, tokenFor, info, notice } = options
  for (const [index, audience] of candidates.entries()) {
    try {
      const exchanged = await exchange(send, { ...options, subjectToken: () => tokenFor(audience) })
      if (index > 0) notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`)
      return { ...exchanged, audience }
    } catch (thrown) {
      if (!(thrown instanceof LoginError) || thrown.code !== 'EXCHANGE_REFUSED') throw thrown
      if (index === candidates.length - 1) throw refusedUnderAll(thrown, options)
      info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`)
    }
  }
  throw new LoginError('UNEXPECTED', 'There is no audience to ask for.')
}
