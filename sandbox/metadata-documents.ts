/** The three kinds of Databricks host that publish OAuth metadata (databricks.md 1.1 and 1.2). */
export type HostKind = 'workspace' | 'account' | 'unified'

/** Scopes that a token may be asked for, from the recorded document. */
export const supportedScopes = ['all-apis', 'email', 'offline_access', 'openid', 'profile', 'sql']

export interface HostIdentity {
  readonly kind: HostKind
  /** Origin, as clients name it. */
  readonly host: string
  readonly accountId: string
  readonly workspaceId: string
  readonly cloud: 'AWS' | 'Azure' | 'GCP'
}

/**
 * The issuer that clients of this host are meant to use: its tokens open the host's APIs.
 * Workspace: `{host}/oidc`; account console and unified: `{host}/oidc/accounts/{account id}`.
 */
export const issuerOf = ({ kind, host, accountId }: HostIdentity): string =>
  kind === 'workspace' ? `${host}/oidc` : `${host}/oidc/accounts/${accountId}`

/**
 * Authorization server metadata (RFC 8414) in the shape recorded from a real workspace: databricks.md 1.3.
 */
export function authorizationServerMetadata(issuer: string, jwksUri: string) {
  return {
    authorization_endpoint: `${issuer}/v1/authorize`,
    token_endpoint: `${issuer}/v1/token`,
    issuer,
    jwks_uri: jwksUri,
    scopes_supported: supportedScopes,
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    // Token exchange works although Databricks does not list it here.
    grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: [
      'iss',
      'sub',
      'aud',
      'iat',
      'exp',
      'jti',
      'name',
      'family_name',
      'given_name',
      'preferred_username',
    ],
    request_uri_parameter_supported: false,
  }
}

/**
 * The document at `/.well-known/databricks-config`: databricks.md 1.2. The account id in it is left to be
 * filled in.
 */
export function hostMetadata(identity: HostIdentity) {
  const { kind, host, accountId, workspaceId, cloud } = identity
  const accountRoot = `${host}/oidc/accounts/{account_id}`
  if (kind === 'account') return { oidc_endpoint: accountRoot, cloud, host_type: kind }
  const isUnified = kind === 'unified'
  return {
    oidc_endpoint: isUnified ? accountRoot : `${host}/oidc`,
    account_id: accountId,
    workspace_id: workspaceId,
    cloud,
    host_type: kind,
    token_federation_default_oidc_audiences: [isUnified ? accountId : `${host}/oidc/v1/token`],
  }
}
