import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { printable } from '../text.ts'
import { githubSubject } from './github-subject.ts'

/** The federation policy that accepts exactly one token, in the forms in which it can be made. */
export interface AcceptingPolicy {
  /** Whom else the policy lets in, in a sentence. */
  readonly admits: string
  readonly command: string
  /** The file policy.json, for shells that take quotes out of arguments. */
  readonly file: string
  readonly terraform: string
  readonly clicks: string
}

/** Why no policy is shown, and the way by an environment. */
export interface WithheldPolicy {
  readonly withheld: string
}

export interface PolicyOptions {
  readonly claims: DisclosedClaims
  /** What the policy shall name: the account id where it is known. */
  readonly audience: string
  /** Application id of the service principal. */
  readonly clientId: string | undefined
  /** The event of the job, as the runner tells it; a token that was given holds none. */
  readonly eventName: string | undefined
}

/** Stands where the numeric id of the service principal belongs. */
export const PRINCIPAL_PLACEHOLDER = 'SERVICE_PRINCIPAL_ID'
/** Stands where the application id belongs while none is given. */
export const CLIENT_ID_PLACEHOLDER = 'APPLICATION_ID'

// Whoever can open a pull request or write a comment has a hand in what these run, or in what it works on.
const EVENTS_OF_STRANGERS = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
  'gollum',
  'workflow_run',
]

const SAFE = /^[A-Za-z0-9_./:@+=, -]$/

// A character beyond the basic plane is two units.
const hexadecimal = (character: string): string => {
  const code = Number(character.codePointAt(0)).toString(16)
  return character.length > 1 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
}

const quoted = (characters: readonly string[]): string =>
  `"${characters.map((character) => (SAFE.test(character) ? character : hexadecimal(character))).join('')}"`

/** A JSON string that no shell, fence or template reads anything into: all but plain characters as \uXXXX. */
export const jsonString = (text: string): string => quoted(text.split(''))

/** The same for HCL, whose \uXXXX takes no surrogates: characters beyond the basic plane are \UXXXXXXXX there. */
export const hclString = (text: string): string => quoted([...text.toWellFormed()])

// 2 to 63 characters, lower case, digits and hyphens (Databricks, service principal federation policy API).
function policyId({ repository, environment, ref }: DisclosedClaims): string {
  const name =
    repository === undefined ? 'login' : `${repository.split('/')[1]}-${environment ?? ref?.split('/').pop()}`
  const slug = `github-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return slug.slice(0, 63).replace(/-$/, '')
}

function admittedBy(claims: DisclosedClaims, sub: string): string {
  const { environment } = claims
  const { kind, repository = '' } = githubSubject(claims) ?? {}
  const name = printable(repository.replace(/^repo:/, ''))
  if (kind === 'environment') {
    const closed = 'close the environment to all branches but those that you trust'
    return `Admits every job of ${name} that names the environment ${printable(environment ?? sub.replace(/^.*:environment:/s, ''))}: ${closed}.`
  }
  if (kind === 'branch' || kind === 'tag') {
    const ref = printable(sub.replace(/^.*:ref:refs\/(heads|tags)\//s, ''))
    const where = kind === 'tag' ? `the tag ${ref}` : `the branch ${ref}`
    const others =
      kind === 'tag' ? '' : ' (pull_request_target, issue_comment and workflow_run of a default branch, too)'
    return `Admits every workflow of ${name} that runs on ${where}, whatever started it${others}; an environment admits fewer.`
  }
  return 'Admits every token of this issuer with this subject.'
}

function withheldFor(claims: DisclosedClaims, eventName: string | undefined): string | undefined {
  const { sub = '', event_name, ref = '' } = claims
  const subject = githubSubject(claims)
  const isOfPullRequest = subject?.kind === 'pull_request' || /^refs\/pull\/|:ref:refs\/pull\//.test(`${ref}:${sub}`)
  const ofPullRequest = isOfPullRequest ? 'pull_request' : undefined
  const event = [ofPullRequest, event_name, eventName].find((name) => EVENTS_OF_STRANGERS.includes(name ?? ''))
  if (event === undefined) return undefined
  const repository = printable(subject?.repository ?? 'repo:OWNER/REPO')
  const own = subject?.kind === 'environment' ? 'an environment of its own, other than this one' : 'an environment'
  return [
    `No policy is shown for ${event}: it would let in whoever can open a pull request or write a comment,`,
    `with all that the principal may do. Give the job ${own} (environment: NAME), with required reviewers and a`,
    `principal that may do no more than such a job needs, and make the policy for ${repository}:environment:NAME.`,
    ...(sub === '' ? [] : [`Never make one for ${printable(sub)}.`]),
  ].join('\n')
}

const lookUp = (clientId: string): string =>
  `databricks account service-principals list --filter 'applicationId eq "${clientId}"' -o json`

/** The command that tells the numeric id of a service principal, which policies go by, from its client id. */
export const principalLookUp = (clientId: string | undefined): string => lookUp(clientId ?? CLIENT_ID_PLACEHOLDER)

function terraformOf({ claims, audience, clientId }: PolicyOptions, iss: string, sub: string): string {
  return [
    'data "databricks_service_principal" "job" {',
    `  application_id = ${hclString(clientId ?? CLIENT_ID_PLACEHOLDER)}`,
    '}',
    '',
    'resource "databricks_service_principal_federation_policy" "job" {',
    '  service_principal_id = data.databricks_service_principal.job.id',
    `  policy_id            = ${hclString(policyId(claims))}`,
    '  oidc_policy = {',
    `    issuer    = ${hclString(iss)}`,
    `    audiences = [${hclString(audience)}]`,
    `    subject   = ${hclString(sub)}`,
    '  }',
    '}',
  ].join('\n')
}

/**
 * The federation policy that would accept exactly this token, or why none is shown.
 */
export function policyFor(options: PolicyOptions): AcceptingPolicy | WithheldPolicy {
  const { claims, audience, eventName } = options
  const { iss = '', sub = '' } = claims
  const withheld = withheldFor(claims, eventName)
  if (withheld !== undefined) return { withheld }
  // Without a subject it might accept whatever the issuer makes.
  if (sub === '')
    return { withheld: 'The token names no subject (claim sub), so a policy could not tell it from others.' }
  const file = [
    '{"oidc_policy": {',
    `  "issuer": ${jsonString(iss)},`,
    `  "audiences": [${jsonString(audience)}],`,
    `  "subject": ${jsonString(sub)}`,
    '}}',
  ].join('\n')
  const create = 'databricks account service-principal-federation-policy create'
  return {
    admits: admittedBy(claims, sub),
    command: `${create} ${PRINCIPAL_PLACEHOLDER} --policy-id ${policyId(claims)} --json '${file}'`,
    file,
    terraform: terraformOf(options, iss, sub),
    clicks:
      'Account console → User management → Service principals → the principal → Credentials & secrets → Federation policies → Create policy.',
  }
}
