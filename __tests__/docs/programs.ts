/**
 * What dbt and the Databricks CLI are to a workflow here: a program that asks the metadata service of its environment
 * for a token, as the SDK in them does, and prints its own arguments and what came. The real ones run in
 * `npm run test:clients`.
 */
export const loggedInProgram = `#!/bin/sh
exec '${process.execPath}' --input-type=module - "$@" <<'SCRIPT'
const { DATABRICKS_AUTH_TYPE: type, DATABRICKS_METADATA_SERVICE_URL: url, DATABRICKS_HOST: host } = process.env
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
const answer = await fetch(url, { headers })
const { token_type, expires_on } = await answer.json()
console.log(process.argv.slice(2).join(' '), type, answer.status, token_type, Number.isInteger(expires_on))
SCRIPT
`

/** What is printed by `dbt build`. */
export const dbtBuilt = 'build metadata-service 200 Bearer true'

/** What is printed by `databricks bundle deploy --target prod`. */
export const bundleDeployed = 'bundle deploy --target prod metadata-service 200 Bearer true'
