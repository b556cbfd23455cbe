import { ActionError } from '../errors.ts'
import { asCode, fenced, folded, inMarkdown, table, textAsPage } from '../markdown.ts'
import type { DryRunStep, Setup } from './dry-run.ts'
import type { Explanation, SentRow, ShownPolicy } from './refusal.ts'

// The runner cuts an annotation at 4,096 characters, in the log, too (actions/runner, ExecutionContext.cs); what is
// left is for the code and the link, and what the server said takes its own part.
const MOST_CHARACTERS = 3_750
const MOST_SAID = 520
const LONGEST_VALUE = 250
const NAME_WIDTH = 18

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 2)} …` : text)

const rowText = ({ name, sent }: SentRow): string =>
  sent.map((value, at) => `${(at === 0 ? name : '').padEnd(NAME_WIDTH)}${cut(value, LONGEST_VALUE)}`).join('\n')

const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:'
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".'

const commandText = ({ admits, lookUp, command }: ShownPolicy): string =>
  [`This policy accepts exactly this token. ${admits}`, command, `${lookUpNote} ${lookUp}`, powerShell].join('\n')

const LEFT_OUT = 'More is in the summary of the job.'

function withinBound(blocks: readonly string[], most: number): string {
  let text = ''
  for (const block of blocks.filter((part) => part !== '')) {
    const longer = text === '' ? block : `${text}\n\n${block}`
    if (longer.length > most - LEFT_OUT.length) return `${text}\n\n${LEFT_OUT}`.trim()
    text = longer
  }
  return text
}

/** How a refusal reads in the log: what happened, and what to change. */
function refusalText(explanation: Explanation, happened: string, most: number): { message: string; advice: string } {
  const { reason, otherReasons, rows, policy } = explanation
  const sent = rows.map(rowText).join('\n')
  const whole = rows.length === 0 ? `${reason}\n${happened}` : `${reason}\n\n${happened} This was sent:\n${sent}`
  const message = cut(whole, most)
  const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n')
  const also = others === '' ? '' : `Databricks does not tell which part of a policy differs. Also possible:\n${others}`
  const ways =
    policy === undefined || 'withheld' in policy
      ? [policy?.withheld ?? '']
      : [commandText(policy), `In Terraform:\n${policy.terraform}`, `By hand: ${policy.clicks}`]
  return { message, advice: withinBound([also, ...ways], most - message.length) }
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
    fenced(`${policy.lookUp} # "id" is SERVICE_PRINCIPAL_ID\n${policy.command}`, 'sh'),
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
    ...(others === ''
      ? []
      : [folded('Databricks does not tell which part of a policy differs. Also possible', others)]),
    ...(policy === undefined
      ? []
      : ['withheld' in policy ? textAsPage(policy.withheld.replaceAll('\n', ' ')) : policyPage(policy)]),
  ]
  return parts.join('\n\n')
}

/** A failure with its explanation, for whoever reads the log or the summary. */
export function explainedFailure(failure: ActionError, explanation: Explanation): ActionError {
  const { code, message: happened, serverText } = failure
  const most = MOST_CHARACTERS - Math.min(serverText?.length ?? 0, MOST_SAID)
  const { message, advice } = refusalText(explanation, happened, most)
  return new ActionError(code, message, {
    serverText,
    advice,
    reason: explanation.cause,
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
    ...('withheld' in policy ? [policy.withheld] : []),
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
    ...('withheld' in policy ? [inMarkdown(policy.withheld.replaceAll('\n', ' '))] : terraform),
  ].join('\n\n')
}
