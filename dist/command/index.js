/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 5770:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 8839:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5770);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6150);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6612);



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

/***/ 23:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 8488:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hi: () => (/* binding */ inMarkdown),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   TM: () => (/* binding */ folded),
/* harmony export */   hk: () => (/* binding */ textAsPage),
/* harmony export */   qM: () => (/* binding */ asCode),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6150);

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

/***/ 652:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ USER_AGENT),
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
const VERSION = '0.9.0';
const USER_AGENT = `databricks-token-action/${VERSION} cicd/github`;


/***/ }),

/***/ 4376:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LV: () => (/* binding */ isInFuture),
/* harmony export */   Li: () => (/* binding */ secondsLeft),
/* harmony export */   ds: () => (/* binding */ advertisedExpiry),
/* harmony export */   sm: () => (/* binding */ renewalThreshold)
/* harmony export */ });
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2332);

const RENEW_BELOW_SECONDS = 150;
const EARLY_SECONDS = 60;
const EARLY_SECONDS_OF_SHORT = 40;
const lifetime = ({ issuedAt, expiresAt }) => (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsUntil */ .Ch)(expiresAt, issuedAt);
const CLOCK_TOLERANCE_SECONDS = 60;
const isInFuture = (moment, now) => (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsUntil */ .Ch)(moment, now) > CLOCK_TOLERANCE_SECONDS;
const secondsLeft = ({ beganAt, expiresAt }, now) => isInFuture(beganAt, now) ? 0 : (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsUntil */ .Ch)(expiresAt, now);
const renewalThreshold = (token) => Math.min(lifetime(token) / 2, RENEW_BELOW_SECONDS);
function advertisedExpiry(token, now) {
    const early = lifetime(token) < RENEW_BELOW_SECONDS ? EARLY_SECONDS_OF_SHORT : EARLY_SECONDS;
    return Math.max(Math.floor((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsAfter */ ._I)(token.expiresAt, -early)), Math.floor((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsAfter */ ._I)(now, 5)));
}


/***/ }),

/***/ 6150:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 2332:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 6612:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 3691:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ withoutCommands),
/* harmony export */   NA: () => (/* binding */ workflowCommand),
/* harmony export */   e5: () => (/* binding */ holdsCommand),
/* harmony export */   pt: () => (/* binding */ withoutBracketCommands),
/* harmony export */   w7: () => (/* binding */ annotation)
/* harmony export */ });
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


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = require("assert");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = require("events");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = require("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = require("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = require("net");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = require("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = require("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = require("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = require("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = require("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = require("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = require("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = require("node:path");

/***/ }),

/***/ 8321:
/***/ ((module) => {

module.exports = require("node:stream/consumers");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = require("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = require("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = require("node:tls");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = require("node:v8");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = require("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = require("util");

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
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
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
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
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
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
;// CONCATENATED MODULE: ./lib/src/serve/auth-type.js
const AUTH_TYPES = ['metadata-service', 'oauth-m2m', 'pat'];

;// CONCATENATED MODULE: ./lib/src/command-line.js

const USAGE = `Usage:
  databricks-token [--min-validity SECONDS] [--output token|json]
      Prints a Databricks token that is valid now; logs in again when the kept one has
      less than SECONDS to live (60 unless told).
  databricks-token exec [--auth metadata-service|oauth-m2m|pat] -- PROGRAM [ARGUMENTS]
      Runs PROGRAM logged in. The Databricks SDKs in it renew their token by themselves:
      by OAuth client credentials with --auth oauth-m2m, for the SDK for Java. With
      --auth pat it gets one token, which is not renewed. DATABRICKS_TOKEN_JDBC holds
      parameters for a JDBC URL.
  databricks-token sql [OPTIONS] (--file FILE | [--] STATEMENT | -)
      Runs SQL on a warehouse, waits, and fails when it fails: see databricks-token sql --help.
  databricks-token masks
      Masks every token of this login as soon as there is one, until it is ended: for a
      step with background: true, beside stay_logged_in.
  databricks-token --help | --version

In a workflow each token is masked through a line on stderr: let stderr through to the log.
`;
const wrong = (reason) => ({ kind: 'wrong', reason });
function parseOptions(words, known) {
    const options = new Map();
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const [name = '', ...joined] = word.split('=');
        const pattern = known[name];
        if (pattern === undefined)
            return `${word} is not known`;
        const value = joined.length > 0 ? joined.join('=') : rest.shift();
        if (value === undefined || !pattern.test(value))
            return `${name} cannot be ${value ?? 'left without a value'}`;
        options.set(name, value);
    }
    return options;
}
const asksForHelp = ([first]) => first === '--help' || first === '-h';
function parseExec(words) {
    if (asksForHelp(words))
        return { kind: 'help' };
    const separator = words.indexOf('--');
    const program = separator === -1 ? [] : words.slice(separator + 1);
    if (program.length === 0)
        return wrong('exec takes -- and then a program');
    const options = parseOptions(words.slice(0, separator), { '--auth': new RegExp(`^(${AUTH_TYPES.join('|')})$`) });
    if (typeof options === 'string')
        return wrong(options);
    const auth = AUTH_TYPES.find((one) => one === options.get('--auth')) ?? 'metadata-service';
    return { kind: 'exec', auth, program };
}
function parseCall(words) {
    const [first, ...others] = words;
    if (first === 'exec')
        return parseExec(others);
    if (first === 'sql')
        return asksForHelp(others) ? { kind: 'sql-help' } : { kind: 'sql', words: others };
    if (asksForHelp(words))
        return { kind: 'help' };
    if (first === 'masks')
        return others.length === 0 ? { kind: 'masks' } : wrong('masks takes nothing after it');
    if (first === '--version')
        return { kind: 'version' };
    const options = parseOptions(words, { '--min-validity': /^\d{1,5}$/, '--output': /^(token|json)$/ });
    if (typeof options === 'string')
        return wrong(options);
    const output = options.get('--output') === 'json' ? 'json' : 'token';
    return { kind: 'token', minValidity: Number(options.get('--min-validity') ?? 60), output };
}

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(5770);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(8839);
;// CONCATENATED MODULE: ./lib/src/http/tls-check.js

function refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED: setting }) {
    if (setting === '0')
        throw new errors/* ActionError */.lZ('TLS_CHECK_DISABLED', 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.');
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(2332);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
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
    const own = `${file}.${(0,external_node_crypto_.randomUUID)()}`;
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
    const owner = `${process.pid} ${(0,external_node_crypto_.randomUUID)()}`;
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
            await (0,promises_.setTimeout)(POLL_MS);
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

// EXTERNAL MODULE: ./lib/src/store/token-lifetime.js
var token_lifetime = __nccwpck_require__(4376);
;// CONCATENATED MODULE: ./lib/src/store/fresh-token.js





function sharedResult(kept, askedAt, now) {
    const isSince = ({ beganAt }) => (0,time/* secondsUntil */.Ch)(beganAt, askedAt) >= 0 && !(0,token_lifetime/* isInFuture */.LV)(beganAt, now);
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
        const left = token === undefined ? 0 : (0,token_lifetime/* secondsLeft */.Li)(token, now());
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
        if (last === undefined || (0,token_lifetime/* secondsLeft */.Li)(last, now()) <= time/* UNUSABLE_SECONDS */.i)
            throw thrown;
        if (logIn !== undefined)
            warning(`The login could not be renewed; its token lives on for ${Math.floor((0,token_lifetime/* secondsLeft */.Li)(last, now()))} s. ${effects.describe(thrown)}`);
        return last;
    }
}

// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(6150);
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
var json = __nccwpck_require__(23);
;// CONCATENATED MODULE: ./lib/src/store/atomic-files.js




const OWNER_ONLY = 0o600;
const IN_USE = ['EPERM', 'EACCES', 'EBUSY'];
const TRIES = 50;
const PAUSE_MS = 10;
const nameBeside = (file) => `${file}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
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




const FOLDER_PREFIX = 'databricks-token-';
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
function openLoginStore(folder) {
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
function createDryRunStore(folder) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify({ dryRun: true }));
}
function createLoginStore(folder, login, token) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify(login));
    writeNew(join(folder, 'kept', 'token.json'), JSON.stringify(token));
}

;// CONCATENATED MODULE: ./lib/src/store/remembered-token.js


function newer(one, other, now) {
    if (other === undefined || (0,token_lifetime/* isInFuture */.LV)(other.beganAt, now))
        return one;
    return (0,token_lifetime/* isInFuture */.LV)(one.beganAt, now) || (0,time/* secondsUntil */.Ch)(other.beganAt, one.beganAt) >= 0 ? other : one;
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
    const { logIn } = await Promise.all(/* import() */[__nccwpck_require__.e(873), __nccwpck_require__.e(452)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5452));
    const { clientId, accountId, audience, scope, timeoutSeconds } = renewal;
    const host = (0,src_host/* parseHost */.o6)(origin, true);
    const asked = { host, clientId, accountId, audience, groupId: groupId || undefined, scope, timeoutSeconds };
    const options = { ...asked, onExchangeFailure: 'fail' };
    return logIn(options, { environment, log });
}
function openLogin(folder, effects) {
    const { environment, log, warning } = effects;
    const kept = rememberToken(openLoginStore(folder), time/* secondsNow */.aL);
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

// EXTERNAL MODULE: ./lib/src/workflow-commands.js
var workflow_commands = __nccwpck_require__(3691);
;// CONCATENATED MODULE: ./lib/src/runner/in-workflow.js
function isInWorkflow(environment) {
    const { GITHUB_ACTIONS: actions, ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '', } = environment;
    return actions === 'true' || (url !== '' && requestToken !== '');
}

// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __nccwpck_require__(8488);
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
    return (0,workflow_commands/* withoutBracketCommands */.pt)(text.replace(/\n{3,}/g, '\n\n'));
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
const maskLines = (secrets) => secrets.map((secret) => (0,workflow_commands/* workflowCommand */.NA)('add-mask', secret)).join('');
const stepForm = {
    mask: maskLines,
    info: (line) => `${line}\n`,
    notice: (line) => (0,workflow_commands/* workflowCommand */.NA)('notice', line),
    warning: (line) => (0,workflow_commands/* workflowCommand */.NA)('warning', line),
    debug: (line) => (0,workflow_commands/* workflowCommand */.NA)('debug', line),
    fail: (code, text) => (0,workflow_commands/* annotation */.w7)('error', `${STEP_TITLE} (${code})`, text),
};
function createLog(environment, form, print, action) {
    const { add, redact: redactSecrets } = createRedaction();
    const redact = (text) => (0,src_text/* withoutControls */.DJ)(redactSecrets(text));
    environmentSecrets(environment).forEach(add);
    const masked = new Set();
    const line = (text) => (0,workflow_commands/* withoutCommands */.Df)((0,src_text/* printable */.g$)(redact(text)));
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
        print(`${(0,workflow_commands/* withoutCommands */.Df)(redact(line))}\n`);
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
    warning: (line) => (0,workflow_commands/* annotation */.w7)('warning', COMMAND_TITLE, line),
    fail: (code, text, place) => (0,workflow_commands/* annotation */.w7)('error', `${COMMAND_TITLE} failed (${code})`, text, place),
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

;// CONCATENATED MODULE: ./lib/src/runner/pipe-of.js

function pipeOf(descriptor) {
    if (process.platform === 'win32')
        return undefined;
    try {
        const found = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
        return found.isFIFO() || found.isSocket() ? `${found.dev}:${found.ino}` : undefined;
    }
    catch {
        return undefined;
    }
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

// EXTERNAL MODULE: ./lib/src/runner/version.js
var version = __nccwpck_require__(652);
;// CONCATENATED MODULE: ./lib/src/runner/watch-step.js



const WATCH_EVERY_MS = 200;
function holds(pid, variable, processes) {
    try {
        return (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(processes, `${pid}`, 'environ'), 'utf8')
            .split('\0')
            .includes(variable);
    }
    catch {
        return false;
    }
}
function chainOf(summary, processes) {
    const chain = [];
    let ofStep = 0;
    const above = (pid) => linkOf(pid, processes);
    for (let link = above(process.pid); link !== undefined && link.parent > 0; link = above(link.parent)) {
        chain.push(link);
        if (chain.length === 1 || holds(link.pid, `GITHUB_STEP_SUMMARY=${summary}`, processes))
            ofStep = chain.length;
    }
    return chain.slice(0, ofStep);
}
function isAsItWas(link, processes) {
    const now = linkOf(link.pid, processes);
    return now?.parent === link.parent && now.startedAt === link.startedAt;
}
function watchStep(environment, gone, processes = '/proc') {
    if (environment['GITHUB_ACTIONS'] !== 'true')
        return () => undefined;
    const { ppid } = process;
    const chain = chainOf(environment['GITHUB_STEP_SUMMARY'] ?? '', processes);
    const timer = setInterval(() => {
        if (process.ppid === ppid && chain.every((link) => isAsItWas(link, processes)))
            return;
        clearInterval(timer);
        gone();
    }, WATCH_EVERY_MS);
    return () => clearInterval(timer);
}

;// CONCATENATED MODULE: ./lib/src/runner/write-all-sync.js


const FULL_PIPE_PAUSE_MS = 10;
function writeAllSync(descriptor, text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_.writeSync)(descriptor, rest));
        }
        catch (thrown) {
            const code = String((0,errors/* systemCode */.xU)(thrown));
            if (code !== 'EAGAIN')
                return code;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/src/store/mask-each-token.js

const LOOK_EVERY_MS = 100;
async function maskEachToken({ folder, readToken }, { mask, pause, signal }) {
    while (!signal.aborted && (0,external_node_fs_.lstatSync)(folder, { throwIfNoEntry: false }) !== undefined) {
        const token = readToken();
        if (token !== undefined)
            mask(token.accessToken);
        await pause(LOOK_EVERY_MS);
    }
}

;// CONCATENATED MODULE: ./lib/src/store/masked-token.js




const MASK_AHEAD_MS = 100;
const MAX_PIPES = 32;
const digestOf = ({ accessToken }) => (0,external_node_crypto_.createHash)('sha256').update(accessToken).digest('hex');
function readMasks(file, token) {
    const { token: digest, pipes } = readJsonObject(file) ?? {};
    if (digest !== digestOf(token) || typeof pipes !== 'object' || pipes === null)
        return {};
    const written = Object.entries(pipes).filter((entry) => (0,time/* isTime */.K8)(entry[1]));
    return Object.fromEntries(written);
}
function writeMasks(file, token, masks) {
    const pipes = Object.fromEntries(Object.entries(masks).slice(-MAX_PIPES));
    try {
        writeAtomically(file, JSON.stringify({ token: digestOf(token), pipes }));
    }
    catch {
    }
}
function maskedFirst({ folder }, effects) {
    const { mask, inWorkflow, pipe, now, pause } = effects;
    const file = (0,external_node_path_.join)(folder, 'kept', 'masks.json');
    let last;
    function ageOfMask(token) {
        if (pipe === undefined)
            return 0;
        const masks = readMasks(file, token);
        const writtenAt = masks[pipe];
        if (writtenAt === undefined)
            writeMasks(file, token, { ...masks, [pipe]: now() });
        return writtenAt === undefined ? 0 : Math.max(0, (0,time/* secondsUntil */.Ch)(now(), writtenAt) * 1000);
    }
    async function untilRead(token) {
        const ms = inWorkflow && !token.isOfLoginStep ? MASK_AHEAD_MS - ageOfMask(token) : 0;
        if (ms > 0)
            await pause(ms);
    }
    return async (token, ...beside) => {
        mask(token.accessToken, ...beside);
        if (last?.accessToken !== token.accessToken) {
            last = { accessToken: token.accessToken, isRead: untilRead(token) };
        }
        await last.isRead;
        return token;
    };
}

;// CONCATENATED MODULE: ./lib/src/command.js



















const environment = process.env;
const log = commandLog(environment, (text) => writeAllSync(2, text));
const WRONG_CALL = 2;
const inWorkflow = isInWorkflow(environment);
function openHere(folder, warning) {
    const opened = openLogin(folder, { environment, log, warning });
    const handOut = maskedFirst(opened.kept, { mask: log.mask, inWorkflow, pipe: pipeOf(2), now: time/* secondsNow */.aL, pause: promises_.setTimeout });
    return { ...opened, handOut };
}
const unwritable = (code) => new errors/* ActionError */.lZ('RESULT_UNWRITABLE', `Writing to stdout failed (${code}).`);
function print(text) {
    const code = writeAllSync(1, text);
    if (code !== undefined)
        throw unwritable(code);
}
async function printToken(folder, { minValidity, output }) {
    const { fresh, handOut } = openHere(folder, log.warning);
    const { accessToken, expiresAt } = await handOut(await fresh(() => minValidity));
    const expiry = (0,time/* formatTime */.fU)(expiresAt);
    const asJson = () => JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry });
    print(`${output === 'json' ? asJson() : accessToken}\n`);
    return 0;
}
async function runLoggedIn(folder, { auth, program }) {
    const { kept, login, fresh, handOut, describe } = openHere(folder, log.info);
    const { execute } = await __nccwpck_require__.e(/* import() */ 130).then(__nccwpck_require__.bind(__nccwpck_require__, 130));
    const { info } = log;
    const renew = () => fresh(token_lifetime/* renewalThreshold */.sm);
    return execute({ program, auth, login, environment, current: kept.readToken, renew, handOut, describe, now: time/* secondsNow */.aL, info });
}
const ENDING_SIGNALS = [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGBREAK', 130],
    ['SIGTERM', 143],
];
const STEP_GONE = 143;
const SQL_TIMES = { timeoutSeconds: 240, attemptSeconds: 60 };
async function runSqlLoggedIn({ folder, throughCmd }, words) {
    const [{ runSql }, { Cancellation, BrokenPipe }, { keepConnection }, { realClock }] = await Promise.all([
        __nccwpck_require__.e(/* import() */ 874).then(__nccwpck_require__.bind(__nccwpck_require__, 6874)),
        __nccwpck_require__.e(/* import() */ 902).then(__nccwpck_require__.bind(__nccwpck_require__, 6902)),
        Promise.all(/* import() */[__nccwpck_require__.e(873), __nccwpck_require__.e(585)]).then(__nccwpck_require__.bind(__nccwpck_require__, 585)),
        __nccwpck_require__.e(/* import() */ 668).then(__nccwpck_require__.bind(__nccwpck_require__, 1668)),
    ]);
    refuseDisabledTlsCheck(environment);
    const { login, fresh, handOut } = openHere(folder, log.info);
    const ended = new AbortController();
    const end = (reason, exitCode) => ended.abort(new Cancellation(reason, exitCode));
    for (const [signal, exitCode] of ENDING_SIGNALS)
        process.on(signal, () => end(`ended by ${signal}`, exitCode));
    const unwatch = watchStep(environment, () => end('ended with its step', STEP_GONE));
    const { info, debug, fail } = log;
    const { send, sendFresh, close } = keepConnection({ userAgent: version/* USER_AGENT */._, ...SQL_TIMES, info, debug });
    const exitCode = await runSql(words, {
        throughCmd,
        origin: login.origin,
        workspaceId: login.workspaceId,
        environment,
        send,
        sendFresh,
        userAgent: version/* USER_AGENT */._,
        hideFromLog: log.hideFromLog,
        token: async (refusedToken) => {
            const isRefused = (token) => token.accessToken === refusedToken;
            const wanted = await fresh((token) => (isRefused(token) ? Number.POSITIVE_INFINITY : (0,token_lifetime/* renewalThreshold */.sm)(token)));
            const { accessToken } = await handOut(wanted);
            return accessToken;
        },
        print: (text) => {
            const code = writeAllSync(1, text);
            if (code === 'EPIPE')
                throw new BrokenPipe();
            if (code !== undefined)
                throw unwritable(code);
        },
        stdoutIsFile: (0,external_node_fs_.fstatSync)(1).isFile(),
        inWorkflow,
        info,
        fail,
        withCause: async (failure) => {
            const { explainedAnswer } = await Promise.all(/* import() */[__nccwpck_require__.e(956), __nccwpck_require__.e(794)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8956));
            return explainedAnswer(failure, (0,src_host/* parseHost */.o6)(login.origin, true));
        },
        page: log.page,
        summarize: (markdown) => appendSummary(environment['GITHUB_STEP_SUMMARY'], markdown),
        signal: ended.signal,
        clock: realClock,
        canRenew: login.renewal !== undefined,
    });
    close();
    unwatch();
    return exitCode;
}
async function maskTokens(folder) {
    const ended = new AbortController();
    const end = () => ended.abort();
    for (const [signal] of ENDING_SIGNALS)
        process.on(signal, end);
    const unwatch = watchStep(environment, end);
    const { kept } = openLogin(folder, { environment, log, warning: log.info });
    const { info, mask } = log;
    if (!inWorkflow)
        info('There is no runner here that would read a mask.');
    await maskEachToken(kept, { mask, pause: promises_.setTimeout, signal: ended.signal });
    unwatch();
    return 0;
}
async function printSqlHelp() {
    const { SQL_USAGE } = await __nccwpck_require__.e(/* import() */ 186).then(__nccwpck_require__.bind(__nccwpck_require__, 4186));
    print(SQL_USAGE);
    return 0;
}
function answer(caller, call) {
    const { folder } = caller;
    if (call.kind === 'token')
        return printToken(folder, call);
    if (call.kind === 'exec')
        return runLoggedIn(folder, call);
    if (call.kind === 'masks')
        return maskTokens(folder);
    if (call.kind === 'sql')
        return runSqlLoggedIn(caller, call.words);
    if (call.kind === 'wrong') {
        log.info(call.reason);
        writeAllSync(2, `\n${USAGE}`);
        return WRONG_CALL;
    }
    if (call.kind === 'sql-help')
        return printSqlHelp();
    print(call.kind === 'version' ? `${version/* VERSION */.x}\n` : USAGE);
    return 0;
}
const [kept = '', folder = '', ...words] = process.argv.slice(2);
const throughCmd = kept === '--kept-through-cmd';
const call = parseCall(words);
runToEnd(async () => answer({ folder, throughCmd }, call), log.fail, ['exec', 'sql', 'masks'].includes(call.kind) ? [] : undefined, call.kind === 'sql' ? endWhenIdle : undefined);

module.exports = __webpack_exports__;
/******/ })()
;