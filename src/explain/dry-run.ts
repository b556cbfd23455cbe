import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { type Host, workspaceIdIn } from '../host.ts'
import type { EpochSeconds } from '../time.ts'
import { withoutJob } from './evidence.ts'
import {
  ACCOUNT_ID_PLACEHOLDER,
  type AcceptingPolicy,
  CLIENT_ID_PLACEHOLDER,
  jsonString,
  PRINCIPAL_PLACEHOLDER,
  policyFor,
  principalLookUp,
  type WithheldPolicy,
} from './policy.ts'
import { claimRows, type SentRow } from './refusal.ts'

/** One thing that has to exist before a job can log in. */
export interface DryRunStep {
  readonly title: string
  readonly who: 'each admin' | 'account admin' | 'workspace admin' | 'whoever may set variables of the repository'
  readonly command: string
}

/** What a job's token holds, and what has to exist for it. */
export interface Setup {
  readonly rows: readonly SentRow[]
  readonly steps: readonly DryRunStep[]
  readonly policy: AcceptingPolicy | WithheldPolicy
}

interface SetupValues {
  readonly host: Host
  /** Claims of the subject token. */
  readonly claims: DisclosedClaims
  readonly clientId: string | undefined
  readonly accountId: string | undefined
  readonly audience: string | undefined
  /** DATABRICKS_WAREHOUSE_ID, if the job has it. */
  readonly warehouseId: string | undefined
  readonly eventName: string | undefined
  /** Seconds since 1970. */
  readonly now: EpochSeconds
}

/** What a dry run knows. */
export interface DryRunOptions extends Omit<SetupValues, 'claims'> {
  /** Of the subject token. */
  readonly disclosedClaims: DisclosedClaims
  /** Whether it is the input subject_token. */
  readonly isSubjectTokenGiven: boolean
}

const ACCOUNT_CONSOLES: readonly (readonly [zone: RegExp, console: string])[] = [
  [/\.azuredatabricks\.net$/, 'https://accounts.azuredatabricks.net'],
  [/\.gcp\.databricks\.com$/, 'https://accounts.gcp.databricks.com'],
  [/\.cloud\.databricks\.us$/, 'https://accounts.cloud.databricks.us'],
  [/\.cloud\.databricks\.mil$/, 'https://accounts-dod.cloud.databricks.mil'],
  [/\.databricks\.azure\.us$|\.azuredatabricks\.us$/, 'https://accounts.azuredatabricks.us'],
  [/\.databricks\.azure\.cn$|\.azuredatabricks\.cn$/, 'https://accounts.azuredatabricks.cn'],
]

function accountConsole({ kind, origin, serverHostname }: Host): string {
  if (kind === 'account') return origin
  return ACCOUNT_CONSOLES.find(([zone]) => zone.test(serverHostname))?.[1] ?? 'https://accounts.cloud.databricks.com'
}

// In single quotes of a shell; every value is of characters that end none.
const quoted = (text: string): string => `'${text}'`

function principalSteps({ clientId, claims, host }: SetupValues): DryRunStep[] {
  const name = `github-${(claims.repository ?? 'job')
    .split('/')
    .pop()
    ?.replace(/[^\w.-]/g, '-')}`
  const isConsole = host.kind === 'account'
  if (clientId === undefined) {
    const [place, where] = isConsole ? ['account', 'databricks account'] : ['workspace', 'databricks']
    const title = `The service principal, in the ${place}: "id" of the answer is the ${PRINCIPAL_PLACEHOLDER}, "applicationId" the ${CLIENT_ID_PLACEHOLDER}`
    const command = `${where} service-principals create --display-name ${name} -o json --profile ${place}`
    return [{ title, who: isConsole ? 'account admin' : 'workspace admin', command }]
  }
  const workspace = host.workspaceId ?? workspaceIdIn(host.serverHostname) ?? 'WORKSPACE_ID'
  const assign = 'databricks account workspace-assignment update'
  const id: DryRunStep = {
    title: `The numeric id of the service principal, the ${PRINCIPAL_PLACEHOLDER}: "id" of the answer`,
    who: 'account admin',
    command: `${principalLookUp(clientId)} --profile account`,
  }
  if (isConsole) return [id]
  return [
    id,
    {
      title: 'Membership of the workspace, if it is no member yet (this replaces the permissions of one who is)',
      who: 'account admin',
      command: `${assign} ${workspace} ${PRINCIPAL_PLACEHOLDER} --json '{"permissions":["USER"]}' --profile account`,
    },
  ]
}

function loginStep({ host, accountId }: SetupValues): DryRunStep {
  const commands = [
    `databricks auth login --host ${accountConsole(host)} --account-id ${accountId ?? ACCOUNT_ID_PLACEHOLDER} --profile account`,
    ...(host.kind === 'account' ? [] : [`databricks auth login --host ${host.origin} --profile workspace`]),
  ]
  return { title: 'The logins that the commands below use', who: 'each admin', command: commands.join('\n') }
}

function policySteps(policy: AcceptingPolicy | WithheldPolicy): DryRunStep[] {
  if ('withheld' in policy) return []
  const command = `${policy.command} --profile account`
  return [{ title: `The federation policy. ${policy.admits}`, who: 'account admin', command }]
}

const warehouseOr = (id = ''): string => (/^[0-9a-f]{1,64}$/.test(id) ? id : 'WAREHOUSE_ID')

function accessSteps({ clientId, warehouseId, host }: SetupValues): DryRunStep[] {
  // An account console has neither warehouses nor tables.
  if (host.kind === 'account') return []
  const application = jsonString(clientId ?? CLIENT_ID_PLACEHOLDER)
  const access = `{"access_control_list":[{"service_principal_name":${application},"permission_level":"CAN_USE"}]}`
  const grant = (privilege: string) => `{"changes":[{"principal":${application},"add":[${privilege}]}]}`
  const grants = [
    `databricks grants update catalog CATALOG --json ${quoted(grant('"USE_CATALOG"'))} --profile workspace`,
    `databricks grants update schema CATALOG.SCHEMA --json ${quoted(grant('"USE_SCHEMA","SELECT"'))} --profile workspace`,
  ]
  return [
    {
      title: 'The warehouse, if the job runs SQL',
      who: 'workspace admin',
      command: `databricks warehouses update-permissions ${warehouseOr(warehouseId)} --json ${quoted(access)} --profile workspace`,
    },
    { title: 'What it may read', who: 'workspace admin', command: grants.join('\n') },
  ]
}

function variableSteps({ claims, host, clientId, accountId, warehouseId }: SetupValues): DryRunStep[] {
  const { repository, environment } = claims
  if (repository === undefined || !/^[\w./-]+$/.test(repository)) return []
  if (environment !== undefined && !/^[\w.-]+$/.test(environment)) return []
  const place = `-R ${repository}${environment === undefined ? '' : ` -e ${environment}`}`
  const set = (name: string, value: string) => `gh variable set ${name} ${place} -b ${value}`
  const commands = [
    set('DATABRICKS_HOST', host.origin),
    set('DATABRICKS_ACCOUNT_ID', accountId ?? ACCOUNT_ID_PLACEHOLDER),
    set('DATABRICKS_CLIENT_ID', clientId ?? CLIENT_ID_PLACEHOLDER),
    ...(host.kind === 'account' ? [] : [set('DATABRICKS_WAREHOUSE_ID', warehouseOr(warehouseId))]),
  ]
  return [
    {
      title: 'The variables that the workflow reads; none is a secret',
      who: 'whoever may set variables of the repository',
      command: commands.join('\n'),
    },
  ]
}

// Without an account id the token was asked for with another audience than the policy names.
function audiencesOf({ aud }: DisclosedClaims, wanted: string, isSubjectTokenGiven: boolean): readonly string[] {
  if (isSubjectTokenGiven) return aud.length === 0 ? ['(none)'] : aud
  return aud.includes(wanted) ? aud : [...aud, `(a login asks for ${wanted})`]
}

/** Everything that has to exist at Databricks for a job's token to be accepted, as commands with its own values. */
export function dryRunFor({ disclosedClaims, isSubjectTokenGiven, ...known }: DryRunOptions): Setup {
  const options: SetupValues = { ...known, claims: isSubjectTokenGiven ? withoutJob(disclosedClaims) : disclosedClaims }
  const { claims, accountId, audience, clientId, eventName, now } = options
  const [own] = isSubjectTokenGiven ? claims.aud : []
  const wanted = own ?? audience ?? accountId ?? ACCOUNT_ID_PLACEHOLDER
  const policy = policyFor({ claims, audience: wanted, clientId, eventName, isSubjectTokenGiven })
  return {
    rows: claimRows(claims, audiencesOf(claims, wanted, isSubjectTokenGiven), now),
    policy,
    steps: [
      loginStep(options),
      ...principalSteps(options),
      ...policySteps(policy),
      ...accessSteps(options),
      ...variableSteps(options),
    ],
  }
}
