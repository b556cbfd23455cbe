import { randomUUID } from 'node:crypto'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { type Clock, systemClock } from './clock.ts'
import { type Answer, type SandboxServer, serve, type TlsIdentity } from './http-server.ts'

/** The two algorithms that Databricks accepts in a subject token. */
export type Algorithm = 'RS256' | 'ES256'

export interface IssuerOptions {
  readonly algorithm?: Algorithm | undefined
  /** A path after the origin, such as `/realms/octo`; none by default. */
  readonly path?: string | undefined
  readonly now?: Clock | undefined
  readonly tls?: TlsIdentity | undefined
  /**
   * The origin it believes it has, such as `https://token.actions.githubusercontent.com`; its loopback origin
   * by default.
   */
  readonly publicUrl?: string | undefined
}

export interface Issuer extends Pick<SandboxServer, 'requests' | 'close'> {
  /** The `iss` of its tokens: no slash at the end. */
  readonly url: string
  readonly server: SandboxServer
  /**
   * Signs a JWT (compact form). Adds `iss`, `iat`, `nbf`, `exp` (300 s) and `jti` where `claims` has none.
   */
  sign(claims: JWTPayload): Promise<string>
  /** Signs with a new key from here on; the old one is no longer published. */
  rotate(): Promise<void>
}

interface SigningKey {
  readonly kid: string
  readonly published: JWK
  sign(claims: JWTPayload, type: string): Promise<string>
  /** Says that nobody will use the key again, nor trust it. */
  giveUp(): void
}

// To make a pair for RSA takes as long as a whole login. A process that starts many issuers, one after the other, gives each
// a pair that one before has given up; no two have the same pair at a time.
const givenUp: Record<Algorithm, GenerateKeyPairResult[]> = { RS256: [], ES256: [] }

/** A key pair with a random `kid`, which nobody else has; only the public half can be read from it. */
export async function createSigningKey(algorithm: Algorithm): Promise<SigningKey> {
  const pair = givenUp[algorithm].pop() ?? (await generateKeyPair(algorithm))
  const { publicKey, privateKey } = pair
  const kid = randomUUID()
  let isGivenUp = false
  const published = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return {
    kid,
    published,
    sign: (claims, typ) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ }).sign(privateKey),
    giveUp() {
      if (!isGivenUp) givenUp[algorithm].push(pair)
      isGivenUp = true
    },
  }
}

/**
 * An OpenID provider on loopback: its own keys, its discovery document, its JWKS (OpenID Connect Discovery
 * 1.0).
 */
export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const { algorithm = 'RS256', path = '', now = systemClock } = options
  let key = await createSigningKey(algorithm)
  const keys = [key]

  const server = await serve(
    ({ method, url }): Answer => {
      if (method !== 'GET') return { status: 405, text: 'Method Not Allowed' }
      if (url.pathname === `${path}/.well-known/openid-configuration`) return { status: 200, json: metadata() }
      if (url.pathname === `${path}/.well-known/jwks`) return { status: 200, json: { keys: [key.published] } }
      return { status: 404, text: 'Not Found' }
    },
    { tls: options.tls },
  )
  const issuer = (options.publicUrl ?? server.origin) + path

  const metadata = () => ({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf'],
    id_token_signing_alg_values_supported: [algorithm],
    scopes_supported: ['openid'],
  })

  return {
    url: issuer,
    server,
    requests: server.requests,
    async close() {
      await server.close()
      for (const used of keys) used.giveUp()
    },
    sign(claims) {
      const iat = claims.iat ?? now()
      const timed = { iss: issuer, iat, nbf: iat, exp: iat + 300, jti: randomUUID(), ...claims }
      return key.sign(timed, 'JWT')
    },
    async rotate() {
      key = await createSigningKey(algorithm)
      keys.push(key)
    },
  }
}
