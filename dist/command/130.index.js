"use strict";
exports.id = 130;
exports.ids = [130];
exports.modules = {

/***/ 130:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  execute: () => (/* binding */ execute)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/src/program/find-program.js

function variableOf(environment, name) {
    const own = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase());
    return own === undefined ? undefined : environment[own];
}
const BATCH = ['.bat', '.cmd'];
const STARTED = ['.com', '.exe', ...BATCH];
const isBatch = (file) => BATCH.includes(external_node_path_.win32.extname(file).toLowerCase());
function extensionsOf(environment) {
    const named = variableOf(environment, 'PATHEXT') ?? STARTED.join(';');
    return named
        .toLowerCase()
        .split(';')
        .filter((extension) => STARTED.includes(extension));
}
function foldersOf(environment) {
    return (variableOf(environment, 'PATH') ?? '')
        .split(';')
        .map((entry) => entry.replaceAll('"', ''))
        .filter((entry) => /^([a-z]:[\\/]|\\\\)/i.test(entry));
}
function findOnWindows(program, environment, { folder, isFile }) {
    const isPath = /[\\/:]/.test(program);
    const places = isPath ? [external_node_path_.win32.resolve(folder, program)] : foldersOf(environment).map((at) => external_node_path_.win32.join(at, program));
    const isWhole = STARTED.includes(external_node_path_.win32.extname(program).toLowerCase());
    const endings = [...(isWhole ? [''] : []), ...extensionsOf(environment)];
    return places.flatMap((place) => endings.map((ending) => place + ending)).find(isFile);
}

;// CONCATENATED MODULE: ./lib/src/program/batch-file.js


const MAX_LINE = 8191;
const PLAIN = /^[\w./:\\+@#~-]*[\w./:+@#~-]$/;
function quote(argument) {
    if (PLAIN.test(argument))
        return argument;
    return `"${argument.replaceAll(/(\\*)"/g, '$1$1""').replace(/\\+$/, '$&$&')}"`;
}
const READ_AGAIN = [
    { what: 'a line break', pattern: /[\r\n\0]/ },
    { what: 'a percent sign', pattern: /%/ },
];
function refusalOf(file, parameters) {
    for (const [index, word] of [file, ...parameters].entries()) {
        const found = READ_AGAIN.find(({ pattern }) => pattern.test(word));
        if (found)
            return `cmd would read ${found.what} in ${index === 0 ? 'its path' : `argument ${index}`} as its own`;
    }
    return undefined;
}
function startOfBatch(file, parameters, environment) {
    const refusal = refusalOf(file, parameters);
    if (refusal !== undefined)
        return `is a batch file, and ${refusal}`;
    const line = [`"${file}"`, ...parameters.map(quote)].join(' ');
    const system = variableOf(environment, 'SystemRoot') ?? 'C:\\Windows';
    const cmd = external_node_path_.win32.join(system, 'System32', 'cmd.exe');
    const options = ['/d', '/v:off', '/s', '/c', `"${line}"`];
    const isTooLong = [cmd, ...options].join(' ').length > MAX_LINE;
    if (isTooLong)
        return `is a batch file, and its arguments are longer than cmd reads (${MAX_LINE} characters)`;
    return { cmd, parameters: options };
}

;// CONCATENATED MODULE: ./lib/src/program/program-start.js




const ownFiles = () => ({
    folder: process.cwd(),
    isFile: (path) => (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isFile() ?? false,
    exists: (path) => (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(path)),
});
function startOnWindows(program, parameters, environment, files) {
    const file = findOnWindows(program, environment, files);
    if (file === undefined)
        return /[\\/:]/.test(program) && files.exists(program) ? 'cannot be executed' : undefined;
    if (!isBatch(file))
        return { file, parameters, environment, verbatim: false };
    const batch = startOfBatch(file, parameters, environment);
    if (typeof batch === 'string')
        return batch;
    return { file: batch.cmd, parameters: batch.parameters, environment, verbatim: true };
}
function startOf(program, parameters, environment) {
    if (program === '')
        return undefined;
    if (process.platform === 'win32')
        return startOnWindows(program, parameters, environment, ownFiles());
    return { file: program, parameters, environment, verbatim: false };
}

;// CONCATENATED MODULE: ./lib/src/program/run-program.js




const COMPETING = /^DATABRICKS_(CLIENT_ID|CLIENT_SECRET|CONFIG_PROFILE|OIDC_TOKEN.*|METADATA_SERVICE_URL|DISCOVERY_URL|TOKEN_JDBC|WORKSPACE_ID|GROUP_ID)$/i;
function withoutProxyOnLoopback(parent) {
    if (!Object.keys(parent).some((name) => /^(https?|all)_proxy$/i.test(name)))
        return {};
    const { NO_PROXY: upper = '', no_proxy: lower = upper } = parent;
    const list = [...new Set([...lower.split(','), ...upper.split(','), '127.0.0.1', 'localhost'])]
        .filter(Boolean)
        .join(',');
    return { NO_PROXY: list, no_proxy: list };
}
function programEnvironment(parent, login) {
    const inherited = Object.entries(parent).filter(([name]) => !COMPETING.test(name));
    return { ...Object.fromEntries(inherited), ...withoutProxyOnLoopback(parent), ...login };
}
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const LEFT_TO_PROGRAM = ['SIGINT', 'SIGBREAK', 'SIGHUP'];
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
function listenToSignals(handOn) {
    const isWindows = process.platform === 'win32';
    const signals = isWindows ? LEFT_TO_PROGRAM : FORWARDED_SIGNALS;
    const listener = (signal) => isWindows || handOn(signal);
    for (const signal of signals)
        process.on(signal, listener);
    return () => {
        for (const signal of signals)
            process.off(signal, listener);
    };
}
async function runToExit({ file, parameters, environment, verbatim }) {
    let child;
    const stopListening = listenToSignals((signal) => child?.kill(signal));
    try {
        const started = (0,external_node_child_process_.spawn)(file, parameters, { env: environment, stdio: 'inherit', windowsVerbatimArguments: verbatim });
        child = started;
        return await new Promise((resolve, reject) => {
            started.once('error', reject);
            started.once('exit', (exitCode, signal) => {
                resolve(signal === null ? (exitCode ?? 1) : 128 + external_node_os_.constants.signals[signal]);
            });
        });
    }
    finally {
        stopListening();
    }
}
async function runProgram([program = '', ...parameters], environment, info) {
    const start = startOf(program, parameters, environment);
    if (start === undefined) {
        info(`${program} was not found.`);
        return NOT_FOUND;
    }
    if (typeof start === 'string') {
        info(`${program} ${start}.`);
        return NOT_EXECUTABLE;
    }
    try {
        return await runToExit(start);
    }
    catch (thrown) {
        const code = (0,errors/* systemCode */.xU)(thrown);
        info(`${program} ${code === 'ENOENT' ? 'was not found' : `cannot be executed (${code ?? 'unknown reason'})`}.`);
        return code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/src/store/token-lifetime.js
var token_lifetime = __webpack_require__(4376);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(2332);
;// CONCATENATED MODULE: ./lib/src/serve/renewal.js



const PATIENCE_MS = 9_000;
const PATIENCE_WITH_TOKEN_MS = 2_000;
const PAUSE_AFTER_FAILURE_SECONDS = 3;
function renewingToken(options) {
    const { current, renew, report, now } = options;
    let renewal;
    let notBefore = 0;
    const usable = () => {
        const token = current();
        return token !== undefined && (0,token_lifetime/* secondsLeft */.Li)(token, now()) > time/* UNUSABLE_SECONDS */.i ? token : undefined;
    };
    const isDue = (token) => (0,token_lifetime/* secondsLeft */.Li)(token, now()) < (0,token_lifetime/* renewalThreshold */.sm)(token);
    const lasting = () => {
        const token = usable();
        return token === undefined || isDue(token) ? undefined : token;
    };
    async function begin() {
        try {
            await renew();
        }
        catch (thrown) {
            report(thrown);
        }
        if (lasting() === undefined)
            notBefore = (0,time/* secondsAfter */._I)(now(), PAUSE_AFTER_FAILURE_SECONDS);
        renewal = undefined;
    }
    return async () => {
        const token = lasting();
        if (token !== undefined)
            return token;
        if (renewal === undefined && (0,time/* secondsUntil */.Ch)(notBefore, now()) <= 0)
            renewal = begin();
        if (renewal !== undefined) {
            const patience = new AbortController();
            const ms = usable() === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS;
            await Promise.race([renewal, (0,promises_.setTimeout)(ms, undefined, { signal: patience.signal }).catch(() => undefined)]);
            patience.abort();
        }
        return usable();
    };
}

// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(6150);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/src/serve/secret.js

const HALF_BYTES = 16;
function createServiceSecret() {
    const half = (0,external_node_crypto_.randomBytes)(HALF_BYTES).toString('hex');
    return { secret: (0,external_node_crypto_.randomBytes)(HALF_BYTES).toString('hex') + half, half };
}
const digest = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest();
const equalsSecret = (given, secret) => (0,external_node_crypto_.timingSafeEqual)(digest(given), digest(secret));

;// CONCATENATED MODULE: ./lib/src/serve/loopback-server.js


const MAX_WAITING = 24;
const REQUEST_MS = 10_000;
const MAX_BODY_BYTES = 8192;
const TIMEOUTS = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 2_000 };
const headerOf = ({ headers }, name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
};
const isLoopbackName = (host, port) => [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase());
const refusal = (status, error, headers = {}) => ({
    status,
    headers,
    body: { error },
});
async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size <= MAX_BODY_BYTES)
            chunks.push(chunk);
    }
    return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
async function answerTo(request, routes, port) {
    if (!isLoopbackName(headerOf(request, 'host'), port))
        return refusal(421, 'This service answers on loopback alone.');
    const route = routes.find(({ path }) => equalsSecret(request.url ?? '', path));
    if (route === undefined)
        return refusal(404, 'There is nothing at this path.');
    const { method } = route;
    if (request.method !== method)
        return refusal(405, `This path answers ${method} alone.`, { allow: method });
    const body = await bodyOf(request);
    return body === undefined ? refusal(413, 'This request is too large.') : route.answer(request, body);
}
async function respond(request, response, answer) {
    const { status, body, headers } = await answer;
    request.resume();
    const always = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' };
    response.writeHead(status, { ...always, ...headers });
    response.end(JSON.stringify(body));
}
function boundWaiting(server) {
    const waiting = new Set();
    server.on('connection', (socket) => {
        waiting.add(socket);
        socket.once('close', () => waiting.delete(socket));
        const [oldest] = waiting;
        if (waiting.size <= MAX_WAITING || oldest === undefined)
            return;
        waiting.delete(oldest);
        oldest.destroy();
    });
    server.on('request', (request) => {
        request.once('end', () => waiting.delete(request.socket));
    });
}
async function listenOnLoopback() {
    let routes = [];
    const server = (0,external_node_http_.createServer)(TIMEOUTS);
    boundWaiting(server);
    server.on('request', (request, response) => {
        const port = String(server.address().port);
        respond(request, response, answerTo(request, routes, port)).catch(() => response.destroy());
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
    });
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        serve: (given) => {
            routes = given;
        },
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/metadata-service.js


function hostnameIn(header) {
    const url = URL.parse(header.includes('://') ? header : `https://${header}`);
    return url?.hostname.replace(/\.$/, '');
}
function metadataService({ path, hostname, token, missing, now }) {
    return {
        method: 'GET',
        path,
        answer: async (request) => {
            if (headerOf(request, 'x-databricks-metadata-version') !== '1') {
                return refusal(400, 'X-Databricks-Metadata-Version has to be 1.');
            }
            if (hostnameIn(headerOf(request, 'x-databricks-host')) !== hostname) {
                return refusal(403, `This login is for ${hostname} alone.`);
            }
            const current = await token();
            if (current === undefined)
                return refusal(503, missing());
            const { accessToken } = current;
            const expiry = (0,token_lifetime/* advertisedExpiry */.ds)(current, now());
            return { status: 200, body: { access_token: accessToken, token_type: 'Bearer', expires_on: expiry } };
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/oauth-endpoint.js




const CLIENT_ID = 'databricks-token';
const USUAL_SCOPES = ['all-apis', 'sql'];
const RETRY_SECONDS = 3;
const scopesIn = (text) => text.split(' ').filter(Boolean);
function oauthError(status, error, description, headers = {}) {
    return { status, headers, body: { error, error_description: description } };
}
function formOf(request, body) {
    const [mediaType = ''] = headerOf(request, 'content-type').split(';');
    if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
        return undefined;
    const fields = [...new URLSearchParams(body)];
    const form = new Map(fields);
    return form.size === fields.length ? form : undefined;
}
function secretOf(request, form) {
    const [, basic] = /^Basic +([\w+/=-]+) *$/i.exec(headerOf(request, 'authorization')) ?? [];
    if (basic === undefined)
        return form.get('client_secret') ?? '';
    return Buffer.from(basic, 'base64')
        .toString()
        .replace(/^[^:]*:/, '');
}
function oauth_endpoint_refusalOf(form, { scope, groupId }) {
    if (form.get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'This endpoint gives tokens for client_credentials alone.');
    }
    const group = form.get('assume_group') || groupId;
    if (group !== groupId) {
        const own = groupId === '' ? 'no group' : `group ${groupId}`;
        return oauthError(400, 'invalid_request', `The login of this program is for ${own}, and assume_group names another.`);
    }
    const known = [...USUAL_SCOPES, ...scopesIn(scope)];
    if (scopesIn(form.get('scope') ?? '').some((asked) => !known.includes(asked))) {
        return oauthError(400, 'invalid_scope', `The login of this program has the scope ${scope}.`);
    }
    return undefined;
}
async function answerForm(form, options) {
    const { scope, token, missing, now } = options;
    const refusal = oauth_endpoint_refusalOf(form, options);
    if (refusal !== undefined)
        return refusal;
    const current = await token();
    if (current === undefined) {
        const headers = { 'retry-after': String(RETRY_SECONDS) };
        return oauthError(503, 'temporarily_unavailable', missing(), headers);
    }
    const expiresIn = Math.floor((0,time/* secondsUntil */.Ch)((0,token_lifetime/* advertisedExpiry */.ds)(current, now()), now()));
    const body = { access_token: current.accessToken, token_type: 'Bearer', expires_in: expiresIn, scope };
    return { status: 200, body };
}
const metadataOf = (url) => ({
    issuer: url,
    token_endpoint: `${url}/token`,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
});
function oauthEndpoint(options) {
    const { url, clientSecret } = options;
    const { pathname } = new URL(url);
    const metadata = { status: 200, body: metadataOf(url) };
    return [
        {
            method: 'GET',
            path: `${pathname}/.well-known/oauth-authorization-server`,
            answer: () => metadata,
        },
        {
            method: 'POST',
            path: `${pathname}/token`,
            answer: (request, body) => {
                const form = formOf(request, body);
                if (form === undefined)
                    return oauthError(400, 'invalid_request', 'The body has to be a form without repetitions.');
                if (!equalsSecret(secretOf(request, form), clientSecret)) {
                    const headers = { 'www-authenticate': 'Basic realm="databricks-token"' };
                    return oauthError(401, 'invalid_client', 'This is not the secret of this program.', headers);
                }
                return answerForm(form, options);
            },
        },
    ];
}

;// CONCATENATED MODULE: ./lib/src/serve/token-service.js





function missingToken(failure) {
    const [reason = ''] = failure?.split('\n') ?? [];
    const cause = (0,src_text/* printable */.g$)(reason)
        .replaceAll('"', "'")
        .replaceAll('\\', '/')
        .replace(/[^ -~]/g, '?');
    return `There is no valid token at this time.${cause === '' ? '' : ` ${cause}`}`;
}
async function startTokenService(options) {
    const { hostname, scope, groupId, token, now } = options;
    const missing = () => missingToken(options.failure());
    const { origin, serve, close } = await listenOnLoopback();
    const [forMetadata, forOAuth, forClient] = [createServiceSecret(), createServiceSecret(), createServiceSecret()];
    const path = `/${forMetadata.secret}/token`;
    const url = `${origin}/${forOAuth.secret}`;
    const clientSecret = forClient.secret;
    const oauth = oauthEndpoint({ url, clientSecret, scope, groupId, token, missing, now });
    serve([metadataService({ path, hostname, token, missing, now }), ...oauth]);
    return {
        metadataServiceUrl: origin + path,
        discoveryUrl: `${url}/.well-known/oauth-authorization-server`,
        clientId: CLIENT_ID,
        clientSecret,
        halves: [forMetadata.half, forOAuth.half, forClient.half],
        close,
    };
}

;// CONCATENATED MODULE: ./lib/src/serve/served-login.js


function serveLogin({ login, current, renew, handOut, describe, now, info, }) {
    let failure;
    const report = (thrown) => {
        failure = describe(thrown);
        info(failure);
    };
    const newest = renewingToken({ current, renew, report, now });
    const token = async () => {
        const found = await newest();
        return found === undefined ? undefined : handOut(found);
    };
    const { hostname } = new URL(login.origin);
    const { scope, groupId } = login;
    return startTokenService({ hostname, scope, groupId, token, failure: () => failure, now });
}
const forJdbc = ({ clientId, clientSecret, discoveryUrl }) => `AuthMech=11;Auth_Flow=1;OAuth2ClientId=${clientId};OAuth2Secret=${clientSecret};OIDCDiscoveryEndpoint=${discoveryUrl}`;
const serviceEnvironment = (service) => ({
    jdbc: { DATABRICKS_TOKEN_JDBC: forJdbc(service) },
    metadataService: {
        DATABRICKS_AUTH_TYPE: 'metadata-service',
        DATABRICKS_METADATA_SERVICE_URL: service.metadataServiceUrl,
    },
    oauth: {
        DATABRICKS_AUTH_TYPE: 'oauth-m2m',
        DATABRICKS_DISCOVERY_URL: service.discoveryUrl,
        DATABRICKS_CLIENT_ID: service.clientId,
        DATABRICKS_CLIENT_SECRET: service.clientSecret,
    },
});

;// CONCATENATED MODULE: ./lib/src/serve/exec.js


const loginEnvironment = ({ origin, serverHostname, workspaceId }, { accessToken }) => ({
    DATABRICKS_HOST: origin,
    DATABRICKS_SERVER_HOSTNAME: serverHostname,
    DATABRICKS_TOKEN: accessToken,
    ...(workspaceId === undefined ? {} : { DATABRICKS_WORKSPACE_ID: workspaceId }),
});
function askedGroup({ DATABRICKS_GROUP_ID: groupId = '' }) {
    return groupId === '' ? {} : { DATABRICKS_GROUP_ID: groupId };
}
function environmentFor(auth, service, environment) {
    const { jdbc, metadataService, oauth } = serviceEnvironment(service);
    return auth === 'metadata-service'
        ? { ...jdbc, ...metadataService }
        : { ...jdbc, ...askedGroup(environment), ...oauth };
}
async function execute(options) {
    const { program, auth, login, environment, renew, handOut, info } = options;
    const first = await renew();
    const loggedIn = loginEnvironment(login, first);
    if (auth === 'pat') {
        await handOut(first);
        const own = { ...loggedIn, DATABRICKS_AUTH_TYPE: 'pat' };
        return runProgram(program, programEnvironment(environment, own), info);
    }
    const service = await serveLogin(options);
    try {
        await handOut(first, ...service.halves);
        const own = { ...loggedIn, ...environmentFor(auth, service, environment) };
        return await runProgram(program, programEnvironment(environment, own), info);
    }
    finally {
        service.close();
    }
}


/***/ })

};
;