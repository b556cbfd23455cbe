"use strict";
exports.id = 902;
exports.ids = [902];
exports.modules = {

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


/***/ })

};
;