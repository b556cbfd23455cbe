import type { JWTPayload } from 'jose'

const defaults = {
  repository: 'octo-org/octo-repo',
  repository_id: '74',
  repository_owner_id: '65',
  repository_visibility: 'private',
  environment: 'prod',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  sha: '3f1c9a7be2d84056af0e1b7c6d5942e8a3b0c7d1',
  workflow: 'deploy',
  workflow_sha: '3f1c9a7be2d84056af0e1b7c6d5942e8a3b0c7d1',
  event_name: 'push',
  actor: 'octocat',
  actor_id: '12',
  base_ref: '',
  head_ref: '',
  run_id: '16543210987',
  run_number: '10',
  run_attempt: '2',
  runner_environment: 'github-hosted',
  check_run_id: '46701234567',
}

/** The claims of a GitHub Actions token, all but the times, `iss`, `aud` and `jti`. */
export type GithubClaims = typeof defaults & {
  repository_owner: string
  sub: string
  job_workflow_ref: string
  workflow_ref: string
} & JWTPayload

/**
 * Claims as GitHub documents them for a job of `octo-org/octo-repo` in the environment `prod`. Whatever is
 * given replaces a claim, and `sub` follows from the others: environment, else pull request, else ref. An
 * empty environment is a job without one.
 */
export function githubClaims(given: Readonly<Record<string, unknown>> = {}): GithubClaims {
  const claims = { ...defaults, ...given }
  const workflowRef = `${claims.repository}/.github/workflows/${claims.workflow}.yml@${claims.ref}`
  return {
    repository_owner: claims.repository.split('/')[0] ?? '',
    sub: `repo:${claims.repository}:${contextOf(claims)}`,
    job_workflow_ref: workflowRef,
    workflow_ref: workflowRef,
    ...claims,
  }
}

function contextOf({ environment, event_name, ref }: typeof defaults): string {
  // A colon inside a value is escaped, so that it cannot pass for a separator.
  if (environment) return `environment:${environment.replaceAll(':', '%3A')}`
  return event_name === 'pull_request' ? 'pull_request' : `ref:${ref}`
}
