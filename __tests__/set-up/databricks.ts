import type { Answer, ReceivedRequest } from '../../sandbox/http-server.ts'
import { defaultAccountId } from '../../sandbox/workspace.ts'
import { answerBy, bodyOf, type Routes } from './answers.ts'

export interface Policy {
  readonly policy_id: string
  readonly oidc_policy: Readonly<Record<string, unknown>>
}

export interface Principal {
  readonly id: string
  readonly applicationId: string
  readonly displayName: string
  readonly policies: Policy[]
}

/** A workspace of the account, by its host. */
export interface Workspace {
  readonly id: string
  /** Permissions by the numeric id of a principal. */
  readonly members: Map<string, readonly string[]>
  /** Levels on each warehouse, by application id, then by warehouse. */
  readonly warehouses: Map<string, Map<string, string>>
  /** Privileges by application id, then by `catalog main`. */
  readonly grants: Map<string, Map<string, readonly string[]>>
}

/** An account of Databricks and its workspaces, as far as the set-up asks them. It keeps what it is told. */
export interface Databricks {
  readonly principals: Principal[]
  readonly workspaces: ReadonlyMap<string, Workspace>
  /** By host: whether who logs in may manage what is there. */
  readonly admin: Map<string, boolean>
  /** Access tokens that are good for a host. */
  readonly tokens: Map<string, string>
  add(displayName: string, policies?: readonly Policy[]): Principal
  answer(request: ReceivedRequest): Answer
}

export const CONSOLE = 'accounts.cloud.databricks.com'
export const AZURE_CONSOLE = 'accounts.azuredatabricks.net'

const denied: Answer = {
  status: 403,
  json: { error_code: 'PERMISSION_DENIED', message: 'Only admins can do this.' },
}

const missing = (what: string): Answer => ({
  status: 404,
  json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `${what} does not exist.` },
})

// RFC 8414 and RFC 6749, as the CLI asks for them.
function loginRoutes({ tokens, workspaces }: Databricks): Routes {
  const metadata = (base: string): Answer => ({
    status: 200,
    json: { issuer: base, authorization_endpoint: `${base}/v1/authorize`, token_endpoint: `${base}/v1/token` },
  })
  const token = (request: ReceivedRequest): Answer => {
    const access = `access-${request.url.hostname}-${tokens.size}`
    tokens.set(access, request.url.hostname)
    const refresh = `refresh-${access}`
    return {
      status: 200,
      json: { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: 3600 },
    }
  }
  return {
    'GET /.well-known/databricks-config': (_, { url }) => {
      const { id } = workspaces.get(url.hostname) ?? {}
      if (id === undefined) return missing(url.pathname)
      const host = { oidc_endpoint: `${url.origin}/oidc`, account_id: defaultAccountId, workspace_id: id }
      return { status: 200, json: { ...host, cloud: 'AWS', host_type: 'workspace' } }
    },
    'GET /oidc/.well-known/oauth-authorization-server': (_, { url }) => metadata(`${url.origin}/oidc`),
    'GET /oidc/accounts/{account}/.well-known/oauth-authorization-server': ({ account }, { url }) =>
      metadata(`${url.origin}/oidc/accounts/${account}`),
    'POST /oidc/v1/token': (_, request) => token(request),
    'POST /oidc/accounts/{account}/v1/token': (_, request) => token(request),
  }
}

const asScim = ({ id, applicationId, displayName }: Principal) => ({ id, applicationId, displayName, active: true })

function accountRoutes(databricks: Databricks): Routes {
  const { principals, workspaces } = databricks
  const account = '/api/2.0/accounts/{account}'
  const policiesOf = (id = '') => principals.find((principal) => principal.id === id)?.policies
  const workspaceOf = (id = '') => [...workspaces.values()].find((workspace) => workspace.id === id)
  return {
    [`GET ${account}/scim/v2/ServicePrincipals`]: (_, { url }) => {
      const [, name = '', value = ''] = /^(\w+) eq "(.*)"$/.exec(url.searchParams.get('filter') ?? '') ?? []
      // SCIM compares a display name without regard to capital letters.
      const isWanted = (principal: Principal) => String(Object(principal)[name]).toLowerCase() === value.toLowerCase()
      const found = Number(url.searchParams.get('startIndex') ?? 1) > 1 ? [] : principals.filter(isWanted).map(asScim)
      return { status: 200, json: { Resources: found, totalResults: found.length, startIndex: 1, itemsPerPage: 100 } }
    },
    [`POST ${account}/scim/v2/ServicePrincipals`]: (_, request) => ({
      status: 201,
      json: asScim(databricks.add(bodyOf<{ displayName: string }>(request).displayName)),
    }),
    [`GET ${account}/servicePrincipals/{id}/federationPolicies`]: ({ id }) => {
      const policies = policiesOf(id)
      return policies === undefined ? missing('The service principal') : { status: 200, json: { policies } }
    },
    [`POST ${account}/servicePrincipals/{id}/federationPolicies`]: ({ id }, request) => {
      const policies = policiesOf(id)
      if (policies === undefined) return missing('The service principal')
      const { oidc_policy } = bodyOf<Policy>(request)
      policies.push({ policy_id: request.url.searchParams.get('policy_id') ?? '', oidc_policy })
      return { status: 200, json: policies.at(-1) }
    },
    [`GET ${account}/workspaces/{workspace}/permissionassignments`]: ({ workspace }) => {
      const found = workspaceOf(workspace)
      if (found === undefined) return missing('The workspace')
      const assignments = [...found.members].map(([id, permissions]) => ({
        principal: { principal_id: Number(id) },
        permissions,
      }))
      return { status: 200, json: { permission_assignments: assignments } }
    },
    [`PUT ${account}/workspaces/{workspace}/permissionassignments/principals/{id}`]: (
      { workspace, id = '' },
      request,
    ) => {
      const { permissions } = bodyOf<{ permissions: readonly string[] }>(request)
      workspaceOf(workspace)?.members.set(id, permissions)
      return { status: 200, json: { principal: { principal_id: Number(id) }, permissions } }
    },
  }
}

function workspaceRoutes({ principals, workspaces }: Databricks): Routes {
  const workspaceAt = ({ hostname }: URL) => workspaces.get(hostname)
  const levelsAt = (url: URL, warehouse = '') => workspaceAt(url)?.warehouses.get(warehouse)
  const isMember = (url: URL, applicationId: string) => {
    const { id = '' } = principals.find((principal) => principal.applicationId === applicationId) ?? {}
    return workspaceAt(url)?.members.has(id) === true
  }
  const warehouse = '/api/2.0/permissions/warehouses/{warehouse}'
  const grants = '/api/2.1/unity-catalog/permissions/{kind}/{object}'
  return {
    [`GET ${warehouse}`]: (parts, { url }) => {
      const levels = levelsAt(url, parts['warehouse'])
      if (levels === undefined) return missing('The warehouse')
      const list = [...levels].map(([name, level]) => ({
        service_principal_name: name,
        all_permissions: [{ permission_level: level, inherited: false }],
      }))
      return { status: 200, json: { object_id: `/sql/warehouses/${parts['warehouse']}`, access_control_list: list } }
    },
    [`PATCH ${warehouse}`]: (parts, request) => {
      type Change = { service_principal_name: string; permission_level: string }
      const { access_control_list: changes } = bodyOf<{ access_control_list: readonly Change[] }>(request)
      for (const { service_principal_name: name, permission_level: level } of changes) {
        if (!isMember(request.url, name)) return missing(`Principal ${name}`)
        levelsAt(request.url, parts['warehouse'])?.set(name, level)
      }
      return { status: 200, json: {} }
    },
    [`GET ${grants}`]: ({ kind, object }, { url }) => {
      const only = url.searchParams.get('principal')
      const granted = workspaceAt(url)?.grants.get(`${kind} ${object}`) ?? new Map<string, readonly string[]>()
      const wanted = [...granted].filter(([principal]) => only === null || principal === only)
      const assignments = wanted.map(([principal, privileges]) => ({ principal, privileges }))
      return { status: 200, json: assignments.length === 0 ? {} : { privilege_assignments: assignments } }
    },
    [`PATCH ${grants}`]: ({ kind, object }, request) => {
      type Change = { principal: string; add: readonly string[] }
      const all = workspaceAt(request.url)?.grants
      const granted = all?.get(`${kind} ${object}`) ?? new Map<string, readonly string[]>()
      for (const { principal, add } of bodyOf<{ changes: readonly Change[] }>(request).changes) {
        granted.set(principal, [...new Set([...(granted.get(principal) ?? []), ...add])].sort())
      }
      all?.set(`${kind} ${object}`, granted)
      return { status: 200, json: {} }
    },
  }
}

export function createDatabricks(workspaces: Databricks['workspaces']): Databricks {
  const principals: Principal[] = []
  const tokens: Databricks['tokens'] = new Map()
  const databricks: Databricks = {
    principals,
    workspaces,
    tokens,
    admin: new Map(),
    add(displayName, policies = []) {
      const number = principals.length + 1
      const principal = {
        id: `730000000000${number}`,
        applicationId: `c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a${70 + number}`,
        displayName,
        policies: [...policies],
      }
      principals.push(principal)
      return principal
    },
    answer(request) {
      const { hostname, pathname } = request.url
      const login = answerBy(loginRoutes(databricks), request)
      if (login !== undefined) return login
      if (!pathname.startsWith('/api/2.')) return missing(pathname)
      const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      if (tokens.get(token) !== hostname) return { status: 401, json: { message: 'This token is of another host.' } }
      if (databricks.admin.get(hostname) === false) return denied
      const routes = [CONSOLE, AZURE_CONSOLE].includes(hostname)
        ? accountRoutes(databricks)
        : workspaceRoutes(databricks)
      return answerBy(routes, request) ?? missing(pathname)
    },
  }
  return databricks
}
