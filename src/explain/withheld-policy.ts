import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { isGitHub } from '../federation/issuer.ts'
import { printable } from '../text.ts'

/** Why no policy is shown for a job: what it has in common with jobs that the policy would admit as well. */
export interface Withheld {
  readonly why: 'event' | 'repository' | 'context'
  /** What it is and what to change, in one line. It names neither the subject nor an environment to add. */
  readonly text: string
}

/** A token that was refused, with what the runner says of the job. */
export interface TokenOfJob {
  readonly claims: DisclosedClaims
  /** GITHUB_EVENT_NAME. */
  readonly eventName: string | undefined
  readonly isSubjectTokenGiven: boolean
}

// Started by people who may write to the repository, or by GitHub for them. All others are withheld, with those that
// GitHub will have one day.
const EVENTS_OF_WRITERS = [
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
  'create',
  'deployment',
]
const MERGE_QUEUE = 'merge_group'
const PULL_REQUEST = 'pull_request'

/** The components of a subject: GitHub writes KEY:VALUE, with a colon of a value as %3A, and pull_request alone. */
function componentsOf(subject: string): ReadonlySet<string> {
  const components = new Set<string>()
  let key: string | undefined
  for (const word of subject.split(':')) {
    if (key !== undefined) {
      components.add(`${key}:${word}`)
      key = undefined
    } else if (word === PULL_REQUEST) components.add(word)
    else key = word
  }
  return components
}

const encoded = (value: string): string => value.replaceAll(':', '%3A')

/** The names under which a subject may hold the repository of the token. */
function repositoryComponents(claims: DisclosedClaims): string[] {
  const { repository = '', repository_id: id, repository_owner_id: ownerId } = claims
  if (repository === '') return []
  const [owner, name] = repository.split('/')
  const byId = id === undefined ? [] : [`repository_id:${id}`]
  const withIds = id === undefined || ownerId === undefined ? [] : [`repo:${owner}@${ownerId}/${name}@${id}`]
  return [`repo:${repository}`, `repository:${repository}`, ...byId, ...withIds]
}

const isBranchOrTag = (ref: string): boolean =>
  /^refs\/(heads|tags)\/./s.test(ref) && !ref.startsWith('refs/heads/gh-readonly-queue/')

function contextComponent({ environment, ref = '' }: DisclosedClaims): string | undefined {
  if (environment !== undefined && environment !== '') return `environment:${encoded(environment)}`
  return isBranchOrTag(ref) ? `ref:${ref}` : undefined
}

// The event that a stranger may have a hand in; undefined if each that is known is one of writers.
function foreignEvent({ claims, eventName }: TokenOfJob): string | undefined {
  const { sub = '', ref = '', environment = '', event_name } = claims
  if (/^refs\/pull\//.test(ref) || /:ref:refs\/pull\//.test(sub)) return PULL_REQUEST
  if (componentsOf(sub).has(PULL_REQUEST)) return PULL_REQUEST
  const events = [event_name, eventName].filter((name) => name !== undefined && name !== '')
  if (events.length === 0) return 'an event that is not known'
  return events.find((name = '') => !EVENTS_OF_WRITERS.includes(name) && !(name === MERGE_QUEUE && environment !== ''))
}

// A token of GitHub that was given may be of another job, so no claim but its subject counts. The subject has to be
// repo:…:environment:… or repo:…:ref:… with a branch or a tag, and nothing else.
function namesEnvironmentOrRef(subject: string): boolean {
  const found = /^repo:[^:/]+\/[^:/]+:(?:environment:[^:]+|ref:([^:]+))$/s.exec(subject)
  if (found === null) return false
  const [, ref] = found
  return ref === undefined || isBranchOrTag(ref)
}

const ofEvent = (event: string): Withheld => ({
  why: 'event',
  text: `No policy is shown for ${printable(event)}: people without write access to the repository may be able to start it, or to bring the code that it runs. Run what needs Databricks on push, schedule or workflow_dispatch.`,
})

const OF_REPOSITORY: Withheld = {
  why: 'repository',
  text: 'No policy is shown: the subject does not name this repository, so the policy would admit others, too. Add repo and context to the template that makes the subject (include_claim_keys).',
}

const OF_CONTEXT: Withheld = {
  why: 'context',
  text: 'No policy is shown: the subject does not name the environment or the branch of this job, so the policy would admit others, too. Add context to the template that makes the subject (include_claim_keys).',
}

/**
 * Why no policy may be shown for a token: a policy compares the subject alone, so one is shown only where each job with
 * that subject is of the same repository and of the same environment or branch, and where people who may not write to
 * the repository cannot start it (GitHub, "OpenID Connect reference", subject claims).
 *
 * @returns undefined if a policy may be shown
 */
export function whyWithheld(token: TokenOfJob): Withheld | undefined {
  const { claims, isSubjectTokenGiven } = token
  const { iss = '', sub = '' } = claims
  const event = foreignEvent(token)
  if (event !== undefined) return ofEvent(event)
  if (isSubjectTokenGiven) {
    if (sub === '') return OF_REPOSITORY
    return isGitHub(iss) && !namesEnvironmentOrRef(sub) ? OF_CONTEXT : undefined
  }
  const components = componentsOf(sub)
  if (!repositoryComponents(claims).some((component) => components.has(component))) return OF_REPOSITORY
  const context = contextComponent(claims)
  return context !== undefined && components.has(context) ? undefined : OF_CONTEXT
}
