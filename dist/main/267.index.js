export const id = 267;
export const ids = [267];
export const modules = {

/***/ 267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   INPUT_NAMES: () => (/* binding */ INPUT_NAMES),
/* harmony export */   undeclaredInputs: () => (/* binding */ undeclaredInputs)
/* harmony export */ });
const INPUT_NAMES = [
    'host',
    'identity_federation_client_id',
    'account_id',
    'audience',
    'scope',
    'subject_token',
    'on_exchange_failure',
    'export_env',
    'token_command',
    'verify',
    'dry_run',
    'allow_unknown_host',
    'timeout_seconds',
];
const LONGEST_NAME = 64;
function undeclaredNames(environment) {
    const declared = INPUT_NAMES;
    return Object.keys(environment)
        .flatMap((variable) => /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase() ?? [])
        .filter((name) => name.length <= LONGEST_NAME && !declared.includes(name))
        .sort();
}
const SYNONYMS = {
    host: ['databricks_host', 'workspace_url', 'workspace_host', 'url', 'server_hostname', 'workspace'],
    identity_federation_client_id: [
        'client_id',
        'databricks_client_id',
        'application_id',
        'app_id',
        'service_principal_id',
        'service_principal',
        'azure_client_id',
    ],
    account_id: ['databricks_account_id', 'account'],
    audience: ['token_audience', 'databricks_token_audience', 'oidc_audience', 'aud', 'audiences'],
    scope: ['scopes'],
    subject_token: ['token', 'id_token', 'oidc_token', 'jwt'],
    export_env: ['export_environment_variables', 'export_environment', 'export_token', 'set_env'],
    timeout_seconds: ['timeout', 'timeout_minutes', 'timeout_s'],
    token_command: ['command', 'command_name'],
    verify: ['verify_token', 'check'],
    dry_run: ['dryrun', 'dry'],
};
const plain = (name) => name.toLowerCase().replaceAll('-', '_');
function distance(one, other) {
    const letters = [...other];
    let line = letters.map((_, at) => at + 1);
    let away = letters.length;
    for (const [row, letter] of [...one].entries()) {
        let corner = row;
        away = row + 1;
        line = line.map((above, at) => {
            away = Math.min(away + 1, above + 1, corner + (letter === letters[at] ? 0 : 1));
            corner = above;
            return away;
        });
    }
    return away;
}
function meantBy(name) {
    const synonym = Object.entries(SYNONYMS).find(([, others]) => others.includes(plain(name)))?.[0];
    if (synonym !== undefined)
        return synonym;
    return INPUT_NAMES.map((input) => ({ input, away: distance(plain(name), input) }))
        .sort((one, other) => one.away - other.away)
        .slice(0, 1)
        .find(({ input, away }) => away <= Math.max(2, input.length / 4))?.input;
}
const undeclaredInputs = (environment) => undeclaredNames(environment).map((name) => ({ name, meant: meantBy(name) }));


/***/ })

};
