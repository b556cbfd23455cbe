import type { Answer, ReceivedRequest } from '../../sandbox/http-server.ts'
import { answerBy, bodyOf, type Routes } from './answers.ts'

interface BranchPolicy {
  readonly name: string
  readonly type: 'branch' | 'tag'
}

/** One environment of a repository. */
export interface Environment {
  readonly name: string
  /** Null is open to every branch. */
  rule: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null
  readonly branches: BranchPolicy[]
  reviewers: readonly string[]
  readonly variables: Map<string, string>
}

/** What GitHub says of how the subjects of a repository begin. */
interface SubjectSettings {
  readonly use_default: boolean
  readonly sub_claim_prefix?: string
  readonly include_claim_keys?: readonly string[]
}

export interface Repository {
  readonly fullName: string
  readonly id: number
  isPrivate: boolean
  isAdmin: boolean
  /** Whether the owner's plan has environments, for a private repository. */
  hasEnvironments: boolean
  /** Undefined where GitHub answers 404. */
  subject: SubjectSettings | undefined
  protectedBranches: readonly string[]
  /** By name in small letters, as GitHub finds them. */
  readonly environments: Map<string, Environment>
  readonly variables: Map<string, string>
  /** Workflows that were started by hand, and on which branch. */
  readonly started: string[]
}

/** GitHub, as far as the set-up asks it: https://docs.github.com/rest. It keeps what it is told. */
export interface GitHub {
  readonly repositories: Map<string, Repository>
  add(fullName: string, settings?: Partial<Repository>): Repository
  answer(request: ReceivedRequest): Answer
}

const notFound: Answer = { status: 404, json: { message: 'Not Found' } }

export function newEnvironment(name: string, settings: Partial<Environment> = {}): Environment {
  return { name, rule: null, branches: [], reviewers: [], variables: new Map(), ...settings }
}

/** One that only these branches may use. */
export const closedTo = (name: string, ...branches: string[]): Environment =>
  newEnvironment(name, {
    rule: { protected_branches: false, custom_branch_policies: true },
    branches: branches.map((branch) => ({ name: branch, type: 'branch' })),
  })

const shown = ({ name, rule, reviewers }: Environment) => ({
  name,
  deployment_branch_policy: rule,
  protection_rules: reviewers.map((reviewer) => ({ type: 'required_reviewers', reviewers: [reviewer] })),
})

// A PUT sets all rules of an environment: what it does not name is gone.
function put(repository: Repository, name: string, request: ReceivedRequest): Answer {
  if (repository.isPrivate && !repository.hasEnvironments) {
    const message = 'Failed to create the environment protection rule. Please ensure the billing plan supports it.'
    return { status: 422, json: { message } }
  }
  const { deployment_branch_policy: rule = null, reviewers = [] } = bodyOf<{
    deployment_branch_policy?: Environment['rule']
    reviewers?: readonly string[]
  }>(request)
  const there = repository.environments.get(name.toLowerCase()) ?? newEnvironment(name)
  repository.environments.set(name.toLowerCase(), Object.assign(there, { rule, reviewers }))
  return { status: 200, json: shown(there) }
}

function variableRoutes(
  place: string,
  variablesIn: (parts: Readonly<Record<string, string>>) => Repository['variables'],
) {
  return {
    [`GET ${place}/variables/{variable}`]: (parts) => {
      const value = variablesIn(parts).get(parts['variable'] ?? '')
      return value === undefined ? notFound : { status: 200, json: { name: parts['variable'], value } }
    },
    [`POST ${place}/variables`]: (parts, request) => {
      const { name, value } = bodyOf<{ name: string; value: string }>(request)
      if (variablesIn(parts).has(name)) return { status: 409, json: { message: 'Already exists' } }
      variablesIn(parts).set(name, value)
      return { status: 201, json: {} }
    },
    [`PATCH ${place}/variables/{variable}`]: (parts, request) => {
      const name = parts['variable'] ?? ''
      if (!variablesIn(parts).has(name)) return notFound
      variablesIn(parts).set(name, bodyOf<{ value: string }>(request).value)
      return { status: 204, text: '' }
    },
  } satisfies Routes
}

function routesFor(repositories: GitHub['repositories']): Routes {
  const repositoryOf = ({ owner, name }: Readonly<Record<string, string>>): Repository => {
    const found = repositories.get(`${owner}/${name}`.toLowerCase())
    if (found === undefined) throw new NotThere()
    return found
  }
  const environmentOf = (parts: Readonly<Record<string, string>>): Environment => {
    const found = repositoryOf(parts).environments.get((parts['environment'] ?? '').toLowerCase())
    if (found === undefined) throw new NotThere()
    return found
  }
  const repo = '/repos/{owner}/{name}'
  const environment = `${repo}/environments/{environment}`
  return {
    [`GET ${repo}`]: (parts) => {
      const { fullName, id, isPrivate, isAdmin } = repositoryOf(parts)
      return { status: 200, json: { id, full_name: fullName, private: isPrivate, permissions: { admin: isAdmin } } }
    },
    [`GET ${repo}/branches`]: (parts) => {
      const names = repositoryOf(parts).protectedBranches
      return { status: 200, json: names.map((name) => ({ name, protected: true })) }
    },
    [`GET ${repo}/actions/oidc/customization/sub`]: (parts) => {
      const { subject } = repositoryOf(parts)
      return subject === undefined ? notFound : { status: 200, json: subject }
    },
    [`GET ${environment}`]: (parts) => ({ status: 200, json: shown(environmentOf(parts)) }),
    [`PUT ${environment}`]: (parts, request) => put(repositoryOf(parts), parts['environment'] ?? '', request),
    [`GET ${environment}/deployment-branch-policies`]: (parts, { url }) => {
      const { rule, branches } = environmentOf(parts)
      if (rule?.custom_branch_policies !== true) return notFound
      // Two on a page, so that a list that is read in part is noticed.
      const page = Number(url.searchParams.get('page') ?? 1)
      const next = branches.length > 2 * page ? `${url.origin}${url.pathname}?per_page=100&page=${page + 1}` : undefined
      return {
        status: 200,
        headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
        json: { total_count: branches.length, branch_policies: branches.slice(2 * (page - 1), 2 * page) },
      }
    },
    [`POST ${environment}/deployment-branch-policies`]: (parts, request) => {
      environmentOf(parts).branches.push(bodyOf<BranchPolicy>(request))
      return { status: 200, json: {} }
    },
    [`POST ${repo}/actions/workflows/{workflow}/dispatches`]: (parts, request) => {
      repositoryOf(parts).started.push(`${parts['workflow']} on ${bodyOf<{ ref: string }>(request).ref}`)
      return { status: 204, text: '' }
    },
    ...variableRoutes(environment, (parts) => environmentOf(parts).variables),
    ...variableRoutes(`${repo}/actions`, (parts) => repositoryOf(parts).variables),
  }
}

class NotThere extends Error {}

export function createGitHub(): GitHub {
  const repositories: GitHub['repositories'] = new Map()
  const routes = routesFor(repositories)
  return {
    repositories,
    add(fullName, settings = {}) {
      const repository: Repository = {
        fullName,
        id: 74 + repositories.size,
        isPrivate: false,
        isAdmin: true,
        hasEnvironments: true,
        subject: { use_default: true },
        protectedBranches: [],
        environments: new Map(),
        variables: new Map(),
        started: [],
        ...settings,
      }
      repositories.set(fullName.toLowerCase(), repository)
      return repository
    },
    answer(request) {
      try {
        return answerBy(routes, request) ?? notFound
      } catch (error) {
        if (error instanceof NotThere) return notFound
        throw error
      }
    },
  }
}
