import type { AccessTokens } from './access-token.ts'
import { nameOf, type Principal } from './federation-policy.ts'
import type { Answer, ReceivedRequest } from './http-server.ts'
import type { HostIdentity } from './metadata-documents.ts'
import { me } from './scim.ts'
import type { createStatements } from './statements.ts'
import { createFolders } from './workspace-folders.ts'

export interface ApisOptions {
  readonly identity: HostIdentity
  readonly tokens: AccessTokens
  readonly principals: readonly Principal[]
  readonly members?: readonly string[] | undefined
  readonly warehouseId: string
  readonly statements: ReturnType<typeof createStatements>
}

const notFound: Answer = { status: 404, json: { error_code: 'ENDPOINT_NOT_FOUND', message: 'No API found' } }

// What a unified host shows to a request that names no workspace: a page, with status 200 (databricks.md
// 1.5).
const loginPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: '<!doctype html><html><head><title>Databricks - Sign In</title></head><body></body></html>',
}

/** The REST APIs of a host; every one of them wants a bearer token of this host. */
export function createApis(options: ApisOptions): (request: ReceivedRequest) => Promise<Answer> {
  const { identity, tokens, members, principals } = options
  const { kind, accountId, workspaceId } = identity
  const workspace = createWorkspaceApis(options)

  return async (request) => {
    if (!request.url.pathname.startsWith('/api/')) return notFound
    if (kind === 'unified' && !workspaceNamedBy(request)) return loginPage
    const caller = await tokens.authenticate(request.headers.authorization)
    if (!('claims' in caller)) return caller
    if (kind === 'account') return accountApi(request, accountId, workspaceId)

    const principal = principals.find((known) => nameOf(known) === caller.name)
    const isElsewhere = kind === 'unified' && workspaceNamedBy(request) !== workspaceId
    if (!principal || isElsewhere || members?.includes(caller.name) === false) {
      const org = workspaceNamedBy(request) ?? workspaceId
      return { status: 403, json: { error_code: 403, message: `Invalid access to Org: ${org}` } }
    }
    const answer = workspace(request, principal)
    return { ...answer, headers: { ...answer.headers, 'x-databricks-org-id': workspaceId } }
  }
}

function workspaceNamedBy({ headers, url }: ReceivedRequest): string | undefined {
  const header = headers['x-databricks-org-id'] ?? headers['x-databricks-workspace-id']
  return (Array.isArray(header) ? header[0] : header) ?? url.searchParams.get('o') ?? undefined
}

function createWorkspaceApis({ principals, identity, statements, warehouseId }: ApisOptions) {
  const folders = createFolders(principals.map(nameOf))
  const warehouse = () => ({
    id: warehouseId,
    name: 'Sandbox Warehouse',
    state: statements.state(),
    cluster_size: '2X-Small',
    enable_serverless_compute: true,
    odbc_params: {
      hostname: new URL(identity.host).hostname,
      path: `/sql/1.0/warehouses/${warehouseId}`,
      port: Number(new URL(identity.host).port || 443),
      protocol: 'https',
    },
  })

  return ({ method, url, body }: ReceivedRequest, principal: Principal): Answer => {
    const user = nameOf(principal)
    const path = url.pathname.replace(/\/$/, '')
    const [, id, more = ''] = /^\/api\/2\.0\/sql\/statements\/([^/]+)(\/.+)?$/.exec(path) ?? []
    const [, chunk] = /^\/result\/chunks\/(\d+)$/.exec(more) ?? []
    if (id !== undefined && method === 'GET' && more === '') return statements.read(id, user)
    if (id !== undefined && method === 'GET' && chunk) return statements.readChunk(id, Number(chunk), user)
    if (id !== undefined && method === 'POST' && more === '/cancel') return statements.cancel(id, user)
    switch (`${method} ${path}`) {
      case 'GET /api/2.0/preview/scim/v2/Me':
        return { status: 200, json: me(principal, principals.indexOf(principal)) }
      case 'GET /api/2.0/tokens/introspect':
        return introspection(identity)
      case 'GET /api/2.0/sql/warehouses':
        return { status: 200, json: { warehouses: [warehouse()] } }
      case `GET /api/2.0/sql/warehouses/${warehouseId}`:
        return { status: 200, json: warehouse() }
      case 'POST /api/2.0/sql/statements':
        return statements.execute(body, user)
      case 'GET /api/2.0/workspace/get-status':
        return folders.status(url.searchParams.get('path') ?? '')
      case 'POST /api/2.0/workspace/mkdirs':
        return folders.mkdirs(body)
      case 'POST /api/2.0/mlflow/experiments/search':
        return { status: 200, json: { experiments: [{ experiment_id: '0', name: 'Default' }] } }
      default:
        return notFound
    }
  }
}

// Written out: a workspace id is a number that may be beyond 2^53 (Databricks CLI, libs/auth/introspect.go).
function introspection({ accountId, workspaceId }: HostIdentity): Answer {
  const scope = `{"account_id":${JSON.stringify(accountId)},"workspace_id":${workspaceId}}`
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: `{"principal_context":{"authentication_scope":${scope}}}`,
  }
}

function accountApi({ method, url }: ReceivedRequest, accountId: string, workspaceId: string): Answer {
  if (`${method} ${url.pathname}` !== `GET /api/2.0/accounts/${accountId}/workspaces`) return notFound
  const workspace = {
    account_id: accountId,
    workspace_id: Number(workspaceId),
    workspace_name: 'sandbox',
    workspace_status: 'RUNNING',
  }
  return { status: 200, json: [workspace] }
}
