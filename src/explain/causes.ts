import type { FailureCode } from '../errors.ts'
import { identityProvider } from '../federation/issuer.ts'
import { printable } from '../text.ts'
import { audiencesTried, type Evidence, hasError, refusedClaims } from './evidence.ts'
import { type GithubSubject, githubSubject, withoutIds } from './github-subject.ts'
import { type TokenOfJob, type Withheld, whyWithheld } from './withheld-policy.ts'

interface AnyRule {
  /** Failures that it can be the cause of. */
  readonly of: readonly FailureCode[]
  /**
   * How certain it is that this is the cause; certain if left out. `policy`: no policy accepts the token, and no other cause
   * is certain. `near miss`: it is true of every token of such a job, so it may be what differs from the policy, or not.
   * `cannot be known`: a token does not tell whether it is the cause.
   */
  readonly standing?: 'policy' | 'near miss' | 'cannot be known'
}

interface PlainRule extends AnyRule {
  readonly namesSubject?: false
  /** What it is and what to change, in one line; false where it does not fit. */
  readonly says: (evidence: Evidence) => string | false
}

/** The text names the subject, or an environment to add: it is not said where no policy may be shown. */
interface NamingRule extends AnyRule {
  readonly namesSubject: true
  /** As `says` of the others. */
  readonly says: (evidence: NamingEvidence) => string | false
}

interface NamingEvidence extends Evidence {
  /** The claim of the first token that was refused. */
  readonly sub: string
}

type Rule = PlainRule | NamingRule

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'
const MOST_CLOCKS_ARE_OFF_BY = 60
const ENDING_SECONDS = 60

const refused: readonly FailureCode[] = ['EXCHANGE_REFUSED']
const untimely: readonly FailureCode[] = [
  'SUBJECT_TOKEN_EXPIRED',
  'SUBJECT_TOKEN_NOT_YET_VALID',
  'TOKEN_TOO_SHORT',
  'EXCHANGE_REFUSED',
]
// At `sql` a warehouse, a statement or the list of warehouses is asked for.
const ofSql: readonly FailureCode[] = ['WAREHOUSE_REFUSED', 'STATEMENT_REFUSED', 'STATEMENT_UNCERTAIN']
const forbidden: readonly FailureCode[] = ['METADATA_REFUSED', 'EXCHANGE_FORBIDDEN', 'VERIFY_FORBIDDEN', ...ofSql]

const shownSubject = ({ sub }: NamingEvidence): string => printable(sub)
const contextOf = (evidence: NamingEvidence): string => printable(shownSubject(evidence).replace(/^repo:[^:]*:/, ''))
const environmentSubject = ({ repository }: GithubSubject): string => `${printable(repository)}:environment:NAME`

function subjectOf(evidence: Evidence, kind: GithubSubject['kind']): GithubSubject | undefined {
  const subject = githubSubject(refusedClaims(evidence))
  return subject?.kind === kind ? subject : undefined
}

// The subject that the job would have without `environment:`.
function subjectWithoutEnvironment(evidence: Evidence, { repository }: GithubSubject): string {
  const { ref = 'refs/heads/BRANCH' } = refusedClaims(evidence)
  return `${printable(repository)}:ref:${printable(ref)}`
}

const missed = ({ undeclared, clientId, accountId, audience }: Evidence) =>
  undeclared.find(
    ({ meant }) =>
      (meant === 'identity_federation_client_id' && clientId === undefined) ||
      (meant === 'account_id' && accountId === undefined) ||
      (meant === 'audience' && audience === undefined),
  )

const tokenOf = (evidence: Evidence): TokenOfJob => ({ ...evidence, claims: refusedClaims(evidence) })

const withheldAs = (evidence: Evidence, ...whys: Withheld['why'][]) => {
  const withheld = whyWithheld(tokenOf(evidence))
  return withheld !== undefined && whys.includes(withheld.why) && `No policy accepts this token. ${withheld.text}`
}

const seconds = (count: number): string => `${Math.round(Math.abs(count))} s`

/**
 * Causes of a failed login, in the order in which they come first: what is certain; the event and the template, for
 * which no policy may be shown; an account id that is missing; then that no policy accepts the token. Below that line
 * stands what is true of every token of such a job, and at the end what nobody can know from a token.
 */
const RULES = {
  CLOCK_OFF: {
    of: untimely,
    says: ({ clockSkewSeconds = 0, code, isSubjectTokenGiven }) =>
      Math.abs(clockSkewSeconds) > MOST_CLOCKS_ARE_OFF_BY &&
      (isSubjectTokenGiven || code !== 'EXCHANGE_REFUSED') &&
      `The clock of this runner is ${seconds(clockSkewSeconds)} ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} that of the server. Tokens are valid for minutes only, so set the clock.`,
  },
  TOKEN_ENDING: {
    of: refused,
    says: (evidence) => {
      const { exp = Number.POSITIVE_INFINITY } = refusedClaims(evidence)
      const left = exp - evidence.now
      return (
        evidence.isSubjectTokenGiven &&
        left < ENDING_SECONDS &&
        `The subject token ${left > 0 ? `had only ${seconds(left)} to live` : 'has ended'}. Fetch it in the step right before this one.`
      )
    },
  },
  SCOPE_REFUSED: {
    of: refused,
    says: (evidence) =>
      hasError(evidence, 'invalid_scope') &&
      `This host does not give the scope ${printable(evidence.scope)}. Set scope to all-apis, or leave it out.`,
  },
  GROUP_REFUSED: {
    of: refused,
    says: (evidence) =>
      evidence.groupId !== undefined &&
      hasError(evidence, 'invalid_request') &&
      `${evidence.host.serverHostname} refuses group_id (the parameter assume_group), as account consoles and unified hosts do. Set host to the URL of the workspace itself, or take group_id out: the token then has all rights of the principal.`,
  },
  UNKNOWN_CLIENT: {
    of: refused,
    says: (evidence) =>
      evidence.clientId !== undefined &&
      hasError(evidence, 'invalid_client') &&
      `Databricks finds no service principal with a policy under the client id ${evidence.clientId}. Set identity_federation_client_id to the application id of the service principal that has the policy. If it was created minutes ago, run the job again.`,
  },
  UNDECLARED_INPUT: {
    of: refused,
    says: (evidence) => {
      const input = missed(evidence)
      return (
        input !== undefined &&
        `This action has no input ${printable(input.name)}, so its value was not used. Write ${input.meant} in its place.`
      )
    },
  },
  NO_CLIENT_ID: {
    of: refused,
    says: ({ clientId }) =>
      clientId === undefined &&
      'No client id was given, so Databricks looks only at policies of the whole account. Set identity_federation_client_id to the application id of the service principal that has the policy.',
  },
  GIVEN_TOKEN: {
    of: refused,
    standing: 'policy',
    says: ({ isSubjectTokenGiven }) =>
      isSubjectTokenGiven &&
      'No policy accepts the subject_token that was given. Compare its issuer, subject and audience with those of the policy: they must be exactly equal.',
  },
  UNTRUSTED_EVENT: {
    of: refused,
    standing: 'policy',
    says: (evidence) => withheldAs(evidence, 'event'),
  },
  SUBJECT_TEMPLATE: {
    of: refused,
    standing: 'policy',
    says: (evidence) => withheldAs(evidence, 'repository', 'context'),
  },
  NO_ACCOUNT_ID: {
    of: refused,
    says: ({ accountId, audience, isSubjectTokenGiven, publishedAccountId }) =>
      accountId === undefined &&
      audience === undefined &&
      !isSubjectTokenGiven &&
      `No account id was given. A policy that names no audience accepts only the account id, so set account_id.${publishedAccountId === undefined ? '' : ` The host says that it is ${publishedAccountId}. If that is yours, set account_id to it.`}`,
  },
  NO_MATCHING_POLICY: {
    of: refused,
    standing: 'policy',
    says: () =>
      'No policy accepts this token. Compare issuer, subject and audience with those of the policy: they must be exactly equal.',
  },
  IMMUTABLE_SUBJECT: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) =>
      githubSubject(refusedClaims(evidence))?.hasIds === true &&
      `The subject holds ids, as for every repository that was created, renamed or transferred since July 2026. Change the policy's subject from ${withoutIds(shownSubject(evidence))} to ${shownSubject(evidence)}.`,
  },
  ENTERPRISE_ISSUER: {
    of: refused,
    standing: 'near miss',
    says: (evidence) => {
      const { iss = '' } = refusedClaims(evidence)
      if (identityProvider(iss) !== 'github' || iss === GITHUB_ISSUER) return false
      const keys = iss.endsWith('/_services/token')
        ? ' If Databricks cannot reach that server, the policy needs its keys, too (jwks_json).'
        : ''
      return `The issuer is one of an enterprise. Change the policy's issuer from ${GITHUB_ISSUER} to ${printable(iss)}.${keys}`
    },
  },
  CUSTOM_SUBJECT: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) =>
      subjectOf(evidence, 'custom') !== undefined &&
      `A template of the organization or repository makes the subject (include_claim_keys). Change the policy's subject to ${shownSubject(evidence)}.`,
  },
  CAPITAL_LETTERS: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      const subject = shownSubject(evidence)
      return (
        /[A-Z]/.test(subject) &&
        `The subject has capital letters, and a policy compares them, too. Write the policy's subject exactly so: ${subject}.`
      )
    },
  },
  OTHER_STAGE: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      // Of a token that was given it is not known which job it is of.
      if (evidence.isSubjectTokenGiven) return false
      const kind = githubSubject(refusedClaims(evidence))?.kind
      if (kind !== 'branch' && kind !== 'environment') return false
      const { environment = '', ref = '' } = refusedClaims(evidence)
      const where =
        kind === 'environment'
          ? `names the environment ${printable(environment)}`
          : `runs on the branch ${printable(ref.replace(/^refs\/heads\//, ''))}`
      return `The job ${where}, and a policy for another branch or environment does not accept it. Before you make a policy, run the job on the branch or in the environment of the policy, or set the client id of this stage.`
    },
  },
  NO_ENVIRONMENT: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      const subject = subjectOf(evidence, 'branch')
      return (
        subject !== undefined &&
        `The job names no environment, so its subject ends with ${contextOf(evidence)}. If the policy is for ${environmentSubject(subject)}, add environment: NAME to the job.`
      )
    },
  },
  ENVIRONMENT: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      const subject = subjectOf(evidence, 'environment')
      return (
        subject !== undefined &&
        `The job names an environment, so its subject ends with ${contextOf(evidence)}. A policy for ${subjectWithoutEnvironment(evidence, subject)} accepts only a job without environment. Change the policy's subject.`
      )
    },
  },
  TAG: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      const subject = subjectOf(evidence, 'tag')
      return (
        subject !== undefined &&
        `The job runs for a tag, so its subject ends with ${contextOf(evidence)}. No policy for a branch accepts that. Add environment: NAME to the job, and make the policy for ${environmentSubject(subject)}.`
      )
    },
  },
  OTHER_AUDIENCE: {
    of: refused,
    standing: 'near miss',
    says: ({ audience, accountId }) =>
      audience !== undefined &&
      audience !== accountId &&
      `The audience ${printable(audience)} was given, so no other was tried. Add it to the policy's audiences, or take the input audience out.`,
  },
  GITHUB_AUDIENCE: {
    of: refused,
    standing: 'near miss',
    says: (evidence) => {
      const { repository_owner: owner } = refusedClaims(evidence)
      return (
        evidence.audience === undefined &&
        !evidence.isSubjectTokenGiven &&
        owner !== undefined &&
        `The policy may have the audience of Databricks' own page, https://github.com/${printable(owner)}. This action asks for that one only if you say so. Add ${evidence.accountId ?? 'the account id'} to the policy's audiences, or set the input audience to that address.`
      )
    },
  },
  REUSABLE_WORKFLOW: {
    of: refused,
    standing: 'near miss',
    namesSubject: true,
    says: (evidence) => {
      const { job_workflow_ref: own, workflow_ref: started } = refusedClaims(evidence)
      return (
        own !== undefined &&
        started !== undefined &&
        own !== started &&
        `The job is one of a reusable workflow (${printable(own)}), and its subject names the repository that calls it. Make the policy for ${shownSubject(evidence)}, and not for a subject of the reusable workflow.`
      )
    },
  },
  OTHER_PRINCIPAL: {
    of: refused,
    standing: 'cannot be known',
    says: ({ clientId }) =>
      clientId !== undefined &&
      `The client id ${clientId} may be that of another stage or workload. List the policies of its service principal. If none is for this job, correct the client id.`,
  },
  OTHER_ACCOUNT: {
    of: refused,
    standing: 'cannot be known',
    says: (evidence) => {
      const { accountId, isSubjectTokenGiven } = evidence
      return (
        accountId !== undefined &&
        !isSubjectTokenGiven &&
        audiencesTried(evidence).includes(accountId) &&
        `The account id ${accountId} may be misspelt, or that of another account. A policy that names no audience accepts only the id of its own account. Compare account_id with the id that the account console shows in the user menu.`
      )
    },
  },
  NO_ISSUER: {
    of: refused,
    standing: 'cannot be known',
    says: () =>
      'The policy may have no issuer: the CLI leaves out what does not stand under oidc_policy, and only warns. List the policies. If one has no issuer, make it again with oidc_policy around its fields.',
  },
  OTHER_CLAIM: {
    of: refused,
    standing: 'cannot be known',
    says: () =>
      'The policy may compare another claim than sub (subject_claim). List the policies, and compare the subject of the policy with that claim.',
  },
  ENTRA_OBJECT_ID: {
    of: refused,
    standing: 'cannot be known',
    says: ({ clientId, host: { serverHostname } }) =>
      clientId !== undefined &&
      /\.(azuredatabricks\.net|databricks\.azure\.(us|cn)|azuredatabricks\.(us|cn))$/.test(serverHostname) &&
      `The client id ${clientId} may be the object id of an Entra application. Set identity_federation_client_id to its application (client) id.`,
  },
  IP_ACCESS_LIST: {
    of: forbidden,
    says: ({ serverText, host }) =>
      /source ip address.{0,80}(is )?blocked/is.test(serverText) &&
      `The IP access list of ${host.serverHostname} does not hold the address of this runner. Add it, or run the job on a runner whose address is on the list. GitHub's standard runners have no fixed addresses.`,
  },
  NOT_IN_WORKSPACE: {
    of: forbidden,
    says: ({ serverText, host }) =>
      /invalid access to org/i.test(serverText) &&
      `The service principal is no member of the workspace ${host.serverHostname}, or its token is for another account. If host and client id are of two stages, correct the variables. Otherwise assign the service principal to the workspace (account console → Workspaces → Permissions).`,
  },
  NO_SUCH_SERVER: {
    of: ['EXCHANGE_NOT_FOUND', 'METADATA_REFUSED'],
    says: ({ code, happened, accountId = '', host: { kind, serverHostname } }) => {
      if (code !== 'EXCHANGE_NOT_FOUND' && !/\banswered 404\b/.test(happened)) return false
      // A unified host has said by then that it is one, and that its logins are at this path.
      const isOfAccount = kind === 'account' || (accountId !== '' && happened.includes(`/accounts/${accountId}/`))
      return isOfAccount
        ? `${serverHostname} knows no account with the id ${accountId}. Check account_id, or set host to the URL of a workspace.`
        : `${serverHostname} is not the address of a workspace. Set host to the URL that the browser shows in the workspace, and not to that of an account console, an app or a page.`
    },
  },
  LOGIN_PAGE: {
    of: ['METADATA_INVALID', 'EXCHANGE_INVALID', 'ANSWER_INVALID', 'VERIFY_INVALID', 'SERVER_UNAVAILABLE', ...ofSql],
    says: ({ serverText, host }) =>
      /text\/html|<!doctype html|<html/i.test(serverText) &&
      `A web page came where ${host.serverHostname} should have answered JSON. A login page or a proxy answers in its place. Set host to the URL of the workspace, and make the proxy let the runner through.`,
  },
  RATE_LIMIT: {
    of: ['SERVER_UNAVAILABLE'],
    says: ({ happened }) =>
      /\b429\b/.test(happened) &&
      'Too many logins came at the same time (429). Set max-parallel for the matrix, or run the job again later.',
  },
} satisfies Record<string, Rule>

/** Stable name of the cause of a refusal, as printed in the log and explained in docs/troubleshooting.md. */
export type Cause = keyof typeof RULES

/** All causes, in the order in which they come first. */
export const CAUSES = Object.keys(RULES) as Cause[]

/** Failures that a cause can be behind. */
export const failuresOf = (cause: Cause): readonly FailureCode[] => RULES[cause].of

/** A cause that fits what is known, with what to change. */
export interface Reason {
  readonly cause: Cause
  readonly text: string
}

function textOf(rule: Rule, evidence: Evidence, naming: NamingEvidence | undefined): string | false {
  if (rule.namesSubject !== true) return rule.says(evidence)
  return naming !== undefined && rule.says(naming)
}

/**
 * The causes that fit: the first is the one to begin with. Of those that say only that no policy accepts the token, one
 * is enough; where no policy may be shown, none names what one would have to name.
 */
export function reasonsFor(evidence: Evidence): Reason[] {
  const { sub } = refusedClaims(evidence)
  const naming = sub === undefined || whyWithheld(tokenOf(evidence)) !== undefined ? undefined : { ...evidence, sub }
  const fitting = CAUSES.flatMap((cause) => {
    const rule: Rule = RULES[cause]
    const text = rule.of.includes(evidence.code) && textOf(rule, evidence, naming)
    return text === false ? [] : [{ cause, text, standing: rule.standing }]
  })
  return fitting
    .filter(({ standing }, at) => at === 0 || standing !== 'policy')
    .map(({ cause, text }) => ({ cause, text }))
}
