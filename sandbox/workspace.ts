import { type AccessTokens, createAccessTokens } from './access-token.ts'
import { createApis } from './apis.ts'
import { type Clock, systemClock } from './clock.ts'
import type { FederationPolicy, Principal } from './federation-policy.ts'
import { type Answer, type ReceivedRequest, type SandboxServer, serve, type TlsIdentity } from './http-server.ts'
import { createIssuerKeys, type IssuerKeysOptions } from './issuer-keys.ts'
import {
  authorizationServerMetadata,
  type HostIdentity,
  type HostKind,
  hostMetadata,
  issuerOf,
} from './metadata-documents.ts'
import { createSqlDriverRoute, type ThriftWarehouse } from './sql-drivers.ts'
import { createStatements, type Statement, type WarehouseOptions } from './statements.ts'
import { createTokenEndpoint, type Exchange, type Groups } from './token-endpoint.ts'

export interface WorkspaceOptions {
  readonly policies: readonly FederationPolicy[]
  readonly principals: readonly Principal[]
  /** Names of the principals that may use the workspace; everyone by default. */
  readonly members?: readonly string[] | undefined
  readonly kind?: HostKind | undefined
  /** A UUID. */
  readonly accountId?: string | undefined
  /** A decimal number. */
  readonly workspaceId?: string | undefined
  readonly cloud?: HostIdentity['cloud'] | undefined
  readonly now?: Clock | undefined
  /**
   * Upper bound of an access token's life, in seconds; without it a token lives as long as its subject token.
   */
  readonly maxTokenSeconds?: number | undefined
  readonly tls?: TlsIdentity | undefined
  /**
   * The origin it believes it has, such as `https://adb-1.2.azuredatabricks.net`; its loopback origin by
   * default.
   */
  readonly publicUrl?: string | undefined
  /** How to reach issuers that are not plain http on loopback. */
  readonly issuers?: IssuerKeysOptions | undefined
  /**
   * Names of the principals in each group that a token may be for (`assume_group`), by its id; any group by default, and
   * `refused` where the host takes none, as account consoles and unified hosts do.
   */
  readonly groups?: Groups | undefined
  /** What SQL drivers find at the warehouse's HTTP path; nothing by default. */
  readonly answerThrift?: ThriftWarehouse | undefined
  /** Its one SQL warehouse; it runs already, and everyone may use it, by default. */
  readonly warehouse?: WarehouseOptions | undefined
}

export interface Workspace extends Pick<SandboxServer, 'requests' | 'close'> {
  /** The origin that clients name; with `publicUrl`, that one. */
  readonly host: string
  readonly server: SandboxServer
  readonly accountId: string
  readonly workspaceId: string
  readonly warehouseId: string
  readonly issuer: string
  readonly tokenEndpoint: string
  /** Every request to a token endpoint, refused ones too. */
  readonly exchanges: readonly Exchange[]
  /** Every statement that its warehouse has accepted, in order, as of now. */
  readonly statements: () => Statement[]
  /** Issues a token past the token endpoint, for a test that needs one of a certain age. */
  readonly issueToken: AccessTokens['issue']
  /**
   * Keeps what it was asked until now; the function that comes back makes it forget all that came after, and gives it a new
   * warehouse. Its tokens stay valid.
   */
  remember(): () => void
}

export const defaultAccountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
export const defaultWorkspaceId = '6051921418418893'
const warehouseId = '7d0c1f5b9a3e2486'

/**
 * A Databricks host on loopback: metadata documents, a token endpoint that checks federation policies against
 * the issuers' published keys, and a few APIs that accept its tokens alone.
 */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { now = systemClock, kind = 'workspace', cloud = 'AWS' } = options
  const { accountId = defaultAccountId, workspaceId = defaultWorkspaceId } = options

  // The documents name the port, which is known once the server listens.
  let handle: (request: ReceivedRequest) => Answer | Promise<Answer> = () => ({ status: 503 })
  const server = await serve((request) => handle(request), { tls: options.tls })
  const host = options.publicUrl ?? server.origin
  const identity: HostIdentity = { kind, host, accountId, workspaceId, cloud }
  const issuer = issuerOf(identity)

  const tokens = await createAccessTokens(issuer, kind === 'account' ? accountId : workspaceId, now)
  const keys = createIssuerKeys(options.issuers)
  const account = { accountId, policies: options.policies, principals: options.principals, keys }
  const { maxTokenSeconds, groups = kind === 'workspace' ? undefined : 'refused' } = options
  const endpoint = createTokenEndpoint({ account, tokens, now, maxTokenSeconds, groups })
  const newStatements = () => createStatements(warehouseId, now, options.warehouse)
  let statements = newStatements()
  let apis = createApis({ ...options, identity, tokens, statements, warehouseId })
  const openId = createOpenIdRoutes(identity, tokens, endpoint.handle)
  const drivers = createSqlDriverRoute({ tokens, warehouseId, answerThrift: options.answerThrift })

  handle = async (request) => (await openId(request)) ?? (await drivers(request)) ?? (await apis(request))
  return {
    host,
    server,
    accountId,
    workspaceId,
    warehouseId,
    issuer,
    tokenEndpoint: `${issuer}/v1/token`,
    exchanges: endpoint.exchanges,
    statements: () => statements.all(),
    issueToken: tokens.issue,
    requests: server.requests,
    remember() {
      const [asked, exchanged] = [server.requests.length, endpoint.exchanges.length]
      return () => {
        server.requests.length = asked
        endpoint.exchanges.length = exchanged
        server.before = undefined
        statements = newStatements()
        apis = createApis({ ...options, identity, tokens, statements, warehouseId })
      }
    },
    async close() {
      await server.close()
      tokens.end()
    },
  }
}

function createOpenIdRoutes(
  identity: HostIdentity,
  tokens: AccessTokens,
  exchange: (request: ReceivedRequest, issuer: string) => Promise<Answer>,
) {
  const { host } = identity
  const jwksUri = `${host}/oidc/jwks.json`
  // A unified host has a second, account-agnostic authorization server: its tokens open none of the APIs
  // here.
  const issuers = new Set([issuerOf(identity), ...(identity.kind === 'unified' ? [`${host}/oidc`] : [])])

  return async (request: ReceivedRequest): Promise<Answer | undefined> => {
    const route = `${request.method} ${request.url.pathname}`
    if (route === 'GET /.well-known/databricks-config') return { status: 200, json: hostMetadata(identity) }
    if (route === 'GET /oidc/jwks.json') return { status: 200, json: tokens.keys }
    for (const issuer of issuers) {
      const root = issuer.slice(host.length)
      if (route === `POST ${root}/v1/token`) return exchange(request, issuer)
      const isMetadata = ['oauth-authorization-server', 'openid-configuration'].some(
        (document) => route === `GET ${root}/.well-known/${document}`,
      )
      if (isMetadata) return { status: 200, json: authorizationServerMetadata(issuer, jwksUri) }
    }
    return undefined
  }
}
