/**
 * Whether a runner reads what this process prints. Where `env -i` or `sudo` took its own variable away, those of its ID
 * token service tell it, without which there would be no new token.
 */
export function isInWorkflow(environment: NodeJS.ProcessEnv): boolean {
  const {
    GITHUB_ACTIONS: actions,
    ACTIONS_ID_TOKEN_REQUEST_URL: url = '',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '',
  } = environment
  return actions === 'true' || (url !== '' && requestToken !== '')
}
