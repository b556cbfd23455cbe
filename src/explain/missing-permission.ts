import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import { membersIn } from '../json.ts'

/** Why a job has no way to ask for an ID token. */
export type MissingPermission =
  | 'NO_OIDC_RUNNER'
  | 'FORK_PULL_REQUEST'
  | 'DEPENDABOT'
  | 'CALLER_DOES_NOT_GRANT'
  | 'JOB_REPLACES_PERMISSIONS'
  | 'NO_PERMISSION'

const FOR_WORKFLOW = ['permissions:', '  id-token: write', '  contents: read']

const forJob = (name: string, more: readonly string[] = []) => [
  'jobs:',
  `  ${name}:`,
  ...more.map((line) => `    ${line}`),
  ...FOR_WORKFLOW.map((line) => `    ${line}`),
]

const isName = (text: string): boolean => /^[\w-]{1,100}$/.test(text)

interface Words {
  readonly happened: string
  readonly advice: string
}

const inLines = (...text: readonly string[]): string => text.join('\n')

function wordsFor(why: MissingPermission, job: string): Words {
  const name = isName(job) ? job : 'JOB'
  switch (why) {
    case 'NO_OIDC_RUNNER':
      return {
        happened: 'This runner hands out no ID tokens: it is no runner of GitHub Actions, or imitates one.',
        advice:
          'Run the job on GitHub Actions, or give subject_token a JWT of an identity provider that you can reach.',
      }
    case 'FORK_PULL_REQUEST':
      return {
        happened:
          'A pull request from a fork gets no ID token, unless the repository sends write tokens to such pull requests.',
        advice: inLines(
          'Leave this step out for such pull requests, and run it once the change is in the repository:',
          '',
          'if: github.event.pull_request.head.repo.full_name == github.repository',
        ),
      }
    case 'DEPENDABOT':
      return {
        happened: 'A workflow that Dependabot started may get no ID token, whatever it asks for.',
        advice: inLines('Leave this step out for Dependabot:', '', "if: github.actor != 'dependabot[bot]'"),
      }
    case 'CALLER_DOES_NOT_GRANT':
      return {
        happened:
          'This job belongs to a reusable workflow, and the workflow that calls it does not grant id-token: write.',
        advice: inLines(
          'Grant it to the job that calls, in the calling workflow:',
          '',
          ...forJob('CALLING_JOB', ['uses: ./.github/workflows/CALLED.yml']),
        ),
      }
    case 'JOB_REPLACES_PERMISSIONS':
      return {
        happened:
          'The workflow grants id-token: write, but this job does not get it, since permissions of a job replace those of the workflow.',
        advice: inLines('Grant it to the job, with the other permissions that it needs:', '', ...forJob(name)),
      }
    case 'NO_PERMISSION':
      return {
        happened: 'This job may not ask GitHub for an ID token: it lacks the permission id-token: write.',
        advice: inLines(
          'Grant it to the workflow, and repeat the other permissions that it needs:',
          '',
          ...FOR_WORKFLOW,
          '',
          'or to this job alone:',
          '',
          ...forJob(name),
          '',
          'A reusable workflow gets it from the job that calls it. The organization may also forbid it.',
        ),
      }
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

// Of a pull request: where it comes from, and where it goes.
interface Side {
  repo?: { full_name?: string } | null
}

const EVENT = { pull_request: true } as const

// The payload of the event, as GitHub wrote it; anything else is no pull request.
function isForkPullRequest({ GITHUB_EVENT_PATH: path = '', GITHUB_EVENT_NAME: name }: NodeJS.ProcessEnv): boolean {
  if (name !== 'pull_request' && name !== 'pull_request_review' && name !== 'pull_request_review_comment') return false
  const { pull_request } = membersIn(readText(path) ?? '', EVENT)
  if (typeof pull_request !== 'object' || pull_request === null) return false
  const { head, base } = pull_request as { head?: Side; base?: Side }
  const own = base?.repo?.full_name
  // The repository of a fork that is gone is null.
  return own !== undefined && head?.repo?.full_name !== own
}

// GITHUB_WORKFLOW_REF is OWNER/REPO/PATH@REF of the workflow that was started, whichever it calls.
function startedWorkflow(environment: NodeJS.ProcessEnv): string | undefined {
  const {
    GITHUB_WORKSPACE: folder = '',
    GITHUB_WORKFLOW_REF: ref = '',
    GITHUB_REPOSITORY: repository = '',
  } = environment
  const path = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+)@/.exec(ref)?.[1]
  if (folder === '' || path === undefined || !ref.startsWith(`${repository}/`)) return undefined
  return readText(join(folder, path))
}

const isIndented = (line: string): boolean => /^[ \t]/.test(line)
const isBetween = (line: string): boolean => /^\r?$|^#/.test(line)

// What the workflow itself grants. Line by line: a key of YAML ends at the next line that is as far left.
function grantsIdToken(workflow: readonly string[]): boolean {
  const start = workflow.findIndex((line) => line.startsWith('permissions:'))
  if (start === -1) return false
  const [own = '', ...below] = workflow.slice(start)
  const end = below.findIndex((line) => !isIndented(line) && !isBetween(line))
  if (/^permissions:\s*write-all\b/.test(own)) return true
  return [own, ...below.slice(0, end === -1 ? undefined : end)].some((line) =>
    /^[^#]*\bid-token\s*:\s*write\b/.test(line),
  )
}

function fromWorkflowFile(environment: NodeJS.ProcessEnv): MissingPermission {
  const { GITHUB_JOB: job = '' } = environment
  const text = startedWorkflow(environment)
  if (text === undefined || !isName(job)) return 'NO_PERMISSION'
  const lines = text.split('\n')
  const ownKey = new RegExp(`^\\s+["']?${job}["']?\\s*:`)
  const isOwn = lines.some((line) => ownKey.test(line))
  if (!isOwn && lines.some((line) => /^\s+uses\s*:.*\.ya?ml/.test(line))) return 'CALLER_DOES_NOT_GRANT'
  return grantsIdToken(lines) ? 'JOB_REPLACES_PERMISSIONS' : 'NO_PERMISSION'
}

/**
 * Why a job has no permission to ask for an ID token, told from its environment, the payload of its event and, where
 * it is checked out, its workflow; nobody is asked.
 */
function whyNoPermission(environment: NodeJS.ProcessEnv): MissingPermission {
  const { GITHUB_ACTIONS: actions, ACT: act = '', GITEA_ACTIONS: gitea = '', GITHUB_ACTOR: actor } = environment
  if (actions !== 'true' || act !== '' || gitea !== '') return 'NO_OIDC_RUNNER'
  if (isForkPullRequest(environment)) return 'FORK_PULL_REQUEST'
  if (actor === 'dependabot[bot]') return 'DEPENDABOT'
  return fromWorkflowFile(environment)
}

/** The failure of a job that may not ask for an ID token, with the YAML to write where there is some. */
export function missingPermission(environment: NodeJS.ProcessEnv): ActionError {
  const reason = whyNoPermission(environment)
  const { happened, advice } = wordsFor(reason, environment['GITHUB_JOB'] ?? '')
  return new ActionError('ID_TOKEN_PERMISSION_MISSING', happened, { advice, reason })
}
