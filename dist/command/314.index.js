export const id = 314;
export const ids = [314];
export const modules = {

/***/ 314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  execute: () => (/* binding */ execute)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(67);
// EXTERNAL MODULE: ./lib/src/fresh/lifetime.js
var lifetime = __webpack_require__(822);
;// CONCATENATED MODULE: ./lib/src/fresh/metadata-service.js



const digest = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest();
function hostnameIn(header) {
    const url = URL.parse(header.includes('://') ? header : `https://${header}`);
    return url?.hostname.replace(/\.$/, '');
}
const headerOf = ({ headers }, name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
};
const isLoopbackName = (host, port) => [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase());
function refusalOf(request, path, port, hostname) {
    if (!isLoopbackName(headerOf(request, 'host'), port))
        return [421, 'This service answers on loopback alone.'];
    if (!(0,external_node_crypto_.timingSafeEqual)(digest(request.url ?? ''), digest(path)))
        return [404, 'There is nothing at this path.'];
    if (request.method !== 'GET')
        return [405, 'This service answers GET alone.'];
    if (headerOf(request, 'x-databricks-metadata-version') !== '1') {
        return [400, 'X-Databricks-Metadata-Version has to be 1.'];
    }
    if (hostnameIn(headerOf(request, 'x-databricks-host')) !== hostname) {
        return [403, `This login is for ${hostname} alone.`];
    }
    return undefined;
}
function send(response, status, body) {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
}
function answerFor(token, now) {
    const expiresOn = Math.max((0,lifetime/* toldExpiry */.zk)(token), Math.floor(now) + 5);
    return { access_token: token.accessToken, token_type: 'Bearer', expires_on: expiresOn };
}
async function startMetadataService({ hostname, token, now }) {
    const path = `/${(0,external_node_crypto_.randomBytes)(16).toString('hex')}/token`;
    let port = 0;
    const server = (0,external_node_http_.createServer)(async (request, response) => {
        request.resume();
        const [status, message] = refusalOf(request, path, port, hostname) ?? [];
        if (status !== undefined) {
            send(response, status, { error: message });
            return;
        }
        const current = await token();
        if (current === undefined)
            send(response, 503, { error: 'There is no valid token at this time.' });
        else
            send(response, 200, answerFor(current, now()));
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null)
        port = address.port;
    return {
        url: `http://127.0.0.1:${port}${path}`,
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(421);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(161);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(71);
;// CONCATENATED MODULE: ./lib/src/fresh/program.js



const COMPETING = /^DATABRICKS_(CLIENT_ID|CLIENT_SECRET|CONFIG_PROFILE|OIDC_TOKEN.*|METADATA_SERVICE_URL|WORKSPACE_ID)$/i;
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
const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
function runProgram([program = '', ...parameters], environment, warn) {
    const handOn = (signal) => child.kill(signal);
    for (const signal of HANDED_ON)
        process.on(signal, handOn);
    const child = (0,external_node_child_process_.spawn)(program, parameters, { env: environment, stdio: 'inherit' });
    return new Promise((resolve) => {
        child.once('error', (error) => {
            const isMissing = (0,errors/* systemCode */.xU)(error) === 'ENOENT';
            warn(`${program} ${isMissing ? 'was not found' : 'cannot be executed'}.`);
            resolve(isMissing ? NOT_FOUND : NOT_EXECUTABLE);
        });
        child.once('exit', (exitCode, signal) => {
            resolve(signal === null ? (exitCode ?? 1) : 128 + external_node_os_.constants.signals[signal]);
        });
    }).finally(() => {
        for (const signal of HANDED_ON)
            process.off(signal, handOn);
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(500);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(149);
;// CONCATENATED MODULE: ./lib/src/fresh/renewal.js



const PATIENCE_MS = 9_000;
const PATIENCE_WITH_TOKEN_MS = 2_000;
const PAUSE_AFTER_FAILURE_SECONDS = 3;
function renewingToken({ current, renew, report, now }) {
    let renewal;
    let notBefore = 0;
    const isDue = (token) => token === undefined || (0,lifetime/* secondsLeft */.Li)(token, now()) < (0,lifetime/* renewalThreshold */.sm)(token);
    const ifUsable = (token) => token !== undefined && (0,lifetime/* secondsLeft */.Li)(token, now()) > time/* UNUSABLE_SECONDS */.i ? token : undefined;
    function begin() {
        return renew()
            .catch(report)
            .then(() => {
            if (isDue(current()))
                notBefore = now() + PAUSE_AFTER_FAILURE_SECONDS;
            renewal = undefined;
        });
    }
    return async () => {
        const token = current();
        if (!isDue(token))
            return token;
        if (renewal === undefined && now() >= notBefore)
            renewal = begin();
        if (renewal !== undefined) {
            const patience = new AbortController();
            const ms = ifUsable(token) === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS;
            await Promise.race([renewal, (0,promises_.setTimeout)(ms, undefined, { signal: patience.signal }).catch(() => undefined)]);
            patience.abort();
        }
        return ifUsable(current());
    };
}

;// CONCATENATED MODULE: ./lib/src/fresh/exec.js



const loginEnvironment = ({ origin, serverHostname, workspaceId }, { accessToken }) => ({
    DATABRICKS_HOST: origin,
    DATABRICKS_SERVER_HOSTNAME: serverHostname,
    DATABRICKS_TOKEN: accessToken,
    ...(workspaceId === undefined ? {} : { DATABRICKS_WORKSPACE_ID: workspaceId }),
});
async function execute(options) {
    const { program, auth, login, environment, renew, now, warn } = options;
    const loggedIn = loginEnvironment(login, await renew());
    if (auth === 'pat') {
        const own = { ...loggedIn, DATABRICKS_AUTH_TYPE: 'pat' };
        return runProgram(program, programEnvironment(environment, own), warn);
    }
    const hostname = new URL(login.origin).hostname;
    const service = await startMetadataService({ hostname, token: renewingToken(options), now });
    const own = {
        ...loggedIn,
        DATABRICKS_AUTH_TYPE: 'metadata-service',
        DATABRICKS_METADATA_SERVICE_URL: service.url,
    };
    try {
        return await runProgram(program, programEnvironment(environment, own), warn);
    }
    finally {
        service.close();
    }
}


/***/ })

};
