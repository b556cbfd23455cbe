export const id = 784;
export const ids = [784];
export const modules = {

/***/ 8784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseSqlCall),
/* harmony export */   SQL_USAGE: () => (/* binding */ SQL_USAGE)
/* harmony export */ });
/* unused harmony export FORMATS */
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(952);
/* harmony import */ var _wrong_call_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9816);


const FORMATS = ['table', 'csv', 'jsonl', 'markdown', 'value'];
const SQL_USAGE = `Usage:
  databricks-token sql [--warehouse ID] [--catalog NAME] [--schema NAME]
                       [--param NAME[:TYPE]=VALUE | --param NAME[:TYPE] |
                        --param-env NAME[:TYPE]=VARIABLE]... [--tag KEY=VALUE]...
                       [--format table|csv|jsonl|markdown|value] [--output FILE]
                       [--max-rows N] [--fail-if-rows | --fail-if-no-rows]
                       [--timeout DURATION] [--summary]
                       (--file FILE | [--] STATEMENT | -)
      Runs SQL on a warehouse, waits until it has ended and shows its result. Exit code 0
      means that every statement succeeded; 1 that one did not, 2 a wrong call, 3 a gate
      (--fail-if-rows, --fail-if-no-rows), 124 --timeout. A statement that is
      interrupted is cancelled at Databricks, too.

  --warehouse ID   otherwise DATABRICKS_WAREHOUSE_ID, or the id in DATABRICKS_HTTP_PATH
  --param d=5      the value of the marker :d, a STRING unless a type is given (d:INT=5);
                   --param d= is the empty string, --param d is NULL
  --param-env d=V  the value is that of the environment variable V: for whatever comes
                   from outside
  --output FILE    .csv, .jsonl or .md; written whole or not at all
  --timeout 90s    or 15m, 2h: for all of it
  -                the statements come from stdin
`;
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
                throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)(`${shown} is not known`);
            const value = pattern === undefined ? '' : joined.length > 0 ? joined.join('=') : rest.shift();
            if (value === undefined || pattern?.test(value) === false)
                throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)(`${name} cannot be what it is given`);
            const values = options.get(name) ?? [];
            if (values.length > 0 && !REPEATED.includes(name))
                throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)(`${name} is given twice`);
            options.set(name, [...values, value]);
        }
    }
    return { options, statements };
}
function sourceOf({ options, statements }) {
    const [file] = options.get('--file') ?? [];
    const [text, ...more] = statements;
    if (more.length > 0)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)('There is more than one statement: put quotes around the whole');
    if (file !== undefined && text !== undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)('There is both --file and a statement');
    if (file !== undefined)
        return { file };
    if (text === undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)('There is no statement: give --file FILE, - for stdin, or the statement itself');
    return text === '-' ? 'stdin' : { text };
}
function gateOf(options) {
    const [onRows, onNone] = [options.has('--fail-if-rows'), options.has('--fail-if-no-rows')];
    if (onRows && onNone)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)('--fail-if-rows and --fail-if-no-rows exclude each other');
    if (onRows)
        return 'no-rows';
    return onNone ? 'rows' : undefined;
}
function secondsOf(duration) {
    if (duration === undefined)
        return undefined;
    const seconds = Number(duration.slice(0, -1)) * (UNIT_SECONDS[duration.slice(-1)] ?? 1);
    if (seconds < 1 || seconds > 2_000_000)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_1__/* .wrongCall */ .e)('--timeout takes 1 s to 555 h');
    return seconds;
}
function parseSqlCall(words, environment) {
    const sorted = sortWords(words);
    const all = (name) => sorted.options.get(name) ?? [];
    const [maxRows] = all('--max-rows');
    const parameters = [
        ...all('--param').map((text) => (0,_parameters_js__WEBPACK_IMPORTED_MODULE_0__/* .parseParameter */ .hR)(text)),
        ...all('--param-env').map((text) => (0,_parameters_js__WEBPACK_IMPORTED_MODULE_0__/* .parseParameter */ .hR)(text, environment)),
    ];
    (0,_parameters_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseSame */ .LA)(parameters);
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


/***/ }),

/***/ 952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LA: () => (/* binding */ refuseSame),
/* harmony export */   hR: () => (/* binding */ parseParameter),
/* harmony export */   rO: () => (/* binding */ refuseUnused)
/* harmony export */ });
/* harmony import */ var _wrong_call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9816);

const NAME_AND_TYPE = /^([A-Za-z_]\w*)(?::([A-Za-z][A-Za-z_ ]*(?:\(\d+(?:, ?\d+)?\))?))?$/;
const variable = (environment, name) => Object.hasOwn(environment, name) ? environment[name] : undefined;
function parseParameter(text, environment) {
    const [, head = '', given] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    const [, name, type] = NAME_AND_TYPE.exec(head) ?? [];
    if (name === undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongCall */ .e)('A parameter is written NAME=VALUE or NAME:TYPE=VALUE');
    const value = environment === undefined || given === undefined ? given : variable(environment, given);
    if (environment !== undefined && value === undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongCall */ .e)(`The variable for the parameter ${name} is not set`);
    return { name, ...(type === undefined ? {} : { type }), ...(value === undefined ? {} : { value }) };
}
function refuseSame(parameters) {
    const same = parameters.find(({ name }, at) => parameters.findIndex((other) => other.name === name) !== at);
    if (same !== undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongCall */ .e)(`The parameter ${same.name} is given twice`);
}
function refuseUnused(parameters, statements) {
    const unused = parameters.find(({ name }) => !statements.some(({ markers }) => markers.has(name)));
    if (unused !== undefined)
        throw (0,_wrong_call_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongCall */ .e)(`No statement has a marker :${unused.name}`);
}


/***/ }),

/***/ 9816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ wrongCall)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5071);

const wrongCall = (reason, advice) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('SQL_CALL_INVALID', `${reason}. Nothing was run.`, advice === undefined ? {} : { advice });


/***/ })

};
