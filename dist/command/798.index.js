"use strict";
exports.id = 798;
exports.ids = [798];
exports.modules = {

/***/ 798:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   INTROSPECTION_ANSWER: () => (/* binding */ INTROSPECTION_ANSWER),
/* harmony export */   compareWhereabouts: () => (/* binding */ compareWhereabouts)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7537);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6150);




const INTROSPECTION_ANSWER = {
    principal_context: { authentication_scope: { account_id: true, workspace_id: true } },
};
const WITHIN_SECONDS = 10;
const withDigits = (answer) => ({
    ...answer,
    body: answer.body.replace(/("workspace_id"\s*:\s*)(\d{1,20})(?=\s*[,}])/g, '$1"$2"'),
});
const textOf = (value) => typeof value === 'string' && value !== '' ? (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(value) : undefined;
function readWhereabouts(answer) {
    const { principal_context: context } = (0,_http_json_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonObject */ .o)(withDigits(answer), INTROSPECTION_ANSWER);
    const members = INTROSPECTION_ANSWER.principal_context;
    const { authentication_scope: scope } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .readMembers */ .mo)(context, members);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isJsonObject */ .OW)(scope))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ANSWER_INVALID', 'The answer names no account and no workspace.');
    const { account_id: account, workspace_id: workspace } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .readMembers */ .mo)(scope, members.authentication_scope);
    return { account: textOf(account), workspace: textOf(workspace) };
}
async function askWhereabouts(send, { host, accessToken, workspaceId }) {
    const answer = await send(() => ({
        purpose: 'Comparison of account and workspace',
        method: 'GET',
        url: new URL(`${host.origin}/api/2.0/tokens/introspect`),
        headers: {
            authorization: `Bearer ${accessToken}`,
            ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
        },
    }), WITHIN_SECONDS);
    if (answer.status !== 200)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ANSWER_INVALID', `${host.serverHostname} answered ${answer.status}.`);
    return readWhereabouts(answer);
}
async function compareWhereabouts(send, question) {
    const { host, accountId, notice } = question;
    if (accountId === undefined && host.workspaceId === undefined)
        return;
    let found;
    try {
        found = await askWhereabouts(send, question);
    }
    catch (thrown) {
        const reason = thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? `${thrown.code}: ${thrown.message}` : 'an unknown reason';
        notice(`Account and workspace of the token were not compared with those that were given (${reason}).`);
        return;
    }
    compare('account', found.account, accountId);
    compare('workspace', found.workspace, host.workspaceId);
}
function compare(of, found, given) {
    if (found === undefined || given === undefined || found.toLowerCase() === given.toLowerCase())
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERIFY_ELSEWHERE', `The new token is for the ${of} ${found}, and ${given} was given.`);
}


/***/ })

};
;