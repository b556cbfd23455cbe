import { randomUUID } from 'node:crypto'
import type { AccessTokens } from './access-token.ts'
import type { Clock } from './clock.ts'
import { type Account, judge, nameOf } from './federation-policy.ts'
import type { Answer, ReceivedRequest } from './http-server.ts'
import { supportedScopes } from './metadata-documents.ts'

/** One request to a token endpoint, and what became of it. */
export interface Exchange {
  /** Epoch seconds. */
  readonly at: number
  /** The issuer whose token endpoint was asked. */
  readonly issuer: string
  /** Every parameter that was sent, the subject token included. */
  readonly form: Readonly<Record<string, string>>
  readonly status: number
  /** OAuth error code of a refused exchange. */
  readonly error?: string
  /** Why it was refused: known to the sandbox alone, a client is not told. */
  readonly reason?: string
  readonly accessToken?: string
  /** Epoch seconds. */
  readonly expiresAt?: number
}

/** Names of the principals in each group, by its id; `refused` where no token may be for a group. */
export type Groups = Readonly<Record<string, readonly string[]>> | 'refused'

export interface TokenEndpointOptions {
  readonly account: Account
  readonly tokens: AccessTokens
  readonly now: Clock
  /** Upper bound of a token's life; without it a token lives as long as its subject token. */
  readonly maxTokenSeconds?: number | undefined
  readonly groups?: Groups | undefined
}

type Outcome = Pick<Exchange, 'status' | 'error' | 'reason' | 'accessToken' | 'expiresAt'> & { json: object }

const refuse = (status: 400 | 401, error: string, description: string, reason = description): Outcome => ({
  status,
  error,
  reason,
  json: { error, error_id: randomUUID(), error_description: description },
})

/**
 * A token endpoint that exchanges a federated JWT for an access token (RFC 8693 section 2, with the
 * parameters and error bodies of databricks.md section 2). Every request is recorded in `exchanges`.
 */
export function createTokenEndpoint(options: TokenEndpointOptions) {
  const exchanges: Exchange[] = []

  async function handle(request: ReceivedRequest, issuer: string): Promise<Answer> {
    const sent = new URLSearchParams(request.body)
    const outcome = malformed(request, sent, options) ?? (await exchange(sent, issuer, options))
    const { json, ...recorded } = outcome
    exchanges.push({ at: options.now(), issuer, form: Object.fromEntries(sent), ...recorded })
    return { status: outcome.status, headers: { 'cache-control': 'no-store' }, json }
  }
  return { exchanges, handle }
}

function malformed(
  request: ReceivedRequest,
  sent: URLSearchParams,
  { groups }: TokenEndpointOptions,
): Outcome | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    return refuse(400, 'invalid_request', 'Content-Type must be application/x-www-form-urlencoded')
  }
  const names = [...sent.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated) return refuse(400, 'invalid_request', `${repeated} is included more than once`)
  if (!sent.get('grant_type')) return refuse(400, 'invalid_request', 'grant_type is missing')
  if (sent.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:token-exchange') {
    return refuse(400, 'unsupported_grant_type', 'The grant type is not supported')
  }
  const missing = ['subject_token', 'subject_token_type', 'scope'].find((name) => !sent.get(name))
  if (missing) return refuse(400, 'invalid_request', `${missing} is missing`)
  if (sent.get('subject_token_type') !== 'urn:ietf:params:oauth:token-type:jwt') {
    return refuse(400, 'invalid_request', 'The subject token type is not supported')
  }
  // databricks.md 2.5.
  if (sent.get('assume_group') && groups === 'refused') {
    return refuse(400, 'invalid_request', 'assume_group is not supported')
  }
  const unknown = scopesOf(sent).find((scope) => !supportedScopes.includes(scope))
  return unknown === undefined ? undefined : refuse(400, 'invalid_scope', 'A scope is not supported', unknown)
}

const scopesOf = (sent: URLSearchParams): string[] => (sent.get('scope') ?? '').split(' ').filter(Boolean)

async function exchange(
  sent: URLSearchParams,
  issuer: string,
  { account, tokens, now, maxTokenSeconds = Number.POSITIVE_INFINITY, groups }: TokenEndpointOptions,
): Promise<Outcome> {
  // A parameter without a value counts as left out (RFC 6749 section 3.2).
  const clientId = sent.get('client_id') || undefined
  const verdict = await judge(account, sent.get('subject_token') ?? '', clientId, now())
  if (!verdict.accepted) {
    if (verdict.cause === 'client') {
      return refuse(401, 'invalid_client', 'Client authentication failed', verdict.reason)
    }
    // An expired token is answered with 401, another mismatch with 400: databricks.md 2.3.
    const status = verdict.cause === 'lifetime' ? 401 : 400
    return refuse(status, 'invalid_grant', 'The subject token is invalid', verdict.reason)
  }
  const group = sent.get('assume_group')
  if (group && typeof groups === 'object' && groups[group]?.includes(nameOf(verdict.principal)) !== true) {
    return refuse(400, 'invalid_grant', 'The subject token is invalid', `the principal is not in the group ${group}`)
  }
  const at = now()
  const expiresAt = Math.min(verdict.claims.exp ?? at, at + maxTokenSeconds)
  const scope = scopesOf(sent).join(' ')
  const accessToken = await tokens.issue({
    issuer,
    principal: verdict.principal,
    clientId,
    scope,
    expiresAt,
  })
  const json = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresAt - at, scope }
  return { status: 200, accessToken, expiresAt, json }
}
