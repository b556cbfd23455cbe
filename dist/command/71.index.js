"use strict";
exports.id = 71;
exports.ids = [71];
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

/***/ 3071:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

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
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(2332);
// EXTERNAL MODULE: ./lib/src/http/attempt.js
var attempt = __webpack_require__(7127);
// EXTERNAL MODULE: ./lib/src/http/client.js
var http_client = __webpack_require__(7203);
// EXTERNAL MODULE: ./lib/src/http/fault.js
var fault = __webpack_require__(9510);
;// CONCATENATED MODULE: ./lib/src/http/download.js





const STALL_MS = 60_000;
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
    const client = (0,http_client/* openClient */.My)(userAgent);
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
        const { message, status } = await (0,attempt/* attemptToOpen */.TO)(client, request, effects).catch((thrown) => {
            throw asFault(thrown);
        });
        if (status !== 200) {
            message.destroy();
            flow.stop();
            const { purpose, url } = request;
            throw new fault/* Fault */.v(new errors/* ActionError */.lZ('SERVER_UNAVAILABLE', `${purpose}: ${url.host} answered ${status}.`), {
                transient: true,
                status,
            });
        }
        async function* body() {
            try {
                for await (const piece of message) {
                    flow.came();
                    yield piece;
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
        close: client.close,
    };
}

// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(23);
// EXTERNAL MODULE: ./lib/src/url.js
var src_url = __webpack_require__(6612);
// EXTERNAL MODULE: ./lib/src/warehouse/asking.js
var asking = __webpack_require__(7198);
// EXTERNAL MODULE: ./lib/src/warehouse/cancellation.js
var cancellation = __webpack_require__(6902);
;// CONCATENATED MODULE: ./lib/src/warehouse/row-scanner.js


const INCOMPLETE = -1;
const WORD_BYTES = 4;
function newStretch(size) {
    const bytes = Buffer.allocUnsafe(size + WORD_BYTES);
    return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const LETTERS_OF_NULL = Buffer.from('null');
const FIRST_PRINTABLE = 0x20;
const SPACE = 0x20;
const broken = (what) => new fault/* Fault */.v(new errors/* ActionError */.lZ('RESULT_INVALID', `A part of the result ${what}.`), { transient: true });
const isSpace = (byte) => byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
function afterSpace(bytes, at, limit) {
    if (at >= limit || bytes[at] > SPACE)
        return at;
    let next = at;
    while (next < limit && isSpace(bytes[next]))
        next++;
    return next;
}
function endOfText(bytes, start, limit) {
    for (let at = start; at < limit; at++) {
        const byte = bytes[at];
        if (byte === QUOTE)
            return at;
        if (byte < FIRST_PRINTABLE)
            throw broken('holds a character that JSON does not allow');
        if (byte === BACKSLASH)
            at++;
    }
    return INCOMPLETE;
}
function scanNull(bytes, at, limit) {
    for (let index = 0; index < LETTERS_OF_NULL.length; index++) {
        if (at + index >= limit)
            return INCOMPLETE;
        if (bytes[at + index] !== LETTERS_OF_NULL[index])
            throw broken('holds a value that is neither text nor null');
    }
    return at + LETTERS_OF_NULL.length;
}
function scanRow(from, start, limit, width, sink) {
    const { bytes } = from;
    if (bytes[start] !== OPEN)
        throw broken('holds something else than rows');
    sink.beginRow(limit - start);
    let at = afterSpace(bytes, start + 1, limit);
    for (let column = 0; column < width; column++) {
        if (at >= limit)
            return INCOMPLETE;
        if (bytes[at] === QUOTE) {
            at = sink.text(from, at + 1, limit, column);
            if (at === INCOMPLETE)
                return INCOMPLETE;
            at++;
        }
        else {
            at = scanNull(bytes, at, limit);
            if (at === INCOMPLETE)
                return INCOMPLETE;
            sink.nothing(column);
        }
        at = afterSpace(bytes, at, limit);
        if (at >= limit)
            return INCOMPLETE;
        if (column + 1 === width)
            break;
        if (bytes[at] !== COMMA)
            throw broken('has a row that does not fit its columns');
        at = afterSpace(bytes, at + 1, limit);
    }
    if (at >= limit)
        return INCOMPLETE;
    if (bytes[at] !== CLOSE)
        throw broken('has a row that does not fit its columns');
    return at + 1;
}
function rowOf(bytes, start, end) {
    try {
        return JSON.parse(bytes.toString('utf8', start, end));
    }
    catch {
        throw broken('holds an escape that JSON does not know');
    }
}
const WINDOW_BYTES = 256 * 1024;
function scanRows(readRow, row) {
    let stage = 'before';
    let window = newStretch(WINDOW_BYTES);
    let size = 0;
    let wanted = 0;
    function readWindow() {
        const { bytes } = window;
        let at = afterSpace(bytes, 0, size);
        while (at < size) {
            const sign = bytes[at];
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
                if (sign !== COMMA)
                    throw broken('holds something else than rows');
                stage = 'next';
                at++;
            }
            else {
                const end = readRow(window, at, size);
                if (end === INCOMPLETE)
                    return at;
                row(bytes, at, end);
                stage = 'between';
                at = end;
            }
            at = afterSpace(bytes, at, size);
        }
        return at;
    }
    function read() {
        window.words.setInt32(size, 0);
        const from = readWindow();
        window.bytes.copyWithin(0, from, size);
        size -= from;
        wanted = from === 0 ? 2 * size : 0;
    }
    return {
        push: (piece) => {
            if (size + piece.length + WORD_BYTES > window.bytes.length) {
                const larger = newStretch(2 * (size + piece.length));
                window.bytes.copy(larger.bytes, 0, 0, size);
                window = larger;
            }
            window.bytes.set(piece, size);
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
var row_formats = __webpack_require__(3528);
;// CONCATENATED MODULE: ./lib/src/warehouse/row-page.js

function textAt(bytes, start, end) {
    try {
        return JSON.parse(bytes.toString('utf8', start - 1, end + 1));
    }
    catch {
        throw broken('holds an escape that JSON does not know');
    }
}
const FLUSH_BYTES = 256 * 1024;
const UNCOPIED = -2;
function newPage() {
    const { bytes, words } = newStretch(4 * FLUSH_BYTES);
    return { bytes, words, size: 0, to: 0, reserve: 0 };
}
function makeRoom(page, more) {
    const needed = page.to + more;
    if (needed + WORD_BYTES <= page.bytes.length)
        return;
    const larger = newStretch(2 * needed);
    page.bytes.copy(larger.bytes, 0, 0, page.to);
    page.bytes = larger.bytes;
    page.words = larger.words;
}
function beginRow(page, reserve) {
    page.to = page.size;
    page.reserve = reserve;
    makeRoom(page, reserve);
}
function appendText(page, text) {
    makeRoom(page, Buffer.byteLength(text) + page.reserve);
    page.to += page.bytes.write(text, page.to);
}
function appendBytes(page, bytes) {
    for (let at = 0; at < bytes.length; at++)
        page.bytes[page.to++] = bytes[at];
}
function flushPage(page, output, least) {
    if (page.size < least)
        return;
    output.writeBytes(page.bytes.subarray(0, page.size));
    page.size = 0;
}
const wordOf = (byte) => (byte * 0x01010101) | 0;
const bytesBefore = (marked) => (31 - Math.clz32(marked & -marked)) >> 3;
function copyRun(from, start, page, to, marks) {
    for (let count = 0;; count += WORD_BYTES) {
        const word = from.getInt32(start + count, true);
        page.setInt32(to + count, word, true);
        const marked = marks(word);
        if (marked !== 0)
            return count + bytesBefore(marked);
    }
}
const ESCAPED = new Uint8Array(256);
for (const [sign = '', character = ''] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
    ESCAPED[sign.charCodeAt(0)] = character.charCodeAt(0);
}

;// CONCATENATED MODULE: ./lib/src/warehouse/csv-writer.js



const csv_writer_QUOTE = 0x22;
const csv_writer_BACKSLASH = 0x5c;
const csv_writer_COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const csv_writer_OPEN = 0x5b;
const csv_writer_CLOSE = 0x5d;
const NULL_WORD = Buffer.from('null').readInt32LE();
const [ONES, SPACES, HIGHEST] = [wordOf(1), wordOf(0x20), wordOf(0x80)];
const [QUOTES, BACKSLASHES, COMMAS] = [wordOf(csv_writer_QUOTE), wordOf(csv_writer_BACKSLASH), wordOf(csv_writer_COMMA)];
const marks = (word) => ((word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | ((word ^ COMMAS) - ONES)) &
    ~word &
    HIGHEST;
function copyQuoted({ bytes, words }, start, limit, page) {
    const { bytes: out, words: outWords, to: opening } = page;
    let to = opening;
    out[to++] = csv_writer_QUOTE;
    let isNeeded = false;
    for (let at = start;;) {
        const count = copyRun(words, at, outWords, to, marks);
        to += count;
        at += count;
        if (at + 1 >= limit)
            return INCOMPLETE;
        let byte = bytes[at++];
        if (byte === csv_writer_QUOTE) {
            page.to = isNeeded ? to + 1 : to - 1;
            if (isNeeded)
                out[to] = csv_writer_QUOTE;
            else
                for (let moved = opening + 1; moved < to; moved++)
                    out[moved - 1] = out[moved];
            return at;
        }
        if (byte === csv_writer_BACKSLASH) {
            byte = ESCAPED[bytes[at++]];
            if (byte === 0)
                return UNCOPIED;
        }
        else if (byte !== csv_writer_COMMA)
            throw broken('holds a character that JSON does not allow');
        if (byte === csv_writer_QUOTE)
            out[to++] = csv_writer_QUOTE;
        out[to++] = byte;
        isNeeded ||= byte === csv_writer_QUOTE || byte === csv_writer_COMMA || byte === LF || byte === CR;
    }
}
const passedOver = {
    beginRow: () => undefined,
    text: ({ bytes }, start, limit) => endOfText(bytes, start, limit),
    nothing: () => undefined,
};
function csvWriter(columns, output) {
    const width = columns.length;
    const { line } = (0,row_formats/* asCsv */.ro)(columns);
    const page = newPage();
    function endOfRow({ bytes }, at, to, count) {
        if (bytes[at] !== csv_writer_CLOSE || count !== width)
            return UNCOPIED;
        page.to = to;
        return at + 1;
    }
    function copyRow(from, start, limit) {
        const { bytes, words } = from;
        const { bytes: out, words: outWords } = page;
        if (bytes[start] !== csv_writer_OPEN)
            return UNCOPIED;
        let { to } = page;
        let at = start + 1;
        for (let count = 1;; count++) {
            if (bytes[at] === csv_writer_QUOTE) {
                const length = copyRun(words, at + 1, outWords, to, marks);
                if (bytes[at + 1 + length] === csv_writer_QUOTE) {
                    at += length + 2;
                    to += length;
                    if (length === 0) {
                        out[to++] = csv_writer_QUOTE;
                        out[to++] = csv_writer_QUOTE;
                    }
                }
                else {
                    page.to = to;
                    at = copyQuoted(from, at + 1, limit, page);
                    if (at < 0)
                        return at;
                    to = page.to;
                }
            }
            else if (width > 1 && words.getInt32(at, true) === NULL_WORD) {
                at += WORD_BYTES;
            }
            else
                return UNCOPIED;
            if (bytes[at] !== csv_writer_COMMA)
                return endOfRow(from, at, to, count);
            out[to++] = csv_writer_COMMA;
            at++;
        }
    }
    return {
        readRow: (from, start, limit) => {
            beginRow(page, limit - start);
            const copied = copyRow(from, start, limit);
            if (copied !== UNCOPIED)
                return copied;
            const over = scanRow(from, start, limit, width, passedOver);
            page.to = page.size;
            if (over !== INCOMPLETE)
                appendText(page, line(rowOf(from.bytes, start, over)).slice(0, -1));
            return over;
        },
        endRow: () => {
            page.bytes[page.to++] = LF;
            page.size = page.to;
            flushPage(page, output, FLUSH_BYTES);
        },
        flush: () => flushPage(page, output, 0),
    };
}

// EXTERNAL MODULE: ./lib/src/warehouse/result.js
var result = __webpack_require__(2476);
;// CONCATENATED MODULE: ./lib/src/warehouse/jsonl-writer.js




const jsonl_writer_QUOTE = 0x22;
const jsonl_writer_BACKSLASH = 0x5c;
const HASH = 0x23;
const jsonl_writer_OPEN = 0x5b;
const SLASH = 0x2f;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const jsonl_writer_FIRST_PRINTABLE = 0x20;
const DELETE = 0x7f;
const [jsonl_writer_ONES, jsonl_writer_SPACES, jsonl_writer_HIGHEST] = [wordOf(1), wordOf(0x20), wordOf(0x80)];
const [jsonl_writer_QUOTES, jsonl_writer_BACKSLASHES, OPENS, DELETES] = [wordOf(jsonl_writer_QUOTE), wordOf(jsonl_writer_BACKSLASH), wordOf(jsonl_writer_OPEN), wordOf(DELETE)];
const jsonl_writer_marks = (word) => {
    const quotes = word ^ jsonl_writer_QUOTES;
    const backslashes = word ^ jsonl_writer_BACKSLASHES;
    const opens = word ^ OPENS;
    const deletes = word ^ DELETES;
    return ((word - jsonl_writer_SPACES) | (quotes - jsonl_writer_ONES) | (backslashes - jsonl_writer_ONES) | (opens - jsonl_writer_ONES) | (deletes - jsonl_writer_ONES) | word) & jsonl_writer_HIGHEST;
};
function copyString(from, start, limit, page) {
    const { bytes } = from;
    page.bytes[page.to++] = jsonl_writer_QUOTE;
    for (let at = start;; at++) {
        const count = copyRun(from.words, at, page.words, page.to, jsonl_writer_marks);
        page.to += count;
        at += count;
        if (at + 1 >= limit)
            return INCOMPLETE;
        const byte = bytes[at];
        if (byte < jsonl_writer_FIRST_PRINTABLE)
            throw broken('holds a character that JSON does not allow');
        if (byte >= DELETE || (byte === jsonl_writer_OPEN && bytes[at - 1] === HASH))
            return UNCOPIED;
        page.bytes[page.to++] = byte;
        if (byte === jsonl_writer_QUOTE)
            return at;
        if (byte !== jsonl_writer_BACKSLASH)
            continue;
        const sign = bytes[at + 1];
        if (sign === SLASH || ESCAPED[sign] === 0)
            return UNCOPIED;
        page.bytes[page.to++] = sign;
        at++;
    }
}
const isDigit = (byte) => byte !== undefined && byte >= ZERO && byte <= NINE;
function copyDigits(bytes, start, limit, page) {
    let at = start;
    for (; at < limit && isDigit(bytes[at]); at++)
        page.bytes[page.to++] = bytes[at];
    return at;
}
function copyNumber({ bytes }, start, limit, page) {
    const first = bytes[start] === MINUS ? start + 1 : start;
    if (first > start)
        page.bytes[page.to++] = MINUS;
    let at = copyDigits(bytes, first, limit, page);
    if (at === first || (bytes[first] === ZERO && at > first + 1))
        return UNCOPIED;
    if (bytes[at] === POINT) {
        page.bytes[page.to++] = POINT;
        const fraction = at + 1;
        at = copyDigits(bytes, fraction, limit, page);
        if (at === fraction)
            return UNCOPIED;
    }
    if (at >= limit)
        return INCOMPLETE;
    return bytes[at] === jsonl_writer_QUOTE ? at : UNCOPIED;
}
const copyNothing = () => UNCOPIED;
function copierOf(column) {
    if ((0,result/* isNumeric */.k)(column))
        return copyNumber;
    return (0,row_formats/* isJsonText */.aY)(column) ? copyString : copyNothing;
}
function jsonlWriter(columns, output) {
    const page = newPage();
    const members = (0,row_formats/* jsonNames */.pE)(columns).map((name, at) => ({
        before: Buffer.from(`${at === 0 ? '{' : ','}${name}`),
        column: columns[at],
        copy: copierOf(columns[at]),
    }));
    const end = Buffer.from(columns.length === 0 ? '{}\n' : '}\n');
    const nullValue = Buffer.from('null');
    const fixed = members.reduce((sum, { before }) => sum + before.length + nullValue.length + 2, end.length);
    function text(from, start, limit, at) {
        const { before, column, copy } = members[at];
        appendBytes(page, before);
        const begun = page.to;
        const copied = copy(from, start, limit, page);
        if (copied !== UNCOPIED)
            return copied;
        page.to = begun;
        const stop = endOfText(from.bytes, start, limit);
        if (stop !== INCOMPLETE)
            appendText(page, (0,row_formats/* jsonCell */.LK)(textAt(from.bytes, start, stop), column));
        return stop;
    }
    const sink = {
        text,
        beginRow: (most) => beginRow(page, most + fixed),
        nothing: (at) => {
            appendBytes(page, members[at].before);
            appendBytes(page, nullValue);
        },
    };
    return {
        readRow: (from, start, limit) => scanRow(from, start, limit, columns.length, sink),
        endRow: () => {
            appendBytes(page, end);
            page.size = page.to;
            flushPage(page, output, FLUSH_BYTES);
        },
        flush: () => flushPage(page, output, 0),
    };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/row-writers.js



const WRITERS = {
    csv: { lines: row_formats/* asCsv */.ro, open: csvWriter },
    jsonl: { lines: row_formats/* asJsonl */.Pb, open: jsonlWriter },
};
function writerOf(format) {
    const writer = WRITERS[format];
    if (writer === undefined)
        throw new Error(`--external-links has no writer of ${format}`);
    return writer;
}
const headOf = (format, columns) => writerOf(format).lines(columns).head;
const openRowWriter = (output, columns) => writerOf(output.format).open(columns, output);

// EXTERNAL MODULE: ./lib/src/warehouse/statement.js
var statement = __webpack_require__(6620);
// EXTERNAL MODULE: ./lib/src/warehouse/statement-failure.js
var statement_failure = __webpack_require__(5243);
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
        url,
        given: headers,
        rowCount: numberAt(rowCount),
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
function openParts(id, writer, effects) {
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
        const scanner = scanRows(writer.readRow, (bytes, start, end) => {
            seen++;
            if (seen > rowCount)
                throw invalid(`announces ${rowCount} rows, and more came`);
            if (seen <= part.written)
                return;
            writer.endRow();
            if (progress.count < SUMMARY_ROWS)
                progress.first.push(rowOf(bytes, start, end));
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
    const { askForLink, fetchPart, progress, close } = openParts(id, writer, effects);
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


/***/ })

};
;