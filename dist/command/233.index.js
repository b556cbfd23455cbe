export const id = 233;
export const ids = [233];
export const modules = {

/***/ 233:
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
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
;// CONCATENATED MODULE: ./lib/src/fresh/find-program.js

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

;// CONCATENATED MODULE: ./lib/src/fresh/batch.js


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
function batch_refusalOf(file, parameters) {
    for (const [index, word] of [file, ...parameters].entries()) {
        const found = READ_AGAIN.find(({ pattern }) => pattern.test(word));
        if (found)
            return `cmd would read ${found.what} in ${index === 0 ? 'its path' : `argument ${index}`} as its own`;
    }
    return undefined;
}
function startOfBatch(file, parameters, environment) {
    const refusal = batch_refusalOf(file, parameters);
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

;// CONCATENATED MODULE: ./lib/src/fresh/program-start.js




const isFile = (path) => (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isFile() ?? false;
function startOnWindows(program, parameters, environment) {
    const file = findOnWindows(program, environment, { folder: process.cwd(), isFile });
    if (file === undefined) {
        const isOther = /[\\/:]/.test(program) && (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(program));
        return isOther ? 'cannot be executed' : undefined;
    }
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
        return startOnWindows(program, parameters, environment);
    return { file: program, parameters, environment, verbatim: false };
}

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
const LEFT_TO_PROGRAM = ['SIGINT', 'SIGBREAK', 'SIGHUP'];
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
function listenToSignals(child) {
    const isWindows = process.platform === 'win32';
    const signals = isWindows ? LEFT_TO_PROGRAM : HANDED_ON;
    const listener = (signal) => isWindows || child.kill(signal);
    for (const signal of signals)
        process.on(signal, listener);
    return () => {
        for (const signal of signals)
            process.off(signal, listener);
    };
}
function runToExit({ file, parameters, environment, verbatim }) {
    return new Promise((resolve, reject) => {
        const child = (0,external_node_child_process_.spawn)(file, parameters, { env: environment, stdio: 'inherit', windowsVerbatimArguments: verbatim });
        const stopListening = listenToSignals(child);
        child.once('error', (thrown) => {
            stopListening();
            reject(thrown);
        });
        child.once('exit', (exitCode, signal) => {
            stopListening();
            resolve(signal === null ? (exitCode ?? 1) : 128 + external_node_os_.constants.signals[signal]);
        });
    });
}
async function runProgram([program = '', ...parameters], environment, warn) {
    const start = startOf(program, parameters, environment);
    if (start === undefined) {
        warn(`${program} was not found.`);
        return NOT_FOUND;
    }
    if (typeof start === 'string') {
        warn(`${program} ${start}.`);
        return NOT_EXECUTABLE;
    }
    try {
        return await runToExit(start);
    }
    catch (thrown) {
        const code = (0,errors/* systemCode */.xU)(thrown);
        warn(`${program} ${code === 'ENOENT' ? 'was not found' : `cannot be executed (${code ?? 'unknown reason'})`}.`);
        return code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
    }
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
