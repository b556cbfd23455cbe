/** Version of the action; a test holds it to package.json. */
export const VERSION = '0.9.0'

export const USER_AGENT = `databricks-token-action/${VERSION}`
