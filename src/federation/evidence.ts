import { type FailureCode, LoginError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { SentClaims } from './sent-claims.ts'

/** One answer to an exchange that was refused. */
export interface RefusedExchange {
  /** Of the subject token that was sent. */
  readonly claims: SentClaims
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
export class ExchangeRefused extends LoginError {
  readonly refused: readonly RefusedExchange[]
  /** The account that the host's own document names, if it names one. */
  readonly publishedAccountId: string | undefined

  constructor(happened: string, { serverText, refused, publishedAccountId }: RefusalDetails) {
    super('EXCHANGE_REFUSED', happened, { serverText })
    this.refused = refused
    this.publishedAccountId = publishedAccountId
  }
}

/** An input that the step was given and this action does not have. */
export interface UndeclaredInput {
  readonly name: string
  /** The input that was probably meant. */
  readonly meant?: string | undefined
}

/** All that is known when a login fails, without a secret in it. */
export interface Evidence {
  readonly code: FailureCode
  /** What came back, as the failure tells it. */
  readonly happened: string
  /** Text of a server, unchanged. */
  readonly serverText: string
  readonly host: Host
  readonly clientId: string | undefined
  readonly accountId: string | undefined
  /** The account that the host's own document names: a value to set, never used unasked. */
  readonly publishedAccountId: string | undefined
  /** As the user set it. */
  readonly audience: string | undefined
  readonly scope: string
  /** Whether the input subject_token was given. */
  readonly isGiven: boolean
  /** In the order in which they were tried. */
  readonly refused: readonly RefusedExchange[]
  readonly undeclared: readonly UndeclaredInput[]
  /** GITHUB_EVENT_NAME. */
  readonly eventName: string | undefined
  /** Seconds that this machine is ahead of the last server that told its time; negative if it is behind. */
  readonly aheadSeconds: number | undefined
  /** Seconds since 1970. */
  readonly now: number
}

/** The claims of the first subject token that was refused; none if no exchange was. */
export const sentClaims = ({ refused }: Evidence): SentClaims => refused[0]?.claims ?? { aud: [], exp: undefined }

/** Every audience that was tried, in order. */
export const audiencesTried = ({ refused }: Evidence): string[] => [
  ...new Set(refused.flatMap(({ claims }) => claims.aud)),
]
