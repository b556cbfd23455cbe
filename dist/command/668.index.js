"use strict";
exports.id = 668;
exports.ids = [668];
exports.modules = {

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


/***/ })

};
;