"use strict";
exports.id = 585;
exports.ids = [585];
exports.modules = {

/***/ 585:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   keepConnection: () => (/* binding */ keepConnection)
/* harmony export */ });
/* harmony import */ var _connections_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5873);

function keepConnection(options) {
    const { timeoutSeconds, attemptSeconds = 10 } = options;
    const open = () => (0,_connections_js__WEBPACK_IMPORTED_MODULE_0__/* .openConnections */ .q)({ ...options, timeoutSeconds: Number.POSITIVE_INFINITY, attemptSeconds });
    let kept = open();
    const send = (make, withinSeconds = timeoutSeconds) => kept.send(make, withinSeconds);
    const sendFresh = (make, withinSeconds) => {
        kept.close();
        kept = open();
        return send(make, withinSeconds);
    };
    return { send, sendFresh, close: () => kept.close() };
}


/***/ })

};
;