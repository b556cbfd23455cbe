"use strict";
exports.id = 874;
exports.ids = [874,902];
exports.modules = {

/***/ 9510:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ faultOf),
/* harmony export */   v: () => (/* binding */ Fault)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1558);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7126);



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
    const proxy = `${(0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyNameFor */ .lZ)(url)}, on the way to ${url.host}`;
    if (/cause=.*(certificate|altnames)/i.test(message)) {
        return new Fault(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('TLS_FAILED', `${purpose}: no secure connection to ${proxy}.`), PERMANENT);
    }
    const status = /statusCode=(\d{3})/.exec(message)?.[1];
    const code = /cause=.*?\b(E[A-Z]{2,}(?:_[A-Z]+)*)\b/.exec(message)?.[1] ?? 'no code';
    const answer = status === undefined ? `cannot be reached or broke off (${code})` : proxyAnswer(status);
    const transient = status === undefined || (0,_status_js__WEBPACK_IMPORTED_MODULE_2__/* .isRetryable */ .r)(Number(status));
    return new Fault(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('PROXY_FAILED', `${purpose}: ${proxy}, ${answer}.`), { transient });
}
function faultOf(thrown, request, lateAfterMs) {
    if (thrown instanceof Fault)
        return thrown;
    if (thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ)
        return new Fault(thrown, PERMANENT);
    const { purpose, url } = request;
    if (lateAfterMs !== undefined) {
        const seconds = (lateAfterMs / 1000).toFixed(1);
        const failure = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('TIMED_OUT', `${purpose}: no whole answer of ${url.host} within ${seconds} s.`);
        return new Fault(failure, { transient: true });
    }
    const fault = proxyFault(thrown instanceof Error ? thrown.message : '', request);
    if (fault !== undefined)
        return fault;
    const code = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(thrown) || 'without a code';
    if (TLS_CODE.test(code)) {
        return new Fault(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('TLS_FAILED', `${purpose}: no secure connection to ${url.host} (${code}).`), PERMANENT);
    }
    if (code === 'ENOTFOUND') {
        return new Fault(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('HOST_NOT_FOUND', `${purpose}: there is no ${url.hostname} (${code}).`), PERMANENT);
    }
    if (code.startsWith('HPE_')) {
        const failure = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is not HTTP (${code}).`);
        return new Fault(failure, PERMANENT);
    }
    const failure = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('NETWORK_FAILED', `${purpose}: no answer of ${url.host} (${code}).`);
    return new Fault(failure, { transient: TRANSIENT_CODES.has(code) });
}


/***/ }),

/***/ 7537:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ jsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23);


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

/***/ 1558:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d4: () => (/* binding */ checkProxy),
/* harmony export */   jL: () => (/* binding */ hasProxy),
/* harmony export */   lZ: () => (/* binding */ proxyNameFor)
/* harmony export */ });
/* harmony import */ var _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9783);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5770);


const variablesFor = ({ protocol }) => protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
function proxyFor(url) {
    try {
        return (0,_actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__/* .getProxyUrl */ .s)(url);
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
    if (variable === undefined || (0,_actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__/* .checkBypass */ .H)(url) || isUsable(url))
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('PROXY_FAILED', `${purpose}: ${variable} is not the URL of a proxy.`, {
        advice: 'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
    });
}


/***/ }),

/***/ 7126:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 7198:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ askUntilAnswered),
/* harmony export */   x: () => (/* binding */ PATIENCE_MS)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _http_fault_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9510);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2332);
/* harmony import */ var _cancellation_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6902);




const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
const TELL_EVERY_MS = 30_000;
const PATIENCE_MS = 600_000;
const inSeconds = (ms) => `${Math.round(ms / 1000)} s`;
function reporter(name, startedAt, { clock, info }) {
    let toldAt;
    return {
        tell: (what) => {
            if (toldAt !== undefined && (0,_time_js__WEBPACK_IMPORTED_MODULE_3__/* .msSince */ .XR)(toldAt, clock.now()) < TELL_EVERY_MS)
                return;
            toldAt = clock.now();
            info(`${name}: no answer that makes sense for ${inSeconds((0,_time_js__WEBPACK_IMPORTED_MODULE_3__/* .msSince */ .XR)(startedAt, toldAt))}, asked again. ${what}`);
        },
        tellEnd: () => {
            if (toldAt !== undefined)
                info(`${name}: there are answers again, after ${inSeconds((0,_time_js__WEBPACK_IMPORTED_MODULE_3__/* .msSince */ .XR)(startedAt, clock.now()))}.`);
        },
    };
}
function givenUp(failure, definite) {
    const { message, serverText } = failure;
    const end = definite ? '' : ` Nothing that makes sense has come for ${inSeconds(PATIENCE_MS)}.`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_UNCERTAIN', `${message}${end}`, { serverText, cause: failure });
}
async function askUntilAnswered(name, ask, effects) {
    const { signal, clock } = effects;
    const startedAt = clock.now();
    const report = reporter(name, startedAt, effects);
    for (let faults = 0;; faults++) {
        const stopWaiting = clock.after(TELL_EVERY_MS, () => report.tell('The last request has had no answer yet.'));
        try {
            const answer = await (0,_cancellation_js__WEBPACK_IMPORTED_MODULE_2__.unlessCancelled)(signal, ask({ fresh: faults > 0 }));
            report.tellEnd();
            return answer;
        }
        catch (thrown) {
            if (!(thrown instanceof _http_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .Fault */ .v))
                throw thrown;
            const { failure, transient, retryAfterMs } = thrown;
            const leftMs = (0,_time_js__WEBPACK_IMPORTED_MODULE_3__/* .msUntil */ .nc)((0,_time_js__WEBPACK_IMPORTED_MODULE_3__/* .msAfter */ .HD)(startedAt, PATIENCE_MS), clock.now());
            if (!transient || leftMs <= 0)
                throw givenUp(failure, !transient);
            report.tell(failure.message);
            const backoffMs = Math.max(FIRST_PAUSE_MS * 2 ** Math.min(faults, 5), retryAfterMs);
            await (0,_cancellation_js__WEBPACK_IMPORTED_MODULE_2__.pauseUnlessCancelled)(Math.min(backoffMs, MAX_PAUSE_MS, leftMs), signal, clock);
        }
        finally {
            stopWaiting();
        }
    }
}


/***/ }),

/***/ 6902:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BrokenPipe: () => (/* binding */ BrokenPipe),
/* harmony export */   Cancellation: () => (/* binding */ Cancellation),
/* harmony export */   FAILED: () => (/* binding */ FAILED),
/* harmony export */   GATE_FAILED: () => (/* binding */ GATE_FAILED),
/* harmony export */   exitCodeFor: () => (/* binding */ exitCodeFor),
/* harmony export */   limitTime: () => (/* binding */ limitTime),
/* harmony export */   pauseUnlessCancelled: () => (/* binding */ pauseUnlessCancelled),
/* harmony export */   unlessCancelled: () => (/* binding */ unlessCancelled)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);

const GATE_FAILED = 3;
const EXIT_CODES = {
    SQL_CALL_INVALID: 2,
    WAREHOUSE_MISSING: 2,
    ROWS_UNEXPECTED: GATE_FAILED,
};
const FAILED = 1;
const READER_GONE = 141;
const TIMED_OUT = 124;
class Cancellation extends Error {
    exitCode;
    constructor(reason, exitCode) {
        super(reason);
        this.name = 'Cancellation';
        this.exitCode = exitCode;
    }
}
class BrokenPipe extends Error {
}
function unlessCancelled(signal, work) {
    return new Promise((resolve, reject) => {
        const end = () => reject(signal.reason);
        if (signal.aborted)
            end();
        signal.addEventListener('abort', end, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    });
}
function limitTime(seconds) {
    const late = new AbortController();
    if (seconds === undefined)
        return { signal: late.signal, clear: () => undefined };
    const timer = setTimeout(() => late.abort(new Cancellation('ended by --timeout', TIMED_OUT)), seconds * 1000);
    return { signal: late.signal, clear: () => clearTimeout(timer) };
}
function exitCodeFor(thrown, { reason }) {
    if (thrown instanceof BrokenPipe)
        return READER_GONE;
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ))
        throw thrown;
    if (thrown.code === 'STATEMENT_CANCELED' && reason instanceof Cancellation)
        return reason.exitCode;
    return EXIT_CODES[thrown.code] ?? FAILED;
}
const pauseUnlessCancelled = (ms, signal, clock) => unlessCancelled(signal, clock.pause(ms, signal));


/***/ }),

/***/ 2476:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ isNumeric),
/* harmony export */   z: () => (/* binding */ escapeForLog)
/* harmony export */ });
/* harmony import */ var _workflow_commands_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3691);

const NUMERIC = new Set(['BYTE', 'SHORT', 'INT', 'LONG', 'FLOAT', 'DOUBLE', 'DECIMAL']);
const isNumeric = ({ type }) => NUMERIC.has(type);
const escapes = new Map([
    ['\n', '\\n'],
    ['\r', '\\r'],
    ['\t', '\\t'],
]);
function escapeOf(character) {
    const known = escapes.get(character);
    if (known !== undefined)
        return known;
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
    const made = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
    escapes.set(character, made);
    return made;
}
const escapeForLog = (text) => (0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutBracketCommands */ .pt)(text, '\\u005b').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOf);


/***/ }),

/***/ 3528:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LK: () => (/* binding */ jsonCell),
/* harmony export */   Pb: () => (/* binding */ asJsonl),
/* harmony export */   aY: () => (/* binding */ isJsonText),
/* harmony export */   pE: () => (/* binding */ jsonNames),
/* harmony export */   ro: () => (/* binding */ asCsv),
/* harmony export */   u9: () => (/* binding */ singleValue)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2476);


function csvCell(value) {
    if (value === null)
        return '';
    return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
const csvLine = (values) => `${values.map(csvCell).join(',') || '""'}\n`;
const asCsv = (columns) => ({
    head: csvLine(columns.map(({ name }) => name)),
    line: csvLine,
});
function uniqueNames(columns) {
    const taken = new Set();
    return columns.map(({ name }) => {
        let unique = name;
        for (let n = 1; taken.has(unique); n++)
            unique = `${name}_${n}`;
        taken.add(unique);
        return unique;
    });
}
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const NESTED = /^(ARRAY|MAP|STRUCT|VARIANT)\b/;
function nestedJson(value) {
    try {
        JSON.parse(value);
        return value.replace(/[\r\n\t]/g, ' ');
    }
    catch {
        return undefined;
    }
}
const isJsonText = (column) => column.type !== 'BOOLEAN' && !(0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .isNumeric */ .k)(column) && !NESTED.test(column.type);
function jsonValue(value, column) {
    if (value === null)
        return 'null';
    const { type } = column;
    if (type === 'BOOLEAN' && (value === 'true' || value === 'false'))
        return value;
    if ((0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .isNumeric */ .k)(column) && JSON_NUMBER.test(value))
        return value;
    return (NESTED.test(type) ? nestedJson(value) : undefined) ?? JSON.stringify(value);
}
const jsonCell = (value, column) => (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeForLog */ .z)(jsonValue(value, column));
const jsonNames = (columns) => uniqueNames(columns).map((name) => `${(0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeForLog */ .z)(JSON.stringify(name))}:`);
function asJsonl(columns) {
    const names = jsonNames(columns);
    const member = (column, at, row) => `${names[at]}${jsonCell(row[at] ?? null, column)}`;
    return { head: '', line: (row) => `{${columns.map((column, at) => member(column, at, row)).join(',')}}\n` };
}
const unfit = (happened) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESULT_UNFIT', happened);
function singleValue(columns, rows, hasMore) {
    if (columns.length !== 1)
        throw unfit(`--format value takes one column, and the result has ${columns.length}.`);
    if (rows.length !== 1 || hasMore) {
        throw unfit(`--format value takes one row, and the result has ${rows.length === 0 ? 'none' : 'more'}.`);
    }
    const value = rows[0]?.[0] ?? null;
    if (value === null)
        throw unfit('--format value takes a value, and the result is NULL.');
    if (/[\r\n]/.test(value))
        throw unfit('--format value takes one line, and the value has several.');
    return value;
}


/***/ }),

/***/ 6874:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runSql: () => (/* binding */ runSql)
});

// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(2332);
// EXTERNAL MODULE: ./lib/src/http/fault.js
var fault = __webpack_require__(9510);
// EXTERNAL MODULE: ./lib/src/http/json-answer.js
var json_answer = __webpack_require__(7537);
// EXTERNAL MODULE: ./lib/src/http/status.js
var http_status = __webpack_require__(7126);
// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(23);
// EXTERNAL MODULE: ./lib/src/warehouse/statement-response.js
var statement_response = __webpack_require__(1218);
;// CONCATENATED MODULE: ./lib/src/warehouse/api.js






const ERROR_ANSWER = { error_code: true };
const WAREHOUSES_ANSWER = { warehouses: [{ id: true, name: true }], next_page_token: true };
const STATEMENTS = '/api/2.0/sql/statements';
const WAREHOUSES = '/api/2.0/sql/warehouses';
const MAX_PAGES = 100;
const MAX_RESULT_BYTES = 64 * 1024 * 1024;
const refusesToken = ({ status, body }) => status === 401 || (status === 403 && /\btoken\b/i.test(body));
function mayBeSeen({ sent, status, retryAfterMs, failure: { serverText = '' } }) {
    const turnedAway = status === 429 || (status === 503 && (retryAfterMs > 0 || serverText.includes('"error_code"')));
    return sent && !turnedAway;
}
const refusesAddress = (body) => /\bip (address|acl)|\bip access list/i.test(body);
function isDefinite(answer) {
    const { status, body } = answer;
    if (![400, 403, 404].includes(status) || (0,json/* membersIn */.Jp)(body, ERROR_ANSWER).error_code === undefined)
        return false;
    return !refusesToken(answer) && !(status === 403 && refusesAddress(body));
}
const uncertain = (thrown) => {
    if (!(thrown instanceof errors/* ActionError */.lZ))
        throw thrown;
    const { message, serverText } = thrown;
    return new errors/* ActionError */.lZ('STATEMENT_UNCERTAIN', `${message} The statement may run all the same.`, { serverText });
};
function refusedStart(answer, warehouse) {
    const { status, body } = answer;
    const said = { serverText: body };
    if ((0,http_status/* outcomeOf */.s)(status) === 'forbidden' && !refusesToken(answer)) {
        return new errors/* ActionError */.lZ('WAREHOUSE_REFUSED', `This principal may not use the warehouse ${warehouse} (403).`, said);
    }
    if ((0,http_status/* outcomeOf */.s)(status) === 'missing') {
        return new errors/* ActionError */.lZ('WAREHOUSE_REFUSED', `There is no warehouse ${warehouse} for this principal (404).`, said);
    }
    return new errors/* ActionError */.lZ('STATEMENT_REFUSED', `Databricks answered ${status} to the start of the statement.`, said);
}
const isForGood = (thrown) => thrown instanceof errors/* ActionError */.lZ && thrown.code === 'TOKEN_NOT_RENEWABLE';
function warehousesIn(sent) {
    const all = Array.isArray(sent) ? sent : [];
    return all
        .map((one) => (0,json/* readMembers */.mo)(one, WAREHOUSES_ANSWER.warehouses[0]))
        .flatMap(({ id, name }) => typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? [{ id, name: typeof name === 'string' ? name : '' }] : []);
}
function openApi({ origin, workspaceId, send, sendFresh, token }) {
    const place = workspaceId === undefined ? {} : { 'x-databricks-workspace-id': workspaceId };
    async function ask({ path, content, ...request }, by, withinSeconds) {
        const body = content === undefined ? {} : { body: JSON.stringify(content) };
        const type = content === undefined ? {} : { 'content-type': 'application/json' };
        const sendWith = async (refused) => {
            let used = '';
            const answer = await by(async () => {
                used = await token(refused);
                const headers = { authorization: `Bearer ${used}`, ...type, ...place };
                return { ...request, ...body, headers, url: new URL(path, origin) };
            }, withinSeconds);
            return { answer, used };
        };
        const { answer, used } = await sendWith();
        return refusesToken(answer) ? (await sendWith(used)).answer : answer;
    }
    function membersOf(answer, members) {
        if ((0,http_status/* outcomeOf */.s)(answer.status) === 'success')
            return (0,json_answer/* jsonObject */.o)(answer, members);
        const happened = `${answer.request.purpose}: Databricks answered ${answer.status}.`;
        throw new errors/* ActionError */.lZ('STATEMENT_REFUSED', happened, {
            serverText: answer.body,
            advice: 'See what the server said. If a token was refused, check that the principal is a member of the workspace.',
        });
    }
    async function askOnce(asked, { fresh = false, withinSeconds }, read) {
        let retryAfterMs = 0;
        let transient = true;
        const mayRepeat = (failed) => {
            retryAfterMs = failed.retryAfterMs;
            return false;
        };
        const { members, ...request } = asked;
        const whole = { ...request, method: 'GET', maxBodyBytes: MAX_RESULT_BYTES, mayRepeat };
        try {
            const answer = await ask(whole, fresh ? sendFresh : send, withinSeconds);
            transient = !isDefinite(answer);
            return read(membersOf(answer, members));
        }
        catch (thrown) {
            throw new fault/* Fault */.v((0,errors/* asActionError */.z6)(thrown), { transient: transient && !isForGood(thrown), retryAfterMs });
        }
    }
    async function start(request) {
        let mayRun = false;
        const mayRepeat = (attempt) => {
            mayRun ||= mayBeSeen(attempt);
            return !mayRun;
        };
        const content = { disposition: 'INLINE', ...request, wait_timeout: '0s', format: 'JSON_ARRAY' };
        const asked = { purpose: 'Start of the statement', method: 'POST', path: STATEMENTS, content };
        try {
            const answer = await ask({ ...asked, maxBodyBytes: MAX_RESULT_BYTES, mayRepeat }, sendFresh);
            const { status } = answer;
            if (status >= 400 && status <= 499)
                throw refusedStart(answer, request.warehouse_id);
            mayRun = true;
            if (status >= 500)
                throw refusedStart(answer, request.warehouse_id);
            return (0,statement_response/* readStart */.H6)((0,json_answer/* jsonObject */.o)(answer, statement_response/* STATEMENT_ANSWER */.hi));
        }
        catch (thrown) {
            throw mayRun ? uncertain(thrown) : thrown;
        }
    }
    return {
        start,
        read: (id, options = {}) => {
            const asked = { purpose: 'State of the statement', path: `${STATEMENTS}/${id}`, members: statement_response/* STATEMENT_ANSWER */.hi };
            return askOnce(asked, options, (answer) => (0,statement_response/* readResponse */.Uk)(answer, id));
        },
        chunk: (id, index, { members, read }, options = {}) => {
            const path = `${STATEMENTS}/${id}/result/chunks/${index}`;
            const asked = { purpose: 'Result of the statement', path, members };
            return askOnce(asked, options, read);
        },
        cancel: async (id, withinSeconds) => {
            const asked = {
                purpose: 'Cancellation of the statement',
                method: 'POST',
                path: `${STATEMENTS}/${id}/cancel`,
            };
            const answer = await ask({ ...asked, content: {} }, sendFresh, withinSeconds);
            if ((0,http_status/* outcomeOf */.s)(answer.status) === 'success')
                return;
            throw new errors/* ActionError */.lZ('STATEMENT_REFUSED', `Databricks answered ${answer.status} to the cancellation.`);
        },
        listWarehouses: async () => {
            const all = [];
            let page = '';
            for (let pages = 0; pages < MAX_PAGES; pages++) {
                const query = page === '' ? '' : `?${new URLSearchParams({ page_token: page })}`;
                const asked = { purpose: 'List of warehouses', method: 'GET', path: `${WAREHOUSES}${query}` };
                const { warehouses, next_page_token: next } = membersOf(await ask(asked, send), WAREHOUSES_ANSWER);
                all.push(...warehousesIn(warehouses));
                if (typeof next !== 'string' || next === '')
                    return all;
                page = next;
            }
            return all;
        },
    };
}

// EXTERNAL MODULE: ./lib/src/warehouse/cancellation.js
var cancellation = __webpack_require__(6902);
;// CONCATENATED MODULE: ./lib/src/warehouse/usage-error.js

const usageError = (reason, advice) => new errors/* ActionError */.lZ('SQL_CALL_INVALID', `${reason}. Nothing was run.`, advice === undefined ? {} : { advice });

;// CONCATENATED MODULE: ./lib/src/warehouse/checks.js


const QUERY = /^(SELECT|WITH|FROM|VALUES|TABLE|SHOW|DESCRIBE|DESC|\()$/;
const beginsAsQuery = ({ begins: [first = ''] }) => QUERY.test(first);
const tellsChanges = (columns) => columns.every(({ name }) => /^num_\w+_rows$/.test(name));
const OPTIONS = { 'no-rows': '--fail-if-rows', rows: '--fail-if-no-rows' };
function openChecks(gate, statements) {
    if (gate === undefined)
        return { concern: () => false, judge: () => undefined, finish: () => undefined };
    const option = OPTIONS[gate];
    const concern = beginsAsQuery;
    if (!statements.some(concern)) {
        throw usageError(`${option} judges queries, and no statement is one`, 'Add a query that finds what is wrong: SELECT, WITH, FROM, VALUES, TABLE, SHOW or DESCRIBE.');
    }
    let judged = 0;
    return {
        concern,
        judge: (statement, columns, rowCount) => {
            if (!concern(statement) || tellsChanges(columns))
                return undefined;
            judged++;
            if ((gate === 'no-rows') === (rowCount === 0))
                return undefined;
            const found = rowCount === 0 ? 'no rows, and --fail-if-no-rows wants some' : 'rows, and --fail-if-rows wants none';
            return new errors/* ActionError */.lZ('ROWS_UNEXPECTED', `${statement.name} has ${found}.`);
        },
        finish: () => {
            if (judged > 0)
                return;
            throw new errors/* ActionError */.lZ('NOTHING_CHECKED', `${option} has judged nothing: each statement answered with the number of rows that it changed. The statements have run.`);
        },
    };
}
const SHOWN = 9;
function reportFailures({ fail, info }) {
    let count = 0;
    let last;
    return {
        add: (failure) => {
            count++;
            last = failure;
            if (count <= SHOWN)
                fail(failure);
            else
                info(failure.message);
        },
        finish: () => {
            if (last === undefined || count <= SHOWN)
                return;
            const { code, message } = last;
            const more = count - SHOWN;
            fail(new errors/* ActionError */.lZ(code, more === 1 ? message : `${more} more have failed, which the log names.`));
        },
        count: () => count,
    };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/lexemes.js

const GAP = /\s+|--(?:\\\n|[^\r\n])*/y;
const QUOTED = [
    /[rR]'[^']*(?<end>'?)/y,
    /[rR]"[^"]*(?<end>"?)/y,
    /'[^'\\]*(?:\\.[^'\\]*)*(?<end>'?)/sy,
    /"[^"\\]*(?:\\.[^"\\]*)*(?<end>"?)/sy,
    /`[^`]*(?:``[^`]*)*(?<end>`?)/y,
    /\$(?<tag>[A-Za-z]*)\$.*?(?<end>\$\k<tag>\$|$)/sy,
];
const WORD = /[A-Za-z_]\w*/y;
const NUMBER = /\d\w*/y;
const MARKER = /(?<![\w:\])'"`]):([A-Za-z_]\w*)/y;
const lineBreaksIn = (text) => text.split(/\r\n|\n|\r/).length - 1;
const notClosed = (what, text, at) => usageError(`The ${what} that begins in line ${1 + lineBreaksIn(text.slice(0, at))} has no end`, 'Close it, and check what the shell made of the text: --file and - take it as it is.');
function matchAt(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text);
}
function endOfComment(text, start) {
    const bounds = /\/\*|\*\//g;
    bounds.lastIndex = start;
    let depth = 0;
    for (let found = bounds.exec(text); found !== null; found = bounds.exec(text)) {
        depth += found[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return bounds.lastIndex;
    }
    throw notClosed('comment', text, start);
}
function endOfQuote(text, start) {
    for (const pattern of QUOTED) {
        const found = matchAt(pattern, text, start);
        if (found === null)
            continue;
        if (found.groups?.['end'] === '')
            throw notClosed('quote', text, start);
        return pattern.lastIndex;
    }
    return undefined;
}
function lexemeAt(text, start) {
    const lexeme = (kind, end, own = text.slice(start, end)) => ({ kind, text: own, start, end });
    if (matchAt(GAP, text, start) !== null)
        return lexeme('gap', GAP.lastIndex);
    if (text.startsWith('/*', start))
        return lexeme('gap', endOfComment(text, start));
    const quote = endOfQuote(text, start);
    if (quote !== undefined)
        return lexeme('other', quote);
    const [word] = matchAt(WORD, text, start) ?? [];
    if (word !== undefined)
        return lexeme('word', WORD.lastIndex, word.toUpperCase());
    const [, marker] = matchAt(MARKER, text, start) ?? [];
    if (marker !== undefined)
        return lexeme('marker', MARKER.lastIndex, marker);
    if (matchAt(NUMBER, text, start) !== null)
        return lexeme('other', NUMBER.lastIndex);
    return lexeme(text[start] === ';' ? 'end' : 'other', start + 1);
}
function* lexemesOf(text) {
    for (let at = 0; at < text.length;) {
        const lexeme = lexemeAt(text, at);
        yield lexeme;
        at = lexeme.end;
    }
}

// EXTERNAL MODULE: ./lib/src/warehouse/statement.js
var warehouse_statement = __webpack_require__(6620);
// EXTERNAL MODULE: ./lib/src/warehouse/statement-failure.js
var statement_failure = __webpack_require__(5243);
;// CONCATENATED MODULE: ./lib/src/warehouse/conflicts.js





const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
const ONE_TRANSACTION = /^(INSERT|MERGE|UPDATE|DELETE|COPY INTO)\b/;
const CREATES_TABLE = /^CREATE (OR REPLACE )?TABLE\b/;
const FROM_QUERY = /\bAS (?!OF\b)/;
function outline(text) {
    let depth = 0;
    const outer = [];
    for (const { kind, text: own } of lexemesOf(text)) {
        if (own === ')')
            depth--;
        if (depth === 0 && kind !== 'gap')
            outer.push(kind === 'word' || own === '(' ? own : '?');
        if (own === '(')
            depth++;
    }
    return outer.join(' ');
}
function isOneTransaction(text) {
    const shape = outline(text);
    return ONE_TRANSACTION.test(shape) || (CREATES_TABLE.test(shape) && FROM_QUERY.test(shape));
}
function conflictIn(thrown) {
    if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'STATEMENT_FAILED')
        return undefined;
    const { message } = { message: '', ...Object(thrown.cause) };
    return statement_failure/* CONFLICT */.p9.exec(message)?.[1];
}
async function pauseBefore(ms, name, { signal, timeLimit, clock }) {
    try {
        await (0,cancellation.pauseUnlessCancelled)(ms, AbortSignal.any([signal, timeLimit]), clock);
    }
    catch (thrown) {
        if (!(thrown instanceof cancellation.Cancellation))
            throw thrown;
        throw new errors/* ActionError */.lZ('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started again.`);
    }
}
async function runDespiteConflicts(request, name, retries, effects) {
    const most = isOneTransaction(request.statement) ? retries : 0;
    for (let tries = 1;; tries++) {
        try {
            return await (0,warehouse_statement/* runStatement */.nk)(request, name, effects);
        }
        catch (thrown) {
            const conflict = conflictIn(thrown);
            if (conflict === undefined || tries > most)
                throw thrown;
            const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
            const when = `in ${(pauseMs / 1000).toFixed(1)} s (${tries} of ${most} retries)`;
            effects.info(`${name}: another writer came first (${conflict}), and nothing was committed. It runs again ${when}.`);
            await pauseBefore(pauseMs, name, effects);
        }
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/src/warehouse/positions.js



const POSITIONS = [
    /== SQL \(line (\d+), position (\d+)\) ==/g,
    /\(line (\d+), pos (\d+)\)/g,
    /\bline (\d+),? pos (\d+)(?=;|\s|$)/g,
    /\{LINE:(\d+)\}()/g,
];
const ELSEWHERE = /== SQL of .*?\(line (\d+), position (\d+)\) ==/g;
const linesAndColumns = (pattern, message) => [...message.matchAll(pattern)].map(([, line, column]) => [Number(line), Number(column)]);
function lineNamedIn(message, text) {
    const elsewhere = linesAndColumns(ELSEWHERE, message);
    const lines = 1 + lineBreaksIn(text);
    const isElsewhere = ([line, column]) => elsewhere.some(([otherLine, other]) => line === otherLine && (column === other || column + 1 === other));
    const [found] = POSITIONS.flatMap((pattern) => linesAndColumns(pattern, message)).filter((position) => position[0] >= 1 && position[0] <= lines && !isElsewhere(position));
    return found?.[0];
}
function pathInWorkspace(file, workspace) {
    const path = (0,external_node_path_.relative)(workspace, (0,external_node_path_.resolve)(file));
    return path === '' || path.startsWith(`..${external_node_path_.sep}`) || (0,external_node_path_.isAbsolute)(path) ? undefined : path.replaceAll(external_node_path_.sep, '/');
}
function withPlace(failure, { file, text, textLine, line }, { GITHUB_WORKSPACE: workspace = '' }, linesBefore = 0) {
    const path = file === undefined || workspace === '' ? undefined : pathInWorkspace(file, workspace);
    if (path === undefined)
        return failure;
    const sent = '\n'.repeat(linesBefore) + text;
    const named = lineNamedIn(failure.serverText ?? '', sent);
    const place = {
        file: path,
        line: named === undefined || named <= linesBefore ? line : textLine + named - 1 - linesBefore,
    };
    const { code, message, advice, serverText, keepsLines } = failure;
    return new errors/* ActionError */.lZ(code, message, { advice, serverText, keepsLines, place, cause: failure });
}

;// CONCATENATED MODULE: ./lib/src/warehouse/explain.js






const EXPLAINED = /^(SELECT|WITH|FROM|VALUES|TABLE|INSERT|MERGE|UPDATE|DELETE|CREATE (OR REPLACE )?(TABLE|VIEW))(?= |$)/;
const CHANGES_NAMES = /^(CREATE|ALTER|DROP|UNDROP|BEGIN|CALL|EXECUTE)(?= |$)|^\S+ : BEGIN(?= |$)/;
const NAME_IS_MISSING = /^[^[]*\[(\w+_NOT_FOUND|UNRESOLVED_\w+)[\].]/;
const PLANNING_FAILED = /^\s*(?:== [^\n]* ==\s*)?Error occurred during query planning:\s*/;
const ADVICE = 'Correct the statement. Nothing of this call was run: plans alone were asked for. A line that the message names counts EXPLAIN as the first.';
const startsWith = ({ begins }, pattern) => pattern.test(begins.join(' '));
function bare(statement) {
    const { text, line } = statement;
    let first = 0;
    for (const { kind, start } of lexemesOf(text)) {
        first = start;
        if (kind !== 'gap')
            break;
    }
    return { ...statement, text: text.slice(first), textLine: line };
}
async function failureOfPlan(statement, requestFor, effects) {
    const { name } = statement;
    try {
        const request = requestFor({ ...statement, text: `EXPLAIN\n${statement.text}` });
        const { id, result } = await (0,warehouse_statement/* runStatement */.nk)(request, name, effects);
        if (result === undefined)
            throw new errors/* ActionError */.lZ('RESULT_GONE', `The plan of ${name} is gone (statement id ${id}).`);
        const lines = [];
        for await (const rows of (0,warehouse_statement/* rowsOf */.RO)(id, result, effects))
            lines.push(...rows.map(([line]) => line ?? ''));
        const plan = lines.join('\n');
        if (!PLANNING_FAILED.test(plan))
            return undefined;
        const serverText = plan.replace(PLANNING_FAILED, '');
        const told = `${name} cannot be planned (statement id ${id}).`;
        return new errors/* ActionError */.lZ('STATEMENT_FAILED', told, { serverText, keepsLines: true, advice: ADVICE });
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'STATEMENT_FAILED')
            throw thrown;
        const { code, message, serverText } = thrown;
        return new errors/* ActionError */.lZ(code, message, { serverText, keepsLines: true, advice: ADVICE, cause: thrown });
    }
}
function refuseUnexplained(statements) {
    if (statements.some((statement) => startsWith(statement, EXPLAINED)))
        return;
    throw usageError('--explain plans SELECT, WITH, FROM, VALUES, TABLE, INSERT, MERGE, UPDATE, DELETE and CREATE TABLE or VIEW, and no statement is one of these', 'No other statement is sent, since EXPLAIN runs some of them.');
}
async function outcomeOf(statement, mayBeMade, requestFor, effects) {
    if (!startsWith(statement, EXPLAINED))
        return `it begins with ${statement.begins[0]}, which is never sent with EXPLAIN`;
    const failure = await failureOfPlan(statement, requestFor, effects);
    if (!mayBeMade || !NAME_IS_MISSING.test(failure?.serverText ?? ''))
        return failure;
    return 'a name in it is not there yet, and a statement before it may make it';
}
async function explainAll(statements, { requestFor, environment, fail }, effects) {
    const { info } = effects;
    const failures = reportFailures({ fail, info });
    let planned = 0;
    let mayBeMade = false;
    for (const statement of statements.map(bare)) {
        const outcome = await outcomeOf(statement, mayBeMade, requestFor, effects);
        if (outcome instanceof errors/* ActionError */.lZ)
            failures.add(withPlace(outcome, statement, environment, 1));
        else
            info(`${statement.name} ${outcome === undefined ? 'can be planned' : `is not checked: ${outcome}`}.`);
        if (outcome === undefined)
            planned++;
        mayBeMade ||= startsWith(statement, CHANGES_NAMES);
    }
    failures.finish();
    const [all, failed] = [statements.length, failures.count()];
    info(`Can be planned: ${planned} of ${all} statements. Cannot be: ${failed}. Not checked: ${all - planned - failed}.`);
    return failed;
}

// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __webpack_require__(8488);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(6150);
;// CONCATENATED MODULE: ./lib/src/warehouse/failure-page.js


const reasonIn = (serverText) => serverText
    .split('== SQL')[0]
    ?.trim()
    .split(/[\r\n]/)[0] ?? '';
const failurePage = ({ code, message, serverText = '' }) => (redact) => {
    const reason = (0,src_text/* printable */.g$)(redact(reasonIn(serverText)));
    const said = reason === '' ? '' : `${(0,markdown/* inMarkdown */.Hi)(`The server said: ${reason}`)}\n\n`;
    return `### databricks-token sql failed (${(0,markdown/* inMarkdown */.Hi)(code)})\n\n${(0,markdown/* inMarkdown */.Hi)((0,src_text/* printable */.g$)(redact(message)))}\n\n${said}`;
};

// EXTERNAL MODULE: ./lib/src/warehouse/row-formats.js
var row_formats = __webpack_require__(3528);
// EXTERNAL MODULE: ./lib/src/workflow-commands.js
var workflow_commands = __webpack_require__(3691);
// EXTERNAL MODULE: ./lib/src/warehouse/result.js
var result = __webpack_require__(2476);
;// CONCATENATED MODULE: ./lib/src/warehouse/table.js



const MAX_CELL = 200;
function cut(text) {
    if (text.length <= MAX_CELL)
        return text;
    return `${text.slice(0, MAX_CELL).toWellFormed()}…`;
}
const cell = (value) => (value === null ? 'NULL' : (0,result/* escapeForLog */.z)(cut(value)));
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
function widthOf(text) {
    let width = 0;
    for (const character of text)
        width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    return width;
}
const WHOLE_TEXTS = new Set(['createtab_stmt', 'plan']);
function linesOfText([column, ...others], [row, ...more]) {
    const value = row?.[0] ?? null;
    if (column === undefined || others.length > 0 || more.length > 0 || value === null)
        return undefined;
    if (!WHOLE_TEXTS.has(column.name))
        return undefined;
    return value.split(/\r\n|[\r\n]/).map(result/* escapeForLog */.z);
}
function asTable(columns, rows) {
    const lines = linesOfText(columns, rows);
    if (lines !== undefined)
        return [...columns.map(({ name }) => name), '---', ...lines].map((line) => `| ${line}\n`).join('');
    const head = columns.map(({ name }) => cell(name));
    const body = rows.map((row) => columns.map((_, at) => cell(row[at] ?? null)));
    const widths = columns.map((_, at) => [head, ...body].reduce((widest, line) => Math.max(widest, widthOf(line[at] ?? '')), 3));
    const pad = (text, at) => {
        const column = columns[at];
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(text));
        return column !== undefined && (0,result/* isNumeric */.k)(column) ? space + text : text + space;
    };
    const line = (cells) => `| ${cells.map(pad).join(' | ')} |\n`;
    const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`;
    return columns.length === 0 ? '' : [line(head), rule, ...body.map(line)].join('');
}
function asMarkdown(columns, rows) {
    const lines = linesOfText(columns, rows);
    if (lines !== undefined)
        return `${(0,markdown/* fenced */.OF)(lines.map(workflow_commands/* withoutCommands */.Df).join('\n'))}\n`;
    const line = (cells) => `| ${cells.join(' | ')} |\n`;
    const head = line(columns.map(({ name }) => (0,markdown/* inMarkdown */.Hi)(cell(name))));
    const rule = line(columns.map((column) => ((0,result/* isNumeric */.k)(column) ? '---:' : '---')));
    const body = rows.map((row) => line(columns.map((_, at) => (0,markdown/* inMarkdown */.Hi)(cell(row[at] ?? null)))));
    return columns.length === 0 ? '' : [head, rule, ...body].join('');
}

;// CONCATENATED MODULE: ./lib/src/warehouse/formats.js


const forPeople = (tableOf) => ({
    showsEach: true,
    rows: 100,
    writer: {
        whole: (columns, rows, hasMore) => columns.length === 0 ? '' : tableOf(columns, rows) + (hasMore ? 'More rows exist: --max-rows shows more.\n' : ''),
    },
});
const FORMATS = {
    table: forPeople(asTable),
    csv: { extension: '.csv', showsEach: false, isLinked: true, writer: { lines: row_formats/* asCsv */.ro } },
    jsonl: { extension: '.jsonl', showsEach: false, isLinked: true, writer: { lines: row_formats/* asJsonl */.Pb } },
    markdown: { extension: '.md', ...forPeople((columns, rows) => `${asMarkdown(columns, rows)}\n`) },
    value: {
        showsEach: false,
        rows: 2,
        writer: { whole: (columns, rows, hasMore) => `${(0,row_formats/* singleValue */.u9)(columns, rows, hasMore)}\n` },
    },
};
const FORMAT_NAMES = Object.keys(FORMATS);
const rulesOf = (format) => FORMATS[format];
const LINKED_FORMATS = FORMAT_NAMES.filter((name) => rulesOf(name).isLinked)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');
const extensionOf = (format) => rulesOf(format).extension ?? '';
const EXTENSIONS = FORMAT_NAMES.map(extensionOf)
    .filter((extension) => extension !== '')
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');
const formatOfExtension = (extension) => FORMAT_NAMES.find((name) => extension !== '' && extensionOf(name) === extension.toLowerCase());

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./lib/src/warehouse/output.js







function formatFor(file, given) {
    const own = formatOfExtension((0,external_node_path_.extname)(file));
    if (own !== undefined && given !== undefined && own !== given) {
        throw usageError(`--format ${given} does not go with the extension of --output`);
    }
    const format = given ?? own;
    if (format !== undefined)
        return format;
    throw usageError(`--output takes a name that ends in ${EXTENSIONS}, or a --format beside it`);
}
function targetOf(file) {
    try {
        const found = (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false });
        if (found?.isFile() === false)
            throw usageError('--output names something that is no regular file');
        if (found === undefined && (0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false }) !== undefined) {
            throw usageError('--output names a link that leads nowhere');
        }
        const path = found === undefined ? file : (0,external_node_fs_.realpathSync)(file);
        (0,external_node_fs_.accessSync)((0,external_node_path_.dirname)(path), external_node_fs_.constants.W_OK);
        return { path, mode: found === undefined ? 0o666 : found.mode & 0o777 };
    }
    catch (thrown) {
        if (thrown instanceof errors/* ActionError */.lZ)
            throw thrown;
        throw usageError(`--output cannot be written (${(0,errors/* systemCode */.xU)(thrown)})`);
    }
}
function whileWriting(work) {
    try {
        return work();
    }
    catch (thrown) {
        throw new errors/* ActionError */.lZ('RESULT_UNWRITABLE', `Writing the result failed (${(0,errors/* systemCode */.xU)(thrown) ?? 'unknown reason'}).`);
    }
}
function fileOutput(file, format) {
    const { path, mode } = targetOf(file);
    const beside = `${path}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}.part`;
    let descriptor;
    const open = () => {
        descriptor ??= (0,external_node_fs_.openSync)(beside, 'wx', mode);
        return descriptor;
    };
    const close = () => {
        if (descriptor !== undefined)
            (0,external_node_fs_.closeSync)(descriptor);
        descriptor = undefined;
    };
    return {
        format,
        writeBytes: (bytes) => whileWriting(() => {
            for (let done = 0; done < bytes.length;)
                done += (0,external_node_fs_.writeSync)(open(), bytes, done);
        }),
        write: (text) => whileWriting(() => {
            let done = (0,external_node_fs_.writeSync)(open(), text);
            if (done === Buffer.byteLength(text))
                return;
            const bytes = Buffer.from(text);
            while (done < bytes.length)
                done += (0,external_node_fs_.writeSync)(open(), bytes, done);
        }),
        finish: () => whileWriting(() => {
            open();
            close();
            (0,external_node_fs_.renameSync)(beside, path);
        }),
        discard: () => {
            close();
            (0,external_node_fs_.rmSync)(beside, { force: true });
        },
    };
}
function refuseCommands(text) {
    if (!(0,workflow_commands/* holdsCommand */.e5)(text))
        return;
    throw new errors/* ActionError */.lZ('RESULT_UNFIT', 'The result holds text that the runner would take for a workflow command, so it is not printed.', { advice: 'Write it to a file: --output FILE. Or print it as jsonl or as a table, which cannot hold any.' });
}
function openOutput({ output, format }, effects) {
    if (output !== undefined)
        return fileOutput(output, formatFor(output, format));
    const { print, stdoutIsFile, inWorkflow } = effects;
    if (stdoutIsFile && format === undefined) {
        throw usageError('stdout is a file, and no --format says what it shall hold', 'A table for people would be cut at 100 rows: choose --format csv or another.');
    }
    const isRead = inWorkflow && !stdoutIsFile;
    const write = (text) => {
        if (isRead)
            refuseCommands(text);
        print(text);
    };
    return {
        format: format ?? 'table',
        write,
        writeBytes: (bytes) => write(Buffer.from(bytes).toString()),
        finish: () => undefined,
        discard: () => undefined,
    };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/namespace.js


function nameIn(lexeme, text) {
    const own = lexeme === undefined ? '' : text.slice(lexeme.start, lexeme.end);
    if (/^\w+$/.test(own))
        return own;
    return /^`.+`$/s.test(own) ? own.slice(1, -1).replaceAll('``', '`') : undefined;
}
const quotedIn = (lexeme) => /^(['"])([^'"\\]+)\1$/.exec(lexeme?.text ?? '')?.[2];
function namedBy([verb, kind, ...rest], text) {
    const isKind = (...words) => words.includes(kind?.text ?? '') && rest.length > 0 && rest[0]?.text !== '.';
    if (isKind('CATALOG')) {
        const [name, ...more] = rest;
        const catalog = nameIn(name, text) ?? quotedIn(name);
        return catalog === undefined || more.length > 0 ? undefined : { catalog, schema: 'default' };
    }
    if (verb?.text === 'SET' || kind === undefined)
        return undefined;
    const [first, dot, second, ...more] = isKind('SCHEMA', 'DATABASE', 'NAMESPACE') ? rest : [kind, ...rest];
    const [one, other] = [nameIn(first, text), nameIn(second, text)];
    if (one === undefined || more.length > 0)
        return undefined;
    if (dot === undefined)
        return { schema: one };
    return dot.text === '.' && other !== undefined ? { catalog: one, schema: other } : undefined;
}
const isUse = ([first, second]) => first === 'USE' || (first === 'SET' && second === 'CATALOG');
function namespaceAfter(statement, before, where) {
    if (!isUse(statement.begins))
        return undefined;
    const { text } = statement;
    const named = namedBy([...lexemesOf(text)].filter(({ kind }) => kind !== 'gap'), text);
    if (named === undefined) {
        throw usageError(`The ${statement.begins[0]} ${where} does not name a catalog or a schema by its name`, 'Without a session it is this command that follows USE, so it takes a name that is written out: USE CATALOG name, USE SCHEMA name, USE catalog.schema, SET CATALOG name.');
    }
    return { ...before, ...named };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/parameters.js

const NAME_AND_TYPE = /^([A-Za-z_]\w*)(?::([A-Za-z][A-Za-z_ ]*(?:\(\d+(?:, ?\d+)?\))?))?$/;
const variable = (environment, name) => Object.hasOwn(environment, name) ? environment[name] : undefined;
function parseParameter(text, environment) {
    const [, head = '', given] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    const [, name, type] = NAME_AND_TYPE.exec(head) ?? [];
    if (name === undefined)
        throw usageError('A parameter is written NAME=VALUE or NAME:TYPE=VALUE');
    const value = environment === undefined || given === undefined ? given : variable(environment, given);
    if (environment !== undefined && value === undefined)
        throw usageError(`The variable for the parameter ${name} is not set`);
    return { name, ...(type === undefined ? {} : { type }), ...(value === undefined ? {} : { value }) };
}
function refuseDuplicates(parameters) {
    const same = parameters.find(({ name }, at) => parameters.findIndex((other) => other.name === name) !== at);
    if (same !== undefined)
        throw usageError(`The parameter ${same.name} is given twice`);
}
function refuseUnused(parameters, statements) {
    const unused = parameters.find(({ name }) => !statements.some(({ markers }) => markers.has(name)));
    if (unused !== undefined)
        throw usageError(`No statement has a marker :${unused.name}`);
}
function refuseUnbound({ name, markers, parameters }) {
    const unbound = [...markers].find((marker) => !parameters.some((parameter) => parameter.name === marker));
    if (unbound === undefined)
        return;
    throw usageError(`${name} has the marker :${unbound}, and no parameter is given for it`, `Give --param ${unbound}=VALUE or --param-env ${unbound}=VARIABLE. A path into a value has no space before its colon: raw:${unbound}.`);
}

;// CONCATENATED MODULE: ./lib/src/warehouse/blocks.js
const BEFORE_STATEMENT = /^(THEN|ELSE|DO|LOOP|REPEAT)$/;
const ENDS_NO_BLOCK = /^(IF|CASE|WHILE|FOR|REPEAT|LOOP)$/;
const BEGINS_NO_STATEMENT = /^(TRANSACTION|WORK|ELSE|WHEN)$/;
const ROUTINE = /^CREATE (OR REPLACE )?(TEMP(ORARY)? )?(PROCEDURE|FUNCTION)$/;
const ROUTINE_LEXEMES = 5;
const mayBeginStatement = (lexeme) => lexeme?.kind === 'word'
    ? !BEGINS_NO_STATEMENT.test(lexeme.text)
    : lexeme?.kind === 'other' && /^[(`]/.test(lexeme.text);
function trackRoutine() {
    let first = [];
    let isRoutine = false;
    let parentheses = 0;
    let stage = 'parameters';
    return {
        atBody: () => isRoutine && parentheses === 0 && stage === 'options',
        read(text, before) {
            if (first.length < ROUTINE_LEXEMES) {
                first = [...first, text];
                isRoutine ||= ROUTINE.test(first.join(' '));
            }
            if (!isRoutine)
                return;
            if (text === '(')
                parentheses++;
            if (text === ')')
                parentheses--;
            if (parentheses > 0)
                return;
            if (stage === 'options' && (text === 'RETURN' || before === 'AS'))
                stage = 'over';
            if (stage === 'parameters' && text === ')')
                stage = 'options';
        },
    };
}
function trackHandler() {
    let isDeclaration;
    let condition;
    return {
        atBody: () => condition === 'complete',
        read(text, before) {
            isDeclaration ??= text === 'DECLARE';
            if (!isDeclaration)
                return;
            if (before === 'HANDLER' && text === 'FOR')
                condition = 'awaited';
            else if (condition === 'awaited')
                condition = /^(NOT|SQLSTATE|VALUE)$/.test(text) ? 'awaited' : 'complete';
            else
                condition = condition === 'complete' && /^[,.]$/.test(text) ? 'awaited' : undefined;
        },
    };
}
function trackBlocks() {
    const open = [];
    let [routine, handler] = [trackRoutine(), trackHandler()];
    let before = '';
    let mayBegin = true;
    let isLabel = false;
    let isEmpty = false;
    function read({ kind, text, start }, next) {
        if (mayBegin)
            [routine, handler] = [trackRoutine(), trackHandler()];
        const isPlace = mayBegin || handler.atBody() || routine.atBody();
        const isOpened = kind === 'word' && text === 'BEGIN' && isPlace && mayBeginStatement(next);
        const isClosed = kind === 'word' && text === 'END' && (before === ';' || isEmpty);
        if (isOpened)
            open.push(start);
        if (isClosed && !(next?.kind === 'word' && ENDS_NO_BLOCK.test(next.text)))
            open.pop();
        routine.read(text, before);
        handler.read(text, before);
        isEmpty = isOpened || (isEmpty && /^(NOT|ATOMIC)$/.test(text));
        const isBefore = open.length > 0 && (kind === 'end' || (kind === 'word' && BEFORE_STATEMENT.test(text)));
        mayBegin = isEmpty || isBefore || (isLabel && text === ':');
        isLabel = isPlace && !isOpened && (kind === 'word' || text.startsWith('`'));
        before = text;
    }
    return { open, read };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/split-statements.js



const FIRST_LEXEMES = 6;
const startReading = (start) => ({ start, first: undefined, begins: [], markers: new Set() });
function read(reading, { kind, text, start }) {
    reading.first ??= start;
    if (kind === 'marker')
        reading.markers.add(text);
    if (reading.begins.length < FIRST_LEXEMES)
        reading.begins.push(text);
}
const NEEDS_SESSION = /^(SET(?! (TAG|CATALOG)\b)|RESET|DECLARE|COMMIT|ROLLBACK|START TRANSACTION|BEGIN(?= (TRANSACTION|WORK)\b|$)|(CREATE|DROP)( OR REPLACE)?( GLOBAL| LOCAL)? TEMP(ORARY)?)\b/;
function refuseUnfit({ begins }, line) {
    const [found] = NEEDS_SESSION.exec(begins.join(' ')) ?? [];
    if (found === undefined)
        return;
    throw usageError(`The statement in line ${line} begins with ${found}, which needs a session; each statement is a request of its own, without one`, 'Statements that need each other go into one BEGIN … END, and those that have to take effect together into one BEGIN ATOMIC … END.');
}
function* pairsOf(text) {
    let lexeme;
    for (const next of lexemesOf(text)) {
        if (next.kind === 'gap')
            continue;
        if (lexeme !== undefined)
            yield { lexeme, next };
        lexeme = next;
    }
    if (lexeme !== undefined)
        yield { lexeme, next: undefined };
}
const lineAt = (text, at) => 1 + lineBreaksIn(text.slice(0, at));
function readingsOf(text) {
    const readings = [];
    let reading = startReading(0);
    let blocks = trackBlocks();
    const finish = (end) => {
        const { first } = reading;
        if (first !== undefined)
            readings.push({ ...reading, first, end });
        reading = startReading(end + 1);
        blocks = trackBlocks();
    };
    for (const { lexeme, next } of pairsOf(text)) {
        if (lexeme.kind === 'end' && blocks.open.length === 0)
            finish(lexeme.start);
        else {
            read(reading, lexeme);
            blocks.read(lexeme, next);
        }
    }
    const [outermost] = blocks.open;
    if (outermost !== undefined) {
        throw usageError(`The BEGIN in line ${lineAt(text, outermost)} has no END`, 'Close the block with END. A semicolon has to stand before END, unless the block is empty.');
    }
    finish(text.length);
    return readings;
}
function splitStatements(text) {
    const readings = readingsOf(text);
    if (readings.length === 0)
        throw usageError('The text holds no statement', 'Check the file, or what stdin brings.');
    let [line, counted] = [1, 0];
    const lineOf = (at) => {
        line += lineBreaksIn(text.slice(counted, at));
        counted = at;
        return line;
    };
    return readings.map(({ start, first, end, begins, markers }) => {
        const own = text.slice(start, end);
        const textLine = lineOf(start + own.length - own.trimStart().length);
        const statement = { text: own.trim(), textLine, line: lineOf(first), begins, markers };
        refuseUnfit(statement, statement.line);
        return statement;
    });
}

;// CONCATENATED MODULE: ./lib/src/warehouse/planned-statements.js





function inFile(file, work) {
    try {
        return work();
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || file === undefined)
            throw thrown;
        const { code, message, advice } = thrown;
        throw new errors/* ActionError */.lZ(code, `In ${file}: ${message}`, { advice });
    }
}
function statementsIn({ file, text }, { catalog, schema }) {
    let namespace = { catalog, schema };
    return splitStatements(text).flatMap((statement) => {
        const after = namespaceAfter(statement, namespace, `in line ${statement.line}`);
        if (after === undefined)
            return [{ ...statement, ...namespace, file }];
        namespace = after;
        return [];
    });
}
function nameOf({ file, line }, at, count) {
    if (count === 1)
        return file === undefined ? 'The statement' : `The statement of ${file}`;
    return `Statement ${at + 1} of ${count} (${file === undefined ? '' : `${file}, `}line ${line})`;
}
function planStatements(texts, call) {
    const statements = texts.flatMap((text) => inFile(text.file, () => statementsIn(text, call)));
    if (statements.length === 0) {
        throw usageError('The text holds no statement but USE', 'USE only says where those that follow it find names.');
    }
    const planned = statements.map((statement, at) => ({
        ...statement,
        name: nameOf(statement, at, statements.length),
        parameters: call.parameters.filter(({ name }) => statement.markers.has(name)),
    }));
    refuseUnused(call.parameters, planned);
    for (const statement of planned)
        refuseUnbound(statement);
    return planned;
}

;// CONCATENATED MODULE: ./lib/src/warehouse/present.js




const SUMMARY_ROWS = 100;
const UNSEEN_ROWS = SUMMARY_ROWS;
function rowLimit(format, maxRows, isLast) {
    const { showsEach, rows } = rulesOf(format);
    const limit = isLast || showsEach ? (maxRows ?? rows) : UNSEEN_ROWS;
    return limit === undefined ? {} : { row_limit: limit };
}
async function writeLines({ head, line }, { result, rows }, output) {
    if (result.columns.length > 0)
        output.write(head);
    const first = [];
    let count = 0;
    for await (const chunk of rows) {
        output.write(chunk.map(line).join(''));
        count += chunk.length;
        if (first.length < SUMMARY_ROWS)
            first.push(...chunk.slice(0, SUMMARY_ROWS - first.length));
    }
    return { first, count };
}
async function collect(rows) {
    const first = [];
    for await (const chunk of rows)
        for (const row of chunk)
            first.push(row);
    return { first, count: first.length };
}
async function write(presented, output) {
    const { result, rows, isLast, writeRows } = presented;
    if (writeRows !== undefined)
        return writeRows(output);
    const { writer, showsEach } = rulesOf(output.format);
    if (!isLast && !showsEach)
        return collect(rows);
    if ('lines' in writer)
        return writeLines(writer.lines(result.columns), presented, output);
    const collected = await collect(rows);
    output.write(writer.whole(result.columns, collected.first, result.truncated));
    return collected;
}
function refuseCut({ name, result, isLimited }) {
    if (!result.truncated || isLimited)
        return;
    throw new errors/* ActionError */.lZ('RESULT_INVALID', `The result of ${name} was cut by the server, unasked.`);
}
const counted = (count, hasMore) => {
    const rows = count === 1 ? '1 row' : `${count} rows`;
    return hasMore ? `${rows}, and more exist` : rows;
};
function presentGone({ id, name }, isWanted, places) {
    if (isWanted) {
        const told = `${name} has run, and succeeded (statement id ${id}). Its result is gone: Databricks has closed it.`;
        throw new errors/* ActionError */.lZ('RESULT_GONE', told);
    }
    places.info(`${name} has succeeded. Databricks has closed it, and shows no result (statement id ${id}).`);
    places.summarize?.(`### ${(0,markdown/* inMarkdown */.Hi)(name)} has succeeded\n\nDatabricks has closed it, and shows no result.\n\n`);
}
async function presentResult(presented, places, elapsed) {
    const { name, id, result, isLast } = presented;
    const { output, summarize, info } = places;
    refuseCut(presented);
    const { first, count } = await write(presented, output);
    if (isLast)
        output.finish();
    const told = `${counted(count, result.truncated)}, ${elapsed()} s`;
    info(`${name} has succeeded: ${told} (statement id ${id}).`);
    if (summarize !== undefined) {
        const head = `### ${(0,markdown/* inMarkdown */.Hi)(name)} has succeeded\n\n${told}\n\n`;
        const shown = asMarkdown(result.columns, first.slice(0, SUMMARY_ROWS));
        const more = count > SUMMARY_ROWS || result.truncated ? '\nMore rows exist.\n' : '';
        if (!summarize(`${head}${shown}${more}\n`))
            summarize(`${head}The table is too large for a summary.\n\n`);
    }
    return count;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
;// CONCATENATED MODULE: ./lib/src/warehouse/source.js







const textIn = (file) => (0,external_node_fs_.statSync)(file).isFIFO() ? (0,consumers_.text)(new external_node_net_.Socket({ fd: (0,external_node_fs_.openSync)(file, 'r') })) : (0,promises_.readFile)(file, 'utf8');
async function readOne(reading, from, signal) {
    try {
        return (await (0,cancellation.unlessCancelled)(signal, reading())).replace(/^\ufeff/, '');
    }
    catch (thrown) {
        if (thrown instanceof cancellation.Cancellation) {
            throw new errors/* ActionError */.lZ('STATEMENT_CANCELED', `The call was ${thrown.message} before anything was run.`);
        }
        throw usageError(`${from} cannot be read (${(0,errors/* systemCode */.xU)(thrown)})`);
    }
}
async function readSource(source, signal) {
    if (source === 'stdin')
        return [{ file: undefined, text: await readOne(() => (0,consumers_.text)(process.stdin), 'stdin', signal) }];
    if ('text' in source)
        return [{ file: undefined, text: source.text }];
    const texts = [];
    for (const [at, file] of source.files.entries()) {
        const from = source.files.length === 1 ? 'The file of --file' : `File ${at + 1} of --file`;
        texts.push({ file, text: await readOne(() => textIn(file), from, signal) });
    }
    return texts;
}

;// CONCATENATED MODULE: ./lib/src/warehouse/sql-options.js



const TAKES = {
    '--warehouse': /./,
    '--catalog': /./,
    '--schema': /./,
    '--param': /./,
    '--param-env': /^[^=]+=./,
    '--tag': /^[^=]+=/,
    '--format': new RegExp(`^(${FORMAT_NAMES.join('|')})$`),
    '--output': /./,
    '--max-rows': /^[1-9]\d{0,9}$/,
    '--timeout': /^\d{1,6}(s|m|h)$/,
    '--retries': /^\d{1,2}$/,
    '--file': /./,
};
const FLAGS = ['--explain', '--fail-if-rows', '--fail-if-no-rows', '--keep-going', '--external-links', '--summary'];
const REPEATED = ['--param', '--param-env', '--tag', '--file'];
const UNIT_SECONDS = { s: 1, m: 60, h: 3600 };
function sortWords(words) {
    const options = new Map();
    const statements = [];
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        if (word === '--')
            statements.push(...rest.splice(0));
        else if (word === '-' || !word.startsWith('-'))
            statements.push(word);
        else {
            const [name = '', ...joined] = word.split('=');
            const pattern = TAKES[name];
            const shown = /^--?[\w-]+$/.test(name) ? name : 'A word that begins with - and comes before --';
            if (pattern === undefined && !FLAGS.includes(word))
                throw usageError(`${shown} is not known`);
            const value = pattern === undefined ? '' : joined.length > 0 ? joined.join('=') : rest.shift();
            if (value === undefined || pattern?.test(value) === false)
                throw usageError(`${name} cannot be what it is given`);
            const values = options.get(name) ?? [];
            if (values.length > 0 && !REPEATED.includes(name))
                throw usageError(`${name} is given twice`);
            options.set(name, [...values, value]);
        }
    }
    return { options, statements };
}
const refuseReadByCmd = () => {
    throw usageError('On Windows cmd reads an argument before it arrives here, and the statement may be another one by now', 'Write the statement to a file and give --file FILE. In PowerShell 7.4 and later also: ' +
        "@' … '@ | databricks-token sql -, with the statement on lines of its own. " +
        'Values from outside belong into variables: --param-env NAME=VARIABLE.');
};
function sourceOf({ options, statements }, throughCmd) {
    const files = options.get('--file') ?? [];
    const [text, ...more] = statements;
    if (throughCmd && statements.some((statement) => statement !== '-'))
        refuseReadByCmd();
    if (more.length > 0)
        throw usageError('There is more than one statement: put quotes around the whole');
    if (files.length > 0 && text !== undefined)
        throw usageError('There is both --file and a statement');
    if (files.length > 0)
        return { files };
    if (text === undefined)
        throw usageError('There is no statement: give --file FILE, - for stdin, or the statement itself');
    return text === '-' ? 'stdin' : { text };
}
function gateOf(options) {
    const [onRows, onNone] = [options.has('--fail-if-rows'), options.has('--fail-if-no-rows')];
    if (onRows && onNone)
        throw usageError('--fail-if-rows and --fail-if-no-rows exclude each other');
    if (!onRows && !onNone && options.has('--keep-going')) {
        throw usageError('--keep-going goes with --fail-if-rows or --fail-if-no-rows');
    }
    if (onRows)
        return 'no-rows';
    return onNone ? 'rows' : undefined;
}
const NOT_EXPLAINED = [
    '--format',
    '--output',
    '--max-rows',
    '--fail-if-rows',
    '--fail-if-no-rows',
    '--keep-going',
    '--external-links',
    '--retries',
    '--summary',
];
function explains(options) {
    if (!options.has('--explain'))
        return false;
    const other = NOT_EXPLAINED.find((name) => options.has(name));
    if (other !== undefined)
        throw usageError(`--explain runs nothing, and ${other} does not go with it`);
    return true;
}
function secondsOf(duration) {
    if (duration === undefined)
        return undefined;
    const seconds = Number(duration.slice(0, -1)) * (UNIT_SECONDS[duration.slice(-1)] ?? 1);
    if (seconds < 1 || seconds > 2_000_000)
        throw usageError('--timeout takes 1 s to 555 h');
    return seconds;
}
function parseSqlOptions(words, environment, throughCmd = false) {
    const sorted = sortWords(words);
    const all = (name) => sorted.options.get(name) ?? [];
    const [maxRows] = all('--max-rows');
    const parameters = [
        ...all('--param').map((text) => parseParameter(text)),
        ...all('--param-env').map((text) => parseParameter(text, environment)),
    ];
    refuseDuplicates(parameters);
    return {
        warehouse: all('--warehouse')[0],
        catalog: all('--catalog')[0],
        schema: all('--schema')[0],
        parameters,
        tags: all('--tag').map((text) => ({ key: text.replace(/=.*/s, ''), value: text.replace(/^[^=]*=/, '') })),
        format: FORMAT_NAMES.find((format) => format === all('--format')[0]),
        output: all('--output')[0],
        maxRows: maxRows === undefined ? undefined : Number(maxRows),
        gate: gateOf(sorted.options),
        keepGoing: sorted.options.has('--keep-going'),
        explain: explains(sorted.options),
        timeoutSeconds: secondsOf(all('--timeout')[0]),
        retries: Number(all('--retries')[0] ?? 0),
        externalLinks: sorted.options.has('--external-links'),
        summary: sorted.options.has('--summary'),
        source: sourceOf(sorted, throughCmd),
    };
}

// EXTERNAL MODULE: ./lib/src/host.js
var host = __webpack_require__(8839);
;// CONCATENATED MODULE: ./lib/src/warehouse/warehouse-id.js



const WAREHOUSE_PATH = /^\/?sql\/1\.0\/(?:warehouses|endpoints)\/([\w-]+)\/?$/;
function namedIn({ DATABRICKS_WAREHOUSE_ID: id = '', DATABRICKS_HTTP_PATH: path = '' }) {
    if (id === '')
        return WAREHOUSE_PATH.exec(path)?.[1];
    if (/^[\w-]+$/.test(id))
        return id;
    throw new errors/* ActionError */.lZ('WAREHOUSE_MISSING', 'DATABRICKS_WAREHOUSE_ID is not the id of a warehouse. Nothing was run.');
}
const ID = /^[0-9a-f]{16}$/;
const missing = (happened, usable) => {
    const listed = usable.map(({ id, name }) => `${id}  ${(0,src_text/* printable */.g$)(name)}`).join('\n');
    return new errors/* ActionError */.lZ('WAREHOUSE_MISSING', happened + (listed === '' ? '' : ` This principal may use:\n${listed}\n`));
};
async function idOfName(given, list) {
    const all = await list();
    const [found, ...others] = all.filter(({ name }) => name === given);
    if (found === undefined)
        throw missing('No warehouse has the name that --warehouse gives. Nothing was run.', all);
    if (others.length === 0)
        return found.id;
    const happened = `${others.length + 1} warehouses have the name that --warehouse gives: name one by its id. Nothing was run.`;
    throw missing(happened, [found, ...others]);
}
async function warehouseId({ origin, given, environment }, list) {
    if ((0,host/* parseHost */.o6)(origin, true).kind === 'account') {
        throw new errors/* ActionError */.lZ('WAREHOUSE_MISSING', 'This login is to an account console, which has no warehouses.', {
            advice: 'Log in to a workspace, and run the statement there.',
        });
    }
    if (given !== undefined)
        return ID.test(given) ? given : idOfName(given, list);
    const id = namedIn(environment);
    if (id !== undefined)
        return id;
    throw missing('No warehouse is named, and none is chosen unasked.', await list().catch(() => []));
}

;// CONCATENATED MODULE: ./lib/src/warehouse/run.js




















function requestFor(statement, { tags }, limit, warehouse) {
    const { catalog, schema, parameters } = statement;
    const request = { statement: statement.text, warehouse_id: warehouse, ...limit };
    if (catalog !== undefined)
        request.catalog = catalog;
    if (schema !== undefined)
        request.schema = schema;
    if (parameters.length > 0)
        request.parameters = parameters;
    if (tags.length > 0)
        request.query_tags = tags;
    return request;
}
const ENDING_TOKEN = 'This login cannot be repeated, since its subject token was given. What runs longer than its token lives cannot be followed, nor cancelled.';
const needsRows = ({ output }, format) => output !== undefined || !rulesOf(format).showsEach;
async function writeFromLinks(...those) {
    const links = await __webpack_require__.e(/* import() */ 71).then(__webpack_require__.bind(__webpack_require__, 3071));
    return links.writeLinkedRows(...those);
}
function refuseLinks({ externalLinks, output }, format) {
    if (!externalLinks || (output !== undefined && rulesOf(format).isLinked))
        return;
    throw usageError(`--external-links goes with --output, and with ${LINKED_FORMATS}`);
}
async function runOne(statement, isLast, { call, warehouse, checks, places, effects, linkEffects }) {
    const { name } = statement;
    const { now } = effects.clock;
    const startedAt = now();
    const { format } = places.output;
    const limit = rowLimit(format, call.maxRows, isLast);
    const isLinked = isLast && call.externalLinks;
    const request = requestFor(statement, call, limit, warehouse);
    if (isLinked)
        request.disposition = 'EXTERNAL_LINKS';
    const { id, result } = await runDespiteConflicts(request, name, call.retries, effects);
    if (result === undefined) {
        presentGone({ id, name }, checks.concern(statement) || (isLast && needsRows(call, format)), places);
        return undefined;
    }
    const isLimited = limit.row_limit !== undefined;
    const presented = { name, id, result, rows: (0,warehouse_statement/* rowsOf */.RO)(id, result, effects), isLast, isLimited };
    if (isLinked)
        presented.writeRows = (output) => writeFromLinks(id, result, output, { ...effects, ...linkEffects });
    const elapsed = () => Math.round((0,time/* msSince */.XR)(startedAt, now()) / 1000);
    const count = await presentResult(presented, places, elapsed).catch((thrown) => {
        throw (0,statement_failure/* afterSuccess */.mK)(thrown, id);
    });
    return checks.judge(statement, result.columns, count);
}
async function prepare(call, effects, signals) {
    const either = AbortSignal.any([signals.signal, signals.timeLimit]);
    const { origin, workspaceId, environment, send, sendFresh, token, clock, info, canRenew } = effects;
    const api = openApi({ origin, workspaceId, send, sendFresh, token });
    const warehouse = await warehouseId({ origin, given: call.warehouse, environment }, () => (0,cancellation.unlessCancelled)(either, api.listWarehouses()));
    if (!canRenew)
        info(ENDING_TOKEN);
    return { warehouse, effects: { api, clock, info, ready: () => token(), ...signals } };
}
const readStatements = async (call, { signal, timeLimit }) => planStatements(await readSource(call.source, AbortSignal.any([signal, timeLimit])), call);
async function planAll(call, effects, signals) {
    const statements = await readStatements(call, signals);
    refuseUnexplained(statements);
    const { warehouse, effects: own } = await prepare(call, effects, signals);
    const { environment, fail } = effects;
    const request = (statement) => requestFor(statement, call, {}, warehouse);
    return explainAll(statements, { requestFor: request, environment, fail }, own);
}
async function runAll(call, effects, output, signals) {
    const statements = await readStatements(call, signals);
    const checks = openChecks(call.gate, statements);
    const { warehouse, effects: own } = await prepare(call, effects, signals);
    const { environment, info } = effects;
    const places = { output, summarize: call.summary ? effects.summarize : undefined, info };
    const running = { call, warehouse, checks, places, effects: own, linkEffects: effects };
    const failures = reportFailures(effects);
    for (const [at, statement] of statements.entries()) {
        const placed = (failure) => withPlace(failure, statement, environment);
        const failure = await runOne(statement, at === statements.length - 1, running).catch((thrown) => {
            throw thrown instanceof errors/* ActionError */.lZ ? placed(thrown) : thrown;
        });
        if (failure !== undefined && !call.keepGoing)
            throw placed(failure);
        if (failure !== undefined)
            failures.add(placed(failure));
    }
    checks.finish();
    failures.finish();
    return failures.count();
}
async function runCall(call, effects) {
    const limit = (0,cancellation.limitTime)(call.timeoutSeconds);
    const signals = { signal: effects.signal, timeLimit: limit.signal };
    const fail = (failure) => {
        effects.fail(failure);
        if (call.summary)
            effects.page(failurePage(failure));
    };
    let output;
    try {
        if (call.explain)
            return (await planAll(call, effects, signals)) > 0 ? cancellation.FAILED : 0;
        const { print, stdoutIsFile, inWorkflow } = effects;
        output = openOutput(call, { print, stdoutIsFile, inWorkflow });
        refuseLinks(call, output.format);
        return (await runAll(call, { ...effects, fail }, output, signals)) > 0 ? cancellation.GATE_FAILED : 0;
    }
    catch (thrown) {
        output?.discard();
        const exitCode = (0,cancellation.exitCodeFor)(thrown, AbortSignal.any(Object.values(signals)));
        if (thrown instanceof errors/* ActionError */.lZ)
            fail(await effects.withCause(thrown));
        return exitCode;
    }
    finally {
        limit.clear();
    }
}
async function runSql(words, effects) {
    (0,external_node_v8_.setFlagsFromString)('--heap-growing-percent=20');
    let call;
    try {
        call = parseSqlOptions(words, effects.environment, effects.throughCmd);
    }
    catch (thrown) {
        const exitCode = (0,cancellation.exitCodeFor)(thrown, effects.signal);
        if (thrown instanceof errors/* ActionError */.lZ)
            effects.fail(thrown);
        return exitCode;
    }
    return runCall(call, effects);
}


/***/ }),

/***/ 5243:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c2: () => (/* binding */ lostResult),
/* harmony export */   mK: () => (/* binding */ afterSuccess),
/* harmony export */   p9: () => (/* binding */ CONFLICT),
/* harmony export */   qU: () => (/* binding */ statementFailure)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _cancellation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6902);


const GRANTS = 'GRANT USE CATALOG ON CATALOG …, GRANT USE SCHEMA ON SCHEMA … and GRANT SELECT ON TABLE … TO `<application id>`';
const CONFLICT = /^\[(DELTA_CONCURRENT_\w+|DELTA_METADATA_CHANGED|DELTA_PROTOCOL_CHANGED)(?!\.CHANGE_TYPE_COLUMN\b)[\].]/;
const TEMPORARY = new Set(['TEMPORARILY_UNAVAILABLE', 'RESOURCE_EXHAUSTED']);
const RUN_LATER = 'The statement itself may be right, and can be run again later. Of a BEGIN … END, what its statements had done by then is done.';
function adviceFor(code, message) {
    if (CONFLICT.test(message)) {
        return {
            advice: `This is temporary: another transaction changed the table at the same time. ${RUN_LATER}`,
        };
    }
    if (TEMPORARY.has(code)) {
        return { advice: `This is temporary: Databricks had too much to do, or was not ready. ${RUN_LATER}` };
    }
    if (message.startsWith('[DELTA_POST_COMMIT_HOOK_FAILED')) {
        return {
            advice: 'The statement has run and is committed; what Delta does after a commit has failed. Do not run it again. Correct what the message names, such as the rights on the table or its log.',
        };
    }
    if (/INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED/.test(message)) {
        return { advice: `The service principal lacks a right on what the message names, such as ${GRANTS}.` };
    }
    if (/(TABLE_OR_VIEW|SCHEMA|CATALOG|NO_SUCH_CATALOG\w*)_NOT_FOUND|NO_SUCH_CATALOG/.test(message)) {
        return {
            advice: `Check the name, --catalog and --schema. A principal that may not see what is there gets the same error: ${GRANTS}.`,
        };
    }
    return {};
}
function statementFailure({ id, state, error }, name) {
    if (state === 'CANCELED') {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_CANCELED', `${name} was cancelled at Databricks (statement id ${id}).`);
    }
    const { code = '', message = '', sqlState = '' } = error ?? {};
    const codes = [code, sqlState === '' ? '' : `SQLSTATE ${sqlState}`].filter(Boolean).join(', ');
    const serverText = [codes, message.trimStart()].filter(Boolean).join(': ');
    if (/byte limit exceeded/i.test(message)) {
        const happened = `The result of ${name} is larger than 25 MiB (statement id ${id}).`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESULT_TOO_LARGE', happened, { serverText });
    }
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_FAILED', `${name} failed (statement id ${id}).`, {
        serverText,
        keepsLines: true,
        cause: error,
        ...adviceFor(code, message),
    });
}
const OF_A_RESULT = ['RESULT_INVALID', 'RESULT_UNFIT', 'RESULT_UNWRITABLE'];
function afterSuccess(thrown, id) {
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ) || !OF_A_RESULT.includes(thrown.code))
        return thrown;
    const { code, message, advice, serverText } = thrown;
    const told = `${message} The statement has run, and succeeded (statement id ${id}).`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, told, { advice, serverText, cause: thrown });
}
function lostResult(thrown, id) {
    if (thrown instanceof _cancellation_js__WEBPACK_IMPORTED_MODULE_1__.Cancellation) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_CANCELED', `The call was ${thrown.message} while it read the result of a statement that has succeeded (statement id ${id}).`);
    }
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ) || thrown.code !== 'STATEMENT_UNCERTAIN')
        return thrown;
    const { message, serverText } = thrown;
    const told = `The statement has succeeded, and a part of its result cannot be had (statement id ${id}). ${message}`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESULT_GONE', told, { serverText, cause: thrown });
}


/***/ }),

/***/ 1218:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H6: () => (/* binding */ readStart),
/* harmony export */   Uk: () => (/* binding */ readResponse),
/* harmony export */   ar: () => (/* binding */ readChunk),
/* harmony export */   hi: () => (/* binding */ STATEMENT_ANSWER),
/* harmony export */   m$: () => (/* binding */ CHUNK)
/* harmony export */ });
/* unused harmony export STATES */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23);


const CHUNK = { chunk_index: true, next_chunk_index: true, data_array: true };
const STATEMENT_ANSWER = {
    statement_id: true,
    status: { state: true, error: { error_code: true, message: true }, sql_state: true },
    manifest: {
        schema: { columns: [{ name: true, type_name: true, type_text: true }] },
        total_row_count: true,
        total_chunk_count: true,
        truncated: true,
    },
    result: CHUNK,
};
const { status: STATUS, manifest: MANIFEST } = STATEMENT_ANSWER;
const { schema: SCHEMA } = MANIFEST;
const [COLUMN] = SCHEMA.columns;
const STATES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED', 'CLOSED'];
const invalid = (found) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESULT_INVALID', `The answer about the statement ${found}.`);
const textAt = (value) => (typeof value === 'string' ? value : '');
const isRow = (value, width) => Array.isArray(value) && value.length === width && value.every((cell) => cell === null || typeof cell === 'string');
function columnsOf(manifest) {
    const { columns = [] } = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(manifest.schema, SCHEMA);
    if (!Array.isArray(columns))
        throw invalid('has no list of columns');
    return columns.map((column) => {
        const { name, type_name: type, type_text: text } = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(column, COLUMN);
        if (typeof name !== 'string')
            throw invalid('has a column without a name');
        return { name, type: textAt(type) || textAt(text) };
    });
}
function readChunk(chunk, index, width) {
    const { chunk_index: found = index, next_chunk_index: next, data_array: rows = [] } = chunk;
    if (found !== index)
        throw invalid('holds another chunk than the one that was asked for');
    if (next !== undefined && next !== null && next !== index + 1)
        throw invalid('names a next chunk that is not the next');
    if (!Array.isArray(rows))
        throw invalid('has no list of rows');
    for (const row of rows)
        if (!isRow(row, width))
            throw invalid('has a row that does not fit its columns');
    return { rows, next: next === index + 1 ? next : undefined };
}
function countAt(value) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number')
        throw invalid('announces a count that is not a number');
    return value;
}
function readResult(answer) {
    const manifest = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(answer.manifest, MANIFEST);
    const { total_row_count: rowCount, total_chunk_count: chunkCount, truncated } = manifest;
    const columns = columnsOf(manifest);
    return {
        columns,
        rowCount: countAt(rowCount),
        chunkCount: countAt(chunkCount),
        truncated: truncated === true,
        first: readChunk((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(answer.result, CHUNK), 0, columns.length),
    };
}
function idIn({ statement_id: found }) {
    if (typeof found !== 'string' || !/^[\w-]{1,100}$/.test(found))
        throw invalid('has no id');
    return found;
}
const hasResult = (state, { manifest }) => state === 'SUCCEEDED' || (state === 'CLOSED' && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(manifest));
function readResponse(answer, id) {
    const found = idIn(answer);
    if (id !== undefined && found !== id)
        throw invalid('is about another one');
    const status = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(answer.status, STATUS);
    const state = STATES.find((known) => known === status.state);
    if (state === undefined)
        throw invalid('has no state that is known');
    const { error_code: code, message } = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(status.error, STATUS.error);
    return {
        id: found,
        state,
        error: state === 'FAILED'
            ? { code: textAt(code), message: textAt(message), sqlState: textAt(status.sql_state) }
            : undefined,
        result: hasResult(state, answer) ? readResult(answer) : undefined,
    };
}
function readStart(answer) {
    const id = idIn(answer);
    try {
        return readResponse(answer);
    }
    catch {
        return { id, state: 'PENDING', error: undefined, result: undefined };
    }
}


/***/ }),

/***/ 6620:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   jQ: () => (/* binding */ refuseMissing),
/* harmony export */   nk: () => (/* binding */ runStatement)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _http_fault_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9510);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2332);
/* harmony import */ var _asking_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7198);
/* harmony import */ var _cancellation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6902);
/* harmony import */ var _statement_failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5243);
/* harmony import */ var _statement_response_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1218);







const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5000;
const TELL_EVERY_MS = 30_000;
const TELL_COLD_START_MS = 5000;
const seconds = (ms) => `${Math.round(ms / 1000)} s`;
const MEANING = {
    PENDING: ': the warehouse is starting, or busy',
    RUNNING: '',
};
const isOver = ({ state }) => MEANING[state] === undefined;
const pauseAfter = (passedMs) => Math.min(Math.max(passedMs / 10, MIN_PAUSE_MS), MAX_PAUSE_MS);
async function waitForEnd(started, name, { api, ...effects }) {
    const { clock, info } = effects;
    const signal = AbortSignal.any([effects.signal, effects.timeLimit]);
    const { id } = started;
    const startedAt = clock.now();
    let told = { state: 'PENDING', at: startedAt };
    let tellAfterMs = TELL_COLD_START_MS;
    let answer = started;
    while (!isOver(answer)) {
        await (0,_cancellation_js__WEBPACK_IMPORTED_MODULE_3__.pauseUnlessCancelled)(pauseAfter((0,_time_js__WEBPACK_IMPORTED_MODULE_6__/* .msSince */ .XR)(startedAt, clock.now())), signal, clock);
        answer = await (0,_asking_js__WEBPACK_IMPORTED_MODULE_2__/* .askUntilAnswered */ .J)(name, (options) => api.read(id, options), { ...effects, signal });
        const { state } = answer;
        if (!isOver(answer) && (state !== told.state || (0,_time_js__WEBPACK_IMPORTED_MODULE_6__/* .msSince */ .XR)(told.at, clock.now()) >= tellAfterMs)) {
            info(`${name}: ${state} ${seconds((0,_time_js__WEBPACK_IMPORTED_MODULE_6__/* .msSince */ .XR)(startedAt, clock.now()))}${MEANING[state]}`);
            told = { state, at: clock.now() };
            tellAfterMs = TELL_EVERY_MS;
        }
    }
    return answer;
}
const ON_SIGNAL = { request: 4, watch: 0 };
const ON_TIME_LIMIT = { request: 30, watch: 30 };
const WATCH_EVERY_MS = 500;
const reasonOf = (thrown) => {
    const failure = thrown instanceof _http_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .Fault */ .v ? thrown.failure : thrown;
    return failure instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? failure.message : 'no token could be had';
};
async function stateAfter(id, { request, watch }, effects) {
    const { api, clock, signal } = effects;
    const watchedUntil = (0,_time_js__WEBPACK_IMPORTED_MODULE_6__/* .msAfter */ .HD)(clock.now(), watch * 1000);
    for (;;) {
        const last = await api.read(id, { withinSeconds: request }).catch((thrown) => `is unknown: ${reasonOf(thrown)}`);
        if (typeof last !== 'string' && isOver(last))
            return { told: `Databricks says that it is ${last.state}.`, answer: last };
        if ((0,_time_js__WEBPACK_IMPORTED_MODULE_6__/* .msUntil */ .nc)(watchedUntil, clock.now()) <= 0 || signal.aborted) {
            const told = typeof last === 'string' ? `its state ${last}` : `it is ${last.state} still.`;
            return { told: `Its cancellation was received, and ${told}` };
        }
        await clock.pause(WATCH_EVERY_MS, signal);
    }
}
async function cancelNow(id, times, effects) {
    try {
        await effects.api.cancel(id, times.request);
    }
    catch (thrown) {
        const after = times.watch > 0 ? await stateAfter(id, { ...times, watch: 0 }, effects) : undefined;
        if (after?.answer !== undefined)
            return after;
        return { told: `It could not be cancelled, and may run on: ${reasonOf(thrown)}` };
    }
    return stateAfter(id, times, effects);
}
const hasSucceeded = ({ state }) => state === 'SUCCEEDED' || state === 'CLOSED';
async function endWith({ message }, id, name, effects) {
    const isLate = effects.timeLimit.aborted && !effects.signal.aborted;
    const { told, answer } = await cancelNow(id, isLate ? ON_TIME_LIMIT : ON_SIGNAL, effects);
    if (isLate && answer !== undefined && hasSucceeded(answer)) {
        effects.info(`${name} had succeeded when --timeout was to end it, and counts.`);
        return answer;
    }
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_CANCELED', `${name} was ${message} (statement id ${id}). ${told}`);
}
function uncertain({ message, serverText }, id, name) {
    const told = `${name} may run on, or have succeeded (statement id ${id}); it was not cancelled. ${message}`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_UNCERTAIN', told, { serverText });
}
async function runStatement(request, name, effects) {
    const { api, ready, signal, timeLimit, info } = effects;
    await (0,_cancellation_js__WEBPACK_IMPORTED_MODULE_3__.unlessCancelled)(AbortSignal.any([signal, timeLimit]), ready()).catch((thrown) => {
        throw thrown instanceof _cancellation_js__WEBPACK_IMPORTED_MODULE_3__.Cancellation
            ? new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started.`)
            : thrown;
    });
    const started = await api.start(request);
    const { id } = started;
    info(`${name}: statement id ${id}`);
    const answer = await waitForEnd(started, `${name} (statement id ${id})`, effects).catch((thrown) => {
        if (thrown instanceof _cancellation_js__WEBPACK_IMPORTED_MODULE_3__.Cancellation)
            return endWith(thrown, id, name, effects);
        throw thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? uncertain(thrown, id, name) : thrown;
    });
    if (!hasSucceeded(answer))
        throw (0,_statement_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .statementFailure */ .qU)(answer, name);
    return { id, result: answer.result };
}
async function readOn(id, index, width, { api, ...effects }) {
    const how = { members: _statement_response_js__WEBPACK_IMPORTED_MODULE_5__/* .CHUNK */ .m$, read: (chunk) => (0,_statement_response_js__WEBPACK_IMPORTED_MODULE_5__/* .readChunk */ .ar)(chunk, index, width) };
    try {
        return await (0,_asking_js__WEBPACK_IMPORTED_MODULE_2__/* .askUntilAnswered */ .J)('The result', (options) => api.chunk(id, index, how, options), effects);
    }
    catch (thrown) {
        throw (0,_statement_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .lostResult */ .c2)(thrown, id);
    }
}
function refuseMissing({ rowCount, chunkCount }, rows, chunks) {
    const refuse = (announced, came) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('RESULT_INVALID', `${announced} were announced, and ${came} came.`);
    if (rowCount !== undefined) {
        if (rows !== rowCount)
            throw refuse(`${rowCount} rows`, rows);
        return;
    }
    const isEmpty = chunkCount === 0 && rows === 0;
    if (chunkCount !== undefined && chunks !== chunkCount && !isEmpty)
        throw refuse(`${chunkCount} chunks`, chunks);
}
async function* rowsOf(id, result, effects) {
    let rows = result.first.rows.length;
    let chunks = 1;
    let { next } = result.first;
    yield result.first.rows;
    while (next !== undefined) {
        const chunk = await readOn(id, next, result.columns.length, effects);
        rows += chunk.rows.length;
        chunks++;
        next = chunk.next;
        yield chunk.rows;
    }
    refuseMissing(result, rows, chunks);
}


/***/ }),

/***/ 9783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

};
;