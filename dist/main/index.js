/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 770:
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

/***/ 100:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 839:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ namesHost),
/* harmony export */   MM: () => (/* binding */ checkHostNeeds),
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   W2: () => (/* binding */ isTrusted),
/* harmony export */   W8: () => (/* binding */ workspaceIdIn),
/* harmony export */   WB: () => (/* binding */ isSameId),
/* harmony export */   eQ: () => (/* binding */ isId),
/* harmony export */   hP: () => (/* binding */ checkAccountId),
/* harmony export */   nW: () => (/* binding */ isDatabricksDomain),
/* harmony export */   o6: () => (/* binding */ parseHost)
/* harmony export */ });
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ACCOUNT_ID_INVALID', `The account id ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(accountId)} is ${found}.`);
}
function checkHostNeeds({ kind, serverHostname }, accountId, audience) {
    checkAccountId(accountId);
    if (kind === 'account' && accountId === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ACCOUNT_ID_MISSING', `${serverHostname} is an account console and no account id is given.`);
    }
    if (kind === 'unknown' && audience === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('AUDIENCE_MISSING', `${serverHostname} is outside Databricks' own domains.`);
    }
}


/***/ }),

/***/ 537:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ jsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(23);


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

/***/ 488:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

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

/***/ 960:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LL: () => (/* binding */ writeProcess),
/* harmony export */   dG: () => (/* binding */ knownProcess)
/* harmony export */ });
/* unused harmony exports linkOf, isNumberTaken, isRunning, readProcess */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(770);



function linkOf(pid, processes = '/proc') {
    try {
        const afterName = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(processes, `${pid}`, 'stat'), 'latin1').replace(/^.*\) /s, '');
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
        return systemCode(thrown) === 'EPERM';
    }
}
const isRunning = ({ pid, startedAt }) => startedAt === undefined ? isNumberTaken(pid) : linkOf(pid)?.startedAt === startedAt;
const writeProcess = ({ pid, startedAt = '' }) => `${pid}:${startedAt}`;
function readProcess(text) {
    const [, pid, startedAt] = /^([1-9]\d*):(\d*)$/.exec(text) ?? [];
    return pid === undefined ? undefined : { pid: Number(pid), startedAt: startedAt || undefined };
}


/***/ }),

/***/ 150:
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

/***/ 332:
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

/***/ 612:
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

/***/ 613:
/***/ ((module) => {

module.exports = require("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = require("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = require("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = require("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = require("net");

/***/ }),

/***/ 421:
/***/ ((module) => {

module.exports = require("node:child_process");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = require("node:path");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = require("tls");

/***/ }),

/***/ 404:
/***/ ((module) => {

module.exports = require("util");

/***/ }),

/***/ 783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

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

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(770);
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


// EXTERNAL MODULE: ./lib/src/json.js
var json = __nccwpck_require__(23);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __nccwpck_require__(150);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(332);
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
function readSubjectToken(jwt, now) {
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
        const token = readSubjectToken(await request(audience), now());
        kept.set(audience, token);
        return token;
    };
}

// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(839);
;// CONCATENATED MODULE: ./lib/src/http/tls-check.js

function refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED: setting }) {
    if (setting === '0')
        throw new errors/* ActionError */.lZ('TLS_CHECK_DISABLED', 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.');
}

// EXTERNAL MODULE: ./lib/src/http/json-answer.js
var json_answer = __nccwpck_require__(537);
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
        const { HOST_CONFIG, readHostConfig } = await __nccwpck_require__.e(/* import() */ 304).then(__nccwpck_require__.bind(__nccwpck_require__, 304));
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

// EXTERNAL MODULE: ./lib/src/federation/issuer.js
var federation_issuer = __nccwpck_require__(828);
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
    const token = readSubjectToken(jwt, now());
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
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
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
const requestFor = (url) => (isSecured(url) ? external_node_https_namespaceObject.request : external_node_http_namespaceObject.request);
const openAgent = (url) => isSecured(url) ? new external_node_https_namespaceObject.Agent({ keepAlive: true }) : new external_node_http_namespaceObject.Agent({ keepAlive: true });
async function openTunnelAgent({ href }) {
    const { HttpClient } = await __nccwpck_require__.e(/* import() */ 357).then(__nccwpck_require__.bind(__nccwpck_require__, 357));
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
function openConnections(options) {
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
function findIdTokenService(environment) {
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
async function requestIdToken({ url, requestToken }, { audience, send, mask }) {
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
const USER_AGENT = `databricks-token-action/${VERSION} cicd/github`;

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
        findIdTokenService(environment);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'ID_TOKEN_PERMISSION_MISSING')
            throw thrown;
        const { missingPermission } = await __nccwpck_require__.e(/* import() */ 869).then(__nccwpck_require__.bind(__nccwpck_require__, 869));
        throw missingPermission(environment);
    }
}
async function explained(failure, options, environment, clockSkewSeconds) {
    const [{ explain }, { explainedFailure }, { undeclaredInputs }] = await Promise.all([
        __nccwpck_require__.e(/* import() */ 956).then(__nccwpck_require__.bind(__nccwpck_require__, 956)),
        __nccwpck_require__.e(/* import() */ 316).then(__nccwpck_require__.bind(__nccwpck_require__, 316)),
        __nccwpck_require__.e(/* import() */ 796).then(__nccwpck_require__.bind(__nccwpck_require__, 796)),
    ]);
    const undeclared = undeclaredInputs(environment);
    const { GITHUB_EVENT_NAME: eventName } = environment;
    const explanation = explain(failure, options, { undeclared, eventName, clockSkewSeconds, now: (0,time/* secondsNow */.aL)() });
    return explanation === undefined ? failure : explainedFailure(failure, explanation);
}
async function logIn(options, { environment, log, random, clock }) {
    const { mask, info, notice, warning, debug } = log;
    const { timeoutSeconds } = options;
    const { send: sendOnly, close } = openConnections({
        userAgent: USER_AGENT,
        timeoutSeconds,
        info,
        debug,
        random,
        clock,
    });
    const { send, clockSkewSeconds } = watchClock(sendOnly);
    const askRunner = async (audience) => {
        await checkIdTokenPermission(environment);
        return requestIdToken(findIdTokenService(environment), { audience, send, mask });
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
            __nccwpck_require__.e(/* import() */ 537).then(__nccwpck_require__.bind(__nccwpck_require__, 918)),
            __nccwpck_require__.e(/* import() */ 798).then(__nccwpck_require__.bind(__nccwpck_require__, 798)),
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
        const now = (0,time/* secondsNow */.aL)();
        const { disclosedClaims } = readSubjectToken(jwt, now);
        const { tellDryRun } = await __nccwpck_require__.e(/* import() */ 316).then(__nccwpck_require__.bind(__nccwpck_require__, 316));
        const isSubjectTokenGiven = subjectToken !== undefined;
        const known = { host, clientId, accountId, audience, disclosedClaims, isSubjectTokenGiven, now };
        tellDryRun(known, environment, log);
    }
    finally {
        close();
    }
}

// EXTERNAL MODULE: ./lib/src/processes.js
var processes = __nccwpck_require__(960);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./lib/src/runner/command-files.js


const reason = (thrown) => (0,errors/* systemCode */.xU)(thrown) ?? 'unknown reason';
function checkCommandFiles(environment, names) {
    for (const name of names) {
        const file = environment[name] ?? '';
        if (file === '')
            throw new errors/* ActionError */.lZ('COMMAND_FILE_UNUSABLE', `${name} is not set.`);
        try {
            if ((0,external_node_fs_.statSync)(file).isDirectory())
                throw new errors/* ActionError */.lZ('COMMAND_FILE_UNUSABLE', `${name} names a directory.`);
            (0,external_node_fs_.closeSync)((0,external_node_fs_.openSync)(file, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND | external_node_fs_.constants.O_NONBLOCK));
        }
        catch (thrown) {
            if (thrown instanceof errors/* ActionError */.lZ)
                throw thrown;
            throw new errors/* ActionError */.lZ('COMMAND_FILE_UNUSABLE', `The file of ${name} cannot be written (${reason(thrown)}).`);
        }
    }
}
function writeCommandFile(name, already, write) {
    try {
        write();
    }
    catch (thrown) {
        throw new errors/* ActionError */.lZ('COMMAND_FILE_WRITE_FAILED', `Writing to ${name} failed (${reason(thrown)}). ${already}`);
    }
}

;// CONCATENATED MODULE: ./lib/src/runner/existing-login.js


const overwritten = (found) => new errors/* ActionError */.lZ('EXISTING_LOGIN', `${found}, and this step would overwrite it for all later steps.`);
function refuseBesideOfficial(environment, asked) {
    const { DATABRICKS_GROUP_ID: groupOfJob = '' } = environment;
    const others = {
        'stay_logged_in: true': asked.stayLoggedIn,
        subject_token: asked.subjectToken !== undefined,
        group_id: asked.groupId !== undefined,
        DATABRICKS_GROUP_ID: groupOfJob !== '',
        [`scope: ${asked.scope}`]: asked.scope !== 'all-apis',
    };
    const [found] = Object.keys(others).filter((name) => others[name]);
    if (found === undefined)
        return;
    throw new errors/* ActionError */.lZ('INPUT_INVALID', `${found} does not go together with DATABRICKS_AUTH_TYPE=github-oidc: clients in later steps would log in by themselves, in another way or with other rights.`, { advice: `Take DATABRICKS_AUTH_TYPE out of the env: of the job or workflow, or ${found} out of this step.` });
}
function standingBesideOfficial(environment, asked) {
    const { DATABRICKS_HOST: host = '', DATABRICKS_CLIENT_ID: clientId = '' } = environment;
    if (host === '' || !(0,src_host/* namesHost */.$r)(host, asked.host) || clientId === '' || clientId !== asked.clientId) {
        throw overwritten('The job already has DATABRICKS_AUTH_TYPE=github-oidc, with another DATABRICKS_HOST or DATABRICKS_CLIENT_ID than this login, or with none');
    }
    refuseBesideOfficial(environment, asked);
    return 'beside-github-oidc';
}
function standingBesideService(asked, staying) {
    if (staying === undefined || staying.origin !== asked.host.origin) {
        throw overwritten('The job already has a metadata service that is not of this action and host');
    }
    if (asked.stayLoggedIn)
        return 'alone';
    if (staying.clientId === asked.clientId && staying.groupId === (asked.groupId ?? ''))
        return 'beside-staying';
    throw overwritten('An earlier login of this job stays logged in as another principal');
}
function standingOf(environment, asked, staying) {
    const { DATABRICKS_AUTH_TYPE: authType = '', DATABRICKS_HOST: host = '', DATABRICKS_TOKEN: token = '' } = environment;
    if (authType === 'github-oidc')
        return standingBesideOfficial(environment, asked);
    if (authType !== '' && authType !== 'pat' && authType !== 'metadata-service') {
        throw overwritten('The job already has a DATABRICKS_AUTH_TYPE other than pat');
    }
    if (host !== '' && !(0,src_host/* namesHost */.$r)(host, asked.host)) {
        throw overwritten('The job already has a DATABRICKS_HOST of another workspace');
    }
    if (authType === 'metadata-service')
        return standingBesideService(asked, staying);
    if (token !== '' && authType === '')
        throw overwritten('The job already has a DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat');
    return 'alone';
}

;// CONCATENATED MODULE: ./lib/src/runner/inputs.js



const optional = (text) => text?.trim() || undefined;
const inputs_invalid = (name, takes) => new errors/* ActionError */.lZ('INPUT_INVALID', `The input ${name} takes ${takes}.`);
const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
const BOOLEANS = {
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
};
function booleanInput(name, whenEmpty) {
    const text = input(name);
    const value = text === '' ? whenEmpty : Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
    if (value === undefined)
        throw inputs_invalid(name, 'true or false');
    return value;
}
function timeoutInput() {
    const text = input('timeout_seconds') || '60';
    const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (seconds < 1 || seconds > 600)
        throw inputs_invalid('timeout_seconds', 'a whole number from 1 to 600');
    return seconds;
}
function scopeInput() {
    const scopes = (input('scope') || 'all-apis').split(/\s+/);
    if (scopes.some((scope) => !/^[\w.:/-]+$/.test(scope))) {
        throw inputs_invalid('scope', 'OAuth scopes of letters, digits and . : / _ -, separated by spaces');
    }
    return scopes.join(' ');
}
function tokenCommandInput() {
    const name = input('token_command') || 'databricks-token';
    if (name === 'none')
        return undefined;
    if (/^databricks-token(-[a-z0-9-]{1,32})?$/.test(name))
        return name;
    throw inputs_invalid('token_command', 'databricks-token, databricks-token-<[a-z0-9-]{1,32}> or none');
}
function stayInput({ exportEnv, tokenCommand, subjectToken, dryRun }) {
    const stays = booleanInput('stay_logged_in', false);
    const refuse = (beside, since) => new errors/* ActionError */.lZ('INPUT_INVALID', `stay_logged_in: true does not go together with ${beside}: ${since}.`);
    if (stays && dryRun)
        throw refuse('dry_run: true', 'a dry run does not log in');
    if (stays && !exportEnv)
        throw refuse('export_env: false', 'later steps find the login by their environment');
    if (stays && tokenCommand === undefined)
        throw refuse('token_command: none', 'nothing of the login would be kept');
    if (stays && subjectToken !== undefined)
        throw refuse('subject_token', 'a login with it cannot be repeated');
    return stays;
}
function onExchangeFailureInput(subjectToken) {
    const text = input('on_exchange_failure') || 'fail';
    if (text === 'fail')
        return text;
    if (text !== 'use_subject_token')
        throw inputs_invalid('on_exchange_failure', 'fail or use_subject_token');
    if (subjectToken === undefined) {
        throw new errors/* ActionError */.lZ('INPUT_INVALID', 'on_exchange_failure: use_subject_token needs a subject_token.');
    }
    return text;
}
function clientIdFrom(text) {
    if (text === undefined || text === 'none')
        return undefined;
    if (/^\d+$/.test(text)) {
        throw new errors/* ActionError */.lZ('CLIENT_ID_INVALID', `identity_federation_client_id ${text} is a number: the id of the service principal, not its application id.`, {
            advice: `Use the application id, a UUID: "applicationId" in the answer to databricks account service-principals get ${text} -o json`,
        });
    }
    if (!/^[\w.-]{1,128}$/.test(text)) {
        throw new errors/* ActionError */.lZ('CLIENT_ID_INVALID', `identity_federation_client_id ${JSON.stringify((0,src_text/* printable */.g$)(text))} is no UUID.`);
    }
    return text;
}
const isOneWord = (text) => /^[!-~\u00a0-\uffff]*$/.test(text) && !/\s/.test(text);
function audienceFrom(text) {
    if (text !== undefined && !isOneWord(text))
        throw inputs_invalid('audience', 'one audience, without spaces');
    return text;
}
function groupIdFrom(text) {
    if (text === undefined || text === 'none')
        return undefined;
    if (!/^\d{1,32}$/.test(text))
        throw inputs_invalid('group_id', 'the id of a group, a number, or none');
    return text;
}
function readInputs(environment, { mask, info }) {
    const subjectToken = optional(input('subject_token'));
    if (subjectToken !== undefined)
        mask(subjectToken);
    const allowUnknown = booleanInput('allow_unknown_host', false);
    const givenHost = optional(input('host'));
    const environmentHost = optional(environment['DATABRICKS_HOST']);
    const dryRun = booleanInput('dry_run', false);
    const isHostOpen = dryRun && givenHost === undefined && environmentHost === undefined;
    const ownHost = () => givenHost === undefined ? (0,src_host/* parseHost */.o6)(environmentHost ?? '', false) : (0,src_host/* parseHost */.o6)(givenHost, allowUnknown);
    const host = isHostOpen ? undefined : ownHost();
    const isSameHost = host !== undefined && environmentHost !== undefined && (0,src_host/* namesHost */.$r)(environmentHost, host);
    const ownEnvironment = givenHost === undefined || isSameHost;
    const inputOr = (name, variable) => {
        const given = optional(input(name));
        const inherited = optional(environment[variable]);
        if (given !== undefined || inherited === undefined)
            return given;
        if (!ownEnvironment)
            info(`${variable} is not used: the host is given as an input and DATABRICKS_HOST is not that host.`);
        return ownEnvironment ? inherited : undefined;
    };
    const exportEnv = booleanInput('export_env', true);
    const tokenCommand = tokenCommandInput();
    const stayLoggedIn = stayInput({ exportEnv, tokenCommand, subjectToken, dryRun });
    const verify = booleanInput('verify', false);
    if (verify && host?.kind === 'account') {
        const { serverHostname } = host;
        throw new errors/* ActionError */.lZ('INPUT_INVALID', `verify: true asks a workspace who the token is, and ${serverHostname} is an account console.`);
    }
    const inputs = {
        clientId: clientIdFrom(inputOr('identity_federation_client_id', 'DATABRICKS_CLIENT_ID')),
        accountId: inputOr('account_id', 'DATABRICKS_ACCOUNT_ID') ?? host?.accountId,
        audience: audienceFrom(inputOr('audience', 'DATABRICKS_TOKEN_AUDIENCE')),
        isAudienceInherited: ownEnvironment && input('audience') === '' && environment['DATABRICKS_TOKEN_AUDIENCE'] !== undefined,
        groupId: groupIdFrom(inputOr('group_id', 'DATABRICKS_GROUP_ID')),
        mayHaveLostGroup: ownEnvironment && input('group_id') === '' && environment['DATABRICKS_GROUP_ID'] === '',
        scope: scopeInput(),
        subjectToken,
        onExchangeFailure: onExchangeFailureInput(subjectToken),
        exportEnv,
        tokenCommand,
        stayLoggedIn,
        timeoutSeconds: timeoutInput(),
        verify,
    };
    return dryRun || host === undefined ? { ...inputs, dryRun: true, host } : { ...inputs, dryRun, host };
}

// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __nccwpck_require__(488);
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

;// CONCATENATED MODULE: ./lib/src/runner/failure-text.js




const PAGE = 'docs/troubleshooting.md';
const nameOf = ({ code, reason }) => reason === undefined ? code : `${code} (${reason})`;
const KNOWN = /^https:\/\/[\w.-]+(\/[\w.-]+){2}\/blob\/\w[\w./-]+$/;
const folderOf = ([, bundle = '']) => (0,external_node_path_.join)(bundle, '../../..');
function explanationOf({ code, reason }, job, folder = folderOf(process.argv)) {
    const { GITHUB_ACTION_REPOSITORY: action, GITHUB_ACTION_REF: ref = '' } = job;
    const [, path] = folder.split(job['GITHUB_WORKSPACE'] ?? '*');
    const copy = path !== undefined &&
        (0,external_node_fs_.existsSync)(`${folder}/${PAGE}`) &&
        `${job['GITHUB_REPOSITORY']}/blob/${job['GITHUB_SHA']}${path}`;
    const url = `${job['GITHUB_SERVER_URL']}/${action ? `${action}/blob/${ref}` : copy}/${PAGE}`;
    return KNOWN.test(url)
        ? `See ${url}#${(reason ?? code).toLowerCase()}`
        : `See ${nameOf({ code, reason })} in ${PAGE}.`;
}
const borderedLines = (text) => (0,src_text/* printableLines */.fk)(text).replace(/^|\n/g, '\n| ');
function describeFailure(failure, redact, environment) {
    const { message, serverText = '', keepsLines, advice } = failure;
    const said = keepsLines ? borderedLines(redact(serverText)) : ` ${(0,src_text/* printable */.g$)(redact(serverText))}`;
    const parts = [
        redact(`${nameOf(failure)}: ${message}`),
        said.trim() === '' ? '' : `The server said:${said}`,
        '',
        redact(advice),
        '',
        explanationOf(failure, environment),
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
const appendPage = (file, markdown) => Buffer.byteLength(markdown) <= PAGE_BYTES && appendSummary(file, markdown);

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
    return url === undefined ? (0,markdown/* inMarkdown */.Hi)(text) : `[What it means, and what to do](${url})`;
};
function failurePage(failure, redact, environment) {
    const { message, advice, serverText = '' } = failure;
    const said = (0,src_text/* printable */.g$)(redact(serverText));
    const parts = [
        `### ${STEP_TITLE}: ${nameOf(failure)}`,
        failure.page?.(redact) ?? (0,markdown/* textAsPage */.hk)(redact(`${message}\n\n${advice}`)),
        ...(said === '' ? [] : [`The server said ${(0,markdown/* asCode */.qM)(said)}`]),
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

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = require("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = require("fs");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: ./lib/src/runner/publish.js




function outputsOf(login, now) {
    return {
        token: login.accessToken,
        expires_at: (0,time/* formatTime */.fU)(login.expiresAt),
        expires_in: String(Math.max(0, Math.floor((0,time/* secondsUntil */.Ch)(login.expiresAt, now)))),
        host: login.host.origin,
        server_hostname: login.host.serverHostname,
        workspace_id: login.workspaceId ?? '',
        scope: login.scope,
        exchanged: String(login.exchanged),
        identity_provider: login.identityProvider,
        principal: login.principal ?? '',
    };
}
const TOKEN_ALONE = { DATABRICKS_AUTH_TYPE: 'pat' };
function environmentOf({ host, accessToken, workspaceId }, { authentication = TOKEN_ALONE, emptiesGroup = false } = {}) {
    return {
        DATABRICKS_HOST: host.origin,
        DATABRICKS_SERVER_HOSTNAME: host.serverHostname,
        DATABRICKS_TOKEN: accessToken,
        ...authentication,
        ...(host.kind === 'unified' && workspaceId !== undefined ? { DATABRICKS_WORKSPACE_ID: workspaceId } : {}),
        ...(emptiesGroup ? { DATABRICKS_GROUP_ID: '' } : {}),
    };
}
const entriesOf = (values) => Object.entries(values)
    .map(([name, value]) => prepareKeyValueMessage(name, value))
    .join(external_node_os_namespaceObject.EOL);
function publishCommand({ folder, bin }, stayingProcess) {
    writeCommandFile('GITHUB_STATE', 'Later steps get nothing of this login.', () => {
        issueFileCommand('STATE', prepareKeyValueMessage('folder', folder));
        if (stayingProcess !== undefined)
            issueFileCommand('STATE', prepareKeyValueMessage('process', stayingProcess));
    });
    writeCommandFile('GITHUB_PATH', 'Later steps get nothing of this login.', () => issueFileCommand('PATH', bin));
}
function publish(login, options) {
    const { kept, stayingProcess, exportEnv, now } = options;
    if (kept !== undefined)
        publishCommand(kept, stayingProcess);
    writeCommandFile('GITHUB_OUTPUT', 'Outputs may be written in part; the environment is not.', () => {
        issueFileCommand('OUTPUT', entriesOf(outputsOf(login, now)));
    });
    if (!exportEnv)
        return;
    writeCommandFile('GITHUB_ENV', 'The outputs are written; the environment may be in part.', () => {
        issueFileCommand('ENV', entriesOf(environmentOf(login, options)));
    });
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

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
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
const writeNew = (file, content, mode = OWNER_ONLY) => (0,external_node_fs_.writeFileSync)(file, content, { mode, flag: 'wx' });
function writeAtomically(file, content) {
    const next = nameBeside(file);
    try {
        writeNew(next, content);
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
function login_store_readToken(file) {
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
        readToken: () => login_store_readToken(file('token.json')),
        writeToken: (token) => write('token.json', token),
        readFailure: () => readFailure(file('failure.json')),
        writeFailure: (failure) => write('failure.json', failure),
    };
}
function createDryRunStore(folder) {
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(folder, 'kept'), { mode: 0o700 });
    writeNew((0,external_node_path_.join)(folder, 'kept', 'login.json'), JSON.stringify({ dryRun: true }));
}
function createLoginStore(folder, login, token) {
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(folder, 'kept'), { mode: 0o700 });
    writeNew((0,external_node_path_.join)(folder, 'kept', 'login.json'), JSON.stringify(login));
    writeNew((0,external_node_path_.join)(folder, 'kept', 'token.json'), JSON.stringify(token));
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
    const bundle = JSON.stringify((0,external_node_url_namespaceObject.pathToFileURL)(script).href);
    return `${firstLine}\nprocess.argv.splice(2, 0, '--kept', ${JSON.stringify(folder)})\nimport(${bundle})\n`;
}
function doesEnvSplit() {
    try {
        return process.platform === 'linux' && (0,external_node_path_.basename)((0,external_node_fs_.realpathSync)('/usr/bin/env')) !== 'busybox';
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
    const fromBin = external_node_path_.win32.relative(bin, path);
    const named = forCmd(fromBin);
    return external_node_path_.win32.isAbsolute(fromBin) ? named : named.replace('"', `"%${PLACE}%`);
}
function cmdShimFromPlace({ node, script, folder }) {
    const bin = external_node_path_.win32.join(folder, 'bin');
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
function writeShims(options) {
    const bin = (0,external_node_path_.join)(options.folder, 'bin');
    (0,external_node_fs_.mkdirSync)(bin, { mode: 0o700 });
    const isWindows = process.platform === 'win32';
    const shim = isWindows ? shellShim(options) : executableShim(options, doesEnvSplit);
    writeNew((0,external_node_path_.join)(bin, options.name), shim, EXECUTABLE);
    writeNew((0,external_node_path_.join)(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE);
    return bin;
}

;// CONCATENATED MODULE: ./lib/src/store/folder.js





const isOnePath = (path) => (0,external_node_path_.isAbsolute)(path) && !path.includes(external_node_path_.delimiter) && !/[\r\n]/.test(path);
function checkTemporary(temporary) {
    try {
        if (isOnePath(temporary) && (0,external_node_fs_.statSync)(temporary).isDirectory()) {
            (0,external_node_fs_.accessSync)(temporary, external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
            return;
        }
    }
    catch {
    }
    throw new errors/* ActionError */.lZ('RUNNER_TEMP_UNUSABLE', 'RUNNER_TEMP names no folder that can be written.');
}
const isOwnFolder = (folder, temporary) => (0,external_node_path_.basename)(folder).startsWith(FOLDER_PREFIX) && (0,external_node_path_.dirname)((0,external_node_path_.resolve)(folder)) === (0,external_node_path_.resolve)(temporary);
function loginAt(folder) {
    try {
        return openLoginStore(folder).readLogin();
    }
    catch {
        return undefined;
    }
}
const ownFolders = (searchPath, temporary) => searchPath
    .split(external_node_path_.delimiter)
    .map((bin) => (0,external_node_path_.dirname)(bin))
    .filter((folder) => isOwnFolder(folder, temporary));
function isFile(path) {
    try {
        return (0,external_node_fs_.lstatSync)(path).isFile();
    }
    catch {
        return false;
    }
}
const notKept = (thrown) => new errors/* ActionError */.lZ('RUNNER_TEMP_UNUSABLE', `The login could not be kept in RUNNER_TEMP (${(0,errors/* systemCode */.xU)(thrown) ?? 'unknown reason'}).`);
const isCommandTaken = (searchPath, name) => searchPath.split(external_node_path_.delimiter).some((entry) => (0,external_node_path_.isAbsolute)(entry) && isFile((0,external_node_path_.join)(entry, name)));
function refuseTakenCommand(searchPath, temporary, name, origin) {
    for (const folder of ownFolders(searchPath, temporary)) {
        const other = isFile((0,external_node_path_.join)(folder, 'bin', name)) ? loginAt(folder)?.origin : undefined;
        if (other === undefined)
            continue;
        if (other === origin)
            return;
        throw new errors/* ActionError */.lZ('TOKEN_COMMAND_TAKEN', `The command ${name} of this job belongs to a login to ${other}.`);
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
    throw new errors/* ActionError */.lZ('INPUT_INVALID', happened, { advice });
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
        folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temporary, FOLDER_PREFIX));
        fill(folder);
        return { folder, bin: writeShims({ ...command, folder }) };
    }
    catch (thrown) {
        if (folder !== undefined)
            (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        throw notKept(thrown);
    }
}
const keepLogin = ({ temporary, login, token, command }) => makeFolder(temporary, command, (folder) => createLoginStore(folder, login, token));
const keepDryRun = (temporary, command) => makeFolder(temporary, command, createDryRunStore);

;// CONCATENATED MODULE: ./lib/src/store/earlier-logins.js


const digestOfUrl = (url) => (0,external_node_crypto_namespaceObject.createHash)('sha256').update(url).digest('hex');
function earlierLogins(searchPath, temporary) {
    return ownFolders(searchPath, temporary)
        .map(loginAt)
        .filter((login) => login !== undefined);
}
function stayingLogin(searchPath, temporary, url) {
    if (url === '')
        return undefined;
    const digest = digestOfUrl(url);
    return earlierLogins(searchPath, temporary).find(({ serviceDigest }) => serviceDigest === digest);
}
function exportedAudience(searchPath, temporary, origin) {
    return earlierLogins(searchPath, temporary).find((login) => login.origin === origin && login.exportedAudience)
        ?.exportedAudience;
}

;// CONCATENATED MODULE: ./lib/src/main.js


















const environment = process.env;
const [, ownBundle = ''] = process.argv;
const { RUNNER_TEMP: temporary = '', PATH: searchPath = '' } = environment;
const log = stepLog(environment, (text) => writeAllSync(1, text));
async function readDeclaredInputs() {
    try {
        return readInputs(environment, log);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'HOST_MISSING')
            throw thrown;
        const { withMeantInput } = await __nccwpck_require__.e(/* import() */ 796).then(__nccwpck_require__.bind(__nccwpck_require__, 796));
        throw withMeantInput(thrown, 'host', environment);
    }
}
async function validate() {
    const inputs = await readDeclaredInputs();
    const { subjectToken, accountId } = inputs;
    refuseDisabledTlsCheck(environment);
    (0,src_host/* checkAccountId */.hP)(accountId);
    const checked = inputs.dryRun ? inputs : checkLogin(inputs);
    if (inputs.dryRun && commandOfDryRun(inputs) !== undefined)
        checkCommandPlace();
    if (subjectToken === undefined)
        await checkIdTokenPermission(environment);
    return checked;
}
function checkCommandPlace() {
    checkCommandFiles(environment, ['GITHUB_STATE', 'GITHUB_PATH']);
    checkTemporary(temporary);
}
const commandOfDryRun = ({ tokenCommand }) => tokenCommand === undefined || isCommandTaken(searchPath, tokenCommand) ? undefined : tokenCommand;
function withLikelyAudience(inputs) {
    const { host, audience, isAudienceInherited } = inputs;
    if (!isAudienceInherited || audience !== exportedAudience(searchPath, temporary, host.origin))
        return inputs;
    return { ...inputs, audience: undefined, likelyAudience: audience, isAudienceInherited: false };
}
function standingOfLogin(inputs) {
    const { DATABRICKS_METADATA_SERVICE_URL: url = '' } = environment;
    const found = stayingLogin(searchPath, temporary, url);
    const staying = found && { origin: found.origin, groupId: found.groupId, clientId: found.renewal?.clientId };
    return standingOf(environment, inputs, staying);
}
function checkLogin(inputs) {
    const { host, accountId, audience, exportEnv, tokenCommand, mayHaveLostGroup } = inputs;
    (0,src_host/* checkHostNeeds */.MM)(host, accountId, audience);
    const standing = exportEnv ? standingOfLogin(inputs) : 'alone';
    if (mayHaveLostGroup)
        refuseLostGroup(searchPath, temporary);
    checkCommandFiles(environment, ['GITHUB_OUTPUT', ...(exportEnv ? ['GITHUB_ENV'] : [])]);
    if (tokenCommand !== undefined) {
        checkCommandPlace();
        refuseTakenCommand(searchPath, temporary, tokenCommand, host.origin);
    }
    return { ...withLikelyAudience(inputs), standing };
}
const bundleOf = (entry) => (0,external_node_path_.join)(ownBundle, '../..', entry, 'index.js');
const commandNamed = (name) => ({
    name,
    node: process.execPath,
    script: bundleOf('command'),
});
function keep(login, name, inputs) {
    const { clientId, accountId, groupId = '', scope, timeoutSeconds, subjectToken } = inputs;
    const { standing } = inputs;
    const isAudienceSet = inputs.isAudienceInherited && inputs.audience !== undefined;
    const { host, accessToken, expiresAt, audience, workspaceId } = login;
    return keepLogin({
        temporary,
        login: {
            renewal: subjectToken === undefined ? { clientId, accountId, audience, scope, timeoutSeconds } : undefined,
            origin: host.origin,
            scope: login.scope,
            serverHostname: host.serverHostname,
            workspaceId: host.kind === 'unified' ? workspaceId : undefined,
            groupId,
            exportedAudience: standing === 'beside-github-oidc' && !isAudienceSet ? audience : undefined,
        },
        token: { accessToken, expiresAt, issuedAt: (0,time/* secondsNow */.aL)(), beganAt: (0,time/* secondsNow */.aL)(), isOfLoginStep: true },
        command: commandNamed(name),
    });
}
function tellLogin(login, groupId) {
    const { host, accessToken, principal, subject, identityProvider, expiresAt } = login;
    const who = principal ?? peekAccessToken(accessToken).subject ?? 'a principal that the token does not name';
    const group = groupId === undefined ? '' : ` with the rights of group ${groupId} alone, as far as the server heeds that,`;
    const minutes = ((0,time/* secondsUntil */.Ch)(expiresAt, (0,time/* secondsNow */.aL)()) / 60).toFixed(1);
    log.info(`Logged in to ${host.origin} as ${who}${group} for ${subject ?? 'an unnamed subject'} (${identityProvider}) until ${(0,time/* formatTime */.fU)(expiresAt)} (${minutes} minutes).`);
}
async function runDry(inputs) {
    await dryRun(inputs, { environment, log });
    const name = commandOfDryRun(inputs);
    if (name !== undefined)
        publishCommand(keepDryRun(temporary, commandNamed(name)));
}
async function leaveProcess(folder) {
    const { startStaying } = await __nccwpck_require__.e(/* import() */ 929).then(__nccwpck_require__.bind(__nccwpck_require__, 929));
    const staying = await startStaying({ script: bundleOf('stay'), folder, environment, parent: process.ppid });
    log.mask(...staying.halves);
    return staying;
}
function authenticationFor({ audience }, standing, staying) {
    if (staying !== undefined)
        return staying.environment;
    if (standing === 'alone')
        return undefined;
    if (standing === 'beside-staying' || audience === undefined)
        return {};
    return { DATABRICKS_TOKEN_AUDIENCE: audience, TOKEN_AUDIENCE: audience };
}
async function handOver(login, kept, inputs) {
    const { exportEnv, groupId, stayLoggedIn, standing } = inputs;
    let staying;
    try {
        if (stayLoggedIn && kept !== undefined) {
            staying = await leaveProcess(kept.folder);
            keepService(kept.folder, digestOfUrl(staying.url));
        }
        publish(login, {
            kept,
            stayingProcess: staying && (0,processes/* writeProcess */.LL)(staying.process),
            exportEnv,
            authentication: authenticationFor(login, standing, staying),
            emptiesGroup: groupId !== undefined && environment['DATABRICKS_GROUP_ID'] === groupId,
            now: (0,time/* secondsNow */.aL)(),
        });
        await staying?.stay();
    }
    catch (thrown) {
        staying?.abandon();
        if (kept !== undefined)
            removeFolder(kept.folder, temporary);
        throw thrown;
    }
}
async function run() {
    const inputs = await validate();
    if (inputs.dryRun) {
        await runDry(inputs);
        return 0;
    }
    const login = await logIn(inputs, { environment, log });
    const { tokenCommand, groupId, stayLoggedIn } = inputs;
    const kept = tokenCommand === undefined ? undefined : keep(login, tokenCommand, inputs);
    if (process.platform === 'win32')
        log.mask(...signaturePieces(login.accessToken));
    await handOver(login, kept, inputs);
    tellLogin(login, groupId);
    if (stayLoggedIn)
        log.info('Later steps stay logged in: a process renews the token, until the job has ended.');
    return 0;
}
runToEnd(run, log.fail);

module.exports = __webpack_exports__;
/******/ })()
;