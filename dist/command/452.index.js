"use strict";
exports.id = 452;
exports.ids = [452,794];
exports.modules = {

/***/ 4100:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ checkAccountIn)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8839);


function checkAccountIn({ pathname }, givenAccountId, published) {
    if (givenAccountId === undefined)
        return;
    const path = pathname.replace(/%[0-9a-f]{2}/gi, (escaped) => String.fromCharCode(Number.parseInt(escaped.slice(1), 16)));
    const segments = path.toLowerCase().split('/');
    const named = segments.filter((_, index) => segments[index - 1] === 'accounts');
    if (named.every((id) => (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameId */ .WB)(id, givenAccountId)))
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('METADATA_UNTRUSTED', `${published} is of another account than the one given, ${givenAccountId}.`);
}


/***/ }),

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


/***/ }),

/***/ 7537:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ jsonObject)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23);


function nameOf(value) {
    if (Array.isArray(value))
        return 'an array';
    return value === null ? 'null' : typeof value;
}
function jsonObject({ request: { purpose, url }, contentType, body }, members, code = 'ANSWER_INVALID') {
    const refuse = (found, serverText) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, `${purpose}: a JSON object was expected of ${url.host}, which sent ${found}.`, {
        advice: 'Something between the runner and that host may answer in its place: check host and proxy.',
        serverText,
    });
    if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
        throw contentType === '' ? refuse('no content type') : refuse('another content type', contentType);
    }
    let parsed;
    try {
        parsed = JSON.parse(body);
    }
    catch {
        throw refuse('something else');
    }
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(parsed))
        throw refuse(nameOf(parsed));
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readMembers */ .mo)(parsed, members);
}


/***/ }),

/***/ 5452:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logIn: () => (/* binding */ logIn)
});

// UNUSED EXPORTS: checkIdTokenPermission, dryRun

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(6150);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(2332);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __webpack_require__(8839);
// EXTERNAL MODULE: ./lib/src/http/json-answer.js
var json_answer = __webpack_require__(7537);
// EXTERNAL MODULE: ./lib/src/http/status.js
var http_status = __webpack_require__(7126);
// EXTERNAL MODULE: ./lib/src/url.js
var src_url = __webpack_require__(6612);
// EXTERNAL MODULE: ./lib/src/federation/account-in-path.js
var account_in_path = __webpack_require__(4100);
;// CONCATENATED MODULE: ./lib/src/federation/discovery.js








const SERVER_METADATA = { issuer: true, token_endpoint: true };
const UNREADABLE_CODES = ['SERVER_UNAVAILABLE', 'NETWORK_FAILED', 'TIMED_OUT'];
function documentReader(send, withinSeconds) {
    const endsAt = (0,time/* msAfter */.HD)((0,time/* elapsedMs */.d5)(), withinSeconds * 1000);
    return async (purpose, url, members) => {
        const secondsLeft = (0,time/* msUntil */.nc)(endsAt, (0,time/* elapsedMs */.d5)()) / 1000;
        const answer = await send(() => ({ purpose, method: 'GET', url }), secondsLeft).catch((thrown) => {
            if (!(thrown instanceof errors/* ActionError */.lZ) || !UNREADABLE_CODES.includes(thrown.code))
                throw thrown;
            return thrown;
        });
        if (answer instanceof errors/* ActionError */.lZ)
            return { failure: answer };
        const { status, body: serverText } = answer;
        const meaning = (0,http_status/* outcomeOf */.s)(status);
        if (meaning === 'success')
            return { document: (0,json_answer/* jsonObject */.o)(answer, members, 'METADATA_INVALID') };
        if (meaning === 'missing' || meaning === 'broken') {
            const happened = `${purpose}: ${url.host} answered ${status} at ${url.pathname}.`;
            return { failure: new errors/* ActionError */.lZ('METADATA_REFUSED', happened, { serverText }) };
        }
        const happened = `${purpose}: 200 was expected of ${url.host}, which answered ${status}.`;
        throw new errors/* ActionError */.lZ('METADATA_REFUSED', happened, { serverText });
    };
}
const noIssuer = (expected) => `The metadata of ${expected} names no issuer`;
function checkIssuer({ issuer }, expected, warning) {
    if (typeof issuer !== 'string')
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `${noIssuer(expected)}.`);
    if (issuer === expected)
        return;
    const found = `The metadata that ${expected} publishes names another issuer`;
    const url = (0,src_url/* readUrl */.wo)(issuer);
    if (url === null || url.protocol !== 'https:' || !(0,src_host/* isDatabricksDomain */.nW)((0,src_url/* hostnameOf */.LZ)(url))) {
        throw new errors/* ActionError */.lZ('METADATA_UNTRUSTED', `${found}, outside Databricks' domains.`, {
            serverText: issuer,
        });
    }
    warning(`${found}: ${url.href}`);
}
function checkWithoutIssuer(tokenEndpoint, host, expected, notice) {
    if (host.kind === 'unknown' || tokenEndpoint.origin !== host.origin) {
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `${noIssuer(expected)}.`);
    }
    notice(`${noIssuer(expected)}; going on, since its token endpoint is on that host.`);
}
function checkTokenEndpoint({ token_endpoint }, host) {
    const url = typeof token_endpoint === 'string' ? (0,src_url/* readUrl */.wo)(token_endpoint) : null;
    if (url === null || url.pathname.includes('%7B')) {
        throw new errors/* ActionError */.lZ('METADATA_INVALID', `The metadata of ${host.origin} names no token endpoint that is a URL.`);
    }
    if (!(0,src_host/* isTrusted */.W2)(url, host)) {
        const place = (0,src_text/* printable */.g$)(`${url.protocol}//${url.host}`);
        throw new errors/* ActionError */.lZ('METADATA_UNTRUSTED', `The metadata of ${host.origin} names a token endpoint at ${place}, which is not that host.`);
    }
    return (0,src_url/* withoutTrailingDot */.Ac)(url);
}
function expectedServer({ kind, origin, serverHostname }, accountId) {
    if (kind !== 'account')
        return `${origin}/oidc`;
    if (accountId !== undefined)
        return `${origin}/oidc/accounts/${accountId}`;
    throw new errors/* ActionError */.lZ('ACCOUNT_ID_MISSING', `A token for ${serverHostname} is made for one account.`);
}
const fixedTokenEndpoint = (server) => new URL(`${server}/v1/token`);
async function discover(send, { host, accountId, withinSeconds, notice, warning }) {
    const read = documentReader(send, withinSeconds);
    const isUnified = host.kind === 'unified';
    async function readUnified() {
        const { HOST_CONFIG, readHostConfig } = await __webpack_require__.e(/* import() */ 304).then(__webpack_require__.bind(__webpack_require__, 3304));
        const url = new URL(`${host.origin}/.well-known/databricks-config`);
        const config = await read('Host configuration', url, HOST_CONFIG);
        if ('failure' in config)
            throw config.failure;
        return readHostConfig(config.document, host, accountId);
    }
    const { server, ...told } = isUnified ? await readUnified() : { server: expectedServer(host, accountId) };
    const purpose = 'Authorization server metadata';
    const url = new URL(`${server}/.well-known/oauth-authorization-server`);
    const reading = await read(purpose, url, SERVER_METADATA);
    if ('failure' in reading) {
        if (isUnified)
            throw reading.failure;
        const tokenEndpoint = fixedTokenEndpoint(server);
        warning(reading.failure.message);
        warning(`${purpose} could not be read; going on with the fixed token endpoint ${tokenEndpoint.href}`);
        return { tokenEndpoint };
    }
    const { document } = reading;
    const namesIssuer = document.issuer !== undefined;
    if (namesIssuer)
        checkIssuer(document, server, warning);
    const tokenEndpoint = checkTokenEndpoint(document, host);
    if (!namesIssuer)
        checkWithoutIssuer(tokenEndpoint, host, server, notice);
    (0,account_in_path/* checkAccountIn */.h)(tokenEndpoint, accountId, `The token endpoint of ${host.origin}`);
    return { ...told, tokenEndpoint };
}

;// CONCATENATED MODULE: ./lib/src/federation/audience.js

function candidateAudiences({ host, accountId, audience, likelyAudience }, metadata) {
    if (audience !== undefined)
        return [audience];
    const published = host.kind === 'unified' ? metadata.defaultAudience : undefined;
    const candidates = [likelyAudience, published, accountId, metadata.tokenEndpoint.href];
    return [...new Set(candidates.filter((candidate) => candidate !== undefined))];
}
function predictedAudience({ host, accountId, audience, likelyAudience }) {
    if (audience !== undefined)
        return audience;
    if (likelyAudience !== undefined)
        return likelyAudience;
    if (host.kind === 'unified')
        return undefined;
    return accountId ?? fixedTokenEndpoint(expectedServer(host, accountId)).href;
}

// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(23);
// EXTERNAL MODULE: ./lib/src/federation/issuer.js
var federation_issuer = __webpack_require__(5828);
;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/lib/buffer_utils.js
const buffer_utils_encoder = new TextEncoder(), decoder = new TextDecoder(), buffer_utils_strictDecoder = new TextDecoder("utf-8", { fatal: !0 }), UINT32_RANGE = (/* unused pure expression or super */ null && (2 ** 32));
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
function writeUInt32BE(buf, value, offset) {
  if (value < 0 || value >= UINT32_RANGE)
    throw new RangeError(`value must be >= 0 and <= ${UINT32_RANGE - 1}. Received ${value}`);
  buf.set([value >>> 24, value >>> 16, value >>> 8, value & 255], offset);
}
function uint64be(value) {
  const high = Math.floor(value / UINT32_RANGE), low = value % UINT32_RANGE, buf = new Uint8Array(8);
  return writeUInt32BE(buf, high, 0), writeUInt32BE(buf, low, 4), buf;
}
function uint32be(value) {
  const buf = new Uint8Array(4);
  return writeUInt32BE(buf, value), buf;
}
const NON_ASCII = /[^\x00-\x7f]/;
function buffer_utils_encode(string) {
  if (typeof string == "string" && string.length >= 128) {
    if (NON_ASCII.test(string))
      throw new TypeError("non-ASCII string encountered in encode()");
    return buffer_utils_encoder.encode(string);
  }
  const bytes = new Uint8Array(string.length);
  for (let i = 0; i < string.length; i++) {
    const code = string.charCodeAt(i);
    if (code > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes[i] = code;
  }
  return bytes;
}
function buffer_utils_encodeBase64(input, url = !1) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = !1) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
  if (url) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes[i] = binary.charCodeAt(i);
  return bytes;
}
async function digest(algorithm, data) {
  const subtleDigest = `SHA-${algorithm.slice(-3)}`;
  return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/base64url.js

const invalid = "The input to be decoded is not correctly encoded.";
function base64url_decode(input) {
  try {
    return decodeBase64(typeof input == "string" ? input : decoder.decode(input), !0);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function base64url_encode(input) {
  return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, !0);
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/lib/validate.js



function assertUint8Array(input, label) {
  if (!(input instanceof Uint8Array))
    throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function isObject(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return !1;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
  return isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(isObject);
}
function isDisjoint(...headers) {
  const parameters = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters.has(parameter))
          return !1;
        parameters.add(parameter);
      }
  return !0;
}
function assertNotSet(value, name) {
  if (value !== void 0)
    throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
  try {
    return decode(value);
  } catch (cause) {
    throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
  }
}
function encodeAsciiMember(value, label, ErrorClass) {
  try {
    return encode(value);
  } catch (cause) {
    throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
  }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message) {
  let parsed;
  try {
    parsed = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
  } catch (cause) {
    throw new ErrorClass(message, { cause });
  }
  if (!isObject(parsed))
    throw new ErrorClass(message);
  return parsed;
}
const JWS_RECOGNIZED = { __proto__: null, b64: !0 }, JWE_RECOGNIZED = { __proto__: null };
function validateAlgorithms(option, algorithms) {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
    throw new TypeError(`"${option}" option must be an array of strings`);
  return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return !0;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed;
  try {
    serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!isObject(parsed))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed, serialized];
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/errors.js
class JOSEError extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message, options) {
    super(message, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
}
class JWTClaimValidationFailed extends JOSEError {
  static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JWTExpired extends JOSEError {
  static code = "ERR_JWT_EXPIRED";
  code = "ERR_JWT_EXPIRED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JOSEAlgNotAllowed extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JOSE_ALG_NOT_ALLOWED"));
  code = "ERR_JOSE_ALG_NOT_ALLOWED";
}
class errors_JOSENotSupported extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JOSE_NOT_SUPPORTED"));
  code = "ERR_JOSE_NOT_SUPPORTED";
}
class JWEDecryptionFailed extends JOSEError {
  static code = "ERR_JWE_DECRYPTION_FAILED";
  code = "ERR_JWE_DECRYPTION_FAILED";
  constructor(message = "decryption operation failed", options) {
    super(message, options);
  }
}
class JWEInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWE_INVALID"));
  code = "ERR_JWE_INVALID";
}
class errors_JWSInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWS_INVALID"));
  code = "ERR_JWS_INVALID";
}
class JWTInvalid extends JOSEError {
  static code = "ERR_JWT_INVALID";
  code = "ERR_JWT_INVALID";
}
class JWKInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWK_INVALID"));
  code = "ERR_JWK_INVALID";
}
class JWKSInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWKS_INVALID"));
  code = "ERR_JWKS_INVALID";
}
class JWKSNoMatchingKey extends JOSEError {
  static code = "ERR_JWKS_NO_MATCHING_KEY";
  code = "ERR_JWKS_NO_MATCHING_KEY";
  constructor(message = "no applicable key found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSMultipleMatchingKeys extends JOSEError {
  [Symbol.asyncIterator] = async function* () {
  };
  static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  constructor(message = "multiple matching keys found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSTimeout extends JOSEError {
  static code = "ERR_JWKS_TIMEOUT";
  code = "ERR_JWKS_TIMEOUT";
  constructor(message = "request timed out", options) {
    super(message, options);
  }
}
class JWSSignatureVerificationFailed extends JOSEError {
  static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  constructor(message = "signature verification failed", options) {
    super(message, options);
  }
}


;// CONCATENATED MODULE: ./node_modules/jose/dist/webapi/util/decode_jwt.js




function decodeJwt(jwt) {
  if (typeof jwt != "string")
    throw new JWTInvalid("JWTs must use Compact JWS serialization, JWT must be a string");
  const { 1: encodedPayload, length } = jwt.split(".");
  if (length === 5)
    throw new JWTInvalid("Only JWTs using Compact JWS serialization can be decoded");
  if (length !== 3)
    throw new JWTInvalid("Invalid JWT");
  if (!encodedPayload)
    throw new JWTInvalid("JWTs must contain a payload");
  let claimsSetBytes;
  try {
    claimsSetBytes = base64url_decode(encodedPayload);
  } catch (cause) {
    throw new JWTInvalid("Failed to base64url decode the payload", { cause });
  }
  let claimsSet;
  try {
    claimsSet = JSON.parse(buffer_utils_strictDecoder.decode(claimsSetBytes));
  } catch (cause) {
    throw new JWTInvalid("Failed to parse the decoded payload as JSON", { cause });
  }
  if (!isObject(claimsSet))
    throw new JWTInvalid("Invalid JWT Claims Set");
  return claimsSet;
}


;// CONCATENATED MODULE: ./lib/src/federation/disclosed-claims.js
const TEXTS = {
    iss: true,
    sub: true,
    repository: true,
    repository_owner: true,
    repository_id: true,
    repository_owner_id: true,
    environment: true,
    event_name: true,
    ref: true,
    ref_type: true,
    job_workflow_ref: true,
    workflow_ref: true,
};
const SUBJECT_CLAIMS = { ...TEXTS, aud: true, exp: true, nbf: true };
function disclosedClaimsOf(claims) {
    const texts = Object.keys(TEXTS).flatMap((name) => {
        const claim = claims[name];
        return typeof claim === 'string' && claim !== '' ? [[name, claim]] : [];
    });
    const { aud, exp } = claims;
    return {
        ...Object.fromEntries(texts),
        aud: [aud].flat().filter((entry) => typeof entry === 'string'),
        exp: typeof exp === 'number' ? exp : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/subject-token.js






const CLOCK_TOLERANCE_SECONDS = 60;
function subject_token_decode(token) {
    if (/^dapi[0-9a-f]/i.test(token)) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token is a personal access token of Databricks, which is not exchanged.', { advice: 'Remove subject_token to log in with the ID token of GitHub, and delete the stored secret.' });
    }
    try {
        if (!/^[\w.=-]+$/.test(token))
            throw new TypeError('not of the characters of a JWT');
        return (0,json/* readMembers */.mo)(decodeJwt(token), SUBJECT_CLAIMS);
    }
    catch (cause) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token is not a JWT.', { cause });
    }
}
function subject_token_readSubjectToken(jwt, now) {
    const all = subject_token_decode(jwt);
    const { iss, sub, exp, nbf } = all;
    if (typeof iss !== 'string' || iss === '') {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', 'The subject token names no issuer (claim iss).');
    }
    if (!(0,time/* isTime */.K8)(exp)) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_INVALID', `The subject token of ${(0,src_text/* printable */.g$)(iss)} has no expiry in seconds since 1970 (claim exp).`);
    }
    if ((0,time/* secondsUntil */.Ch)(exp, now) <= 0) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_EXPIRED', `The subject token of ${(0,src_text/* printable */.g$)(iss)} expired at ${(0,time/* formatTime */.fU)(exp)}.`);
    }
    if ((0,time/* isTime */.K8)(nbf) && (0,time/* secondsUntil */.Ch)(nbf, now) > CLOCK_TOLERANCE_SECONDS) {
        throw new errors/* ActionError */.lZ('SUBJECT_TOKEN_NOT_YET_VALID', `The subject token of ${(0,src_text/* printable */.g$)(iss)} is valid from ${(0,time/* formatTime */.fU)(nbf)} on; here it is ${(0,time/* formatTime */.fU)(now)}.`);
    }
    return {
        jwt,
        disclosedClaims: disclosedClaimsOf(all),
        claims: { issuer: iss, subject: typeof sub === 'string' ? sub : undefined, expiresAt: exp },
    };
}
const ACCESS_CLAIMS = { iss: true, sub: true, exp: true };
function peekAccessToken(token) {
    try {
        const { iss, sub, exp } = (0,json/* readMembers */.mo)(decodeJwt(token), ACCESS_CLAIMS);
        return {
            ...(typeof iss === 'string' ? { issuer: iss } : {}),
            ...(typeof sub === 'string' ? { subject: sub } : {}),
            ...((0,time/* isTime */.K8)(exp) ? { expiresAt: exp } : {}),
        };
    }
    catch {
        return {};
    }
}
const RENEW_BELOW_SECONDS = 60;
function renewedSubjectTokens(request, now) {
    const kept = new Map();
    return async (audience) => {
        const known = kept.get(audience);
        if (known !== undefined && (0,time/* secondsUntil */.Ch)(known.claims.expiresAt, now()) >= RENEW_BELOW_SECONDS)
            return known;
        const token = subject_token_readSubjectToken(await request(audience), now());
        kept.set(audience, token);
        return token;
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/access-token.js




const TOKEN_ANSWER = { access_token: true, token_type: true, expires_in: true, scope: true };
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const SCOPES = /^[\w.:/ -]*$/;
const MIN_TOKEN_LENGTH = 10;
const MAX_TOKEN_LENGTH = 16_384;
const access_token_invalid = (found) => new errors/* ActionError */.lZ('EXCHANGE_INVALID', `The answer to the token exchange ${found}.`);
function lifetime(expiresIn) {
    if (expiresIn === undefined)
        return undefined;
    const numeric = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn));
    const seconds = numeric ? Number(expiresIn) : Number.NaN;
    if (!Number.isFinite(seconds) || seconds <= 0)
        throw access_token_invalid('has an expires_in that is not a positive number');
    return seconds;
}
function isOfSubjectIssuer(accessToken, { jwt, claims }) {
    if (accessToken === jwt)
        return true;
    const { issuer } = peekAccessToken(accessToken);
    if (issuer === undefined)
        return false;
    return (0,federation_issuer/* isGitHub */.Wz)(issuer) || (issuer === claims.issuer && (0,federation_issuer/* identityProvider */.K$)(issuer) !== 'databricks');
}
function readToken({ access_token }, { sent, mask }) {
    if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH)
        throw access_token_invalid('holds no access_token');
    mask(access_token);
    if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
        throw access_token_invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)');
    }
    if (isOfSubjectIssuer(access_token, sent))
        throw access_token_invalid('holds a token of whoever issued the subject token');
    return access_token;
}
function readAccessToken(document, options) {
    const accessToken = readToken(document, options);
    const { token_type, expires_in, scope = options.scope } = document;
    if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
        throw access_token_invalid('has a token_type other than Bearer');
    }
    if (typeof scope !== 'string' || !SCOPES.test(scope))
        throw access_token_invalid('has a scope that is not a list of scopes');
    const { now, sent } = options;
    const seconds = lifetime(expires_in);
    const own = peekAccessToken(accessToken).expiresAt;
    const told = seconds === undefined ? undefined : Math.min((0,time/* secondsAfter */._I)(now, seconds), time/* LAST_TIME */.zq);
    const known = [own, told].filter((time) => time !== undefined);
    const expiresAt = Math.floor(known.length > 0 ? Math.min(...known) : sent.claims.expiresAt);
    const left = (0,time/* secondsUntil */.Ch)(expiresAt, now);
    if (left <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* ActionError */.lZ('TOKEN_TOO_SHORT', `The access token ends at ${(0,time/* formatTime */.fU)(expiresAt)}, in ${Math.floor(left)} s; ${time/* UNUSABLE_SECONDS */.i} s are too few to use it.`);
    }
    return { accessToken, expiresAt, scope };
}

// EXTERNAL MODULE: ./lib/src/federation/exchange-refused.js
var exchange_refused = __webpack_require__(3979);
;// CONCATENATED MODULE: ./lib/src/federation/exchange.js






const TOKEN_ERROR = { error: true, error_description: true, error_id: true };
function exchange_form({ clientId, groupId, scope }, { jwt }) {
    return new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: jwt,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        scope,
        ...(clientId === undefined ? {} : { client_id: clientId }),
        ...(groupId === undefined ? {} : { assume_group: groupId }),
    }).toString();
}
const REFUSAL_CODES = {
    refused: 'EXCHANGE_REFUSED',
    forbidden: 'EXCHANGE_FORBIDDEN',
    missing: 'EXCHANGE_NOT_FOUND',
};
function oauthError({ body }) {
    const { error, error_description, error_id } = (0,json/* membersIn */.Jp)(body, TOKEN_ERROR);
    const parts = [error, error_description, error_id].filter((part) => typeof part === 'string');
    return { error: typeof error === 'string' ? error : undefined, text: parts.join(': ') || body };
}
function refusal(answer) {
    const { request, status } = answer;
    const code = REFUSAL_CODES[(0,http_status/* outcomeOf */.s)(status)] ?? 'EXCHANGE_INVALID';
    const { error, text } = oauthError(answer);
    const serverText = status < 400 ? undefined : text;
    const happened = `${request.purpose}: ${request.url.host} answered ${status}`;
    if (code === 'EXCHANGE_REFUSED') {
        const refused = { claims: request.sent.disclosedClaims, status, error };
        return new exchange_refused/* ExchangeRefused */.a(`${happened}.`, { serverText, refused: [refused] });
    }
    const details = {
        EXCHANGE_NOT_FOUND: ` at ${request.url.pathname}.`,
        EXCHANGE_INVALID: ', which is no answer to an exchange.',
    };
    return new errors/* ActionError */.lZ(code, happened + (details[code] ?? '.'), { serverText });
}
async function exchange(send, options) {
    const answer = await send(async () => {
        const sent = await options.nextSubjectToken();
        return {
            purpose: 'Token exchange',
            method: 'POST',
            url: options.tokenEndpoint,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: exchange_form(options, sent),
            sent,
        };
    });
    if ((0,http_status/* outcomeOf */.s)(answer.status) !== 'success')
        throw refusal(answer);
    const { sent } = answer.request;
    const { scope, mask, now } = options;
    return {
        issued: readAccessToken((0,json_answer/* jsonObject */.o)(answer, TOKEN_ANSWER, 'EXCHANGE_INVALID'), { sent, scope, mask, now: now() }),
        sent,
    };
}
async function exchangeInTurn(send, options) {
    const { candidates, tokenFor, info, notice } = options;
    const refused = [];
    for (const [index, audience] of candidates.entries()) {
        try {
            const nextSubjectToken = () => tokenFor(audience);
            const exchanged = await exchange(send, { ...options, nextSubjectToken });
            if (index > 0)
                notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`);
            return { ...exchanged, audience };
        }
        catch (thrown) {
            if (!(thrown instanceof exchange_refused/* ExchangeRefused */.a))
                throw thrown;
            refused.push(...thrown.refused);
            if (index === candidates.length - 1) {
                const { message, serverText } = thrown;
                throw new exchange_refused/* ExchangeRefused */.a(message, { serverText, refused, publishedAccountId: options.publishedAccountId });
            }
            info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`);
        }
    }
    throw new errors/* ActionError */.lZ('UNEXPECTED', 'There is no audience to ask for.');
}

;// CONCATENATED MODULE: ./lib/src/federation/federate.js








const loginOf = (host, { claims }, discovered) => ({
    host,
    workspaceId: host.workspaceId ?? discovered?.workspaceId,
    identityProvider: (0,federation_issuer/* identityProvider */.K$)(claims.issuer),
    subject: claims.subject,
});
function useAsItIs(token, { host, scope }, now, discovered) {
    const { jwt: accessToken, claims } = token;
    if ((0,time/* secondsUntil */.Ch)(claims.expiresAt, now) <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* ActionError */.lZ('TOKEN_TOO_SHORT', `The subject token ends at ${(0,time/* formatTime */.fU)(claims.expiresAt)}.`);
    }
    const expiresAt = Math.floor(claims.expiresAt);
    return { ...loginOf(host, token, discovered), accessToken, expiresAt, scope, exchanged: false };
}
const discoverFor = (options, { send, notice, warning }) => discover(send, {
    host: options.host,
    accountId: options.accountId,
    withinSeconds: options.timeoutSeconds / 2,
    notice,
    warning,
});
async function federateWithRunner(options, effects) {
    const { send, requestIdToken, mask, info, notice, now } = effects;
    const { clientId, groupId, scope } = options;
    const tokenFor = renewedSubjectTokens(requestIdToken, now);
    const predicted = predictedAudience(options);
    const [discovered] = await Promise.all([
        discoverFor(options, effects),
        predicted === undefined ? undefined : tokenFor(predicted),
    ]);
    const { issued, sent, audience } = await exchangeInTurn(send, {
        candidates: candidateAudiences(options, discovered),
        tokenFor,
        tokenEndpoint: discovered.tokenEndpoint,
        clientId,
        groupId,
        scope,
        publishedAccountId: discovered.accountId,
        mask,
        info,
        notice,
        now,
    });
    return { ...loginOf(options.host, sent, discovered), ...issued, exchanged: true, audience };
}
const mayFallBack = (thrown, { onExchangeFailure }) => onExchangeFailure === 'use_subject_token' &&
    thrown instanceof errors/* ActionError */.lZ &&
    ['EXCHANGE_REFUSED', 'EXCHANGE_NOT_FOUND'].includes(thrown.code);
async function federateWithGiven(jwt, options, effects) {
    const { send, mask, now, warning, info } = effects;
    const { host, clientId, groupId, scope } = options;
    const token = subject_token_readSubjectToken(jwt, now());
    const issuer = (0,src_text/* printable */.g$)(token.claims.issuer);
    const mayBeResult = groupId === undefined && !(0,federation_issuer/* isGitHub */.Wz)(token.claims.issuer);
    const isOwn = (0,federation_issuer/* isSameIssuer */.EZ)(token.claims.issuer, host);
    if (mayBeResult && isOwn) {
        info(`The subject token was issued by ${host.serverHostname} itself and is used as it is.`);
        return useAsItIs(token, options, now());
    }
    if (!isOwn && (0,federation_issuer/* identityProvider */.K$)(token.claims.issuer) === 'databricks') {
        warning(`The subject token is a Databricks token of ${issuer}, not of ${host.origin}.`);
    }
    const discovered = await discoverFor(options, effects);
    const nextSubjectToken = () => Promise.resolve(token);
    try {
        const { tokenEndpoint } = discovered;
        const { issued } = await exchange(send, { tokenEndpoint, clientId, groupId, scope, nextSubjectToken, mask, now });
        return { ...loginOf(host, token, discovered), ...issued, exchanged: true };
    }
    catch (thrown) {
        if (!mayBeResult || !mayFallBack(thrown, options))
            throw thrown;
        warning(`${thrown.message}\nThe original token of ${issuer} is handed on, as on_exchange_failure asks.`);
        return useAsItIs(token, options, now(), discovered);
    }
}
function federate(options, effects) {
    const { subjectToken } = options;
    return subjectToken === undefined
        ? federateWithRunner(options, effects)
        : federateWithGiven(subjectToken, options, effects);
}

// EXTERNAL MODULE: ./lib/src/http/connections.js + 1 modules
var connections = __webpack_require__(5873);
;// CONCATENATED MODULE: ./lib/src/runner/id-token.js




const ID_TOKEN_ANSWER = { value: true };
function id_token_findIdTokenService(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    if (address === '' || requestToken === '') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_PERMISSION_MISSING', 'This job may not ask GitHub for an ID token.');
    }
    const url = URL.parse(address);
    if (url === null) {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL.');
    }
    if (!(0,src_url/* isSecure */.Ut)(url)) {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', `ACTIONS_ID_TOKEN_REQUEST_URL is ${url.protocol}//, which is not https.`);
    }
    return { url: (0,src_url/* withoutTrailingDot */.Ac)(url), requestToken };
}
async function id_token_requestIdToken({ url, requestToken }, { audience, send, mask }) {
    const withAudience = new URL(url);
    withAudience.searchParams.set('audience', audience);
    const answer = await send(() => ({
        purpose: 'ID token request',
        method: 'GET',
        url: withAudience,
        headers: { authorization: `Bearer ${requestToken}` },
    }));
    const { status, body } = answer;
    if ((0,http_status/* outcomeOf */.s)(status) !== 'success') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', `GitHub answered ${status} to the request for an ID token.`, {
            serverText: status < 400 ? undefined : body,
        });
    }
    const { value } = (0,json_answer/* jsonObject */.o)(answer, ID_TOKEN_ANSWER);
    if (typeof value !== 'string' || value === '') {
        throw new errors/* ActionError */.lZ('ID_TOKEN_REFUSED', 'GitHub answered the request for an ID token without one.');
    }
    mask(value);
    return value;
}

// EXTERNAL MODULE: ./lib/src/runner/version.js
var version = __webpack_require__(652);
;// CONCATENATED MODULE: ./lib/src/log-in.js







function watchClock(send) {
    let ahead;
    return {
        clockSkewSeconds: () => ahead,
        send: async (make, withinSeconds) => {
            const answer = await send(make, withinSeconds);
            const told = Date.parse(answer.date ?? '') / 1000;
            if (Number.isFinite(told))
                ahead = (0,time/* secondsUntil */.Ch)((0,time/* secondsNow */.aL)(), told);
            return answer;
        },
    };
}
async function checkIdTokenPermission(environment) {
    try {
        id_token_findIdTokenService(environment);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ) || thrown.code !== 'ID_TOKEN_PERMISSION_MISSING')
            throw thrown;
        const { missingPermission } = await __webpack_require__.e(/* import() */ 869).then(__webpack_require__.bind(__webpack_require__, 8869));
        throw missingPermission(environment);
    }
}
async function explained(failure, options, environment, clockSkewSeconds) {
    const [{ explain }, { explainedFailure }, { undeclaredInputs }] = await Promise.all([
        __webpack_require__.e(/* import() */ 956).then(__webpack_require__.bind(__webpack_require__, 8956)),
        Promise.all(/* import() */[__webpack_require__.e(956), __webpack_require__.e(316)]).then(__webpack_require__.bind(__webpack_require__, 6316)),
        __webpack_require__.e(/* import() */ 796).then(__webpack_require__.bind(__webpack_require__, 1796)),
    ]);
    const undeclared = undeclaredInputs(environment);
    const { GITHUB_EVENT_NAME: eventName } = environment;
    const explanation = explain(failure, options, { undeclared, eventName, clockSkewSeconds, now: (0,time/* secondsNow */.aL)() });
    return explanation === undefined ? failure : explainedFailure(failure, explanation);
}
async function logIn(options, { environment, log, random, clock }) {
    const { mask, info, notice, warning, debug } = log;
    const { timeoutSeconds } = options;
    const { send: sendOnly, close } = (0,connections/* openConnections */.q)({
        userAgent: version/* USER_AGENT */._,
        timeoutSeconds,
        info,
        debug,
        random,
        clock,
    });
    const { send, clockSkewSeconds } = watchClock(sendOnly);
    const askRunner = async (audience) => {
        await checkIdTokenPermission(environment);
        return id_token_requestIdToken(id_token_findIdTokenService(environment), { audience, send, mask });
    };
    try {
        const login = await federate(options, {
            send,
            requestIdToken: askRunner,
            mask,
            info,
            notice,
            warning,
            now: time/* secondsNow */.aL,
        });
        if (options.verify !== true)
            return login;
        const [{ askPrincipal }, { compareWhereabouts }] = await Promise.all([
            __webpack_require__.e(/* import() */ 537).then(__webpack_require__.bind(__webpack_require__, 537)),
            __webpack_require__.e(/* import() */ 798).then(__webpack_require__.bind(__webpack_require__, 798)),
        ]);
        const { host, accessToken, workspaceId, scope } = login;
        const principal = await askPrincipal(send, { host, accessToken, workspaceId, scope, warning });
        const { accountId } = options;
        await compareWhereabouts(send, { host, accessToken, accountId, workspaceId, notice });
        return { ...login, principal };
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ))
            throw thrown;
        throw await explained(thrown, options, environment, clockSkewSeconds());
    }
    finally {
        close();
    }
}
async function dryRun(options, { environment, log }) {
    const { host, clientId, accountId, audience, subjectToken, timeoutSeconds } = options;
    const { mask, info, debug } = log;
    const { send, close } = openConnections({ userAgent: USER_AGENT, timeoutSeconds, info, debug });
    try {
        const asked = { audience: audience ?? accountId ?? host?.origin ?? 'databricks', send, mask };
        const jwt = subjectToken ?? (await requestIdToken(findIdTokenService(environment), asked));
        const now = secondsNow();
        const { disclosedClaims } = readSubjectToken(jwt, now);
        const { tellDryRun } = await Promise.all(/* import() */[__webpack_require__.e(956), __webpack_require__.e(316)]).then(__webpack_require__.bind(__webpack_require__, 6316));
        const isSubjectTokenGiven = subjectToken !== undefined;
        const known = { host, clientId, accountId, audience, disclosedClaims, isSubjectTokenGiven, now };
        tellDryRun(known, environment, log);
    }
    finally {
        close();
    }
}


/***/ })

};
;