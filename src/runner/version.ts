/** Version of the action; a test holds it to package.json. */
export const VERSION = '0.9.0'

/** What audit logs show. Databricks' own SDKs name the CI system in the same words. */
export const USER_AGENT = `databricks-token-action/${VERSION} cicd/github`
