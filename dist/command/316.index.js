"use strict";
exports.id = 316;
exports.ids = [316];
exports.modules = {

/***/ 6316:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dryRunPage: () => (/* binding */ dryRunPage),
  dryRunText: () => (/* binding */ dryRunText),
  explainedFailure: () => (/* binding */ explainedFailure),
  tellDryRun: () => (/* binding */ tellDryRun)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5770);
// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __webpack_require__(8488);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __webpack_require__(8839);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(6150);
// EXTERNAL MODULE: ./lib/src/explain/evidence.js
var evidence = __webpack_require__(7716);
// EXTERNAL MODULE: ./lib/src/explain/policy.js
var explain_policy = __webpack_require__(3671);
// EXTERNAL MODULE: ./lib/src/explain/refusal.js + 1 modules
var refusal = __webpack_require__(8956);
;// CONCATENATED MODULE: ./lib/src/explain/dry-run.js





const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const USUAL_CONSOLE = 'https://accounts.cloud.databricks.com';
const CONSOLES = [
    [/\.azuredatabricks\.net$/, 'https://accounts.azuredatabricks.net'],
    [/\.gcp\.databricks\.com$/, 'https://accounts.gcp.databricks.com'],
    [/\.cloud\.databricks\.us$/, 'https://accounts.cloud.databricks.us'],
    [/\.cloud\.databricks\.mil$/, 'https://accounts-dod.cloud.databricks.mil'],
    [/\.databricks\.azure\.us$|\.azuredatabricks\.us$/, 'https://accounts.azuredatabricks.us'],
    [/\.databricks\.azure\.cn$|\.azuredatabricks\.cn$/, 'https://accounts.azuredatabricks.cn'],
];
function accountConsole(host) {
    if (host === undefined)
        return USUAL_CONSOLE;
    if (host.kind === 'account')
        return host.origin;
    return CONSOLES.find(([zone]) => zone.test(host.serverHostname))?.[1] ?? USUAL_CONSOLE;
}
function argument(name, value) {
    const known = value !== undefined && value !== '' && /^[ -~]+$/.test(value) && !value.includes("'");
    const text = known ? value : name.toUpperCase();
    return /^[\w./:=@,+-]+$/.test(text) ? `${name}=${text}` : `${name}='${text}'`;
}
const line = (role, needed, more = {}) => [
    `sh set-up.sh ${role}`,
    ...Object.entries(needed).map(([name, value]) => argument(name, value)),
    ...Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [argument(name, value)])),
].join(' ');
const branchOf = ({ ref = '' }) => /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
function argumentsOf({ claims, host, clientId, accountId, warehouseId }) {
    const { repository, environment, iss, sub } = claims;
    const place = environment === undefined ? { branch: branchOf(claims) } : { environment };
    const console = accountConsole(host);
    return {
        repo: repository,
        place,
        branch: branchOf(claims),
        subject: sub,
        account_id: accountId,
        client_id: clientId,
        workspace: host === undefined || host.kind === 'account' ? undefined : host.origin,
        workspace_id: host?.workspaceId ?? (host === undefined ? undefined : (0,src_host/* workspaceIdIn */.W8)(host.serverHostname)),
        warehouse_id: /^[0-9a-f]{16}$/.test(warehouseId ?? '') ? warehouseId : undefined,
        issuer: iss === GITHUB_ISSUER ? undefined : iss,
        console: console === USUAL_CONSOLE ? undefined : console,
    };
}
function environmentStep(values) {
    const { repo, place, branch, issuer } = argumentsOf(values);
    if (values.claims.environment === undefined)
        return [];
    const name = (0,src_text/* printable */.g$)(values.claims.environment);
    const title = `The environment ${name}, closed to all branches but those that you trust. GitHub makes one that a job names and that is not there, open to every branch: this run may just have made it, and no token tells`;
    return [{ title, who: 'admin of the repository', command: line('github', { repo, ...place, branch }, { issuer }) }];
}
function scriptSteps(values) {
    const { repo, place, subject, account_id, client_id, workspace, workspace_id, warehouse_id, issuer, console } = argumentsOf(values);
    return [
        {
            title: 'The service principal, its federation policy and its membership of the workspace',
            who: 'account admin',
            command: line('account', { repo, ...place, subject, account_id, workspace_id }, { client_id, issuer, console }),
        },
        {
            title: 'The warehouse, if the job runs SQL, and what it may read',
            who: 'workspace admin',
            command: line('workspace', {
                repo,
                ...place,
                account_id,
                client_id,
                workspace,
                workspace_id,
                warehouse_id,
                catalog: undefined,
                schema: undefined,
            }),
        },
        {
            title: 'The variables that the workflow reads; none is a secret',
            who: 'admin of the repository',
            command: line('variables', { repo, ...place, account_id, client_id, workspace }, { warehouse_id }),
        },
    ];
}
function policyStep({ clientId }, policy) {
    return {
        title: `The federation policy. ${policy.admits} SERVICE_PRINCIPAL_ID is "id" in the first answer`,
        who: 'account admin',
        command: `${(0,explain_policy/* principalLookUp */.pT)(clientId)}\n${policy.command}`,
    };
}
function audiencesOf({ aud }, wanted, isSubjectTokenGiven) {
    if (isSubjectTokenGiven)
        return aud.length === 0 ? ['(none)'] : aud;
    return aud.includes(wanted) ? aud : [...aud, `(a login asks for ${wanted})`];
}
function dryRunFor({ disclosedClaims, isSubjectTokenGiven, ...known }) {
    const claims = isSubjectTokenGiven ? (0,evidence/* standardClaims */.$V)(disclosedClaims) : disclosedClaims;
    const values = { ...known, claims };
    const { host, accountId, audience, clientId, eventName, now } = values;
    const [own] = isSubjectTokenGiven ? claims.aud : [];
    const wanted = own ?? audience ?? accountId ?? explain_policy/* ACCOUNT_ID_PLACEHOLDER */.EU;
    const policy = (0,explain_policy/* policyFor */.KV)({ claims, audience: wanted, clientId, eventName, isSubjectTokenGiven });
    const isForScript = !isSubjectTokenGiven && host?.kind !== 'account';
    const others = 'withheld' in policy ? [] : isForScript ? scriptSteps(values) : [policyStep(values, policy)];
    return {
        rows: (0,refusal.claimRows)(claims, audiencesOf(claims, wanted, isSubjectTokenGiven), now),
        policy,
        steps: [...environmentStep(values), ...others],
    };
}

;// CONCATENATED MODULE: ./lib/src/explain/rendering.js



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
const BEFORE_POLICY = 'If the principal of this client id has a policy already, it may be that of another stage: then correct the client id. A second policy gives this job all rights of that principal.';
const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:';
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".';
function refusalText({ otherReasons, rows, policy }) {
    const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n');
    const ways = policy === undefined || 'withheld' in policy
        ? [policy?.withheld.text ?? '']
        : [
            `This policy accepts exactly this token. ${policy.admits} ${BEFORE_POLICY}\n${policy.command}`,
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
const sentTable = (rows, heading = 'sent') => (0,markdown/* table */.tp)(['', heading, 'what a policy does with it'], rows.map(({ name, sent, policy }) => [(0,markdown/* inMarkdown */.Hi)(name), sent.map(markdown/* asCode */.qM).join('<br>'), (0,markdown/* inMarkdown */.Hi)(policy)]));
function policyPage(policy) {
    const more = [
        `${(0,markdown/* inMarkdown */.Hi)('The file policy.json, for')} PowerShell ${(0,markdown/* inMarkdown */.Hi)('(--json "@policy.json"):')}`,
        (0,markdown/* fenced */.OF)(policy.file, 'json'),
        'Terraform:',
        (0,markdown/* fenced */.OF)(policy.terraform, 'hcl'),
        `By hand: ${(0,markdown/* inMarkdown */.Hi)(policy.clicks)}`,
    ];
    return [
        '#### The policy that accepts exactly this token',
        (0,markdown/* inMarkdown */.Hi)(`${policy.admits} ${BEFORE_POLICY}`),
        (0,markdown/* fenced */.OF)(`${policy.lookUp}\n${policy.command}`, 'sh'),
        (0,markdown/* folded */.TM)('PowerShell, Terraform, by hand', more.join('\n\n')),
    ].join('\n\n');
}
function redacted(value, redact) {
    return JSON.parse(JSON.stringify(value), (_name, part) => (typeof part === 'string' ? redact(part) : part));
}
function refusalPage(explanation, happened, redact) {
    const { reason, otherReasons, rows, policy } = redacted(explanation, redact);
    const others = otherReasons.map(({ cause, text }) => `- ${(0,markdown/* asCode */.qM)(cause)} ${(0,markdown/* inMarkdown */.Hi)(text)}`).join('\n');
    const parts = [
        `**${(0,markdown/* inMarkdown */.Hi)(reason)}**`,
        ...(rows.length === 0 ? [(0,markdown/* textAsPage */.hk)(redact(happened))] : [sentTable(rows)]),
        ...(others === '' ? [] : [(0,markdown/* folded */.TM)(ALSO_POSSIBLE, others)]),
        ...(policy === undefined || ('withheld' in policy && reason.includes(policy.withheld.text))
            ? []
            : ['withheld' in policy ? (0,markdown/* textAsPage */.hk)(policy.withheld.text) : policyPage(policy)]),
    ];
    return parts.join('\n\n');
}
function explainedFailure(failure, explanation) {
    const { code, message: happened, serverText } = failure;
    const { message, advice } = annotationOf(explanation, happened);
    return new errors/* ActionError */.lZ(code, message, {
        serverText,
        advice,
        reason: explanation.cause,
        text: refusalText(explanation),
        page: (redact) => refusalPage(explanation, happened, redact),
        cause: failure,
    });
}
const SCRIPT = 'set-up.sh is in the folder setup of this action; docs/setup.md says how to fetch it and read it first. Each line shows what it would do, and does it with --apply. Words in capitals are yours to fill in. The lines are for bash; on Windows, for Git Bash or WSL.';
const stepText = ({ title, who, command }, at) => `${at + 1}. ${title} (${who}):\n${command}`;
const usesScript = (steps) => steps.some(({ command }) => command.startsWith('sh set-up.sh'));
function dryRunText({ rows, steps, policy }) {
    return [
        'For Databricks to accept the token of this job, these have to exist:',
        ...steps.map(stepText),
        ...(usesScript(steps) ? [SCRIPT] : []),
        ...('withheld' in policy ? [policy.withheld.text] : []),
        'The token holds:',
        rows.map(rowText).join('\n'),
    ].join('\n\n');
}
function dryRunPage(found, redact) {
    const { rows, steps, policy } = redacted(found, redact);
    const stepPage = ({ title, who, command }, at) => `${at + 1}. ${(0,markdown/* inMarkdown */.Hi)(title)} **(${(0,markdown/* inMarkdown */.Hi)(who)})**\n\n${(0,markdown/* fenced */.OF)(command, 'sh')}`;
    const byHand = (shown) => [
        (0,markdown/* inMarkdown */.Hi)(shown.admits),
        (0,markdown/* fenced */.OF)(shown.command, 'sh'),
        (0,markdown/* fenced */.OF)(shown.terraform, 'hcl'),
        (0,markdown/* inMarkdown */.Hi)(shown.clicks),
    ];
    return [
        '### Databricks dry run',
        (0,markdown/* inMarkdown */.Hi)('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
        '#### For Databricks to accept it, these have to exist',
        ...steps.map(stepPage),
        ...(usesScript(steps) ? [(0,markdown/* inMarkdown */.Hi)(SCRIPT)] : []),
        ...('withheld' in policy
            ? [(0,markdown/* inMarkdown */.Hi)(policy.withheld.text)]
            : [(0,markdown/* folded */.TM)('The policy by command, in Terraform, and by hand', byHand(policy).join('\n\n'))]),
        '#### What the token holds',
        sentTable(rows, 'in the token'),
    ].join('\n\n');
}
function tellDryRun(known, { GITHUB_EVENT_NAME: eventName, DATABRICKS_WAREHOUSE_ID: warehouseId }, { text, page, warning }) {
    const found = dryRunFor({ ...known, eventName, warehouseId });
    text(dryRunText(found));
    page((redact) => dryRunPage(found, redact));
    warning('This was a dry run (dry_run: true): nothing was sent to Databricks, and no later step is logged in.');
}


/***/ })

};
;