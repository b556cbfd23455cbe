import { ActionError } from '../errors.ts'
import { printable } from '../text.ts'
import type { UndeclaredInput } from './evidence.ts'

/** The inputs of action.yml, in its order; a test holds them to it. */
export const INPUT_NAMES = [
  'host',
  'identity_federation_client_id',
  'account_id',
  'audience',
  'group_id',
  'scope',
  'subject_token',
  'on_exchange_failure',
  'export_env',
  'token_command',
  'stay_logged_in',
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

// What people type in place of an input: names of other login actions, of Databricks' tools and variables, and slips.
const SYNONYMS: Readonly<Record<InputName, readonly string[]>> = {
  host: [
    'databricks_host',
    'workspace_url',
    'workspace_host',
    'url',
    'server_hostname',
    'workspace',
    'hostname',
    'databricks_workspace_url',
    'databricks_url',
    'instance',
    'databricks_instance',
    'hots',
    'host_url',
  ],
  identity_federation_client_id: [
    'client_id',
    'databricks_client_id',
    'application_id',
    'app_id',
    'service_principal_id',
    'service_principal',
    'azure_client_id',
    'federation_client_id',
    'identity_federation_clientid',
    'clientid',
    'service_principal_client_id',
    'oidc_client_id',
    'identity_client_id',
  ],
  account_id: ['databricks_account_id', 'account', 'accountid', 'acount_id'],
  audience: ['token_audience', 'databricks_token_audience', 'oidc_audience', 'aud', 'audiences', 'audiance'],
  group_id: ['group', 'databricks_group_id', 'assume_group'],
  scope: ['scopes'],
  subject_token: ['token', 'id_token', 'oidc_token', 'jwt'],
  on_exchange_failure: ['on_failure', 'fallback'],
  export_env: ['export_environment_variables', 'export_environment', 'export_token', 'set_env'],
  token_command: ['command', 'command_name'],
  stay_logged_in: ['stay', 'keep_logged_in', 'login_once', 'log_in_once', 'stay_login'],
  verify: ['verify_token', 'check'],
  dry_run: ['dryrun', 'dry'],
  allow_unknown_host: ['allow_any_host'],
  timeout_seconds: ['timeout', 'timeout_minutes', 'timeout_s'],
}

const plain = (name: string): string => name.toLowerCase().replaceAll('-', '_')

/** The input that was meant by a name that people type for it. */
const meantBy = (name: string): string | undefined =>
  Object.entries(SYNONYMS).find(([input, others]) => input === plain(name) || others.includes(plain(name)))?.[0]

/**
 * A failure for a value that is missing, with the input that was given in its place, if there is one: `databricks-host`
 * for `host`.
 */
export function withMeantInput(failure: ActionError, input: InputName, environment: NodeJS.ProcessEnv): ActionError {
  const given = undeclaredNames(environment).find((name) => meantBy(name) === input)
  if (given === undefined) return failure
  const { code, message, advice } = failure
  const hint = `This action has no input ${printable(given)}: did you mean ${input}?`
  return new ActionError(code, `${message} ${hint}`, { advice, cause: failure })
}

/** Inputs that a step was given and the action does not have, each with what was probably meant. */
export const undeclaredInputs = (environment: NodeJS.ProcessEnv): UndeclaredInput[] =>
  undeclaredNames(environment).map((name) => ({ name, meant: meantBy(name) }))
