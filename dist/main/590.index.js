export const id = 590;
export const ids = [590];
export const modules = {

/***/ 590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainedFailure: () => (/* binding */ explainedFailure),
/* harmony export */   setupPage: () => (/* binding */ setupPage),
/* harmony export */   setupText: () => (/* binding */ setupText)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(569);


const ALSO_POSSIBLE = 'Databricks does not tell which part of a policy differs. Also possible';
const LONGEST_VALUE = 250;
const NAME_WIDTH = 18;
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 2)} …` : text);
const rowText = ({ name, sent }) => sent.map((value, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${cut(value, LONGEST_VALUE)}`).join('\n');
const IN_ANNOTATION = ['issuer', 'subject', 'audience'];
const MOST_AUDIENCES = 3;
const annotated = (rows) => rows
    .filter(({ name }) => IN_ANNOTATION.includes(name))
    .map((row) => ({ ...row, sent: row.sent.slice(0, MOST_AUDIENCES) }));
const WITH_POLICY = 'The policy that accepts exactly this token, and what else may differ, is in the summary of the job, or above where it has none.';
const WITHOUT_POLICY = 'What was sent, and what else may differ, is in the summary of the job, or above where it has none.';
function annotationOf({ reason, rows, policy }, happened) {
    if (rows.length === 0)
        return { message: `${reason}\n${happened}`, advice: '' };
    const isShown = policy !== undefined && 'command' in policy;
    const withheld = policy !== undefined && 'withheld' in policy && !reason.includes(policy.withheld.text) ? [policy.withheld.text] : [];
    return {
        message: [reason, `${happened} This was sent:`, ...annotated(rows).map(rowText)].join('\n'),
        advice: [...withheld, isShown ? WITH_POLICY : WITHOUT_POLICY].join('\n'),
    };
}
const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:';
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".';
const shellNote = `The commands are for bash; on Windows, for Git Bash or WSL. ${powerShell}`;
function refusalText({ otherReasons, rows, policy }) {
    const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n');
    const ways = policy === undefined || 'withheld' in policy
        ? [policy?.withheld.text ?? '']
        : [
            `This policy accepts exactly this token. ${policy.admits}\n${policy.command}`,
            `${lookUpNote}\n${policy.lookUp}\n${powerShell}`,
            `In Terraform:\n${policy.terraform}`,
            `By hand: ${policy.clicks}`,
        ];
    return [
        rows.length === 0 ? '' : `This was sent:\n${rows.map(rowText).join('\n')}`,
        others === '' ? '' : `${ALSO_POSSIBLE}:\n${others}`,
        ...ways,
    ]
        .filter((part) => part !== '')
        .join('\n\n');
}
const sentTable = (rows, heading = 'sent') => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['', heading, 'what a policy does with it'], rows.map(({ name, sent, policy }) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(name), sent.map(_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .asCode */ .qM).join('<br>'), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(policy)]));
function policyPage(policy) {
    const more = [
        `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)('The file policy.json, for')} PowerShell ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)('(--json "@policy.json"):')}`,
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(policy.file, 'json'),
        'Terraform:',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(policy.terraform, 'hcl'),
        `By hand: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(policy.clicks)}`,
    ];
    return [
        '#### The policy that accepts exactly this token',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(policy.admits),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(`${policy.lookUp}\n${policy.command}`, 'sh'),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .folded */ .TM)('PowerShell, Terraform, by hand', more.join('\n\n')),
    ].join('\n\n');
}
function redacted(value, redact) {
    return JSON.parse(JSON.stringify(value), (_name, part) => (typeof part === 'string' ? redact(part) : part));
}
function refusalPage(explanation, happened, redact) {
    const { reason, otherReasons, rows, policy } = redacted(explanation, redact);
    const others = otherReasons.map(({ cause, text }) => `- ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .asCode */ .qM)(cause)} ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(text)}`).join('\n');
    const parts = [
        `**${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(reason)}**`,
        ...(rows.length === 0 ? [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .textAsPage */ .hk)(redact(happened))] : [sentTable(rows)]),
        ...(others === '' ? [] : [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .folded */ .TM)(ALSO_POSSIBLE, others)]),
        ...(policy === undefined || ('withheld' in policy && reason.includes(policy.withheld.text))
            ? []
            : ['withheld' in policy ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .textAsPage */ .hk)(policy.withheld.text) : policyPage(policy)]),
    ];
    return parts.join('\n\n');
}
function explainedFailure(failure, explanation) {
    const { code, message: happened, serverText } = failure;
    const { message, advice } = annotationOf(explanation, happened);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, message, {
        serverText,
        advice,
        reason: explanation.cause,
        text: refusalText(explanation),
        page: (redact) => refusalPage(explanation, happened, redact),
        cause: failure,
    });
}
const stepText = ({ title, who, command }, at) => `${at + 1}. ${title} (${who}):\n${command}`;
function setupText({ rows, steps, policy }) {
    return [
        'The token of this job holds:',
        rows.map(rowText).join('\n'),
        'For Databricks to accept it, these have to exist:',
        ...steps.map(stepText),
        shellNote,
        ...('withheld' in policy ? [policy.withheld.text] : []),
    ].join('\n\n');
}
function setupPage(setup, redact) {
    const { rows, steps, policy } = redacted(setup, redact);
    const stepPage = ({ title, who, command }, at) => `${at + 1}. ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(title)} **(${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(who)})**\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(command, 'sh')}`;
    const terraform = 'withheld' in policy
        ? []
        : [
            (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .folded */ .TM)('The policy in Terraform, and by hand', `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(policy.terraform, 'hcl')}\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(policy.clicks)}`),
        ];
    return [
        '### Databricks dry run',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
        sentTable(rows, 'in the token'),
        '#### For Databricks to accept it, these have to exist',
        ...steps.map(stepPage),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(shellNote),
        ...('withheld' in policy ? [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inMarkdown */ .Hi)(policy.withheld.text)] : terraform),
    ].join('\n\n');
}


/***/ })

};
