"use strict";
exports.id = 796;
exports.ids = [796];
exports.modules = {

/***/ 796:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   INPUT_NAMES: () => (/* binding */ INPUT_NAMES),
/* harmony export */   undeclaredInputs: () => (/* binding */ undeclaredInputs),
/* harmony export */   withMeantInput: () => (/* binding */ withMeantInput)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(770);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(150);


const INPUT_NAMES = [
    'host',
    'identity_federation_client_id',
    'account_id',
    'audience',
    'group_id',
    'scope',
    'subject_token',
    'on_exchange_failure',
    'export_env',
    'token_command',
    'stay_logged_in',
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
    host: [
        'databricks_host',
        'workspace_url',
        'workspace_host',
        'url',
        'server_hostname',
        'workspace',
        'hostname',
        'databricks_workspace_url',
        'databricks_url',
        'instance',
        'databricks_instance',
        'hots',
        'host_url',
    ],
    identity_federation_client_id: [
        'client_id',
        'databricks_client_id',
        'application_id',
        'app_id',
        'service_principal_id',
        'service_principal',
        'azure_client_id',
        'federation_client_id',
        'identity_federation_clientid',
        'clientid',
        'service_principal_client_id',
        'oidc_client_id',
        'identity_client_id',
    ],
    account_id: ['databricks_account_id', 'account', 'accountid', 'acount_id'],
    audience: ['token_audience', 'databricks_token_audience', 'oidc_audience', 'aud', 'audiences', 'audiance'],
    group_id: ['group', 'databricks_group_id', 'assume_group'],
    scope: ['scopes'],
    subject_token: ['token', 'id_token', 'oidc_token', 'jwt'],
    on_exchange_failure: ['on_failure', 'fallback'],
    export_env: ['export_environment_variables', 'export_environment', 'export_token', 'set_env'],
    token_command: ['command', 'command_name'],
    stay_logged_in: ['stay', 'keep_logged_in', 'login_once', 'log_in_once', 'stay_login'],
    verify: ['verify_token', 'check'],
    dry_run: ['dryrun', 'dry'],
    allow_unknown_host: ['allow_any_host'],
    timeout_seconds: ['timeout', 'timeout_minutes', 'timeout_s'],
};
const plain = (name) => name.toLowerCase().replaceAll('-', '_');
const meantBy = (name) => Object.entries(SYNONYMS).find(([input, others]) => input === plain(name) || others.includes(plain(name)))?.[0];
function withMeantInput(failure, input, environment) {
    const given = undeclaredNames(environment).find((name) => meantBy(name) === input);
    if (given === undefined)
        return failure;
    const { code, message, advice } = failure;
    const hint = `This action has no input ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(given)}: did you mean ${input}?`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, `${message} ${hint}`, { advice, cause: failure });
}
const undeclaredInputs = (environment) => undeclaredNames(environment).map((name) => ({ name, meant: meantBy(name) }));


/***/ })

};
;