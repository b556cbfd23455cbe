import { LoginError, printable } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Send } from '../http/request.ts'
import { formatTime, UNUSABLE_SECONDS } from '../time.ts'
import { candidateAudiences, predictedAudience } from './audience.ts'
import { isSameIssuer, readSubjectToken, type SubjectToken } from './claims.ts'
import { discover, type Metadata } from './discovery.ts'
import { type AccessToken, exchange } from './exchange.ts'
import { exchangeInTurn } from './exchange-in-turn.ts'
import { type IdentityProvider, identityProvider } from './identity-provider.ts'
import { renewedSubjectTokens } from './subject-token.ts'

/** What a login is asked for. */
export interface LoginOptions {
  host: Host
  /** Application id of the service principal; left out for account-wide federation. */
  clientId?: string | undefined
  accountId?: string | undefined
  audience?: string | undefined
  /** Scopes separated by spaces. */
  scope: string
  /** A JWT of another identity provider, in place of the runner's ID token. */
  subjectToken?: string | undefined
  onExchangeFailure: 'fail' | 'use_subject_token'
  timeoutSeconds: number
}

/** What a login acts through. */
export interface FederationEffects {
  send: Send
  /** Asks the runner for an ID token of this audience; it is masked when it arrives. */
  requestIdToken: (audience: string) => Promise<string>
  mask: (secret: string) => void
  info: (line: string) => void
  notice: (line: string) => void
  warn: (line: string) => void
  /** Seconds since 1970. */
  now: () => number
}

/** A login that succeeded. */
export interface Login extends AccessToken {
  host: Host
  workspaceId?: string | undefined
  identityProvider: IdentityProvider
  /** Issuer and subject of the subject token. */
  issuer: string
  subject?: string | undefined
  /** False if the token is the subject token itself. */
  exchanged: boolean
  /** The audience that the federation policy accepted; a renewal can ask for it alone. */
  audience?: string | undefined
}

function loginOf(options: LoginOptions, { claims }: SubjectToken, metadata?: Metadata) {
  return {
    host: options.host,
    workspaceId: options.host.workspaceId ?? metadata?.workspaceId,
    identityProvider: identityProvider(claims.issuer),
    issuer: claims.issuer,
    subject: claims.subject,
  }
}

function useAsItIs(token: SubjectToken, options: LoginOptions, now: number): Login {
  const { jwt: accessToken, claims } = token
  if (claims.expiresAt - now <= UNUSABLE_SECONDS) {
    throw new LoginError('TOKEN_TOO_SHORT', `The subject token ends at ${formatTime(claims.expiresAt)}.`)
  }
  const { scope } = options
  const expiresAt = Math.floor(claims.expiresAt)
  return { ...loginOf(options, token), accessToken, expiresAt, scope, exchanged: false }
}

const discoverFor = (options: LoginOptions, { send, warn }: FederationEffects): Promise<Metadata> =>
  discover(send, {
    host: options.host,
    accountId: options.accountId,
    withinSeconds: options.timeoutSeconds / 2,
    warn,
  })

async function federateWithRunner(options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const tokenFor = renewedSubjectTokens(effects.requestIdToken, effects.now)
  const predicted = predictedAudience(options)
  const [early, metadata] = await Promise.all([
    predicted === undefined ? undefined : tokenFor(predicted),
    discoverFor(options, effects),
  ])
  if (early !== undefined && isSameIssuer(early.claims.issuer, options.host)) {
    return useAsItIs(early, options, effects.now())
  }
  const { issued, sent, audience } = await exchangeInTurn(effects.send, {
    ...effects,
    candidates: candidateAudiences(options, metadata),
    tokenFor,
    tokenEndpoint: metadata.tokenEndpoint,
    clientId: options.clientId,
    scope: options.scope,
  })
  return { ...loginOf(options, sent, metadata), ...issued, exchanged: true, audience }
}

const mayFallBack = (thrown: unknown, { onExchangeFailure }: LoginOptions, { claims }: SubjectToken): boolean =>
  onExchangeFailure === 'use_subject_token' &&
  identityProvider(claims.issuer) !== 'github' &&
  thrown instanceof LoginError &&
  ['EXCHANGE_REFUSED', 'EXCHANGE_NOT_FOUND'].includes(thrown.code)

async function federateWithGiven(jwt: string, options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const { send, mask, now, warn, info } = effects
  const token = readSubjectToken(jwt, now())
  const issuer = printable(token.claims.issuer)
  if (isSameIssuer(token.claims.issuer, options.host)) {
    info(`The subject token was issued by ${options.host.serverHostname} itself and is used as it is.`)
    return useAsItIs(token, options, now())
  }
  if (identityProvider(token.claims.issuer) === 'databricks') {
    warn(`The subject token is a Databricks token of ${issuer}, not of ${options.host.origin}.`)
  }
  const metadata = await discoverFor(options, effects)
  const subjectToken = () => Promise.resolve(token)
  try {
    const request = { ...options, tokenEndpoint: metadata.tokenEndpoint, subjectToken, mask, now }
    const { issued } = await exchange(send, request)
    return { ...loginOf(options, token, metadata), ...issued, exchanged: true }
  } catch (thrown) {
    if (!(thrown instanceof LoginError) || !mayFallBack(thrown, options, token)) throw thrown
    warn(`${thrown.message}\nThe original token of ${issuer} is handed on, as on_exchange_failure asks.`)
    return useAsItIs(token, options, now())
  }
}

/**
 * Logs in: subject token → same issuer? then as it is → metadata → exchange. The runner and the host are asked at the
 * same time; the subject token leaves only when the token endpoint is known and trusted.
 *
 * @throws LoginError of any step
 */
export function federate(options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const { subjectToken } = options
  return subjectToken === undefined
    ? federateWithRunner(options, effects)
    : federateWithGiven(subjectToken, options, effects)
}
