import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import type { Clock } from './clock.ts'
import { nameOf, type Principal } from './federation-policy.ts'
import type { Answer } from './http-server.ts'
import { createSigningKey } from './issuer.ts'

/** Databricks refuses a token that has this many seconds or fewer to live: databricks.md section 5. */
const refusedLastSeconds = 30

export interface AccessTokenRequest {
  readonly issuer: string
  readonly principal: Principal
  readonly clientId: string | undefined
  readonly scope: string
  /** Epoch seconds. */
  readonly expiresAt: number
}

export interface AccessTokens {
  /** The public keys, as published at `jwks_uri`. */
  readonly keys: JSONWebKeySet
  issue(request: AccessTokenRequest): Promise<string>
  /** The principal's name and the claims, or the answer that refuses the request. */
  authenticate(authorization: string | undefined): Promise<{ name: string; claims: JWTPayload } | Answer>
  /** Says that no host will issue or accept such tokens again. */
  end(): void
}

/**
 * Issues and verifies a host's access tokens (`at+jwt`, RFC 9068; claims as in databricks.md 1.4).
 *
 * @param issuer whose tokens open the APIs of this host
 * @param audience the workspace id, or the account id
 */
export async function createAccessTokens(issuer: string, audience: string, now: Clock): Promise<AccessTokens> {
  const key = await createSigningKey('RS256')
  const keys = { keys: [key.published] }
  const keyOf = createLocalJWKSet(keys)

  return {
    keys,
    issue({ issuer: iss, principal, clientId, scope, expiresAt }) {
      const claims = {
        ...(clientId === undefined ? {} : { client_id: clientId }),
        scope,
        iss,
        aud: audience,
        sub: nameOf(principal),
        iat: now(),
        exp: expiresAt,
        jti: randomUUID(),
      }
      return key.sign(claims, 'at+jwt')
    },
    async authenticate(authorization) {
      const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
      if (token === undefined) {
        return refuse(401, 'Credential was not sent or was of an unsupported type for this API.')
      }
      let claims: JWTPayload
      try {
        // The expiry is judged below, by Databricks' own rule.
        const rules = { issuer, typ: 'at+jwt', algorithms: ['RS256'], currentDate: new Date(0) }
        claims = (await jwtVerify(token, keyOf, rules)).payload
      } catch {
        return refuse(401, 'Invalid Token')
      }
      if ((claims.exp ?? 0) - now() <= refusedLastSeconds) {
        return refuse(403, 'Token is expiring within 30 seconds. (token expired)')
      }
      return { name: claims.sub ?? '', claims }
    },
    end: key.giveUp,
  }
}

function refuse(status: 401 | 403, message: string): Answer {
  const headers = status === 401 ? { 'www-authenticate': 'Bearer realm="DatabricksRealm"' } : {}
  return { status, headers, json: { error_code: String(status), message } }
}
