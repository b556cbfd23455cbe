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
export function undeclaredNames(environment: NodeJS.ProcessEnv): string[] {
  const declared: readonly string[] = INPUT_NAMES
  return Object.keys(environment)
    .flatMap((variable) => /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase() ?? [])
    .filter((name) => name.length <= LONGEST_NAME && !declared.includes(name))
    .sort()
}
