export const id = 500;
export const ids = [500,639];
export const modules = {

/***/ 360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ jsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5071);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8674);


function nameOf(value) {
    if (Array.isArray(value))
        return 'an array';
    return value === null ? 'null' : typeof value;
}
function jsonObject({ request: { purpose, url }, contentType, body }, code = 'ANSWER_INVALID') {
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
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .O)(parsed))
        throw refuse(nameOf(parsed));
    return parsed;
}


/***/ }),

/***/ 6409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

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

/***/ 8639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BrokenPipe: () => (/* binding */ BrokenPipe),
/* harmony export */   Cancellation: () => (/* binding */ Cancellation),
/* harmony export */   exitCodeFor: () => (/* binding */ exitCodeFor),
/* harmony export */   limitTime: () => (/* binding */ limitTime),
/* harmony export */   pauseUnlessCancelled: () => (/* binding */ pauseUnlessCancelled),
/* harmony export */   unlessCancelled: () => (/* binding */ unlessCancelled)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5071);


const EXIT_CODES = {
    SQL_CALL_INVALID: 2,
    WAREHOUSE_MISSING: 2,
    ROWS_UNEXPECTED: 3,
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
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ))
        throw thrown;
    if (thrown.code === 'STATEMENT_CANCELED' && reason instanceof Cancellation)
        return reason.exitCode;
    return EXIT_CODES[thrown.code] ?? FAILED;
}
const pauseUnlessCancelled = (ms, signal) => unlessCancelled(signal, (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal }));


/***/ }),

/***/ 6119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runSql: () => (/* binding */ runSql)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5071);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(5149);
// EXTERNAL MODULE: ./lib/src/http/json-answer.js
var json_answer = __webpack_require__(360);
// EXTERNAL MODULE: ./lib/src/http/status.js
var http_status = __webpack_require__(6409);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(9355);
// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(8674);
;// CONCATENATED MODULE: ./lib/src/warehouse/statement-response.js


const STATES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED', 'CLOSED'];
const invalid = (found) => new errors/* ActionError */.lZ('RESULT_INVALID', `The answer about the statement ${found}.`);
const objectAt = (value) => ((0,json/* isJsonObject */.O)(value) ? value : {});
const textAt = (value) => (typeof value === 'string' ? value : '');
const isRow = (value, width) => Array.isArray(value) && value.length === width && value.every((cell) => cell === null || typeof cell === 'string');
function columnsOf(manifest) {
    const { columns = [] } = objectAt(manifest['schema']);
    if (!Array.isArray(columns))
        throw invalid('has no list of columns');
    return columns.map((column) => {
        const { name, type_name: type, type_text: text } = objectAt(column);
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
    const manifest = objectAt(answer['manifest']);
    const { total_row_count: rowCount, total_chunk_count: chunkCount, truncated } = manifest;
    const columns = columnsOf(manifest);
    return {
        columns,
        rowCount: countAt(rowCount),
        chunkCount: countAt(chunkCount),
        truncated: truncated === true,
        first: readChunk(objectAt(answer['result']), 0, columns.length),
    };
}
function readResponse(answer, id) {
    const { statement_id: found } = answer;
    if (typeof found !== 'string' || !/^[\w-]{1,100}$/.test(found))
        throw invalid('has no id');
    if (id !== undefined && found !== id)
        throw invalid('is about another one');
    const status = objectAt(answer['status']);
    const state = STATES.find((known) => known === status['state']);
    if (state === undefined)
        throw invalid('has no state that is known');
    const { error_code: code, message } = objectAt(status['error']);
    return {
        id: found,
        state,
        error: state === 'FAILED'
            ? { code: textAt(code), message: textAt(message), sqlState: textAt(status['sql_state']) }
            : undefined,
        result: state === 'SUCCEEDED' ? readResult(answer) : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/api.js





const STATEMENTS = '/api/2.0/sql/statements';
const MAX_RESULT_BYTES = 64 * 1024 * 1024;
const refusesToken = ({ status, body }) => status === 401 || (status === 403 && /\btoken\b/i.test(body));
function mayBeSeen({ sent, status, retryAfterMs, failure: { serverText = '' } }) {
    const turnedAway = status === 429 || (status === 503 && (retryAfterMs > 0 || serverText.includes('"error_code"')));
    return sent && !turnedAway;
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
function openApi({ origin, workspaceId, send, token }) {
    const place = workspaceId === undefined ? {} : { 'x-databricks-workspace-id': workspaceId };
    async function ask({ path, content, ...request }, withinSeconds) {
        const body = content === undefined ? {} : { body: JSON.stringify(content) };
        const type = content === undefined ? {} : { 'content-type': 'application/json' };
        const sendWith = async (refused) => {
            let used = '';
            const answer = await send(async () => {
                used = await token(refused);
                const headers = { authorization: `Bearer ${used}`, ...type, ...place };
                return { ...request, ...body, headers, url: new URL(path, origin) };
            }, withinSeconds);
            return { answer, used };
        };
        const { answer, used } = await sendWith();
        return refusesToken(answer) ? (await sendWith(used)).answer : answer;
    }
    async function askForObject(asked, withinSeconds) {
        const answer = await ask(asked, withinSeconds);
        const { status, body } = answer;
        if ((0,http_status/* outcomeOf */.s)(status) === 'success')
            return (0,json_answer/* jsonObject */.o)(answer);
        throw new errors/* ActionError */.lZ('STATEMENT_REFUSED', `${asked.purpose}: Databricks answered ${status}.`, {
            serverText: body,
            advice: 'See what the server said. If a token was refused, check that the principal is a member of the workspace.',
        });
    }
    async function start(request) {
        let mayRun = false;
        const mayRepeat = (attempt) => {
            mayRun ||= mayBeSeen(attempt);
            return !mayRun;
        };
        const content = { ...request, wait_timeout: '0s', disposition: 'INLINE', format: 'JSON_ARRAY' };
        try {
            const answer = await ask({
                purpose: 'Start of the statement',
                method: 'POST',
                path: STATEMENTS,
                content,
                mayRepeat,
            });
            const { status } = answer;
            if (status >= 400 && status <= 499)
                throw refusedStart(answer, request.warehouse_id);
            mayRun = true;
            if (status >= 500)
                throw refusedStart(answer, request.warehouse_id);
            return readResponse((0,json_answer/* jsonObject */.o)(answer));
        }
        catch (thrown) {
            throw mayRun ? uncertain(thrown) : thrown;
        }
    }
    return {
        start,
        read: async (id, withinSeconds) => {
            const path = `${STATEMENTS}/${id}`;
            const asked = { purpose: 'State of the statement', method: 'GET', path, maxBodyBytes: MAX_RESULT_BYTES };
            return readResponse(await askForObject(asked, withinSeconds), id);
        },
        readChunk: async (id, index, width) => {
            const path = `${STATEMENTS}/${id}/result/chunks/${index}`;
            const asked = { purpose: 'Result of the statement', method: 'GET', path, maxBodyBytes: MAX_RESULT_BYTES };
            return readChunk(await askForObject(asked), index, width);
        },
        cancel: async (id, withinSeconds) => {
            const asked = {
                purpose: 'Cancellation of the statement',
                method: 'POST',
                path: `${STATEMENTS}/${id}/cancel`,
            };
            const answer = await ask({ ...asked, content: {} }, withinSeconds);
            if ((0,http_status/* outcomeOf */.s)(answer.status) === 'success')
                return;
            throw new errors/* ActionError */.lZ('STATEMENT_REFUSED', `Databricks answered ${answer.status} to the cancellation.`);
        },
        listWarehouses: async () => {
            const path = '/api/2.0/sql/warehouses';
            const { warehouses } = await askForObject({ purpose: 'List of warehouses', method: 'GET', path });
            const all = Array.isArray(warehouses) ? warehouses : [];
            return all
                .map((one) => ({ name: '', id: '', ...Object(one) }))
                .map(({ name, id }) => `${(0,src_text/* printable */.g$)(String(id))}  ${(0,src_text/* printable */.g$)(String(name))}`)
                .join('\n');
        },
    };
}

// EXTERNAL MODULE: ./lib/src/warehouse/cancellation.js
var cancellation = __webpack_require__(8639);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/src/warehouse/result.js
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
const escapeForLog = (text) => text.replace(/(#[^ -~]*#[^ -~]*)\[/g, '$1\\u005b').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOf);

;// CONCATENATED MODULE: ./lib/src/warehouse/row-formats.js


function csvCell(value) {
    if (value === null)
        return '';
    return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
const csvLine = (values) => `${values.map(csvCell).join(',')}\r\n`;
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
function jsonValue(value, column) {
    if (value === null)
        return 'null';
    const { type } = column;
    if (type === 'BOOLEAN' && (value === 'true' || value === 'false'))
        return value;
    if (isNumeric(column) && JSON_NUMBER.test(value))
        return value;
    return (NESTED.test(type) ? nestedJson(value) : undefined) ?? JSON.stringify(value);
}
function asJsonl(columns) {
    const members = uniqueNames(columns).map((name, at) => [`${JSON.stringify(name)}:`, columns[at]]);
    const member = ([name, column], value) => column === undefined ? '' : name + jsonValue(value, column);
    return {
        head: '',
        line: (row) => `${escapeForLog(`{${members.map((one, at) => member(one, row[at] ?? null)).join(',')}}`)}\n`,
    };
}
const lineFormat = (format, columns) => format === 'csv' ? asCsv(columns) : asJsonl(columns);
const unfit = (happened) => new errors/* ActionError */.lZ('RESULT_UNFIT', happened);
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
function refuseCommands(text) {
    const seen = text.replace(/[^\r\n -~]/g, '');
    if (!/##\[|(?:^|[\r\n]) *::[^\r\n]*::/.test(seen))
        return;
    throw new errors/* ActionError */.lZ('RESULT_UNFIT', 'The result holds text that the runner would take for a workflow command, so it is not printed.', { advice: 'Write it to a file: --output FILE. Or print it as jsonl or as a table, which cannot hold any.' });
}

;// CONCATENATED MODULE: ./lib/src/warehouse/usage-error.js

const usageError = (reason, advice) => new errors/* ActionError */.lZ('SQL_CALL_INVALID', `${reason}. Nothing was run.`, advice === undefined ? {} : { advice });

;// CONCATENATED MODULE: ./lib/src/warehouse/output.js






const BY_EXTENSION = { '.csv': 'csv', '.jsonl': 'jsonl', '.md': 'markdown' };
function formatFor(file, given) {
    const own = BY_EXTENSION[(0,external_node_path_.extname)(file).toLowerCase()];
    if (own !== undefined && given !== undefined && own !== given) {
        throw usageError(`--format ${given} does not go with the extension of --output`);
    }
    const format = given ?? own;
    if (format !== undefined)
        return format;
    throw usageError('--output takes a name that ends in .csv, .jsonl or .md, or a --format beside it');
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
function openOutput({ output, format }, effects) {
    if (output !== undefined)
        return fileOutput(output, formatFor(output, format));
    const { print, stdoutIsFile, inWorkflow } = effects;
    if (stdoutIsFile && format === undefined) {
        throw usageError('stdout is a file, and no --format says what it shall hold', 'A table for people would be cut at 100 rows: choose --format csv or another.');
    }
    const isChecked = inWorkflow && !stdoutIsFile && (format === 'csv' || format === 'value');
    return {
        format: format ?? 'table',
        write: (text) => {
            if (isChecked)
                refuseCommands(text);
            print(text);
        },
        finish: () => undefined,
        discard: () => undefined,
    };
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

;// CONCATENATED MODULE: ./lib/src/warehouse/table.js

const MAX_CELL = 200;
function cut(text) {
    if (text.length <= MAX_CELL)
        return text;
    return `${text.slice(0, MAX_CELL).toWellFormed()}…`;
}
const cell = (value) => (value === null ? 'NULL' : escapeForLog(cut(value)));
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
function widthOf(text) {
    let width = 0;
    for (const character of text)
        width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    return width;
}
function asTable(columns, rows) {
    const head = columns.map(({ name }) => cell(name));
    const body = rows.map((row) => columns.map((_, at) => cell(row[at] ?? null)));
    const widths = columns.map((_, at) => [head, ...body].reduce((widest, line) => Math.max(widest, widthOf(line[at] ?? '')), 3));
    const pad = (text, at) => {
        const column = columns[at];
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(text));
        return column !== undefined && isNumeric(column) ? space + text : text + space;
    };
    const line = (cells) => `| ${cells.map(pad).join(' | ')} |\n`;
    const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`;
    return columns.length === 0 ? '' : [line(head), rule, ...body.map(line)].join('');
}
const asEntities = (text) => text.replace(/[^\p{L}\p{N}\p{M} .,;+=-]/gu, (found) => `&#${found.codePointAt(0)};${found === '@' ? '<!-- -->' : ''}`);
const inMarkdown = (value) => asEntities(cell(value)).replace(/www\./gi, 'www&#46;');
function asMarkdown(columns, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |\n`;
    const head = line(columns.map(({ name }) => inMarkdown(name)));
    const rule = line(columns.map((column) => (isNumeric(column) ? '---:' : '---')));
    const body = rows.map((row) => line(columns.map((_, at) => inMarkdown(row[at] ?? null))));
    return columns.length === 0 ? '' : [head, rule, ...body].join('');
}

;// CONCATENATED MODULE: ./lib/src/warehouse/present.js



const SUMMARY_ROWS = 100;
const TABLE_ROWS = 100;
const UNSEEN_ROWS = SUMMARY_ROWS;
function rowLimit(format, maxRows, isLast) {
    if (format === 'table' || format === 'markdown')
        return { row_limit: maxRows ?? TABLE_ROWS };
    if (!isLast)
        return { row_limit: UNSEEN_ROWS };
    if (maxRows !== undefined)
        return { row_limit: maxRows };
    return format === 'value' ? { row_limit: 2 } : {};
}
async function writeLines(format, { result, rows }, output) {
    const { head, line } = lineFormat(format, result.columns);
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
function writeWhole(rows, { result: { columns, truncated } }, output) {
    const { format } = output;
    if (format === 'value')
        output.write(`${singleValue(columns, rows, truncated)}\n`);
    else {
        const table = format === 'markdown' ? `${asMarkdown(columns, rows)}\n` : asTable(columns, rows);
        if (columns.length > 0)
            output.write(table + (truncated ? `${MORE}\n` : ''));
    }
}
const MORE = 'More rows exist: --max-rows shows more.';
function refuseCut({ name, result, isLimited }) {
    if (!result.truncated || isLimited)
        return;
    throw new errors/* ActionError */.lZ('RESULT_INVALID', `The result of ${name} was cut by the server, unasked.`);
}
const counted = (count, hasMore) => {
    const rows = count === 1 ? '1 row' : `${count} rows`;
    return hasMore ? `${rows}, and more exist` : rows;
};
async function presentResult(presented, places, elapsed) {
    const { name, result, rows, isLast } = presented;
    const { output, summarize, info } = places;
    const { format } = output;
    refuseCut(presented);
    const isLines = format === 'csv' || format === 'jsonl';
    const { first, count } = isLines && isLast ? await writeLines(format, presented, output) : await collect(rows);
    if (!isLines && (isLast || format !== 'value'))
        writeWhole(first, presented, output);
    if (isLast)
        output.finish();
    const told = `${counted(count, result.truncated)}, ${elapsed()} s`;
    info(`${name} has succeeded: ${told}.`);
    if (summarize !== undefined) {
        const head = `### ${name} has succeeded\n\n${told}\n\n`;
        const shown = asMarkdown(result.columns, first.slice(0, SUMMARY_ROWS));
        const more = count > SUMMARY_ROWS || result.truncated ? '\nMore rows exist.\n' : '';
        if (!summarize(`${head}${shown}${more}\n`))
            summarize(`${head}The table is too large for a summary.\n\n`);
    }
    return count;
}

;// CONCATENATED MODULE: ./lib/src/warehouse/lexemes.js

const GAP = /\s+|--(?:\\\n|[^\r\n])*/y;
const QUOTED = [
    /[rR]'[^']*(?<end>'?)/y,
    /[rR]"[^"]*(?<end>"?)/y,
    /'[^'\\]*(?:\\.[^'\\]*)*(?<end>'?)/sy,
    /"[^"\\]*(?:\\.[^"\\]*)*(?<end>"?)/sy,
    /`[^`]*(?<end>`?)/y,
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

;// CONCATENATED MODULE: ./lib/src/warehouse/split-statements.js


const FIRST_WORDS = 6;
const startReading = (start) => ({
    start,
    first: undefined,
    words: [],
    markers: new Set(),
    inCompound: false,
    depth: 0,
    before: '',
});
function opensCompound({ words, before }, word) {
    if (word !== 'BEGIN')
        return false;
    const isLabelled = words.length === 1 && before === ':';
    return words.length === 0 || isLabelled || (words[0] === 'CREATE' && words.includes('PROCEDURE'));
}
function depthAfter({ depth, before }, word) {
    if (word === 'BEGIN' || (word === 'CASE' && before !== 'END'))
        return depth + 1;
    if (word === 'END')
        return depth - 1;
    return before === 'END' && /^(IF|LOOP|WHILE|REPEAT|FOR)$/.test(word) ? depth + 1 : depth;
}
function read(reading, { kind, text, start }) {
    if (kind === 'gap')
        return;
    reading.first ??= start;
    if (kind === 'marker')
        reading.markers.add(text);
    if (kind === 'word') {
        reading.inCompound ||= opensCompound(reading, text);
        if (reading.inCompound)
            reading.depth = depthAfter(reading, text);
        if (reading.words.length < FIRST_WORDS)
            reading.words.push(text);
    }
    reading.before = kind === 'word' || text === ':' ? text : '';
}
const NEEDS_SESSION = /^(USE|SET(?! TAG\b)|RESET|DECLARE|COMMIT|ROLLBACK|START TRANSACTION|BEGIN TRANSACTION|(CREATE|DROP)( OR REPLACE)?( GLOBAL| LOCAL)? TEMP(ORARY)?)\b/;
function refuseUnfit({ words, inCompound }, line, isAlone) {
    const [begins] = NEEDS_SESSION.exec(words.join(' ')) ?? [];
    if (begins !== undefined) {
        throw usageError(`The statement in line ${line} begins with ${begins}, which needs a session; each statement is a request of its own, without one`, 'Name catalog and schema with --catalog and --schema. Statements that need each other go into one BEGIN … END.');
    }
    if (inCompound && words[0] !== 'CREATE' && !isAlone) {
        throw usageError(`The BEGIN … END in line ${line} is not the only statement of its text`, 'Run it in a call of its own, or move the other statements into it.');
    }
}
function splitStatements(text) {
    const readings = [];
    let reading = startReading(0);
    const finish = (end) => {
        const { first } = reading;
        if (first !== undefined)
            readings.push({ ...reading, first, end });
        reading = startReading(end + 1);
    };
    for (const lexeme of lexemesOf(text)) {
        if (lexeme.kind === 'end' && reading.depth <= 0)
            finish(lexeme.start);
        else
            read(reading, lexeme);
    }
    finish(text.length);
    if (readings.length === 0)
        throw usageError('The text holds no statement', 'Check the file, or what stdin brings.');
    let line = 1;
    return readings.map((one, at) => {
        line += lineBreaksIn(text.slice(readings[at - 1]?.first ?? 0, one.first));
        refuseUnfit(one, line, readings.length === 1);
        return { text: text.slice(one.start, one.end).trim(), line, markers: one.markers };
    });
}

;// CONCATENATED MODULE: ./lib/src/warehouse/sql-options.js


const FORMATS = ['table', 'csv', 'jsonl', 'markdown', 'value'];
const TAKES = {
    '--warehouse': /^[\w-]+$/,
    '--catalog': /./,
    '--schema': /./,
    '--param': /./,
    '--param-env': /^[^=]+=./,
    '--tag': /^[^=]+=/,
    '--format': new RegExp(`^(${FORMATS.join('|')})$`),
    '--output': /./,
    '--max-rows': /^[1-9]\d{0,9}$/,
    '--timeout': /^\d{1,6}(s|m|h)$/,
    '--file': /./,
};
const FLAGS = ['--fail-if-rows', '--fail-if-no-rows', '--summary'];
const REPEATED = ['--param', '--param-env', '--tag'];
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
function sourceOf({ options, statements }) {
    const [file] = options.get('--file') ?? [];
    const [text, ...more] = statements;
    if (more.length > 0)
        throw usageError('There is more than one statement: put quotes around the whole');
    if (file !== undefined && text !== undefined)
        throw usageError('There is both --file and a statement');
    if (file !== undefined)
        return { file };
    if (text === undefined)
        throw usageError('There is no statement: give --file FILE, - for stdin, or the statement itself');
    return text === '-' ? 'stdin' : { text };
}
function gateOf(options) {
    const [onRows, onNone] = [options.has('--fail-if-rows'), options.has('--fail-if-no-rows')];
    if (onRows && onNone)
        throw usageError('--fail-if-rows and --fail-if-no-rows exclude each other');
    if (onRows)
        return 'no-rows';
    return onNone ? 'rows' : undefined;
}
function secondsOf(duration) {
    if (duration === undefined)
        return undefined;
    const seconds = Number(duration.slice(0, -1)) * (UNIT_SECONDS[duration.slice(-1)] ?? 1);
    if (seconds < 1 || seconds > 2_000_000)
        throw usageError('--timeout takes 1 s to 555 h');
    return seconds;
}
function parseSqlOptions(words, environment) {
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
        format: FORMATS.find((format) => format === all('--format')[0]),
        output: all('--output')[0],
        maxRows: maxRows === undefined ? undefined : Number(maxRows),
        gate: gateOf(sorted.options),
        timeoutSeconds: secondsOf(all('--timeout')[0]),
        summary: sorted.options.has('--summary'),
        source: sourceOf(sorted),
    };
}

;// CONCATENATED MODULE: ./lib/src/warehouse/statement.js



const FIRST_PAUSES_MS = [200, 500, 1000, 2000, 4000, 7000];
const PAUSE_MS = 10_000;
const TELL_EVERY_MS = 30_000;
const CANCEL_SECONDS = 4;
const seconds = (ms) => `${Math.round(ms / 1000)} s`;
const MEANING = {
    PENDING: ': the warehouse is starting, or busy',
    RUNNING: '',
};
async function waitForEnd(id, name, effects) {
    const { api, signal, now, info } = effects;
    const startedAt = now();
    let told = { state: 'PENDING', at: startedAt };
    for (let asked = 0;; asked++) {
        await (0,cancellation.pauseUnlessCancelled)(FIRST_PAUSES_MS[asked] ?? PAUSE_MS, signal);
        const answer = await (0,cancellation.unlessCancelled)(signal, api.read(id));
        const { state } = answer;
        const meaning = MEANING[state];
        if (meaning === undefined)
            return answer;
        if (state !== told.state || (0,time/* msSince */.XR)(told.at, now()) >= TELL_EVERY_MS) {
            info(`${name}: ${state} ${seconds((0,time/* msSince */.XR)(startedAt, now()))}${meaning}`);
            told = { state, at: now() };
        }
    }
}
async function cancelNow(id, { api }) {
    try {
        await api.cancel(id, CANCEL_SECONDS);
        const { state } = await api.read(id, CANCEL_SECONDS);
        return state === 'PENDING' || state === 'RUNNING'
            ? `Its cancellation was received, and it is ${state} still.`
            : `Databricks says that it is ${state}.`;
    }
    catch (thrown) {
        const reason = thrown instanceof errors/* ActionError */.lZ ? thrown.message : 'no token could be had';
        return `It could not be cancelled, and may run on: ${reason}`;
    }
}
const GRANTS = 'GRANT USE CATALOG ON CATALOG …, GRANT USE SCHEMA ON SCHEMA … and GRANT SELECT ON TABLE … TO `<application id>`';
function adviceFor(message) {
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
function failureOf({ id, state, error }, name) {
    if (state === 'CANCELED') {
        return new errors/* ActionError */.lZ('STATEMENT_CANCELED', `${name} was cancelled at Databricks (statement id ${id}).`);
    }
    if (state === 'CLOSED') {
        return new errors/* ActionError */.lZ('STATEMENT_FAILED', `${name} has succeeded, and its result is gone (statement id ${id}).`);
    }
    const { code = '', message = '', sqlState = '' } = error ?? {};
    const told = [code, sqlState === '' ? '' : `SQLSTATE ${sqlState}`, `statement id ${id}`].filter(Boolean).join(', ');
    if (/byte limit exceeded/i.test(message)) {
        return new errors/* ActionError */.lZ('RESULT_TOO_LARGE', `The result of ${name} is larger than 25 MiB (${told}).`, {
            serverText: message,
        });
    }
    return new errors/* ActionError */.lZ('STATEMENT_FAILED', `${name} failed: ${told}.`, { serverText: message, ...adviceFor(message) });
}
async function runStatement(request, name, effects) {
    const { api, ready, signal, info } = effects;
    await (0,cancellation.unlessCancelled)(signal, ready()).catch((thrown) => {
        throw thrown instanceof cancellation.Cancellation
            ? new errors/* ActionError */.lZ('STATEMENT_CANCELED', `${name} was ${thrown.message} before it was started.`)
            : thrown;
    });
    const { id } = await api.start(request);
    let answer;
    try {
        info(`${name}: statement id ${id}`);
        answer = await waitForEnd(id, name, effects);
    }
    catch (thrown) {
        const after = await cancelNow(id, effects);
        if (thrown instanceof cancellation.Cancellation) {
            throw new errors/* ActionError */.lZ('STATEMENT_CANCELED', `${name} was ${thrown.message} (statement id ${id}). ${after}`);
        }
        if (!(thrown instanceof errors/* ActionError */.lZ))
            throw thrown;
        const { code, message, advice, serverText } = thrown;
        throw new errors/* ActionError */.lZ(code, `${message} The statement id is ${id}. ${after}`, { advice, serverText, cause: thrown });
    }
    if (answer.result === undefined)
        throw failureOf(answer, name);
    return { id, result: answer.result };
}
async function readOn(id, index, width, { api, signal }) {
    try {
        return await (0,cancellation.unlessCancelled)(signal, api.readChunk(id, index, width));
    }
    catch (thrown) {
        if (!(thrown instanceof cancellation.Cancellation))
            throw thrown;
        throw new errors/* ActionError */.lZ('STATEMENT_CANCELED', `The call was ${thrown.message} while it read the result of a statement that has succeeded (statement id ${id}).`);
    }
}
function refuseMissing({ rowCount, chunkCount }, rows, chunks) {
    const refuse = (announced, came) => new errors/* ActionError */.lZ('RESULT_INVALID', `${announced} were announced, and ${came} came.`);
    if (rowCount !== undefined) {
        if (rows !== rowCount)
            throw refuse(`${rowCount} rows`, rows);
        return;
    }
    const isEmpty = chunkCount === 0 && rows === 0;
    if (chunkCount !== undefined && chunks !== chunkCount && !isEmpty)
        throw refuse(`${chunkCount} chunks`, chunks);
}
async function* rowsOf({ id, result }, effects) {
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

// EXTERNAL MODULE: ./lib/src/host.js
var host = __webpack_require__(2118);
;// CONCATENATED MODULE: ./lib/src/warehouse/warehouse-id.js


const WAREHOUSE_PATH = /^\/?sql\/1\.0\/(?:warehouses|endpoints)\/([\w-]+)\/?$/;
function namedIn({ DATABRICKS_WAREHOUSE_ID: id = '', DATABRICKS_HTTP_PATH: path = '' }) {
    if (id === '')
        return WAREHOUSE_PATH.exec(path)?.[1];
    if (/^[\w-]+$/.test(id))
        return id;
    throw new errors/* ActionError */.lZ('WAREHOUSE_MISSING', 'DATABRICKS_WAREHOUSE_ID is not the id of a warehouse. Nothing was run.');
}
async function warehouseId({ origin, given, environment }, list) {
    if ((0,host/* parseHost */.o6)(origin, true).kind === 'account') {
        throw new errors/* ActionError */.lZ('WAREHOUSE_MISSING', 'This login is to an account console, which has no warehouses.', {
            advice: 'Log in to a workspace, and run the statement there.',
        });
    }
    const id = given ?? namedIn(environment);
    if (id !== undefined)
        return id;
    const listed = await list().catch(() => '');
    const usable = listed === '' ? '' : ` This principal may use:\n${listed}\n`;
    throw new errors/* ActionError */.lZ('WAREHOUSE_MISSING', `No warehouse is named, and none is chosen unasked.${usable}`);
}

;// CONCATENATED MODULE: ./lib/src/warehouse/run.js

















const textIn = (file) => (0,external_node_fs_.statSync)(file).isFIFO() ? (0,consumers_.text)(new external_node_net_.Socket({ fd: (0,external_node_fs_.openSync)(file, 'r') })) : (0,promises_.readFile)(file, 'utf8');
async function readSource(source, signal) {
    if (typeof source === 'object' && 'text' in source)
        return source.text;
    try {
        const reading = source === 'stdin' ? (0,consumers_.text)(process.stdin) : textIn(source.file);
        return (await (0,cancellation.unlessCancelled)(signal, reading)).replace(/^\ufeff/, '');
    }
    catch (thrown) {
        if (thrown instanceof cancellation.Cancellation) {
            throw new errors/* ActionError */.lZ('STATEMENT_CANCELED', `The call was ${thrown.message} before anything was run.`);
        }
        const from = source === 'stdin' ? 'stdin' : 'The file of --file';
        throw usageError(`${from} cannot be read (${(0,errors/* systemCode */.xU)(thrown)})`);
    }
}
function requestFor(statement, call, limit, warehouse) {
    const { catalog, schema, tags } = call;
    const parameters = call.parameters.filter(({ name }) => statement.markers.has(name));
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
function refuseRows(gate, count) {
    if (gate === 'no-rows' && count > 0) {
        throw new errors/* ActionError */.lZ('ROWS_UNEXPECTED', `The result has rows, and --fail-if-rows wants none.`);
    }
    if (gate === 'rows' && count === 0) {
        throw new errors/* ActionError */.lZ('ROWS_UNEXPECTED', `The result has no rows, and --fail-if-no-rows wants some.`);
    }
}
async function runAll(call, effects, output, signal) {
    const statements = splitStatements(await readSource(call.source, signal));
    refuseUnused(call.parameters, statements);
    const { origin, workspaceId, environment, send, token, now, info, summarize } = effects;
    const api = openApi({ origin, workspaceId, send, token });
    const warehouse = await warehouseId({ origin, given: call.warehouse, environment }, () => (0,cancellation.unlessCancelled)(signal, api.listWarehouses()));
    const own = { api, signal, now, info, ready: () => token() };
    for (const [at, statement] of statements.entries()) {
        const isLast = at === statements.length - 1;
        const name = statements.length === 1 ? 'The statement' : `Statement ${at + 1} of ${statements.length} (line ${statement.line})`;
        const startedAt = now();
        const limit = rowLimit(output.format, call.maxRows, isLast);
        const finished = await runStatement(requestFor(statement, call, limit, warehouse), name, own);
        const { result } = finished;
        const isLimited = limit.row_limit !== undefined;
        const presented = { name, result, rows: rowsOf(finished, own), isLast, isLimited };
        const count = await presentResult(presented, { output, summarize: call.summary ? summarize : undefined, info }, () => Math.round((0,time/* msSince */.XR)(startedAt, now()) / 1000));
        if (isLast)
            refuseRows(call.gate, count);
    }
}
async function runCall(call, effects) {
    const limit = (0,cancellation.limitTime)(call.timeoutSeconds);
    const signal = AbortSignal.any([effects.signal, limit.signal]);
    let output;
    try {
        const { print, stdoutIsFile, inWorkflow } = effects;
        output = openOutput(call, { print, stdoutIsFile, inWorkflow });
        await runAll(call, effects, output, signal);
        return 0;
    }
    catch (thrown) {
        output?.discard();
        const exitCode = (0,cancellation.exitCodeFor)(thrown, signal);
        if (thrown instanceof errors/* ActionError */.lZ)
            effects.fail(thrown);
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
        call = parseSqlOptions(words, effects.environment);
    }
    catch (thrown) {
        const exitCode = (0,cancellation.exitCodeFor)(thrown, effects.signal);
        if (thrown instanceof errors/* ActionError */.lZ)
            effects.fail(thrown);
        return exitCode;
    }
    return runCall(call, effects);
}


/***/ })

};
