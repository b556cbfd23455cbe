import { ActionError } from '../errors.ts'
import { asCode, fenced, folded, inMarkdown, table, textAsPage } from '../markdown.ts'
import type { DryRunStep, Setup } from './dry-run.ts'
import type { Explanation, SentRow, ShownPolicy } from './refusal.ts'

const ALSO_POSSIBLE = 'Databricks does not tell which part of a policy differs. Also possible'

// A value may hold whatever a server or a workflow says.
const LONGEST_VALUE = 250
const NAME_WIDTH = 18

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 2)} …` : text)

const rowText = ({ name, sent }: SentRow): string =>
  sent.map((value, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${cut(value, LONGEST_VALUE)}`).join('\n')

// With the code before it and the link behind it, an annotation has twelve lines at the most: what can be acted upon.
const IN_ANNOTATION = ['issuer', 'subject', 'audience']
const MOST_AUDIENCES = 3

const annotated = (rows: readonly SentRow[]): SentRow[] =>
  rows
    .filter(({ name }) => IN_ANNOTATION.includes(name))
    .map((row) => ({ ...row, sent: row.sent.slice(0, MOST_AUDIENCES) }))

const WITH_POLICY =
  'The policy that accepts exactly this token, and what else may differ, is in the summary of the job, or above where it has none.'
const WITHOUT_POLICY =
  'What was sent, and what else may differ, is in the summary of the job, or above where it has none.'

/** How a refusal reads in an annotation: what happened, and what to change. */
function annotationOf({ reason, rows, policy }: Explanation, happened: string): { message: string; advice: string } {
  if (rows.length === 0) return { message: `${reason}\n${happened}`, advice: '' }
  const isShown = policy !== undefined && 'command' in policy
  const withheld =
    policy !== undefined && 'withheld' in policy && !reason.includes(policy.withheld.text) ? [policy.withheld.text] : []
  return {
    message: [reason, `${happened} This was sent:`, ...annotated(rows).map(rowText)].join('\n'),
    advice: [...withheld, isShown ? WITH_POLICY : WITHOUT_POLICY].join('\n'),
  }
}

const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:'
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".'

const shellNote = `The commands are for bash; on Windows, for Git Bash or WSL. ${powerShell}`

/** How a refusal reads as text, whole: for the log where the job has no summary. */
function refusalText({ otherReasons, rows, policy }: Explanation): string {
  const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n')
  const ways =
    policy === undefined || 'withheld' in policy
      ? [policy?.withheld.text ?? '']
      : [
          `This policy accepts exactly this token. ${policy.admits}\n${policy.command}`,
          `${lookUpNote}\n${policy.lookUp}\n${powerShell}`,
          `In Terraform:\n${policy.terraform}`,
          `By hand: ${policy.clicks}`,
        ]
  return [
    rows.length === 0 ? '' : `This was sent:\n${rows.map(rowText).join('\n')}`,
    others === '' ? '' : `${ALSO_POSSIBLE}:\n${others}`,
    ...ways,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const sentTable = (rows: readonly SentRow[], heading = 'sent'): string =>
  table(
    ['', heading, 'what a policy does with it'],
    rows.map(({ name, sent, policy }) => [inMarkdown(name), sent.map(asCode).join('<br>'), inMarkdown(policy)]),
  )

function policyPage(policy: ShownPolicy): string {
  const more = [
    `${inMarkdown('The file policy.json, for')} PowerShell ${inMarkdown('(--json "@policy.json"):')}`,
    fenced(policy.file, 'json'),
    'Terraform:',
    fenced(policy.terraform, 'hcl'),
    `By hand: ${inMarkdown(policy.clicks)}`,
  ]
  return [
    '#### The policy that accepts exactly this token',
    inMarkdown(policy.admits),
    fenced(`${policy.lookUp}\n${policy.command}`, 'sh'),
    folded('PowerShell, Terraform, by hand', more.join('\n\n')),
  ].join('\n\n')
}

type Redact = (text: string) => string

// Before anything is escaped: a secret that is written otherwise would not be found.
function redacted<T>(value: T, redact: Redact): T {
  return JSON.parse(JSON.stringify(value), (_name, part) => (typeof part === 'string' ? redact(part) : part))
}

/** How a refusal looks in the summary of the job. */
function refusalPage(explanation: Explanation, happened: string, redact: Redact): string {
  const { reason, otherReasons, rows, policy } = redacted(explanation, redact)
  const others = otherReasons.map(({ cause, text }) => `- ${asCode(cause)} ${inMarkdown(text)}`).join('\n')
  const parts = [
    `**${inMarkdown(reason)}**`,
    ...(rows.length === 0 ? [textAsPage(redact(happened))] : [sentTable(rows)]),
    ...(others === '' ? [] : [folded(ALSO_POSSIBLE, others)]),
    ...(policy === undefined || ('withheld' in policy && reason.includes(policy.withheld.text))
      ? []
      : ['withheld' in policy ? textAsPage(policy.withheld.text) : policyPage(policy)]),
  ]
  return parts.join('\n\n')
}

/** A failure with its explanation, for whoever reads the log or the summary. */
export function explainedFailure(failure: ActionError, explanation: Explanation): ActionError {
  const { code, message: happened, serverText } = failure
  const { message, advice } = annotationOf(explanation, happened)
  return new ActionError(code, message, {
    serverText,
    advice,
    reason: explanation.cause,
    text: refusalText(explanation),
    page: (redact) => refusalPage(explanation, happened, redact),
    cause: failure,
  })
}

const stepText = ({ title, who, command }: DryRunStep, at: number): string =>
  `${at + 1}. ${title} (${who}):\n${command}`

/** How a dry run reads in the log. */
export function setupText({ rows, steps, policy }: Setup): string {
  return [
    'The token of this job holds:',
    rows.map(rowText).join('\n'),
    'For Databricks to accept it, these have to exist:',
    ...steps.map(stepText),
    shellNote,
    ...('withheld' in policy ? [policy.withheld.text] : []),
  ].join('\n\n')
}

/** How a dry run looks in the summary of the job. */
export function setupPage(setup: Setup, redact: Redact): string {
  const { rows, steps, policy } = redacted(setup, redact)
  const stepPage = ({ title, who, command }: DryRunStep, at: number) =>
    `${at + 1}. ${inMarkdown(title)} **(${inMarkdown(who)})**\n\n${fenced(command, 'sh')}`
  const terraform =
    'withheld' in policy
      ? []
      : [
          folded(
            'The policy in Terraform, and by hand',
            `${fenced(policy.terraform, 'hcl')}\n\n${inMarkdown(policy.clicks)}`,
          ),
        ]
  return [
    '### Databricks dry run',
    inMarkdown('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
    sentTable(rows, 'in the token'),
    '#### For Databricks to accept it, these have to exist',
    ...steps.map(stepPage),
    inMarkdown(shellNote),
    ...('withheld' in policy ? [inMarkdown(policy.withheld.text)] : terraform),
  ].join('\n\n')
}
