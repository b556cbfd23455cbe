/**
 * Whether a runner reads what this process prints. `env -i` and `sudo` take GITHUB_ACTIONS away. Then the variables of the
 * runner's ID token service tell it: where those are gone, too, no new token can be had.
 */
export function isInWorkflow(environment: NodeJS.ProcessEnv): boolean {
  const {
    GITHUB_ACTIONS: actions,
    ACTIONS_ID_TOKEN_REQUEST_URL: url = '',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '',
  } = environment
  return actions === 'true' || (url !== '' && requestToken !== '')
}
