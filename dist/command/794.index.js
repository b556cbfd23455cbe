"use strict";
exports.id = 794;
exports.ids = [794];
exports.modules = {

/***/ 3979:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ ExchangeRefused)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);

class ExchangeRefused extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
    refused;
    publishedAccountId;
    constructor(happened, { serverText, refused, publishedAccountId }) {
        super('EXCHANGE_REFUSED', happened, { serverText });
        this.refused = refused;
        this.publishedAccountId = publishedAccountId;
    }
}


/***/ }),

/***/ 5828:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EZ: () => (/* binding */ isSameIssuer),
/* harmony export */   K$: () => (/* binding */ identityProvider),
/* harmony export */   Wz: () => (/* binding */ isGitHub)
/* harmony export */ });
/* unused harmony export IDENTITY_PROVIDERS */
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8839);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6612);


const IDENTITY_PROVIDERS = (/* unused pure expression or super */ null && ([
    'github',
    'entra',
    'google',
    'aws',
    'okta',
    'onelogin',
    'ping',
    'keycloak',
    'databricks',
    'other',
]));
const GITHUB = /^token\.actions\.(githubusercontent|[a-z0-9-]+\.ghe)\.com$/;
const GITHUB_ENTERPRISE_SERVER = /^\/_services\/token(\/|$)/;
const PROVIDERS = [
    ['github', GITHUB],
    ['github', undefined, GITHUB_ENTERPRISE_SERVER],
    ['entra', /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)$/],
    ['entra', /^(sts\.windows\.net|sts\.chinacloudapi\.cn)$/],
    ['google', /^accounts\.google\.com$/],
    ['aws', /^cognito-identity(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/],
    ['aws', /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/],
    ['aws', /^[a-z0-9-]+\.tokens\.sts\.global\.api\.aws$/],
    ['okta', /^[a-z0-9-]+\.(okta|oktapreview|okta-emea|okta-gov)\.com$/],
    ['onelogin', /^[a-z0-9-]+\.onelogin\.com$/],
    ['ping', /^auth\.pingone\.(com|ca|eu|asia|sg|com\.au)$/],
    ['keycloak', undefined, /\/realms\/[^/]+\/?$/],
];
function identityProvider(issuer) {
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer);
    if (url === null || !(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecure */ .Ut)(url))
        return 'other';
    const hostname = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(url);
    if ((0,_host_js__WEBPACK_IMPORTED_MODULE_0__/* .isDatabricksDomain */ .nW)(hostname))
        return 'databricks';
    const row = PROVIDERS.find(([, name, path]) => (name?.test(hostname) ?? true) && (path?.test(url.pathname) ?? true));
    return row?.[0] ?? 'other';
}
function isGitHub(issuer) {
    const url = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer.includes('://') ? issuer : `https://${issuer}`);
    if (url === null)
        return false;
    return GITHUB.test((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(url)) || GITHUB_ENTERPRISE_SERVER.test(url.pathname.toLowerCase());
}
function isSameIssuer(issuer, host) {
    const issuerUrl = (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .readUrl */ .wo)(issuer);
    const hostUrl = new URL(host.origin);
    if (issuerUrl === null || !(0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecure */ .Ut)(issuerUrl))
        return false;
    if ((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)((0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(hostUrl)) && issuerUrl.port !== hostUrl.port)
        return false;
    return (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(issuerUrl) === (0,_url_js__WEBPACK_IMPORTED_MODULE_1__/* .hostnameOf */ .LZ)(hostUrl);
}


/***/ })

};
;