export const id = 519;
export const ids = [519];
export const modules = {

/***/ 519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ending: () => (/* binding */ Ending),
/* harmony export */   ReaderGone: () => (/* binding */ ReaderGone),
/* harmony export */   exitCodeFor: () => (/* binding */ exitCodeFor),
/* harmony export */   limitTime: () => (/* binding */ limitTime),
/* harmony export */   pauseUnlessEnded: () => (/* binding */ pauseUnlessEnded),
/* harmony export */   unlessEnded: () => (/* binding */ unlessEnded)
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
class Ending extends Error {
    exitCode;
    constructor(reason, exitCode) {
        super(reason);
        this.name = 'Ending';
        this.exitCode = exitCode;
    }
}
class ReaderGone extends Error {
}
function unlessEnded(signal, work) {
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
    const timer = setTimeout(() => late.abort(new Ending('ended by --timeout', TIMED_OUT)), seconds * 1000);
    return { signal: late.signal, clear: () => clearTimeout(timer) };
}
function exitCodeFor(thrown, { reason }) {
    if (thrown instanceof ReaderGone)
        return READER_GONE;
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .LoginError */ .Qd))
        throw thrown;
    if (thrown.code === 'STATEMENT_CANCELED' && reason instanceof Ending)
        return reason.exitCode;
    return EXIT_CODES[thrown.code] ?? FAILED;
}
const pauseUnlessEnded = (ms, signal) => unlessEnded(signal, (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal }));


/***/ })

};
