import type { FailureCode } from '../errors.ts'
import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import type { RefusedExchange } from '../federation/exchange-refused.ts'
import type { Host } from '../host.ts'
import type { EpochSeconds } from '../time.ts'

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
  readonly groupId: string | undefined
  readonly scope: string
  /** Whether the input subject_token was given. */
  readonly isSubjectTokenGiven: boolean
  /** In the order in which they were tried. */
  readonly refused: readonly RefusedExchange[]
  readonly undeclared: readonly UndeclaredInput[]
  /** GITHUB_EVENT_NAME. */
  readonly eventName: string | undefined
  /** Seconds that this machine is ahead of the last server that told its time; negative if it is behind. */
  readonly clockSkewSeconds: number | undefined
  /** Seconds since 1970. */
  readonly now: EpochSeconds
}

/** Whether Databricks answered with an error code of RFC 6749, section 5.2. */
export const hasError = ({ refused }: Evidence, error: string): boolean =>
  refused.some((answer) => answer.error === error)

/** The claims of the first subject token that was refused; none if no exchange was. */
export const refusedClaims = ({ refused }: Evidence): DisclosedClaims =>
  refused[0]?.claims ?? { aud: [], exp: undefined }

/** Every audience that was tried, in order. */
export const audiencesTried = ({ refused }: Evidence): string[] => [
  ...new Set(refused.flatMap(({ claims }) => claims.aud)),
]

/** The claims of a given token that are shown. Claims named like those of a job may mean anything in it. */
export const standardClaims = ({ iss, sub, aud, exp }: DisclosedClaims): DisclosedClaims => ({
  ...(iss === undefined ? {} : { iss }),
  ...(sub === undefined ? {} : { sub }),
  aud,
  exp,
})
