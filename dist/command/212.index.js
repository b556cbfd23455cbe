export const id = 212;
export const ids = [212];
export const modules = {

/***/ 18:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logIn: () => (/* binding */ logIn)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(71);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(149);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __webpack_require__(118);
;// CONCATENATED MODULE: ./lib/src/http/json.js

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function nameOf(value) {
    if (Array.isArray(value))
        return 'an array';
    return value === null ? 'null' : typeof value;
}
function jsonObject({ request: { purpose, url }, contentType, body }, code = 'ANSWER_INVALID') {
    const refuse = (found, serverText) => new errors/* LoginError */.Qd(code, `${purpose}: a JSON object was expected of ${url.host}, which sent ${found}.`, {
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
    if (!isObject(parsed))
        throw refuse(nameOf(parsed));
    return parsed;
}

;// CONCATENATED MODULE: ./lib/src/http/status.js
const MEANINGS = new Map([
    [200, 'success'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'forbidden'],
    [404, 'missing'],
    [408, 'passing'],
    [429, 'limited'],
    [500, 'passing'],
    [502, 'passing'],
    [503, 'passing'],
    [504, 'passing'],
]);
function meaningOf(status) {
    const known = MEANINGS.get(status);
    if (known !== undefined)
        return known;
    if (status >= 300 && status <= 399)
        return 'redirect';
    return status >= 500 ? 'broken' : 'other';
}
const mayPass = (status) => ['passing', 'limited'].includes(meaningOf(status));

;// CONCATENATED MODULE: ./lib/src/federation/document.js



const UNREADABLE_CODES = ['SERVER_UNAVAILABLE', 'NETWORK_FAILED', 'TIMED_OUT'];
function documentReader(send, withinSeconds, warn) {
    const endsAt = Date.now() + withinSeconds * 1000;
    return async (purpose, url) => {
        const secondsLeft = (endsAt - Date.now()) / 1000;
        const answer = await send(() => ({ purpose, method: 'GET', url }), secondsLeft).catch((thrown) => {
            if (!(thrown instanceof errors/* LoginError */.Qd) || !UNREADABLE_CODES.includes(thrown.code))
                throw thrown;
            warn(thrown.message);
        });
        if (answer === undefined)
            return undefined;
        const { status, body } = answer;
        if (['missing', 'broken'].includes(meaningOf(status))) {
            warn(`${purpose}: ${url.host} answered ${status}.`);
            return undefined;
        }
        if (meaningOf(status) !== 'success') {
            const happened = `${purpose}: 200 was expected of ${url.host}, which answered ${status}.`;
            throw new errors/* LoginError */.Qd('METADATA_REFUSED', happened, { serverText: body });
        }
        return jsonObject(answer, 'METADATA_INVALID');
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/unified-host.js


function serverOf({ oidc_endpoint }, host, accountId) {
    const refuse = (found) => new errors/* LoginError */.Qd('METADATA_INVALID', `The configuration of ${host.origin} ${found}.`);
    if (typeof oidc_endpoint !== 'string')
        throw refuse('names no oidc_endpoint');
    if (oidc_endpoint.includes('{account_id}') && accountId === undefined) {
        throw new errors/* LoginError */.Qd('ACCOUNT_ID_MISSING', `The configuration of ${host.origin} leaves the account open, and names none that is a UUID.`);
    }
    const url = URL.parse(oidc_endpoint.replaceAll('{account_id}', accountId ?? ''));
    if (url === null)
        throw refuse('names an oidc_endpoint that is not a URL');
    if (!(0,src_host/* isTrusted */.W2)(url, host)) {
        throw new errors/* LoginError */.Qd('METADATA_UNTRUSTED', `The configuration of ${host.origin} points to ${url.protocol}//${url.host}, which is neither that host nor Databricks'.`);
    }
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
function audienceOf({ token_federation_default_oidc_audiences: audiences }, host) {
    const first = Array.isArray(audiences) ? audiences[0] : undefined;
    if (typeof first !== 'string')
        return undefined;
    return (0,src_host/* isUuid */.O1)(first) || URL.parse(first)?.origin === host.origin ? first : undefined;
}
const idText = (id) => {
    const text = typeof id === 'number' ? String(id) : id;
    return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : undefined;
};
async function readHostConfig(read, host, givenAccountId) {
    const document = await read('Host configuration', new URL(`${host.origin}/.well-known/databricks-config`));
    if (document === undefined)
        return {};
    const published = idText(document['account_id']);
    const accountId = published !== undefined && (0,src_host/* isUuid */.O1)(published) ? published : undefined;
    const workspaceId = idText(document['workspace_id']);
    const defaultAudience = audienceOf(document, host);
    return {
        server: serverOf(document, host, givenAccountId ?? accountId),
        ...(accountId === undefined ? {} : { accountId }),
        ...(workspaceId === undefined ? {} : { workspaceId }),
        ...(defaultAudience === undefined ? {} : { defaultAudience }),
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/discovery.js




function checkIssuer({ issuer }, expected, warn) {
    if (typeof issuer !== 'string') {
        throw new errors/* LoginError */.Qd('METADATA_INVALID', `The metadata of ${expected} names no issuer.`);
    }
    if (issuer === expected)
        return;
    const found = `The metadata that ${expected} publishes names another issuer`;
    const url = URL.parse(issuer);
    if (url === null || url.protocol !== 'https:' || !(0,src_host/* isDatabricksDomain */.nW)((0,src_host/* hostnameOf */.LZ)(url))) {
        throw new errors/* LoginError */.Qd('METADATA_UNTRUSTED', `${found}, outside Databricks' domains.`, {
            serverText: issuer,
        });
    }
    warn(`${found}: ${url.href}`);
}
function checkTokenEndpoint({ token_endpoint }, host) {
    const url = typeof token_endpoint === 'string' ? URL.parse(token_endpoint) : null;
    if (url === null || url.pathname.includes('%7B')) {
        throw new errors/* LoginError */.Qd('METADATA_INVALID', `The metadata of ${host.origin} names no token endpoint that is a URL.`);
    }
    if (!(0,src_host/* isTrusted */.W2)(url, host)) {
        throw new errors/* LoginError */.Qd('METADATA_UNTRUSTED', `The metadata of ${host.origin} names a token endpoint at ${url.protocol}//${url.host}, which is not that host.`);
    }
    return url;
}
const accountRoot = ({ origin }, accountId) => `${origin}/oidc/accounts/${accountId}`;
function expectedServer(host, accountId) {
    if (host.kind === 'workspace' || host.kind === 'unknown')
        return `${host.origin}/oidc`;
    if (accountId !== undefined)
        return accountRoot(host, accountId);
    throw new errors/* LoginError */.Qd('ACCOUNT_ID_MISSING', `A token for ${host.serverHostname} is made for one account.`);
}
const fixedTokenEndpoint = (server) => new URL(`${server}/v1/token`);
async function discover(send, options) {
    const { host, warn } = options;
    const read = documentReader(send, options.withinSeconds, warn);
    const config = host.kind === 'unified' ? await readHostConfig(read, host, options.accountId) : {};
    const accountId = options.accountId ?? config.accountId;
    const server = config.server ?? expectedServer(host, accountId);
    const purpose = 'Authorization server metadata';
    const document = await read(purpose, new URL(`${server}/.well-known/oauth-authorization-server`));
    if (document === undefined) {
        const tokenEndpoint = fixedTokenEndpoint(expectedServer(host, accountId));
        warn(`${purpose} could not be read; going on with the fixed token endpoint ${tokenEndpoint.href}`);
        return { ...config, tokenEndpoint };
    }
    checkIssuer(document, server, warn);
    return { ...config, tokenEndpoint: checkTokenEndpoint(document, host) };
}

;// CONCATENATED MODULE: ./lib/src/federation/audience.js

function candidateAudiences({ host, accountId, audience }, metadata) {
    if (audience !== undefined)
        return [audience];
    const published = host.kind === 'unified' ? metadata.defaultAudience : undefined;
    const candidates = [published, accountId ?? metadata.accountId, metadata.tokenEndpoint.href];
    return [...new Set(candidates.filter((candidate) => candidate !== undefined))];
}
function predictedAudience({ host, accountId, audience }) {
    if (audience !== undefined)
        return audience;
    if (host.kind === 'unified')
        return undefined;
    return accountId ?? fixedTokenEndpoint(expectedServer(host, accountId)).href;
}

// EXTERNAL MODULE: ./node_modules/jose/dist/webapi/util/decode_jwt.js + 4 modules
var decode_jwt = __webpack_require__(937);
;// CONCATENATED MODULE: ./lib/src/federation/claims.js




const CLOCK_TOLERANCE_SECONDS = 60;
function decode(token) {
    if (/^dapi[0-9a-f]/i.test(token)) {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_INVALID', 'The subject token is a personal access token of Databricks, which is not exchanged.', { advice: 'Remove subject_token to log in with the ID token of GitHub, and delete the stored secret.' });
    }
    try {
        return (0,decode_jwt/* decodeJwt */.i)(token);
    }
    catch (cause) {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_INVALID', 'The subject token is not a JWT.', { cause });
    }
}
function readSubjectToken(jwt, now) {
    const { iss, sub, aud, exp, nbf } = decode(jwt);
    if (typeof iss !== 'string' || iss === '') {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_INVALID', 'The subject token names no issuer (claim iss).');
    }
    if (!(0,time/* isTime */.K8)(exp)) {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_INVALID', `The subject token of ${(0,errors/* printable */.g$)(iss)} has no expiry in seconds since 1970 (claim exp).`);
    }
    if (exp <= now) {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_EXPIRED', `The subject token of ${(0,errors/* printable */.g$)(iss)} expired at ${(0,time/* formatTime */.fU)(exp)}.`);
    }
    if ((0,time/* isTime */.K8)(nbf) && nbf > now + CLOCK_TOLERANCE_SECONDS) {
        throw new errors/* LoginError */.Qd('SUBJECT_TOKEN_NOT_YET_VALID', `The subject token of ${(0,errors/* printable */.g$)(iss)} is valid from ${(0,time/* formatTime */.fU)(nbf)} on; here it is ${(0,time/* formatTime */.fU)(now)}.`);
    }
    const audience = (Array.isArray(aud) ? aud : [aud]).filter((entry) => typeof entry === 'string');
    return {
        jwt,
        claims: { issuer: iss, subject: typeof sub === 'string' ? sub : undefined, audience, expiresAt: exp },
    };
}
function peekAccessToken(token) {
    try {
        const { sub, exp } = (0,decode_jwt/* decodeJwt */.i)(token);
        return {
            ...(typeof sub === 'string' ? { subject: sub } : {}),
            ...((0,time/* isTime */.K8)(exp) ? { expiresAt: exp } : {}),
        };
    }
    catch {
        return {};
    }
}
function isSameIssuer(issuer, host) {
    const issuerUrl = URL.parse(issuer);
    const hostUrl = new URL(host.origin);
    if (issuerUrl === null || !(0,src_host/* isSecure */.Ut)(issuerUrl))
        return false;
    if ((0,src_host/* isLoopback */.U9)((0,src_host/* hostnameOf */.LZ)(hostUrl)) && issuerUrl.port !== hostUrl.port)
        return false;
    return (0,src_host/* hostnameOf */.LZ)(issuerUrl) === (0,src_host/* hostnameOf */.LZ)(hostUrl);
}

;// CONCATENATED MODULE: ./lib/src/federation/access-token.js



const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e ]*$/;
const MIN_TOKEN_LENGTH = 10;
const MAX_TOKEN_LENGTH = 16_384;
const invalid = (found) => new errors/* LoginError */.Qd('EXCHANGE_INVALID', `The answer to the token exchange ${found}.`);
function lifetime(expiresIn) {
    if (expiresIn === undefined)
        return undefined;
    const numeric = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn));
    const seconds = numeric ? Number(expiresIn) : Number.NaN;
    if (!Number.isFinite(seconds) || seconds <= 0)
        throw invalid('has an expires_in that is not a positive number');
    return seconds;
}
function readToken({ access_token }, { sent, mask }) {
    if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH)
        throw invalid('holds no access_token');
    mask(access_token);
    if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
        throw invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)');
    }
    if (access_token === sent.jwt)
        throw invalid('holds the subject token itself');
    return access_token;
}
function readAccessToken(document, options) {
    const accessToken = readToken(document, options);
    const { token_type, expires_in, scope = options.scope } = document;
    if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
        throw invalid('has a token_type other than Bearer');
    }
    if (typeof scope !== 'string' || !SCOPES.test(scope))
        throw invalid('has a scope that is not a list of scopes');
    const { now, sent } = options;
    const seconds = lifetime(expires_in);
    const own = peekAccessToken(accessToken).expiresAt;
    const told = seconds === undefined ? undefined : Math.min(now + seconds, time/* LAST_TIME */.zq);
    const known = [own, told].filter((time) => time !== undefined);
    const expiresAt = Math.floor(known.length > 0 ? Math.min(...known) : sent.claims.expiresAt);
    if (expiresAt - now <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* LoginError */.Qd('TOKEN_TOO_SHORT', `The access token ends at ${(0,time/* formatTime */.fU)(expiresAt)}, in ${Math.floor(expiresAt - now)} s; ${time/* UNUSABLE_SECONDS */.i} s are too few to use it.`);
    }
    return { accessToken, expiresAt, scope };
}

;// CONCATENATED MODULE: ./lib/src/federation/exchange.js




function exchange_form({ clientId, scope }, { jwt }) {
    return new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: jwt,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        scope,
        ...(clientId === undefined ? {} : { client_id: clientId }),
    }).toString();
}
const REFUSAL_CODES = {
    refused: 'EXCHANGE_REFUSED',
    forbidden: 'EXCHANGE_FORBIDDEN',
    missing: 'EXCHANGE_NOT_FOUND',
};
const errorText = ({ body }) => {
    try {
        const { error, error_description, error_id } = JSON.parse(body);
        return [error, error_description, error_id].filter((part) => typeof part === 'string').join(': ') || body;
    }
    catch {
        return body;
    }
};
const who = ({ clientId }, { claims }) => [
    `issuer    ${(0,errors/* printable */.g$)(claims.issuer)}`,
    `subject   ${(0,errors/* printable */.g$)(claims.subject ?? '(none)')}`,
    `audience  ${(0,errors/* printable */.g$)(claims.audience.join(', ') || '(none)')}`,
    `client id ${clientId ?? '(none: account-wide federation)'}`,
].join('\n');
function refusal(answer, options) {
    const { request, status } = answer;
    const code = REFUSAL_CODES[meaningOf(status)] ?? 'EXCHANGE_INVALID';
    const serverText = status < 400 ? undefined : errorText(answer);
    const happened = `${request.purpose}: ${request.url.host} answered ${status}`;
    const details = {
        EXCHANGE_REFUSED: ` to this token:\n${who(options, request.sent)}`,
        EXCHANGE_NOT_FOUND: ` at ${request.url.pathname}.`,
        EXCHANGE_INVALID: ', which is no answer to an exchange.',
    };
    return new errors/* LoginError */.Qd(code, happened + (details[code] ?? '.'), { serverText });
}
async function exchange(send, options) {
    const answer = await send(async () => {
        const sent = await options.subjectToken();
        return {
            purpose: 'Token exchange',
            method: 'POST',
            url: options.tokenEndpoint,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: exchange_form(options, sent),
            sent,
        };
    });
    if (meaningOf(answer.status) !== 'success')
        throw refusal(answer, options);
    const { sent } = answer.request;
    const { scope, mask, now } = options;
    return { issued: readAccessToken(jsonObject(answer, 'EXCHANGE_INVALID'), { sent, scope, mask, now: now() }), sent };
}
const ACCOUNT_ID_ADVICE = 'No account id is known here, and a federation policy that names no audience wants the account id: set account_id. Otherwise:';
function refusedUnderAll(refusal, { candidates, wantsAccountId }) {
    const { code, message, serverText, advice } = refusal;
    const tried = candidates.length > 1 ? `\nAll audiences tried: ${candidates.join(', ')}` : '';
    const isAlone = wantsAccountId && candidates.length === 1;
    return new errors/* LoginError */.Qd(code, message + tried, {
        serverText,
        advice: isAlone ? `${ACCOUNT_ID_ADVICE}\n${advice}` : advice,
    });
}
async function exchangeInTurn(send, options) {
    const { candidates, tokenFor, tokenEndpoint, clientId, scope, mask, now, info, notice } = options;
    for (const [index, audience] of candidates.entries()) {
        try {
            const subjectToken = () => tokenFor(audience);
            const exchanged = await exchange(send, { tokenEndpoint, clientId, scope, subjectToken, mask, now });
            if (index > 0)
                notice(`The audience ${audience} was accepted. Set it as the input audience to save requests.`);
            return { ...exchanged, audience };
        }
        catch (thrown) {
            if (!(thrown instanceof errors/* LoginError */.Qd) || thrown.code !== 'EXCHANGE_REFUSED')
                throw thrown;
            if (index === candidates.length - 1)
                throw refusedUnderAll(thrown, options);
            info(`The audience ${audience} was refused; trying ${candidates[index + 1]}.`);
        }
    }
    throw new errors/* LoginError */.Qd('UNEXPECTED', 'There is no audience to ask for.');
}

;// CONCATENATED MODULE: ./lib/src/federation/identity-provider.js

const PROVIDERS = [
    ['github', /^token\.actions\.githubusercontent\.com$/],
    ['github', /^token\.actions\.[a-z0-9-]+\.ghe\.com$/],
    ['github', undefined, /^\/_services\/token(\/|$)/],
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
    const url = URL.parse(issuer);
    if (url === null || !(0,src_host/* isSecure */.Ut)(url))
        return 'other';
    const hostname = (0,src_host/* hostnameOf */.LZ)(url);
    if ((0,src_host/* isDatabricksDomain */.nW)(hostname))
        return 'databricks';
    const row = PROVIDERS.find(([, name, path]) => (name?.test(hostname) ?? true) && (path?.test(url.pathname) ?? true));
    return row?.[0] ?? 'other';
}

;// CONCATENATED MODULE: ./lib/src/federation/subject-token.js

const RENEW_BELOW_SECONDS = 60;
function renewedSubjectTokens(request, now) {
    const kept = new Map();
    return async (audience) => {
        const known = kept.get(audience);
        if (known !== undefined && known.claims.expiresAt - now() >= RENEW_BELOW_SECONDS)
            return known;
        const token = readSubjectToken(await request(audience), now());
        kept.set(audience, token);
        return token;
    };
}

;// CONCATENATED MODULE: ./lib/src/federation/federate.js








function loginOf({ options: { host }, token: { claims }, metadata }) {
    return {
        host,
        workspaceId: host.workspaceId ?? metadata?.workspaceId,
        identityProvider: identityProvider(claims.issuer),
        subject: claims.subject,
    };
}
function useAsItIs(token, options, now) {
    const { jwt: accessToken, claims } = token;
    if (claims.expiresAt - now <= time/* UNUSABLE_SECONDS */.i) {
        throw new errors/* LoginError */.Qd('TOKEN_TOO_SHORT', `The subject token ends at ${(0,time/* formatTime */.fU)(claims.expiresAt)}.`);
    }
    const { scope } = options;
    const expiresAt = Math.floor(claims.expiresAt);
    return { ...loginOf({ options, token }), accessToken, expiresAt, scope, exchanged: false };
}
const discoverFor = (options, { send, warn }) => discover(send, {
    host: options.host,
    accountId: options.accountId,
    withinSeconds: options.timeoutSeconds / 2,
    warn,
});
async function federateWithRunner(options, effects) {
    const { send, requestIdToken, mask, info, notice, now } = effects;
    const { accountId, audience: given, clientId, scope } = options;
    const tokenFor = renewedSubjectTokens(requestIdToken, now);
    const predicted = predictedAudience(options);
    const [metadata] = await Promise.all([
        discoverFor(options, effects),
        predicted === undefined ? undefined : tokenFor(predicted),
    ]);
    const { issued, sent, audience } = await exchangeInTurn(send, {
        candidates: candidateAudiences(options, metadata),
        tokenFor,
        tokenEndpoint: metadata.tokenEndpoint,
        clientId,
        scope,
        wantsAccountId: accountId === undefined && given === undefined,
        mask,
        info,
        notice,
        now,
    });
    return { ...loginOf({ options, token: sent, metadata }), ...issued, exchanged: true, audience };
}
const mayFallBack = (thrown, { onExchangeFailure }) => onExchangeFailure === 'use_subject_token' &&
    thrown instanceof errors/* LoginError */.Qd &&
    ['EXCHANGE_REFUSED', 'EXCHANGE_NOT_FOUND'].includes(thrown.code);
async function federateWithGiven(jwt, options, effects) {
    const { send, mask, now, warn, info } = effects;
    const { host, clientId, scope } = options;
    const token = readSubjectToken(jwt, now());
    const issuer = (0,errors/* printable */.g$)(token.claims.issuer);
    const provider = identityProvider(token.claims.issuer);
    if (provider !== 'github' && isSameIssuer(token.claims.issuer, host)) {
        info(`The subject token was issued by ${host.serverHostname} itself and is used as it is.`);
        return useAsItIs(token, options, now());
    }
    if (provider === 'databricks')
        warn(`The subject token is a Databricks token of ${issuer}, not of ${host.origin}.`);
    const metadata = await discoverFor(options, effects);
    const subjectToken = () => Promise.resolve(token);
    try {
        const { tokenEndpoint } = metadata;
        const { issued } = await exchange(send, { tokenEndpoint, clientId, scope, subjectToken, mask, now });
        return { ...loginOf({ options, token, metadata }), ...issued, exchanged: true };
    }
    catch (thrown) {
        if (provider === 'github' || !mayFallBack(thrown, options))
            throw thrown;
        warn(`${thrown.message}\nThe original token of ${issuer} is handed on, as on_exchange_failure asks.`);
        return useAsItIs(token, options, now());
    }
}
function federate(options, effects) {
    const { subjectToken } = options;
    return subjectToken === undefined
        ? federateWithRunner(options, effects)
        : federateWithGiven(subjectToken, options, effects);
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(500);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js
var lib = __webpack_require__(779);
;// CONCATENATED MODULE: ./lib/src/http/fault.js


class Fault extends Error {
    failure;
    transient;
    status;
    limited;
    retryAfterMs;
    constructor(failure, { transient, status, limited = false, retryAfterMs = 0 }) {
        super(failure.message);
        this.name = 'Fault';
        this.failure = failure;
        this.transient = transient;
        this.status = status;
        this.limited = limited;
        this.retryAfterMs = retryAfterMs;
    }
}
const TRANSIENT_CODES = new Set([
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EAI_AGAIN',
    'ERR_STREAM_PREMATURE_CLOSE',
]);
const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO|CRL_|ERROR_IN_|PATH_LENGTH_|INVALID_PURPOSE)/;
const LASTING = { transient: false };
function proxyFault(message, { purpose, url }) {
    if (!/^(tunneling socket could not|got illegal response body from proxy)/.test(message))
        return undefined;
    const proxy = `the proxy on the way to ${url.host}`;
    if (/cause=.*(certificate|altnames)/i.test(message)) {
        return new Fault(new errors/* LoginError */.Qd('TLS_FAILED', `${purpose}: no secure connection to ${proxy}.`), LASTING);
    }
    const status = /statusCode=(\d{3})/.exec(message)?.[1];
    const answer = status === undefined ? 'cannot be reached or broke off' : `answered ${status}`;
    const transient = status === undefined || mayPass(Number(status));
    return new Fault(new errors/* LoginError */.Qd('PROXY_FAILED', `${purpose}: ${proxy} ${answer}.`), { transient });
}
function faultOf(thrown, request, lateAfterMs) {
    if (thrown instanceof Fault)
        return thrown;
    if (thrown instanceof errors/* LoginError */.Qd)
        return new Fault(thrown, LASTING);
    const { purpose, url } = request;
    if (lateAfterMs !== undefined) {
        const seconds = (lateAfterMs / 1000).toFixed(1);
        const failure = new errors/* LoginError */.Qd('TIMED_OUT', `${purpose}: no whole answer of ${url.host} within ${seconds} s.`);
        return new Fault(failure, { transient: true });
    }
    const fault = proxyFault(thrown instanceof Error ? thrown.message : '', request);
    if (fault !== undefined)
        return fault;
    const code = (0,errors/* systemCode */.xU)(thrown) || 'without a code';
    if (TLS_CODE.test(code)) {
        return new Fault(new errors/* LoginError */.Qd('TLS_FAILED', `${purpose}: no secure connection to ${url.host} (${code}).`), LASTING);
    }
    if (code.startsWith('HPE_')) {
        const failure = new errors/* LoginError */.Qd('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is not HTTP (${code}).`);
        return new Fault(failure, LASTING);
    }
    const failure = new errors/* LoginError */.Qd('NETWORK_FAILED', `${purpose}: no answer of ${url.host} (${code}).`);
    return new Fault(failure, { transient: TRANSIENT_CODES.has(code) });
}

// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/proxy.js
var lib_proxy = __webpack_require__(783);
;// CONCATENATED MODULE: ./lib/src/http/proxy.js


const variablesFor = ({ protocol }) => protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
function isUsable(url) {
    try {
        const proxy = (0,lib_proxy/* getProxyUrl */.s)(url);
        return proxy !== undefined && /^https?:$/.test(proxy.protocol) && proxy.hostname !== '';
    }
    catch {
        return false;
    }
}
function checkProxy({ purpose, url }) {
    const variable = variablesFor(url).find((name) => process.env[name]);
    if (variable === undefined || (0,lib_proxy/* checkBypass */.H)(url) || isUsable(url))
        return;
    throw new errors/* LoginError */.Qd('PROXY_FAILED', `${purpose}: ${variable} is not the URL of a proxy.`, {
        advice: 'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
    });
}

;// CONCATENATED MODULE: ./lib/src/http/attempt.js




const isTunnelAgent = (agent) => typeof agent === 'object' && 'proxyOptions' in agent;
function prepareTunnel(agent, signal) {
    const { proxyAuth, ...proxy } = agent.proxyOptions;
    agent.proxyOptions = { ...proxy, signal };
    if (proxyAuth === undefined)
        return;
    const connect = agent.request;
    const credentials = { 'proxy-authorization': `Basic ${Buffer.from(proxyAuth).toString('base64')}` };
    agent.request = (options) => connect({ ...options, headers: { ...options.headers, ...credentials } });
}
const cancelledBy = (signal) => ({
    prepareRequest: (options) => {
        options.signal = signal;
        options.host = options.host?.replace(/^\[(.*)\]$/, '$1');
        if (isTunnelAgent(options.agent))
            prepareTunnel(options.agent, signal);
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not offered')),
});
const MAX_BODY_BYTES = 1024 * 1024;
async function readBody(message, { purpose, url }) {
    const encoding = message.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
        throw new errors/* LoginError */.Qd('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is compressed, unasked.`);
    }
    const chunks = [];
    let size = 0;
    for await (const chunk of message) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) {
            throw new errors/* LoginError */.Qd('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is larger than 1 MiB.`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function redirected(status, { headers }, { purpose, url }) {
    const target = URL.parse(headers.location ?? '', url.href)?.hostname || 'nowhere readable';
    return new errors/* LoginError */.Qd('REDIRECTED', `${purpose}: ${url.host} answered ${status}, a redirect to ${target}. It was not followed.`);
}
function parseRetryAfter(header, now) {
    if (header === undefined)
        return undefined;
    if (/^\s*\d+\s*$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
async function unavailable(status, message, request) {
    const serverText = await readBody(message, request).catch(() => undefined);
    const happened = `${request.purpose}: ${request.url.host} answered ${status}.`;
    return new Fault(new errors/* LoginError */.Qd('SERVER_UNAVAILABLE', happened, { serverText }), {
        transient: true,
        status,
        limited: meaningOf(status) === 'limited',
        retryAfterMs: parseRetryAfter(message.headers['retry-after'], Date.now()),
    });
}
async function exchangeMessages(client, request, signal) {
    const { method, url, headers = {}, body = null } = request;
    client.handlers = [cancelledBy(signal)];
    const { message } = await client.request(method, url.href, body, { accept: 'application/json', ...headers });
    const { statusCode: status = 0 } = message;
    try {
        if (meaningOf(status) === 'redirect')
            throw redirected(status, message, request);
        if (mayPass(status))
            throw await unavailable(status, message, request);
        const contentType = message.headers['content-type'] ?? '';
        return { request, status, contentType, body: await readBody(message, request) };
    }
    finally {
        if (!message.complete)
            message.destroy();
    }
}
async function attempt(client, request, signal) {
    signal.throwIfAborted();
    checkProxy(request);
    const given = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([given, exchangeMessages(client, request, signal)]);
}

;// CONCATENATED MODULE: ./lib/src/http/retry.js


const MAX_FAULTS = 4;
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 10_000;
const inSeconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
function outOfTime({ failure, retryAfterMs }, timeLeftMs) {
    if (retryAfterMs < timeLeftMs)
        return failure;
    const { code, message, advice, serverText } = failure;
    const wish = `It asks to wait ${inSeconds(retryAfterMs)}, longer than this login may take.`;
    return new errors/* LoginError */.Qd(code, `${message} ${wish}`, { advice, serverText, cause: failure });
}
async function withRetries(attempt, { lastMoment, random, pause, info }) {
    for (let tries = 1, faults = 0;; tries++) {
        try {
            return await attempt(tries);
        }
        catch (thrown) {
            if (!(thrown instanceof Fault))
                throw thrown;
            const { failure, transient, limited, retryAfterMs } = thrown;
            faults += limited ? 0 : 1;
            if (!transient || faults >= MAX_FAULTS)
                throw failure;
            const backoffMs = random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
            const waitMs = Math.max(backoffMs, retryAfterMs);
            const timeLeftMs = lastMoment - Date.now();
            if (waitMs >= timeLeftMs)
                throw outOfTime(thrown, timeLeftMs);
            info(`${failure.message} Trying again in ${inSeconds(waitMs)} (attempt ${tries + 1}).`);
            await pause(waitMs);
        }
    }
}

;// CONCATENATED MODULE: ./lib/src/http/connections.js






const MAX_ATTEMPT_MS = 10_000;
const lasting = (code, happened) => new Fault(new errors/* LoginError */.Qd(code, happened), { transient: false });
function openConnections(options) {
    const { userAgent, timeoutSeconds, info, debug, random = Math.random } = options;
    const attemptMs = Math.min(MAX_ATTEMPT_MS, (timeoutSeconds * 1000) / 4);
    const endsAt = Date.now() + timeoutSeconds * 1000;
    const closed = new AbortController();
    const clients = new Map();
    function clientFor({ origin }) {
        const client = clients.get(origin) ??
            new lib/* HttpClient */.Qq(userAgent, [], { keepAlive: true, allowRedirects: false, allowRetries: false });
        clients.set(origin, client);
        return client;
    }
    const givenUp = ({ purpose }) => lasting('INTERRUPTED', `${purpose}: the login has ended.`);
    async function attemptWithin(request, lastMoment, tries) {
        const { purpose, method, url } = request;
        const startedAt = Date.now();
        if (closed.signal.aborted)
            throw givenUp(request);
        if (startedAt >= lastMoment)
            throw lasting('TIMED_OUT', `${purpose}: no time is left to ask ${url.host}.`);
        const limitMs = Math.min(attemptMs, lastMoment - startedAt);
        const late = new AbortController();
        const timer = setTimeout(() => late.abort(), limitMs);
        const report = (result) => debug(`${method} ${url.host}${url.pathname} ${result} ${Date.now() - startedAt} ms (attempt ${tries})`);
        try {
            const answer = await attempt(clientFor(url), request, AbortSignal.any([late.signal, closed.signal]));
            report(answer.status);
            return answer;
        }
        catch (thrown) {
            if (closed.signal.aborted)
                throw givenUp(request);
            const fault = faultOf(thrown, request, late.signal.aborted ? limitMs : undefined);
            report(fault.status ?? fault.failure.code);
            throw fault;
        }
        finally {
            clearTimeout(timer);
        }
    }
    const pause = (ms) => (0,promises_.setTimeout)(ms, undefined, { signal: closed.signal }).catch(() => undefined);
    const send = (make, withinSeconds = timeoutSeconds) => {
        const lastMoment = Math.min(endsAt, Date.now() + withinSeconds * 1000);
        const sendOnce = async (tries) => attemptWithin(await make(), lastMoment, tries);
        return withRetries(sendOnce, { lastMoment, random, pause, info });
    };
    function close() {
        closed.abort();
        for (const client of clients.values())
            client.dispose();
    }
    return { send, close };
}

;// CONCATENATED MODULE: ./lib/src/runner/id-token.js




function findIdTokenService(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    if (address === '' || requestToken === '') {
        throw new errors/* LoginError */.Qd('ID_TOKEN_PERMISSION_MISSING', 'This job may not ask GitHub for an ID token.');
    }
    const url = URL.parse(address);
    if (url === null) {
        throw new errors/* LoginError */.Qd('ID_TOKEN_REFUSED', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL.');
    }
    if (!(0,src_host/* isSecure */.Ut)(url)) {
        throw new errors/* LoginError */.Qd('ID_TOKEN_REFUSED', `ACTIONS_ID_TOKEN_REQUEST_URL is ${url.protocol}//, which is not https.`);
    }
    return { url, requestToken };
}
async function requestIdToken({ url, requestToken }, { audience, send, mask }) {
    const withAudience = new URL(url);
    withAudience.searchParams.set('audience', audience);
    const answer = await send(() => ({
        purpose: 'ID token request',
        method: 'GET',
        url: withAudience,
        headers: { authorization: `Bearer ${requestToken}` },
    }));
    const { status, body } = answer;
    if (meaningOf(status) !== 'success') {
        throw new errors/* LoginError */.Qd('ID_TOKEN_REFUSED', `GitHub answered ${status} to the request for an ID token.`, {
            serverText: status < 400 ? undefined : body,
        });
    }
    const { value } = jsonObject(answer);
    if (typeof value !== 'string' || value === '') {
        throw new errors/* LoginError */.Qd('ID_TOKEN_REFUSED', 'GitHub answered the request for an ID token without one.');
    }
    mask(value);
    return value;
}

// EXTERNAL MODULE: ./lib/src/runner/version.js
var version = __webpack_require__(449);
;// CONCATENATED MODULE: ./lib/src/log-in.js





async function logIn(options, { environment, log, random }) {
    const { mask, info, notice, warn, debug } = log;
    const { timeoutSeconds } = options;
    const { send, close } = openConnections({ userAgent: version/* USER_AGENT */._, timeoutSeconds, info, debug, random });
    const askRunner = (audience) => requestIdToken(findIdTokenService(environment), { audience, send, mask });
    try {
        return await federate(options, { send, requestIdToken: askRunner, mask, info, notice, warn, now: time/* secondsNow */.aL });
    }
    finally {
        close();
    }
}


/***/ }),

/***/ 513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ProxyAgent)
/* harmony export */ });
// @actions/http-client imports this name for getAgentDispatcher, which nothing here calls.
class ProxyAgent {
  constructor() {
    throw new Error('left out of this bundle')
  }
}


/***/ })

};
