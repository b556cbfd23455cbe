import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { type Host, workspaceIdIn } from '../host.ts'
import { printable } from '../text.ts'
import type { EpochSeconds } from '../time.ts'
import { standardClaims } from './evidence.ts'
import {
  ACCOUNT_ID_PLACEHOLDER,
  type AcceptingPolicy,
  policyFor,
  principalLookUp,
  type WithheldPolicy,
} from './policy.ts'
import { claimRows, type SentRow } from './refusal.ts'

/** One thing that has to exist before a job can log in, and the line of setup/set-up.sh that makes it. */
export interface DryRunStep {
  readonly title: string
  readonly who: 'admin of the repository' | 'account admin' | 'workspace admin'
  readonly command: string
}

/** What a job's token holds, and what has to exist for it. */
export interface DryRun {
  readonly rows: readonly SentRow[]
  readonly steps: readonly DryRunStep[]
  readonly policy: AcceptingPolicy | WithheldPolicy
}

interface DryRunValues {
  /** Undefined if it is not known yet. */
  readonly host: Host | undefined
  /** Claims of the subject token. */
  readonly claims: DisclosedClaims
  readonly clientId: string | undefined
  readonly accountId: string | undefined
  readonly audience: string | undefined
  /** DATABRICKS_WAREHOUSE_ID, if the job has it. */
  readonly warehouseId: string | undefined
  readonly eventName: string | undefined
  readonly now: EpochSeconds
}

/** What a dry run knows. */
export interface DryRunOptions extends Omit<DryRunValues, 'claims'> {
  /** Of the subject token. */
  readonly disclosedClaims: DisclosedClaims
  /** Whether it is the input subject_token. */
  readonly isSubjectTokenGiven: boolean
}

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'
const USUAL_CONSOLE = 'https://accounts.cloud.databricks.com'
const CONSOLES: readonly (readonly [zone: RegExp, console: string])[] = [
  [/\.azuredatabricks\.net$/, 'https://accounts.azuredatabricks.net'],
  [/\.gcp\.databricks\.com$/, 'https://accounts.gcp.databricks.com'],
  [/\.cloud\.databricks\.us$/, 'https://accounts.cloud.databricks.us'],
  [/\.cloud\.databricks\.mil$/, 'https://accounts-dod.cloud.databricks.mil'],
  [/\.databricks\.azure\.us$|\.azuredatabricks\.us$/, 'https://accounts.azuredatabricks.us'],
  [/\.databricks\.azure\.cn$|\.azuredatabricks\.cn$/, 'https://accounts.azuredatabricks.cn'],
]

function accountConsole(host: Host | undefined): string {
  if (host === undefined) return USUAL_CONSOLE
  if (host.kind === 'account') return host.origin
  return CONSOLES.find(([zone]) => zone.test(host.serverHostname))?.[1] ?? USUAL_CONSOLE
}

/**
 * NAME=VALUE as a shell reads it back. In place of a value that is not known, or that would end a quotation or could
 * be taken for something else, stands its name in capitals, for the reader to fill in.
 */
function argument(name: string, value: string | undefined): string {
  const known = value !== undefined && value !== '' && /^[ -~]+$/.test(value) && !value.includes("'")
  const text = known ? value : name.toUpperCase()
  return /^[\w./:=@,+-]+$/.test(text) ? `${name}=${text}` : `${name}='${text}'`
}

type Arguments = Readonly<Record<string, string | undefined>>

const line = (role: string, needed: Arguments, more: Arguments = {}): string =>
  [
    `sh set-up.sh ${role}`,
    ...Object.entries(needed).map(([name, value]) => argument(name, value)),
    ...Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [argument(name, value)])),
  ].join(' ')

const branchOf = ({ ref = '' }: DisclosedClaims): string | undefined => /^refs\/heads\/(.+)$/s.exec(ref)?.[1]

// What each role of the script needs of this job, by the names that the script takes.
function argumentsOf({ claims, host, clientId, accountId, warehouseId }: DryRunValues) {
  const { repository, environment, iss, sub } = claims
  const place = environment === undefined ? { branch: branchOf(claims) } : { environment }
  const console = accountConsole(host)
  return {
    repo: repository,
    place,
    branch: branchOf(claims),
    subject: sub,
    account_id: accountId,
    client_id: clientId,
    workspace: host === undefined || host.kind === 'account' ? undefined : host.origin,
    workspace_id: host?.workspaceId ?? (host === undefined ? undefined : workspaceIdIn(host.serverHostname)),
    warehouse_id: /^[0-9a-f]{16}$/.test(warehouseId ?? '') ? warehouseId : undefined,
    issuer: iss === GITHUB_ISSUER ? undefined : iss,
    console: console === USUAL_CONSOLE ? undefined : console,
  }
}

function environmentStep(values: DryRunValues): DryRunStep[] {
  const { repo, place, branch, issuer } = argumentsOf(values)
  if (values.claims.environment === undefined) return []
  const name = printable(values.claims.environment)
  const title = `The environment ${name}, closed to all branches but those that you trust. GitHub makes one that a job names and that is not there, open to every branch: this run may just have made it, and no token tells`
  return [{ title, who: 'admin of the repository', command: line('github', { repo, ...place, branch }, { issuer }) }]
}

// A policy would be made for the subject of this job, so none of these is shown where none may be. Each line names the place,
// too: the script hands it on, and without it the variables would be those of the whole repository.
function scriptSteps(values: DryRunValues): DryRunStep[] {
  const { repo, place, subject, account_id, client_id, workspace, workspace_id, warehouse_id, issuer, console } =
    argumentsOf(values)
  return [
    {
      title: 'The service principal, its federation policy and its membership of the workspace',
      who: 'account admin',
      command: line('account', { repo, ...place, subject, account_id, workspace_id }, { client_id, issuer, console }),
    },
    {
      title: 'The warehouse, if the job runs SQL, and what it may read',
      who: 'workspace admin',
      command: line('workspace', {
        repo,
        ...place,
        account_id,
        client_id,
        workspace,
        workspace_id,
        warehouse_id,
        catalog: undefined,
        schema: undefined,
      }),
    },
    {
      title: 'The variables that the workflow reads; none is a secret',
      who: 'admin of the repository',
      command: line('variables', { repo, ...place, account_id, client_id, workspace }, { warehouse_id }),
    },
  ]
}

// The script sets up a job of GitHub in a workspace; for another token, or at an account console, the policy is all.
function policyStep({ clientId }: DryRunValues, policy: AcceptingPolicy): DryRunStep {
  return {
    title: `The federation policy. ${policy.admits} SERVICE_PRINCIPAL_ID is "id" in the first answer`,
    who: 'account admin',
    command: `${principalLookUp(clientId)}\n${policy.command}`,
  }
}

// Without an account id the token was asked for with another audience than the policy names.
function audiencesOf({ aud }: DisclosedClaims, wanted: string, isSubjectTokenGiven: boolean): readonly string[] {
  if (isSubjectTokenGiven) return aud.length === 0 ? ['(none)'] : aud
  return aud.includes(wanted) ? aud : [...aud, `(a login asks for ${wanted})`]
}

/** Everything that has to exist for a job's token to be accepted, as lines of setup/set-up.sh with its own values. */
export function dryRunFor({ disclosedClaims, isSubjectTokenGiven, ...known }: DryRunOptions): DryRun {
  const claims = isSubjectTokenGiven ? standardClaims(disclosedClaims) : disclosedClaims
  const values: DryRunValues = { ...known, claims }
  const { host, accountId, audience, clientId, eventName, now } = values
  const [own] = isSubjectTokenGiven ? claims.aud : []
  const wanted = own ?? audience ?? accountId ?? ACCOUNT_ID_PLACEHOLDER
  const policy = policyFor({ claims, audience: wanted, clientId, eventName, isSubjectTokenGiven })
  const isForScript = !isSubjectTokenGiven && host?.kind !== 'account'
  const others = 'withheld' in policy ? [] : isForScript ? scriptSteps(values) : [policyStep(values, policy)]
  return {
    rows: claimRows(claims, audiencesOf(claims, wanted, isSubjectTokenGiven), now),
    policy,
    steps: [...environmentStep(values), ...others],
  }
}
