import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 71:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Qd: () => (/* binding */ LoginError),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   u: () => (/* binding */ asLoginError),
/* harmony export */   xU: () => (/* binding */ systemCode)
/* harmony export */ });
/* unused harmony export FAILURE_CODES */
const ADVICE = {
    HOST_MISSING: 'Set the input host (or DATABRICKS_HOST) to your workspace URL, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_INVALID: 'Give the workspace URL as your browser shows it, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_UNKNOWN: 'Check the spelling. If it is a name of your own for a Databricks workspace, set allow_unknown_host: true and audience.',
    CLIENT_ID_INVALID: 'Use the application (client) id of the service principal, a UUID: Databricks shows it beside the numeric id.',
    ACCOUNT_ID_INVALID: 'Use the Databricks account id, a UUID: the account console shows it in the user menu.',
    ACCOUNT_ID_MISSING: 'Set the input account_id (or DATABRICKS_ACCOUNT_ID) to your Databricks account id.',
    AUDIENCE_MISSING: 'Set the input audience to the audience that your federation policy names.',
    INPUT_INVALID: 'Correct the input; the README lists every input with what it takes.',
    TLS_CHECK_DISABLED: 'Remove NODE_TLS_REJECT_UNAUTHORIZED. For an authority of your own set NODE_EXTRA_CA_CERTS to its certificate file.',
    COMMAND_FILE_UNUSABLE: 'GitHub Actions provides this file. Run the step on a current runner and do not change the variable.',
    COMMAND_FILE_WRITE_FAILED: 'Make room on the disk of the runner, or check what changed its files during the job. Later steps may see part of the login: do not let them run after this failure.',
    EXISTING_LOGIN: 'Set export_env: false and use steps.<id>.outputs.token in the steps that need this login, or remove the variable from the env: of the job or workflow.',
    ID_TOKEN_PERMISSION_MISSING: [
        'Give the job the permission to ask for an ID token, and repeat the others that it needs:',
        '',
        'permissions:',
        '  id-token: write',
        '  contents: read',
        '',
        'Workflows started by a pull request from a fork, or by Dependabot, do not get it.',
    ].join('\n'),
    ID_TOKEN_REFUSED: 'Run the job again. If it stays, see https://www.githubstatus.com.',
    SUBJECT_TOKEN_INVALID: 'Give subject_token a JWT that your identity provider issued for this job, or leave it empty to use the ID token of GitHub.',
    SUBJECT_TOKEN_EXPIRED: 'Fetch the subject token in the step right before this one.',
    SUBJECT_TOKEN_NOT_YET_VALID: 'Compare the clock of the runner with that of the identity provider.',
    METADATA_REFUSED: 'Check that host names a Databricks workspace, and that the runner may reach it.',
    METADATA_INVALID: 'Check that host names a Databricks workspace and that no proxy or login page answers in its place.',
    METADATA_UNTRUSTED: 'No token was sent. Check host; if it is right, ask whoever runs that name why it sends tokens elsewhere.',
    EXCHANGE_REFUSED: 'Compare issuer, subject and audience above with the federation policy of the service principal: they must be equal to the letter. The client id must be the application id of the service principal that has the policy; an account-wide policy takes none.',
    EXCHANGE_FORBIDDEN: 'Databricks refused this caller. If an IP access list is in use, let the runner in, or use a self-hosted runner within it.',
    EXCHANGE_NOT_FOUND: 'This host has no token exchange at that address. Check host: workspace, account console and unified URLs differ.',
    EXCHANGE_INVALID: 'Run the job again. If it stays, report it with this message: the answer breaks the protocol.',
    TOKEN_TOO_SHORT: 'Databricks gives its token the expiry of the subject token, and refuses it in its last 30 seconds. Fetch the subject token right before this step, or give it a longer lifetime.',
    SERVER_UNAVAILABLE: 'The server is in trouble or limits its callers. Run the job again later.',
    NETWORK_FAILED: 'Check name, network, proxy and firewall between the runner and that host.',
    TIMED_OUT: 'Check network and proxy between the runner and that host. timeout_seconds (1 to 600) bounds the whole login.',
    TLS_FAILED: 'The certificate does not verify. For a proxy or an authority of your own, set NODE_EXTRA_CA_CERTS to its certificate file.',
    PROXY_FAILED: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the credentials in them.',
    REDIRECTED: 'Redirects are never followed, since they would carry a token elsewhere. Use the final URL as host.',
    ANSWER_INVALID: 'Something between the runner and that host may answer in its place. Check proxy and host.',
    RUNNER_TEMP_UNUSABLE: 'The command databricks-token is kept in RUNNER_TEMP, which the runner provides. Set token_command: none to do without it.',
    TOKEN_COMMAND_TAKEN: 'Give this login a command of its own, such as token_command: databricks-token-staging.',
    KEPT_LOGIN_UNUSABLE: 'Run the login step again before this command.',
    TOKEN_NOT_RENEWABLE: 'A login with a given subject_token cannot be repeated: fetch a new subject token and run the login step again, or use one that lives longer.',
    RENEWAL_FAILED: 'See the error of the call that tried the login.',
    INTERRUPTED: 'The job was cancelled, or the step took longer than its timeout-minutes.',
    UNFINISHED: 'The step ended before its work was done. This is a defect: please report it with the log.',
    UNEXPECTED: 'This is a defect: please report it with the log.',
};
const FAILURE_CODES = Object.keys(ADVICE);
class LoginError extends Error {
    code;
    advice;
    serverText;
    constructor(code, happened, { serverText, advice, cause } = {}) {
        super(happened, cause === undefined ? undefined : { cause });
        this.name = 'LoginError';
        this.code = code;
        this.advice = advice ?? ADVICE[code];
        this.serverText = serverText;
    }
}
function asLoginError(thrown) {
    if (thrown instanceof LoginError)
        return thrown;
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new LoginError('UNEXPECTED', text, { cause: thrown });
}
const MAX_QUOTED_CHARACTERS = 500;
function printable(text) {
    const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim();
    return line.length > MAX_QUOTED_CHARACTERS ? `${line.slice(0, MAX_QUOTED_CHARACTERS)} …` : line;
}
function systemCode(thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}


/***/ }),

/***/ 822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ renewalThreshold),
/* harmony export */   z: () => (/* binding */ toldExpiry)
/* harmony export */ });
const RENEW_BELOW_SECONDS = 150;
const EARLY_SECONDS = 60;
const EARLY_SECONDS_OF_SHORT = 40;
const lifetime = ({ issuedAt, expiresAt }) => expiresAt - issuedAt;
const renewalThreshold = (token) => Math.min(lifetime(token) / 2, RENEW_BELOW_SECONDS);
const toldExpiry = (token) => Math.floor(token.expiresAt - (lifetime(token) < RENEW_BELOW_SECONDS ? EARLY_SECONDS_OF_SHORT : EARLY_SECONDS));


/***/ }),

/***/ 118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ hostnameOf),
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   Ut: () => (/* binding */ isSecure),
/* harmony export */   W2: () => (/* binding */ isTrusted),
/* harmony export */   nW: () => (/* binding */ isDatabricksDomain),
/* harmony export */   o6: () => (/* binding */ parseHost)
/* harmony export */ });
/* unused harmony exports namesHost, checkHostNeeds */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(71);

const WORKSPACE_ZONES = [
    'cloud.databricks.com',
    'cloud.databricks.us',
    'cloud.databricks.mil',
    'gcp.databricks.com',
    'azuredatabricks.net',
    'databricks.azure.us',
    'databricks.azure.cn',
    'azuredatabricks.us',
    'azuredatabricks.cn',
];
const UNIFIED_ZONE = 'databricks.com';
const isUnder = (hostname, zone) => hostname.endsWith(`.${zone}`);
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
function isDatabricksDomain(hostname) {
    return [...WORKSPACE_ZONES, UNIFIED_ZONE].some((zone) => isUnder(hostname, zone));
}
function kindOf(hostname) {
    if (isLoopback(hostname))
        return 'workspace';
    if (WORKSPACE_ZONES.some((zone) => isUnder(hostname, zone))) {
        return /^accounts(-dod)?\./.test(hostname) ? 'account' : 'workspace';
    }
    return isUnder(hostname, UNIFIED_ZONE) ? 'unified' : 'unknown';
}
const hostnameOf = (url) => url.hostname.toLowerCase().replace(/\.$/, '');
function isSecure(url) {
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(hostnameOf(url)));
}
function parseUrl(text) {
    const url = URL.parse(/^[a-z][a-z0-9+.-]*:[\\/]/i.test(text) ? text : `https://${text}`);
    if (url === null || hostnameOf(url).split('.').includes('')) {
        const shown = JSON.stringify((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(text.replace(/^.*@/s, '***@')));
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('HOST_INVALID', `host is not a URL: ${shown}.`);
    }
    if (url.username !== '' || url.password !== '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('HOST_INVALID', `host holds a user name or password; it is the URL of ${url.host} alone.`);
    }
    if (!isSecure(url)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('HOST_INVALID', `host has to be https, and ${JSON.stringify(text)} is not.`);
    }
    return url;
}
function idsFromQuery(query) {
    const numeric = [query.get('o'), query.get('workspace_id')].find((id) => id !== null && /^\d+$/.test(id));
    const workspaceId = query.get('w') || numeric;
    const accountId = query.get('a') || query.get('account_id');
    return { ...(workspaceId ? { workspaceId } : {}), ...(accountId ? { accountId } : {}) };
}
function parseHost(text, allowUnknown = false) {
    const trimmed = text.trim();
    if (trimmed === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('HOST_MISSING', 'No host was given.');
    const url = parseUrl(trimmed);
    const hostname = hostnameOf(url);
    const kind = kindOf(hostname);
    if (kind === 'unknown' && !allowUnknown) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .LoginError */ .Qd('HOST_UNKNOWN', `${hostname} is not in one of Databricks' own domains.`);
    }
    const serverHostname = url.port === '' ? hostname : `${hostname}:${url.port}`;
    return {
        kind,
        origin: `${url.protocol}//${serverHostname}`,
        serverHostname,
        ...idsFromQuery(url.searchParams),
    };
}
function namesHost(text, { origin }) {
    try {
        return parseHost(text, true).origin === origin;
    }
    catch {
        return false;
    }
}
function isTrusted(url, host) {
    if (!isSecure(url) || url.username !== '' || url.password !== '' || url.hash !== '')
        return false;
    if (url.origin === host.origin)
        return true;
    return host.kind === 'unified' && url.protocol === 'https:' && isDatabricksDomain(hostnameOf(url));
}
const isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
function checkHostNeeds({ kind, serverHostname }, accountId, audience) {
    if (accountId !== undefined && !isUuid(accountId)) {
        throw new LoginError('ACCOUNT_ID_INVALID', `The account id ${printable(accountId)} is not a UUID.`);
    }
    if (kind === 'account' && accountId === undefined) {
        throw new LoginError('ACCOUNT_ID_MISSING', `${serverHostname} is an account console and no account id is given.`);
    }
    if (kind === 'unknown' && audience === undefined) {
        throw new LoginError('AUDIENCE_MISSING', `${serverHostname} is outside Databricks' own domains.`);
    }
}


/***/ }),

/***/ 449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ USER_AGENT),
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
const VERSION = '1.0.0';
const USER_AGENT = `databricks-token-action/${VERSION}`;


/***/ }),

/***/ 149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K8: () => (/* binding */ isTime),
/* harmony export */   aL: () => (/* binding */ secondsNow),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   i: () => (/* binding */ UNUSABLE_SECONDS),
/* harmony export */   zq: () => (/* binding */ LAST_TIME)
/* harmony export */ });
const UNUSABLE_SECONDS = 40;
const LAST_TIME = 253_402_300_799;
const isTime = (value) => typeof value === 'number' && Math.abs(value) <= LAST_TIME;
function formatTime(seconds) {
    return isTime(seconds) ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z') : `${seconds} s`;
}
const secondsNow = () => Date.now() / 1000;


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(500);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __nccwpck_require__(71);
;// CONCATENATED MODULE: ./lib/src/fresh/command-line.js
const USAGE = `Usage:
  databricks-token [--min-validity SECONDS] [--output token|json]
      Prints a Databricks token that is valid now; logs in again when the kept one has
      less than SECONDS to live (60 unless told).
  databricks-token exec [--auth metadata-service|pat] -- PROGRAM [ARGUMENTS]
      Runs PROGRAM logged in. The Databricks SDKs in it renew their token by themselves;
      with --auth pat it gets one token, which is not renewed.
  databricks-token --help | --version

In a workflow each token is masked through a line on stderr: let stderr through to the log.
`;
const wrong = (reason) => ({ kind: 'wrong', reason });
function parseOptions(words, known) {
    const options = new Map();
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const [name = '', ...joined] = word.split('=');
        const pattern = known[name];
        if (pattern === undefined)
            return `${word} is not known`;
        const value = joined.length > 0 ? joined.join('=') : rest.shift();
        if (value === undefined || !pattern.test(value))
            return `${name} cannot be ${value ?? 'left without a value'}`;
        options.set(name, value);
    }
    return options;
}
function parseExec(words) {
    const separator = words.indexOf('--');
    const program = separator === -1 ? [] : words.slice(separator + 1);
    if (program.length === 0)
        return wrong('exec takes -- and then a program');
    const options = parseOptions(words.slice(0, separator), { '--auth': /^(metadata-service|pat)$/ });
    if (typeof options === 'string')
        return wrong(options);
    return { kind: 'exec', auth: options.get('--auth') === 'pat' ? 'pat' : 'metadata-service', program };
}
function parseCall(words) {
    const [first, ...others] = words;
    if (first === 'exec')
        return parseExec(others);
    if (words.includes('--help') || words.includes('-h'))
        return { kind: 'help' };
    if (words.includes('--version'))
        return { kind: 'version' };
    const options = parseOptions(words, { '--min-validity': /^\d{1,5}$/, '--output': /^(token|json)$/ });
    if (typeof options === 'string')
        return wrong(options);
    const output = options.get('--output') === 'json' ? 'json' : 'token';
    return { kind: 'token', minValidity: Number(options.get('--min-validity') ?? 60), output };
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./lib/src/time.js
var time = __nccwpck_require__(149);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./lib/src/fresh/lock.js




const ABANDONED_MS = 30_000;
const POLL_MS = 50;
const isRunning = (pid) => {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (thrown) {
        return (0,errors/* systemCode */.xU)(thrown) === 'EPERM';
    }
};
function isAbandoned(file) {
    try {
        return (!isRunning(Number.parseInt((0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8'), 10)) || Date.now() - (0,external_node_fs_namespaceObject.statSync)(file).mtimeMs > ABANDONED_MS);
    }
    catch {
        return false;
    }
}
function acquire(file, owner) {
    const own = `${file}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        (0,external_node_fs_namespaceObject.writeFileSync)(own, owner, { mode: 0o600, flag: 'wx' });
        (0,external_node_fs_namespaceObject.linkSync)(own, file);
    }
    catch (thrown) {
        if ((0,errors/* systemCode */.xU)(thrown) === 'EEXIST')
            return false;
        if ((0,errors/* systemCode */.xU)(thrown) === 'ENOENT')
            throw thrown;
    }
    finally {
        (0,external_node_fs_namespaceObject.rmSync)(own, { force: true });
    }
    return true;
}
function release(file, owner) {
    try {
        if ((0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8') === owner)
            (0,external_node_fs_namespaceObject.rmSync)(file);
    }
    catch {
    }
}
async function oneAtATime(file, done, work) {
    const owner = `${process.pid} ${(0,external_node_crypto_.randomUUID)()}`;
    for (;;) {
        const result = done();
        if (result !== undefined)
            return result;
        if (acquire(file, owner))
            break;
        if (isAbandoned(file))
            (0,external_node_fs_namespaceObject.rmSync)(file, { force: true });
        else
            await (0,promises_.setTimeout)(POLL_MS);
    }
    try {
        return done() ?? (await work());
    }
    finally {
        release(file, owner);
    }
}

;// CONCATENATED MODULE: ./lib/src/fresh/fresh-token.js




const secondsLeft = ({ expiresAt }, now) => expiresAt - now;
function sharedResult(kept, askedAt) {
    const token = kept.readToken();
    if (token !== undefined && token.beganAt >= askedAt)
        return token;
    const failure = kept.readFailure();
    if (failure !== undefined && failure.beganAt >= askedAt)
        throw new errors/* LoginError */.Qd('RENEWAL_FAILED', failure.text);
    return undefined;
}
function keepIfPossible(write) {
    try {
        write();
    }
    catch {
    }
}
async function renew(kept, logIn, effects) {
    const beganAt = effects.now();
    try {
        const { accessToken, expiresAt } = await logIn();
        const token = { accessToken, expiresAt, beganAt, issuedAt: effects.now() };
        keepIfPossible(() => kept.writeToken(token));
        return token;
    }
    catch (thrown) {
        keepIfPossible(() => kept.writeFailure({ beganAt, text: effects.describe(thrown) }));
        throw thrown;
    }
}
async function freshToken(kept, minValidity, effects) {
    const { logIn, warn, now } = effects;
    const askedAt = now();
    const longEnough = () => {
        const token = kept.readToken();
        const left = token === undefined ? 0 : secondsLeft(token, now());
        return token !== undefined && left > time/* UNUSABLE_SECONDS */.i && left >= minValidity(token) ? token : undefined;
    };
    const current = longEnough();
    if (current !== undefined)
        return current;
    try {
        if (logIn === undefined)
            throw new errors/* LoginError */.Qd('TOKEN_NOT_RENEWABLE', 'The token has ended, or is about to.');
        return await oneAtATime((0,external_node_path_namespaceObject.join)(kept.folder, 'kept', 'lock'), () => longEnough() ?? sharedResult(kept, askedAt), () => renew(kept, logIn, effects));
    }
    catch (thrown) {
        const last = kept.readToken();
        if (last === undefined || secondsLeft(last, now()) <= time/* UNUSABLE_SECONDS */.i)
            throw thrown;
        if (logIn !== undefined)
            warn(`The login could not be renewed; its token lives on for ${Math.floor(secondsLeft(last, now()))} s. ${effects.describe(thrown)}`);
        return last;
    }
}

;// CONCATENATED MODULE: ./lib/src/fresh/files.js


const OWNER_ONLY = 0o600;
function files_writeWhole(file, content, mode = OWNER_ONLY) {
    const next = `${file}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    try {
        (0,external_node_fs_namespaceObject.writeFileSync)(next, content, { mode, flag: 'wx' });
        (0,external_node_fs_namespaceObject.renameSync)(next, file);
    }
    catch (thrown) {
        (0,external_node_fs_namespaceObject.rmSync)(next, { force: true });
        throw thrown;
    }
}
function readJsonObject(file) {
    try {
        if (!(0,external_node_fs_namespaceObject.lstatSync)(file).isFile())
            return undefined;
        const parsed = JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8'));
        return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/fresh/kept.js




const FOLDER_PREFIX = 'databricks-token-';
const isTime = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
function readToken(file) {
    const { accessToken, issuedAt, expiresAt, beganAt } = readJsonObject(file) ?? {};
    if (typeof accessToken !== 'string' || !/^[\w\-.~+/]+=*$/.test(accessToken))
        return undefined;
    if (!isTime(issuedAt) || !isTime(expiresAt) || !isTime(beganAt))
        return undefined;
    return { accessToken, issuedAt, expiresAt, beganAt };
}
function readFailure(file) {
    const { beganAt, text } = readJsonObject(file) ?? {};
    return isTime(beganAt) && typeof text === 'string' ? { beganAt, text } : undefined;
}
const textOr = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
function readRenewal(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const { clientId, accountId, audience, scope, timeoutSeconds } = { ...value };
    if (typeof scope !== 'string' || !isTime(timeoutSeconds))
        return undefined;
    return {
        clientId: textOr(clientId),
        accountId: textOr(accountId),
        audience: textOr(audience),
        scope,
        timeoutSeconds,
    };
}
function readLogin(file) {
    const { renewal, origin, serverHostname, workspaceId } = readJsonObject(file) ?? {};
    if (typeof origin !== 'string' || typeof serverHostname !== 'string') {
        throw new errors/* LoginError */.Qd('KEPT_LOGIN_UNUSABLE', 'The login that this command belongs to is gone or damaged.');
    }
    return { renewal: readRenewal(renewal), origin, serverHostname, workspaceId: textOr(workspaceId) };
}
function openKept(folder) {
    const file = (name) => (0,external_node_path_namespaceObject.join)(folder, 'kept', name);
    const write = (name, content) => files_writeWhole(file(name), JSON.stringify(content));
    return {
        folder,
        readLogin: () => readLogin(file('login.json')),
        readToken: () => readToken(file('token.json')),
        writeToken: (token) => write('token.json', token),
        readFailure: () => readFailure(file('failure.json')),
        writeFailure: (failure) => write('failure.json', failure),
    };
}
function createKept(folder, login, token) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeWhole(join(folder, 'kept', 'login.json'), JSON.stringify(login));
    openKept(folder).writeToken(token);
}

// EXTERNAL MODULE: ./lib/src/fresh/lifetime.js
var lifetime = __nccwpck_require__(822);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __nccwpck_require__(118);
;// CONCATENATED MODULE: ./lib/src/runner/environment.js


function refuseExistingLogin(environment, login) {
    const { DATABRICKS_AUTH_TYPE: authType = '', DATABRICKS_HOST: host = '', DATABRICKS_TOKEN: token = '' } = environment;
    const refuse = (found) => new LoginError('EXISTING_LOGIN', `${found}, and this step would overwrite it for all later steps.`);
    if (authType !== '' && authType !== 'pat') {
        throw refuse('The job already has a DATABRICKS_AUTH_TYPE other than pat');
    }
    if (host !== '' && !namesHost(host, login))
        throw refuse('The job already has a DATABRICKS_HOST of another workspace');
    if (token !== '' && authType === '')
        throw refuse('The job already has a DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat');
}
function refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED: setting }) {
    if (setting === '0')
        throw new errors/* LoginError */.Qd('TLS_CHECK_DISABLED', 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.');
}

;// CONCATENATED MODULE: ./lib/src/runner/failure-text.js

const DOCUMENTATION = 'docs/troubleshooting.md';
const harmless = (text) => text.replaceAll('##[', '## [');
function explanationOf(code, environment) {
    const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '', } = environment;
    const isKnown = server === 'https://github.com' && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
    if (!isKnown)
        return `See ${code} in ${DOCUMENTATION}.`;
    return `See ${server}/${repository}/blob/${ref}/${DOCUMENTATION}#${code.toLowerCase()}`;
}
function describeFailure(failure, redact, environment) {
    const { code, message, serverText = '', advice } = failure;
    const said = (0,errors/* printable */.g$)(redact(serverText));
    const parts = [
        message,
        said === '' ? '' : `The server said: ${said}`,
        '',
        advice,
        '',
        explanationOf(code, environment),
    ];
    return harmless(redact(parts.filter((part, index) => part !== '' || index > 1).join('\n')));
}
const escapeMessage = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const workflowCommand = (command, text) => `::${command}::${escapeMessage(text)}\n`;
const annotation = (kind, title, text) => workflowCommand(`${kind} title=${title}`, text);

;// CONCATENATED MODULE: ./lib/src/runner/redaction.js
const MASK = '***';
function base64Forms(secret) {
    const bytes = Buffer.from(secret);
    if (bytes.length < 6)
        return [];
    return [0, 1, 2].flatMap((offset) => {
        const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        const inner = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1);
        return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
    });
}
function urlForms(secret) {
    const upper = encodeURIComponent(secret.toWellFormed());
    const lower = upper.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    return [upper, lower, new URLSearchParams({ '': secret }).toString().slice(1)];
}
const MIN_SIGNATURE_LENGTH = 16;
function signatureOf(token) {
    const [, , signature = '', ...more] = token.split('.');
    return more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH ? signature : undefined;
}
const formsOf = (secret) => [secret, signatureOf(secret) ?? secret].flatMap((form) => [
    form,
    ...urlForms(form),
    JSON.stringify(form).slice(1, -1),
    ...base64Forms(form),
]);
function rangesOf(form, text) {
    const found = [];
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        found.push([at, at + form.length]);
    }
    return found;
}
function withoutRanges(text, ranges) {
    let clean = '';
    let done = 0;
    for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
        if (end <= done)
            continue;
        clean += start < done || (start === done && done > 0) ? '' : text.slice(done, start) + MASK;
        done = end;
    }
    return clean + text.slice(done);
}
const JWT = /eyJ[\w-]{6,}(\.[\w-]*){2,}/g;
const NAMED_TOKEN = /((?:access|refresh|id|subject)_token["'\\]*\s*[:=]\s*["'\\]*)[^\s"'\\&,}]+/gi;
function createRedaction() {
    const forms = new Set();
    return {
        add: (secret) => {
            if (secret !== '')
                for (const form of formsOf(secret))
                    forms.add(form);
        },
        redact: (text) => {
            const ranges = [...forms].flatMap((form) => rangesOf(form, text));
            return withoutRanges(text, ranges).replace(JWT, MASK).replace(NAMED_TOKEN, `$1${MASK}`);
        },
    };
}
const PROXY_CREDENTIALS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^:]*)(?::(.*))?@/is;
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function proxyCredentials(proxy) {
    const [, user = '', password = ''] = PROXY_CREDENTIALS.exec(proxy) ?? [];
    if (password === '')
        return [user, decoded(user)];
    const pair = `${decoded(user)}:${decoded(password)}`;
    return [password, decoded(password), pair, Buffer.from(pair).toString('base64')];
}
function environmentSecrets(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].map((name) => environment[name] ?? '');
    return [requestToken, ...proxies.flatMap(proxyCredentials)].filter((secret) => secret !== '');
}

;// CONCATENATED MODULE: ./lib/src/runner/log.js




const STEP_TITLE = 'Databricks login failed';
const stepForm = {
    mask: (secret) => workflowCommand('add-mask', secret),
    info: (line) => `${line.replace(/^::/, ': :')}\n`,
    notice: (line) => workflowCommand('notice', line),
    warn: (line) => workflowCommand('warning', line),
    debug: (line) => workflowCommand('debug', line),
    fail: (code, text) => annotation('error', `${STEP_TITLE} (${code})`, text),
};
const COMMAND_TITLE = 'databricks-token';
const commandLine = (line) => `${COMMAND_TITLE}: ${line}\n`;
const commandForm = {
    mask: () => '',
    info: commandLine,
    notice: commandLine,
    warn: commandLine,
    debug: commandLine,
    fail: (code, text) => commandLine(`${code}: ${text}`),
};
const commandInWorkflowForm = {
    ...commandForm,
    mask: (secret) => `\n${workflowCommand('add-mask', signatureOf(secret) ?? secret)}`,
    warn: (line) => annotation('warning', COMMAND_TITLE, line),
    fail: (code, text) => annotation('error', `${COMMAND_TITLE} failed (${code})`, text),
};
function createLog(environment, form, print) {
    const { add, redact } = createRedaction();
    environmentSecrets(environment).forEach(add);
    const masked = new Set();
    const line = (text) => harmless((0,errors/* printable */.g$)(redact(text)));
    const describe = (failure) => describeFailure(failure, redact, environment);
    return {
        mask: (secret) => {
            add(secret);
            if (!masked.has(secret))
                print(form.mask(secret));
            masked.add(secret);
        },
        know: add,
        info: (text) => print(form.info(line(text))),
        notice: (text) => print(form.notice(line(text))),
        warn: (text) => print(form.warn(line(text))),
        debug: (text) => {
            if (environment['RUNNER_DEBUG'] === '1')
                print(form.debug(line(text)));
        },
        describe,
        fail: (failure) => print(form.fail(failure.code, describe(failure))),
    };
}
const inMarkdown = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const EXISTING_FILE = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | external_node_fs_namespaceObject.constants.O_NONBLOCK;
function writeSummary(file, code, text) {
    try {
        const descriptor = openSync(file ?? '', EXISTING_FILE);
        try {
            appendFileSync(descriptor, `### ${STEP_TITLE}: ${code}\n\n<pre>${inMarkdown(text)}</pre>\n`);
        }
        finally {
            closeSync(descriptor);
        }
    }
    catch {
    }
}
function stepLog(environment, print) {
    const log = createLog(environment, stepForm, print);
    return {
        ...log,
        fail: (failure) => {
            log.fail(failure);
            writeSummary(environment['GITHUB_STEP_SUMMARY'], failure.code, log.describe(failure));
        },
    };
}
function commandLog(environment, print) {
    const inWorkflow = environment['GITHUB_ACTIONS'] === 'true';
    return createLog(environment, inWorkflow ? commandInWorkflowForm : commandForm, print);
}

// EXTERNAL MODULE: ./lib/src/runner/version.js
var version = __nccwpck_require__(449);
;// CONCATENATED MODULE: ./lib/src/runner/way-out.js

function runToEnd(work, report, endingSignals = ['SIGINT', 'SIGTERM']) {
    let exitCode;
    function end(thrown) {
        const isFirst = exitCode === undefined;
        exitCode ??= 1;
        if (isFirst)
            report((0,errors/* asLoginError */.u)(thrown));
        process.exit(exitCode);
    }
    function endUnfinished() {
        if (exitCode !== undefined)
            return;
        end(new errors/* LoginError */.Qd('UNFINISHED', 'The process was about to end before its work was done.'));
    }
    process.once('beforeExit', endUnfinished);
    process.once('exit', endUnfinished);
    process.on('uncaughtException', end);
    process.on('unhandledRejection', end);
    for (const signal of endingSignals) {
        process.once(signal, () => end(new errors/* LoginError */.Qd('INTERRUPTED', `The step was ended by ${signal}.`)));
    }
    work().then((code) => {
        exitCode = code;
        process.stdout.write('', () => process.exit(code));
    }, end);
}

;// CONCATENATED MODULE: ./lib/src/runner/write-at-once.js


const FULL_PIPE_PAUSE_MS = 10;
function writeAtOnce(descriptor, text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_namespaceObject.writeSync)(descriptor, rest));
        }
        catch (thrown) {
            if ((0,errors/* systemCode */.xU)(thrown) !== 'EAGAIN')
                return;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
        }
    }
}

;// CONCATENATED MODULE: ./lib/src/command.js













const environment = process.env;
const log = commandLog(environment, (text) => writeAtOnce(2, text));
const WRONG_CALL = 2;
const MASK_AHEAD_MS = 20;
async function logInAgain(origin, renewal) {
    refuseDisabledTlsCheck(environment);
    const { logIn } = await Promise.all(/* import() */[__nccwpck_require__.e(799), __nccwpck_require__.e(212)]).then(__nccwpck_require__.bind(__nccwpck_require__, 18));
    const { clientId, accountId, audience, scope, timeoutSeconds } = renewal;
    const host = (0,src_host/* parseHost */.o6)(origin, true);
    const options = { host, clientId, accountId, audience, scope, timeoutSeconds, onExchangeFailure: 'fail' };
    return logIn(options, { environment, log });
}
const describe = (thrown) => log.describe((0,errors/* asLoginError */.u)(thrown));
function effectsFor({ renewal, origin }, warn) {
    const logIn = renewal === undefined ? undefined : () => logInAgain(origin, renewal);
    return { logIn, describe, warn, now: time/* secondsNow */.aL };
}
function masked(token) {
    if (token !== undefined)
        log.mask(token.accessToken);
    return token;
}
function openLogin(folder, warn) {
    const kept = openKept(folder);
    const found = kept.readToken();
    if (found !== undefined)
        log.know(found.accessToken);
    const login = kept.readLogin();
    const effects = effectsFor(login, warn);
    async function fresh(minValidity) {
        const token = masked(await freshToken(kept, minValidity, effects));
        if (token.accessToken !== found?.accessToken)
            await (0,promises_.setTimeout)(MASK_AHEAD_MS);
        return token;
    }
    return { login, fresh, current: () => masked(kept.readToken()) };
}
async function printToken(folder, { minValidity, output }) {
    const { accessToken, expiresAt } = await openLogin(folder, log.warn).fresh(() => minValidity);
    const expiry = (0,time/* formatTime */.fU)(expiresAt);
    const asJson = () => JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry });
    process.stdout.write(`${output === 'json' ? asJson() : accessToken}\n`);
    return 0;
}
async function runLoggedIn(folder, { auth, program }) {
    const { login, fresh, current } = openLogin(folder, log.info);
    const renew = () => fresh(lifetime/* renewalThreshold */.s);
    const report = (thrown) => log.info(describe(thrown));
    const { execute } = await __nccwpck_require__.e(/* import() */ 314).then(__nccwpck_require__.bind(__nccwpck_require__, 314));
    return execute({ program, auth, login, environment, current, renew, report, now: time/* secondsNow */.aL, warn: log.info });
}
function answer(folder, call) {
    if (call.kind === 'token')
        return printToken(folder, call);
    if (call.kind === 'exec')
        return runLoggedIn(folder, call);
    if (call.kind === 'wrong') {
        log.info(call.reason);
        writeAtOnce(2, `\n${USAGE}`);
        return WRONG_CALL;
    }
    process.stdout.write(call.kind === 'version' ? `${version/* VERSION */.x}\n` : USAGE);
    return 0;
}
const [, folder = '', ...words] = process.argv.slice(2);
const call = parseCall(words);
runToEnd(async () => answer(folder, call), log.fail, call.kind === 'exec' ? [] : undefined);

