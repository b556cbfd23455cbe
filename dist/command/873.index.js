"use strict";
exports.id = 873;
exports.ids = [873,668];
exports.modules = {

/***/ 7127:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   TO: () => (/* binding */ attemptToOpen)
/* harmony export */ });
/* unused harmony export parseRetryAfter */
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6193);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_string_decoder__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5770);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6150);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7203);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9510);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7126);







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
        const isSecured = socket instanceof node_tls__WEBPACK_IMPORTED_MODULE_1__.TLSSocket;
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is compressed, unasked.`);
}
async function readBody(message, request) {
    const { purpose, url, maxBodyBytes = MIB } = request;
    refuseCompressed(message, request);
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    let text = '';
    let size = 0;
    for await (const chunk of message) {
        size += chunk.length;
        if (size > maxBodyBytes) {
            const limit = `${maxBodyBytes / MIB} MiB`;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is larger than ${limit}.`);
        }
        text += decoder.write(chunk);
    }
    return text + decoder.end();
}
function redirected(status, { headers }, { purpose, url }) {
    const target = (headers.location && URL.parse(headers.location, url.href)?.hostname) || 'nowhere readable';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('REDIRECTED', `${purpose}: ${url.host} answered ${status}, a redirect to ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(target)}. It was not followed.`);
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
    return new _fault_js__WEBPACK_IMPORTED_MODULE_5__/* .Fault */ .v(new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('SERVER_UNAVAILABLE', happened, { serverText }), {
        transient: true,
        status,
        limited: (0,_status_js__WEBPACK_IMPORTED_MODULE_6__/* .outcomeOf */ .s)(status) === 'limited',
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
    if ((0,_client_js__WEBPACK_IMPORTED_MODULE_4__/* .isTunnelAgent */ .C0)(agent))
        prepareTunnel(agent, signal);
    const options = { ...optionsOf(request, client), agent, signal };
    const message = await new Promise((resolve, reject) => {
        const sent = (0,_client_js__WEBPACK_IMPORTED_MODULE_4__/* .requestFor */ .pU)(request.url)(options, resolve);
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
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_6__/* .outcomeOf */ .s)(status) === 'redirect')
            throw redirected(status, message, request);
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_6__/* .isRetryable */ .r)(status))
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
            if ((0,_status_js__WEBPACK_IMPORTED_MODULE_6__/* .outcomeOf */ .s)(status) === 'redirect')
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


/***/ }),

/***/ 7203:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isTunnelAgent),
/* harmony export */   My: () => (/* binding */ openClient),
/* harmony export */   pU: () => (/* binding */ requestFor)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_https__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1558);



const isTunnelAgent = (agent) => 'proxyOptions' in agent;
const isSecured = ({ protocol }) => protocol === 'https:';
const requestFor = (url) => (isSecured(url) ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request);
const openAgent = (url) => isSecured(url) ? new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent({ keepAlive: true }) : new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({ keepAlive: true });
async function openTunnelAgent({ href }) {
    const { HttpClient } = await __webpack_require__.e(/* import() */ 357).then(__webpack_require__.bind(__webpack_require__, 9357));
    return new HttpClient('', [], { keepAlive: true }).getAgent(href);
}
function openClient(userAgent) {
    const agents = new Map();
    return {
        userAgent,
        agentFor: async (request) => {
            (0,_proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .checkProxy */ .d4)(request);
            const { url } = request;
            const agent = agents.get(url.origin) ?? ((0,_proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .hasProxy */ .jL)(url) ? await openTunnelAgent(url) : openAgent(url));
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


/***/ }),

/***/ 1668:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   realClock: () => (/* binding */ realClock)
/* harmony export */ });
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2332);

const realClock = {
    now: _time_js__WEBPACK_IMPORTED_MODULE_0__/* .elapsedMs */ .d5,
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


/***/ }),

/***/ 5873:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ openConnections)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(2332);
// EXTERNAL MODULE: ./lib/src/http/attempt.js
var attempt = __webpack_require__(7127);
// EXTERNAL MODULE: ./lib/src/http/client.js
var http_client = __webpack_require__(7203);
// EXTERNAL MODULE: ./lib/src/http/clock.js
var http_clock = __webpack_require__(1668);
// EXTERNAL MODULE: ./lib/src/http/fault.js
var http_fault = __webpack_require__(9510);
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
            if (!(thrown instanceof http_fault/* Fault */.v))
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







const permanent = (code, happened) => new http_fault/* Fault */.v(new errors/* ActionError */.lZ(code, happened), { transient: false });
const LATE = 'late';
const CLOSED = 'closed';
function openConnections(options) {
    const { userAgent, timeoutSeconds, attemptSeconds = 10, info, debug, random = Math.random, clock = http_clock.realClock, } = options;
    const attemptMs = Math.min(attemptSeconds, timeoutSeconds / 4) * 1000;
    const endsAt = (0,time/* msAfter */.HD)(clock.now(), timeoutSeconds * 1000);
    const closed = new AbortController();
    const underWay = new Set();
    const client = (0,http_client/* openClient */.My)(userAgent);
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
            const answer = await (0,attempt/* attempt */.CD)(client, request, { signal: ending.signal, sending });
            report(answer.status);
            return answer;
        }
        catch (thrown) {
            if (closed.signal.aborted)
                throw givenUp(request);
            const fault = (0,http_fault/* faultOf */.K)(thrown, request, ending.signal.reason === LATE ? limitMs : undefined);
            const { failure, status, retryAfterMs } = fault;
            report(status ?? failure.code);
            const isOver = request.mayRepeat?.({ failure, sent, status, retryAfterMs }) === false;
            throw isOver ? new http_fault/* Fault */.v(failure, { transient: false }) : fault;
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


/***/ }),

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