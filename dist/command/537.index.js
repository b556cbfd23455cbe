"use strict";
exports.id = 537;
exports.ids = [537];
exports.modules = {

/***/ 537:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   API_ERROR: () => (/* binding */ API_ERROR),
/* harmony export */   PRINCIPAL_ANSWER: () => (/* binding */ PRINCIPAL_ANSWER),
/* harmony export */   askPrincipal: () => (/* binding */ askPrincipal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7537);
/* harmony import */ var _http_status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7126);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6150);





const PRINCIPAL_ANSWER = { userName: true };
const API_ERROR = { message: true };
function errorMessage({ body }) {
    const { message } = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .membersIn */ .Jp)(body, API_ERROR);
    return typeof message === 'string' ? message : body;
}
function refusal(answer) {
    const { url, purpose } = answer.request;
    const happened = `${purpose}: ${url.host} answered ${answer.status} to the new token.`;
    const serverText = answer.status < 400 ? undefined : errorMessage(answer);
    if (answer.status === 401)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_UNAUTHORIZED', happened, { serverText });
    if (answer.status === 403)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_FORBIDDEN', happened, { serverText });
    if (answer.status === 404)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_NOT_FOUND', happened, { serverText });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_INVALID', happened, { serverText });
}
const lacksScopeAlone = (answer, scope) => (answer.status === 401 || answer.status === 403) &&
    !scope.split(' ').includes('all-apis') &&
    /\bscopes?\b/i.test(errorMessage(answer));
async function askPrincipal(send, question) {
    const { host, accessToken, workspaceId, scope, warning } = question;
    const request = {
        purpose: 'Verification',
        method: 'GET',
        url: new URL(`${host.origin}/api/2.0/preview/scim/v2/Me`),
        headers: {
            authorization: `Bearer ${accessToken}`,
            ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
        },
    };
    const answer = await send(() => request);
    if (lacksScopeAlone(answer, scope)) {
        warning(`Verification: the scope ${scope} does not allow to ask who the token is. ${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(errorMessage(answer))}`);
        return undefined;
    }
    if ((0,_http_status_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .s)(answer.status) !== 'success')
        throw refusal(answer);
    const { userName } = (0,_http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonObject */ .o)(answer, PRINCIPAL_ANSWER, 'VERIFY_INVALID');
    if (typeof userName !== 'string' || (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(userName) === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_INVALID', `${request.purpose}: the answer of ${host.serverHostname} names nobody.`);
    }
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g$)(userName);
}


/***/ })

};
;