export const id = 519;
export const ids = [519];
export const modules = {

/***/ 519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ending: () => (/* binding */ Ending),
/* harmony export */   ReaderGone: () => (/* binding */ ReaderGone),
/* harmony export */   pauseUnlessEnded: () => (/* binding */ pauseUnlessEnded),
/* harmony export */   unlessEnded: () => (/* binding */ unlessEnded)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(500);

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
const pauseUnlessEnded = (ms, signal) => unlessEnded(signal, (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal }));


/***/ })

};
