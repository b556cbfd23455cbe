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
