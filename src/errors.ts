/** What to change, for each way a login can fail. The codes are stable; docs/troubleshooting.md explains each. */
const ADVICE = {
  HOST_MISSING:
    'A variable of an environment (vars.NAME) is empty in a job that does not name that environment. If host comes from such a variable, add environment: NAME to the job. Write NAME as the settings have it, since GitHub makes a new, empty environment for any other name. Otherwise set the input host (or DATABRICKS_HOST) to your workspace URL, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
  HOST_INVALID:
    'Give the workspace URL as your browser shows it, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
  HOST_UNKNOWN:
    'Check the spelling of host. If it is a name of your own for a Databricks workspace, set allow_unknown_host: true, and set audience to the audience of your federation policy.',
  CLIENT_ID_INVALID:
    'Use the application (client) id of the service principal. It is a UUID, and Databricks shows it beside the numeric id.',
  ACCOUNT_ID_INVALID:
    'Use the id of the Databricks account. It is a UUID, and the account console shows it in the user menu.',
  ACCOUNT_ID_MISSING: 'Set the input account_id (or DATABRICKS_ACCOUNT_ID) to your Databricks account id.',
  AUDIENCE_MISSING: 'Set the input audience to the audience that your federation policy names.',
  INPUT_INVALID: 'Correct the input. The README lists what each input takes.',
  TLS_CHECK_DISABLED:
    'Remove NODE_TLS_REJECT_UNAUTHORIZED. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
  COMMAND_FILE_UNUSABLE:
    'The runner provides this file and sets the variable. Do not change the variable, and run the job on a current runner.',
  COMMAND_FILE_WRITE_FAILED:
    'Make room on the disk of the runner, or look for a step that changed these files. Later steps may see a part of the login, so do not let them run after this failure.',
  DRY_RUN:
    'To log in, take dry_run out of the login step. The summary of the dry run says what has to exist at Databricks first.',
  EXISTING_LOGIN:
    'If this login replaces the other one, delete the old secret or variable, and the line that sets it in env: of the job or workflow. If the job needs both, set export_env: false. The steps that need this login then use steps.<id>.outputs.token, or run databricks-token (token_command names it).',
  ID_TOKEN_PERMISSION_MISSING: [
    'Give the job the permission to ask for an ID token, and repeat the other permissions that it needs:',
    '',
    'permissions:',
    '  id-token: write',
    '  contents: read',
    '',
    'A pull request from a fork does not get it, unless the repository sends write tokens to such pull requests. A workflow that Dependabot started may not get it.',
  ].join('\n'),
  ID_TOKEN_REFUSED: 'Run the job again. If it fails again, see https://www.githubstatus.com.',
  SUBJECT_TOKEN_INVALID:
    'Give subject_token a JWT that your identity provider issued for this job, or leave it empty to use the ID token of GitHub.',
  SUBJECT_TOKEN_EXPIRED: 'Fetch the subject token in the step right before this one.',
  SUBJECT_TOKEN_NOT_YET_VALID:
    'Compare the clock of the runner with that of the identity provider. Usually the clock of a self-hosted runner is wrong.',
  METADATA_REFUSED: 'Check that host names a Databricks workspace, and that the runner may reach it.',
  METADATA_INVALID:
    'Check that host names a Databricks workspace and that no proxy or login page answers in its place.',
  METADATA_UNTRUSTED:
    'No token was sent. Check host and account_id. If both are right, ask whoever runs this host why it names another place or account.',
  EXCHANGE_REFUSED:
    'Compare issuer, subject and audience above with the federation policy of the service principal: they must be exactly equal. The client id must be the application id of the service principal that has the policy. For an account-wide policy give no client id.',
  EXCHANGE_FORBIDDEN:
    'Databricks refused this caller. If an IP access list is in use, add the address of the runner to it, or use a runner whose address is on it.',
  EXCHANGE_NOT_FOUND:
    'This host has no token endpoint at that address. Check host and account_id: a workspace, an account console and a unified host have different URLs.',
  EXCHANGE_INVALID:
    'The answer breaks the protocol. Run the job again. If it fails again, report it with this message.',
  TOKEN_TOO_SHORT:
    'The token of Databricks ends when the subject token ends, and Databricks refuses it in its last 30 seconds. Fetch the subject token in the step right before this one, or give it a longer lifetime.',
  VERIFY_UNAUTHORIZED:
    'Databricks issued the token, but this workspace does not know it. Check that host is a workspace of the account that issued it. On a unified host check the workspace id, too.',
  VERIFY_FORBIDDEN:
    'The login succeeded, but the workspace does not let this principal in. Assign the service principal to the workspace. If an IP access list is in use, add the address of the runner to it.',
  VERIFY_NOT_FOUND:
    'Only a workspace can tell whose token it is, and an account console cannot. Set verify: false, or set host to the URL of a workspace.',
  VERIFY_INVALID: 'Run the job again. If it fails again, set verify: false, and report it with this message.',
  VERIFY_ELSEWHERE: 'The token is for another place than host or account_id names. Correct the one that is wrong.',
  SERVER_UNAVAILABLE: 'The server has a fault, or limits its callers. Run the job again later.',
  NETWORK_FAILED: 'Check name, network, proxy and firewall between the runner and that host.',
  HOST_NOT_FOUND:
    'Check the spelling of host, and whether the runner can resolve names. A workspace that only private link reaches has a name in its own network alone: use a runner in that network.',
  TIMED_OUT:
    'Check network and proxy between the runner and that host. timeout_seconds (1 to 600) is the limit of the whole login.',
  TLS_FAILED:
    'The runner cannot verify the certificate. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
  PROXY_FAILED: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the credentials in them.',
  REDIRECTED:
    'This action follows no redirect, since it would carry a token elsewhere. If the new URL is that of your workspace, set host to it.',
  ANSWER_INVALID: 'Something between the runner and that host may answer in its place. Check proxy and host.',
  RUNNER_TEMP_UNUSABLE:
    'The command databricks-token is kept in the folder RUNNER_TEMP, which the runner provides. Do not change that variable, or set token_command: none to do without the command.',
  TOKEN_COMMAND_TAKEN: 'Give this login a command of its own, such as token_command: databricks-token-staging.',
  STAY_FAILED:
    'Run the job again. If it fails again, set stay_logged_in: false, and put databricks-token exec -- before the programs that need to stay logged in.',
  KEPT_LOGIN_UNUSABLE: 'Run the login step again before this command.',
  TOKEN_NOT_RENEWABLE:
    'A login with a given subject_token cannot be repeated. Fetch a new subject token and run the login step again, or use one that lives longer.',
  RENEWAL_FAILED: 'This is the error of another call, which tried the login for both calls. Do what its text says.',
  SQL_CALL_INVALID: 'See what the command takes: databricks-token sql --help.',
  WAREHOUSE_MISSING:
    'Name a SQL warehouse by its id, with --warehouse or in the variable DATABRICKS_WAREHOUSE_ID. Databricks shows the id beside the name of the warehouse.',
  WAREHOUSE_REFUSED:
    'Give the service principal CAN USE on the warehouse (SQL Warehouses, Permissions), and compare the id with the one that Databricks shows.',
  STATEMENT_REFUSED: 'Nothing was run. Compare what the server said with what this call gives it.',
  STATEMENT_FAILED: 'Correct the statement. It has ended, and nothing of this call runs any more.',
  STATEMENT_UNCERTAIN:
    'Look for the statement in the query history, which tells whether it runs, has succeeded or has failed. This command never starts it a second time.',
  STATEMENT_CANCELED:
    'Look for its id in the query history. A single statement that was cancelled changes nothing. What a BEGIN \u2026 END had done before stays done.',
  RESULT_GONE:
    'The statement has done its work, so do not start it again for its result alone. Ask for what it has written by another query.',
  RESULT_INVALID:
    'The answer breaks the protocol, and may come from something between the runner and that host. Check host and proxy. If they are right, report it with this message.',
  RESULT_TOO_LARGE:
    'Databricks hands out 25 MiB at most this way. Fetch the result from cloud storage: --external-links with --output and csv or jsonl. Or ask for less (LIMIT, fewer columns).',
  RESULT_UNFIT: 'Use another --format, or change the query so that its result fits this one.',
  RESULT_UNWRITABLE: 'Check that the folder exists, that you may write to it, and that its disk has room.',
  ROWS_UNEXPECTED:
    'Correct what is wrong with the rows, or take the option out. With the format table, which is the default, the result of each statement is shown above.',
  NOTHING_CHECKED:
    'These options judge queries alone. Add a query that finds what is wrong. For a number, SELECT count(*) FROM \u2026 HAVING count(*) > 100 has a row only if there are more.',
  INTERRUPTED:
    'The job was cancelled, or the step took longer than its timeout-minutes. After a cancellation nothing has to change.',
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
