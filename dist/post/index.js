/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: ./lib/src/errors.js
const ADVICE = {
    HOST_MISSING: 'A variable of an environment (vars.NAME) is empty in a job that does not name that environment. If host comes from such a variable, add environment: NAME to the job. Write NAME as the settings have it, since GitHub makes a new, empty environment for any other name. Otherwise set the input host (or DATABRICKS_HOST) to your workspace URL, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_INVALID: 'Give the workspace URL as your browser shows it, such as https://adb-1234567890123456.7.azuredatabricks.net or https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
    HOST_UNKNOWN: 'Check the spelling of host. If it is a name of your own for a Databricks workspace, set allow_unknown_host: true, and set audience to the audience of your federation policy.',
    CLIENT_ID_INVALID: 'Use the application (client) id of the service principal. It is a UUID, and Databricks shows it beside the numeric id.',
    ACCOUNT_ID_INVALID: 'Use the id of the Databricks account. It is a UUID, and the account console shows it in the user menu.',
    ACCOUNT_ID_MISSING: 'Set the input account_id (or DATABRICKS_ACCOUNT_ID) to your Databricks account id.',
    AUDIENCE_MISSING: 'Set the input audience to the audience that your federation policy names.',
    INPUT_INVALID: 'Correct the input. The README lists what each input takes.',
    TLS_CHECK_DISABLED: 'Remove NODE_TLS_REJECT_UNAUTHORIZED. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
    COMMAND_FILE_UNUSABLE: 'The runner provides this file and sets the variable. Do not change the variable, and run the job on a current runner.',
    COMMAND_FILE_WRITE_FAILED: 'Make room on the disk of the runner, or look for a step that changed these files. Later steps may see a part of the login, so do not let them run after this failure.',
    DRY_RUN: 'To log in, take dry_run out of the login step. The summary of the dry run says what has to exist at Databricks first.',
    EXISTING_LOGIN: 'If this login replaces the other one, delete the old secret or variable, and the line that sets it in env: of the job or workflow. If the job needs both, set export_env: false. The steps that need this login then use steps.<id>.outputs.token, or run databricks-token (token_command names it).',
    ID_TOKEN_PERMISSION_MISSING: [
        'Give the job the permission to ask for an ID token, and repeat the other permissions that it needs:',
        '',
        'permissions:',
        '  id-token: write',
        '  contents: read',
        '',
        'A pull request from a fork does not get it, unless the repository sends write tokens to such pull requests. A workflow that Dependabot started may not get it.',
    ].join('\n'),
    ID_TOKEN_REFUSED: 'Run the job again. If it fails again, see https://www.githubstatus.com.',
    SUBJECT_TOKEN_INVALID: 'Give subject_token a JWT that your identity provider issued for this job, or leave it empty to use the ID token of GitHub.',
    SUBJECT_TOKEN_EXPIRED: 'Fetch the subject token in the step right before this one.',
    SUBJECT_TOKEN_NOT_YET_VALID: 'Compare the clock of the runner with that of the identity provider. Usually the clock of a self-hosted runner is wrong.',
    METADATA_REFUSED: 'Check that host names a Databricks workspace, and that the runner may reach it.',
    METADATA_INVALID: 'Check that host names a Databricks workspace and that no proxy or login page answers in its place.',
    METADATA_UNTRUSTED: 'No token was sent. Check host and account_id. If both are right, ask whoever runs this host why it names another place or account.',
    EXCHANGE_REFUSED: 'Compare issuer, subject and audience above with the federation policy of the service principal: they must be exactly equal. The client id must be the application id of the service principal that has the policy. For an account-wide policy give no client id.',
    EXCHANGE_FORBIDDEN: 'Databricks refused this caller. If an IP access list is in use, add the address of the runner to it, or use a runner whose address is on it.',
    EXCHANGE_NOT_FOUND: 'This host has no token endpoint at that address. Check host and account_id: a workspace, an account console and a unified host have different URLs.',
    EXCHANGE_INVALID: 'The answer breaks the protocol. Run the job again. If it fails again, report it with this message.',
    TOKEN_TOO_SHORT: 'The token of Databricks ends when the subject token ends, and Databricks refuses it in its last 30 seconds. Fetch the subject token in the step right before this one, or give it a longer lifetime.',
    VERIFY_UNAUTHORIZED: 'Databricks issued the token, but this workspace does not know it. Check that host is a workspace of the account that issued it. On a unified host check the workspace id, too.',
    VERIFY_FORBIDDEN: 'The login succeeded, but the workspace does not let this principal in. Assign the service principal to the workspace. If an IP access list is in use, add the address of the runner to it.',
    VERIFY_NOT_FOUND: 'Only a workspace can tell whose token it is, and an account console cannot. Set verify: false, or set host to the URL of a workspace.',
    VERIFY_INVALID: 'Run the job again. If it fails again, set verify: false, and report it with this message.',
    VERIFY_ELSEWHERE: 'The token is for another place than host or account_id names. Correct the one that is wrong.',
    SERVER_UNAVAILABLE: 'The server has a fault, or limits its callers. Run the job again later.',
    NETWORK_FAILED: 'Check name, network, proxy and firewall between the runner and that host.',
    HOST_NOT_FOUND: 'Check the spelling of host, and whether the runner can resolve names. A workspace that only private link reaches has a name in its own network alone: use a runner in that network.',
    TIMED_OUT: 'Check network and proxy between the runner and that host. timeout_seconds (1 to 600) is the limit of the whole login.',
    TLS_FAILED: 'The runner cannot verify the certificate. If your network has a certificate authority of its own, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
    PROXY_FAILED: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the credentials in them.',
    REDIRECTED: 'This action follows no redirect, since it would carry a token elsewhere. If the new URL is that of your workspace, set host to it.',
    ANSWER_INVALID: 'Something between the runner and that host may answer in its place. Check proxy and host.',
    RUNNER_TEMP_UNUSABLE: 'The command databricks-token is kept in the folder RUNNER_TEMP, which the runner provides. Do not change that variable, or set token_command: none to do without the command.',
    TOKEN_COMMAND_TAKEN: 'Give this login a command of its own, such as token_command: databricks-token-staging.',
    STAY_FAILED: 'Run the job again. If it fails again, set stay_logged_in: false, and put databricks-token exec -- before the programs that need to stay logged in.',
    KEPT_LOGIN_UNUSABLE: 'Run the login step again before this command.',
    TOKEN_NOT_RENEWABLE: 'A login with a given subject_token cannot be repeated. Fetch a new subject token and run the login step again, or use one that lives longer.',
    RENEWAL_FAILED: 'This is the error of another call, which tried the login for both calls. Do what its text says.',
    SQL_CALL_INVALID: 'See what the command takes: databricks-token sql --help.',
    WAREHOUSE_MISSING: 'Name a SQL warehouse by its id, with --warehouse or in the variable DATABRICKS_WAREHOUSE_ID. Databricks shows the id beside the name of the warehouse.',
    WAREHOUSE_REFUSED: 'Give the service principal CAN USE on the warehouse (SQL Warehouses, Permissions), and compare the id with the one that Databricks shows.',
    STATEMENT_REFUSED: 'Nothing was run. Compare what the server said with what this call gives it.',
    STATEMENT_FAILED: 'Correct the statement. It has ended, and nothing of this call runs any more.',
    STATEMENT_UNCERTAIN: 'Look for the statement in the query history, which tells whether it runs, has succeeded or has failed. This command never starts it a second time.',
    STATEMENT_CANCELED: 'Look for its id in the query history. A single statement that was cancelled changes nothing. What a BEGIN \u2026 END had done before stays done.',
    RESULT_GONE: 'The statement has done its work, so do not start it again for its result alone. Ask for what it has written by another query.',
    RESULT_INVALID: 'The answer breaks the protocol, and may come from something between the runner and that host. Check host and proxy. If they are right, report it with this message.',
    RESULT_TOO_LARGE: 'Databricks hands out 25 MiB at most this way. Fetch the result from cloud storage: --external-links with --output and csv or jsonl. Or ask for less (LIMIT, fewer columns).',
    RESULT_UNFIT: 'Use another --format, or change the query so that its result fits this one.',
    RESULT_UNWRITABLE: 'Check that the folder exists, that you may write to it, and that its disk has room.',
    ROWS_UNEXPECTED: 'Correct what is wrong with the rows, or take the option out. With the format table, which is the default, the result of each statement is shown above.',
    NOTHING_CHECKED: 'These options judge queries alone. Add a query that finds what is wrong. For a number, SELECT count(*) FROM \u2026 HAVING count(*) > 100 has a row only if there are more.',
    INTERRUPTED: 'The job was cancelled, or the step took longer than its timeout-minutes. After a cancellation nothing has to change.',
    UNFINISHED: 'The step ended before its work was done. This is a defect: please report it with the log.',
    UNEXPECTED: 'This is a defect: please report it with the log.',
};
const FAILURE_CODES = Object.keys(ADVICE);
class errors_ActionError extends Error {
    code;
    advice;
    serverText;
    keepsLines;
    place;
    reason;
    text;
    page;
    constructor(code, happened, details = {}) {
        const { serverText, keepsLines = false, place, advice, reason, text, page, cause } = details;
        super(happened, cause === undefined ? undefined : { cause });
        this.name = 'ActionError';
        this.code = code;
        this.advice = advice ?? ADVICE[code];
        this.serverText = serverText;
        this.keepsLines = keepsLines;
        this.place = place;
        this.reason = reason;
        this.text = text;
        this.page = page;
    }
}
function asActionError(thrown) {
    if (thrown instanceof errors_ActionError)
        return thrown;
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new errors_ActionError('UNEXPECTED', text, { cause: thrown });
}
function errors_systemCode(thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./lib/src/processes.js



function linkOf(pid, processes = '/proc') {
    try {
        const afterName = (0,external_node_fs_namespaceObject.readFileSync)((0,external_node_path_namespaceObject.join)(processes, `${pid}`, 'stat'), 'latin1').replace(/^.*\) /s, '');
        const [, parent, ...fields] = afterName.split(' ');
        return /^[ZX]/.test(afterName) ? undefined : { pid, parent: Number(parent), startedAt: fields[17] };
    }
    catch {
        return undefined;
    }
}
const knownProcess = (pid) => ({ pid, startedAt: linkOf(pid)?.startedAt });
function isNumberTaken(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (thrown) {
        return errors_systemCode(thrown) === 'EPERM';
    }
}
const isRunning = ({ pid, startedAt }) => startedAt === undefined ? isNumberTaken(pid) : linkOf(pid)?.startedAt === startedAt;
const writeProcess = ({ pid, startedAt = '' }) => `${pid}:${startedAt}`;
function readProcess(text) {
    const [, pid, startedAt] = /^([1-9]\d*):(\d*)$/.exec(text) ?? [];
    return pid === undefined ? undefined : { pid: Number(pid), startedAt: startedAt || undefined };
}

;// CONCATENATED MODULE: ./lib/src/text.js
function unicodePattern(source) {
    let pattern;
    return () => {
        pattern ??= new RegExp(source, 'gu');
        return pattern;
    };
}
const CONTROLS = String.raw `\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;
const controlsAndSpace = unicodePattern(String.raw `[${CONTROLS}\s]+`);
const controlsInLines = unicodePattern(String.raw `(?!\n)[${CONTROLS}]`);
const isPlain = (text) => /^[\n -~]*$/.test(text);
const oneLine = (text) => text.replace(isPlain(text) ? /\s+/g : controlsAndSpace(), ' ').trim();
const withoutControls = (lines) => isPlain(lines) ? lines : lines.replace(controlsInLines(), ' ');
const MAX_QUOTED_CHARACTERS = 500;
const MAX_READ_CHARACTERS = 4096;
const CUT_MARK = ' \u2026';
function printable(text) {
    const line = oneLine(text.slice(0, MAX_READ_CHARACTERS));
    const isWhole = text.length <= MAX_READ_CHARACTERS && line.length <= MAX_QUOTED_CHARACTERS;
    return isWhole ? line : line.slice(0, MAX_QUOTED_CHARACTERS) + CUT_MARK;
}
function printableLines(text) {
    const lines = withoutControls(text.slice(0, MAX_READ_CHARACTERS).replace(/\r\n?/g, '\n')).split('\n');
    const whole = lines.map((line) => line.trimEnd()).join('\n');
    return whole.replace(/^\n+|\n+$/g, '') + (text.length <= MAX_READ_CHARACTERS ? '' : CUT_MARK);
}

;// CONCATENATED MODULE: ./lib/src/markdown.js

const entity = (character) => `&#${character.codePointAt(0)};${character === '@' ? '<!-- -->' : ''}`;
const markup = unicodePattern(String.raw `(?<![A-Za-z0-9])[-/']|[^\p{L}\p{N}\p{M} ,;()\-/']`);
const inMarkdown = (text) => text.toWellFormed().replace(markup(), entity);
const LONGEST_CELL = 250;
function asCode(text) {
    const characters = [...text];
    const shown = characters.slice(0, LONGEST_CELL).join('');
    return `<code>${inMarkdown(shown)}${characters.length > LONGEST_CELL ? CUT_MARK : ''}</code>`;
}
function fenced(text, language = '') {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
}
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
const folded = (title, body) => `<details><summary>${inMarkdown(title)}</summary>\n\n${body}\n\n</details>`;
const textAsPage = (text) => text
    .split(/\n{2,}/)
    .map((part) => (part.includes('\n') ? fenced(part) : inMarkdown(part)))
    .join('\n\n');

;// CONCATENATED MODULE: ./lib/src/workflow-commands.js
const BRACKETS = /(#[^ -~]*#[^ -~]*)\[/g;
const COMMAND = /##\[|(?:^|[\r\n]) *::[^\r\n]*::/;
const holdsCommand = (lines) => COMMAND.test(lines.replace(/[^\r\n -~]/g, ''));
const withoutBracketCommands = (text, bracket = ' [') => text.replace(BRACKETS, `$1${bracket}`);
function withoutCommands(line) {
    const text = withoutBracketCommands(line);
    return holdsCommand(text) ? text.replace(':', ': ') : text;
}
const escapeMessage = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const workflowCommand = (command, text) => `::${command}::${escapeMessage(text)}\n`;
const escapeProperty = (text) => escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
function annotation(kind, title, text, place) {
    const at = place === undefined ? '' : `,file=${escapeProperty(place.file)},line=${place.line}`;
    return workflowCommand(`${kind} title=${title}${at}`, text);
}

;// CONCATENATED MODULE: ./lib/src/runner/failure-text.js




const PAGE = 'docs/troubleshooting.md';
const nameOf = ({ code, reason }) => reason === undefined ? code : `${code} (${reason})`;
const KNOWN = /^https:\/\/[\w.-]+(\/[\w.-]+){2}\/blob\/\w[\w./-]+$/;
const folderOf = ([, bundle = '']) => (0,external_node_path_namespaceObject.join)(bundle, '../../..');
function explanationOf({ code, reason }, job, folder = folderOf(process.argv)) {
    const { GITHUB_ACTION_REPOSITORY: action, GITHUB_ACTION_REF: ref = '' } = job;
    const [, path] = folder.split(job['GITHUB_WORKSPACE'] ?? '*');
    const copy = path !== undefined &&
        (0,external_node_fs_namespaceObject.existsSync)(`${folder}/${PAGE}`) &&
        `${job['GITHUB_REPOSITORY']}/blob/${job['GITHUB_SHA']}${path}`;
    const url = `${job['GITHUB_SERVER_URL']}/${action ? `${action}/blob/${ref}` : copy}/${PAGE}`;
    return KNOWN.test(url)
        ? `See ${url}#${(reason ?? code).toLowerCase()}`
        : `See ${nameOf({ code, reason })} in ${PAGE}.`;
}
const borderedLines = (text) => printableLines(text).replace(/^|\n/g, '\n| ');
function describeFailure(failure, redact, environment) {
    const { message, serverText = '', keepsLines, advice } = failure;
    const said = keepsLines ? borderedLines(redact(serverText)) : ` ${printable(redact(serverText))}`;
    const parts = [
        redact(`${nameOf(failure)}: ${message}`),
        said.trim() === '' ? '' : `The server said:${said}`,
        '',
        redact(advice),
        '',
        explanationOf(failure, environment),
    ];
    const text = parts.filter((part, index) => part !== '' || index > 1).join('\n');
    return withoutBracketCommands(text.replace(/\n{3,}/g, '\n\n'));
}

;// CONCATENATED MODULE: ./lib/src/runner/redaction.js

const MAX_KEPT_CHARACTERS = 8192;
const MASK = '***';
function base64Forms(secret) {
    const bytes = Buffer.from(secret);
    if (bytes.length < 6)
        return [];
    return [0, 1, 2].flatMap((offset) => {
        const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        const inner = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1);
        return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
    });
}
function urlForms(secret) {
    const upper = encodeURIComponent(secret.toWellFormed());
    const lower = upper.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    return [upper, lower, new URLSearchParams({ '': secret }).toString().slice(1)];
}
const MIN_SIGNATURE_LENGTH = 16;
function signatureOf(token) {
    const [, , signature = '', ...more] = token.split('.', 4);
    return more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH ? signature : undefined;
}
const PIECE_LENGTH = 16;
function signaturePieces(token) {
    const signature = signatureOf(token) ?? '';
    const count = Math.floor(signature.length / PIECE_LENGTH);
    return Array.from({ length: count }, (_, at) => signature.slice(at * PIECE_LENGTH, at === count - 1 ? undefined : (at + 1) * PIECE_LENGTH));
}
function inALine(secret) {
    const line = oneLine(secret.slice(0, 2 * MAX_KEPT_CHARACTERS));
    return line.length >= 6 ? [line] : [];
}
const formsOf = (plain) => plain
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS + 8))
    .flatMap((form) => [form, ...urlForms(form), JSON.stringify(form).slice(1, -1), ...base64Forms(form)])
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS));
function knownSecret(secret) {
    const plain = [...new Set([secret, ...inALine(secret), signatureOf(secret) ?? secret])];
    let forms;
    return {
        shortest: Math.min(MAX_KEPT_CHARACTERS, ...plain.map(({ length }) => length)),
        forms: () => {
            forms ??= formsOf(plain);
            return forms;
        },
    };
}
function overlapsOf(form) {
    const overlaps = [];
    for (let at = 1, same = 0; at < form.length; at++) {
        while (same > 0 && form[at] !== form[same])
            same = overlaps[same - 1] ?? 0;
        if (form[at] === form[same])
            same++;
        overlaps[at] = same;
    }
    return overlaps;
}
const FIRST_LOOK_CHARACTERS = 8;
function markForm(form, text, mark) {
    const first = text.indexOf(form.slice(0, FIRST_LOOK_CHARACTERS));
    if (first < 0)
        return;
    const overlaps = overlapsOf(form);
    for (let at = first, same = 0; at < text.length; at++) {
        if (same >= FIRST_LOOK_CHARACTERS && text.startsWith(CUT_MARK, at))
            mark(at - same, at);
        while (same > 0 && text[at] !== form[same])
            same = overlaps[same - 1] ?? 0;
        if (text[at] === form[same])
            same++;
        if (same < form.length)
            continue;
        mark(at + 1 - form.length, at + 1);
        same = overlaps[same - 1] ?? 0;
    }
}
function markJwts(text, mark) {
    for (const { 0: run, index } of text.matchAll(/[\w.-]+/g)) {
        const header = run.search(/eyJ[\w-]{6}/);
        const firstDot = header < 0 ? -1 : run.indexOf('.', header);
        if (firstDot >= 0 && run.includes('.', firstDot + 1))
            mark(index + header, index + run.length);
    }
}
const NAMED_TOKEN = /((?:access|refresh|id|subject)_token["'\\]*\s*[:=]\s*["'\\]*)([^\s"'\\&,}]+)/i;
function markNamedTokens(text, mark) {
    let at = 0;
    for (const [turn, part] of text.split(NAMED_TOKEN).entries()) {
        if (turn % 3 === 2)
            mark(at, at + part.length);
        at += part.length;
    }
}
function createRedaction() {
    const secrets = new Map();
    function formsFor(text) {
        const isCut = text.includes(CUT_MARK);
        const possible = [...secrets.values()].filter(({ shortest }) => isCut || shortest <= text.length);
        return possible.flatMap(({ forms }) => forms());
    }
    function bordersIn(text) {
        const borders = new Map();
        const mark = (start, end) => {
            borders.set(start, (borders.get(start) ?? 0) + 1);
            borders.set(end, (borders.get(end) ?? 0) - 1);
        };
        for (const form of formsFor(text))
            markForm(form, text, mark);
        markJwts(text, mark);
        markNamedTokens(text, mark);
        return borders;
    }
    return {
        add: (secret) => {
            if (secret !== '' && !secrets.has(secret))
                secrets.set(secret, knownSecret(secret));
        },
        redact: (whole) => {
            const text = whole.slice(0, 2 * MAX_KEPT_CHARACTERS);
            const borders = bordersIn(text);
            const kept = Math.min(text.length, MAX_KEPT_CHARACTERS);
            let clean = '';
            let done = 0;
            for (let at = 0, open = 0; at < kept; at++) {
                const wasOpen = open > 0;
                open += borders.get(at) ?? 0;
                if (!wasOpen && open > 0)
                    clean += text.slice(done, at) + MASK;
                if (open > 0)
                    done = at + 1;
            }
            return clean + text.slice(done, kept) + (whole.length > kept ? CUT_MARK : '');
        },
    };
}
const PROXY_CREDENTIALS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^:]*)(?::(.*))?@/is;
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function proxyCredentials(proxy) {
    const [, user = '', password = ''] = PROXY_CREDENTIALS.exec(proxy) ?? [];
    if (password === '')
        return [user, decoded(user)];
    const pair = `${decoded(user)}:${decoded(password)}`;
    return [password, decoded(password), pair, Buffer.from(pair).toString('base64')];
}
function environmentSecrets(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment;
    const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].flatMap((name) => environment[name] ?? []);
    return [requestToken, ...proxies.flatMap(proxyCredentials)].filter((secret) => secret !== '');
}

;// CONCATENATED MODULE: ./lib/src/runner/summary.js

const MAX_BYTES = 1024 * 1024;
const EXISTING_FILE = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | external_node_fs_namespaceObject.constants.O_NONBLOCK;
function appendSummary(file, markdown) {
    try {
        const descriptor = (0,external_node_fs_namespaceObject.openSync)(file ?? '', EXISTING_FILE);
        try {
            if ((0,external_node_fs_namespaceObject.fstatSync)(descriptor).size + Buffer.byteLength(markdown) > MAX_BYTES)
                return false;
            (0,external_node_fs_namespaceObject.appendFileSync)(descriptor, markdown);
            return true;
        }
        finally {
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        }
    }
    catch {
        return false;
    }
}
const PAGE_BYTES = 64 * 1024;
const appendPage = (file, markdown) => Buffer.byteLength(markdown) <= PAGE_BYTES && appendSummary(file, markdown);

;// CONCATENATED MODULE: ./lib/src/runner/log.js






const STEP_TITLE = 'Databricks login failed';
const maskLines = (secrets) => secrets.map((secret) => workflowCommand('add-mask', secret)).join('');
const stepForm = {
    mask: maskLines,
    info: (line) => `${line}\n`,
    notice: (line) => workflowCommand('notice', line),
    warning: (line) => workflowCommand('warning', line),
    debug: (line) => workflowCommand('debug', line),
    fail: (code, text) => annotation('error', `${STEP_TITLE} (${code})`, text),
};
function createLog(environment, form, print, action) {
    const { add, redact: redactSecrets } = createRedaction();
    const redact = (text) => withoutControls(redactSecrets(text));
    environmentSecrets(environment).forEach(add);
    const masked = new Set();
    const line = (text) => withoutCommands(printable(redact(text)));
    const describe = (failure) => describeFailure(failure, redact, action);
    return {
        redact,
        mask: (...secrets) => {
            secrets.forEach(add);
            const others = secrets.filter((secret) => !masked.has(secret));
            if (others.length > 0)
                print(form.mask(others));
            for (const secret of others)
                masked.add(secret);
        },
        hideFromLog: add,
        info: (text) => print(form.info(line(text))),
        notice: (text) => print(form.notice(line(text))),
        warning: (text) => print(form.warning(line(text))),
        debug: (text) => {
            if (environment['RUNNER_DEBUG'] === '1')
                print(form.debug(line(text)));
        },
        describe,
        fail: (failure) => print(form.fail(failure.code, describe(failure), failure.place)),
    };
}
const linked = (text) => {
    const url = /^See (https:\S+)$/.exec(text)?.[1];
    return url === undefined ? inMarkdown(text) : `[What it means, and what to do](${url})`;
};
function failurePage(failure, redact, environment) {
    const { message, advice, serverText = '' } = failure;
    const said = printable(redact(serverText));
    const parts = [
        `### ${STEP_TITLE}: ${nameOf(failure)}`,
        failure.page?.(redact) ?? textAsPage(redact(`${message}\n\n${advice}`)),
        ...(said === '' ? [] : [`The server said ${asCode(said)}`]),
        linked(explanationOf(failure, environment)),
    ];
    return `${parts.join('\n\n')}\n`;
}
function printLines(lines, redact, print) {
    for (const line of lines === '' ? [] : lines.split('\n'))
        print(`${withoutCommands(redact(line))}\n`);
}
function stepLog(environment, print) {
    const { redact, ...log } = createLog(environment, stepForm, print, environment);
    const { GITHUB_STEP_SUMMARY: summary } = environment;
    const text = (lines) => printLines(lines, redact, print);
    return {
        ...log,
        text,
        page: (page) => {
            appendPage(summary, `${page(redact)}\n`);
        },
        fail: (failure) => {
            const isInSummary = appendPage(summary, failurePage(failure, redact, environment));
            if (!isInSummary && failure.text !== undefined)
                text(failure.text);
            log.fail(failure);
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/runner/write-all-sync.js


const FULL_PIPE_PAUSE_MS = 10;
function writeAllSync(descriptor, text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_namespaceObject.writeSync)(descriptor, rest));
        }
        catch (thrown) {
            const code = String(errors_systemCode(thrown));
            if (code !== 'EAGAIN')
                return code;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/src/serve/end-staying.js

const WAIT_MS = 3_000;
const LOOK_EVERY_MS = 50;
const block = (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
function endStaying(known, kill, pause = block) {
    for (let left = WAIT_MS; left > 0 && isRunning(known); left -= LOOK_EVERY_MS)
        pause(LOOK_EVERY_MS);
    if (!isRunning(known) || known.startedAt === undefined)
        return !isRunning(known);
    kill(known.pid);
    for (let left = WAIT_MS; left > 0 && isRunning(known); left -= LOOK_EVERY_MS)
        pause(LOOK_EVERY_MS);
    return !isRunning(known);
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./lib/src/json.js
const isJsonObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function readMembers(value, members) {
    const names = isJsonObject(value) ? Object.keys(members).filter((name) => Object.hasOwn(value, name)) : [];
    return Object.fromEntries(names.map((name) => [name, Object(value)[name]]));
}
function membersIn(text, members) {
    try {
        return readMembers(JSON.parse(text), members);
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./lib/src/store/atomic-files.js




const OWNER_ONLY = 0o600;
const IN_USE = ['EPERM', 'EACCES', 'EBUSY'];
const TRIES = 50;
const PAUSE_MS = 10;
const nameBeside = (file) => `${file}.${(0,external_node_crypto_namespaceObject.randomBytes)(6).toString('hex')}`;
const isInUse = (thrown) => process.platform === 'win32' && IN_USE.includes(errors_systemCode(thrown) ?? '');
function unlessInUse(attempt) {
    for (let left = TRIES;; left--) {
        try {
            return attempt();
        }
        catch (thrown) {
            if (!isInUse(thrown) || left === 0)
                throw thrown;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
        }
    }
}
function removeIfPossible(file) {
    try {
        (0,external_node_fs_namespaceObject.rmSync)(file, { force: true });
    }
    catch {
    }
}
function replaceRead(next, file) {
    const old = nameBeside(file);
    (0,external_node_fs_namespaceObject.renameSync)(file, old);
    try {
        (0,external_node_fs_namespaceObject.renameSync)(next, file);
    }
    catch (thrown) {
        (0,external_node_fs_namespaceObject.renameSync)(old, file);
        throw thrown;
    }
    removeIfPossible(old);
}
function replace(next, file) {
    try {
        (0,external_node_fs_namespaceObject.renameSync)(next, file);
    }
    catch (thrown) {
        if (!isInUse(thrown) || !(0,external_node_fs_namespaceObject.lstatSync)(file).isFile())
            throw thrown;
        replaceRead(next, file);
    }
}
const atomic_files_writeNew = (file, content, mode = OWNER_ONLY) => (0,external_node_fs_namespaceObject.writeFileSync)(file, content, { mode, flag: 'wx' });
function writeAtomically(file, content) {
    const next = nameBeside(file);
    try {
        atomic_files_writeNew(next, content);
        unlessInUse(() => replace(next, file));
    }
    catch (thrown) {
        (0,external_node_fs_namespaceObject.rmSync)(next, { force: true });
        throw thrown;
    }
}
function readJsonObject(file) {
    try {
        if (!(0,external_node_fs_namespaceObject.lstatSync)(file).isFile())
            return undefined;
        const parsed = JSON.parse(unlessInUse(() => (0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8')));
        return isJsonObject(parsed) ? parsed : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/src/store/login-store.js




const login_store_FOLDER_PREFIX = 'databricks-token-';
const isPositive = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
function readToken(file) {
    const { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep } = readJsonObject(file) ?? {};
    if (typeof accessToken !== 'string' || !/^[\w\-.~+/]+=*$/.test(accessToken))
        return undefined;
    if (!isPositive(issuedAt) || !isPositive(expiresAt) || !isPositive(beganAt))
        return undefined;
    return { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep: isOfLoginStep === true };
}
function readFailure(file) {
    const { beganAt, text } = readJsonObject(file) ?? {};
    return isPositive(beganAt) && typeof text === 'string' ? { beganAt, text } : undefined;
}
const textOr = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
function readRenewal(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const { clientId, accountId, audience, scope, timeoutSeconds } = { ...value };
    if (typeof scope !== 'string' || !isPositive(timeoutSeconds))
        return undefined;
    return {
        clientId: textOr(clientId),
        accountId: textOr(accountId),
        audience: textOr(audience),
        scope,
        timeoutSeconds,
    };
}
function unusableLogin(file) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(file, external_node_fs_namespaceObject.constants.R_OK);
    }
    catch (thrown) {
        if (errors_systemCode(thrown) === 'EACCES') {
            return new errors_ActionError('KEPT_LOGIN_UNUSABLE', 'Another account of this machine keeps this login for itself.', {
                advice: 'Call the command from the account that ran the login step, or log in from this one.',
            });
        }
    }
    return new errors_ActionError('KEPT_LOGIN_UNUSABLE', 'The login that this command belongs to is gone or damaged.');
}
function readLogin(file) {
    const found = readJsonObject(file) ?? {};
    const { dryRun, origin, scope, serverHostname, groupId } = found;
    if (dryRun === true)
        throw new errors_ActionError('DRY_RUN', 'The login step of this job was a dry run (dry_run: true).');
    if (typeof origin !== 'string' || typeof scope !== 'string' || typeof serverHostname !== 'string') {
        throw unusableLogin(file);
    }
    if (typeof groupId !== 'string' || !/^\d*$/.test(groupId))
        throw unusableLogin(file);
    return {
        renewal: readRenewal(found['renewal']),
        origin,
        scope,
        serverHostname,
        workspaceId: textOr(found['workspaceId']),
        groupId,
        serviceDigest: textOr(found['serviceDigest']),
        exportedAudience: textOr(found['exportedAudience']),
    };
}
function login_store_openLoginStore(folder) {
    const file = (name) => (0,external_node_path_namespaceObject.join)(folder, 'kept', name);
    const write = (name, content) => writeAtomically(file(name), JSON.stringify(content));
    return {
        folder,
        readLogin: () => readLogin(file('login.json')),
        writeLogin: (login) => write('login.json', login),
        readToken: () => readToken(file('token.json')),
        writeToken: (token) => write('token.json', token),
        readFailure: () => readFailure(file('failure.json')),
        writeFailure: (failure) => write('failure.json', failure),
    };
}
function login_store_createDryRunStore(folder) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify({ dryRun: true }));
}
function login_store_createLoginStore(folder, login, token) {
    mkdirSync(join(folder, 'kept'), { mode: 0o700 });
    writeNew(join(folder, 'kept', 'login.json'), JSON.stringify(login));
    writeNew(join(folder, 'kept', 'token.json'), JSON.stringify(token));
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = require("node:url");
;// CONCATENATED MODULE: ./lib/src/store/shim.js




const EXECUTABLE = 0o700;
const NODE_OPTIONS = '--max-semi-space-size=4';
const MAX_FIRST_LINE_BYTES = 127;
const forShell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const shellCommand = (shell, { node, script, folder }) => `#!${shell}\nexec ${forShell(node)} ${NODE_OPTIONS} ${forShell(script)} --kept ${forShell(folder)} "$@"\n`;
const shellShim = (options) => shellCommand('/bin/sh', options);
function firstLineFor(node, envSplits) {
    const fits = (line) => Buffer.byteLength(line) <= MAX_FIRST_LINE_BYTES;
    const direct = `#!${node} ${NODE_OPTIONS}`;
    if (!/\s/.test(node) && fits(direct))
        return direct;
    const split = `#!/usr/bin/env -S "${node}" ${NODE_OPTIONS}`;
    return fits(split) && /^[^"\\$\t\r\n]+$/.test(node) && envSplits() ? split : undefined;
}
function executableShim(options, envSplits) {
    const { node, script, folder } = options;
    const firstLine = firstLineFor(node, envSplits);
    if (firstLine === undefined)
        return shellCommand('/bin/bash -p', options);
    const bundle = JSON.stringify(pathToFileURL(script).href);
    return `${firstLine}\nprocess.argv.splice(2, 0, '--kept', ${JSON.stringify(folder)})\nimport(${bundle})\n`;
}
function doesEnvSplit() {
    try {
        return process.platform === 'linux' && basename(realpathSync('/usr/bin/env')) !== 'busybox';
    }
    catch {
        return false;
    }
}
const forCmd = (text) => `"${text.replaceAll('%', '%%')}"`;
const KEPT_THROUGH_CMD = '--kept-through-cmd';
const isAscii = (text) => /^[\x20-\x7e]*$/.test(text);
const PLACE = 'DATABRICKS_TOKEN_PLACE';
function fromPlace(path, bin) {
    const fromBin = win32.relative(bin, path);
    const named = forCmd(fromBin);
    return win32.isAbsolute(fromBin) ? named : named.replace('"', `"%${PLACE}%`);
}
function cmdShimFromPlace({ node, script, folder }) {
    const bin = win32.join(folder, 'bin');
    const command = `${fromPlace(node, bin)} ${NODE_OPTIONS} ${fromPlace(script, bin)} ${KEPT_THROUGH_CMD} ${fromPlace(folder, bin)} %*`;
    return [
        'setlocal disabledelayedexpansion',
        'goto main',
        ':place',
        `set "${PLACE}=%~dp0"`,
        'exit /b 0',
        ':main',
        'call :place',
        `endlocal & ${command}`,
    ];
}
function cmdShim(options) {
    const { node, script, folder } = options;
    const lines = isAscii(node + script + folder)
        ? [`${forCmd(node)} ${NODE_OPTIONS} ${forCmd(script)} ${KEPT_THROUGH_CMD} ${forCmd(folder)} %*`]
        : cmdShimFromPlace(options);
    return ['@echo off', ...lines, ''].join('\r\n');
}
function shim_writeShims(options) {
    const bin = join(options.folder, 'bin');
    mkdirSync(bin, { mode: 0o700 });
    const isWindows = process.platform === 'win32';
    const shim = isWindows ? shellShim(options) : executableShim(options, doesEnvSplit);
    writeNew(join(bin, options.name), shim, EXECUTABLE);
    writeNew(join(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE);
    return bin;
}

;// CONCATENATED MODULE: ./lib/src/store/folder.js





const isOnePath = (path) => isAbsolute(path) && !path.includes(delimiter) && !/[\r\n]/.test(path);
function checkTemporary(temporary) {
    try {
        if (isOnePath(temporary) && statSync(temporary).isDirectory()) {
            accessSync(temporary, constants.W_OK | constants.X_OK);
            return;
        }
    }
    catch {
    }
    throw new ActionError('RUNNER_TEMP_UNUSABLE', 'RUNNER_TEMP names no folder that can be written.');
}
const isOwnFolder = (folder, temporary) => (0,external_node_path_namespaceObject.basename)(folder).startsWith(login_store_FOLDER_PREFIX) && (0,external_node_path_namespaceObject.dirname)((0,external_node_path_namespaceObject.resolve)(folder)) === (0,external_node_path_namespaceObject.resolve)(temporary);
function loginAt(folder) {
    try {
        return openLoginStore(folder).readLogin();
    }
    catch {
        return undefined;
    }
}
const ownFolders = (searchPath, temporary) => searchPath
    .split(delimiter)
    .map((bin) => dirname(bin))
    .filter((folder) => isOwnFolder(folder, temporary));
function isFile(path) {
    try {
        return lstatSync(path).isFile();
    }
    catch {
        return false;
    }
}
const notKept = (thrown) => new ActionError('RUNNER_TEMP_UNUSABLE', `The login could not be kept in RUNNER_TEMP (${systemCode(thrown) ?? 'unknown reason'}).`);
const isCommandTaken = (searchPath, name) => searchPath.split(delimiter).some((entry) => isAbsolute(entry) && isFile(join(entry, name)));
function refuseTakenCommand(searchPath, temporary, name, origin) {
    for (const folder of ownFolders(searchPath, temporary)) {
        const other = isFile(join(folder, 'bin', name)) ? loginAt(folder)?.origin : undefined;
        if (other === undefined)
            continue;
        if (other === origin)
            return;
        throw new ActionError('TOKEN_COMMAND_TAKEN', `The command ${name} of this job belongs to a login to ${other}.`);
    }
}
function refuseLostGroup(searchPath, temporary) {
    const groupId = ownFolders(searchPath, temporary)
        .map((folder) => loginAt(folder)?.groupId)
        .find(Boolean);
    if (groupId === undefined)
        return;
    const happened = `An earlier login of this job is for group ${groupId}, and nothing says whether this one is.`;
    const advice = `Set group_id: ${groupId}; or group_id: none, for all rights of the principal.`;
    throw new ActionError('INPUT_INVALID', happened, { advice });
}
function removeFolder(folder, temporary) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(folder, { throwIfNoEntry: false });
    const isFolder = found?.isDirectory() ?? true;
    if (!isOwnFolder(folder, temporary) || !isFolder)
        throw new Error('not a folder of this action');
    (0,external_node_fs_namespaceObject.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
}
function keepService(folder, serviceDigest) {
    try {
        const { readLogin, writeLogin } = openLoginStore(folder);
        writeLogin({ ...readLogin(), serviceDigest });
    }
    catch (thrown) {
        throw notKept(thrown);
    }
}
function makeFolder(temporary, command, fill) {
    let folder;
    try {
        folder = mkdtempSync(join(temporary, FOLDER_PREFIX));
        fill(folder);
        return { folder, bin: writeShims({ ...command, folder }) };
    }
    catch (thrown) {
        if (folder !== undefined)
            rmSync(folder, { recursive: true, force: true });
        throw notKept(thrown);
    }
}
const keepLogin = ({ temporary, login, token, command }) => makeFolder(temporary, command, (folder) => createLoginStore(folder, login, token));
const keepDryRun = (temporary, command) => makeFolder(temporary, command, createDryRunStore);

;// CONCATENATED MODULE: ./lib/src/post.js







const { STATE_folder: folder = '', STATE_process: running = '', RUNNER_TEMP: temporary = '' } = process.env;
const { warning } = stepLog(process.env, (text) => writeAllSync(1, text));
function tellStaying(known) {
    const { readFailure, readToken } = login_store_openLoginStore(folder);
    const [failure, token] = [readFailure(), readToken()];
    if (failure !== undefined && (token === undefined || failure.beganAt > token.beganAt)) {
        warning(`The login of later steps could not be renewed at the end. ${failure.text}`);
    }
    if (!isRunning(known))
        warning('The process that kept later steps logged in ended before the job did.');
}
function endProcess(known) {
    const isGone = endStaying(known, (pid) => process.kill(pid, 'SIGKILL'));
    if (!isGone)
        warning(`The process that kept later steps logged in still runs (${known.pid}).`);
}
try {
    const staying = readProcess(running);
    if (staying !== undefined)
        tellStaying(staying);
    try {
        if (folder !== '')
            removeFolder(folder, temporary);
    }
    finally {
        if (staying !== undefined)
            endProcess(staying);
    }
}
catch (thrown) {
    const reason = errors_systemCode(thrown) ?? 'not a folder of this action';
    warning(`The kept login was not removed (${reason}).`);
}

module.exports = __webpack_exports__;
/******/ })()
;