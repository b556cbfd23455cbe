"use strict";
exports.id = 316;
exports.ids = [316,956];
exports.modules = {

/***/ 716:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $V: () => (/* binding */ standardClaims),
/* harmony export */   JD: () => (/* binding */ hasError),
/* harmony export */   KI: () => (/* binding */ audiencesTried),
/* harmony export */   kM: () => (/* binding */ refusedClaims)
/* harmony export */ });
const hasError = ({ refused }, error) => refused.some((answer) => answer.error === error);
const refusedClaims = ({ refused }) => refused[0]?.claims ?? { aud: [], exp: undefined };
const audiencesTried = ({ refused }) => [
    ...new Set(refused.flatMap(({ claims }) => claims.aud)),
];
const standardClaims = ({ iss, sub, aud, exp }) => ({
    ...(iss === undefined ? {} : { iss }),
    ...(sub === undefined ? {} : { sub }),
    aud,
    exp,
});


/***/ }),

/***/ 679:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ githubSubject),
/* harmony export */   L: () => (/* binding */ withoutIds)
/* harmony export */ });
const REPOSITORY = /^repo:[^:/]+\/[^:/]+(?=:)/;
const IDS = /^repo:[^:/]+@\d+\/[^:/]+@\d+(:|$)/;
const CONTEXTS = [
    ['environment', /^:environment:./s],
    ['pull_request', /^:pull_request$/],
    ['branch', /^:ref:refs\/heads\/./s],
    ['tag', /^:ref:refs\/tags\/./s],
];
function githubSubject({ sub = '', repository }) {
    const hasIds = IDS.test(sub);
    const own = REPOSITORY.exec(sub)?.[0];
    if (own !== undefined) {
        const kind = CONTEXTS.find(([, form]) => form.test(sub.slice(own.length)))?.[0];
        if (kind !== undefined)
            return { repository: own, kind, hasIds };
    }
    return repository === undefined ? undefined : { repository: `repo:${repository}`, kind: 'custom', hasIds };
}
const withoutIds = (subject) => subject.replace(/^(repo:[^:/]+)@\d+(\/[^:/]+)@\d+/, '$1$2');


/***/ }),

/***/ 671:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EU: () => (/* binding */ ACCOUNT_ID_PLACEHOLDER),
/* harmony export */   KV: () => (/* binding */ policyFor),
/* harmony export */   pT: () => (/* binding */ principalLookUp)
/* harmony export */ });
/* unused harmony exports jsonString, hclString */
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(150);
/* harmony import */ var _github_subject_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(679);
/* harmony import */ var _withheld_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(513);



const PRINCIPAL_PLACEHOLDER = 'SERVICE_PRINCIPAL_ID';
const ACCOUNT_ID_PLACEHOLDER = 'ACCOUNT_ID';
const CLIENT_ID_PLACEHOLDER = 'APPLICATION_ID';
const SAFE = /^[A-Za-z0-9_./:@+=, -]$/;
const hexadecimal = (character) => {
    const code = Number(character.codePointAt(0)).toString(16);
    return character.length > 1 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
};
const quoted = (characters) => `"${characters.map((character) => (SAFE.test(character) ? character : hexadecimal(character))).join('')}"`;
const jsonString = (text) => quoted(text.split(''));
const hclString = (text) => quoted([...text.toWellFormed()]);
function policyId({ repository, environment, ref }) {
    const name = repository === undefined ? 'login' : `${repository.split('/')[1]}-${environment ?? ref?.split('/').pop()}`;
    const slug = `github-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return slug.slice(0, 63).replace(/-$/, '');
}
function admittedBy(claims, sub) {
    const { environment } = claims;
    const { kind, repository = '' } = (0,_github_subject_js__WEBPACK_IMPORTED_MODULE_2__/* .githubSubject */ .E)(claims) ?? {};
    const name = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(repository.replace(/^repo:/, ''));
    if (kind === 'environment') {
        const closed = 'close the environment to all branches but those that you trust';
        return `Admits every job of ${name} that names the environment ${(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(environment ?? sub.replace(/^.*:environment:/s, ''))}: ${closed}.`;
    }
    if (kind === 'branch' || kind === 'tag') {
        const ref = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(sub.replace(/^.*:ref:refs\/(heads|tags)\//s, ''));
        const where = kind === 'tag' ? `the tag ${ref}` : `the branch ${ref}`;
        const others = kind === 'tag' ? '' : ' (pull_request_target, issue_comment and workflow_run of a default branch, too)';
        return `Admits every workflow of ${name} that runs on ${where}, whatever started it${others}; an environment admits fewer.`;
    }
    return 'Admits every token of this issuer with this subject.';
}
const lookUp = (clientId) => `databricks account service-principals list --filter 'applicationId eq "${clientId}"' -o json`;
const principalLookUp = (clientId) => lookUp(clientId ?? CLIENT_ID_PLACEHOLDER);
function terraformOf({ claims, audience, clientId }, iss, sub) {
    return [
        'data "databricks_service_principal" "job" {',
        `  application_id = ${hclString(clientId ?? CLIENT_ID_PLACEHOLDER)}`,
        '}',
        '',
        'resource "databricks_service_principal_federation_policy" "job" {',
        '  service_principal_id = data.databricks_service_principal.job.id',
        `  policy_id            = ${hclString(policyId(claims))}`,
        '  oidc_policy = {',
        `    issuer    = ${hclString(iss)}`,
        `    audiences = [${hclString(audience)}]`,
        `    subject   = ${hclString(sub)}`,
        '  }',
        '}',
    ].join('\n');
}
function policyFor(options) {
    const { claims, audience } = options;
    const withheld = (0,_withheld_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .whyWithheld */ .Q)(options);
    if (withheld !== undefined)
        return { withheld };
    const { iss = '', sub = '' } = claims;
    const file = [
        '{"oidc_policy": {',
        `  "issuer": ${jsonString(iss)},`,
        `  "audiences": [${jsonString(audience)}],`,
        `  "subject": ${jsonString(sub)}`,
        '}}',
    ].join('\n');
    const create = 'databricks account service-principal-federation-policy create';
    return {
        admits: admittedBy(claims, sub),
        command: `${create} ${PRINCIPAL_PLACEHOLDER} --policy-id ${policyId(claims)} --json '${file}'`,
        file,
        terraform: terraformOf(options, iss, sub),
        clicks: 'Account console → User management → Service principals → the principal → Credentials & secrets → Federation policies → Create policy.',
    };
}


/***/ }),

/***/ 956:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  claimRows: () => (/* binding */ claimRows),
  explain: () => (/* binding */ explain),
  explainedAnswer: () => (/* binding */ explainedAnswer)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(770);
// EXTERNAL MODULE: ./lib/src/federation/exchange-refused.js
var exchange_refused = __webpack_require__(979);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(150);
// EXTERNAL MODULE: ./lib/src/time.js
var time = __webpack_require__(332);
// EXTERNAL MODULE: ./lib/src/federation/issuer.js
var issuer = __webpack_require__(828);
// EXTERNAL MODULE: ./lib/src/explain/evidence.js
var explain_evidence = __webpack_require__(716);
// EXTERNAL MODULE: ./lib/src/explain/github-subject.js
var github_subject = __webpack_require__(679);
// EXTERNAL MODULE: ./lib/src/explain/withheld-policy.js
var withheld_policy = __webpack_require__(513);
;// CONCATENATED MODULE: ./lib/src/explain/causes.js





const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const MOST_CLOCKS_ARE_OFF_BY = 60;
const ENDING_SECONDS = 60;
const refused = ['EXCHANGE_REFUSED'];
const untimely = [
    'SUBJECT_TOKEN_EXPIRED',
    'SUBJECT_TOKEN_NOT_YET_VALID',
    'TOKEN_TOO_SHORT',
    'EXCHANGE_REFUSED',
];
const ofSql = ['WAREHOUSE_REFUSED', 'STATEMENT_REFUSED', 'STATEMENT_UNCERTAIN'];
const forbidden = ['METADATA_REFUSED', 'EXCHANGE_FORBIDDEN', 'VERIFY_FORBIDDEN', ...ofSql];
const shownSubject = ({ sub }) => (0,src_text/* printable */.g$)(sub);
const contextOf = (evidence) => (0,src_text/* printable */.g$)(shownSubject(evidence).replace(/^repo:[^:]*:/, ''));
const environmentSubject = ({ repository }) => `${(0,src_text/* printable */.g$)(repository)}:environment:NAME`;
function subjectOf(evidence, kind) {
    const subject = (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence));
    return subject?.kind === kind ? subject : undefined;
}
function subjectWithoutEnvironment(evidence, { repository }) {
    const { ref = 'refs/heads/BRANCH' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    return `${(0,src_text/* printable */.g$)(repository)}:ref:${(0,src_text/* printable */.g$)(ref)}`;
}
const missed = ({ undeclared, clientId, accountId, audience }) => undeclared.find(({ meant }) => (meant === 'identity_federation_client_id' && clientId === undefined) ||
    (meant === 'account_id' && accountId === undefined) ||
    (meant === 'audience' && audience === undefined));
const tokenOf = (evidence) => ({ ...evidence, claims: (0,explain_evidence/* refusedClaims */.kM)(evidence) });
const withheldAs = (evidence, ...whys) => {
    const withheld = (0,withheld_policy/* whyWithheld */.Q)(tokenOf(evidence));
    return withheld !== undefined && whys.includes(withheld.why) && `No policy accepts this token. ${withheld.text}`;
};
const seconds = (count) => `${Math.round(Math.abs(count))} s`;
const RULES = {
    CLOCK_OFF: {
        of: untimely,
        says: ({ clockSkewSeconds = 0, code, isSubjectTokenGiven }) => Math.abs(clockSkewSeconds) > MOST_CLOCKS_ARE_OFF_BY &&
            (isSubjectTokenGiven || code !== 'EXCHANGE_REFUSED') &&
            `The clock of this runner is ${seconds(clockSkewSeconds)} ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} that of the server. Tokens are valid for minutes only, so set the clock.`,
    },
    TOKEN_ENDING: {
        of: refused,
        says: (evidence) => {
            const { exp = Number.POSITIVE_INFINITY } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            const left = exp - evidence.now;
            return (evidence.isSubjectTokenGiven &&
                left < ENDING_SECONDS &&
                `The subject token ${left > 0 ? `had only ${seconds(left)} to live` : 'has ended'}. Fetch it in the step right before this one.`);
        },
    },
    SCOPE_REFUSED: {
        of: refused,
        says: (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_scope') &&
            `This host does not give the scope ${(0,src_text/* printable */.g$)(evidence.scope)}. Set scope to all-apis, or leave it out.`,
    },
    GROUP_REFUSED: {
        of: refused,
        says: (evidence) => evidence.groupId !== undefined &&
            (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_request') &&
            `${evidence.host.serverHostname} refuses group_id (the parameter assume_group), as account consoles and unified hosts do. Set host to the URL of the workspace itself, or take group_id out: the token then has all rights of the principal.`,
    },
    UNKNOWN_CLIENT: {
        of: refused,
        says: (evidence) => evidence.clientId !== undefined &&
            (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_client') &&
            `Databricks finds no service principal with a policy under the client id ${evidence.clientId}. Set identity_federation_client_id to the application id of the service principal that has the policy. If it was created minutes ago, run the job again.`,
    },
    UNDECLARED_INPUT: {
        of: refused,
        says: (evidence) => {
            const input = missed(evidence);
            return (input !== undefined &&
                `This action has no input ${(0,src_text/* printable */.g$)(input.name)}, so its value was not used. Write ${input.meant} in its place.`);
        },
    },
    NO_CLIENT_ID: {
        of: refused,
        says: ({ clientId }) => clientId === undefined &&
            'No client id was given, so Databricks looks only at policies of the whole account. Set identity_federation_client_id to the application id of the service principal that has the policy.',
    },
    GIVEN_TOKEN: {
        of: refused,
        standing: 'policy',
        says: ({ isSubjectTokenGiven }) => isSubjectTokenGiven &&
            'No policy accepts the subject_token that was given. Compare its issuer, subject and audience with those of the policy: they must be exactly equal.',
    },
    UNTRUSTED_EVENT: {
        of: refused,
        standing: 'policy',
        says: (evidence) => withheldAs(evidence, 'event'),
    },
    SUBJECT_TEMPLATE: {
        of: refused,
        standing: 'policy',
        says: (evidence) => withheldAs(evidence, 'repository', 'context'),
    },
    NO_ACCOUNT_ID: {
        of: refused,
        says: ({ accountId, audience, isSubjectTokenGiven, publishedAccountId }) => accountId === undefined &&
            audience === undefined &&
            !isSubjectTokenGiven &&
            `No account id was given. A policy that names no audience accepts only the account id, so set account_id.${publishedAccountId === undefined ? '' : ` The host says that it is ${publishedAccountId}. If that is yours, set account_id to it.`}`,
    },
    NO_MATCHING_POLICY: {
        of: refused,
        standing: 'policy',
        says: () => 'No policy accepts this token. Compare issuer, subject and audience with those of the policy: they must be exactly equal.',
    },
    IMMUTABLE_SUBJECT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence))?.hasIds === true &&
            `The subject holds ids, as for every repository that was created, renamed or transferred since July 2026. Change the policy's subject from ${(0,github_subject/* withoutIds */.L)(shownSubject(evidence))} to ${shownSubject(evidence)}.`,
    },
    ENTERPRISE_ISSUER: {
        of: refused,
        standing: 'near miss',
        says: (evidence) => {
            const { iss = '' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            if ((0,issuer/* identityProvider */.K$)(iss) !== 'github' || iss === GITHUB_ISSUER)
                return false;
            const keys = iss.endsWith('/_services/token')
                ? ' If Databricks cannot reach that server, the policy needs its keys, too (jwks_json).'
                : '';
            return `The issuer is one of an enterprise. Change the policy's issuer from ${GITHUB_ISSUER} to ${(0,src_text/* printable */.g$)(iss)}.${keys}`;
        },
    },
    CUSTOM_SUBJECT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => subjectOf(evidence, 'custom') !== undefined &&
            `A template of the organization or repository makes the subject (include_claim_keys). Change the policy's subject to ${shownSubject(evidence)}.`,
    },
    CAPITAL_LETTERS: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = shownSubject(evidence);
            return (/[A-Z]/.test(subject) &&
                `The subject has capital letters, and a policy compares them, too. Write the policy's subject exactly so: ${subject}.`);
        },
    },
    OTHER_STAGE: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            if (evidence.isSubjectTokenGiven)
                return false;
            const kind = (0,github_subject/* githubSubject */.E)((0,explain_evidence/* refusedClaims */.kM)(evidence))?.kind;
            if (kind !== 'branch' && kind !== 'environment')
                return false;
            const { environment = '', ref = '' } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            const where = kind === 'environment'
                ? `names the environment ${(0,src_text/* printable */.g$)(environment)}`
                : `runs on the branch ${(0,src_text/* printable */.g$)(ref.replace(/^refs\/heads\//, ''))}`;
            return `The job ${where}, and a policy for another branch or environment does not accept it. Before you make a policy, run the job on the branch or in the environment of the policy, or set the client id of this stage.`;
        },
    },
    NO_ENVIRONMENT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'branch');
            return (subject !== undefined &&
                `The job names no environment, so its subject ends with ${contextOf(evidence)}. If the policy is for ${environmentSubject(subject)}, add environment: NAME to the job.`);
        },
    },
    ENVIRONMENT: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'environment');
            return (subject !== undefined &&
                `The job names an environment, so its subject ends with ${contextOf(evidence)}. A policy for ${subjectWithoutEnvironment(evidence, subject)} accepts only a job without environment. Change the policy's subject.`);
        },
    },
    TAG: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const subject = subjectOf(evidence, 'tag');
            return (subject !== undefined &&
                `The job runs for a tag, so its subject ends with ${contextOf(evidence)}. No policy for a branch accepts that. Add environment: NAME to the job, and make the policy for ${environmentSubject(subject)}.`);
        },
    },
    OTHER_AUDIENCE: {
        of: refused,
        standing: 'near miss',
        says: ({ audience, accountId }) => audience !== undefined &&
            audience !== accountId &&
            `The audience ${(0,src_text/* printable */.g$)(audience)} was given, so no other was tried. Add it to the policy's audiences, or take the input audience out.`,
    },
    GITHUB_AUDIENCE: {
        of: refused,
        standing: 'near miss',
        says: (evidence) => {
            const { repository_owner: owner } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            return (evidence.audience === undefined &&
                !evidence.isSubjectTokenGiven &&
                owner !== undefined &&
                `The policy may have the audience of Databricks' own page, https://github.com/${(0,src_text/* printable */.g$)(owner)}. This action asks for that one only if you say so. Add ${evidence.accountId ?? 'the account id'} to the policy's audiences, or set the input audience to that address.`);
        },
    },
    REUSABLE_WORKFLOW: {
        of: refused,
        standing: 'near miss',
        namesSubject: true,
        says: (evidence) => {
            const { job_workflow_ref: own, workflow_ref: started } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
            return (own !== undefined &&
                started !== undefined &&
                own !== started &&
                `The job is one of a reusable workflow (${(0,src_text/* printable */.g$)(own)}), and its subject names the repository that calls it. Make the policy for ${shownSubject(evidence)}, and not for a subject of the reusable workflow.`);
        },
    },
    OTHER_PRINCIPAL: {
        of: refused,
        standing: 'cannot be known',
        says: ({ clientId }) => clientId !== undefined &&
            `The client id ${clientId} may be that of another stage or workload. List the policies of its service principal. If none is for this job, correct the client id.`,
    },
    OTHER_ACCOUNT: {
        of: refused,
        standing: 'cannot be known',
        says: (evidence) => {
            const { accountId, isSubjectTokenGiven } = evidence;
            return (accountId !== undefined &&
                !isSubjectTokenGiven &&
                (0,explain_evidence/* audiencesTried */.KI)(evidence).includes(accountId) &&
                `The account id ${accountId} may be misspelt, or that of another account. A policy that names no audience accepts only the id of its own account. Compare account_id with the id that the account console shows in the user menu.`);
        },
    },
    NO_ISSUER: {
        of: refused,
        standing: 'cannot be known',
        says: () => 'The policy may have no issuer: the CLI leaves out what does not stand under oidc_policy, and only warns. List the policies. If one has no issuer, make it again with oidc_policy around its fields.',
    },
    OTHER_CLAIM: {
        of: refused,
        standing: 'cannot be known',
        says: () => 'The policy may compare another claim than sub (subject_claim). List the policies, and compare the subject of the policy with that claim.',
    },
    ENTRA_OBJECT_ID: {
        of: refused,
        standing: 'cannot be known',
        says: ({ clientId, host: { serverHostname } }) => clientId !== undefined &&
            /\.(azuredatabricks\.net|databricks\.azure\.(us|cn)|azuredatabricks\.(us|cn))$/.test(serverHostname) &&
            `The client id ${clientId} may be the object id of an Entra application. Set identity_federation_client_id to its application (client) id.`,
    },
    IP_ACCESS_LIST: {
        of: forbidden,
        says: ({ serverText, host }) => /source ip address.{0,80}(is )?blocked/is.test(serverText) &&
            `The IP access list of ${host.serverHostname} does not hold the address of this runner. Add it, or run the job on a runner whose address is on the list. GitHub's standard runners have no fixed addresses.`,
    },
    NOT_IN_WORKSPACE: {
        of: forbidden,
        says: ({ serverText, host }) => /invalid access to org/i.test(serverText) &&
            `The service principal is no member of the workspace ${host.serverHostname}, or its token is for another account. If host and client id are of two stages, correct the variables. Otherwise assign the service principal to the workspace (account console → Workspaces → Permissions).`,
    },
    NO_SUCH_SERVER: {
        of: ['EXCHANGE_NOT_FOUND', 'METADATA_REFUSED'],
        says: ({ code, happened, accountId = '', host: { kind, serverHostname } }) => {
            if (code !== 'EXCHANGE_NOT_FOUND' && !/\banswered 404\b/.test(happened))
                return false;
            const isOfAccount = kind === 'account' || (accountId !== '' && happened.includes(`/accounts/${accountId}/`));
            return isOfAccount
                ? `${serverHostname} knows no account with the id ${accountId}. Check account_id, or set host to the URL of a workspace.`
                : `${serverHostname} is not the address of a workspace. Set host to the URL that the browser shows in the workspace, and not to that of an account console, an app or a page.`;
        },
    },
    LOGIN_PAGE: {
        of: ['METADATA_INVALID', 'EXCHANGE_INVALID', 'ANSWER_INVALID', 'VERIFY_INVALID', 'SERVER_UNAVAILABLE', ...ofSql],
        says: ({ serverText, host }) => /text\/html|<!doctype html|<html/i.test(serverText) &&
            `A web page came where ${host.serverHostname} should have answered JSON. A login page or a proxy answers in its place. Set host to the URL of the workspace, and make the proxy let the runner through.`,
    },
    RATE_LIMIT: {
        of: ['SERVER_UNAVAILABLE'],
        says: ({ happened }) => /\b429\b/.test(happened) &&
            'Too many logins came at the same time (429). Set max-parallel for the matrix, or run the job again later.',
    },
};
const CAUSES = Object.keys(RULES);
const failuresOf = (cause) => RULES[cause].of;
function textOf(rule, evidence, naming) {
    if (rule.namesSubject !== true)
        return rule.says(evidence);
    return naming !== undefined && rule.says(naming);
}
function reasonsFor(evidence) {
    const { sub } = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    const naming = sub === undefined || (0,withheld_policy/* whyWithheld */.Q)(tokenOf(evidence)) !== undefined ? undefined : { ...evidence, sub };
    const fitting = CAUSES.flatMap((cause) => {
        const rule = RULES[cause];
        const text = rule.of.includes(evidence.code) && textOf(rule, evidence, naming);
        return text === false ? [] : [{ cause, text, standing: rule.standing }];
    });
    return fitting
        .filter(({ standing }, at) => at === 0 || standing !== 'policy')
        .map(({ cause, text }) => ({ cause, text }));
}

// EXTERNAL MODULE: ./lib/src/explain/policy.js
var explain_policy = __webpack_require__(671);
;// CONCATENATED MODULE: ./lib/src/explain/refusal.js







const LONGEST_IN_POLICY = 1_000;
const HOST_KINDS = {
    workspace: 'workspace',
    account: 'account console',
    unified: 'unified host',
    unknown: 'a name of your own',
};
const JOB_CLAIMS = ['repository', 'environment', 'event_name', 'ref', 'job_workflow_ref'];
function jobRows(claims) {
    return JOB_CLAIMS.flatMap((name) => {
        const claim = claims[name];
        return claim === undefined
            ? []
            : [{ name, sent: [(0,src_text/* printable */.g$)(claim)], policy: 'is compared only if subject_claim names it' }];
    });
}
function claimRows(claims, audiences, now) {
    const { iss, sub, exp } = claims;
    const shown = (claim) => [claim === undefined ? '(none)' : (0,src_text/* printable */.g$)(claim)];
    const ends = exp === undefined ? '(none)' : `${(0,time/* formatTime */.fU)(exp)} (in ${Math.floor((0,time/* secondsUntil */.Ch)(exp, now))} s)`;
    return [
        { name: 'issuer', sent: shown(iss), policy: 'has to be exactly equal' },
        { name: 'subject', sent: shown(sub), policy: 'has to be exactly equal, without wildcards' },
        {
            name: 'audience',
            sent: audiences.map(src_text/* printable */.g$),
            policy: 'one of these has to be in audiences; a policy without audiences accepts the account id',
        },
        { name: 'expires', sent: [ends], policy: 'the Databricks token ends at the same time' },
        ...jobRows(claims),
    ];
}
function rowsOf(evidence) {
    const { host, clientId, groupId, scope, now } = evidence;
    const client = clientId ?? '(none: account-wide federation)';
    return [
        {
            name: 'host',
            sent: [`${host.origin} (${HOST_KINDS[host.kind]})`],
            policy: 'has to belong to the account that has the policy',
        },
        { name: 'client id', sent: [client], policy: 'the application id of the principal that has the policy' },
        { name: 'scope', sent: [(0,src_text/* printable */.g$)(scope)], policy: 'is not part of a policy' },
        ...(groupId === undefined ? [] : [{ name: 'group', sent: [groupId], policy: 'is not part of a policy' }]),
        ...claimRows((0,explain_evidence/* refusedClaims */.kM)(evidence), (0,explain_evidence/* audiencesTried */.KI)(evidence), now),
    ];
}
function policyOf(evidence) {
    const { accountId, audience: asked, clientId, eventName, isSubjectTokenGiven } = evidence;
    const claims = (0,explain_evidence/* refusedClaims */.kM)(evidence);
    const { iss, sub } = claims;
    if (iss === undefined || sub === undefined || iss.length + sub.length > LONGEST_IN_POLICY)
        return undefined;
    const [first = ''] = claims.aud;
    const audience = isSubjectTokenGiven ? first : (asked ?? accountId ?? explain_policy/* ACCOUNT_ID_PLACEHOLDER */.EU);
    const options = { claims, audience: audience.slice(0, LONGEST_IN_POLICY), clientId, eventName, isSubjectTokenGiven };
    const policy = (0,explain_policy/* policyFor */.KV)(options);
    return 'withheld' in policy ? policy : { ...policy, lookUp: (0,explain_policy/* principalLookUp */.pT)(clientId) };
}
const isOfRequest = (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_scope') || (evidence.groupId !== undefined && (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_request'));
const comesBeforePolicies = (evidence) => (0,explain_evidence/* hasError */.JD)(evidence, 'invalid_client') || isOfRequest(evidence);
function evidenceOf(failure, options, circumstances) {
    const { host, clientId, accountId, audience, groupId, scope, subjectToken } = options;
    const isSubjectTokenGiven = subjectToken !== undefined;
    const isRefusal = failure instanceof exchange_refused/* ExchangeRefused */.a;
    const refused = isRefusal ? failure.refused : [];
    return {
        ...circumstances,
        code: failure.code,
        happened: failure.message,
        serverText: failure.serverText ?? '',
        host,
        clientId,
        accountId,
        audience,
        groupId,
        scope,
        isSubjectTokenGiven,
        publishedAccountId: isRefusal ? failure.publishedAccountId : undefined,
        refused: isSubjectTokenGiven
            ? refused.map((answer) => ({ ...answer, claims: (0,explain_evidence/* standardClaims */.$V)(answer.claims) }))
            : refused,
    };
}
function explain(failure, options, circumstances) {
    const evidence = evidenceOf(failure, options, circumstances);
    const [first, ...others] = reasonsFor(evidence);
    if (first === undefined)
        return undefined;
    const isRefused = evidence.refused.length > 0;
    return {
        cause: first.cause,
        reason: first.text,
        otherReasons: comesBeforePolicies(evidence) ? [] : others,
        rows: isRefused ? rowsOf(evidence) : [],
        policy: isRefused && !isOfRequest(evidence) ? policyOf(evidence) : undefined,
    };
}
function explainedAnswer(failure, host) {
    const { code, message: happened, advice, serverText = '' } = failure;
    const unknown = {
        clientId: undefined,
        accountId: undefined,
        groupId: undefined,
        publishedAccountId: undefined,
        audience: undefined,
    };
    const [cause] = reasonsFor({
        ...unknown,
        code,
        happened,
        serverText,
        host,
        scope: '',
        isSubjectTokenGiven: false,
        refused: [],
        undeclared: [],
        eventName: undefined,
        clockSkewSeconds: undefined,
        now: (0,time/* secondsNow */.aL)(),
    });
    if (cause === undefined)
        return failure;
    return new errors/* ActionError */.lZ(code, `${cause.text}\n${happened}`, {
        serverText,
        advice: code === 'WAREHOUSE_REFUSED' ? '' : advice,
        reason: cause.cause,
        cause: failure,
    });
}


/***/ }),

/***/ 316:
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
var errors = __webpack_require__(770);
// EXTERNAL MODULE: ./lib/src/markdown.js
var markdown = __webpack_require__(488);
// EXTERNAL MODULE: ./lib/src/host.js
var src_host = __webpack_require__(839);
// EXTERNAL MODULE: ./lib/src/text.js
var src_text = __webpack_require__(150);
// EXTERNAL MODULE: ./lib/src/explain/evidence.js
var evidence = __webpack_require__(716);
// EXTERNAL MODULE: ./lib/src/explain/policy.js
var explain_policy = __webpack_require__(671);
// EXTERNAL MODULE: ./lib/src/explain/refusal.js + 1 modules
var refusal = __webpack_require__(956);
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


/***/ }),

/***/ 513:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ whyWithheld)
/* harmony export */ });
/* harmony import */ var _federation_issuer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(828);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(150);


const EVENTS_OF_WRITERS = [
    'push',
    'schedule',
    'workflow_dispatch',
    'repository_dispatch',
    'release',
    'create',
    'deployment',
];
const MERGE_QUEUE = 'merge_group';
const PULL_REQUEST = 'pull_request';
function componentsOf(subject) {
    const components = new Set();
    let key;
    for (const word of subject.split(':')) {
        if (key !== undefined) {
            components.add(`${key}:${word}`);
            key = undefined;
        }
        else if (word === PULL_REQUEST)
            components.add(word);
        else
            key = word;
    }
    return components;
}
const encoded = (value) => value.replaceAll(':', '%3A');
function repositoryComponents(claims) {
    const { repository = '', repository_id: id, repository_owner_id: ownerId } = claims;
    if (repository === '')
        return [];
    const [owner, name] = repository.split('/');
    const byId = id === undefined ? [] : [`repository_id:${id}`];
    const withIds = id === undefined || ownerId === undefined ? [] : [`repo:${owner}@${ownerId}/${name}@${id}`];
    return [`repo:${repository}`, `repository:${repository}`, ...byId, ...withIds];
}
const isBranchOrTag = (ref) => /^refs\/(heads|tags)\/./s.test(ref) && !ref.startsWith('refs/heads/gh-readonly-queue/');
function contextComponent({ environment, ref = '' }) {
    if (environment !== undefined && environment !== '')
        return `environment:${encoded(environment)}`;
    return isBranchOrTag(ref) ? `ref:${ref}` : undefined;
}
function foreignEvent({ claims, eventName }) {
    const { sub = '', ref = '', environment = '', event_name } = claims;
    if (/^refs\/pull\//.test(ref) || /:ref:refs\/pull\//.test(sub))
        return PULL_REQUEST;
    if (componentsOf(sub).has(PULL_REQUEST))
        return PULL_REQUEST;
    const events = [event_name, eventName].filter((name) => name !== undefined && name !== '');
    if (events.length === 0)
        return 'an event that is not known';
    return events.find((name = '') => !EVENTS_OF_WRITERS.includes(name) && !(name === MERGE_QUEUE && environment !== ''));
}
function namesEnvironmentOrRef(subject) {
    const found = /^repo:[^:/]+\/[^:/]+:(?:environment:[^:]+|ref:([^:]+))$/s.exec(subject);
    if (found === null)
        return false;
    const [, ref] = found;
    return ref === undefined || isBranchOrTag(ref);
}
const ofEvent = (event) => ({
    why: 'event',
    text: `No policy is shown for ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(event)}: people without write access to the repository may be able to start it, or to bring the code that it runs. Run what needs Databricks on push, schedule or workflow_dispatch.`,
});
const OF_REPOSITORY = {
    why: 'repository',
    text: 'No policy is shown: the subject does not name this repository, so the policy would admit others, too. Add repo and context to the template that makes the subject (include_claim_keys).',
};
const OF_CONTEXT = {
    why: 'context',
    text: 'No policy is shown: the subject does not name the environment or the branch of this job, so the policy would admit others, too. Add context to the template that makes the subject (include_claim_keys).',
};
function whyWithheld(token) {
    const { claims, isSubjectTokenGiven } = token;
    const { iss = '', sub = '' } = claims;
    const event = foreignEvent(token);
    if (event !== undefined)
        return ofEvent(event);
    if (isSubjectTokenGiven) {
        if (sub === '')
            return OF_REPOSITORY;
        return (0,_federation_issuer_js__WEBPACK_IMPORTED_MODULE_0__/* .isGitHub */ .Wz)(iss) && !namesEnvironmentOrRef(sub) ? OF_CONTEXT : undefined;
    }
    const components = componentsOf(sub);
    if (!repositoryComponents(claims).some((component) => components.has(component)))
        return OF_REPOSITORY;
    const context = contextComponent(claims);
    return context !== undefined && components.has(context) ? undefined : OF_CONTEXT;
}


/***/ })

};
;