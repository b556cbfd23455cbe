"use strict";
exports.id = 869;
exports.ids = [869];
exports.modules = {

/***/ 869:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   missingPermission: () => (/* binding */ missingPermission)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(770);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23);




const FOR_WORKFLOW = ['permissions:', '  id-token: write', '  contents: read'];
const forJob = (name, more = []) => [
    'jobs:',
    `  ${name}:`,
    ...more.map((line) => `    ${line}`),
    ...FOR_WORKFLOW.map((line) => `    ${line}`),
];
const isName = (text) => /^[\w-]{1,100}$/.test(text);
const inLines = (...text) => text.join('\n');
function wordsFor(why, job) {
    const name = isName(job) ? job : 'JOB';
    switch (why) {
        case 'NO_OIDC_RUNNER':
            return {
                happened: 'This runner hands out no ID tokens: it is no runner of GitHub Actions, or imitates one.',
                advice: 'Run the job on GitHub Actions, or give subject_token a JWT of an identity provider that you can reach.',
            };
        case 'FORK_PULL_REQUEST':
            return {
                happened: 'A pull request from a fork gets no ID token, unless the repository sends write tokens to such pull requests.',
                advice: inLines('Leave this step out for such pull requests, and run it once the change is in the repository:', '', 'if: github.event.pull_request.head.repo.full_name == github.repository'),
            };
        case 'DEPENDABOT':
            return {
                happened: 'A workflow that Dependabot started may get no ID token, whatever it asks for.',
                advice: inLines('Leave this step out for Dependabot:', '', "if: github.actor != 'dependabot[bot]'"),
            };
        case 'CALLER_DOES_NOT_GRANT':
            return {
                happened: 'This job belongs to a reusable workflow, and the workflow that calls it does not grant id-token: write.',
                advice: inLines('Grant it to the job that calls, in the calling workflow:', '', ...forJob('CALLING_JOB', ['uses: ./.github/workflows/CALLED.yml'])),
            };
        case 'JOB_REPLACES_PERMISSIONS':
            return {
                happened: 'The workflow grants id-token: write, but this job does not get it, since permissions of a job replace those of the workflow.',
                advice: inLines('Grant it to the job, with the other permissions that it needs:', '', ...forJob(name)),
            };
        case 'NO_PERMISSION':
            return {
                happened: 'This job may not ask GitHub for an ID token: it lacks the permission id-token: write.',
                advice: inLines('Grant it to the workflow, and repeat the other permissions that it needs:', '', ...FOR_WORKFLOW, '', 'or to this job alone:', '', ...forJob(name), '', 'A reusable workflow gets it from the job that calls it. The organization may also forbid it.'),
            };
    }
}
function readText(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch {
        return undefined;
    }
}
const EVENT = { pull_request: true };
function isForkPullRequest({ GITHUB_EVENT_PATH: path = '', GITHUB_EVENT_NAME: name }) {
    if (name !== 'pull_request' && name !== 'pull_request_review' && name !== 'pull_request_review_comment')
        return false;
    const { pull_request } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .membersIn */ .Jp)(readText(path) ?? '', EVENT);
    if (typeof pull_request !== 'object' || pull_request === null)
        return false;
    const { head, base } = pull_request;
    const own = base?.repo?.full_name;
    return own !== undefined && head?.repo?.full_name !== own;
}
function startedWorkflow(environment) {
    const { GITHUB_WORKSPACE: folder = '', GITHUB_WORKFLOW_REF: ref = '', GITHUB_REPOSITORY: repository = '', } = environment;
    const path = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+)@/.exec(ref)?.[1];
    if (folder === '' || path === undefined || !ref.startsWith(`${repository}/`))
        return undefined;
    return readText((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path));
}
const isIndented = (line) => /^[ \t]/.test(line);
const isBetween = (line) => /^\r?$|^#/.test(line);
function grantsIdToken(workflow) {
    const start = workflow.findIndex((line) => line.startsWith('permissions:'));
    if (start === -1)
        return false;
    const [own = '', ...below] = workflow.slice(start);
    const end = below.findIndex((line) => !isIndented(line) && !isBetween(line));
    if (/^permissions:\s*write-all\b/.test(own))
        return true;
    return [own, ...below.slice(0, end === -1 ? undefined : end)].some((line) => /^[^#]*\bid-token\s*:\s*write\b/.test(line));
}
function fromWorkflowFile(environment) {
    const { GITHUB_JOB: job = '' } = environment;
    const text = startedWorkflow(environment);
    if (text === undefined || !isName(job))
        return 'NO_PERMISSION';
    const lines = text.split('\n');
    const ownKey = new RegExp(`^\\s+["']?${job}["']?\\s*:`);
    const isOwn = lines.some((line) => ownKey.test(line));
    if (!isOwn && lines.some((line) => /^\s+uses\s*:.*\.ya?ml/.test(line)))
        return 'CALLER_DOES_NOT_GRANT';
    return grantsIdToken(lines) ? 'JOB_REPLACES_PERMISSIONS' : 'NO_PERMISSION';
}
function whyNoPermission(environment) {
    const { GITHUB_ACTIONS: actions, ACT: act = '', GITEA_ACTIONS: gitea = '', GITHUB_ACTOR: actor } = environment;
    if (actions !== 'true' || act !== '' || gitea !== '')
        return 'NO_OIDC_RUNNER';
    if (isForkPullRequest(environment))
        return 'FORK_PULL_REQUEST';
    if (actor === 'dependabot[bot]')
        return 'DEPENDABOT';
    return fromWorkflowFile(environment);
}
function missingPermission(environment) {
    const reason = whyNoPermission(environment);
    const { happened, advice } = wordsFor(reason, environment['GITHUB_JOB'] ?? '');
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('ID_TOKEN_PERMISSION_MISSING', happened, { advice, reason });
}


/***/ })

};
;