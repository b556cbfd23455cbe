import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Send } from '../http/request.ts'
import type { Log } from '../log.ts'
import { printable } from '../text.ts'
import { type EpochSeconds, formatTime, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'
import type { AccessToken } from './access-token.ts'
import { candidateAudiences, predictedAudience } from './audience.ts'
import { type Discovered, discover } from './discovery.ts'
import { exchange, exchangeInTurn } from './exchange.ts'
import { type IdentityProvider, identityProvider, isGitHub, isSameIssuer } from './issuer.ts'
import { readSubjectToken, renewedSubjectTokens, type SubjectToken } from './subject-token.ts'

/** What a login is asked for. */
export interface LoginOptions {
  host: Host
  /** Application id of the service principal; left out for account-wide federation. */
  clientId?: string | undefined
  accountId?: string | undefined
  audience?: string | undefined
  /** One to be tried before the others, where none is set: an earlier login of the job found it. */
  likelyAudience?: string | undefined
  /** The group whose rights alone the token is to have; then no subject token is handed on as it is. */
  groupId?: string | undefined
  /** Scopes separated by spaces. */
  scope: string
  /** A JWT of another identity provider, in place of the runner's ID token. */
  subjectToken?: string | undefined
  onExchangeFailure: 'fail' | 'use_subject_token'
  timeoutSeconds: number
}

/** What a login acts through. */
export interface FederationEffects extends Pick<Log, 'mask' | 'info' | 'notice' | 'warning'> {
  send: Send
  /** Asks the runner for an ID token of this audience; it is masked when it arrives. */
  requestIdToken: (audience: string) => Promise<string>
  now: () => EpochSeconds
}

/** A login that succeeded. */
export interface Login extends AccessToken {
  host: Host
  workspaceId?: string | undefined
  identityProvider: IdentityProvider
  /** Of the subject token. */
  subject?: string | undefined
  /** False if the token is the subject token itself. */
  exchanged: boolean
  /** The audience that the federation policy accepted; a renewal can ask for it alone. */
  audience?: string | undefined
  /** Who the workspace says it is, where that was asked. */
  principal?: string | undefined
}

const loginOf = (host: Host, { claims }: SubjectToken, discovered?: Discovered) => ({
  host,
  workspaceId: host.workspaceId ?? discovered?.workspaceId,
  identityProvider: identityProvider(claims.issuer),
  subject: claims.subject,
})

function useAsItIs(
  token: SubjectToken,
  { host, scope }: LoginOptions,
  now: EpochSeconds,
  discovered?: Discovered,
): Login {
  const { jwt: accessToken, claims } = token
  if (secondsUntil(claims.expiresAt, now) <= UNUSABLE_SECONDS) {
    throw new ActionError('TOKEN_TOO_SHORT', `The subject token ends at ${formatTime(claims.expiresAt)}.`)
  }
  const expiresAt = Math.floor(claims.expiresAt)
  return { ...loginOf(host, token, discovered), accessToken, expiresAt, scope, exchanged: false }
}

const discoverFor = (options: LoginOptions, { send, notice, warning }: FederationEffects): Promise<Discovered> =>
  discover(send, {
    host: options.host,
    accountId: options.accountId,
    withinSeconds: options.timeoutSeconds / 2,
    notice,
    warning,
  })

async function federateWithRunner(options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const { send, requestIdToken, mask, info, notice, now } = effects
  const { clientId, groupId, scope } = options
  const tokenFor = renewedSubjectTokens(requestIdToken, now)
  const predicted = predictedAudience(options)
  // The runner is asked while the host answers. The exchange finds this token in the cache of tokenFor.
  const [discovered] = await Promise.all([
    discoverFor(options, effects),
    predicted === undefined ? undefined : tokenFor(predicted),
  ])
  const { issued, sent, audience } = await exchangeInTurn(send, {
    candidates: candidateAudiences(options, discovered),
    tokenFor,
    tokenEndpoint: discovered.tokenEndpoint,
    clientId,
    groupId,
    scope,
    publishedAccountId: discovered.accountId,
    mask,
    info,
    notice,
    now,
  })
  return { ...loginOf(options.host, sent, discovered), ...issued, exchanged: true, audience }
}

const mayFallBack = (thrown: unknown, { onExchangeFailure }: LoginOptions): thrown is ActionError =>
  onExchangeFailure === 'use_subject_token' &&
  thrown instanceof ActionError &&
  ['EXCHANGE_REFUSED', 'EXCHANGE_NOT_FOUND'].includes(thrown.code)

async function federateWithGiven(jwt: string, options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const { send, mask, now, warning, info } = effects
  const { host, clientId, groupId, scope } = options
  const token = readSubjectToken(jwt, now())
  const issuer = printable(token.claims.issuer)
  // A token of GitHub is never the result of a login. With group_id no given token is: it was not issued for the group.
  const mayBeResult = groupId === undefined && !isGitHub(token.claims.issuer)
  const isOwn = isSameIssuer(token.claims.issuer, host)
  if (mayBeResult && isOwn) {
    info(`The subject token was issued by ${host.serverHostname} itself and is used as it is.`)
    return useAsItIs(token, options, now())
  }
  if (!isOwn && identityProvider(token.claims.issuer) === 'databricks') {
    warning(`The subject token is a Databricks token of ${issuer}, not of ${host.origin}.`)
  }
  const discovered = await discoverFor(options, effects)
  const nextSubjectToken = () => Promise.resolve(token)
  try {
    const { tokenEndpoint } = discovered
    const { issued } = await exchange(send, { tokenEndpoint, clientId, groupId, scope, nextSubjectToken, mask, now })
    return { ...loginOf(host, token, discovered), ...issued, exchanged: true }
  } catch (thrown) {
    if (!mayBeResult || !mayFallBack(thrown, options)) throw thrown
    warning(`${thrown.message}\nThe original token of ${issuer} is handed on, as on_exchange_failure asks.`)
    return useAsItIs(token, options, now(), discovered)
  }
}

/**
 * Logs in: subject token → same issuer? then as it is → metadata → exchange. The runner and the host are asked at the
 * same time; the subject token leaves only when the token endpoint is known and trusted.
 *
 * @throws ActionError of any step
 */
export function federate(options: LoginOptions, effects: FederationEffects): Promise<Login> {
  const { subjectToken } = options
  return subjectToken === undefined
    ? federateWithRunner(options, effects)
    : federateWithGiven(subjectToken, options, effects)
}
