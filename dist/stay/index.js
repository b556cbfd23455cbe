/******/ (() => { // webpackBootstrap
/******/ 	var __webpack_modules__ = ({

/***/ 770:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   xU: () => (/* binding */ systemCode),
/* harmony export */   z6: () => (/* binding */ asActionError)
/* harmony export */ });
/* unused harmony export FAILURE_CODES */
const ADVICE = {
    HOST_MISSING: 'A variable of an environment (vars.NAME) is empty in a job that does not name that environment. If host comes from such a variable, add environment: NAME to the job. Write NAME as the settings have it, since GitHub makes a new, empty environment for any other name. Otherwise set the input host (or DATABRICKS_HOST) to your workspace URL, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_INVALID: 'Give the workspace URL as your browser shows it, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_UNKNOWN: 'Check the spelling of host. If it is a name of your own for a Databricks workspace, set allow_unknown_host: true, and set audience to the audience of your federation policy.',
    CLIENT_ID_INVALID: 'Use the application (client) id of the service principal. It is a UUID, and Databricks shows it beside the numeric id.',
    ACCOUNT_ID_INVALID: 'Use the id of the Databricks account. It is a UUID, and the account console shows it in the user menu.',
    ACCOUNT_ID_MISSING: 'Set the input account_id (or DATABRICKS_ACCOUNT_ID) to your Databricks account id.',
    AUDIENCE_MISSING: 'Set the input audience to the audience that your federation policy names.',
    INPUT_INVALID: 'Correct the input. The README lists what each input takes.',
    TLS_CHECK_DISABLED: 'Remove NODE_TLS_REJECT_UNAUTHORIZED. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
    COMMAND_FILE_UNUSABLE: 'The runner provides this file and sets the variable. Do not change the variable, and run the job on a current runner.',
    COMMAND_FILE_WRITE_FAILED: 'Make room on the disk of the runner, or look for a step that changed these files. Later steps may see a part of the login, so do not let them run after this failure.',
    DRY_RUN: 'To log in, take dry_run out of the login step. The summary of the dry run says what has to exist at Databricks first.',
    EXISTING_LOGIN: 'If this login replaces the other one, delete the old secret or variable, and the line that sets it in env: of the job or workflow. If the job needs both, set export_env: false. The steps that need this login then use steps.<id>.outputs.token, or run databricks-token (token_command names it).',
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
    SUBJECT_TOKEN_INVALID: 'Give subject_token a JWT that your identity provider issued for this job, or leave it empty to use the ID token of GitHub.',
    SUBJECT_TOKEN_EXPIRED: 'Fetch the subject token in the step right before this one.',
    SUBJECT_TOKEN_NOT_YET_VALID: 'Compare the clock of the runner with that of the identity provider. Usually the clock of a self-hosted runner is wrong.',
    METADATA_REFUSED: 'Check that host names a Databricks workspace, and that the runner may reach it.',
    METADATA_INVALID: 'Check that host names a Databricks workspace and that no proxy or login page answers in its place.',
    METADATA_UNTRUSTED: 'No token was sent. Check host and account_id. If both are right, ask whoever runs this host why it names another place or account.',
    EXCHANGE_REFUSED: 'Compare issuer, subject and audience above with the federation policy of the service principal: they must be exactly equal. The client id must be the application id of the service principal that has the policy. For an account-wide policy give no client id.',
    EXCHANGE_FORBIDDEN: 'Databricks refused this caller. If an IP access list is in use, add the address of the runner to it, or use a runner whose address is on it.',
    EXCHANGE_NOT_FOUND: 'This host has no token endpoint at that address. Check host and account_id: a workspace, an account console and a unified host have different URLs.',
    EXCHANGE_INVALID: 'The answer breaks the protocol. Run the job again. If it fails again, report it with this message.',
    TOKEN_TOO_SHORT: 'The token of Databricks ends when the subject token ends, and Databricks refuses it in its last 30 seconds. Fetch the subject token in the step right before this one, or give it a longer lifetime.',
    VERIFY_UNAUTHORIZED: 'Databricks issued the token, but this workspace does not know it. Check that host is a workspace of the account that issued it. On a unified host check the workspace id, too.',
    VERIFY_FORBIDDEN: 'The login succeeded, but the workspace does not let this principal in. Assign the service principal to the workspace. If an IP access list is in use, add the address of the runner to it.',
    VERIFY_NOT_FOUND: 'Only a workspace can tell whose token it is, and an account console cannot. Set verify: false, or set host to the URL of a workspace.',
    VERIFY_INVALID: 'Run the job again. If it fails again, set verify: false, and report it with this message.',
    VERIFY_ELSEWHERE: 'The token is for another place than host or account_id names. Correct the one that is wrong.',
    SERVER_UNAVAILABLE: 'The server has a fault, or limits its callers. Run the job again later.',
    NETWORK_FAILED: 'Check name, network, proxy and firewall between the runner and that host.',
    HOST_NOT_FOUND: 'Check the spelling of host, and whether the runner can resolve names. A workspace that only private link reaches has a name in its own network alone: use a runner in that network.',
    TIMED_OUT: 'Check network and proxy between the runner and that host. timeout_seconds (1 to 600) is the limit of the whole login.',
    TLS_FAILED: 'The runner cannot verify the certificate. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
    PROXY_FAILED: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the credentials in them.',
    REDIRECTED: 'This action follows no redirect, since it would carry a token elsewhere. If the new URL is that of your workspace, set host to it.',
    ANSWER_INVALID: 'Something between the runner and that host may answer in its place. Check proxy and host.',
    RUNNER_TEMP_UNUSABLE: 'The command databricks-token is kept in the folder RUNNER_TEMP, which the runner provides. Do not change that variable, or set token_command: none to do without the command.',
    TOKEN_COMMAND_TAKEN: 'Give this login a command of its own, such as token_command: databricks-token-staging.',
    STAY_FAILED: 'Run the job again. If it fails again, set stay_logged_in: false, and put databricks-token exec -- before the programs that need to stay logged in.',
    KEPT_LOGIN_UNUSABLE: 'Run the login step again before this command.',
    TOKEN_NOT_RENEWABLE: 'A login with a given subject_token cannot be repeated. Fetch a new subject token and run the login step again, or use one that lives longer.',
    RENEWAL_FAILED: 'This is the error of another call, which tried the login for both calls. Do what its text says.',
    SQL_CALL_INVALID: 'See what the command takes: databricks-token sql --help.',
    WAREHOUSE_MISSING: 'Name a SQL warehouse by its id, with --warehouse or in the variable DATABRICKS_WAREHOUSE_ID. Databricks shows the id beside the name of the warehouse.',
    WAREHOUSE_REFUSED: 'Give the service principal CAN USE on the warehouse (SQL Warehouses, Permissions), and compare the id with the one that Databricks shows.',
    STATEMENT_REFUSED: 'Nothing was run. Compare what the server said with what this call gives it.',
    STATEMENT_FAILED: 'Correct the statement. It has ended, and nothing of this call runs any more.',
    STATEMENT_UNCERTAIN: 'Look for the statement in the query history, which tells whether it runs, has succeeded or has failed. This command never starts it a second time.',
    STATEMENT_CANCELED: 'Look for its id in the query history. A single statement that was cancelled changes nothing. What a BEGIN \u2026 END had done before stays done.',
    RESULT_GONE: 'The statement has done its work, so do not start it again for its result alone. Ask for what it has written by another query.',
    RESULT_INVALID: 'The answer breaks the protocol, and may come from something between the runner and that host. Check host and proxy. If they are right, report it with this message.',
    RESULT_TOO_LARGE: 'Databricks hands out 25 MiB at most this way. Fetch the result from cloud storage: --external-links with --output and csv or jsonl. Or ask for less (LIMIT, fewer columns).',
    RESULT_UNFIT: 'Use another --format, or change the query so that its result fits this one.',
    RESULT_UNWRITABLE: 'Check that the folder exists, that you may write to it, and that its disk has room.',
    ROWS_UNEXPECTED: 'Correct what is wrong with the rows, or take the option out. With the format table, which is the default, the result of each statement is shown above.',
    NOTHING_CHECKED: 'These options judge queries alone. Add a query that finds what is wrong. For a number, SELECT count(*) FROM \u2026 HAVING count(*) > 100 has a row only if there are more.',
    INTERRUPTED: 'The job was cancelled, or the step took longer than its timeout-minutes. After a cancellation nothing has to change.',
    UNFINISHED: 'The step ended before its work was done. This is a defect: please report it with the log.',
    UNEXPECTED: 'This is a defect: please report it with the log.',
};
const FAILURE_CODES = Object.keys(ADVICE);
class ActionError extends Error {
    code;
    advice;
    serverText;
    keepsLines;
    place;
    reason;
    text;
    page;
    constructor(code, happened, details = {}) {
        const { serverText, keepsLines = false, place, advice, reason, text, page, cause } = details;
        super(happened, cause === undefined ? undefined : { cause });
        this.name = 'ActionError';
        this.code = code;
        this.advice = advice ?? ADVICE[code];
        this.serverText = serverText;
        this.keepsLines = keepsLines;
        this.place = place;
        this.reason = reason;
        this.text = text;
        this.page = page;
    }
}
function asActionError(thrown) {
    if (thrown instanceof ActionError)
        return thrown;
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new ActionError('UNEXPECTED', text, { cause: thrown });
}
function systemCode(thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}


/***/ }),

/***/ 716:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $V: () => (/* binding */ standardClaims),
/* harmony export */   JD: () => (/* binding */ hasError),
/* harmony export */   KI: () => (/* binding */ audiencesTried),
/* harmony export */   kM: () => (/* binding */ refusedClaims)
/* harmony export */ });
const hasError = ({ refused }, error) => refused.some((answer) => answer.error === error);
const refusedClaims = ({ refused }) => refused[0]?.claims ?? { aud: [], exp: undefined };
const audiencesTried = ({ refused }) => [
    ...new Set(refused.flatMap(({ claims }) => claims.aud)),
];
const standardClaims = ({ iss, sub, aud, exp }) => ({
    ...(iss === undefined ? {} : { iss }),
    ...(sub === undefined ? {} : { sub }),
    aud,
    exp,
});


/***/ }),

/***/ 679:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ githubSubject),
/* harmony export */   L: () => (/* binding */ withoutIds)
/* harmony export */ });
const REPOSITORY = /^repo:[^:/]+\/[^:/]+(?=:)/;
const IDS = /^repo:[^:/]+@\d+\/[^:/]+@\d+(:|$)/;
const CONTEXTS = [
    ['environment', /^:environment:./s],
    ['pull_request', /^:pull_request$/],
    ['branch', /^:ref:refs\/heads\/./s],
    ['tag', /^:ref:refs\/tags\/./s],
];
function githubSubject({ sub = '', repository }) {
    const hasIds = IDS.test(sub);
    const own = REPOSITORY.exec(sub)?.[0];
    if (own !== undefined) {
        const kind = CONTEXTS.find(([, form]) => form.test(sub.slice(own.length)))?.[0];
        if (kind !== undefined)
            return { repository: own, kind, hasIds };
    }
    return repository === undefined ? undefined : { repository: `repo:${repository}`, kind: 'custom', hasIds };
}
const withoutIds = (subject) => subject.replace(/^(repo:[^:/]+)@\d+(\/[^:/]+)@\d+/, '$1$2');


/***/ }),

/***/ 869:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   missingPermission: () => (/* binding */ missingPermission)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(404);




const FOR_WORKFLOW = ['permissions:', '  id-token: write', '  contents: read'];
const forJob = (name, more = []) => [
    'jobs:',
    `  ${name}:`,
    ...more.map((line) => `    ${line}`),
    ...FOR_WORKFLOW.map((line) => `    ${line}`),
];
const isName = (text) => /^[\w-]{1,100}$/.test(text);
const inLines = (...text) => text.join('\n');
function wordsFor(why, job) {
    const name = isName(job) ? job : 'JOB';
    switch (why) {
        case 'NO_OIDC_RUNNER':
            return {
                happened: 'This runner hands out no ID tokens: it is no runner of GitHub Actions, or imitates one.',
                advice: 'Run the job on GitHub Actions, or give subject_token a JWT of an identity provider that you can reach.',
            };
        case 'FORK_PULL_REQUEST':
            return {
                happened: 'A pull request from a fork gets no ID token, unless the repository sends write tokens to such pull requests.',
                advice: inLines('Leave this step out for such pull requests, and run it once the change is in the repository:', '', 'if: github.event.pull_request.head.repo.full_name == github.repository'),
            };
        case 'DEPENDABOT':
            return {
                happened: 'A workflow that Dependabot started may get no ID token, whatever it asks for.',
                advice: inLines('Leave this step out for Dependabot:', '', "if: github.actor != 'dependabot[bot]'"),
            };
        case 'CALLER_DOES_NOT_GRANT':
            return {
                happened: 'This job belongs to a reusable workflow, and the workflow that calls it does not grant id-token: write.',
                advice: inLines('Grant it to the job that calls, in the calling workflow:', '', ...forJob('CALLING_JOB', ['uses: ./.github/workflows/CALLED.yml'])),
            };
        case 'JOB_REPLACES_PERMISSIONS':
            return {
                happened: 'The workflow grants id-token: write, but this job does not get it, since permissions of a job replace those of the workflow.',
                advice: inLines('Grant it to the job, with the other permissions that it needs:', '', ...forJob(name)),
            };
        case 'NO_PERMISSION':
            return {
                happened: 'This job may not ask GitHub for an ID token: it lacks the permission id-token: write.',
                advice: inLines('Grant it to the workflow, and repeat the other permissions that it needs:', '', ...FOR_WORKFLOW, '', 'or to this job alone:', '', ...forJob(name), '', 'A reusable workflow gets it from the job that calls it. The organization may also forbid it.'),
            };
    }
}
function readText(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch {
        return undefined;
    }
}
const EVENT = { pull_request: true };
function isForkPullRequest({ GITHUB_EVENT_PATH: path = '', GITHUB_EVENT_NAME: name }) {
    if (name !== 'pull_request' && name !== 'pull_request_review' && name !== 'pull_request_review_comment')
        return false;
    const { pull_request } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .membersIn */ .Jp)(readText(path) ?? '', EVENT);
    if (typeof pull_request !== 'object' || pull_request === null)
        return false;
    const { head, base } = pull_request;
    const own = base?.repo?.full_name;
    return own !== undefined && head?.repo?.full_name !== own;
}
function startedWorkflow(environment) {
    const { GITHUB_WORKSPACE: folder = '', GITHUB_WORKFLOW_REF: ref = '', GITHUB_REPOSITORY: repository = '', } = environment;
    const path = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+)@/.exec(ref)?.[1];
    if (folder === '' || path === undefined || !ref.startsWith(`${repository}/`))
        return undefined;
    return readText((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path));
}
const isIndented = (line) => /^[ \t]/.test(line);
const isBetween = (line) => /^\r?$|^#/.test(line);
function grantsIdToken(workflow) {
    const start = workflow.findIndex((line) => line.startsWith('permissions:'));
    if (start === -1)
        return false;
    const [own = '', ...below] = workflow.slice(start);
    const end = below.findIndex((line) => !isIndented(line) && !isBetween(line));
    if (/^permissions:\s*write-all\b/.test(own))
        return true;
    return [own, ...below.slice(0, end === -1 ? undefined : end)].some((line) => /^[^#]*\bid-token\s*:\s*write\b/.test(line));
}
function fromWorkflowFile(environment) {
    const { GITHUB_JOB: job = '' } = environment;
    const text = startedWorkflow(environment);
    if (text === undefined || !isName(job))
        return 'NO_PERMISSION';
    const lines = text.split('\n');
    const ownKey = new RegExp(`^\\s+["']?${job}["']?\\s*:`);
    const isOwn = lines.some((line) => ownKey.test(line));
    if (!isOwn && lines.some((line) => /^\s+uses\s*:.*\.ya?ml/.test(line)))
        return 'CALLER_DOES_NOT_GRANT';
    return grantsIdToken(lines) ? 'JOB_REPLACES_PERMISSIONS' : 'NO_PERMISSION';
}
function whyNoPermission(environment) {
    const { GITHUB_ACTIONS: actions, ACT: act = '', GITEA_ACTIONS: gitea = '', GITHUB_ACTOR: actor } = environment;
    if (actions !== 'true' || act !== '' || gitea !== '')
        return 'NO_OIDC_RUNNER';
    if (isForkPullRequest(environment))
        return 'FORK_PULL_REQUEST';
    if (actor === 'dependabot[bot]')
        return 'DEPENDABOT';
    return fromWorkflowFile(environment);
}
function missingPermission(environment) {
    const reason = whyNoPermission(environment);
    const { happened, advice } = wordsFor(reason, environment['GITHUB_JOB'] ?? '');
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ID_TOKEN_PERMISSION_MISSING', happened, { advice, reason });
}


/***/ }),

/***/ 671:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EU: () => (/* binding */ ACCOUNT_ID_PLACEHOLDER),
/* harmony export */   KV: () => (/* binding */ policyFor),
/* harmony export */   pT: () => (/* binding */ principalLookUp)
/* harmony export */ });
/* unused harmony exports jsonString, hclString */
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(150);
/* harmony import */ var _github_subject_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(679);
/* harmony import */ var _withheld_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(513);



const PRINCIPAL_PLACEHOLDER = 'SERVICE_PRINCIPAL_ID';
const ACCOUNT_ID_PLACEHOLDER = 'ACCOUNT_ID';
const CLIENT_ID_PLACEHOLDER = 'APPLICATION_ID';
const SAFE = /^[A-Za-z0-9_./:@+=, -]$/;
const hexadecimal = (character) => {
    const code = Number(character.codePointAt(0)).toString(16);
    return character.length > 1 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
};
const quoted = (characters) => `"${characters.map((character) => (SAFE.test(character) ? character : hexadecimal(character))).join('')}"`;
const jsonString = (text) => quoted(text.split(''));
const hclString = (text) => quoted([...text.toWellFormed()]);
function policyId({ repository, environment, ref }) {
    const name = repository === undefined ? 'login' : `${repository.split('/')[1]}-${environment ?? ref?.split('/').pop()}`;
    const slug = `github-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return slug.slice(0, 63).replace(/-$/, '');
}
function admittedBy(claims, sub) {
    const { environment } = claims;
    const { kind, repository = '' } = (0,_github_subject_js__WEBPACK_IMPORTED_MODULE_2__/* .githubSubject */ .E)(claims) ?? {};
    const name = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(repository.replace(/^repo:/, ''));
    if (kind === 'environment') {
        const closed = 'close the environment to all branches but those that you trust';
        return `Admits every job of ${name} that names the environment ${(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(environment ?? sub.replace(/^.*:environment:/s, ''))}: ${closed}.`;
    }
    if (kind === 'branch' || kind === 'tag') {
        const ref = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(sub.replace(/^.*:ref:refs\/(heads|tags)\//s, ''));
        const where = kind === 'tag' ? `the tag ${ref}` : `the branch ${ref}`;
        const others = kind === 'tag' ? '' : ' (pull_request_target, issue_comment and workflow_run of a default branch, too)';
        return `Admits every workflow of ${name} that runs on ${where}, whatever started it${others}; an environment admits fewer.`;
    }
    return 'Admits every token of this issuer with this subject.';
}
const lookUp = (clientId) => `databricks account service-principals list --filter 'applicationId eq "${clientId}"' -o json`;
const principalLookUp = (clientId) => lookUp(clientId ?? CLIENT_ID_PLACEHOLDER);
function terraformOf({ claims, audience, clientId }, iss, sub) {
    return [
        'data "databricks_service_principal" "job" {',
        `  application_id = ${hclString(clientId ?? CLIENT_ID_PLACEHOLDER)}`,
        '}',
        '',
        'resource "databricks_service_principal_federation_policy" "job" {',
        '  service_principal_id = data.databricks_service_principal.job.id',
        `  policy_id            = ${hclString(policyId(claims))}`,
        '  oidc_policy = {',
        `    issuer    = ${hclString(iss)}`,
        `    audiences = [${hclString(audience)}]`,
        `    subject   = ${hclString(sub)}`,
        '  }',
        '}',
    ].join('\n');
}
function policyFor(options) {
    const { claims, audience } = options;
    const withheld = (0,_withheld_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .whyWithheld */ .Q)(options);
    if (withheld !== undefined)
        return { withheld };
    const { iss = '', sub = '' } = claims;
    const file = [
        '{"oidc_policy": {',
        `  "issuer": ${jsonString(iss)},`,
        `  "audiences": [${jsonString(audience)}],`,
        `  "subject": ${jsonString(sub)}`,
        '}}',
    ].join('\n');
    const create = 'databricks account service-principal-federation-policy create';
    return {
        admits: admittedBy(claims, sub),
        command: `${create} ${PRINCIPAL_PLACEHOLDER} --policy-id ${policyId(claims)} --json '${file}'`,
        file,
        terraform: terraformOf(options, iss, sub),
        clicks: 'Account console → User management → Service principals → the principal → Credentials & secrets → Federation policies → Create policy.',
    };
}


/***/ }),

/***/ 956:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  claimRows: () => (/* binding */ claimRows),
  explain: () => (/* binding */ explain),
  explainedAnswer: () => (/* binding */ explainedAnswer)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(770);
// EXTERNAL MODULE: ./lib/src/federation/exchange-refused.js
var exchange_refused = __nccwpck_require__(979);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(150);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(332);
// EXTERNAL MODULE: ./lib/src/federation/issuer.js
var issuer = __nccwpck_require__(828);
// EXTERNAL MODULE: ./lib/src/explain/evidence.js
var explain_evidence = __nccwpck_require__(716);
// EXTERNAL MODULE: ./lib/src/explain/github-subject.js
var github_subject = __nccwpck_require__(679);
// EXTERNAL MODULE: ./lib/src/explain/withheld-policy.js
var withheld_policy = __nccwpck_require__(513);
;// CONCATENATED MODULE: ./lib/src/explain/causes.js





const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const MOST_CLOCKS_ARE_OFF_BY = 60;
const ENDING_SECONDS = 60;
const refused = ['EXCHANGE_REFUSED'];
const untimely = [
    'SUBJECT_TOKEN_EXPIRED',
    'SUBJECT_TOKEN_NOT_YET_VALID',
    'TOKEN_TOO_SHORT',
    'EXCHANGE_REFUSED',
];
const ofSql = ['WAREHOUSE_REFUSED', 'STATEMENT_REFUSED', 'STATEMENT_UNCERTAIN'];
const forbidden = ['METADATA_REFUSED', 'EXCHANGE_FORBIDDEN', 'VERIFY_FORBIDDEN', ...ofSql];
const shownSubject = ({ sub }) => (0,src_text/* printable */.g$)(sub);
const contextOf = (evidence) => (0,src_text/* printable */.g$)(shownSubject(evidence).replace(/^repo:[^:]*:/, ''));
const environmentSubject = ({ repository }) => `${(0,src_text/* printable */.g$)(repository)}:environment:NAME`;
function subjectOf(evidence, kind) {
    const subject = (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence));
    return subject?.kind === kind ? subject : undefined;
}
function subjectWithoutEnvironment(evidence, { repository }) {
    const { ref = 'refs/heads/BRANCH' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    return `${(0,src_text/* printable */.g$)(repository)}:ref:${(0,src_text/* printable */.g$)(ref)}`;
}
const missed = ({ undeclared, clientId, accountId, audience }) => undeclared.find(({ meant }) => (meant === 'identity_federation_client_id' && clientId === undefined) ||
    (meant === 'account_id' && accountId === undefined) ||
    (meant === 'audience' && audience === undefined));
const tokenOf = (evidence) => ({ ...evidence, claims: (0,explain_evidence/* refusedClaims */.kM)(evidence) });
const withheldAs = (evidence, ...whys) => {
    const withheld = (0,withheld_policy/* whyWithheld */.Q)(tokenOf(evidence));
    return withheld !== undefined && whys.includes(withheld.why) && `No policy accepts this token. ${withheld.text}`;
};
const seconds = (count) => `${Math.round(Math.abs(count))} s`;
const RULES = {
    CLOCK_OFF: {
        of: untimely,
        says: ({ clockSkewSeconds = 0, code, isSubjectTokenGiven }) => Math.abs(clockSkewSeconds) > MOST_CLOCKS_ARE_OFF_BY &&
            (isSubjectTokenGiven || code !== 'EXCHANGE_REFUSED') &&
            `The clock of this runner is ${seconds(clockSkewSeconds)} ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} that of the server. Tokens are valid for minutes only, so set the clock.`,
    },
    TOKEN_ENDING: {
        of: refused,
        says: (evidence) => {
            const { exp = Number.POSITIVE_INFINITY } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            const left = exp - evidence.now;
            return (evidence.isSubjectTokenGiven &&
                left < ENDING_SECONDS &&
                `The subject token ${left > 0 ? `had only ${seconds(left)} to live` : 'has ended'}. Fetch it in the step right before this one.`);
        },
    },
    SCOPE_REFUSED: {
        of: refused,
        says: (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_scope') &&
            `This host does not give the scope ${(0,src_text/* printable */.g$)(evidence.scope)}. Set scope to all-apis, or leave it out.`,
    },
    GROUP_REFUSED: {
        of: refused,
        says: (evidence) => evidence.groupId !== undefined &&
            (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_request') &&
            `${evidence.host.serverHostname} refuses group_id (the parameter assume_group), as account consoles and unified hosts do. Set host to the URL of the workspace itself, or take group_id out: the token then has all rights of the principal.`,
    },
    UNKNOWN_CLIENT: {
        of: refused,
        says: (evidence) => evidence.clientId !== undefined &&
            (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_client') &&
            `Databricks finds no service principal with a policy under the client id ${evidence.clientId}. Set identity_federation_client_id to the application id of the service principal that has the policy. If it was created minutes ago, run the job again.`,
    },
    UNDECLARED_INPUT: {
        of: refused,
        says: (evidence) => {
            const input = missed(evidence);
            return (input !== undefined &&
                `This action has no input ${(0,src_text/* printable */.g$)(input.name)}, so its value was not used. Write ${input.meant} in its place.`);
        },
    },
    NO_CLIENT_ID: {
        of: refused,
        says: ({ clientId }) => clientId === undefined &&
            'No client id was given, so Databricks looks only at policies of the whole account. Set identity_federation_client_id to the application id of the service principal that has the policy.',
    },
    GIVEN_TOKEN: {
        of: refused,
        standing: 'policy',
        says: ({ isSubjectTokenGiven }) => isSubjectTokenGiven &&
            'No policy accepts the subject_token that was given. Compare its issuer, subject and audience with those of the policy: they must be exactly equal.',
    },
    UNTRUSTED_EVENT: {
        of: refused,
        standing: 'policy',
        says: (evidence) => withheldAs(evidence, 'event'),
    },
    SUBJECT_TEMPLATE: {
        of: refused,
        standing: 'policy',
        says: (evidence) => withheldAs(evidence, 'repository', 'context'),
    },
    NO_ACCOUNT_ID: {
        of: refused,
        says: ({ accountId, audience, isSubjectTokenGiven, publishedAccountId }) => accountId === undefined &&
            audience === undefined &&
            !isSubjectTokenGiven &&
            `No account id was given. A policy that names no audience accepts only the account id, so set account_id.${publishedAccountId === undefined ? '' : ` The host says that it is ${publishedAccountId}. If that is yours, set account_id to it.`}`,
    },
    NO_MATCHING_POLICY: {
        of: refused,
        standing: 'policy',
        says: () => 'No policy accepts this token. Compare issuer, subject and audience with those of the policy: they must be exactly equal.',
    },
    IMMUTABLE_SUBJECT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence))?.hasIds === true &&
            `The subject holds ids, as for every repository that was created, renamed or transferred since July 2026. Change the policy's subject from ${(0,github_subject/* withoutIds */.L)(shownSubject(evidence))} to ${shownSubject(evidence)}.`,
    },
    ENTERPRISE_ISSUER: {
        of: refused,
        standing: 'near miss',
        says: (evidence) => {
            const { iss = '' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            if ((0,issuer/* identityProvider */.K$)(iss) !== 'github' || iss === GITHUB_ISSUER)
                return false;
            const keys = iss.endsWith('/_services/token')
                ? ' If Databricks cannot reach that server, the policy needs its keys, too (jwks_json).'
                : '';
            return `The issuer is one of an enterprise. Change the policy's issuer from ${GITHUB_ISSUER} to ${(0,src_text/* printable */.g$)(iss)}.${keys}`;
        },
    },
    CUSTOM_SUBJECT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => subjectOf(evidence, 'custom') !== undefined &&
            `A template of the organization or repository makes the subject (include_claim_keys). Change the policy's subject to ${shownSubject(evidence)}.`,
    },
    CAPITAL_LETTERS: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = shownSubject(evidence);
            return (/[A-Z]/.test(subject) &&
                `The subject has capital letters, and a policy compares them, too. Write the policy's subject exactly so: ${subject}.`);
        },
    },
    OTHER_STAGE: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            if (evidence.isSubjectTokenGiven)
                return false;
            const kind = (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence))?.kind;
            if (kind !== 'branch' && kind !== 'environment')
                return false;
            const { environment = '', ref = '' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            const where = kind === 'environment'
                ? `names the environment ${(0,src_text/* printable */.g$)(environment)}`
                : `runs on the branch ${(0,src_text/* printable */.g$)(ref.replace(/^refs\/heads\//, ''))}`;
            return `The job ${where}, and a policy for another branch or environment does not accept it. Before you make a policy, run the job on the branch or in the environment of the policy, or set the client id of this stage.`;
        },
    },
    NO_ENVIRONMENT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'branch');
            return (subject !== undefined &&
                `The job names no environment, so its subject ends with ${contextOf(evidence)}. If the policy is for ${environmentSubject(subject)}, add environment: NAME to the job.`);
        },
    },
    ENVIRONMENT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'environment');
            return (subject !== undefined &&
                `The job names an environment, so its subject ends with ${contextOf(evidence)}. A policy for ${subjectWithoutEnvironment(evidence, subject)} accepts only a job without environment. Change the policy's subject.`);
        },
    },
    TAG: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'tag');
            return (subject !== undefined &&
                `The job runs for a tag, so its subject ends with ${contextOf(evidence)}. No policy for a branch accepts that. Add environment: NAME to the job, and make the policy for ${environmentSubject(subject)}.`);
        },
    },
    OTHER_AUDIENCE: {
        of: refused,
        standing: 'near miss',
        says: ({ audience, accountId }) => audience !== undefined &&
            audience !== accountId &&
            `The audience ${(0,src_text/* printable */.g$)(audience)} was given, so no other was tried. Add it to the policy's audiences, or take the input audience out.`,
    },
    GITHUB_AUDIENCE: {
        of: refused,
        standing: 'near miss',
        says: (evidence) => {
            const { repository_owner: owner } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            return (evidence.audience === undefined &&
                !evidence.isSubjectTokenGiven &&
                owner !== undefined &&
                `The policy may have the audience of Databricks' own page, https://github.com/${(0,src_text/* printable */.g$)(owner)}. This action asks for that one only if you say so. Add ${evidence.accountId ?? 'the account id'} to the policy's audiences, or set the input audience to that address.`);
        },
    },
    REUSABLE_WORKFLOW: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const { job_workflow_ref: own, workflow_ref: started } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            return (own !== undefined &&
                started !== undefined &&
                own !== started &&
                `The job is one of a reusable workflow (${(0,src_text/* printable */.g$)(own)}), and its subject names the repository that calls it. Make the policy for ${shownSubject(evidence)}, and not for a subject of the reusable workflow.`);
        },
    },
    OTHER_PRINCIPAL: {
        of: refused,
        standing: 'cannot be known',
        says: ({ clientId }) => clientId !== undefined &&
            `The client id ${clientId} may be that of another stage or workload. List the policies of its service principal. If none is for this job, correct the client id.`,
    },
    OTHER_ACCOUNT: {
        of: refused,
        standing: 'cannot be known',
        says: (evidence) => {
            const { accountId, isSubjectTokenGiven } = evidence;
            return (accountId !== undefined &&
                !isSubjectTokenGiven &&
                (0,explain_evidence/* audiencesTried */.KI)(evidence).includes(accountId) &&
                `The account id ${accountId} may be misspelt, or that of another account. A policy that names no audience accepts only the id of its own account. Compare account_id with the id that the account console shows in the user menu.`);
        },
    },
    NO_ISSUER: {
        of: refused,
        standing: 'cannot be known',
        says: () => 'The policy may have no issuer: the CLI leaves out what does not stand under oidc_policy, and only warns. List the policies. If one has no issuer, make it again with oidc_policy around its fields.',
    },
    OTHER_CLAIM: {
        of: refused,
        standing: 'cannot be known',
        says: () => 'The policy may compare another claim than sub (subject_claim). List the policies, and compare the subject of the policy with that claim.',
    },
    ENTRA_OBJECT_ID: {
        of: refused,
        standing: 'cannot be known',
        says: ({ clientId, host: { serverHostname } }) => clientId !== undefined &&
            /\.(azuredatabricks\.net|databricks\.azure\.(us|cn)|azuredatabricks\.(us|cn))$/.test(serverHostname) &&
            `The client id ${clientId} may be the object id of an Entra application. Set identity_federation_client_id to its application (client) id.`,
    },
    IP_ACCESS_LIST: {
        of: forbidden,
        says: ({ serverText, host }) => /source ip address.{0,80}(is )?blocked/is.test(serverText) &&
            `The IP access list of ${host.serverHostname} does not hold the address of this runner. Add it, or run the job on a runner whose address is on the list. GitHub's standard runners have no fixed addresses.`,
    },
    NOT_IN_WORKSPACE: {
        of: forbidden,
        says: ({ serverText, host }) => /invalid access to org/i.test(serverText) &&
            `The service principal is no member of the workspace ${host.serverHostname}, or its token is for another account. If host and client id are of two stages, correct the variables. Otherwise assign the service principal to the workspace (account console → Workspaces → Permissions).`,
    },
    NO_SUCH_SERVER: {
        of: ['EXCHANGE_NOT_FOUND', 'METADATA_REFUSED'],
        says: ({ code, happened, accountId = '', host: { kind, serverHostname } }) => {
            if (code !== 'EXCHANGE_NOT_FOUND' && !/\banswered 404\b/.test(happened))
                return false;
            const isOfAccount = kind === 'account' || (accountId !== '' && happened.includes(`/accounts/${accountId}/`));
            return isOfAccount
                ? `${serverHostname} knows no account with the id ${accountId}. Check account_id, or set host to the URL of a workspace.`
                : `${serverHostname} is not the address of a workspace. Set host to the URL that the browser shows in the workspace, and not to that of an account console, an app or a page.`;
        },
    },
    LOGIN_PAGE: {
        of: ['METADATA_INVALID', 'EXCHANGE_INVALID', 'ANSWER_INVALID', 'VERIFY_INVALID', 'SERVER_UNAVAILABLE', ...ofSql],
        says: ({ serverText, host }) => /text\/html|<!doctype html|<html/i.test(serverText) &&
            `A web page came where ${host.serverHostname} should have answered JSON. A login page or a proxy answers in its place. Set host to the URL of the workspace, and make the proxy let the runner through.`,
    },
    RATE_LIMIT: {
        of: ['SERVER_UNAVAILABLE'],
        says: ({ happened }) => /\b429\b/.test(happened) &&
            'Too many logins came at the same time (429). Set max-parallel for the matrix, or run the job again later.',
    },
};
const CAUSES = Object.keys(RULES);
const failuresOf = (cause) => RULES[cause].of;
function textOf(rule, evidence, naming) {
    if (rule.namesSubject !== true)
        return rule.says(evidence);
    return naming !== undefined && rule.says(naming);
}
function reasonsFor(evidence) {
    const { sub } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    const naming = sub === undefined || (0,withheld_policy/* whyWithheld */.Q)(tokenOf(evidence)) !== undefined ? undefined : { ...evidence, sub };
    const fitting = CAUSES.flatMap((cause) => {
        const rule = RULES[cause];
        const text = rule.of.includes(evidence.code) && textOf(rule, evidence, naming);
        return text === false ? [] : [{ cause, text, standing: rule.standing }];
    });
    return fitting
        .filter(({ standing }, at) => at === 0 || standing !== 'policy')
        .map(({ cause, text }) => ({ cause, text }));
}

// EXTERNAL MODULE: ./lib/src/explain/policy.js
var explain_policy = __nccwpck_require__(671);
;// CONCATENATED MODULE: ./lib/src/explain/refusal.js







const LONGEST_IN_POLICY = 1_000;
const HOST_KINDS = {
    workspace: 'workspace',
    account: 'account console',
    unified: 'unified host',
    unknown: 'a name of your own',
};
const JOB_CLAIMS = ['repository', 'environment', 'event_name', 'ref', 'job_workflow_ref'];
function jobRows(claims) {
    return JOB_CLAIMS.flatMap((name) => {
        const claim = claims[name];
        return claim === undefined
            ? []
            : [{ name, sent: [(0,src_text/* printable */.g$)(claim)], policy: 'is compared only if subject_claim names it' }];
    });
}
function claimRows(claims, audiences, now) {
    const { iss, sub, exp } = claims;
    const shown = (claim) => [claim === undefined ? '(none)' : (0,src_text/* printable */.g$)(claim)];
    const ends = exp === undefined ? '(none)' : `${(0,time/* formatTime */.fU)(exp)} (in ${Math.floor((0,time/* secondsUntil */.Ch)(exp, now))} s)`;
    return [
        { name: 'issuer', sent: shown(iss), policy: 'has to be exactly equal' },
        { name: 'subject', sent: shown(sub), policy: 'has to be exactly equal, without wildcards' },
        {
            name: 'audience',
            sent: audiences.map(src_text/* printable */.g$),
            policy: 'one of these has to be in audiences; a policy without audiences accepts the account id',
        },
        { name: 'expires', sent: [ends], policy: 'the Databricks token ends at the same time' },
        ...jobRows(claims),
    ];
}
function rowsOf(evidence) {
    const { host, clientId, groupId, scope, now } = evidence;
    const client = clientId ?? '(none: account-wide federation)';
    return [
        {
            name: 'host',
            sent: [`${host.origin} (${HOST_KINDS[host.kind]})`],
            policy: 'has to belong to the account that has the policy',
        },
        { name: 'client id', sent: [client], policy: 'the application id of the principal that has the policy' },
        { name: 'scope', sent: [(0,src_text/* printable */.g$)(scope)], policy: 'is not part of a policy' },
        ...(groupId === undefined ? [] : [{ name: 'group', sent: [groupId], policy: 'is not part of a policy' }]),
        ...claimRows((0,explain_evidence/* refusedClaims */.kM)(evidence), (0,explain_evidence/* audiencesTried */.KI)(evidence), now),
    ];
}
function policyOf(evidence) {
    const { accountId, audience: asked, clientId, eventName, isSubjectTokenGiven } = evidence;
    const claims = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    const { iss, sub } = claims;
    if (iss === undefined || sub === undefined || iss.length + sub.length > LONGEST_IN_POLICY)
        return undefined;
    const [first = ''] = claims.aud;
    const audience = isSubjectTokenGiven ? first : (asked ?? accountId ?? explain_policy/* ACCOUNT_ID_PLACEHOLDER */.EU);
    const options = { claims, audience: audience.slice(0, LONGEST_IN_POLICY), clientId, eventName, isSubjectTokenGiven };
    const policy = (0,explain_policy/* policyFor */.KV)(options);
    return 'withheld' in policy ? policy : { ...policy, lookUp: (0,explain_policy/* principalLookUp */.pT)(clientId) };
}
const isOfRequest = (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_scope') || (evidence.groupId !== undefined && (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_request'));
const comesBeforePolicies = (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_client') || isOfRequest(evidence);
function evidenceOf(failure, options, circumstances) {
    const { host, clientId, accountId, audience, groupId, scope, subjectToken } = options;
    const isSubjectTokenGiven = subjectToken !== undefined;
    const isRefusal = failure instanceof exchange_refused/* ExchangeRefused */.a;
    const refused = isRefusal ? failure.refused : [];
    return {
        ...circumstances,
        code: failure.code,
        happened: failure.message,
        serverText: failure.serverText ?? '',
        host,
        clientId,
        accountId,
        audience,
        groupId,
        scope,
        isSubjectTokenGiven,
        publishedAccountId: isRefusal ? failure.publishedAccountId : undefined,
        refused: isSubjectTokenGiven
            ? refused.map((answer) => ({ ...answer, claims: (0,explain_evidence/* standardClaims */.$V)(answer.claims) }))
            : refused,
    };
}
function explain(failure, options, circumstances) {
    const evidence = evidenceOf(failure, options, circumstances);
    const [first, ...others] = reasonsFor(evidence);
    if (first === undefined)
        return undefined;
    const isRefused = evidence.refused.length > 0;
    return {
        cause: first.cause,
        reason: first.text,
        otherReasons: comesBeforePolicies(evidence) ? [] : others,
        rows: isRefused ? rowsOf(evidence) : [],
        policy: isRefused && !isOfRequest(evidence) ? policyOf(evidence) : undefined,
    };
}
function explainedAnswer(failure, host) {
    const { code, message: happened, advice, serverText = '' } = failure;
    const unknown = {
        clientId: undefined,
        accountId: undefined,
        groupId: undefined,
        publishedAccountId: undefined,
        audience: undefined,
    };
    const [cause] = reasonsFor({
        ...unknown,
        code,
        happened,
        serverText,
        host,
        scope: '',
        isSubjectTokenGiven: false,
        refused: [],
        undeclared: [],
        eventName: undefined,
        clockSkewSeconds: undefined,
        now: (0,time/* secondsNow */.aL)(),
    });
    if (cause === undefined)
        return failure;
    return new errors/* ActionError */.lZ(code, `${cause.text}\n${happened}`, {
        serverText,
        advice: code === 'WAREHOUSE_REFUSED' ? '' : advice,
        reason: cause.cause,
        cause: failure,
    });
}


/***/ }),

/***/ 316:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  dryRunPage: () => (/* binding */ dryRunPage),
  dryRunText: () => (/* binding */ dryRunText),
  explainedFailure: () => (/* binding */ explainedFailure),
  tellDryRun: () => (/* binding */ tellDryRun)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(770);
// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __nccwpck_require__(488);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(839);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(150);
// EXTERNAL MODULE: ./lib/src/explain/evidence.js
var evidence = __nccwpck_require__(716);
// EXTERNAL MODULE: ./lib/src/explain/policy.js
var explain_policy = __nccwpck_require__(671);
// EXTERNAL MODULE: ./lib/src/explain/refusal.js + 1 modules
var refusal = __nccwpck_require__(956);
;// CONCATENATED MODULE: ./lib/src/explain/dry-run.js





const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const USUAL_CONSOLE = 'https://accounts.cloud.databricks.com';
const CONSOLES = [
    [/\.azuredatabricks\.net$/, 'https://accounts.azuredatabricks.net'],
    [/\.gcp\.databricks\.com$/, 'https://accounts.gcp.databricks.com'],
    [/\.cloud\.databricks\.us$/, 'https://accounts.cloud.databricks.us'],
    [/\.cloud\.databricks\.mil$/, 'https://accounts-dod.cloud.databricks.mil'],
    [/\.databricks\.azure\.us$|\.azuredatabricks\.us$/, 'https://accounts.azuredatabricks.us'],
    [/\.databricks\.azure\.cn$|\.azuredatabricks\.cn$/, 'https://accounts.azuredatabricks.cn'],
];
function accountConsole(host) {
    if (host === undefined)
        return USUAL_CONSOLE;
    if (host.kind === 'account')
        return host.origin;
    return CONSOLES.find(([zone]) => zone.test(host.serverHostname))?.[1] ?? USUAL_CONSOLE;
}
function argument(name, value) {
    const known = value !== undefined && value !== '' && /^[ -~]+$/.test(value) && !value.includes("'");
    const text = known ? value : name.toUpperCase();
    return /^[\w./:=@,+-]+$/.test(text) ? `${name}=${text}` : `${name}='${text}'`;
}
const line = (role, needed, more = {}) => [
    `sh set-up.sh ${role}`,
    ...Object.entries(needed).map(([name, value]) => argument(name, value)),
    ...Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [argument(name, value)])),
].join(' ');
const branchOf = ({ ref = '' }) => /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
function argumentsOf({ claims, host, clientId, accountId, warehouseId }) {
    const { repository, environment, iss, sub } = claims;
    const place = environment === undefined ? { branch: branchOf(claims) } : { environment };
    const console = accountConsole(host);
    return {
        repo: repository,
        place,
        branch: branchOf(claims),
        subject: sub,
        account_id: accountId,
        client_id: clientId,
        workspace: host === undefined || host.kind === 'account' ? undefined : host.origin,
        workspace_id: host?.workspaceId ?? (host === undefined ? undefined : (0,src_host/* workspaceIdIn */.W8)(host.serverHostname)),
        warehouse_id: /^[0-9a-f]{16}$/.test(warehouseId ?? '') ? warehouseId : undefined,
        issuer: iss === GITHUB_ISSUER ? undefined : iss,
        console: console === USUAL_CONSOLE ? undefined : console,
    };
}
function environmentStep(values) {
    const { repo, place, branch, issuer } = argumentsOf(values);
    if (values.claims.environment === undefined)
        return [];
    const name = (0,src_text/* printable */.g$)(values.claims.environment);
    const title = `The environment ${name}, closed to all branches but those that you trust. GitHub makes one that a job names and that is not there, open to every branch: this run may just have made it, and no token tells`;
    return [{ title, who: 'admin of the repository', command: line('github', { repo, ...place, branch }, { issuer }) }];
}
function scriptSteps(values) {
    const { repo, place, subject, account_id, client_id, workspace, workspace_id, warehouse_id, issuer, console } = argumentsOf(values);
    return [
        {
            title: 'The service principal, its federation policy and its membership of the workspace',
            who: 'account admin',
            command: line('account', { repo, ...place, subject, account_id, workspace_id }, { client_id, issuer, console }),
        },
        {
            title: 'The warehouse, if the job runs SQL, and what it may read',
            who: 'workspace admin',
            command: line('workspace', {
                repo,
                ...place,
                account_id,
                client_id,
                workspace,
                workspace_id,
                warehouse_id,
                catalog: undefined,
                schema: undefined,
            }),
        },
        {
            title: 'The variables that the workflow reads; none is a secret',
            who: 'admin of the repository',
            command: line('variables', { repo, ...place, account_id, client_id, workspace }, { warehouse_id }),
        },
    ];
}
function policyStep({ clientId }, policy) {
    return {
        title: `The federation policy. ${policy.admits} SERVICE_PRINCIPAL_ID is "id" in the first answer`,
        who: 'account admin',
        command: `${(0,explain_policy/* principalLookUp */.pT)(clientId)}\n${policy.command}`,
    };
}
function audiencesOf({ aud }, wanted, isSubjectTokenGiven) {
    if (isSubjectTokenGiven)
        return aud.length === 0 ? ['(none)'] : aud;
    return aud.includes(wanted) ? aud : [...aud, `(a login asks for ${wanted})`];
}
function dryRunFor({ disclosedClaims, isSubjectTokenGiven, ...known }) {
    const claims = isSubjectTokenGiven ? (0,evidence/* standardClaims */.$V)(disclosedClaims) : disclosedClaims;
    const values = { ...known, claims };
    const { host, accountId, audience, clientId, eventName, now } = values;
    const [own] = isSubjectTokenGiven ? claims.aud : [];
    const wanted = own ?? audience ?? accountId ?? explain_policy/* ACCOUNT_ID_PLACEHOLDER */.EU;
    const policy = (0,explain_policy/* policyFor */.KV)({ claims, audience: wanted, clientId, eventName, isSubjectTokenGiven });
    const isForScript = !isSubjectTokenGiven && host?.kind !== 'account';
    const others = 'withheld' in policy ? [] : isForScript ? scriptSteps(values) : [policyStep(values, policy)];
    return {
        rows: (0,refusal.claimRows)(claims, audiencesOf(claims, wanted, isSubjectTokenGiven), now),
        policy,
        steps: [...environmentStep(values), ...others],
    };
}

;// CONCATENATED MODULE: ./lib/src/explain/rendering.js



const ALSO_POSSIBLE = 'Databricks does not tell which part of a policy differs. Also possible';
const LONGEST_VALUE = 250;
const NAME_WIDTH = 18;
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 2)} …` : text);
const rowText = ({ name, sent }) => sent.map((value, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${cut(value, LONGEST_VALUE)}`).join('\n');
const IN_ANNOTATION = ['issuer', 'subject', 'audience'];
const MOST_AUDIENCES = 3;
const annotated = (rows) => rows
    .filter(({ name }) => IN_ANNOTATION.includes(name))
    .map((row) => ({ ...row, sent: row.sent.slice(0, MOST_AUDIENCES) }));
const WITH_POLICY = 'The policy that accepts exactly this token, and what else may differ, is in the summary of the job, or above where it has none.';
const WITHOUT_POLICY = 'What was sent, and what else may differ, is in the summary of the job, or above where it has none.';
function annotationOf({ reason, rows, policy }, happened) {
    if (rows.length === 0)
        return { message: `${reason}\n${happened}`, advice: '' };
    const isShown = policy !== undefined && 'command' in policy;
    const withheld = policy !== undefined && 'withheld' in policy && !reason.includes(policy.withheld.text) ? [policy.withheld.text] : [];
    return {
        message: [reason, `${happened} This was sent:`, ...annotated(rows).map(rowText)].join('\n'),
        advice: [...withheld, isShown ? WITH_POLICY : WITHOUT_POLICY].join('\n'),
    };
}
const BEFORE_POLICY = 'If the principal of this client id has a policy already, it may be that of another stage: then correct the client id. A second policy gives this job all rights of that principal.';
const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:';
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".';
function refusalText({ otherReasons, rows, policy }) {
    const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n');
    const ways = policy === undefined || 'withheld' in policy
        ? [policy?.withheld.text ?? '']
        : [
            `This policy accepts exactly this token. ${policy.admits} ${BEFORE_POLICY}\n${policy.command}`,
            `${lookUpNote}\n${policy.lookUp}\n${powerShell}`,
            `In Terraform:\n${policy.terraform}`,
            `By hand: ${policy.clicks}`,
        ];
    return [
        rows.length === 0 ? '' : `This was sent:\n${rows.map(rowText).join('\n')}`,
        others === '' ? '' : `${ALSO_POSSIBLE}:\n${others}`,
        ...ways,
    ]
        .filter((part) => part !== '')
        .join('\n\n');
}
const sentTable = (rows, heading = 'sent') => (0,markdown/* table */.tp)(['', heading, 'what a policy does with it'], rows.map(({ name, sent, policy }) => [(0,markdown/* inMarkdown */.Hi)(name), sent.map(markdown/* asCode */.qM).join('<br>'), (0,markdown/* inMarkdown */.Hi)(policy)]));
function policyPage(policy) {
    const more = [
        `${(0,markdown/* inMarkdown */.Hi)('The file policy.json, for')} PowerShell ${(0,markdown/* inMarkdown */.Hi)('(--json "@policy.json"):')}`,
        (0,markdown/* fenced */.OF)(policy.file, 'json'),
        'Terraform:',
        (0,markdown/* fenced */.OF)(policy.terraform, 'hcl'),
        `By hand: ${(0,markdown/* inMarkdown */.Hi)(policy.clicks)}`,
    ];
    return [
        '#### The policy that accepts exactly this token',
        (0,markdown/* inMarkdown */.Hi)(`${policy.admits} ${BEFORE_POLICY}`),
        (0,markdown/* fenced */.OF)(`${policy.lookUp}\n${policy.command}`, 'sh'),
        (0,markdown/* folded */.TM)('PowerShell, Terraform, by hand', more.join('\n\n')),
    ].join('\n\n');
}
function redacted(value, redact) {
    return JSON.parse(JSON.stringify(value), (_name, part) => (typeof part === 'string' ? redact(part) : part));
}
function refusalPage(explanation, happened, redact) {
    const { reason, otherReasons, rows, policy } = redacted(explanation, redact);
    const others = otherReasons.map(({ cause, text }) => `- ${(0,markdown/* asCode */.qM)(cause)} ${(0,markdown/* inMarkdown */.Hi)(text)}`).join('\n');
    const parts = [
        `**${(0,markdown/* inMarkdown */.Hi)(reason)}**`,
        ...(rows.length === 0 ? [(0,markdown/* textAsPage */.hk)(redact(happened))] : [sentTable(rows)]),
        ...(others === '' ? [] : [(0,markdown/* folded */.TM)(ALSO_POSSIBLE, others)]),
        ...(policy === undefined || ('withheld' in policy && reason.includes(policy.withheld.text))
            ? []
            : ['withheld' in policy ? (0,markdown/* textAsPage */.hk)(policy.withheld.text) : policyPage(policy)]),
    ];
    return parts.join('\n\n');
}
function explainedFailure(failure, explanation) {
    const { code, message: happened, serverText } = failure;
    const { message, advice } = annotationOf(explanation, happened);
    return new errors/* ActionError */.lZ(code, message, {
        serverText,
        advice,
        reason: explanation.cause,
        text: refusalText(explanation),
        page: (redact) => refusalPage(explanation, happened, redact),
        cause: failure,
    });
}
const SCRIPT = 'set-up.sh is in the folder setup of this action; docs/setup.md says how to fetch it and read it first. Each line shows what it would do, and does it with --apply. Words in capitals are yours to fill in. The lines are for bash; on Windows, for Git Bash or WSL.';
const stepText = ({ title, who, command }, at) => `${at + 1}. ${title} (${who}):\n${command}`;
const usesScript = (steps) => steps.some(({ command }) => command.startsWith('sh set-up.sh'));
function dryRunText({ rows, steps, policy }) {
    return [
        'For Databricks to accept the token of this job, these have to exist:',
        ...steps.map(stepText),
        ...(usesScript(steps) ? [SCRIPT] : []),
        ...('withheld' in policy ? [policy.withheld.text] : []),
        'The token holds:',
        rows.map(rowText).join('\n'),
    ].join('\n\n');
}
function dryRunPage(found, redact) {
    const { rows, steps, policy } = redacted(found, redact);
    const stepPage = ({ title, who, command }, at) => `${at + 1}. ${(0,markdown/* inMarkdown */.Hi)(title)} **(${(0,markdown/* inMarkdown */.Hi)(who)})**\n\n${(0,markdown/* fenced */.OF)(command, 'sh')}`;
    const byHand = (shown) => [
        (0,markdown/* inMarkdown */.Hi)(shown.admits),
        (0,markdown/* fenced */.OF)(shown.command, 'sh'),
        (0,markdown/* fenced */.OF)(shown.terraform, 'hcl'),
        (0,markdown/* inMarkdown */.Hi)(shown.clicks),
    ];
    return [
        '### Databricks dry run',
        (0,markdown/* inMarkdown */.Hi)('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
        '#### For Databricks to accept it, these have to exist',
        ...steps.map(stepPage),
        ...(usesScript(steps) ? [(0,markdown/* inMarkdown */.Hi)(SCRIPT)] : []),
        ...('withheld' in policy
            ? [(0,markdown/* inMarkdown */.Hi)(policy.withheld.text)]
            : [(0,markdown/* folded */.TM)('The policy by command, in Terraform, and by hand', byHand(policy).join('\n\n'))]),
        '#### What the token holds',
        sentTable(rows, 'in the token'),
    ].join('\n\n');
}
function tellDryRun(known, { GITHUB_EVENT_NAME: eventName, DATABRICKS_WAREHOUSE_ID: warehouseId }, { text, page, warning }) {
    const found = dryRunFor({ ...known, eventName, warehouseId });
    text(dryRunText(found));
    page((redact) => dryRunPage(found, redact));
    warning('This was a dry run (dry_run: true): nothing was sent to Databricks, and no later step is logged in.');
}


/***/ }),

/***/ 796:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   INPUT_NAMES: () => (/* binding */ INPUT_NAMES),
/* harmony export */   undeclaredInputs: () => (/* binding */ undeclaredInputs),
/* harmony export */   withMeantInput: () => (/* binding */ withMeantInput)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(150);


const INPUT_NAMES = [
    'host',
    'identity_federation_client_id',
    'account_id',
    'audience',
    'group_id',
    'scope',
    'subject_token',
    'on_exchange_failure',
    'export_env',
    'token_command',
    'stay_logged_in',
    'verify',
    'dry_run',
    'allow_unknown_host',
    'timeout_seconds',
];
const LONGEST_NAME = 64;
function undeclaredNames(environment) {
    const declared = INPUT_NAMES;
    return Object.keys(environment)
        .flatMap((variable) => /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase() ?? [])
        .filter((name) => name.length <= LONGEST_NAME && !declared.includes(name))
        .sort();
}
const SYNONYMS = {
    host: [
        'databricks_host',
        'workspace_url',
        'workspace_host',
        'url',
        'server_hostname',
        'workspace',
        'hostname',
        'databricks_workspace_url',
        'databricks_url',
        'instance',
        'databricks_instance',
        'hots',
        'host_url',
    ],
    identity_federation_client_id: [
        'client_id',
        'databricks_client_id',
        'application_id',
        'app_id',
        'service_principal_id',
        'service_principal',
        'azure_client_id',
        'federation_client_id',
        'identity_federation_clientid',
        'clientid',
        'service_principal_client_id',
        'oidc_client_id',
        'identity_client_id',
    ],
    account_id: ['databricks_account_id', 'account', 'accountid', 'acount_id'],
    audience: ['token_audience', 'databricks_token_audience', 'oidc_audience', 'aud', 'audiences', 'audiance'],
    group_id: ['group', 'databricks_group_id', 'assume_group'],
    scope: ['scopes'],
    subject_token: ['token', 'id_token', 'oidc_token', 'jwt'],
    on_exchange_failure: ['on_failure', 'fallback'],
    export_env: ['export_environment_variables', 'export_environment', 'export_token', 'set_env'],
    token_command: ['command', 'command_name'],
    stay_logged_in: ['stay', 'keep_logged_in', 'login_once', 'log_in_once', 'stay_login'],
    verify: ['verify_token', 'check'],
    dry_run: ['dryrun', 'dry'],
    allow_unknown_host: ['allow_any_host'],
    timeout_seconds: ['timeout', 'timeout_minutes', 'timeout_s'],
};
const plain = (name) => name.toLowerCase().replaceAll('-', '_');
const meantBy = (name) => Object.entries(SYNONYMS).find(([input, others]) => input === plain(name) || others.includes(plain(name)))?.[0];
function withMeantInput(failure, input, environment) {
    const given = undeclaredNames(environment).find((name) => meantBy(name) === input);
    if (given === undefined)
        return failure;
    const { code, message, advice } = failure;
    const hint = `This action has no input ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(given)}: did you mean ${input}?`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, `${message} ${hint}`, { advice, cause: failure });
}
const undeclaredInputs = (environment) => undeclaredNames(environment).map((name) => ({ name, meant: meantBy(name) }));


/***/ }),

/***/ 513:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ whyWithheld)
/* harmony export */ });
/* harmony import */ var _federation_issuer_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(828);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(150);


const EVENTS_OF_WRITERS = [
    'push',
    'schedule',
    'workflow_dispatch',
    'repository_dispatch',
    'release',
    'create',
    'deployment',
];
const MERGE_QUEUE = 'merge_group';
const PULL_REQUEST = 'pull_request';
function componentsOf(subject) {
    const components = new Set();
    let key;
    for (const word of subject.split(':')) {
        if (key !== undefined) {
            components.add(`${key}:${word}`);
            key = undefined;
        }
        else if (word === PULL_REQUEST)
            components.add(word);
        else
            key = word;
    }
    return components;
}
const encoded = (value) => value.replaceAll(':', '%3A');
function repositoryComponents(claims) {
    const { repository = '', repository_id: id, repository_owner_id: ownerId } = claims;
    if (repository === '')
        return [];
    const [owner, name] = repository.split('/');
    const byId = id === undefined ? [] : [`repository_id:${id}`];
    const withIds = id === undefined || ownerId === undefined ? [] : [`repo:${owner}@${ownerId}/${name}@${id}`];
    return [`repo:${repository}`, `repository:${repository}`, ...byId, ...withIds];
}
const isBranchOrTag = (ref) => /^refs\/(heads|tags)\/./s.test(ref) && !ref.startsWith('refs/heads/gh-readonly-queue/');
function contextComponent({ environment, ref = '' }) {
    if (environment !== undefined && environment !== '')
        return `environment:${encoded(environment)}`;
    return isBranchOrTag(ref) ? `ref:${ref}` : undefined;
}
function foreignEvent({ claims, eventName }) {
    const { sub = '', ref = '', environment = '', event_name } = claims;
    if (/^refs\/pull\//.test(ref) || /:ref:refs\/pull\//.test(sub))
        return PULL_REQUEST;
    if (componentsOf(sub).has(PULL_REQUEST))
        return PULL_REQUEST;
    const events = [event_name, eventName].filter((name) => name !== undefined && name !== '');
    if (events.length === 0)
        return 'an event that is not known';
    return events.find((name = '') => !EVENTS_OF_WRITERS.includes(name) && !(name === MERGE_QUEUE && environment !== ''));
}
function namesEnvironmentOrRef(subject) {
    const found = /^repo:[^:/]+\/[^:/]+:(?:environment:[^:]+|ref:([^:]+))$/s.exec(subject);
    if (found === null)
        return false;
    const [, ref] = found;
    return ref === undefined || isBranchOrTag(ref);
}
const ofEvent = (event) => ({
    why: 'event',
    text: `No policy is shown for ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(event)}: people without write access to the repository may be able to start it, or to bring the code that it runs. Run what needs Databricks on push, schedule or workflow_dispatch.`,
});
const OF_REPOSITORY = {
    why: 'repository',
    text: 'No policy is shown: the subject does not name this repository, so the policy would admit others, too. Add repo and context to the template that makes the subject (include_claim_keys).',
};
const OF_CONTEXT = {
    why: 'context',
    text: 'No policy is shown: the subject does not name the environment or the branch of this job, so the policy would admit others, too. Add context to the template that makes the subject (include_claim_keys).',
};
function whyWithheld(token) {
    const { claims, isSubjectTokenGiven } = token;
    const { iss = '', sub = '' } = claims;
    const event = foreignEvent(token);
    if (event !== undefined)
        return ofEvent(event);
    if (isSubjectTokenGiven) {
        if (sub === '')
            return OF_REPOSITORY;
        return (0,_federation_issuer_js__WEBPACK_IMPORTED_MODULE_0__/* .isGitHub */ .Wz)(iss) && !namesEnvironmentOrRef(sub) ? OF_CONTEXT : undefined;
    }
    const components = componentsOf(sub);
    if (!repositoryComponents(claims).some((component) => components.has(component)))
        return OF_REPOSITORY;
    const context = contextComponent(claims);
    return context !== undefined && components.has(context) ? undefined : OF_CONTEXT;
}


/***/ }),

/***/ 100:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ checkAccountIn)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(839);


function checkAccountIn({ pathname }, givenAccountId, published) {
    if (givenAccountId === undefined)
        return;
    const path = pathname.replace(/%[0-9a-f]{2}/gi, (escaped) => String.fromCharCode(Number.parseInt(escaped.slice(1), 16)));
    const segments = path.toLowerCase().split('/');
    const named = segments.filter((_, index) => segments[index - 1] === 'accounts');
    if (named.every((id) => (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameId */ .WB)(id, givenAccountId)))
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', `${published} is of another account than the one given, ${givenAccountId}.`);
}


/***/ }),

/***/ 979:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ ExchangeRefused)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);

class ExchangeRefused extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
    refused;
    publishedAccountId;
    constructor(happened, { serverText, refused, publishedAccountId }) {
        super('EXCHANGE_REFUSED', happened, { serverText });
        this.refused = refused;
        this.publishedAccountId = publishedAccountId;
    }
}


/***/ }),

/***/ 828:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EZ: () => (/* binding */ isSameIssuer),
/* harmony export */   K$: () => (/* binding */ identityProvider),
/* harmony export */   Wz: () => (/* binding */ isGitHub)
/* harmony export */ });
/* unused harmony export IDENTITY_PROVIDERS */
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(839);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(612);


const IDENTITY_PROVIDERS = (/* unused pure expression or super */ null && ([
    'github',
    'entra',
    'google',
    'aws',
    'okta',
    'onelogin',
    'ping',
    'keycloak',
    'databricks',
    'other',
]));
const GITHUB = /^token\.actions\.(githubusercontent|[a-z0-9-]+\.ghe)\.com$/;
const GITHUB_ENTERPRISE_SERVER = /^\/_services\/token(\/|$)/;
const PROVIDERS = [
    ['github', GITHUB],
    ['github', undefined, GITHUB_ENTERPRISE_SERVER],
    ['entra', /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)$/],
    ['entra', /^(sts\.windows\.net|sts\.chinacloudapi\.cn)$/],
    ['google', /^accounts\.google\.com$/],
    ['aws', /^cognito-identity(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/],
    ['aws', /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/],
    ['aws', /^[a-z0-9-]+\.tokens\.sts\.global\.api\.aws$/],
    ['okta', /^[a-z0-9-]+\.(okta|oktapreview|okta-emea|okta-gov)\.com$/],
    ['onelogin', /^[a-z0-9-]+\.onelogin\.com$/],
    ['ping', /^auth\.pingone\.(com|ca|eu|asia|sg|com\.au)$/],
    ['keycloak', undefined, /\/realms\/[^/]+\/?$/],
];
function identityProvider(issuer) {
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer);
    if (url === null || !(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecure */ .Ut)(url))
        return 'other';
    const hostname = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(url);
    if ((0,_host_js__WEBPACK_IMPORTED_MODULE_0__/* .isDatabricksDomain */ .nW)(hostname))
        return 'databricks';
    const row = PROVIDERS.find(([, name, path]) => (name?.test(hostname) ?? true) && (path?.test(url.pathname) ?? true));
    return row?.[0] ?? 'other';
}
function isGitHub(issuer) {
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer.includes('://') ? issuer : `https://${issuer}`);
    if (url === null)
        return false;
    return GITHUB.test((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(url)) || GITHUB_ENTERPRISE_SERVER.test(url.pathname.toLowerCase());
}
function isSameIssuer(issuer, host) {
    const issuerUrl = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer);
    const hostUrl = new URL(host.origin);
    if (issuerUrl === null || !(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecure */ .Ut)(issuerUrl))
        return false;
    if ((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(hostUrl)) && issuerUrl.port !== hostUrl.port)
        return false;
    return (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(issuerUrl) === (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(hostUrl);
}


/***/ }),

/***/ 537:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   API_ERROR: () => (/* binding */ API_ERROR),
/* harmony export */   PRINCIPAL_ANSWER: () => (/* binding */ PRINCIPAL_ANSWER),
/* harmony export */   askPrincipal: () => (/* binding */ askPrincipal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(918);
/* harmony import */ var _http_status_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(126);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(404);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(150);





const PRINCIPAL_ANSWER = { userName: true };
const API_ERROR = { message: true };
function errorMessage({ body }) {
    const { message } = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .membersIn */ .Jp)(body, API_ERROR);
    return typeof message === 'string' ? message : body;
}
function refusal(answer) {
    const { url, purpose } = answer.request;
    const happened = `${purpose}: ${url.host} answered ${answer.status} to the new token.`;
    const serverText = answer.status < 400 ? undefined : errorMessage(answer);
    if (answer.status === 401)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_UNAUTHORIZED', happened, { serverText });
    if (answer.status === 403)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_FORBIDDEN', happened, { serverText });
    if (answer.status === 404)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_NOT_FOUND', happened, { serverText });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_INVALID', happened, { serverText });
}
const lacksScopeAlone = (answer, scope) => (answer.status === 401 || answer.status === 403) &&
    !scope.split(' ').includes('all-apis') &&
    /\bscopes?\b/i.test(errorMessage(answer));
async function askPrincipal(send, question) {
    const { host, accessToken, workspaceId, scope, warning } = question;
    const request = {
        purpose: 'Verification',
        method: 'GET',
        url: new URL(`${host.origin}/api/2.0/preview/scim/v2/Me`),
        headers: {
            authorization: `Bearer ${accessToken}`,
            ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
        },
    };
    const answer = await send(() => request);
    if (lacksScopeAlone(answer, scope)) {
        warning(`Verification: the scope ${scope} does not allow to ask who the token is. ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(errorMessage(answer))}`);
        return undefined;
    }
    if ((0,_http_status_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .s)(answer.status) !== 'success')
        throw refusal(answer);
    const { userName } = (0,_http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonObject */ .o)(answer, PRINCIPAL_ANSWER, 'VERIFY_INVALID');
    if (typeof userName !== 'string' || (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(userName) === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_INVALID', `${request.purpose}: the answer of ${host.serverHostname} names nobody.`);
    }
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(userName);
}


/***/ }),

/***/ 304:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HOST_CONFIG: () => (/* binding */ HOST_CONFIG),
/* harmony export */   readHostConfig: () => (/* binding */ readHostConfig)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(839);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(150);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(612);
/* harmony import */ var _account_in_path_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(100);





const HOST_CONFIG = {
    oidc_endpoint: true,
    account_id: true,
    workspace_id: true,
    token_federation_default_oidc_audiences: true,
};
function withoutTrailingSlashes(path) {
    let end = path.length;
    while (path[end - 1] === '/')
        end--;
    return path.slice(0, end);
}
function serverOf({ oidc_endpoint }, host, accountId) {
    const refuse = (found) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_INVALID', `The configuration of ${host.origin} ${found}.`);
    if (typeof oidc_endpoint !== 'string')
        throw refuse('names no oidc_endpoint');
    const filled = accountId === undefined ? oidc_endpoint : oidc_endpoint.replaceAll('{account_id}', accountId);
    if (filled.includes('{account_id}')) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ACCOUNT_ID_MISSING', `The configuration of ${host.origin} leaves the account open, and names none that is a UUID.`);
    }
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(filled);
    if (url === null)
        throw refuse('names an oidc_endpoint that is not a URL');
    if (!(0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isTrusted */ .W2)(url, host)) {
        const place = (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(`${url.protocol}//${url.host}`);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', `The configuration of ${host.origin} points to ${place}, which is neither that host nor a workspace or account console.`);
    }
    return (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutTrailingDot */ .Ac)(url);
}
function audienceOf({ token_federation_default_oidc_audiences: list }, host) {
    const first = Array.isArray(list) ? list[0] : undefined;
    const url = typeof first === 'string' ? (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(first) : null;
    if (url === null || url.origin !== host.origin || url.username !== '' || url.password !== '')
        return undefined;
    return [url.href, url.origin].find((href) => href === first);
}
const textOf = (id) => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');
function readHostConfig(document, host, givenAccountId) {
    const published = textOf(document.account_id);
    if (givenAccountId !== undefined && published !== '' && !(0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameId */ .WB)(published, givenAccountId)) {
        const happened = `The configuration of ${host.origin} names another account than the one given, ${givenAccountId}.`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', happened, { serverText: published });
    }
    const accountId = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1)(published) ? published : undefined;
    const server = serverOf(document, host, givenAccountId ?? accountId);
    (0,_account_in_path_js__WEBPACK_IMPORTED_MODULE_3__/* .checkAccountIn */ .h)(server, givenAccountId, `The authorization server that ${host.origin} points to`);
    const workspaceId = textOf(document.workspace_id);
    const defaultAudience = audienceOf(document, host);
    return {
        server: `${server.origin}${withoutTrailingSlashes(server.pathname)}`,
        ...(accountId === undefined ? {} : { accountId }),
        ...((0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isId */ .eQ)(workspaceId) ? { workspaceId } : {}),
        ...(defaultAudience === undefined ? {} : { defaultAudience }),
    };
}


/***/ }),

/***/ 798:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   INTROSPECTION_ANSWER: () => (/* binding */ INTROSPECTION_ANSWER),
/* harmony export */   compareWhereabouts: () => (/* binding */ compareWhereabouts)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(918);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(404);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(150);




const INTROSPECTION_ANSWER = {
    principal_context: { authentication_scope: { account_id: true, workspace_id: true } },
};
const WITHIN_SECONDS = 10;
const withDigits = (answer) => ({
    ...answer,
    body: answer.body.replace(/("workspace_id"\s*:\s*)(\d{1,20})(?=\s*[,}])/g, '$1"$2"'),
});
const textOf = (value) => typeof value === 'string' && value !== '' ? (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(value) : undefined;
function readWhereabouts(answer) {
    const { principal_context: context } = (0,_http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonObject */ .o)(withDigits(answer), INTROSPECTION_ANSWER);
    const members = INTROSPECTION_ANSWER.principal_context;
    const { authentication_scope: scope } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .readMembers */ .mo)(context, members);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW)(scope))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ANSWER_INVALID', 'The answer names no account and no workspace.');
    const { account_id: account, workspace_id: workspace } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .readMembers */ .mo)(scope, members.authentication_scope);
    return { account: textOf(account), workspace: textOf(workspace) };
}
async function askWhereabouts(send, { host, accessToken, workspaceId }) {
    const answer = await send(() => ({
        purpose: 'Comparison of account and workspace',
        method: 'GET',
        url: new URL(`${host.origin}/api/2.0/tokens/introspect`),
        headers: {
            authorization: `Bearer ${accessToken}`,
            ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
        },
    }), WITHIN_SECONDS);
    if (answer.status !== 200)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ANSWER_INVALID', `${host.serverHostname} answered ${answer.status}.`);
    return readWhereabouts(answer);
}
async function compareWhereabouts(send, question) {
    const { host, accountId, notice } = question;
    if (accountId === undefined && host.workspaceId === undefined)
        return;
    let found;
    try {
        found = await askWhereabouts(send, question);
    }
    catch (thrown) {
        const reason = thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? `${thrown.code}: ${thrown.message}` : 'an unknown reason';
        notice(`Account and workspace of the token were not compared with those that were given (${reason}).`);
        return;
    }
    compare('account', found.account, accountId);
    compare('workspace', found.workspace, host.workspaceId);
}
function compare(of, found, given) {
    if (found === undefined || given === undefined || found.toLowerCase() === given.toLowerCase())
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_ELSEWHERE', `The new token is for the ${of} ${found}, and ${given} was given.`);
}


/***/ }),

/***/ 839:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   W2: () => (/* binding */ isTrusted),
/* harmony export */   W8: () => (/* binding */ workspaceIdIn),
/* harmony export */   WB: () => (/* binding */ isSameId),
/* harmony export */   eQ: () => (/* binding */ isId),
/* harmony export */   nW: () => (/* binding */ isDatabricksDomain),
/* harmony export */   o6: () => (/* binding */ parseHost)
/* harmony export */ });
/* unused harmony exports namesHost, checkAccountId, checkHostNeeds */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(150);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(612);



const WORKSPACE_ZONES = [
    'cloud.databricks.com',
    'cloud.databricks.us',
    'cloud.databricks.mil',
    'gcp.databricks.com',
    'azuredatabricks.net',
    'databricks.azure.us',
    'databricks.azure.cn',
    'azuredatabricks.us',
    'azuredatabricks.cn',
];
const UNIFIED_ZONE = 'databricks.com';
const isUnder = (hostname, zone) => hostname.endsWith(`.${zone}`);
const isInWorkspaceZone = (hostname) => WORKSPACE_ZONES.some((zone) => isUnder(hostname, zone));
function isDatabricksDomain(hostname) {
    return isInWorkspaceZone(hostname) || isUnder(hostname, UNIFIED_ZONE);
}
function kindOf(hostname) {
    if ((0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isLoopback */ .U9)(hostname))
        return 'workspace';
    if (isInWorkspaceZone(hostname)) {
        return /^accounts(-dod)?\./.test(hostname) ? 'account' : 'workspace';
    }
    return isUnder(hostname, UNIFIED_ZONE) ? 'unified' : 'unknown';
}
const HOSTNAME = /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])$/;
function parseUrl(text) {
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .readUrl */ .wo)(/^[a-z][a-z0-9+.-]*:[\\/]/i.test(text) ? text : `https://${text}`);
    if (url === null || !HOSTNAME.test((0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .hostnameOf */ .LZ)(url))) {
        const shown = JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(text.replace(/^.*@/s, '***@')));
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_INVALID', `host is not a URL: ${shown}.`);
    }
    if (url.username !== '' || url.password !== '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_INVALID', `host holds a user name or password; it is the URL of ${url.host} alone.`);
    }
    if (!(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isSecure */ .Ut)(url)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_INVALID', `host has to be https, and ${JSON.stringify(text)} is not.`);
    }
    return url;
}
const isId = (text) => /^[A-Za-z0-9-]{1,64}$/.test(text);
const isSameId = (one, other) => one.toLowerCase() === other.toLowerCase();
const workspaceIdIn = (name) => /^adb-(\d+)\./.exec(name)?.[1];
const isNumber = (id) => /^\d+$/.test(id);
function onlyId(of, ids) {
    const [first, ...others] = ids;
    if (first === undefined || others.every((id) => isSameId(id, first)))
        return first;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_INVALID', `host names two ${of} ids, which differ.`);
}
function idsFrom({ searchParams }, hostname) {
    const valuesOf = (...names) => {
        const values = names.flatMap((name) => searchParams.getAll(name)).filter((value) => value !== '');
        if (values.every(isId))
            return values;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_INVALID', `host has a query (${names.join(', ')}) that holds no id: letters, digits and hyphens, 64 at most.`);
    };
    const asked = onlyId('workspace', [...valuesOf('w'), ...valuesOf('o', 'workspace_id').filter(isNumber)]);
    const named = workspaceIdIn(hostname);
    if (asked !== undefined && named !== undefined)
        onlyId('workspace', [named, asked]);
    const accountId = onlyId('account', valuesOf('a', 'account_id'));
    return {
        ...(asked === undefined ? {} : { workspaceId: asked }),
        ...(accountId === undefined ? {} : { accountId }),
    };
}
function parseHost(text, allowUnknown = false) {
    const trimmed = text.trim();
    if (trimmed === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_MISSING', 'No host was given.');
    const url = parseUrl(trimmed);
    const hostname = (0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .hostnameOf */ .LZ)(url);
    const kind = kindOf(hostname);
    if (kind === 'unknown' && !allowUnknown) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_UNKNOWN', `${hostname} is not in one of Databricks' own domains.`);
    }
    const serverHostname = url.port === '' ? hostname : `${hostname}:${url.port}`;
    return {
        kind,
        origin: `${url.protocol}//${serverHostname}`,
        serverHostname,
        ...idsFrom(url, hostname),
    };
}
function namesHost(text, { origin }) {
    try {
        return parseHost(text, true).origin === origin;
    }
    catch {
        return false;
    }
}
const originOf = (url) => `${url.protocol}//${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .hostnameOf */ .LZ)(url)}${url.port === '' ? '' : `:${url.port}`}`;
function isTrusted(url, host) {
    if (!(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isSecure */ .Ut)(url) || url.username !== '' || url.password !== '' || url.hash !== '')
        return false;
    if (originOf(url) === host.origin)
        return true;
    return host.kind === 'unified' && url.protocol === 'https:' && isInWorkspaceZone((0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .hostnameOf */ .LZ)(url));
}
const isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
function checkAccountId(accountId) {
    if (accountId === undefined || isUuid(accountId))
        return;
    const found = /^\d+$/.test(accountId) ? 'a number, as workspace ids are' : 'not a UUID';
    throw new ActionError('ACCOUNT_ID_INVALID', `The account id ${printable(accountId)} is ${found}.`);
}
function checkHostNeeds({ kind, serverHostname }, accountId, audience) {
    checkAccountId(accountId);
    if (kind === 'account' && accountId === undefined) {
        throw new ActionError('ACCOUNT_ID_MISSING', `${serverHostname} is an account console and no account id is given.`);
    }
    if (kind === 'unknown' && audience === undefined) {
        throw new ActionError('AUDIENCE_MISSING', `${serverHostname} is outside Databricks' own domains.`);
    }
}


/***/ }),

/***/ 918:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ jsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(404);


function nameOf(value) {
    if (Array.isArray(value))
        return 'an array';
    return value === null ? 'null' : typeof value;
}
function jsonObject({ request: { purpose, url }, contentType, body }, members, code = 'ANSWER_INVALID') {
    const refuse = (found, serverText) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, `${purpose}: a JSON object was expected of ${url.host}, which sent ${found}.`, {
        advice: 'Something between the runner and that host may answer in its place: check host and proxy.',
        serverText,
    });
    if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
        throw contentType === '' ? refuse('no content type') : refuse('another content type', contentType);
    }
    let parsed;
    try {
        parsed = JSON.parse(body);
    }
    catch {
        throw refuse('something else');
    }
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(parsed))
        throw refuse(nameOf(parsed));
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(parsed, members);
}


/***/ }),

/***/ 126:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ isRetryable),
/* harmony export */   s: () => (/* binding */ outcomeOf)
/* harmony export */ });
const MEANINGS = new Map([
    [200, 'success'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'forbidden'],
    [404, 'missing'],
    [408, 'transient'],
    [429, 'limited'],
    [500, 'transient'],
    [502, 'transient'],
    [503, 'transient'],
    [504, 'transient'],
]);
function outcomeOf(status) {
    const known = MEANINGS.get(status);
    if (known !== undefined)
        return known;
    if (status >= 300 && status <= 399)
        return 'redirect';
    return status >= 500 ? 'broken' : 'other';
}
const isRetryable = (status) => ['transient', 'limited'].includes(outcomeOf(status));


/***/ }),

/***/ 404:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jp: () => (/* binding */ membersIn),
/* harmony export */   OW: () => (/* binding */ isJsonObject),
/* harmony export */   mo: () => (/* binding */ readMembers)
/* harmony export */ });
const isJsonObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function readMembers(value, members) {
    const names = isJsonObject(value) ? Object.keys(members).filter((name) => Object.hasOwn(value, name)) : [];
    return Object.fromEntries(names.map((name) => [name, Object(value)[name]]));
}
function membersIn(text, members) {
    try {
        return readMembers(JSON.parse(text), members);
    }
    catch {
        return {};
    }
}


/***/ }),

/***/ 78:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  logIn: () => (/* binding */ logIn)
});

// UNUSED EXPORTS: checkIdTokenPermission, dryRun

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(770);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(150);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(332);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(839);
// EXTERNAL MODULE: ./lib/src/http/json-answer.js
var json_answer = __nccwpck_require__(918);
// EXTERNAL MODULE: ./lib/src/http/status.js
var http_status = __nccwpck_require__(126);
// EXTERNAL MODULE: ./lib/src/url.js
var src_url = __nccwpck_require__(612);
// EXTERNAL MODULE: ./lib/src/federation/account-in-path.js
var account_in_path = __nccwpck_require__(100);
;// CONCATENATED MODULE: ./lib/src/federation/discovery.js








const SERVER_METADATA = { issuer: true, token_endpoint: true };
const UNREADABLE_CODES = ['SERVER_UNAVAILABLE', 'NETWORK_FAILED', 'TIMED_OUT'];
function documentReader(send, withinSeconds) {
    const endsAt = (0,time/* msAfter */.HD)((0,time/* elapsedMs */.d5)(), withinSeconds * 1000);
    return async (purpose, url, members) => {
        const secondsLeft = (0,time/* msUntil */.nc)(endsAt, (0,time/* elapsedMs */.d5)()) / 1000;
        const answer = await send(() => ({ purpose, method: 'GET', url }), secondsLeft).catch((thrown) => {
            if (!(thrown instanceof errors/* ActionError */.lZ) || !UNREADABLE_CODES.includes(thrown.code))
                throw thrown;
            return thrown;
        });
        if (answer instanceof errors/* ActionError */.lZ)
            return { failure: answer };
        const { status, body: serverText } = answer;
        const meaning = (0,http_status/* outcomeOf */.s)(status);
        if (meaning === 'success')
            return { document: (0,json_answer/* jsonObject */.o)(answer, members, 'METADATA_INVALID') };
        if (meaning === 'missing' || meaning === 'broken') {
            const happened = `${purpose}: ${url.host} answered ${status} at ${url.pathname}.`;
            return { failure: new errors/* ActionError */.lZ('METADATA_REFUSED', happened, { serverText }) };
        }
        const happened = `${purpose}: 200 was expected of ${url.host}, which answered ${status}.`;
        throw new errors/* ActionError */.lZ('METADATA_REFUSED', happened, { serverText });
    };
}
const noIssuer = (expected) => `The metadata of ${expected} names no issuer`;
function checkIssuer({ issuer }, expected, warning) {
    if (typeof issuer !== 'string')
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `${noIssuer(expected)}.`);
    if (issuer === expected)
        return;
    const found = `The metadata that ${expected} publishes names another issuer`;
    const url = (0,src_url/* readUrl */.wo)(issuer);
    if (url === null || url.protocol !== 'https:' || !(0,src_host/* isDatabricksDomain */.nW)((0,src_url/* hostnameOf */.LZ)(url))) {
        throw new errors/* ActionError */.lZ('METADATA_UNTRUSTED', `${found}, outside Databricks' domains.`, {
            serverText: issuer,
        });
    }
    warning(`${found}: ${url.href}`);
}
function checkWithoutIssuer(tokenEndpoint, host, expected, notice) {
    if (host.kind === 'unknown' || tokenEndpoint.origin !== host.origin) {
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `${noIssuer(expected)}.`);
    }
    notice(`${noIssuer(expected)}; going on, since its token endpoint is on that host.`);
}
function checkTokenEndpoint({ token_endpoint }, host) {
    const url = typeof token_endpoint === 'string' ? (0,src_url/* readUrl */.wo)(token_endpoint) : null;
    if (url === null || url.pathname.includes('%7B')) {
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `The metadata of ${host.origin} names no token endpoint that is a URL.`);
    }
    if (!(0,src_host/* isTrusted */.W2)(url, host)) {
        const place = (0,src_text/* printable */.g$)(`${url.protocol}//${url.host}`);
        throw new errors/* ActionError */.lZ('METADATA_UNTRUSTED', `The metadata of ${host.origin} names a token endpoint at ${place}, which is not that host.`);
    }
    return (0,src_url/* withoutTrailingDot */.Ac)(url);
}
function expectedServer({ kind, origin, serverHostname }, accountId) {
    if (kind !== 'account')
        return `${origin}/oidc`;
    if (accountId !== undefined)
        return `${origin}/oidc/accounts/${accountId}`;
    throw new errors/* ActionError */.lZ('ACCOUNT_ID_MISSING', `A token for ${serverHostname} is made for one account.`);
}
const fixedTokenEndpoint = (server) => new URL(`${server}/v1/token`);
async function discover(send, { host, accountId, withinSeconds, notice, warning }) {
    const read = documentReader(send, withinSeconds);
    const isUnified = host.kind === 'unified';
    async function readUnified() {
        const { HOST_CONFIG, readHostConfig } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 304));
        const url = new URL(`${host.origin}/.well-known/databricks-config`);
        const config = await read('Host configuration', url, HOST_CONFIG);
        if ('failure' in config)
            throw config.failure;
        return readHostConfig(config.document, host, accountId);
    }
    const { server, ...told } = isUnified ? await readUnified() : { server: expectedServer(host, accountId) };
    const purpose = 'Authorization server metadata';
    const url = new URL(`${server}/.well-known/oauth-authorization-server`);
    const reading = await read(purpose, url, SERVER_METADATA);
    if ('failure' in reading) {
        if (isUnified)
            throw reading.failure;
        const tokenEndpoint = fixedTokenEndpoint(server);
        warning(reading.failure.message);
        warning(`${purpose} could not be read; going on with the fixed token endpoint ${tokenEndpoint.href}`);
        return { tokenEndpoint };
    }
    const { document } = reading;
    const namesIssuer = document.issuer !== undefined;
    if (namesIssuer)
        checkIssuer(document, server, warning);
    const tokenEndpoint = checkTokenEndpoint(document, host);
    if (!namesIssuer)
        checkWithoutIssuer(tokenEndpoint, host, server, notice);
    (0,account_in_path/* checkAccountIn */.h)(tokenEndpoint, accountId, `The token endpoint of ${host.origin}`);
    return { ...told, tokenEndpoint };
}

;// CONCATENATED MODULE: ./lib/src/federation/audience.js

function candidateAudiences({ host, accountId, audience, likelyAudience }, metadata) {
    if (audience !== undefined)
        return [audience];
    const published = host.kind === 'unified' ? metadata.defaultAudience : undefined;
    const candidates = [likelyAudience, published, accountId, metadata.tokenEndpoint.href];
    return [...new Set(candidates.filter((candidate) => candidate !== undefined))];
}
function predictedAudience({ host, accountId, audience, likelyAudience }) {
    if (audience !== undefined)
        return audience;
    if (likelyAudience !== undefined)
        return likelyAudience;
    if (host.kind === 'unified')
        return undefined;
    return accountId ?? fixedTokenEndpoint(expectedServer(host, accountId)).href;
}

// EXTERNAL MODULE: ./lib/src/json.js
var json = __nccwpck_require__(404);
// EXTERNAL MODULE: ./lib/src/federation/issuer.js
var federation_issuer = __nccwpck_require__(828);
;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/lib/buffer_utils.js
const buffer_utils_encoder = new TextEncoder(), decoder = new TextDecoder(), buffer_utils_strictDecoder = new TextDecoder("utf-8", { fatal: !0 }), UINT32_RANGE = (/* unused pure expression or super */ null && (2 ** 32));
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
function writeUInt32BE(buf, value, offset) {
  if (value < 0 || value >= UINT32_RANGE)
    throw new RangeError(`value must be >= 0 and <= ${UINT32_RANGE - 1}. Received ${value}`);
  buf.set([value >>> 24, value >>> 16, value >>> 8, value & 255], offset);
}
function uint64be(value) {
  const high = Math.floor(value / UINT32_RANGE), low = value % UINT32_RANGE, buf = new Uint8Array(8);
  return writeUInt32BE(buf, high, 0), writeUInt32BE(buf, low, 4), buf;
}
function uint32be(value) {
  const buf = new Uint8Array(4);
  return writeUInt32BE(buf, value), buf;
}
const NON_ASCII = /[^\x00-\x7f]/;
function buffer_utils_encode(string) {
  if (typeof string == "string" && string.length >= 128) {
    if (NON_ASCII.test(string))
      throw new TypeError("non-ASCII string encountered in encode()");
    return buffer_utils_encoder.encode(string);
  }
  const bytes = new Uint8Array(string.length);
  for (let i = 0; i < string.length; i++) {
    const code = string.charCodeAt(i);
    if (code > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes[i] = code;
  }
  return bytes;
}
function buffer_utils_encodeBase64(input, url = !1) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = !1) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
  if (url) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes[i] = binary.charCodeAt(i);
  return bytes;
}
async function digest(algorithm, data) {
  const subtleDigest = `SHA-${algorithm.slice(-3)}`;
  return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/base64url.js

const invalid = "The input to be decoded is not correctly encoded.";
function base64url_decode(input) {
  try {
    return decodeBase64(typeof input == "string" ? input : decoder.decode(input), !0);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function base64url_encode(input) {
  return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, !0);
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/lib/validate.js



function assertUint8Array(input, label) {
  if (!(input instanceof Uint8Array))
    throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function isObject(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return !1;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
  return isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(isObject);
}
function isDisjoint(...headers) {
  const parameters = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters.has(parameter))
          return !1;
        parameters.add(parameter);
      }
  return !0;
}
function assertNotSet(value, name) {
  if (value !== void 0)
    throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
  try {
    return decode(value);
  } catch (cause) {
    throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
  }
}
function encodeAsciiMember(value, label, ErrorClass) {
  try {
    return encode(value);
  } catch (cause) {
    throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
  }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message) {
  let parsed;
  try {
    parsed = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
  } catch (cause) {
    throw new ErrorClass(message, { cause });
  }
  if (!isObject(parsed))
    throw new ErrorClass(message);
  return parsed;
}
const JWS_RECOGNIZED = { __proto__: null, b64: !0 }, JWE_RECOGNIZED = { __proto__: null };
function validateAlgorithms(option, algorithms) {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
    throw new TypeError(`"${option}" option must be an array of strings`);
  return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return !0;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed;
  try {
    serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!isObject(parsed))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed, serialized];
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/errors.js
class JOSEError extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message, options) {
    super(message, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
}
class JWTClaimValidationFailed extends JOSEError {
  static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JWTExpired extends JOSEError {
  static code = "ERR_JWT_EXPIRED";
  code = "ERR_JWT_EXPIRED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JOSEAlgNotAllowed extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JOSE_ALG_NOT_ALLOWED"));
  code = "ERR_JOSE_ALG_NOT_ALLOWED";
}
class errors_JOSENotSupported extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JOSE_NOT_SUPPORTED"));
  code = "ERR_JOSE_NOT_SUPPORTED";
}
class JWEDecryptionFailed extends JOSEError {
  static code = "ERR_JWE_DECRYPTION_FAILED";
  code = "ERR_JWE_DECRYPTION_FAILED";
  constructor(message = "decryption operation failed", options) {
    super(message, options);
  }
}
class JWEInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWE_INVALID"));
  code = "ERR_JWE_INVALID";
}
class errors_JWSInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWS_INVALID"));
  code = "ERR_JWS_INVALID";
}
class JWTInvalid extends JOSEError {
  static code = "ERR_JWT_INVALID";
  code = "ERR_JWT_INVALID";
}
class JWKInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWK_INVALID"));
  code = "ERR_JWK_INVALID";
}
class JWKSInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWKS_INVALID"));
  code = "ERR_JWKS_INVALID";
}
class JWKSNoMatchingKey extends JOSEError {
  static code = "ERR_JWKS_NO_MATCHING_KEY";
  code = "ERR_JWKS_NO_MATCHING_KEY";
  constructor(message = "no applicable key found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSMultipleMatchingKeys extends JOSEError {
  [Symbol.asyncIterator] = async function* () {
  };
  static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  constructor(message = "multiple matching keys found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSTimeout extends JOSEError {
  static code = "ERR_JWKS_TIMEOUT";
  code = "ERR_JWKS_TIMEOUT";
  constructor(message = "request timed out", options) {
    super(message, options);
  }
}
class JWSSignatureVerificationFailed extends JOSEError {
  static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  constructor(message = "signature verification failed", options) {
    super(message, options);
  }
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/decode_jwt.js




function decodeJwt(jwt) {
  if (typeof jwt != "string")
    throw new JWTInvalid("JWTs must use Compact JWS serialization, JWT must be a string");
  const { 1: encodedPayload, length } = jwt.split(".");
  if (length === 5)
    throw new JWTInvalid("Only JWTs using Compact JWS serialization can be decoded");
  if (length !== 3)
    throw new JWTInvalid("Invalid JWT");
  if (!encodedPayload)
    throw new JWTInvalid("JWTs must contain a payload");
  let claimsSetBytes;
  try {
    claimsSetBytes = base64url_decode(encodedPayload);
  } catch (cause) {
    throw new JWTInvalid("Failed to base64url decode the payload", { cause });
  }
  let claimsSet;
  try {
    claimsSet = JSON.parse(buffer_utils_strictDecoder.decode(claimsSetBytes));
  } catch (cause) {
    throw new JWTInvalid("Failed to parse the decoded payload as JSON", { cause });
  }
  if (!isObject(claimsSet))
    throw new JWTInvalid("Invalid JWT Claims Set");
  return claimsSet;
}


;// CONCATENATED MODULE: ./lib/src/federation/disclosed-claims.js
const TEXTS = {
    iss: true,
    sub: true,
    repository: true,
    repository_owner: true,
    repository_id: true,
    repository_owner_id: true,
    environment: true,
    event_name: true,
    ref: true,
    ref_type: true,
    job_workflow_ref: true,
    workflow_ref: true,
};
const SUBJECT_CLAIMS = { ...TEXTS, aud: true, exp: true, nbf: true };
function disclosedClaimsOf(claims) {
    const texts = Object.keys(TEXTS).flatMap((name) => {
        const claim = claims[name];
        return typeof claim === 'string' && claim !== '' ? [[name, claim]] : [];
    });
    const { aud, exp } = claims;
    return {
        ...Object.fromEntries(texts),
        aud: [aud].flat().filter((entry) => typeof entry === 'string'),
        exp: typeof exp === 'number' ? exp : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/subject-token.js






const CLOCK_TOLERANCE_SECONDS = 60;
function subject_token_decode(token) {
    if (/^dapi[0-9a-f]/i.test(token)) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token is a personal access token of Databricks, which is not exchanged.', { advice: 'Remove subject_token to log in with the ID token of GitHub, and delete the stored secret.' });
    }
    try {
        if (!/^[\w.=-]+$/.test(token))
            throw new TypeError('not of the characters of a JWT');
        return (0,json/* readMembers */.mo)(decodeJwt(token), SUBJECT_CLAIMS);
    }
    catch (cause) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token is not a JWT.', { cause });
    }
}
function subject_token_readSubjectToken(jwt, now) {
    const all = subject_token_decode(jwt);
    const { iss, sub, exp, nbf } = all;
    if (typeof iss !== 'string' || iss === '') {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token names no issuer (claim iss).');
    }
    if (!(0,time/* isTime */.K8)(exp)) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', `The subject token of ${(0,src_text/* printable */.g$)(iss)} has no expiry in seconds since 1970 (claim exp).`);
    }
    if ((0,time/* secondsUntil */.Ch)(exp, now) <= 0) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_EXPIRED', `The subject token of ${(0,src_text/* printable */.g$)(iss)} expired at ${(0,time/* formatTime */.fU)(exp)}.`);
    }
    if ((0,time/* isTime */.K8)(nbf) && (0,time/* secondsUntil */.Ch)(nbf, now) > CLOCK_TOLERANCE_SECONDS) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_NOT_YET_VALID', `The subject token of ${(0,src_text/* printable */.g$)(iss)} is valid from ${(0,time/* formatTime */.fU)(nbf)} on; here it is ${(0,time/* formatTime */.fU)(now)}.`);
    }
    return {
        jwt,
        disclosedClaims: disclosedClaimsOf(all),
        claims: { issuer: iss, subject: typeof sub === 'string' ? sub : undefined, expiresAt: exp },
    };
}
const ACCESS_CLAIMS = { iss: true, sub: true, exp: true };
function peekAccessToken(token) {
    try {
        const { iss, sub, exp } = (0,json/* readMembers */.mo)(decodeJwt(token), ACCESS_CLAIMS);
        return {
            ...(typeof iss === 'string' ? { issuer: iss } : {}),
            ...(typeof sub === 'string' ? { subject: sub } : {}),
            ...((0,time/* isTime */.K8)(exp) ? { expiresAt: exp } : {}),
        };
    }
    catch {
        return {};
    }
}
const RENEW_BELOW_SECONDS = 60;
function renewedSubjectTokens(request, now) {
    const kept = new Map();
    return async (audience) => {
        const known = kept.get(audience);
        if (known !== undefined && (0,time/* secondsUntil */.Ch)(known.claims.expiresAt, now()) >= RENEW_BELOW_SECONDS)
            return known;
        const token = subject_token_readSubjectToken(await request(audience), now());
        kept.set(audience, token);
        return token;
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/access-token.js




const TOKEN_ANSWER = { access_token: true, token_type: true, expires_in: true, scope: true };
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const SCOPES = /^[\w.:/ -]*$/;
const MIN_TOKEN_LENGTH = 10;
const MAX_TOKEN_LENGTH = 16_384;
const access_token_invalid = (found) => new errors/* ActionError */.lZ('EXCHANGE_INVALID', `The answer to the token exchange ${found}.`);
function lifetime(expiresIn) {
    if (expiresIn === undefined)
        return undefined;
    const numeric = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn));
    const seconds = numeric ? Number(expiresIn) : Number.NaN;
    if (!Number.isFinite(seconds) || seconds <= 0)
        throw access_token_invalid('has an expires_in that is not a positive number');
    return seconds;
}
function isOfSubjectIssuer(accessToken, { jwt, claims }) {
    if (accessToken === jwt)
        return true;
    const { issuer } = peekAccessToken(accessToken);
    if (issuer === undefined)
        return false;
    return (0,federation_issuer/* isGitHub */.Wz)(issuer) || (issuer === claims.issuer && (0,federation_issuer/* identityProvider */.K$)(issuer) !== 'databricks');
}
function readToken({ access_token }, { sent, mask }) {
    if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH)
        throw access_token_invalid('holds no access_token');
    mask(access_token);
    if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
        throw access_token_invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)');
    }
    if (isOfSubjectIssuer(access_token, sent))
        throw access_token_invalid('holds a token of whoever issued the subject token');
    return access_token;
}
function readAccessToken(document, options) {
    const accessToken = readToken(document, options);
    const { token_type, expires_in, scope = options.scope } = document;
    if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
        throw access_token_invalid('has a token_type other than Bearer');
    }
    if (typeof scope !== 'string' || !SCOPES.test(scope))
        throw access_token_invalid('has a scope that is not a list of scopes');
    const { now, sent } = options;
    const seconds = lifetime(expires_in);
    const own = peekAccessToken(accessToken).expiresAt;
    const told = seconds === undefined ? undefined : Math.min((0,time/* secondsAfter */._I)(now, seconds), time/* LAST_TIME */.zq);
    const known = [own, told].filter((time) => time !== undefined);
    const expiresAt = Math.floor(known.length > 0 ? Math.min(...known) : sent.claims.expiresAt);
    const left = (0,time/* secondsUntil */.Ch)(expiresAt, now);
    if (left <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* ActionError */.lZ('TOKEN_TOO_SHORT', `The access token ends at ${(0,time/* formatTime */.fU)(expiresAt)}, in ${Math.floor(left)} s; ${time/* UNUSABLE_SECONDS */.i} s are too few to use it.`);
    }
    return { accessToken, expiresAt, scope };
}

// EXTERNAL MODULE: ./lib/src/federation/exchange-refused.js
var exchange_refused = __nccwpck_require__(979);
;// CONCATENATED MODULE: ./lib/src/federation/exchange.js






const TOKEN_ERROR = { error: true, error_description: true, error_id: true };
function exchange_form({ clientId, groupId, scope }, { jwt }) {
    return new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: jwt,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        scope,
        ...(clientId === undefined ? {} : { client_id: clientId }),
        ...(groupId === undefined ? {} : { assume_group: groupId }),
    }).toString();
}
const REFUSAL_CODES = {
    refused: 'EXCHANGE_REFUSED',
    forbidden: 'EXCHANGE_FORBIDDEN',
    missing: 'EXCHANGE_NOT_FOUND',
};
function oauthError({ body }) {
    const { error, error_description, error_id } = (0,json/* membersIn */.Jp)(body, TOKEN_ERROR);
    const parts = [error, error_description, error_id].filter((part) => typeof part === 'string');
    return { error: typeof error === 'string' ? error : undefined, text: parts.join(': ') || body };
}
function refusal(answer) {
    const { request, status } = answer;
    const code = REFUSAL_CODES[(0,http_status/* outcomeOf */.s)(status)] ?? 'EXCHANGE_INVALID';
    const { error, text } = oauthError(answer);
    const serverText = status < 400 ? undefined : text;
    const happened = `${request.purpose}: ${request.url.host} answered ${status}`;
    if (code === 'EXCHANGE_REFUSED') {
        const refused = { claims: request.sent.disclosedClaims, status, error };
        return new exchange_refused/* ExchangeRefused */.a(`${happened}.`, { serverText, refused: [refused] });
    }
    const details = {
        EXCHANGE_NOT_FOUND: ` at ${request.url.pathname}.`,
        EXCHANGE_INVALID: ', which is no answer to an exchange.',
    };
    return new errors/* ActionError */.lZ(code, happened + (details[code] ?? '.'), { serverText });
}
async function exchange(send, options) {
    const answer = await send(async () => {
        const sent = await options.nextSubjectToken();
        return {
            purpose: 'Token exchange',
            method: 'POST',
            url: options.tokenEndpoint,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: exchange_form(options, sent),
            sent,
        };
    });
    if ((0,http_status/* outcomeOf */.s)(answer.status) !== 'success')
        throw refusal(answer);
    const { sent } = answer.request;
    const { scope, mask, now } = options;
    return {
        issued: readAccessToken((0,json_answer/* jsonObject */.o)(answer, TOKEN_ANSWER, 'EXCHANGE_INVALID'), { sent, scope, mask, now: now() }),
        sent,
    };
}
async function exchangeInTurn(send, options) {
    const { candidates, tokenFor, info, notice } = options;
    const refused = [];
    for (const [index, audience] of candidates.entries()) {
        try {
            const nextSubjectToken = () => tokenFor(audience);
            const exchanged = await exchange(send, { ...options, nextSubjectToken });
            if (index > 0)
                notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`);
            return { ...exchanged, audience };
        }
        catch (thrown) {
            if (!(thrown instanceof exchange_refused/* ExchangeRefused */.a))
                throw thrown;
            refused.push(...thrown.refused);
            if (index === candidates.length - 1) {
                const { message, serverText } = thrown;
                throw new exchange_refused/* ExchangeRefused */.a(message, { serverText, refused, publishedAccountId: options.publishedAccountId });
            }
            info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`);
        }
    }
    throw new errors/* ActionError */.lZ('UNEXPECTED', 'There is no audience to ask for.');
}

;// CONCATENATED MODULE: ./lib/src/federation/federate.js








const loginOf = (host, { claims }, discovered) => ({
    host,
    workspaceId: host.workspaceId ?? discovered?.workspaceId,
    identityProvider: (0,federation_issuer/* identityProvider */.K$)(claims.issuer),
    subject: claims.subject,
});
function useAsItIs(token, { host, scope }, now, discovered) {
    const { jwt: accessToken, claims } = token;
    if ((0,time/* secondsUntil */.Ch)(claims.expiresAt, now) <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* ActionError */.lZ('TOKEN_TOO_SHORT', `The subject token ends at ${(0,time/* formatTime */.fU)(claims.expiresAt)}.`);
    }
    const expiresAt = Math.floor(claims.expiresAt);
    return { ...loginOf(host, token, discovered), accessToken, expiresAt, scope, exchanged: false };
}
const discoverFor = (options, { send, notice, warning }) => discover(send, {
    host: options.host,
    accountId: options.accountId,
    withinSeconds: options.timeoutSeconds / 2,
    notice,
    warning,
});
async function federateWithRunner(options, effects) {
    const { send, requestIdToken, mask, info, notice, now } = effects;
    const { clientId, groupId, scope } = options;
    const tokenFor = renewedSubjectTokens(requestIdToken, now);
    const predicted = predictedAudience(options);
    const [discovered] = await Promise.all([
        discoverFor(options, effects),
        predicted === undefined ? undefined : tokenFor(predicted),
    ]);
    const { issued, sent, audience } = await exchangeInTurn(send, {
        candidates: candidateAudiences(options, discovered),
        tokenFor,
        tokenEndpoint: discovered.tokenEndpoint,
        clientId,
        groupId,
        scope,
        publishedAccountId: discovered.accountId,
        mask,
        info,
        notice,
        now,
    });
    return { ...loginOf(options.host, sent, discovered), ...issued, exchanged: true, audience };
}
const mayFallBack = (thrown, { onExchangeFailure }) => onExchangeFailure === 'use_subject_token' &&
    thrown instanceof errors/* ActionError */.lZ &&
    ['EXCHANGE_REFUSED', 'EXCHANGE_NOT_FOUND'].includes(thrown.code);
async function federateWithGiven(jwt, options, effects) {
    const { send, mask, now, warning, info } = effects;
    const { host, clientId, groupId, scope } = options;
    const token = subject_token_readSubjectToken(jwt, now());
    const issuer = (0,src_text/* printable */.g$)(token.claims.issuer);
    const mayBeResult = groupId === undefined && !(0,federation_issuer/* isGitHub */.Wz)(token.claims.issuer);
    const isOwn = (0,federation_issuer/* isSameIssuer */.EZ)(token.claims.issuer, host);
    if (mayBeResult && isOwn) {
        info(`The subject token was issued by ${host.serverHostname} itself and is used as it is.`);
        return useAsItIs(token, options, now());
    }
    if (!isOwn && (0,federation_issuer/* identityProvider */.K$)(token.claims.issuer) === 'databricks') {
        warning(`The subject token is a Databricks token of ${issuer}, not of ${host.origin}.`);
    }
    const discovered = await discoverFor(options, effects);
    const nextSubjectToken = () => Promise.resolve(token);
    try {
        const { tokenEndpoint } = discovered;
        const { issued } = await exchange(send, { tokenEndpoint, clientId, groupId, scope, nextSubjectToken, mask, now });
        return { ...loginOf(host, token, discovered), ...issued, exchanged: true };
    }
    catch (thrown) {
        if (!mayBeResult || !mayFallBack(thrown, options))
            throw thrown;
        warning(`${thrown.message}\nThe original token of ${issuer} is handed on, as on_exchange_failure asks.`);
        return useAsItIs(token, options, now(), discovered);
    }
}
function federate(options, effects) {
    const { subjectToken } = options;
    return subjectToken === undefined
        ? federateWithRunner(options, effects)
        : federateWithGiven(subjectToken, options, effects);
}

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = require("node:string_decoder");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/proxy.js
var proxy = __nccwpck_require__(783);
;// CONCATENATED MODULE: ./lib/src/http/proxy.js


const variablesFor = ({ protocol }) => protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
function proxyFor(url) {
    try {
        return (0,proxy/* getProxyUrl */.s)(url);
    }
    catch {
        return undefined;
    }
}
function isUsable(url) {
    const protocol = proxyFor(url)?.protocol;
    return protocol === 'http:' || protocol === 'https:';
}
const hasProxy = (url) => Boolean(proxyFor(url)?.hostname);
const proxyNameFor = (url) => `the proxy ${proxyFor(url)?.host ?? ''}`.trim();
function checkProxy({ purpose, url }) {
    const variable = variablesFor(url).find((name) => process.env[name]);
    if (variable === undefined || (0,proxy/* checkBypass */.H)(url) || isUsable(url))
        return;
    throw new errors/* ActionError */.lZ('PROXY_FAILED', `${purpose}: ${variable} is not the URL of a proxy.`, {
        advice: 'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
    });
}

;// CONCATENATED MODULE: ./lib/src/http/client.js



const isTunnelAgent = (agent) => 'proxyOptions' in agent;
const isSecured = ({ protocol }) => protocol === 'https:';
const requestFor = (url) => (isSecured(url) ? external_node_https_namespaceObject.request : external_node_http_.request);
const openAgent = (url) => isSecured(url) ? new external_node_https_namespaceObject.Agent({ keepAlive: true }) : new external_node_http_.Agent({ keepAlive: true });
async function openTunnelAgent({ href }) {
    const { HttpClient } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 357));
    return new HttpClient('', [], { keepAlive: true }).getAgent(href);
}
function openClient(userAgent) {
    const agents = new Map();
    return {
        userAgent,
        agentFor: async (request) => {
            checkProxy(request);
            const { url } = request;
            const agent = agents.get(url.origin) ?? (hasProxy(url) ? await openTunnelAgent(url) : openAgent(url));
            agents.set(url.origin, agent);
            return agent;
        },
        close: () => {
            for (const agent of agents.values())
                if (!isTunnelAgent(agent))
                    agent.destroy();
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/http/fault.js



class Fault extends Error {
    failure;
    transient;
    status;
    limited;
    retryAfterMs;
    constructor(failure, { transient, status, limited = false, retryAfterMs = 0 }) {
        super(failure.message);
        this.name = 'Fault';
        this.failure = failure;
        this.transient = transient;
        this.status = status;
        this.limited = limited;
        this.retryAfterMs = retryAfterMs;
    }
}
const TRANSIENT_CODES = new Set([
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EAI_AGAIN',
    'ERR_STREAM_PREMATURE_CLOSE',
]);
const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO|CRL_|ERROR_IN_|PATH_LENGTH_|INVALID_PURPOSE)/;
const PERMANENT = { transient: false };
const proxyAnswer = (status) => status === '407' ? 'answered 407: it wants credentials' : `answered ${status}`;
function proxyFault(message, { purpose, url }) {
    if (!/^(tunneling socket could not|got illegal response body from proxy)/.test(message))
        return undefined;
    const proxy = `${proxyNameFor(url)}, on the way to ${url.host}`;
    if (/cause=.*(certificate|altnames)/i.test(message)) {
        return new Fault(new errors/* ActionError */.lZ('TLS_FAILED', `${purpose}: no secure connection to ${proxy}.`), PERMANENT);
    }
    const status = /statusCode=(\d{3})/.exec(message)?.[1];
    const code = /cause=.*?\b(E[A-Z]{2,}(?:_[A-Z]+)*)\b/.exec(message)?.[1] ?? 'no code';
    const answer = status === undefined ? `cannot be reached or broke off (${code})` : proxyAnswer(status);
    const transient = status === undefined || (0,http_status/* isRetryable */.r)(Number(status));
    return new Fault(new errors/* ActionError */.lZ('PROXY_FAILED', `${purpose}: ${proxy}, ${answer}.`), { transient });
}
function faultOf(thrown, request, lateAfterMs) {
    if (thrown instanceof Fault)
        return thrown;
    if (thrown instanceof errors/* ActionError */.lZ)
        return new Fault(thrown, PERMANENT);
    const { purpose, url } = request;
    if (lateAfterMs !== undefined) {
        const seconds = (lateAfterMs / 1000).toFixed(1);
        const failure = new errors/* ActionError */.lZ('TIMED_OUT', `${purpose}: no whole answer of ${url.host} within ${seconds} s.`);
        return new Fault(failure, { transient: true });
    }
    const fault = proxyFault(thrown instanceof Error ? thrown.message : '', request);
    if (fault !== undefined)
        return fault;
    const code = (0,errors/* systemCode */.xU)(thrown) || 'without a code';
    if (TLS_CODE.test(code)) {
        return new Fault(new errors/* ActionError */.lZ('TLS_FAILED', `${purpose}: no secure connection to ${url.host} (${code}).`), PERMANENT);
    }
    if (code === 'ENOTFOUND') {
        return new Fault(new errors/* ActionError */.lZ('HOST_NOT_FOUND', `${purpose}: there is no ${url.hostname} (${code}).`), PERMANENT);
    }
    if (code.startsWith('HPE_')) {
        const failure = new errors/* ActionError */.lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is not HTTP (${code}).`);
        return new Fault(failure, PERMANENT);
    }
    const failure = new errors/* ActionError */.lZ('NETWORK_FAILED', `${purpose}: no answer of ${url.host} (${code}).`);
    return new Fault(failure, { transient: TRANSIENT_CODES.has(code) });
}

;// CONCATENATED MODULE: ./lib/src/http/attempt.js







function prepareTunnel(agent, signal) {
    const { proxyAuth, ...proxy } = agent.proxyOptions;
    agent.proxyOptions = { ...proxy, signal };
    if (proxyAuth === undefined)
        return;
    const connect = agent.request;
    const credentials = { 'proxy-authorization': `Basic ${Buffer.from(proxyAuth).toString('base64')}` };
    agent.request = (options) => connect({ ...options, headers: { ...options.headers, ...credentials } });
}
function watchSocket(request, sending) {
    request.once('socket', (socket) => {
        const isSecured = socket instanceof external_node_tls_namespaceObject.TLSSocket;
        if (request.reusedSocket || !(isSecured || socket.connecting))
            sending();
        else
            socket.once(isSecured ? 'secureConnect' : 'connect', sending);
    });
}
const MIB = 1024 * 1024;
function refuseCompressed({ headers }, { purpose, url }) {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() === 'identity')
        return;
    throw new errors/* ActionError */.lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is compressed, unasked.`);
}
async function readBody(message, request) {
    const { purpose, url, maxBodyBytes = MIB } = request;
    refuseCompressed(message, request);
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    let text = '';
    let size = 0;
    for await (const chunk of message) {
        size += chunk.length;
        if (size > maxBodyBytes) {
            const limit = `${maxBodyBytes / MIB} MiB`;
            throw new errors/* ActionError */.lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is larger than ${limit}.`);
        }
        text += decoder.write(chunk);
    }
    return text + decoder.end();
}
function redirected(status, { headers }, { purpose, url }) {
    const target = (headers.location && URL.parse(headers.location, url.href)?.hostname) || 'nowhere readable';
    return new errors/* ActionError */.lZ('REDIRECTED', `${purpose}: ${url.host} answered ${status}, a redirect to ${(0,src_text/* printable */.g$)(target)}. It was not followed.`);
}
function parseRetryAfter(header, now) {
    if (header === undefined)
        return undefined;
    if (/^\s*\d+\s*$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
async function unavailable(status, message, request) {
    const serverText = await readBody(message, request).catch(() => undefined);
    const happened = `${request.purpose}: ${request.url.host} answered ${status}.`;
    return new Fault(new errors/* ActionError */.lZ('SERVER_UNAVAILABLE', happened, { serverText }), {
        transient: true,
        status,
        limited: (0,http_status/* outcomeOf */.s)(status) === 'limited',
        retryAfterMs: parseRetryAfter(message.headers['retry-after'], Date.now()),
    });
}
function optionsOf({ method, url, headers, body }, { userAgent }) {
    return {
        method,
        host: url.hostname.replace(/[[\]]/g, ''),
        port: url.port || (url.protocol === 'https:' ? 443 : 80),
        path: url.pathname + url.search,
        headers: {
            accept: 'application/json',
            ...headers,
            'user-agent': userAgent,
            ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
        },
    };
}
async function sendMessage(client, request, { signal, sending }) {
    const agent = await client.agentFor(request);
    if (isTunnelAgent(agent))
        prepareTunnel(agent, signal);
    const options = { ...optionsOf(request, client), agent, signal };
    const message = await new Promise((resolve, reject) => {
        const sent = requestFor(request.url)(options, resolve);
        sent.on('error', reject);
        watchSocket(sent, sending);
        sent.end(request.body);
    });
    const { statusCode: status = 0 } = message;
    return { message, status };
}
async function exchangeMessages(client, request, effects) {
    const { message, status } = await sendMessage(client, request, effects);
    try {
        if ((0,http_status/* outcomeOf */.s)(status) === 'redirect')
            throw redirected(status, message, request);
        if ((0,http_status/* isRetryable */.r)(status))
            throw await unavailable(status, message, request);
        const { 'content-type': contentType = '', date } = message.headers;
        return { request, status, contentType, date, body: await readBody(message, request) };
    }
    finally {
        message.destroy();
    }
}
async function attempt(client, request, effects) {
    return unlessAborted(effects, () => exchangeMessages(client, request, effects));
}
function unlessAborted({ signal }, work) {
    signal.throwIfAborted();
    const aborted = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
    });
    return Promise.race([aborted, work()]);
}
async function attemptToOpen(client, request, effects) {
    return unlessAborted(effects, async () => {
        const { message, status } = await sendMessage(client, request, effects);
        try {
            if (outcomeOf(status) === 'redirect')
                throw redirected(status, message, request);
            refuseCompressed(message, request);
            return { message, status };
        }
        catch (thrown) {
            message.destroy();
            throw thrown;
        }
    });
}

;// CONCATENATED MODULE: ./lib/src/http/clock.js

const realClock = {
    now: time/* elapsedMs */.d5,
    after: (ms, then) => {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
    },
    pause: (ms, signal) => new Promise((resolve) => {
        if (signal.aborted)
            return resolve();
        const timer = setTimeout(end, ms);
        signal.addEventListener('abort', end);
        function end() {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            resolve();
        }
    }),
};

;// CONCATENATED MODULE: ./lib/src/http/retry.js



const MAX_FAULTS = 4;
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 10_000;
const REQUEST_MS = 5000;
const inSeconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
function outOfTime({ failure, retryAfterMs }, timeLeftMs) {
    if (retryAfterMs < timeLeftMs)
        return failure;
    const { code, message, advice, serverText } = failure;
    const wish = `It asks to wait ${inSeconds(retryAfterMs)}, longer than the time that is left.`;
    return new errors/* ActionError */.lZ(code, `${message} ${wish}`, { advice, serverText, cause: failure });
}
function waitFor(retryAfterMs, tries, timeLeftMs, random) {
    const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
    if (retryAfterMs === 0)
        return random * backoffMs;
    const roomMs = Math.max(0, timeLeftMs - retryAfterMs - REQUEST_MS);
    return retryAfterMs + random * Math.min(Math.max(backoffMs, retryAfterMs), roomMs);
}
async function withRetries(attempt, { lastMoment, now, random, pause, info }) {
    for (let tries = 1, faults = 0;; tries++) {
        try {
            return await attempt(tries);
        }
        catch (thrown) {
            if (!(thrown instanceof Fault))
                throw thrown;
            const { failure, transient, limited, retryAfterMs } = thrown;
            faults += limited ? 0 : 1;
            if (!transient || faults >= MAX_FAULTS)
                throw failure;
            const timeLeftMs = (0,time/* msUntil */.nc)(lastMoment, now());
            const waitMs = waitFor(retryAfterMs, tries, timeLeftMs, random());
            if (waitMs >= timeLeftMs)
                throw outOfTime(thrown, timeLeftMs);
            info(`${failure.message} Trying again in ${inSeconds(waitMs)} (attempt ${tries + 1}).`);
            await pause(waitMs);
        }
    }
}

;// CONCATENATED MODULE: ./lib/src/http/connections.js







const permanent = (code, happened) => new Fault(new errors/* ActionError */.lZ(code, happened), { transient: false });
const LATE = 'late';
const CLOSED = 'closed';
function connections_openConnections(options) {
    const { userAgent, timeoutSeconds, attemptSeconds = 10, info, debug, random = Math.random, clock = realClock, } = options;
    const attemptMs = Math.min(attemptSeconds, timeoutSeconds / 4) * 1000;
    const endsAt = (0,time/* msAfter */.HD)(clock.now(), timeoutSeconds * 1000);
    const closed = new AbortController();
    const underWay = new Set();
    const client = openClient(userAgent);
    const givenUp = ({ purpose }) => permanent('INTERRUPTED', `${purpose}: the login has ended.`);
    async function attemptWithin(request, lastMoment, tries) {
        const { purpose, method, url } = request;
        const startedAt = clock.now();
        if (closed.signal.aborted)
            throw givenUp(request);
        const leftMs = (0,time/* msUntil */.nc)(lastMoment, startedAt);
        if (leftMs <= 0)
            throw permanent('TIMED_OUT', `${purpose}: no time is left to ask ${url.host}.`);
        const limitMs = Math.min(attemptMs, leftMs);
        const ending = new AbortController();
        underWay.add(ending);
        const inTime = clock.after(limitMs, () => ending.abort(LATE));
        const report = (result) => debug(`${method} ${url.host}${url.pathname} ${result} ${Math.round((0,time/* msSince */.XR)(startedAt, clock.now()))} ms (attempt ${tries})`);
        let sent = false;
        const sending = () => {
            sent = true;
        };
        try {
            const answer = await attempt(client, request, { signal: ending.signal, sending });
            report(answer.status);
            return answer;
        }
        catch (thrown) {
            if (closed.signal.aborted)
                throw givenUp(request);
            const fault = faultOf(thrown, request, ending.signal.reason === LATE ? limitMs : undefined);
            const { failure, status, retryAfterMs } = fault;
            report(status ?? failure.code);
            const isOver = request.mayRepeat?.({ failure, sent, status, retryAfterMs }) === false;
            throw isOver ? new Fault(failure, { transient: false }) : fault;
        }
        finally {
            inTime();
            underWay.delete(ending);
        }
    }
    const pause = (ms) => clock.pause(ms, closed.signal);
    const send = (make, withinSeconds = timeoutSeconds) => {
        const lastMoment = (0,time/* earlier */.X)(endsAt, (0,time/* msAfter */.HD)(clock.now(), withinSeconds * 1000));
        const sendOnce = async (tries) => attemptWithin(await make(), lastMoment, tries);
        return withRetries(sendOnce, { lastMoment, now: clock.now, random, pause, info });
    };
    function close() {
        closed.abort(CLOSED);
        for (const ending of underWay)
            ending.abort(CLOSED);
        client.close();
    }
    return { send, close };
}

;// CONCATENATED MODULE: ./lib/src/runner/id-token.js




const ID_TOKEN_ANSWER = { value: true };
function id_token_findIdTokenService(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    if (address === '' || requestToken === '') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_PERMISSION_MISSING', 'This job may not ask GitHub for an ID token.');
    }
    const url = URL.parse(address);
    if (url === null) {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL.');
    }
    if (!(0,src_url/* isSecure */.Ut)(url)) {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', `ACTIONS_ID_TOKEN_REQUEST_URL is ${url.protocol}//, which is not https.`);
    }
    return { url: (0,src_url/* withoutTrailingDot */.Ac)(url), requestToken };
}
async function id_token_requestIdToken({ url, requestToken }, { audience, send, mask }) {
    const withAudience = new URL(url);
    withAudience.searchParams.set('audience', audience);
    const answer = await send(() => ({
        purpose: 'ID token request',
        method: 'GET',
        url: withAudience,
        headers: { authorization: `Bearer ${requestToken}` },
    }));
    const { status, body } = answer;
    if ((0,http_status/* outcomeOf */.s)(status) !== 'success') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', `GitHub answered ${status} to the request for an ID token.`, {
            serverText: status < 400 ? undefined : body,
        });
    }
    const { value } = (0,json_answer/* jsonObject */.o)(answer, ID_TOKEN_ANSWER);
    if (typeof value !== 'string' || value === '') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', 'GitHub answered the request for an ID token without one.');
    }
    mask(value);
    return value;
}

;// CONCATENATED MODULE: ./lib/src/runner/version.js
const VERSION = '0.9.0';
const version_USER_AGENT = `databricks-token-action/${VERSION} cicd/github`;

;// CONCATENATED MODULE: ./lib/src/log-in.js







function watchClock(send) {
    let ahead;
    return {
        clockSkewSeconds: () => ahead,
        send: async (make, withinSeconds) => {
            const answer = await send(make, withinSeconds);
            const told = Date.parse(answer.date ?? '') / 1000;
            if (Number.isFinite(told))
                ahead = (0,time/* secondsUntil */.Ch)((0,time/* secondsNow */.aL)(), told);
            return answer;
        },
    };
}
async function checkIdTokenPermission(environment) {
    try {
        id_token_findIdTokenService(environment);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'ID_TOKEN_PERMISSION_MISSING')
            throw thrown;
        const { missingPermission } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 869));
        throw missingPermission(environment);
    }
}
async function explained(failure, options, environment, clockSkewSeconds) {
    const [{ explain }, { explainedFailure }, { undeclaredInputs }] = await Promise.all([
        Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 956)),
        Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 316)),
        Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 796)),
    ]);
    const undeclared = undeclaredInputs(environment);
    const { GITHUB_EVENT_NAME: eventName } = environment;
    const explanation = explain(failure, options, { undeclared, eventName, clockSkewSeconds, now: (0,time/* secondsNow */.aL)() });
    return explanation === undefined ? failure : explainedFailure(failure, explanation);
}
async function logIn(options, { environment, log, random, clock }) {
    const { mask, info, notice, warning, debug } = log;
    const { timeoutSeconds } = options;
    const { send: sendOnly, close } = connections_openConnections({
        userAgent: version_USER_AGENT,
        timeoutSeconds,
        info,
        debug,
        random,
        clock,
    });
    const { send, clockSkewSeconds } = watchClock(sendOnly);
    const askRunner = async (audience) => {
        await checkIdTokenPermission(environment);
        return id_token_requestIdToken(id_token_findIdTokenService(environment), { audience, send, mask });
    };
    try {
        const login = await federate(options, {
            send,
            requestIdToken: askRunner,
            mask,
            info,
            notice,
            warning,
            now: time/* secondsNow */.aL,
        });
        if (options.verify !== true)
            return login;
        const [{ askPrincipal }, { compareWhereabouts }] = await Promise.all([
            Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 537)),
            Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 798)),
        ]);
        const { host, accessToken, workspaceId, scope } = login;
        const principal = await askPrincipal(send, { host, accessToken, workspaceId, scope, warning });
        const { accountId } = options;
        await compareWhereabouts(send, { host, accessToken, accountId, workspaceId, notice });
        return { ...login, principal };
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ))
            throw thrown;
        throw await explained(thrown, options, environment, clockSkewSeconds());
    }
    finally {
        close();
    }
}
async function dryRun(options, { environment, log }) {
    const { host, clientId, accountId, audience, subjectToken, timeoutSeconds } = options;
    const { mask, info, debug } = log;
    const { send, close } = openConnections({ userAgent: USER_AGENT, timeoutSeconds, info, debug });
    try {
        const asked = { audience: audience ?? accountId ?? host?.origin ?? 'databricks', send, mask };
        const jwt = subjectToken ?? (await requestIdToken(findIdTokenService(environment), asked));
        const now = secondsNow();
        const { disclosedClaims } = readSubjectToken(jwt, now);
        const { tellDryRun } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 316));
        const isSubjectTokenGiven = subjectToken !== undefined;
        const known = { host, clientId, accountId, audience, disclosedClaims, isSubjectTokenGiven, now };
        tellDryRun(known, environment, log);
    }
    finally {
        close();
    }
}


/***/ }),

/***/ 488:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hi: () => (/* binding */ inMarkdown),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   TM: () => (/* binding */ folded),
/* harmony export */   hk: () => (/* binding */ textAsPage),
/* harmony export */   qM: () => (/* binding */ asCode),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(150);

const entity = (character) => `&#${character.codePointAt(0)};${character === '@' ? '<!-- -->' : ''}`;
const markup = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .unicodePattern */ .ge)(String.raw `(?<![A-Za-z0-9])[-/']|[^\p{L}\p{N}\p{M} ,;()\-/']`);
const inMarkdown = (text) => text.toWellFormed().replace(markup(), entity);
const LONGEST_CELL = 250;
function asCode(text) {
    const characters = [...text];
    const shown = characters.slice(0, LONGEST_CELL).join('');
    return `<code>${inMarkdown(shown)}${characters.length > LONGEST_CELL ? _text_js__WEBPACK_IMPORTED_MODULE_0__/* .CUT_MARK */ .Hj : ''}</code>`;
}
function fenced(text, language = '') {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
}
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
const folded = (title, body) => `<details><summary>${inMarkdown(title)}</summary>\n\n${body}\n\n</details>`;
const textAsPage = (text) => text
    .split(/\n{2,}/)
    .map((part) => (part.includes('\n') ? fenced(part) : inMarkdown(part)))
    .join('\n\n');


/***/ }),

/***/ 150:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DJ: () => (/* binding */ withoutControls),
/* harmony export */   Hj: () => (/* binding */ CUT_MARK),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   fk: () => (/* binding */ printableLines),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   ge: () => (/* binding */ unicodePattern)
/* harmony export */ });
function unicodePattern(source) {
    let pattern;
    return () => {
        pattern ??= new RegExp(source, 'gu');
        return pattern;
    };
}
const CONTROLS = String.raw `\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;
const controlsAndSpace = unicodePattern(String.raw `[${CONTROLS}\s]+`);
const controlsInLines = unicodePattern(String.raw `(?!\n)[${CONTROLS}]`);
const isPlain = (text) => /^[\n -~]*$/.test(text);
const oneLine = (text) => text.replace(isPlain(text) ? /\s+/g : controlsAndSpace(), ' ').trim();
const withoutControls = (lines) => isPlain(lines) ? lines : lines.replace(controlsInLines(), ' ');
const MAX_QUOTED_CHARACTERS = 500;
const MAX_READ_CHARACTERS = 4096;
const CUT_MARK = ' \u2026';
function printable(text) {
    const line = oneLine(text.slice(0, MAX_READ_CHARACTERS));
    const isWhole = text.length <= MAX_READ_CHARACTERS && line.length <= MAX_QUOTED_CHARACTERS;
    return isWhole ? line : line.slice(0, MAX_QUOTED_CHARACTERS) + CUT_MARK;
}
function printableLines(text) {
    const lines = withoutControls(text.slice(0, MAX_READ_CHARACTERS).replace(/\r\n?/g, '\n')).split('\n');
    const whole = lines.map((line) => line.trimEnd()).join('\n');
    return whole.replace(/^\n+|\n+$/g, '') + (text.length <= MAX_READ_CHARACTERS ? '' : CUT_MARK);
}


/***/ }),

/***/ 332:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ secondsUntil),
/* harmony export */   HD: () => (/* binding */ msAfter),
/* harmony export */   K8: () => (/* binding */ isTime),
/* harmony export */   X: () => (/* binding */ earlier),
/* harmony export */   XR: () => (/* binding */ msSince),
/* harmony export */   _I: () => (/* binding */ secondsAfter),
/* harmony export */   aL: () => (/* binding */ secondsNow),
/* harmony export */   d5: () => (/* binding */ elapsedMs),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   i: () => (/* binding */ UNUSABLE_SECONDS),
/* harmony export */   nc: () => (/* binding */ msUntil),
/* harmony export */   zq: () => (/* binding */ LAST_TIME)
/* harmony export */ });
const UNUSABLE_SECONDS = 40;
const LAST_TIME = 253_402_300_799;
const isTime = (value) => typeof value === 'number' && Math.abs(value) <= LAST_TIME;
function formatTime(seconds) {
    return isTime(seconds) ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z') : `${seconds} s`;
}
const secondsNow = () => Date.now() / 1000;
const secondsUntil = (moment, now) => moment - now;
const secondsAfter = (moment, seconds) => moment + seconds;
const elapsedMs = () => Number(process.hrtime.bigint()) / 1e6;
const msUntil = (moment, now) => moment - now;
const msSince = (moment, now) => now - moment;
const msAfter = (moment, ms) => moment + ms;
const earlier = (one, other) => Math.min(one, other);


/***/ }),

/***/ 612:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ac: () => (/* binding */ withoutTrailingDot),
/* harmony export */   LZ: () => (/* binding */ hostnameOf),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   Ut: () => (/* binding */ isSecure),
/* harmony export */   wo: () => (/* binding */ readUrl)
/* harmony export */ });
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
const MAX_URL_CHARACTERS = 4096;
const readUrl = (text) => (text.length > MAX_URL_CHARACTERS ? null : URL.parse(text));
const hostnameOf = (url) => url.hostname.toLowerCase().replace(/\.$/, '');
function isSecure(url) {
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(hostnameOf(url)));
}
function withoutTrailingDot(url) {
    const plain = new URL(url);
    plain.hostname = hostnameOf(url);
    return plain;
}


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

"use strict";


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
exports.debug = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

"use strict";
module.exports = require("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

"use strict";
module.exports = require("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

"use strict";
module.exports = require("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

"use strict";
module.exports = require("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

"use strict";
module.exports = require("net");

/***/ }),

/***/ 24:
/***/ ((module) => {

"use strict";
module.exports = require("node:fs");

/***/ }),

/***/ 67:
/***/ ((module) => {

"use strict";
module.exports = require("node:http");

/***/ }),

/***/ 760:
/***/ ((module) => {

"use strict";
module.exports = require("node:path");

/***/ }),

/***/ 756:
/***/ ((module) => {

"use strict";
module.exports = require("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

"use strict";
module.exports = require("util");

/***/ }),

/***/ 330:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

// @actions/http-client imports this name for proxies alone: the package, and what it needs of Node, is loaded when one is
// used.
const tunnel = () => __nccwpck_require__(218)

exports.xj = (options) => tunnel().httpOverHttp(options)
exports.I9 = (options) => tunnel().httpsOverHttp(options)
exports.aQ = (options) => tunnel().httpOverHttps(options)
exports.vX = (options) => tunnel().httpsOverHttps(options)


/***/ }),

/***/ 357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

"use strict";

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  HttpClient: () => (/* binding */ HttpClient)
});

// UNUSED EXPORTS: Headers, HttpClientError, HttpClientResponse, HttpCodes, MediaTypes, getProxyUrl, isHttps

// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/proxy.js
var proxy = __nccwpck_require__(783);
// EXTERNAL MODULE: ./scripts/stubs/tunnel.cjs
var tunnel = __nccwpck_require__(330);
;// CONCATENATED MODULE: ./scripts/stubs/proxy-agent.js
// @actions/http-client imports this name for getAgentDispatcher, which nothing here calls.
class ProxyAgent {
  constructor() {
    throw new Error('left out of this bundle')
  }
}

;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = proxy/* getProxyUrl */.s(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = proxy/* getProxyUrl */.s(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel/* httpsOverHttps */.vX : tunnel/* httpsOverHttp */.I9;
            }
            else {
                tunnelAgent = overHttps ? tunnel/* httpOverHttps */.aQ : tunnel/* httpOverHttp */.xj;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

"use strict";
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ checkBypass),
/* harmony export */   s: () => (/* binding */ getProxyUrl)
/* harmony export */ });
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
// This entry need to be wrapped in an IIFE because it need to be in strict mode.
(() => {
"use strict";

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = require("node:timers/promises");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __nccwpck_require__(357);
// EXTERNAL MODULE: ./lib/src/explain/missing-permission.js
var missing_permission = __nccwpck_require__(869);
// EXTERNAL MODULE: ./lib/src/explain/refusal.js + 1 modules
var refusal = __nccwpck_require__(956);
// EXTERNAL MODULE: ./lib/src/explain/rendering.js + 1 modules
var rendering = __nccwpck_require__(316);
// EXTERNAL MODULE: ./lib/src/explain/undeclared-inputs.js
var undeclared_inputs = __nccwpck_require__(796);
// EXTERNAL MODULE: ./lib/src/federation/principal.js
var principal = __nccwpck_require__(537);
// EXTERNAL MODULE: ./lib/src/federation/unified-host.js
var unified_host = __nccwpck_require__(304);
// EXTERNAL MODULE: ./lib/src/federation/whereabouts.js
var whereabouts = __nccwpck_require__(798);
// EXTERNAL MODULE: ./lib/src/log-in.js + 24 modules
var log_in = __nccwpck_require__(78);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(770);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(839);
;// CONCATENATED MODULE: ./lib/src/http/tls-check.js

function refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED: setting }) {
    if (setting === '0')
        throw new errors/* ActionError */.lZ('TLS_CHECK_DISABLED', 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.');
}

// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(332);
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./lib/src/processes.js



function linkOf(pid, processes = '/proc') {
    try {
        const afterName = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(processes, `${pid}`, 'stat'), 'latin1').replace(/^.*\) /s, '');
        const [, parent, ...fields] = afterName.split(' ');
        return /^[ZX]/.test(afterName) ? undefined : { pid, parent: Number(parent), startedAt: fields[17] };
    }
    catch {
        return undefined;
    }
}
const knownProcess = (pid) => ({ pid, startedAt: linkOf(pid)?.startedAt });
function isNumberTaken(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (thrown) {
        return (0,errors/* systemCode */.xU)(thrown) === 'EPERM';
    }
}
const isRunning = ({ pid, startedAt }) => startedAt === undefined ? isNumberTaken(pid) : linkOf(pid)?.startedAt === startedAt;
const writeProcess = ({ pid, startedAt = '' }) => `${pid}:${startedAt}`;
function readProcess(text) {
    const [, pid, startedAt] = /^([1-9]\d*):(\d*)$/.exec(text) ?? [];
    return pid === undefined ? undefined : { pid: Number(pid), startedAt: startedAt || undefined };
}

;// CONCATENATED MODULE: ./lib/src/store/lock.js






const ABANDONED_MS = 30_000;
const POLL_MS = 50;
function mayHaveOwner(file) {
    try {
        return isNumberTaken(Number.parseInt((0,external_node_fs_.readFileSync)(file, 'utf8'), 10));
    }
    catch {
        return true;
    }
}
function isAbandoned(file, oldestMs) {
    try {
        return Math.abs(Date.now() - (0,external_node_fs_.lstatSync)(file).mtimeMs) > oldestMs || !mayHaveOwner(file);
    }
    catch {
        return false;
    }
}
function isRemoved(file) {
    try {
        (0,external_node_fs_.rmSync)(file, { force: true });
        return true;
    }
    catch {
        return false;
    }
}
function acquire(file, owner) {
    const own = `${file}.${(0,external_node_crypto_namespaceObject.randomUUID)()}`;
    try {
        (0,external_node_fs_.writeFileSync)(own, owner, { mode: 0o600, flag: 'wx' });
        (0,external_node_fs_.linkSync)(own, file);
    }
    catch (thrown) {
        if ((0,errors/* systemCode */.xU)(thrown) === 'EEXIST')
            return false;
    }
    finally {
        isRemoved(own);
    }
    return true;
}
function release(file, owner) {
    try {
        if ((0,external_node_fs_.readFileSync)(file, 'utf8') === owner)
            (0,external_node_fs_.rmSync)(file);
    }
    catch {
    }
}
async function oneAtATime(file, { done, work, withinSeconds }) {
    const owner = `${process.pid} ${(0,external_node_crypto_namespaceObject.randomUUID)()}`;
    const began = (0,time/* elapsedMs */.d5)();
    const longestMs = withinSeconds * 1000;
    const oldestMs = Math.min(longestMs, ABANDONED_MS);
    for (;;) {
        const result = done();
        if (result !== undefined)
            return result;
        if (acquire(file, owner) || (0,time/* msSince */.XR)(began, (0,time/* elapsedMs */.d5)()) > longestMs)
            break;
        if (!isAbandoned(file, oldestMs))
            await (0,promises_namespaceObject.setTimeout)(POLL_MS);
        else if (!isRemoved(file))
            break;
    }
    try {
        return done() ?? (await work());
    }
    finally {
        release(file, owner);
    }
}

;// CONCATENATED MODULE: ./lib/src/store/token-lifetime.js

const RENEW_BELOW_SECONDS = 150;
const EARLY_SECONDS = 60;
const EARLY_SECONDS_OF_SHORT = 40;
const lifetime = ({ issuedAt, expiresAt }) => (0,time/* secondsUntil */.Ch)(expiresAt, issuedAt);
const CLOCK_TOLERANCE_SECONDS = 60;
const isInFuture = (moment, now) => (0,time/* secondsUntil */.Ch)(moment, now) > CLOCK_TOLERANCE_SECONDS;
const secondsLeft = ({ beganAt, expiresAt }, now) => isInFuture(beganAt, now) ? 0 : (0,time/* secondsUntil */.Ch)(expiresAt, now);
const renewalThreshold = (token) => Math.min(lifetime(token) / 2, RENEW_BELOW_SECONDS);
function advertisedExpiry(token, now) {
    const early = lifetime(token) < RENEW_BELOW_SECONDS ? EARLY_SECONDS_OF_SHORT : EARLY_SECONDS;
    return Math.max(Math.floor((0,time/* secondsAfter */._I)(token.expiresAt, -early)), Math.floor((0,time/* secondsAfter */._I)(now, 5)));
}

;// CONCATENATED MODULE: ./lib/src/store/fresh-token.js





function sharedResult(kept, askedAt, now) {
    const isSince = ({ beganAt }) => (0,time/* secondsUntil */.Ch)(beganAt, askedAt) >= 0 && !isInFuture(beganAt, now);
    const token = kept.readToken();
    if (token !== undefined && isSince(token))
        return token;
    const failure = kept.readFailure();
    if (failure !== undefined && isSince(failure))
        throw new errors/* ActionError */.lZ('RENEWAL_FAILED', failure.text);
    return undefined;
}
function keepIfPossible(write) {
    try {
        write();
    }
    catch {
    }
}
async function renew(kept, logIn, effects) {
    const beganAt = effects.now();
    try {
        const { accessToken, expiresAt } = await logIn();
        const token = { accessToken, expiresAt, beganAt, issuedAt: effects.now(), isOfLoginStep: false };
        keepIfPossible(() => kept.writeToken(token));
        return token;
    }
    catch (thrown) {
        keepIfPossible(() => kept.writeFailure({ beganAt, text: effects.describe(thrown) }));
        throw thrown;
    }
}
async function freshToken(kept, minValidity, effects) {
    const { logIn, timeoutSeconds, warning, now } = effects;
    const askedAt = now();
    const longEnough = () => {
        const token = kept.readToken();
        const left = token === undefined ? 0 : secondsLeft(token, now());
        return token !== undefined && left > time/* UNUSABLE_SECONDS */.i && left >= minValidity(token) ? token : undefined;
    };
    const current = longEnough();
    if (current !== undefined)
        return current;
    try {
        if (logIn === undefined)
            throw new errors/* ActionError */.lZ('TOKEN_NOT_RENEWABLE', 'The token has ended, or is about to.');
        return await oneAtATime((0,external_node_path_.join)(kept.folder, 'kept', 'lock'), {
            done: () => longEnough() ?? sharedResult(kept, askedAt, now()),
            work: () => renew(kept, logIn, effects),
            withinSeconds: timeoutSeconds,
        });
    }
    catch (thrown) {
        const last = kept.readToken();
        if (last === undefined || secondsLeft(last, now()) <= time/* UNUSABLE_SECONDS */.i)
            throw thrown;
        if (logIn !== undefined)
            warning(`The login could not be renewed; its token lives on for ${Math.floor(secondsLeft(last, now()))} s. ${effects.describe(thrown)}`);
        return last;
    }
}

// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(150);
;// CONCATENATED MODULE: ./lib/src/store/group.js


const described = (groupId) => (groupId === '' ? 'for no group' : `for group ${groupId}`);
function refuseOtherGroup(environment, { groupId }) {
    const { DATABRICKS_GROUP_ID: asked = '' } = environment;
    if (asked === '' || asked === groupId)
        return;
    const happened = `DATABRICKS_GROUP_ID asks for the rights of group ${(0,src_text/* printable */.g$)(asked)} alone, and this login is ${described(groupId)}.`;
    const advice = 'Set group_id in the login step to that group, or take the variable away.';
    throw new errors/* ActionError */.lZ('KEPT_LOGIN_UNUSABLE', happened, { advice });
}

// EXTERNAL MODULE: ./lib/src/json.js
var json = __nccwpck_require__(404);
;// CONCATENATED MODULE: ./lib/src/store/atomic-files.js




const OWNER_ONLY = 0o600;
const IN_USE = ['EPERM', 'EACCES', 'EBUSY'];
const TRIES = 50;
const PAUSE_MS = 10;
const nameBeside = (file) => `${file}.${(0,external_node_crypto_namespaceObject.randomBytes)(6).toString('hex')}`;
const isInUse = (thrown) => process.platform === 'win32' && IN_USE.includes((0,errors/* systemCode */.xU)(thrown) ?? '');
function unlessInUse(attempt) {
    for (let left = TRIES;; left--) {
        try {
            return attempt();
        }
        catch (thrown) {
            if (!isInUse(thrown) || left === 0)
                throw thrown;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
        }
    }
}
function removeIfPossible(file) {
    try {
        (0,external_node_fs_.rmSync)(file, { force: true });
    }
    catch {
    }
}
function replaceRead(next, file) {
    const old = nameBeside(file);
    (0,external_node_fs_.renameSync)(file, old);
    try {
        (0,external_node_fs_.renameSync)(next, file);
    }
    catch (thrown) {
        (0,external_node_fs_.renameSync)(old, file);
        throw thrown;
    }
    removeIfPossible(old);
}
function replace(next, file) {
    try {
        (0,external_node_fs_.renameSync)(next, file);
    }
    catch (thrown) {
        if (!isInUse(thrown) || !(0,external_node_fs_.lstatSync)(file).isFile())
            throw thrown;
        replaceRead(next, file);
    }
}
const atomic_files_writeNew = (file, content, mode = OWNER_ONLY) => (0,external_node_fs_.writeFileSync)(file, content, { mode, flag: 'wx' });
function writeAtomically(file, content) {
    const next = nameBeside(file);
    try {
        atomic_files_writeNew(next, content);
        unlessInUse(() => replace(next, file));
    }
    catch (thrown) {
        (0,external_node_fs_.rmSync)(next, { force: true });
        throw thrown;
    }
}
function readJsonObject(file) {
    try {
        if (!(0,external_node_fs_.lstatSync)(file).isFile())
            return undefined;
        const parsed = JSON.parse(unlessInUse(() => (0,external_node_fs_.readFileSync)(file, 'utf8')));
        return (0,json/* isJsonObject */.OW)(parsed) ? parsed : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/store/login-store.js




const login_store_FOLDER_PREFIX = 'databricks-token-';
const isPositive = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
function readToken(file) {
    const { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep } = readJsonObject(file) ?? {};
    if (typeof accessToken !== 'string' || !/^[\w\-.~+/]+=*$/.test(accessToken))
        return undefined;
    if (!isPositive(issuedAt) || !isPositive(expiresAt) || !isPositive(beganAt))
        return undefined;
    return { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep: isOfLoginStep === true };
}
function readFailure(file) {
    const { beganAt, text } = readJsonObject(file) ?? {};
    return isPositive(beganAt) && typeof text === 'string' ? { beganAt, text } : undefined;
}
const textOr = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
function readRenewal(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const { clientId, accountId, audience, scope, timeoutSeconds } = { ...value };
    if (typeof scope !== 'string' || !isPositive(timeoutSeconds))
        return undefined;
    return {
        clientId: textOr(clientId),
        accountId: textOr(accountId),
        audience: textOr(audience),
        scope,
        timeoutSeconds,
    };
}
function unusableLogin(file) {
    try {
        (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.R_OK);
    }
    catch (thrown) {
        if ((0,errors/* systemCode */.xU)(thrown) === 'EACCES') {
            return new errors/* ActionError */.lZ('KEPT_LOGIN_UNUSABLE', 'Another account of this machine keeps this login for itself.', {
                advice: 'Call the command from the account that ran the login step, or log in from this one.',
            });
        }
    }
    return new errors/* ActionError */.lZ('KEPT_LOGIN_UNUSABLE', 'The login that this command belongs to is gone or damaged.');
}
function readLogin(file) {
    const found = readJsonObject(file) ?? {};
    const { dryRun, origin, scope, serverHostname, groupId } = found;
    if (dryRun === true)
        throw new errors/* ActionError */.lZ('DRY_RUN', 'The login step of this job was a dry run (dry_run: true).');
    if (typeof origin !== 'string' || typeof scope !== 'string' || typeof serverHostname !== 'string') {
        throw unusableLogin(file);
    }
    if (typeof groupId !== 'string' || !/^\d*$/.test(groupId))
        throw unusableLogin(file);
    return {
        renewal: readRenewal(found['renewal']),
        origin,
        scope,
        serverHostname,
        workspaceId: textOr(found['workspaceId']),
        groupId,
        serviceDigest: textOr(found['serviceDigest']),
        exportedAudience: textOr(found['exportedAudience']),
    };
}
function login_store_openLoginStore(folder) {
    const file = (name) => (0,external_node_path_.join)(folder, 'kept', name);
    const write = (name, content) => writeAtomically(file(name), JSON.stringify(content));
    return {
        folder,
        readLogin: () => readLogin(file('login.json')),
        writeLogin: (login) => write('login.json', login),
        readToken: () => readToken(file('token.json')),
        writeToken: (token) => write('token.json', token),
        readFailure: () => readFailure(file('failure.json')),
        writeFailure: (failure) => write('failure.json', failure),
    };
}
function login_store_createDryRunStore(folder) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify({ dryRun: true }));
}
function login_store_createLoginStore(folder, login, token) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify(login));
    writeNew(join(folder, 'kept', 'token.json'), JSON.stringify(token));
}

;// CONCATENATED MODULE: ./lib/src/store/remembered-token.js


function newer(one, other, now) {
    if (other === undefined || isInFuture(other.beganAt, now))
        return one;
    return isInFuture(one.beganAt, now) || (0,time/* secondsUntil */.Ch)(other.beganAt, one.beganAt) >= 0 ? other : one;
}
function rememberToken(kept, now) {
    let last;
    const remember = (token) => {
        last = last === undefined ? token : newer(last, token, now());
        return last;
    };
    return {
        ...kept,
        readToken: () => remember(kept.readToken()),
        writeToken: (token) => {
            remember(token);
            kept.writeToken(token);
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/open-login.js








async function logInAgain({ origin, groupId }, renewal, { environment, log }) {
    refuseDisabledTlsCheck(environment);
    const { logIn } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 78));
    const { clientId, accountId, audience, scope, timeoutSeconds } = renewal;
    const host = (0,src_host/* parseHost */.o6)(origin, true);
    const asked = { host, clientId, accountId, audience, groupId: groupId || undefined, scope, timeoutSeconds };
    const options = { ...asked, onExchangeFailure: 'fail' };
    return logIn(options, { environment, log });
}
function openLogin(folder, effects) {
    const { environment, log, warning } = effects;
    const kept = rememberToken(login_store_openLoginStore(folder), time/* secondsNow */.aL);
    const found = kept.readToken();
    if (found !== undefined)
        log.hideFromLog(found.accessToken);
    const login = kept.readLogin();
    refuseOtherGroup(environment, login);
    const { renewal } = login;
    const describe = (thrown) => log.describe((0,errors/* asActionError */.z6)(thrown));
    const freshEffects = {
        logIn: renewal === undefined ? undefined : () => logInAgain(login, renewal, effects),
        timeoutSeconds: renewal?.timeoutSeconds ?? 0,
        describe,
        warning,
        now: time/* secondsNow */.aL,
    };
    return { kept, login, fresh: (minValidity) => freshToken(kept, minValidity, freshEffects), describe };
}

;// CONCATENATED MODULE: ./lib/src/workflow-commands.js
const BRACKETS = /(#[^ -~]*#[^ -~]*)\[/g;
const COMMAND = /##\[|(?:^|[\r\n]) *::[^\r\n]*::/;
const holdsCommand = (lines) => COMMAND.test(lines.replace(/[^\r\n -~]/g, ''));
const withoutBracketCommands = (text, bracket = ' [') => text.replace(BRACKETS, `$1${bracket}`);
function withoutCommands(line) {
    const text = withoutBracketCommands(line);
    return holdsCommand(text) ? text.replace(':', ': ') : text;
}
const escapeMessage = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const workflowCommand = (command, text) => `::${command}::${escapeMessage(text)}\n`;
const escapeProperty = (text) => escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
function annotation(kind, title, text, place) {
    const at = place === undefined ? '' : `,file=${escapeProperty(place.file)},line=${place.line}`;
    return workflowCommand(`${kind} title=${title}${at}`, text);
}

;// CONCATENATED MODULE: ./lib/src/runner/in-workflow.js
function isInWorkflow(environment) {
    const { GITHUB_ACTIONS: actions, ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '', } = environment;
    return actions === 'true' || (url !== '' && requestToken !== '');
}

// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __nccwpck_require__(488);
;// CONCATENATED MODULE: ./lib/src/runner/failure-text.js




const PAGE = 'docs/troubleshooting.md';
const failure_text_nameOf = ({ code, reason }) => reason === undefined ? code : `${code} (${reason})`;
const KNOWN = /^https:\/\/[\w.-]+(\/[\w.-]+){2}\/blob\/\w[\w./-]+$/;
const folderOf = ([, bundle = '']) => (0,external_node_path_.join)(bundle, '../../..');
function failure_text_explanationOf({ code, reason }, job, folder = folderOf(process.argv)) {
    const { GITHUB_ACTION_REPOSITORY: action, GITHUB_ACTION_REF: ref = '' } = job;
    const [, path] = folder.split(job['GITHUB_WORKSPACE'] ?? '*');
    const copy = path !== undefined &&
        (0,external_node_fs_.existsSync)(`${folder}/${PAGE}`) &&
        `${job['GITHUB_REPOSITORY']}/blob/${job['GITHUB_SHA']}${path}`;
    const url = `${job['GITHUB_SERVER_URL']}/${action ? `${action}/blob/${ref}` : copy}/${PAGE}`;
    return KNOWN.test(url)
        ? `See ${url}#${(reason ?? code).toLowerCase()}`
        : `See ${failure_text_nameOf({ code, reason })} in ${PAGE}.`;
}
const borderedLines = (text) => (0,src_text/* printableLines */.fk)(text).replace(/^|\n/g, '\n| ');
function describeFailure(failure, redact, environment) {
    const { message, serverText = '', keepsLines, advice } = failure;
    const said = keepsLines ? borderedLines(redact(serverText)) : ` ${(0,src_text/* printable */.g$)(redact(serverText))}`;
    const parts = [
        redact(`${failure_text_nameOf(failure)}: ${message}`),
        said.trim() === '' ? '' : `The server said:${said}`,
        '',
        redact(advice),
        '',
        failure_text_explanationOf(failure, environment),
    ];
    const text = parts.filter((part, index) => part !== '' || index > 1).join('\n');
    return withoutBracketCommands(text.replace(/\n{3,}/g, '\n\n'));
}

;// CONCATENATED MODULE: ./lib/src/runner/redaction.js

const MAX_KEPT_CHARACTERS = 8192;
const MASK = '***';
function base64Forms(secret) {
    const bytes = Buffer.from(secret);
    if (bytes.length < 6)
        return [];
    return [0, 1, 2].flatMap((offset) => {
        const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        const inner = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1);
        return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
    });
}
function urlForms(secret) {
    const upper = encodeURIComponent(secret.toWellFormed());
    const lower = upper.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    return [upper, lower, new URLSearchParams({ '': secret }).toString().slice(1)];
}
const MIN_SIGNATURE_LENGTH = 16;
function signatureOf(token) {
    const [, , signature = '', ...more] = token.split('.', 4);
    return more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH ? signature : undefined;
}
const PIECE_LENGTH = 16;
function signaturePieces(token) {
    const signature = signatureOf(token) ?? '';
    const count = Math.floor(signature.length / PIECE_LENGTH);
    return Array.from({ length: count }, (_, at) => signature.slice(at * PIECE_LENGTH, at === count - 1 ? undefined : (at + 1) * PIECE_LENGTH));
}
function inALine(secret) {
    const line = (0,src_text/* oneLine */.TN)(secret.slice(0, 2 * MAX_KEPT_CHARACTERS));
    return line.length >= 6 ? [line] : [];
}
const formsOf = (plain) => plain
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS + 8))
    .flatMap((form) => [form, ...urlForms(form), JSON.stringify(form).slice(1, -1), ...base64Forms(form)])
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS));
function knownSecret(secret) {
    const plain = [...new Set([secret, ...inALine(secret), signatureOf(secret) ?? secret])];
    let forms;
    return {
        shortest: Math.min(MAX_KEPT_CHARACTERS, ...plain.map(({ length }) => length)),
        forms: () => {
            forms ??= formsOf(plain);
            return forms;
        },
    };
}
function overlapsOf(form) {
    const overlaps = [];
    for (let at = 1, same = 0; at < form.length; at++) {
        while (same > 0 && form[at] !== form[same])
            same = overlaps[same - 1] ?? 0;
        if (form[at] === form[same])
            same++;
        overlaps[at] = same;
    }
    return overlaps;
}
const FIRST_LOOK_CHARACTERS = 8;
function markForm(form, text, mark) {
    const first = text.indexOf(form.slice(0, FIRST_LOOK_CHARACTERS));
    if (first < 0)
        return;
    const overlaps = overlapsOf(form);
    for (let at = first, same = 0; at < text.length; at++) {
        if (same >= FIRST_LOOK_CHARACTERS && text.startsWith(src_text/* CUT_MARK */.Hj, at))
            mark(at - same, at);
        while (same > 0 && text[at] !== form[same])
            same = overlaps[same - 1] ?? 0;
        if (text[at] === form[same])
            same++;
        if (same < form.length)
            continue;
        mark(at + 1 - form.length, at + 1);
        same = overlaps[same - 1] ?? 0;
    }
}
function markJwts(text, mark) {
    for (const { 0: run, index } of text.matchAll(/[\w.-]+/g)) {
        const header = run.search(/eyJ[\w-]{6}/);
        const firstDot = header < 0 ? -1 : run.indexOf('.', header);
        if (firstDot >= 0 && run.includes('.', firstDot + 1))
            mark(index + header, index + run.length);
    }
}
const NAMED_TOKEN = /((?:access|refresh|id|subject)_token["'\\]*\s*[:=]\s*["'\\]*)([^\s"'\\&,}]+)/i;
function markNamedTokens(text, mark) {
    let at = 0;
    for (const [turn, part] of text.split(NAMED_TOKEN).entries()) {
        if (turn % 3 === 2)
            mark(at, at + part.length);
        at += part.length;
    }
}
function createRedaction() {
    const secrets = new Map();
    function formsFor(text) {
        const isCut = text.includes(src_text/* CUT_MARK */.Hj);
        const possible = [...secrets.values()].filter(({ shortest }) => isCut || shortest <= text.length);
        return possible.flatMap(({ forms }) => forms());
    }
    function bordersIn(text) {
        const borders = new Map();
        const mark = (start, end) => {
            borders.set(start, (borders.get(start) ?? 0) + 1);
            borders.set(end, (borders.get(end) ?? 0) - 1);
        };
        for (const form of formsFor(text))
            markForm(form, text, mark);
        markJwts(text, mark);
        markNamedTokens(text, mark);
        return borders;
    }
    return {
        add: (secret) => {
            if (secret !== '' && !secrets.has(secret))
                secrets.set(secret, knownSecret(secret));
        },
        redact: (whole) => {
            const text = whole.slice(0, 2 * MAX_KEPT_CHARACTERS);
            const borders = bordersIn(text);
            const kept = Math.min(text.length, MAX_KEPT_CHARACTERS);
            let clean = '';
            let done = 0;
            for (let at = 0, open = 0; at < kept; at++) {
                const wasOpen = open > 0;
                open += borders.get(at) ?? 0;
                if (!wasOpen && open > 0)
                    clean += text.slice(done, at) + MASK;
                if (open > 0)
                    done = at + 1;
            }
            return clean + text.slice(done, kept) + (whole.length > kept ? src_text/* CUT_MARK */.Hj : '');
        },
    };
}
const PROXY_CREDENTIALS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^:]*)(?::(.*))?@/is;
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function proxyCredentials(proxy) {
    const [, user = '', password = ''] = PROXY_CREDENTIALS.exec(proxy) ?? [];
    if (password === '')
        return [user, decoded(user)];
    const pair = `${decoded(user)}:${decoded(password)}`;
    return [password, decoded(password), pair, Buffer.from(pair).toString('base64')];
}
function environmentSecrets(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].flatMap((name) => environment[name] ?? []);
    return [requestToken, ...proxies.flatMap(proxyCredentials)].filter((secret) => secret !== '');
}

;// CONCATENATED MODULE: ./lib/src/runner/summary.js

const MAX_BYTES = 1024 * 1024;
const EXISTING_FILE = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND | external_node_fs_.constants.O_NONBLOCK;
function appendSummary(file, markdown) {
    try {
        const descriptor = (0,external_node_fs_.openSync)(file ?? '', EXISTING_FILE);
        try {
            if ((0,external_node_fs_.fstatSync)(descriptor).size + Buffer.byteLength(markdown) > MAX_BYTES)
                return false;
            (0,external_node_fs_.appendFileSync)(descriptor, markdown);
            return true;
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch {
        return false;
    }
}
const PAGE_BYTES = 64 * 1024;
const summary_appendPage = (file, markdown) => Buffer.byteLength(markdown) <= PAGE_BYTES && appendSummary(file, markdown);

;// CONCATENATED MODULE: ./lib/src/runner/log.js






const STEP_TITLE = 'Databricks login failed';
const maskLines = (secrets) => secrets.map((secret) => workflowCommand('add-mask', secret)).join('');
const stepForm = {
    mask: maskLines,
    info: (line) => `${line}\n`,
    notice: (line) => workflowCommand('notice', line),
    warning: (line) => workflowCommand('warning', line),
    debug: (line) => workflowCommand('debug', line),
    fail: (code, text) => annotation('error', `${STEP_TITLE} (${code})`, text),
};
function createLog(environment, form, print, action) {
    const { add, redact: redactSecrets } = createRedaction();
    const redact = (text) => (0,src_text/* withoutControls */.DJ)(redactSecrets(text));
    environmentSecrets(environment).forEach(add);
    const masked = new Set();
    const line = (text) => withoutCommands((0,src_text/* printable */.g$)(redact(text)));
    const describe = (failure) => describeFailure(failure, redact, action);
    return {
        redact,
        mask: (...secrets) => {
            secrets.forEach(add);
            const others = secrets.filter((secret) => !masked.has(secret));
            if (others.length > 0)
                print(form.mask(others));
            for (const secret of others)
                masked.add(secret);
        },
        hideFromLog: add,
        info: (text) => print(form.info(line(text))),
        notice: (text) => print(form.notice(line(text))),
        warning: (text) => print(form.warning(line(text))),
        debug: (text) => {
            if (environment['RUNNER_DEBUG'] === '1')
                print(form.debug(line(text)));
        },
        describe,
        fail: (failure) => print(form.fail(failure.code, describe(failure), failure.place)),
    };
}
const linked = (text) => {
    const url = /^See (https:\S+)$/.exec(text)?.[1];
    return url === undefined ? inMarkdown(text) : `[What it means, and what to do](${url})`;
};
function failurePage(failure, redact, environment) {
    const { message, advice, serverText = '' } = failure;
    const said = printable(redact(serverText));
    const parts = [
        `### ${STEP_TITLE}: ${nameOf(failure)}`,
        failure.page?.(redact) ?? textAsPage(redact(`${message}\n\n${advice}`)),
        ...(said === '' ? [] : [`The server said ${asCode(said)}`]),
        linked(explanationOf(failure, environment)),
    ];
    return `${parts.join('\n\n')}\n`;
}
function printLines(lines, redact, print) {
    for (const line of lines === '' ? [] : lines.split('\n'))
        print(`${withoutCommands(redact(line))}\n`);
}
function stepLog(environment, print) {
    const { redact, ...log } = createLog(environment, stepForm, print, environment);
    const { GITHUB_STEP_SUMMARY: summary } = environment;
    const text = (lines) => printLines(lines, redact, print);
    return {
        ...log,
        text,
        page: (page) => {
            appendPage(summary, `${page(redact)}\n`);
        },
        fail: (failure) => {
            const isInSummary = appendPage(summary, failurePage(failure, redact, environment));
            if (!isInSummary && failure.text !== undefined)
                text(failure.text);
            log.fail(failure);
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/runner/command-log.js





const COMMAND_TITLE = 'databricks-token';
const commandLine = (line) => `${COMMAND_TITLE}: ${line}\n`;
const commandForm = {
    mask: () => '',
    info: commandLine,
    notice: commandLine,
    warning: commandLine,
    debug: commandLine,
    fail: (_code, text) => commandLine(text),
};
const commandInWorkflowForm = {
    ...commandForm,
    mask: (secrets) => `\n${maskLines(secrets.map((secret) => signatureOf(secret) ?? secret))}`,
    warning: (line) => annotation('warning', COMMAND_TITLE, line),
    fail: (code, text, place) => annotation('error', `${COMMAND_TITLE} failed (${code})`, text, place),
};
function commandLog(environment, print) {
    const form = isInWorkflow(environment) ? commandInWorkflowForm : commandForm;
    const { redact, ...log } = createLog(environment, form, print, {});
    return {
        ...log,
        page: (page) => summary_appendPage(environment['GITHUB_STEP_SUMMARY'], page(redact)),
        fail: (failure) => {
            printLines(failure.text ?? '', redact, print);
            log.fail(failure);
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/runner/run-to-end.js

const IDLE_MS = 1000;
function endWhenIdle(exitCode) {
    process.exitCode = exitCode;
    setTimeout(() => process.exit(exitCode), IDLE_MS).unref();
}
function runToEnd(work, report, endingSignals = ['SIGINT', 'SIGTERM'], exit = process.exit) {
    let exitCode;
    function end(thrown) {
        const isFirst = exitCode === undefined;
        exitCode ??= 1;
        if (isFirst)
            report((0,errors/* asActionError */.z6)(thrown));
        process.exit(exitCode);
    }
    function endUnfinished() {
        if (exitCode !== undefined)
            return;
        end(new errors/* ActionError */.lZ('UNFINISHED', 'The process was about to end before its work was done.'));
    }
    process.once('beforeExit', endUnfinished);
    process.once('exit', endUnfinished);
    process.on('uncaughtException', end);
    process.on('unhandledRejection', end);
    for (const signal of endingSignals) {
        process.once(signal, () => end(new errors/* ActionError */.lZ('INTERRUPTED', `The step was ended by ${signal}.`)));
    }
    work().then((code) => {
        exitCode = code;
        process.stdout.write('', () => exit(code));
    }, end);
}

;// CONCATENATED MODULE: ./lib/src/serve/renewal.js



const PATIENCE_MS = 9_000;
const PATIENCE_WITH_TOKEN_MS = 2_000;
const PAUSE_AFTER_FAILURE_SECONDS = 3;
function renewingToken(options) {
    const { current, renew, report, now } = options;
    let renewal;
    let notBefore = 0;
    const usable = () => {
        const token = current();
        return token !== undefined && secondsLeft(token, now()) > time/* UNUSABLE_SECONDS */.i ? token : undefined;
    };
    const isDue = (token) => secondsLeft(token, now()) < renewalThreshold(token);
    const lasting = () => {
        const token = usable();
        return token === undefined || isDue(token) ? undefined : token;
    };
    async function begin() {
        try {
            await renew();
        }
        catch (thrown) {
            report(thrown);
        }
        if (lasting() === undefined)
            notBefore = (0,time/* secondsAfter */._I)(now(), PAUSE_AFTER_FAILURE_SECONDS);
        renewal = undefined;
    }
    return async () => {
        const token = lasting();
        if (token !== undefined)
            return token;
        if (renewal === undefined && (0,time/* secondsUntil */.Ch)(notBefore, now()) <= 0)
            renewal = begin();
        if (renewal !== undefined) {
            const patience = new AbortController();
            const ms = usable() === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS;
            await Promise.race([renewal, (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal: patience.signal }).catch(() => undefined)]);
            patience.abort();
        }
        return usable();
    };
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
;// CONCATENATED MODULE: ./lib/src/serve/secret.js

const HALF_BYTES = 16;
function createServiceSecret() {
    const half = (0,external_node_crypto_namespaceObject.randomBytes)(HALF_BYTES).toString('hex');
    return { secret: (0,external_node_crypto_namespaceObject.randomBytes)(HALF_BYTES).toString('hex') + half, half };
}
const digest = (text) => (0,external_node_crypto_namespaceObject.createHash)('sha256').update(text).digest();
const equalsSecret = (given, secret) => (0,external_node_crypto_namespaceObject.timingSafeEqual)(digest(given), digest(secret));

;// CONCATENATED MODULE: ./lib/src/serve/loopback-server.js


const MAX_WAITING = 24;
const REQUEST_MS = 10_000;
const MAX_BODY_BYTES = 8192;
const TIMEOUTS = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 2_000 };
const headerOf = ({ headers }, name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
};
const isLoopbackName = (host, port) => [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase());
const loopback_server_refusal = (status, error, headers = {}) => ({
    status,
    headers,
    body: { error },
});
async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size <= MAX_BODY_BYTES)
            chunks.push(chunk);
    }
    return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
async function answerTo(request, routes, port) {
    if (!isLoopbackName(headerOf(request, 'host'), port))
        return loopback_server_refusal(421, 'This service answers on loopback alone.');
    const route = routes.find(({ path }) => equalsSecret(request.url ?? '', path));
    if (route === undefined)
        return loopback_server_refusal(404, 'There is nothing at this path.');
    const { method } = route;
    if (request.method !== method)
        return loopback_server_refusal(405, `This path answers ${method} alone.`, { allow: method });
    const body = await bodyOf(request);
    return body === undefined ? loopback_server_refusal(413, 'This request is too large.') : route.answer(request, body);
}
async function respond(request, response, answer) {
    const { status, body, headers } = await answer;
    request.resume();
    const always = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' };
    response.writeHead(status, { ...always, ...headers });
    response.end(JSON.stringify(body));
}
function boundWaiting(server) {
    const waiting = new Set();
    server.on('connection', (socket) => {
        waiting.add(socket);
        socket.once('close', () => waiting.delete(socket));
        const [oldest] = waiting;
        if (waiting.size <= MAX_WAITING || oldest === undefined)
            return;
        waiting.delete(oldest);
        oldest.destroy();
    });
    server.on('request', (request) => {
        request.once('end', () => waiting.delete(request.socket));
    });
}
async function listenOnLoopback() {
    let routes = [];
    const server = (0,external_node_http_.createServer)(TIMEOUTS);
    boundWaiting(server);
    server.on('request', (request, response) => {
        const port = String(server.address().port);
        respond(request, response, answerTo(request, routes, port)).catch(() => response.destroy());
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
    });
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        serve: (given) => {
            routes = given;
        },
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/metadata-service.js


function hostnameIn(header) {
    const url = URL.parse(header.includes('://') ? header : `https://${header}`);
    return url?.hostname.replace(/\.$/, '');
}
function metadataService({ path, hostname, token, missing, now }) {
    return {
        method: 'GET',
        path,
        answer: async (request) => {
            if (headerOf(request, 'x-databricks-metadata-version') !== '1') {
                return loopback_server_refusal(400, 'X-Databricks-Metadata-Version has to be 1.');
            }
            if (hostnameIn(headerOf(request, 'x-databricks-host')) !== hostname) {
                return loopback_server_refusal(403, `This login is for ${hostname} alone.`);
            }
            const current = await token();
            if (current === undefined)
                return loopback_server_refusal(503, missing());
            const { accessToken } = current;
            const expiry = advertisedExpiry(current, now());
            return { status: 200, body: { access_token: accessToken, token_type: 'Bearer', expires_on: expiry } };
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/oauth-endpoint.js




const CLIENT_ID = 'databricks-token';
const USUAL_SCOPES = ['all-apis', 'sql'];
const RETRY_SECONDS = 3;
const scopesIn = (text) => text.split(' ').filter(Boolean);
function oauthError(status, error, description, headers = {}) {
    return { status, headers, body: { error, error_description: description } };
}
function formOf(request, body) {
    const [mediaType = ''] = headerOf(request, 'content-type').split(';');
    if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
        return undefined;
    const fields = [...new URLSearchParams(body)];
    const form = new Map(fields);
    return form.size === fields.length ? form : undefined;
}
function secretOf(request, form) {
    const [, basic] = /^Basic +([\w+/=-]+) *$/i.exec(headerOf(request, 'authorization')) ?? [];
    if (basic === undefined)
        return form.get('client_secret') ?? '';
    return Buffer.from(basic, 'base64')
        .toString()
        .replace(/^[^:]*:/, '');
}
function refusalOf(form, { scope, groupId }) {
    if (form.get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'This endpoint gives tokens for client_credentials alone.');
    }
    const group = form.get('assume_group') || groupId;
    if (group !== groupId) {
        const own = groupId === '' ? 'no group' : `group ${groupId}`;
        return oauthError(400, 'invalid_request', `The login of this program is for ${own}, and assume_group names another.`);
    }
    const known = [...USUAL_SCOPES, ...scopesIn(scope)];
    if (scopesIn(form.get('scope') ?? '').some((asked) => !known.includes(asked))) {
        return oauthError(400, 'invalid_scope', `The login of this program has the scope ${scope}.`);
    }
    return undefined;
}
async function answerForm(form, options) {
    const { scope, token, missing, now } = options;
    const refusal = refusalOf(form, options);
    if (refusal !== undefined)
        return refusal;
    const current = await token();
    if (current === undefined) {
        const headers = { 'retry-after': String(RETRY_SECONDS) };
        return oauthError(503, 'temporarily_unavailable', missing(), headers);
    }
    const expiresIn = Math.floor((0,time/* secondsUntil */.Ch)(advertisedExpiry(current, now()), now()));
    const body = { access_token: current.accessToken, token_type: 'Bearer', expires_in: expiresIn, scope };
    return { status: 200, body };
}
const metadataOf = (url) => ({
    issuer: url,
    token_endpoint: `${url}/token`,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
});
function oauthEndpoint(options) {
    const { url, clientSecret } = options;
    const { pathname } = new URL(url);
    const metadata = { status: 200, body: metadataOf(url) };
    return [
        {
            method: 'GET',
            path: `${pathname}/.well-known/oauth-authorization-server`,
            answer: () => metadata,
        },
        {
            method: 'POST',
            path: `${pathname}/token`,
            answer: (request, body) => {
                const form = formOf(request, body);
                if (form === undefined)
                    return oauthError(400, 'invalid_request', 'The body has to be a form without repetitions.');
                if (!equalsSecret(secretOf(request, form), clientSecret)) {
                    const headers = { 'www-authenticate': 'Basic realm="databricks-token"' };
                    return oauthError(401, 'invalid_client', 'This is not the secret of this program.', headers);
                }
                return answerForm(form, options);
            },
        },
    ];
}

;// CONCATENATED MODULE: ./lib/src/serve/token-service.js





function missingToken(failure) {
    const [reason = ''] = failure?.split('\n') ?? [];
    const cause = (0,src_text/* printable */.g$)(reason)
        .replaceAll('"', "'")
        .replaceAll('\\', '/')
        .replace(/[^ -~]/g, '?');
    return `There is no valid token at this time.${cause === '' ? '' : ` ${cause}`}`;
}
async function startTokenService(options) {
    const { hostname, scope, groupId, token, now } = options;
    const missing = () => missingToken(options.failure());
    const { origin, serve, close } = await listenOnLoopback();
    const [forMetadata, forOAuth, forClient] = [createServiceSecret(), createServiceSecret(), createServiceSecret()];
    const path = `/${forMetadata.secret}/token`;
    const url = `${origin}/${forOAuth.secret}`;
    const clientSecret = forClient.secret;
    const oauth = oauthEndpoint({ url, clientSecret, scope, groupId, token, missing, now });
    serve([metadataService({ path, hostname, token, missing, now }), ...oauth]);
    return {
        metadataServiceUrl: origin + path,
        discoveryUrl: `${url}/.well-known/oauth-authorization-server`,
        clientId: CLIENT_ID,
        clientSecret,
        halves: [forMetadata.half, forOAuth.half, forClient.half],
        close,
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/served-login.js


function serveLogin({ login, current, renew, handOut, describe, now, info, }) {
    let failure;
    const report = (thrown) => {
        failure = describe(thrown);
        info(failure);
    };
    const newest = renewingToken({ current, renew, report, now });
    const token = async () => {
        const found = await newest();
        return found === undefined ? undefined : handOut(found);
    };
    const { hostname } = new URL(login.origin);
    const { scope, groupId } = login;
    return startTokenService({ hostname, scope, groupId, token, failure: () => failure, now });
}
const forJdbc = ({ clientId, clientSecret, discoveryUrl }) => `AuthMech=11;Auth_Flow=1;OAuth2ClientId=${clientId};OAuth2Secret=${clientSecret};OIDCDiscoveryEndpoint=${discoveryUrl}`;
const serviceEnvironment = (service) => ({
    jdbc: { DATABRICKS_TOKEN_JDBC: forJdbc(service) },
    metadataService: {
        DATABRICKS_AUTH_TYPE: 'metadata-service',
        DATABRICKS_METADATA_SERVICE_URL: service.metadataServiceUrl,
    },
    oauth: {
        DATABRICKS_AUTH_TYPE: 'oauth-m2m',
        DATABRICKS_DISCOVERY_URL: service.discoveryUrl,
        DATABRICKS_CLIENT_ID: service.clientId,
        DATABRICKS_CLIENT_SECRET: service.clientSecret,
    },
});

;// CONCATENATED MODULE: ./lib/src/serve/staying-messages.js

const STAY = 'stay';
const STAYS = 'stays';
const isText = (value) => typeof value === 'string';
function readReady(message) {
    if (!isJsonObject(message))
        return undefined;
    const { url, environment, halves } = message;
    if (!isText(url) || !isJsonObject(environment) || !Array.isArray(halves) || !halves.every(isText))
        return undefined;
    const entries = Object.entries(environment).filter((entry) => isText(entry[1]));
    return { url, environment: Object.fromEntries(entries), halves };
}

;// CONCATENATED MODULE: ./lib/src/serve/staying-process.js



const LOOK_EVERY_MS = 250;
function channelOf(own) {
    return {
        send: (message) => void own.send?.(message, undefined, undefined, () => undefined),
        next: () => new Promise((resolve) => {
            if (!own.connected)
                return resolve(undefined);
            own.once('message', resolve);
            own.once('disconnect', () => resolve(undefined));
        }),
        close: () => own.disconnect?.(),
    };
}
function watchFolder(folder) {
    const identityOf = () => {
        const found = (0,external_node_fs_.lstatSync)(folder, { bigint: true, throwIfNoEntry: false });
        return found === undefined ? undefined : `${found.dev}:${found.ino}`;
    };
    const first = identityOf();
    return () => first !== undefined && identityOf() === first;
}
async function stay({ channel, ready, isFolderThere, worker, pause }) {
    channel.send(ready);
    if ((await channel.next()) !== STAY)
        return;
    channel.send(STAYS);
    channel.close();
    while (isFolderThere() && (worker === undefined || isRunning(worker)))
        await pause(LOOK_EVERY_MS);
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = require("node:url");
;// CONCATENATED MODULE: ./lib/src/store/shim.js




const EXECUTABLE = 0o700;
const NODE_OPTIONS = '--max-semi-space-size=4';
const MAX_FIRST_LINE_BYTES = 127;
const forShell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const shellCommand = (shell, { node, script, folder }) => `#!${shell}\nexec ${forShell(node)} ${NODE_OPTIONS} ${forShell(script)} --kept ${forShell(folder)} "$@"\n`;
const shellShim = (options) => shellCommand('/bin/sh', options);
function firstLineFor(node, envSplits) {
    const fits = (line) => Buffer.byteLength(line) <= MAX_FIRST_LINE_BYTES;
    const direct = `#!${node} ${NODE_OPTIONS}`;
    if (!/\s/.test(node) && fits(direct))
        return direct;
    const split = `#!/usr/bin/env -S "${node}" ${NODE_OPTIONS}`;
    return fits(split) && /^[^"\\$\t\r\n]+$/.test(node) && envSplits() ? split : undefined;
}
function executableShim(options, envSplits) {
    const { node, script, folder } = options;
    const firstLine = firstLineFor(node, envSplits);
    if (firstLine === undefined)
        return shellCommand('/bin/bash -p', options);
    const bundle = JSON.stringify(pathToFileURL(script).href);
    return `${firstLine}\nprocess.argv.splice(2, 0, '--kept', ${JSON.stringify(folder)})\nimport(${bundle})\n`;
}
function doesEnvSplit() {
    try {
        return process.platform === 'linux' && basename(realpathSync('/usr/bin/env')) !== 'busybox';
    }
    catch {
        return false;
    }
}
const forCmd = (text) => `"${text.replaceAll('%', '%%')}"`;
const KEPT_THROUGH_CMD = '--kept-through-cmd';
const isAscii = (text) => /^[\x20-\x7e]*$/.test(text);
const PLACE = 'DATABRICKS_TOKEN_PLACE';
function fromPlace(path, bin) {
    const fromBin = win32.relative(bin, path);
    const named = forCmd(fromBin);
    return win32.isAbsolute(fromBin) ? named : named.replace('"', `"%${PLACE}%`);
}
function cmdShimFromPlace({ node, script, folder }) {
    const bin = win32.join(folder, 'bin');
    const command = `${fromPlace(node, bin)} ${NODE_OPTIONS} ${fromPlace(script, bin)} ${KEPT_THROUGH_CMD} ${fromPlace(folder, bin)} %*`;
    return [
        'setlocal disabledelayedexpansion',
        'goto main',
        ':place',
        `set "${PLACE}=%~dp0"`,
        'exit /b 0',
        ':main',
        'call :place',
        `endlocal & ${command}`,
    ];
}
function cmdShim(options) {
    const { node, script, folder } = options;
    const lines = isAscii(node + script + folder)
        ? [`${forCmd(node)} ${NODE_OPTIONS} ${forCmd(script)} ${KEPT_THROUGH_CMD} ${forCmd(folder)} %*`]
        : cmdShimFromPlace(options);
    return ['@echo off', ...lines, ''].join('\r\n');
}
function shim_writeShims(options) {
    const bin = join(options.folder, 'bin');
    mkdirSync(bin, { mode: 0o700 });
    const isWindows = process.platform === 'win32';
    const shim = isWindows ? shellShim(options) : executableShim(options, doesEnvSplit);
    writeNew(join(bin, options.name), shim, EXECUTABLE);
    writeNew(join(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE);
    return bin;
}

;// CONCATENATED MODULE: ./lib/src/store/folder.js





const isOnePath = (path) => isAbsolute(path) && !path.includes(delimiter) && !/[\r\n]/.test(path);
function checkTemporary(temporary) {
    try {
        if (isOnePath(temporary) && statSync(temporary).isDirectory()) {
            accessSync(temporary, constants.W_OK | constants.X_OK);
            return;
        }
    }
    catch {
    }
    throw new ActionError('RUNNER_TEMP_UNUSABLE', 'RUNNER_TEMP names no folder that can be written.');
}
const isOwnFolder = (folder, temporary) => (0,external_node_path_.basename)(folder).startsWith(login_store_FOLDER_PREFIX) && (0,external_node_path_.dirname)((0,external_node_path_.resolve)(folder)) === (0,external_node_path_.resolve)(temporary);
function loginAt(folder) {
    try {
        return openLoginStore(folder).readLogin();
    }
    catch {
        return undefined;
    }
}
const ownFolders = (searchPath, temporary) => searchPath
    .split(delimiter)
    .map((bin) => dirname(bin))
    .filter((folder) => isOwnFolder(folder, temporary));
function isFile(path) {
    try {
        return lstatSync(path).isFile();
    }
    catch {
        return false;
    }
}
const notKept = (thrown) => new ActionError('RUNNER_TEMP_UNUSABLE', `The login could not be kept in RUNNER_TEMP (${systemCode(thrown) ?? 'unknown reason'}).`);
const isCommandTaken = (searchPath, name) => searchPath.split(delimiter).some((entry) => isAbsolute(entry) && isFile(join(entry, name)));
function refuseTakenCommand(searchPath, temporary, name, origin) {
    for (const folder of ownFolders(searchPath, temporary)) {
        const other = isFile(join(folder, 'bin', name)) ? loginAt(folder)?.origin : undefined;
        if (other === undefined)
            continue;
        if (other === origin)
            return;
        throw new ActionError('TOKEN_COMMAND_TAKEN', `The command ${name} of this job belongs to a login to ${other}.`);
    }
}
function refuseLostGroup(searchPath, temporary) {
    const groupId = ownFolders(searchPath, temporary)
        .map((folder) => loginAt(folder)?.groupId)
        .find(Boolean);
    if (groupId === undefined)
        return;
    const happened = `An earlier login of this job is for group ${groupId}, and nothing says whether this one is.`;
    const advice = `Set group_id: ${groupId}; or group_id: none, for all rights of the principal.`;
    throw new ActionError('INPUT_INVALID', happened, { advice });
}
function removeFolder(folder, temporary) {
    const found = (0,external_node_fs_.lstatSync)(folder, { throwIfNoEntry: false });
    const isFolder = found?.isDirectory() ?? true;
    if (!isOwnFolder(folder, temporary) || !isFolder)
        throw new Error('not a folder of this action');
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
}
function keepService(folder, serviceDigest) {
    try {
        const { readLogin, writeLogin } = openLoginStore(folder);
        writeLogin({ ...readLogin(), serviceDigest });
    }
    catch (thrown) {
        throw notKept(thrown);
    }
}
function makeFolder(temporary, command, fill) {
    let folder;
    try {
        folder = mkdtempSync(join(temporary, FOLDER_PREFIX));
        fill(folder);
        return { folder, bin: writeShims({ ...command, folder }) };
    }
    catch (thrown) {
        if (folder !== undefined)
            rmSync(folder, { recursive: true, force: true });
        throw notKept(thrown);
    }
}
const keepLogin = ({ temporary, login, token, command }) => makeFolder(temporary, command, (folder) => createLoginStore(folder, login, token));
const keepDryRun = (temporary, command) => makeFolder(temporary, command, createDryRunStore);

;// CONCATENATED MODULE: ./lib/src/store/settled-token.js


const SETTLE_SECONDS = 1;
function settledFirst({ first, now, pause }) {
    let last = first;
    let isSettled = Promise.resolve();
    function secondsToWait(token) {
        if (last === undefined || secondsLeft(last, now()) <= time/* UNUSABLE_SECONDS */.i)
            return 0;
        return Math.min(SETTLE_SECONDS, Math.max(0, SETTLE_SECONDS - (0,time/* secondsUntil */.Ch)(now(), token.issuedAt)));
    }
    return async (token) => {
        if (last?.accessToken !== token.accessToken) {
            const seconds = secondsToWait(token);
            isSettled = seconds > 0 ? pause(seconds * 1000) : Promise.resolve();
            last = token;
        }
        await isSettled;
        return token;
    };
}

;// CONCATENATED MODULE: ./lib/src/stay.js






















const environment = process.env;
const log = commandLog(environment, () => undefined);
const { values } = (0,external_node_util_namespaceObject.parseArgs)({ options: { kept: { type: 'string' }, worker: { type: 'string' } } });
const { kept: folder = '', worker = '' } = values;
async function run() {
    const isFolderThere = watchFolder(folder);
    const { kept, login, fresh, describe } = openLogin(folder, { environment, log, warning: log.info });
    const service = await serveLogin({
        login,
        current: kept.readToken,
        renew: () => fresh(renewalThreshold),
        handOut: settledFirst({ first: kept.readToken(), now: time/* secondsNow */.aL, pause: promises_namespaceObject.setTimeout }),
        describe,
        now: time/* secondsNow */.aL,
        info: log.info,
    });
    const { jdbc, metadataService } = serviceEnvironment(service);
    const ready = {
        url: service.metadataServiceUrl,
        environment: { ...metadataService, ...jdbc },
        halves: service.halves,
    };
    await stay({ channel: channelOf(process), ready, isFolderThere, worker: readProcess(worker), pause: promises_namespaceObject.setTimeout });
    service.close();
    if (isFolderThere())
        removeFolder(folder, (0,external_node_path_.dirname)(folder));
    return 0;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => undefined);
runToEnd(run, log.fail, []);

})();

module.exports = __webpack_exports__;
/******/ })()
;