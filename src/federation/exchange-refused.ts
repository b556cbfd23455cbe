import { ActionError } from '../errors.ts'
import type { DisclosedClaims } from './disclosed-claims.ts'

/** One answer to an exchange that was refused. */
export interface RefusedExchange {
  /** Of the subject token that was sent. */
  readonly claims: DisclosedClaims
  readonly status: number
  /** The code of RFC 6749, section 5.2, as it came: to be compared, not shown. */
  readonly error: string | undefined
}

interface RefusalDetails {
  serverText: string | undefined
  refused: readonly RefusedExchange[]
  publishedAccountId?: string | undefined
}

/** A refusal of every subject token that was tried, with what each of them was. */
export class ExchangeRefused extends ActionError {
  readonly refused: readonly RefusedExchange[]
  /** The account that the host's own document names, if it names one. */
  readonly publishedAccountId: string | undefined

  constructor(happened: string, { serverText, refused, publishedAccountId }: RefusalDetails) {
    super('EXCHANGE_REFUSED', happened, { serverText })
    this.refused = refused
    this.publishedAccountId = publishedAccountId
  }
}
