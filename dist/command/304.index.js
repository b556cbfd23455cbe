"use strict";
exports.id = 304;
exports.ids = [304];
exports.modules = {

/***/ 3304:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HOST_CONFIG: () => (/* binding */ HOST_CONFIG),
/* harmony export */   readHostConfig: () => (/* binding */ readHostConfig)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8839);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6150);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6612);
/* harmony import */ var _account_in_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4100);





const HOST_CONFIG = {
    oidc_endpoint: true,
    account_id: true,
    workspace_id: true,
    token_federation_default_oidc_audiences: true,
};
function withoutTrailingSlashes(path) {
    let end = path.length;
    while (path[end - 1] === '/')
        end--;
    return path.slice(0, end);
}
function serverOf({ oidc_endpoint }, host, accountId) {
    const refuse = (found) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_INVALID', `The configuration of ${host.origin} ${found}.`);
    if (typeof oidc_endpoint !== 'string')
        throw refuse('names no oidc_endpoint');
    const filled = accountId === undefined ? oidc_endpoint : oidc_endpoint.replaceAll('{account_id}', accountId);
    if (filled.includes('{account_id}')) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('ACCOUNT_ID_MISSING', `The configuration of ${host.origin} leaves the account open, and names none that is a UUID.`);
    }
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(filled);
    if (url === null)
        throw refuse('names an oidc_endpoint that is not a URL');
    if (!(0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isTrusted */ .W2)(url, host)) {
        const place = (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(`${url.protocol}//${url.host}`);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', `The configuration of ${host.origin} points to ${place}, which is neither that host nor a workspace or account console.`);
    }
    return (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutTrailingDot */ .Ac)(url);
}
function audienceOf({ token_federation_default_oidc_audiences: list }, host) {
    const first = Array.isArray(list) ? list[0] : undefined;
    const url = typeof first === 'string' ? (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .readUrl */ .wo)(first) : null;
    if (url === null || url.origin !== host.origin || url.username !== '' || url.password !== '')
        return undefined;
    return [url.href, url.origin].find((href) => href === first);
}
const textOf = (id) => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');
function readHostConfig(document, host, givenAccountId) {
    const published = textOf(document.account_id);
    if (givenAccountId !== undefined && published !== '' && !(0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameId */ .WB)(published, givenAccountId)) {
        const happened = `The configuration of ${host.origin} names another account than the one given, ${givenAccountId}.`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', happened, { serverText: published });
    }
    const accountId = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1)(published) ? published : undefined;
    const server = serverOf(document, host, givenAccountId ?? accountId);
    (0,_account_in_path_js__WEBPACK_IMPORTED_MODULE_3__/* .checkAccountIn */ .h)(server, givenAccountId, `The authorization server that ${host.origin} points to`);
    const workspaceId = textOf(document.workspace_id);
    const defaultAudience = audienceOf(document, host);
    return {
        server: `${server.origin}${withoutTrailingSlashes(server.pathname)}`,
        ...(accountId === undefined ? {} : { accountId }),
        ...((0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isId */ .eQ)(workspaceId) ? { workspaceId } : {}),
        ...(defaultAudience === undefined ? {} : { defaultAudience }),
    };
}


/***/ })

};
;