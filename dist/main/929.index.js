"use strict";
exports.id = 929;
exports.ids = [929];
exports.modules = {

/***/ 929:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startStaying: () => (/* binding */ startStaying)
});

// UNUSED EXPORTS: stayingEnvironment

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(421);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(770);
// EXTERNAL MODULE: ./lib/src/processes.js
var processes = __webpack_require__(960);
// EXTERNAL MODULE: ./lib/src/json.js
var json = __webpack_require__(23);
;// CONCATENATED MODULE: ./lib/src/serve/staying-messages.js

const STAY = 'stay';
const STAYS = 'stays';
const isText = (value) => typeof value === 'string';
function readReady(message) {
    if (!(0,json/* isJsonObject */.OW)(message))
        return undefined;
    const { url, environment, halves } = message;
    if (!isText(url) || !(0,json/* isJsonObject */.OW)(environment) || !Array.isArray(halves) || !halves.every(isText))
        return undefined;
    const entries = Object.entries(environment).filter((entry) => isText(entry[1]));
    return { url, environment: Object.fromEntries(entries), halves };
}

;// CONCATENATED MODULE: ./lib/src/serve/start-staying.js





const ANSWER_MS = 10_000;
const HANDED_ON = /^(ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|(https?|all|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|RUNNER_TRACKING_ID|SystemRoot)$/i;
const PATHS = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
function stayingEnvironment(step) {
    const handedOn = Object.entries(step).flatMap(([name, value = '']) => {
        if (!HANDED_ON.test(name))
            return [];
        return [[name, PATHS.includes(name) && value !== '' ? (0,external_node_path_.resolve)(value) : value]];
    });
    return Object.fromEntries(handedOn);
}
const failed = (how) => new errors/* ActionError */.lZ('STAY_FAILED', `The process that keeps later steps logged in ${how}.`);
function answerOf(child, answerMs) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(failed(`gave no answer within ${answerMs / 1000} s`)), answerMs);
        const end = () => clearTimeout(timer);
        child.once('message', (message) => {
            end();
            resolve(message);
        });
        child.once('error', (thrown) => {
            end();
            reject(failed(`could not be started (${thrown.message})`));
        });
        child.once('exit', (exitCode, signal) => {
            end();
            reject(failed(`ended with ${exitCode ?? signal}`));
        });
    });
}
async function startStaying(options) {
    const { script, folder, environment, parent, answerMs = ANSWER_MS } = options;
    const worker = parent === 0 ? [] : ['--worker', (0,processes/* writeProcess */.LL)((0,processes/* knownProcess */.dG)(parent))];
    const child = (0,external_node_child_process_.fork)(script, ['--kept', folder, ...worker], {
        execArgv: [...process.execArgv, '--max-semi-space-size=4'],
        env: stayingEnvironment(environment),
        cwd: '/',
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const abandon = () => {
        child.kill('SIGKILL');
        child.unref();
        if (child.connected)
            child.disconnect();
    };
    try {
        const ready = readReady(await answerOf(child, answerMs));
        const { pid } = child;
        if (ready === undefined || pid === undefined)
            throw failed('said something else than that it serves');
        const stay = async () => {
            const answer = answerOf(child, answerMs);
            child.send(STAY, () => undefined);
            if ((await answer) !== STAYS)
                throw failed('said something else than that it stays');
            child.unref();
            if (child.connected)
                child.disconnect();
        };
        return { ...ready, process: (0,processes/* knownProcess */.dG)(pid), stay, abandon };
    }
    catch (thrown) {
        abandon();
        throw thrown;
    }
}


/***/ })

};
;