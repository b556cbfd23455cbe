import { LoginError } from '../errors.ts'
import type { Send } from '../http/request.ts'
import type { SubjectToken } from './claims.ts'
import { ExchangeRefused, type RefusedExchange } from './evidence.ts'
import { type AccessToken, type ExchangeOptions, exchange } from './exchange.ts'
import type { SubjectTokenFor } from './subject-token.ts'

interface InTurnOptions extends Omit<ExchangeOptions, 'subjectToken'> {
  /** Audiences, likeliest first. */
  candidates: string[]
  tokenFor: SubjectTokenFor
  info: (line: string) => void
  notice: (line: string) => void
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
  const refused: RefusedExchange[] = []
  for (const [index, audience] of candidates.entries()) {
    try {
      const exchanged = await exchange(send, { ...options, subjectToken: () => tokenFor(audience) })
      if (index > 0) notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`)
      return { ...exchanged, audience }
    } catch (thrown) {
      if (!(thrown instanceof ExchangeRefused)) throw thrown
      refused.push(...thrown.refused)
      if (index === candidates.length - 1) throw new ExchangeRefused(thrown.message, thrown.serverText, refused)
      info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`)
    }
  }
  throw new LoginError('UNEXPECTED', 'There is no audience to ask for.')
}
