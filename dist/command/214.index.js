export const id = 214;
export const ids = [214];
export const modules = {

/***/ 5214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explainedFailure: () => (/* binding */ explainedFailure),
  setupPage: () => (/* binding */ setupPage),
  setupText: () => (/* binding */ setupText)
});

// EXTERNAL MODULE: ./lib/src/errors.js
var errors = __webpack_require__(5071);
;// CONCATENATED MODULE: ./lib/src/markdown.js
const entity = (character) => `&#${character.codePointAt(0)};${character === '@' ? '<!-- -->' : ''}`;
const inMarkdown = (text) => text.toWellFormed().replace(/(?<![A-Za-z0-9])[-/']|[^A-Za-z0-9 ,;()\-/']/gu, entity);
const LONGEST_CELL = 250;
function asCode(text) {
    const characters = [...text];
    const shown = characters.slice(0, LONGEST_CELL).join('');
    return `<code>${inMarkdown(shown)}${characters.length > LONGEST_CELL ? ' …' : ''}</code>`;
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

;// CONCATENATED MODULE: ./lib/src/explain/rendering.js


const MOST_CHARACTERS = 3_750;
const MOST_SAID = 520;
const LONGEST_VALUE = 250;
const NAME_WIDTH = 18;
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 2)} …` : text);
const rowText = ({ name, sent }) => sent.map((value, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${cut(value, LONGEST_VALUE)}`).join('\n');
const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:';
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".';
const commandText = ({ admits, lookUp, command }) => [`This policy accepts exactly this token. ${admits}`, command, `${lookUpNote} ${lookUp}`, powerShell].join('\n');
const LEFT_OUT = 'More is in the summary of the job.';
function withinBound(blocks, most) {
    let text = '';
    for (const block of blocks.filter((part) => part !== '')) {
        const longer = text === '' ? block : `${text}\n\n${block}`;
        if (longer.length > most - LEFT_OUT.length)
            return `${text}\n\n${LEFT_OUT}`.trim();
        text = longer;
    }
    return text;
}
function refusalText(explanation, happened, most) {
    const { reason, otherReasons, rows, policy } = explanation;
    const sent = rows.map(rowText).join('\n');
    const whole = rows.length === 0 ? `${reason}\n${happened}` : `${reason}\n\n${happened} This was sent:\n${sent}`;
    const message = cut(whole, most);
    const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n');
    const also = others === '' ? '' : `Databricks does not tell which part of a policy differs. Also possible:\n${others}`;
    const ways = policy === undefined || 'withheld' in policy
        ? [policy?.withheld ?? '']
        : [commandText(policy), `In Terraform:\n${policy.terraform}`, `By hand: ${policy.clicks}`];
    return { message, advice: withinBound([also, ...ways], most - message.length) };
}
const sentTable = (rows, heading = 'sent') => table(['', heading, 'what a policy does with it'], rows.map(({ name, sent, policy }) => [inMarkdown(name), sent.map(asCode).join('<br>'), inMarkdown(policy)]));
function policyPage(policy) {
    const more = [
        `${inMarkdown('The file policy.json, for')} PowerShell ${inMarkdown('(--json "@policy.json"):')}`,
        fenced(policy.file, 'json'),
        'Terraform:',
        fenced(policy.terraform, 'hcl'),
        `By hand: ${inMarkdown(policy.clicks)}`,
    ];
    return [
        '#### The policy that accepts exactly this token',
        inMarkdown(policy.admits),
        fenced(`${policy.lookUp} # "id" is SERVICE_PRINCIPAL_ID\n${policy.command}`, 'sh'),
        folded('PowerShell, Terraform, by hand', more.join('\n\n')),
    ].join('\n\n');
}
function redacted(value, redact) {
    return JSON.parse(JSON.stringify(value), (_name, part) => (typeof part === 'string' ? redact(part) : part));
}
function refusalPage(explanation, happened, redact) {
    const { reason, otherReasons, rows, policy } = redacted(explanation, redact);
    const others = otherReasons.map(({ cause, text }) => `- ${asCode(cause)} ${inMarkdown(text)}`).join('\n');
    const parts = [
        `**${inMarkdown(reason)}**`,
        ...(rows.length === 0 ? [textAsPage(redact(happened))] : [sentTable(rows)]),
        ...(others === ''
            ? []
            : [folded('Databricks does not tell which part of a policy differs. Also possible', others)]),
        ...(policy === undefined
            ? []
            : ['withheld' in policy ? textAsPage(policy.withheld.replaceAll('\n', ' ')) : policyPage(policy)]),
    ];
    return parts.join('\n\n');
}
function explainedFailure(failure, explanation) {
    const { code, message: happened, serverText } = failure;
    const most = MOST_CHARACTERS - Math.min(serverText?.length ?? 0, MOST_SAID);
    const { message, advice } = refusalText(explanation, happened, most);
    return new errors/* ActionError */.lZ(code, message, {
        serverText,
        advice,
        reason: explanation.cause,
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
        ...('withheld' in policy ? [policy.withheld] : []),
    ].join('\n\n');
}
function setupPage(setup, redact) {
    const { rows, steps, policy } = redacted(setup, redact);
    const stepPage = ({ title, who, command }, at) => `${at + 1}. ${inMarkdown(title)} **(${inMarkdown(who)})**\n\n${fenced(command, 'sh')}`;
    const terraform = 'withheld' in policy
        ? []
        : [
            folded('The policy in Terraform, and by hand', `${fenced(policy.terraform, 'hcl')}\n\n${inMarkdown(policy.clicks)}`),
        ];
    return [
        '### Databricks dry run',
        inMarkdown('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
        sentTable(rows, 'in the token'),
        '#### For Databricks to accept it, these have to exist',
        ...steps.map(stepPage),
        ...('withheld' in policy ? [inMarkdown(policy.withheld.replaceAll('\n', ' '))] : terraform),
    ].join('\n\n');
}


/***/ })

};
