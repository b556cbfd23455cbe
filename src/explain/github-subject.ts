import type { DisclosedClaims } from '../federation/disclosed-claims.ts'

/** Subjects that GitHub would give this job under other circumstances, without the part that is not known. */
export interface GithubSubject {
  /** `repo:OWNER/REPO` or `repo:OWNER@ID/REPO@ID`, as the subject begins. */
  readonly repository: string
  readonly kind: 'environment' | 'pull_request' | 'branch' | 'tag' | 'custom'
  readonly hasIds: boolean
}

const REPOSITORY = /^repo:[^:/]+\/[^:/]+(?=:)/
const IDS = /^repo:[^:/]+@\d+\/[^:/]+@\d+(:|$)/

// GitHub, "OpenID Connect reference": the first of environment, pull request and ref that fits the job.
const CONTEXTS: readonly (readonly [GithubSubject['kind'], RegExp])[] = [
  ['environment', /^:environment:./s],
  ['pull_request', /^:pull_request$/],
  ['branch', /^:ref:refs\/heads\/./s],
  ['tag', /^:ref:refs\/tags\/./s],
]

/** Takes a subject of GitHub apart; undefined for one that is not of GitHub's making. */
export function githubSubject({ sub = '', repository }: DisclosedClaims): GithubSubject | undefined {
  const hasIds = IDS.test(sub)
  const own = REPOSITORY.exec(sub)?.[0]
  if (own !== undefined) {
    const kind = CONTEXTS.find(([, form]) => form.test(sub.slice(own.length)))?.[0]
    if (kind !== undefined) return { repository: own, kind, hasIds }
  }
  // A token with a repository is one of a job, whatever a template of the organization makes of its subject.
  return repository === undefined ? undefined : { repository: `repo:${repository}`, kind: 'custom', hasIds }
}

/** The subject without the ids of owner and repository, as GitHub wrote it until July 2026. */
export const withoutIds = (subject: string): string => subject.replace(/^(repo:[^:/]+)@\d+(\/[^:/]+)@\d+/, '$1$2')
