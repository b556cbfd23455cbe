import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { printable } from '../text.ts'
import { githubSubject } from './github-subject.ts'
import { type TokenOfJob, type Withheld, whyWithheld } from './withheld-policy.ts'

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

/** Why no policy is shown. */
export interface WithheldPolicy {
  readonly withheld: Withheld
}

export interface PolicyOptions extends TokenOfJob {
  /** What the policy shall name: the account id where it is known. */
  readonly audience: string
  /** Application id of the service principal. */
  readonly clientId: string | undefined
}

/** Stands where the numeric id of the service principal belongs. */
const PRINCIPAL_PLACEHOLDER = 'SERVICE_PRINCIPAL_ID'
/** Stands where the account id belongs while none is given. */
export const ACCOUNT_ID_PLACEHOLDER = 'ACCOUNT_ID'
/** Stands where the application id belongs while none is given. */
const CLIENT_ID_PLACEHOLDER = 'APPLICATION_ID'

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
 *
 * @see whyWithheld
 */
export function policyFor(options: PolicyOptions): AcceptingPolicy | WithheldPolicy {
  const { claims, audience } = options
  const withheld = whyWithheld(options)
  if (withheld !== undefined) return { withheld }
  const { iss = '', sub = '' } = claims
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
