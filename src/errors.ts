/** What to change, for each way a login can fail. The codes are stable; docs/troubleshooting.md explains each. */
const ADVICE = {
  HOST_MISSING:
    'If host comes from a variable (vars.NAME), that is usually one of an environment that the job does not name, or spells otherwise (GitHub makes a new, empty one of that name): add environment: NAME to the job. Otherwise set the input host (or DATABRICKS_HOST) to your workspace URL, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
  HOST_INVALID:
    'Give the workspace URL as your browser shows it, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
  HOST_UNKNOWN:
    'Check the spelling. If it is a name of your own for a Databricks workspace, set allow_unknown_host: true and audience.',
  CLIENT_ID_INVALID:
    'Use the application (client) id of the service principal, a UUID: Databricks shows it beside the numeric id.',
  ACCOUNT_ID_INVALID: 'Use the Databricks account id, a UUID: the account console shows it in the user menu.',
  ACCOUNT_ID_MISSING: 'Set the input account_id (or DATABRICKS_ACCOUNT_ID) to your Databricks account id.',
  AUDIENCE_MISSING: 'Set the input audience to the audience that your federation policy names.',
  INPUT_INVALID: 'Correct the input; the README lists every input with what it takes.',
  TLS_CHECK_DISABLED:
    'Remove NODE_TLS_REJECT_UNAUTHORIZED. For an authority of your own set NODE_EXTRA_CA_CERTS to its certificate file.',
  COMMAND_FILE_UNUSABLE:
    'GitHub Actions provides this file. Run the step on a current runner and do not change the variable.',
  COMMAND_FILE_WRITE_FAILED:
    'Make room on the disk of the runner, or check what changed its files during the job. Later steps may see part of the login: do not let them run after this failure.',
  DRY_RUN: 'Take dry_run out of the login step to log in. Its summary says what has to exist at Databricks for that.',
  EXISTING_LOGIN:
    'Delete the old secret or variable, and where env: of the job or workflow sets it: this login takes its place. To keep both, set export_env: false, and give the steps that need this login steps.<id>.outputs.token, or let them run databricks-token (token_command names it).',
  ID_TOKEN_PERMISSION_MISSING: [
    'Give the job the permission to ask for an ID token, and repeat the others that it needs:',
    '',
    'permissions:',
    '  id-token: write',
    '  contents: read',
    '',
    'Workflows started by a pull request from a fork do not get it, unless the repository sends write tokens to them; those that Dependabot starts may not.',
  ].join('\n'),
  ID_TOKEN_REFUSED: 'Run the job again. If it stays, see https://www.githubstatus.com.',
  SUBJECT_TOKEN_INVALID:
    'Give subject_token a JWT that your identity provider issued for this job, or leave it empty to use the ID token of GitHub.',
  SUBJECT_TOKEN_EXPIRED: 'Fetch the subject token in the step right before this one.',
  SUBJECT_TOKEN_NOT_YET_VALID: 'Compare the clock of the runner with that of the identity provider.',
  METADATA_REFUSED: 'Check that host names a Databricks workspace, and that the runner may reach it.',
  METADATA_INVALID:
    'Check that host names a Databricks workspace and that no proxy or login page answers in its place.',
  METADATA_UNTRUSTED:
    'No token was sent. Check host; if it is right, ask whoever runs that name why it sends tokens elsewhere.',
  EXCHANGE_REFUSED:
    'Compare issuer, subject and audience above with the federation policy of the service principal: they must be equal to the letter. The client id must be the application id of the service principal that has the policy; an account-wide policy takes none.',
  EXCHANGE_FORBIDDEN:
    'Databricks refused this caller. If an IP access list is in use, let the runner in, or use a self-hosted runner within it.',
  EXCHANGE_NOT_FOUND:
    'This host has no token exchange at that address. Check host: workspace, account console and unified URLs differ.',
  EXCHANGE_INVALID: 'Run the job again. If it stays, report it with this message: the answer breaks the protocol.',
  TOKEN_TOO_SHORT:
    'Databricks gives its token the expiry of the subject token, and refuses it in its last 30 seconds. Fetch the subject token right before this step, or give it a longer lifetime.',
  VERIFY_UNAUTHORIZED:
    'Databricks issued the token and its workspace does not know it. Check that host is a workspace of the account that issued it; on a unified host, that its workspace id is right.',
  VERIFY_FORBIDDEN:
    'The login went through, and the workspace does not let this principal in: assign the service principal to the workspace, and if an IP access list is in use, let the runner in.',
  VERIFY_NOT_FOUND:
    'Only a workspace tells who a token is, and an account console does not: set verify: false, or host to the URL of a workspace.',
  VERIFY_INVALID: 'Run the job again. If it stays, set verify: false and report it with this message.',
  VERIFY_ELSEWHERE: 'Correct host or account_id: one of them names another place than the one that the token is for.',
  SERVER_UNAVAILABLE: 'The server is in trouble or limits its callers. Run the job again later.',
  NETWORK_FAILED: 'Check name, network, proxy and firewall between the runner and that host.',
  HOST_NOT_FOUND:
    'Check the spelling of host, and whether the runner resolves names. A workspace with private link alone has a name only within its own network: use a runner there.',
  TIMED_OUT:
    'Check network and proxy between the runner and that host. timeout_seconds (1 to 600) bounds the whole login.',
  TLS_FAILED:
    'The certificate does not verify. For a proxy or an authority of your own, set NODE_EXTRA_CA_CERTS to its certificate file.',
  PROXY_FAILED: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the credentials in them.',
  REDIRECTED: 'Redirects are never followed, since they would carry a token elsewhere. Use the final URL as host.',
  ANSWER_INVALID: 'Something between the runner and that host may answer in its place. Check proxy and host.',
  RUNNER_TEMP_UNUSABLE:
    'The command databricks-token is kept in RUNNER_TEMP, which the runner provides. Set token_command: none to do without it.',
  TOKEN_COMMAND_TAKEN: 'Give this login a command of its own, such as token_command: databricks-token-staging.',
  STAY_FAILED:
    'Run the job again. If it fails again, set stay_logged_in: false, and put databricks-token exec -- before the programs that need to stay logged in.',
  KEPT_LOGIN_UNUSABLE: 'Run the login step again before this command.',
  TOKEN_NOT_RENEWABLE:
    'A login with a given subject_token cannot be repeated: fetch a new subject token and run the login step again, or use one that lives longer.',
  RENEWAL_FAILED: 'See the error of the call that tried the login.',
  SQL_CALL_INVALID: 'See what the command takes: databricks-token sql --help.',
  WAREHOUSE_MISSING:
    'Name a SQL warehouse by its id: --warehouse, or the variable DATABRICKS_WAREHOUSE_ID. Databricks shows the id beside the name of the warehouse.',
  WAREHOUSE_REFUSED:
    'Give the service principal CAN USE on the warehouse (SQL Warehouses, Permissions), and compare the id with the one that Databricks shows.',
  STATEMENT_REFUSED: 'Nothing was run. Compare what the server said with what this call gives it.',
  STATEMENT_FAILED: 'Correct the statement; it has ended, and nothing of this call runs any more.',
  STATEMENT_UNCERTAIN:
    'Look for the statement in the query history, which tells whether it runs, has succeeded or has failed. It is never started twice.',
  STATEMENT_CANCELED:
    'Its id leads to it in the query history. What a BEGIN … END had done by then is done, and a single statement that was cancelled changes nothing.',
  RESULT_GONE:
    'What the statement was to do is done: do not start it again for its result alone. Ask for what it has written by a query of its own.',
  RESULT_INVALID: 'Report it with this message: the answer breaks the protocol. Check host and proxy.',
  RESULT_TOO_LARGE:
    'Databricks hands out 25 MiB at most this way. Fetch it from cloud storage: --external-links with --output and csv or jsonl. Or ask for less (LIMIT, fewer columns).',
  RESULT_UNFIT: 'Another --format may take it, or a query that gives just what this one takes.',
  RESULT_UNWRITABLE: 'Check the folder, its rights and the room on its disk.',
  ROWS_UNEXPECTED:
    'See what is wrong with the rows, or take the gate away. As a table, which is the format unless one is named, the result of each statement is shown above.',
  NOTHING_CHECKED:
    'A gate judges queries. Add one that finds what is wrong; for a number, SELECT count(*) FROM … HAVING count(*) > 100 has a row only if there are more.',
  INTERRUPTED: 'The job was cancelled, or the step took longer than its timeout-minutes.',
  UNFINISHED: 'The step ended before its work was done. This is a defect: please report it with the log.',
  UNEXPECTED: 'This is a defect: please report it with the log.',
} as const

/** Stable name of a failure, as printed in the log and explained in docs/troubleshooting.md. */
export type FailureCode = keyof typeof ADVICE

/** All codes, in the order of docs/troubleshooting.md. */
export const FAILURE_CODES = Object.keys(ADVICE) as FailureCode[]

/** Writes a page; every text that it shows goes through the redaction first. */
export type Page = (redact: (text: string) => string) => string

/** A line of a file of the repository. */
export interface Place {
  /** Relative to GITHUB_WORKSPACE, with slashes. */
  file: string
  line: number
}

interface FailureDetails {
  /** Text that a server sent, unchanged. The log redacts, cleans and cuts it when it prints it. */
  serverText?: string | undefined
  /** Whether that text is printed with its line breaks: where an error of SQL is, its columns show. */
  keepsLines?: boolean
  /** Where it comes from, for the annotation. */
  place?: Place
  /** Replaces the general advice where a more exact one is known. */
  advice?: string
  /** Stable name of what is behind it, where that is known; it has a section in docs/troubleshooting.md, too. */
  reason?: string | undefined
  /** All that is known of it, several paragraphs: for the log where the job has no summary. */
  text?: string
  /** Writes Markdown for the summary of the job, in place of the text, from texts that went through a redaction. */
  page?: Page
  cause?: unknown
}

/** A failure for the person who reads the log: the code, what was tried and came back, what to change. */
export class ActionError extends Error {
  readonly code: FailureCode
  readonly advice: string
  readonly serverText: string | undefined
  readonly keepsLines: boolean
  readonly place: Place | undefined
  readonly reason: string | undefined
  readonly text: string | undefined
  readonly page: Page | undefined

  constructor(code: FailureCode, happened: string, details: FailureDetails = {}) {
    const { serverText, keepsLines = false, place, advice, reason, text, page, cause } = details
    super(happened, cause === undefined ? undefined : { cause })
    this.name = 'ActionError'
    this.code = code
    this.advice = advice ?? ADVICE[code]
    this.serverText = serverText
    this.keepsLines = keepsLines
    this.place = place
    this.reason = reason
    this.text = text
    this.page = page
  }
}

/**
 * Any thrown value as an ActionError. What is not one of ours becomes UNEXPECTED with the name and message of the
 * error; its stack is left out, since it may hold values.
 */
export function asActionError(thrown: unknown): ActionError {
  if (thrown instanceof ActionError) return thrown
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return new ActionError('UNEXPECTED', text, { cause: thrown })
}

/** The code that Node gives an error of the system, such as ENOENT; undefined for what has none. */
export function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined
}
