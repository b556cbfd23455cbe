import type { UndeclaredInput } from './evidence.ts'

/** The inputs of action.yml, in its order; a test holds them to it. */
export const INPUT_NAMES = [
  'host',
  'identity_federation_client_id',
  'account_id',
  'audience',
  'scope',
  'subject_token',
  'on_exchange_failure',
  'export_env',
  'token_command',
  'verify',
  'dry_run',
  'allow_unknown_host',
  'timeout_seconds',
] as const

export type InputName = (typeof INPUT_NAMES)[number]

const LONGEST_NAME = 64

/**
 * Inputs that a step was given and the action does not have: the runner hands them on all the same, as INPUT_<NAME>.
 * Names alone, since a job may have an INPUT_ variable of its own, with whatever in it.
 */
function undeclaredNames(environment: NodeJS.ProcessEnv): string[] {
  const declared: readonly string[] = INPUT_NAMES
  return Object.keys(environment)
    .flatMap((variable) => /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase() ?? [])
    .filter((name) => name.length <= LONGEST_NAME && !declared.includes(name))
    .sort()
}

// Names that other login actions and Databricks' tools use for what this action calls otherwise.
const SYNONYMS: Readonly<Partial<Record<InputName, readonly string[]>>> = {
  host: ['databricks_host', 'workspace_url', 'workspace_host', 'url', 'server_hostname', 'workspace'],
  identity_federation_client_id: [
    'client_id',
    'databricks_client_id',
    'application_id',
    'app_id',
    'service_principal_id',
    'service_principal',
    'azure_client_id',
  ],
  account_id: ['databricks_account_id', 'account'],
  audience: ['token_audience', 'databricks_token_audience', 'oidc_audience', 'aud', 'audiences'],
  scope: ['scopes'],
  subject_token: ['token', 'id_token', 'oidc_token', 'jwt'],
  export_env: ['export_environment_variables', 'export_environment', 'export_token', 'set_env'],
  timeout_seconds: ['timeout', 'timeout_minutes', 'timeout_s'],
  token_command: ['command', 'command_name'],
  verify: ['verify_token', 'check'],
  dry_run: ['dryrun', 'dry'],
}

const plain = (name: string): string => name.toLowerCase().replaceAll('-', '_')

// Levenshtein's distance: insertions, deletions and replacements from one name to the other.
function distance(one: string, other: string): number {
  const letters = [...other]
  let line = letters.map((_, at) => at + 1)
  let away = letters.length
  for (const [row, letter] of [...one].entries()) {
    let corner = row
    away = row + 1
    line = line.map((above, at) => {
      away = Math.min(away + 1, above + 1, corner + (letter === letters[at] ? 0 : 1))
      corner = above
      return away
    })
  }
  return away
}

/** The input that was probably meant by a name: a known synonym, or the nearest if that is a few letters away. */
function meantBy(name: string): string | undefined {
  const synonym = Object.entries(SYNONYMS).find(([, others]) => others.includes(plain(name)))?.[0]
  if (synonym !== undefined) return synonym
  return INPUT_NAMES.map((input) => ({ input, away: distance(plain(name), input) }))
    .sort((one, other) => one.away - other.away)
    .slice(0, 1)
    .find(({ input, away }) => away <= Math.max(2, input.length / 4))?.input
}

/** Inputs that a step was given and the action does not have, each with what was probably meant. */
export const undeclaredInputs = (environment: NodeJS.ProcessEnv): UndeclaredInput[] =>
  undeclaredNames(environment).map((name) => ({ name, meant: meantBy(name) }))
