export const id = 240;
export const ids = [240];
export const modules = {

/***/ 240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   undeclaredInputs: () => (/* binding */ undeclaredInputs),
/* harmony export */   undeclaredWarning: () => (/* binding */ undeclaredWarning)
/* harmony export */ });
/* harmony import */ var _input_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(520);

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
    return _input_names_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUT_NAMES */ .Q.map((input) => ({ input, away: distance(plain(name), input) }))
        .sort((one, other) => one.away - other.away)
        .slice(0, 1)
        .find(({ input, away }) => away <= Math.max(2, input.length / 4))?.input;
}
const undeclaredInputs = (environment) => (0,_input_names_js__WEBPACK_IMPORTED_MODULE_0__/* .undeclaredNames */ .O)(environment).map((name) => ({ name, meant: meantBy(name) }));
const undeclaredWarning = ({ name, meant }) => `This action has no input ${name}${meant === undefined ? '.' : `; did you mean ${meant}?`} Its value was not used.`;


/***/ })

};
