import type { IncomingMessage } from 'node:http'
import type { StoredToken } from '../store/login-store.ts'
import { advertisedExpiry } from '../store/token-lifetime.ts'
import { type EpochSeconds, secondsUntil } from '../time.ts'
import { type Answer, headerOf, type Route } from './loopback-server.ts'
import { equalsSecret } from './secret.ts'

/** What its clients are told to call themselves. They may say something else: JDBC 3.4.5 does. */
export const CLIENT_ID = 'databricks-token'

interface EndpointOptions {
  /** Address of the endpoint, and so the issuer. */
  url: string
  clientSecret: string
  /** Scopes of the login, separated by spaces. */
  scope: string
  /** The group of the login; empty if there is none. */
  groupId: string
  /** A token that clients can use, or undefined if there is none at this time. */
  token: () => Promise<StoredToken | undefined>
  /** Why there is none. */
  missing: () => string
  now: () => EpochSeconds
}

// What drivers ask for unless they are told otherwise: `sql` the older JDBC driver, `all-apis` the others.
const USUAL_SCOPES = ['all-apis', 'sql']
const RETRY_SECONDS = 3

const scopesIn = (text: string): string[] => text.split(' ').filter(Boolean)

// RFC 6749, section 5.2.
function oauthError(status: number, error: string, description: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error, error_description: description } }
}

/** The form of a request; undefined for what is none, or has a field twice (RFC 6749, section 3.2). */
function formOf(request: IncomingMessage, body: string): Map<string, string> | undefined {
  const [mediaType = ''] = headerOf(request, 'content-type').split(';')
  if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined
  const fields = [...new URLSearchParams(body)]
  const form = new Map(fields)
  return form.size === fields.length ? form : undefined
}

// HTTP Basic counts before the body. The client id is not compared, since the secret was made for one program.
function secretOf(request: IncomingMessage, form: ReadonlyMap<string, string>): string {
  const [, basic] = /^Basic +([\w+/=-]+) *$/i.exec(headerOf(request, 'authorization')) ?? []
  if (basic === undefined) return form.get('client_secret') ?? ''
  return Buffer.from(basic, 'base64')
    .toString()
    .replace(/^[^:]*:/, '')
}

function refusalOf(form: ReadonlyMap<string, string>, { scope, groupId }: EndpointOptions): Answer | undefined {
  if (form.get('grant_type') !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'This endpoint gives tokens for client_credentials alone.')
  }
  // The SDKs ask so for the group in DATABRICKS_GROUP_ID. To overlook it could give all rights of the principal.
  const group = form.get('assume_group') || groupId
  if (group !== groupId) {
    const own = groupId === '' ? 'no group' : `group ${groupId}`
    return oauthError(
      400,
      'invalid_request',
      `The login of this program is for ${own}, and assume_group names another.`,
    )
  }
  const known = [...USUAL_SCOPES, ...scopesIn(scope)]
  if (scopesIn(form.get('scope') ?? '').some((asked) => !known.includes(asked))) {
    return oauthError(400, 'invalid_scope', `The login of this program has the scope ${scope}.`)
  }
  return undefined
}

async function answerForm(form: ReadonlyMap<string, string>, options: EndpointOptions): Promise<Answer> {
  const { scope, token, missing, now } = options
  const refusal = refusalOf(form, options)
  if (refusal !== undefined) return refusal
  const current = await token()
  if (current === undefined) {
    // The status is never 400: the older JDBC driver gives up its connection then.
    const headers = { 'retry-after': String(RETRY_SECONDS) }
    return oauthError(503, 'temporarily_unavailable', missing(), headers)
  }
  const expiresIn = Math.floor(secondsUntil(advertisedExpiry(current, now()), now()))
  const body = { access_token: current.accessToken, token_type: 'Bearer', expires_in: expiresIn, scope }
  return { status: 200, body }
}

/** Authorization server metadata (RFC 8414) with the fields that a client of client_credentials needs. */
const metadataOf = (url: string) => ({
  issuer: url,
  token_endpoint: `${url}/token`,
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
})

/**
 * An OAuth endpoint for clients that renew by client credentials (RFC 6749, section 4.4): its metadata, where
 * Databricks' own servers have it, and its token endpoint.
 */
export function oauthEndpoint(options: EndpointOptions): Route[] {
  const { url, clientSecret } = options
  const { pathname } = new URL(url)
  const metadata = { status: 200, body: metadataOf(url) }
  return [
    {
      method: 'GET',
      path: `${pathname}/.well-known/oauth-authorization-server`,
      answer: () => metadata,
    },
    {
      method: 'POST',
      path: `${pathname}/token`,
      answer: (request, body) => {
        const form = formOf(request, body)
        if (form === undefined)
          return oauthError(400, 'invalid_request', 'The body has to be a form without repetitions.')
        if (!equalsSecret(secretOf(request, form), clientSecret)) {
          const headers = { 'www-authenticate': 'Basic realm="databricks-token"' }
          return oauthError(401, 'invalid_client', 'This is not the secret of this program.', headers)
        }
        return answerForm(form, options)
      },
    },
  ]
}
