export const id = 403;
export const ids = [403];
export const modules = {

/***/ 8330:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

// @actions/http-client imports this name for proxies alone: the package, and what it needs of Node, is loaded when one is
// used.
const tunnel = () => __webpack_require__(218)

exports.xj = (options) => tunnel().httpOverHttp(options)
exports.I9 = (options) => tunnel().httpsOverHttp(options)
exports.aQ = (options) => tunnel().httpOverHttps(options)
exports.vX = (options) => tunnel().httpsOverHttps(options)


/***/ }),

/***/ 7238:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   TO: () => (/* binding */ attemptToOpen)
/* harmony export */ });
/* unused harmony export parseRetryAfter */
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6193);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5071);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9355);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9039);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3219);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6409);







const isTunnelAgent = (agent) => 'proxyOptions' in agent;
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
function watched(agent, sending) {
    const { addRequest } = agent;
    return Object.create(agent, {
        addRequest: {
            value: (request, ...others) => {
                watchSocket(request, sending);
                addRequest.call(agent, request, ...others);
            },
        },
    });
}
const steeredBy = ({ signal, sending }) => ({
    prepareRequest: (options) => {
        options.signal = signal;
        options.host = options.host.replace(/[[\]]/g, '');
        if (isTunnelAgent(options.agent))
            prepareTunnel(options.agent, signal);
        options.agent = watched(options.agent, sending);
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not offered')),
});
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('REDIRECTED', `${purpose}: ${url.host} answered ${status}, a redirect to ${(0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(target)}. It was not followed.`);
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
    return new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .Fault */ .v(new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('SERVER_UNAVAILABLE', happened, { serverText }), {
        transient: true,
        status,
        limited: (0,_status_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeOf */ .s)(status) === 'limited',
        retryAfterMs: parseRetryAfter(message.headers['retry-after'], Date.now()),
    });
}
async function sendMessage(client, request, effects) {
    const { method, url, headers = {}, body = null } = request;
    client.handlers = [steeredBy(effects)];
    const { message } = await client.request(method, url.href, body, { accept: 'application/json', ...headers });
    return { message, status: message.statusCode ?? 0 };
}
async function exchangeMessages(client, request, effects) {
    const { message, status } = await sendMessage(client, request, effects);
    try {
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeOf */ .s)(status) === 'redirect')
            throw redirected(status, message, request);
        if ((0,_status_js__WEBPACK_IMPORTED_MODULE_5__/* .isRetryable */ .r)(status))
            throw await unavailable(status, message, request);
        const { 'content-type': contentType = '', date } = message.headers;
        return { request, status, contentType, date, body: await readBody(message, request) };
    }
    finally {
        message.destroy();
    }
}
async function attempt(client, request, effects) {
    return unlessAborted(effects, request, () => exchangeMessages(client, request, effects));
}
function unlessAborted({ signal }, request, work) {
    signal.throwIfAborted();
    (0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .checkProxy */ .d)(request);
    const aborted = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
    });
    return Promise.race([aborted, work()]);
}
async function attemptToOpen(client, request, effects) {
    return unlessAborted(effects, request, async () => {
        const { message, status } = await sendMessage(client, request, effects);
        try {
            if ((0,_status_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeOf */ .s)(status) === 'redirect')
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

/***/ 3783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LINKED_CHUNK: () => (/* binding */ LINKED_CHUNK),
  refuseLink: () => (/* binding */ refuseLink),
  writeLinkedRows: () => (/* binding */ writeLinkedRows)
});

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5071);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js
var lib = __webpack_require__(2779);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(5149);
// EXTERNAL MODULE: ./lib/src/http/attempt.js
var attempt = __webpack_require__(7238);
// EXTERNAL MODULE: ./lib/src/http/fault.js
var fault = __webpack_require__(9039);
;// CONCATENATED MODULE: ./lib/src/http/download.js







const STALL_MS = 60_000;
const AHEAD_BYTES = 8 * 1024 * 1024;
function watchFlow(clock, stalled) {
    let cameAt = clock.now();
    let stop = clock.after(STALL_MS, look);
    function look() {
        const leftMs = STALL_MS - (0,time/* msSince */.XR)(cameAt, clock.now());
        if (leftMs <= 0)
            stalled();
        else
            stop = clock.after(leftMs, look);
    }
    return {
        came: () => {
            cameAt = clock.now();
        },
        stop: () => stop(),
    };
}
function openDownloads(userAgent, clock) {
    const clients = new Map();
    function clientFor({ origin }) {
        const client = clients.get(origin) ??
            new lib/* HttpClient */.Qq(userAgent, [], { keepAlive: true, allowRedirects: false, allowRetries: false });
        client.userAgent = userAgent;
        clients.set(origin, client);
        return client;
    }
    async function get(request, signal) {
        const late = new AbortController();
        const flow = watchFlow(clock, () => late.abort());
        const asFault = (thrown) => {
            flow.stop();
            if (signal.aborted)
                return signal.reason;
            const { failure, retryAfterMs } = (0,fault/* faultOf */.K)(thrown, request, late.signal.aborted ? STALL_MS : undefined);
            return new fault/* Fault */.v(failure, { transient: true, retryAfterMs });
        };
        const effects = { signal: AbortSignal.any([signal, late.signal]), sending: () => undefined };
        const { message, status } = await (0,attempt/* attemptToOpen */.TO)(clientFor(request.url), request, effects).catch((thrown) => {
            throw asFault(thrown);
        });
        if (status !== 200) {
            message.destroy();
            flow.stop();
            const { purpose, url } = request;
            throw new fault/* Fault */.v(new errors/* ActionError */.lZ('SERVER_UNAVAILABLE', `${purpose}: ${url.host} answered ${status}.`), {
                ...{ transient: true, status },
            });
        }
        const ahead = (0,external_node_stream_.pipeline)(message, new external_node_stream_.PassThrough({ highWaterMark: AHEAD_BYTES }), () => undefined);
        async function* body() {
            try {
                for await (const piece of ahead) {
                    flow.came();
                    yield piece;
                    await (0,promises_.setImmediate)();
                }
            }
            catch (thrown) {
                throw asFault(thrown);
            }
            finally {
                flow.stop();
                message.destroy();
            }
        }
        return body();
    }
    return {
        get,
        close: () => {
            for (const client of clients.values())
                client.dispose();
        },
    };
}

// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(8674);
// EXTERNAL MODULE: ./lib/src/url.js
var src_url = __webpack_require__(3819);
// EXTERNAL MODULE: ./lib/src/warehouse/asking.js
var asking = __webpack_require__(8699);
// EXTERNAL MODULE: ./lib/src/warehouse/cancellation.js
var cancellation = __webpack_require__(8639);
;// CONCATENATED MODULE: ./lib/src/warehouse/row-scanner.js


const NULL = -1;
const ESCAPE = 1;
const COMMA = 2;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA_SIGN = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const LETTERS_OF_NULL = Buffer.from('null');
const FIRST_PRINTABLE = 0x20;
const broken = (what) => new fault/* Fault */.v(new errors/* ActionError */.lZ('RESULT_INVALID', `A part of the result ${what}.`), { transient: true });
const isSpace = (byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
function afterSpace(bytes, at, limit) {
    let next = at;
    while (next < limit && isSpace(bytes[next]))
        next++;
    return next;
}
const INCOMPLETE = -1;
const [PLAIN, IS_QUOTE, IS_BACKSLASH, IS_COMMA, IS_CONTROL] = [0, 1, 2, 3, 4];
const MEANINGS = new Uint8Array(256);
MEANINGS.fill(IS_CONTROL, 0, FIRST_PRINTABLE);
MEANINGS[QUOTE] = IS_QUOTE;
MEANINGS[BACKSLASH] = IS_BACKSLASH;
MEANINGS[COMMA_SIGN] = IS_COMMA;
function scanString(bytes, start, limit, cells, cell) {
    let holds = 0;
    for (let at = start; at < limit; at++) {
        const meaning = MEANINGS[bytes[at]];
        if (meaning === PLAIN)
            continue;
        if (meaning === IS_QUOTE) {
            cells[cell] = start;
            cells[cell + 1] = at;
            cells[cell + 2] = holds;
            return at;
        }
        if (meaning === IS_CONTROL)
            throw broken('holds a character that JSON does not allow');
        holds |= meaning === IS_COMMA ? COMMA : ESCAPE;
        if (meaning === IS_BACKSLASH)
            at++;
    }
    return INCOMPLETE;
}
function scanValue(bytes, at, limit, cells, cell) {
    if (bytes[at] === QUOTE) {
        const end = scanString(bytes, at + 1, limit, cells, cell);
        return end === INCOMPLETE ? INCOMPLETE : end + 1;
    }
    for (let index = 0; index < LETTERS_OF_NULL.length; index++) {
        if (at + index >= limit)
            return INCOMPLETE;
        if (bytes[at + index] !== LETTERS_OF_NULL[index])
            throw broken('holds a value that is neither text nor null');
    }
    cells[cell] = NULL;
    return at + LETTERS_OF_NULL.length;
}
function scanRow(bytes, start, limit, cells) {
    if (bytes[start] !== OPEN)
        throw broken('holds something else than rows');
    let at = afterSpace(bytes, start + 1, limit);
    for (let cell = 0; cell < cells.length; cell += 3) {
        if (at >= limit)
            return INCOMPLETE;
        at = scanValue(bytes, at, limit, cells, cell);
        if (at === INCOMPLETE)
            return INCOMPLETE;
        at = afterSpace(bytes, at, limit);
        if (at >= limit)
            return INCOMPLETE;
        if (cell + 3 === cells.length)
            break;
        if (bytes[at] !== COMMA_SIGN)
            throw broken('has a row that does not fit its columns');
        at = afterSpace(bytes, at + 1, limit);
    }
    if (at >= limit)
        return INCOMPLETE;
    if (bytes[at] !== CLOSE)
        throw broken('has a row that does not fit its columns');
    return at + 1;
}
const WINDOW_BYTES = 256 * 1024;
function scanRows(width, row) {
    const cells = new Int32Array(3 * width);
    let stage = 'before';
    let window = Buffer.allocUnsafe(WINDOW_BYTES);
    let size = 0;
    let wanted = 0;
    function readWindow() {
        let at = afterSpace(window, 0, size);
        while (at < size) {
            const sign = window[at];
            if (stage === 'after')
                throw broken('goes on behind its end');
            if (stage === 'before') {
                if (sign !== OPEN)
                    throw broken('is no list of rows');
                stage = 'first';
                at++;
            }
            else if (sign === CLOSE && stage !== 'next') {
                stage = 'after';
                at++;
            }
            else if (stage === 'between') {
                if (sign !== COMMA_SIGN)
                    throw broken('holds something else than rows');
                stage = 'next';
                at++;
            }
            else {
                const end = scanRow(window, at, size, cells);
                if (end === INCOMPLETE)
                    return at;
                row(window, cells);
                stage = 'between';
                at = end;
            }
            at = afterSpace(window, at, size);
        }
        return at;
    }
    function read() {
        const from = readWindow();
        window.copyWithin(0, from, size);
        size -= from;
        wanted = from === 0 ? 2 * size : 0;
    }
    return {
        push: (piece) => {
            if (size + piece.length > window.length) {
                const larger = Buffer.allocUnsafe(2 * (size + piece.length));
                window.copy(larger, 0, 0, size);
                window = larger;
            }
            window.set(piece, size);
            size += piece.length;
            if (size >= wanted)
                read();
        },
        end: () => {
            read();
            if (size > 0 || stage !== 'after')
                throw broken('breaks off');
        },
    };
}

// EXTERNAL MODULE: ./lib/src/warehouse/row-formats.js
var row_formats = __webpack_require__(963);
;// CONCATENATED MODULE: ./lib/src/warehouse/row-writers.js




function valueAt(bytes, cells, cell) {
    const [start = NULL, end = NULL, holds = 0] = [cells[cell], cells[cell + 1], cells[cell + 2]];
    if (start === NULL)
        return null;
    if ((holds & ESCAPE) === 0)
        return bytes.toString('utf8', start, end);
    try {
        return JSON.parse(bytes.toString('utf8', start - 1, end + 1));
    }
    catch {
        const failure = new errors/* ActionError */.lZ('RESULT_INVALID', 'A part of the result holds an escape that JSON does not know.');
        throw new fault/* Fault */.v(failure, { transient: true });
    }
}
function rowOf(bytes, cells) {
    const row = [];
    for (let cell = 0; cell < cells.length; cell += 3)
        row.push(valueAt(bytes, cells, cell));
    return row;
}
const FLUSH_BYTES = 256 * 1024;
function csvSigns(columns) {
    const nulls = (0,row_formats/* asCsv */.ro)(columns).line(columns.map(() => null));
    const end = /[\r\n]+$/.exec(nulls)?.[0] ?? '';
    const commas = columns.length - 1;
    const nullValue = nulls.slice(0, (nulls.length - end.length - commas) / columns.length);
    const bytesOf = (text) => Buffer.from(text);
    return { end: bytesOf(end), nullValue: bytesOf(nullValue), emptyValue: bytesOf((0,row_formats/* csvCell */.rK)('')) };
}
const row_writers_COMMA_SIGN = 0x2c;
const row_writers_QUOTE = 0x22;
const FEW_BYTES = 32;
function csvWriter(columns, output) {
    const { end, nullValue, emptyValue } = csvSigns(columns);
    let out = Buffer.allocUnsafe(2 * FLUSH_BYTES);
    let size = 0;
    function appendOther(bytes, cells, cell, to) {
        const start = cells[cell];
        const stop = cells[cell + 1];
        const holds = cells[cell + 2];
        if (start === NULL)
            return to + nullValue.copy(out, to);
        if (start === stop)
            return to + emptyValue.copy(out, to);
        if ((holds & ESCAPE) !== 0)
            return to + out.write((0,row_formats/* csvCell */.rK)(valueAt(bytes, cells, cell)), to);
        const quotes = (holds & COMMA) === 0 ? 0 : 1;
        out[to] = row_writers_QUOTE;
        const end = to + quotes + bytes.copy(out, to + quotes, start, stop);
        out[end] = row_writers_QUOTE;
        return end + quotes;
    }
    function appendRow(bytes, cells, from) {
        let to = from;
        for (let cell = 0; cell < cells.length; cell += 3) {
            if (cell > 0)
                out[to++] = row_writers_COMMA_SIGN;
            const start = cells[cell];
            const stop = cells[cell + 1];
            const length = stop - start;
            if (start === NULL || length === 0 || length > FEW_BYTES || cells[cell + 2] !== 0) {
                to = appendOther(bytes, cells, cell, to);
            }
            else
                for (let at = start; at < stop; at++)
                    out[to++] = bytes[at];
        }
        return to + end.copy(out, to);
    }
    function makeRoom(cells) {
        let first = 0;
        while (first < cells.length && cells[first] === NULL)
            first += 3;
        let last = cells.length - 3;
        while (last > first && cells[last] === NULL)
            last -= 3;
        const bytes = first < cells.length ? cells[last + 1] - cells[first] : 0;
        const most = size + 2 * bytes + 5 * cells.length + end.length;
        if (most <= out.length)
            return;
        const larger = Buffer.allocUnsafe(2 * most);
        out.copy(larger, 0, 0, size);
        out = larger;
    }
    const flush = () => {
        output.writeBytes(out.subarray(0, size));
        size = 0;
    };
    return {
        row: (bytes, cells) => {
            makeRoom(cells);
            size = appendRow(bytes, cells, size);
            if (size >= FLUSH_BYTES)
                flush();
        },
        flush,
    };
}
function jsonlWriter(columns, output) {
    const { line } = (0,row_formats/* asJsonl */.Pb)(columns);
    let text = '';
    const flush = () => {
        output.write(text);
        text = '';
    };
    return {
        row: (bytes, cells) => {
            text += line(rowOf(bytes, cells));
            if (text.length >= FLUSH_BYTES)
                flush();
        },
        flush,
    };
}
const headOf = (format, columns) => (format === 'csv' ? row_formats/* asCsv */.ro : row_formats/* asJsonl */.Pb)(columns).head;
const openRowWriter = (output, columns) => output.format === 'csv' ? csvWriter(columns, output) : jsonlWriter(columns, output);

// EXTERNAL MODULE: ./lib/src/warehouse/statement.js
var statement = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/src/warehouse/statement-failure.js
var statement_failure = __webpack_require__(8132);
;// CONCATENATED MODULE: ./lib/src/warehouse/external-links.js













const LINKED_CHUNK = {
    external_links: [
        {
            chunk_index: true,
            next_chunk_index: true,
            row_count: true,
            external_link: true,
            expiration: true,
            http_headers: true,
        },
    ],
};
const PURPOSE = 'Download of the result';
const MIN_SECONDS_LEFT = 60;
const NOT_THEIRS = /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i;
const MIN_SECRET_CHARACTERS = 8;
const invalid = (found) => new errors/* ActionError */.lZ('RESULT_INVALID', `A link to a part of the result ${found}.`);
const numberAt = (value) => (typeof value === 'number' ? value : undefined);
function headersOf(value) {
    const headers = {};
    for (const [name, text] of Object.entries((0,json/* isJsonObject */.OW)(value) ? value : {})) {
        const isPlain = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === 'string' && /^[\t -~]*$/.test(text);
        if (!isPlain || NOT_THEIRS.test(name))
            throw invalid('comes with a header that is not for it to set');
        headers[name] = text;
    }
    return headers;
}
function readLink({ external_links: links }, index) {
    const all = Array.isArray(links) ? links : [];
    const own = all
        .map((one) => (0,json/* readMembers */.mo)(one, LINKED_CHUNK.external_links[0]))
        .find(({ chunk_index: found = index }) => found === index);
    const url = typeof own?.external_link === 'string' ? URL.parse(own.external_link) : null;
    if (own === undefined || url === null)
        throw invalid('is none');
    const { next_chunk_index: next, expiration, row_count: rowCount, http_headers: headers } = own;
    if (next !== undefined && next !== null && next !== index + 1)
        throw invalid('names a next part that is not the next');
    const endsMs = Date.parse(String(expiration));
    return {
        ...{ url, given: headers, rowCount: numberAt(rowCount) },
        endsAt: Number.isNaN(endsMs) ? undefined : endsMs / 1000,
        next: next === index + 1 ? next : undefined,
    };
}
function refuseLink(url, origin) {
    const name = (0,src_url/* hostnameOf */.LZ)(url);
    if (url.protocol !== 'https:' || url.port !== '')
        throw invalid('is not one of https on port 443');
    if (url.username !== '' || url.password !== '')
        throw invalid('holds a name or a password');
    const isAddress = (0,external_node_net_.isIP)(name.replace(/^\[|\]$/g, '')) !== 0;
    if (isAddress || /(^|\.)localhost$/.test(name))
        throw invalid('leads to an address, and not to a name');
    if (name === (0,src_url/* hostnameOf */.LZ)(new URL(origin)))
        throw invalid('leads to the workspace');
}
const SUMMARY_ROWS = 100;
function openParts(id, columns, writer, effects) {
    const { api, clock, signal, origin, hideFromLog, today = time/* secondsNow */.aL } = effects;
    const downloads = openDownloads(effects.userAgent, clock);
    const progress = { first: [], count: 0 };
    function hide({ url, given }) {
        const headers = (0,json/* isJsonObject */.OW)(given) ? Object.values(given).map(String) : [];
        for (const secret of [url.href, url.search.slice(1), ...headers]) {
            if (secret.length >= MIN_SECRET_CHARACTERS)
                hideFromLog(secret);
        }
    }
    async function askForLink(index) {
        const how = {
            members: LINKED_CHUNK,
            read: (chunk) => readLink(chunk, index),
        };
        const link = await (0,asking/* askUntilAnswered */.J)('The result', (options) => api.chunk(id, index, how, options), effects);
        hide(link);
        refuseLink(link.url, origin);
        return link;
    }
    const isEnding = ({ endsAt }) => endsAt !== undefined && (0,time/* secondsUntil */.Ch)(endsAt, today()) < MIN_SECONDS_LEFT;
    async function open(part) {
        let isRefused = isEnding(part.link);
        return (0,asking/* askUntilAnswered */.J)(PURPOSE, async () => {
            if (isRefused)
                part.link = await askForLink(part.index);
            const { url, given } = part.link;
            const headers = { accept: '*/*', ...headersOf(given) };
            const request = { purpose: PURPOSE, method: 'GET', url, headers };
            try {
                return await downloads.get(request, signal);
            }
            catch (thrown) {
                const status = thrown instanceof fault/* Fault */.v ? (thrown.status ?? 0) : 0;
                isRefused = status >= 400 && status <= 499;
                throw thrown;
            }
        }, effects);
    }
    async function write(part, body) {
        const { rowCount = Number.POSITIVE_INFINITY } = part.link;
        let seen = 0;
        const scanner = scanRows(columns.length, (bytes, cells) => {
            seen++;
            if (seen > rowCount)
                throw invalid(`announces ${rowCount} rows, and more came`);
            if (seen <= part.written)
                return;
            writer.row(bytes, cells);
            if (progress.count < SUMMARY_ROWS)
                progress.first.push(rowOf(bytes, cells));
            progress.count++;
            part.written++;
        });
        for await (const piece of body)
            scanner.push(piece);
        scanner.end();
        if (seen < part.written || (part.link.rowCount ?? seen) !== seen) {
            throw invalid(`announces ${part.link.rowCount ?? part.written} rows, and ${seen} came`);
        }
    }
    async function fetchPart(part) {
        let cameAt = clock.now();
        for (let broken = 0;; broken++) {
            const { written } = part;
            try {
                await write(part, await open(part));
                return;
            }
            catch (thrown) {
                if (!(thrown instanceof fault/* Fault */.v))
                    throw thrown;
                if (part.written > written)
                    [cameAt, broken] = [clock.now(), 0];
                const { message } = thrown.failure;
                if ((0,time/* msSince */.XR)(cameAt, clock.now()) >= asking/* PATIENCE_MS */.x)
                    throw new errors/* ActionError */.lZ('STATEMENT_UNCERTAIN', message);
                effects.info(`${message} It is fetched again, and the ${part.written} rows that came are passed over.`);
                await (0,cancellation.pauseUnlessCancelled)(Math.min(1000 * 2 ** broken, 30_000), signal, clock);
            }
        }
    }
    return { askForLink, fetchPart, progress, close: downloads.close };
}
async function writeParts(id, result, writer, effects) {
    const { askForLink, fetchPart, progress, close } = openParts(id, result.columns, writer, effects);
    const hasNone = result.chunkCount === 0 || result.rowCount === 0;
    try {
        let chunks = 0;
        for (let asked = hasNone ? undefined : askForLink(0); asked !== undefined; chunks++) {
            const link = await asked;
            asked = link.next === undefined ? undefined : askForLink(link.next);
            asked?.catch(() => undefined);
            await fetchPart({ index: chunks, link, written: 0 });
        }
        writer.flush();
        (0,statement/* refuseMissing */.jQ)(result, progress.count, chunks);
        return progress;
    }
    catch (thrown) {
        throw (0,statement_failure/* lostResult */.c2)(thrown, id);
    }
    finally {
        close();
    }
}
async function writeLinkedRows(id, result, output, effects) {
    if (result.columns.length > 0)
        output.write(headOf(output.format, result.columns));
    return writeParts(id, result, openRowWriter(output, result.columns), effects);
}


/***/ }),

/***/ 4526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ProxyAgent)
/* harmony export */ });
// @actions/http-client imports this name for getAgentDispatcher, which nothing here calls.
class ProxyAgent {
  constructor() {
    throw new Error('left out of this bundle')
  }
}


/***/ })

};
