import { ActionError, type Page } from '../errors.ts'
import type { Log } from '../log.ts'
import { asCode, fenced, folded, inMarkdown, table, textAsPage } from '../markdown.ts'
import { type DryRun, type DryRunOptions, type DryRunStep, dryRunFor } from './dry-run.ts'
import type { AcceptingPolicy } from './policy.ts'
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

// With the wrong client id the policy would be made for the principal of another stage, whose rights the job would get.
const BEFORE_POLICY =
  'If the principal of this client id has a policy already, it may be that of another stage: then correct the client id. A second policy gives this job all rights of that principal.'

const lookUpNote = 'SERVICE_PRINCIPAL_ID is "id" in the answer to:'
const powerShell = 'In PowerShell: write the JSON to policy.json and give --json "@policy.json".'

/** How a refusal reads as text, whole: for the log where the job has no summary. */
function refusalText({ otherReasons, rows, policy }: Explanation): string {
  const others = otherReasons.map(({ cause, text }) => `- ${cause}: ${text}`).join('\n')
  const ways =
    policy === undefined || 'withheld' in policy
      ? [policy?.withheld.text ?? '']
      : [
          `This policy accepts exactly this token. ${policy.admits} ${BEFORE_POLICY}\n${policy.command}`,
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
    inMarkdown(`${policy.admits} ${BEFORE_POLICY}`),
    fenced(`${policy.lookUp}\n${policy.command}`, 'sh'),
    folded('PowerShell, Terraform, by hand', more.join('\n\n')),
  ].join('\n\n')
}

type Redact = (text: string) => string

// Secrets are taken out before anything is escaped, since the redaction would not find them afterwards.
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

const SCRIPT =
  'set-up.sh is in the folder setup of this action; docs/setup.md says how to fetch it and read it first. Each line shows what it would do, and does it with --apply. Words in capitals are yours to fill in. The lines are for bash; on Windows, for Git Bash or WSL.'

const stepText = ({ title, who, command }: DryRunStep, at: number): string =>
  `${at + 1}. ${title} (${who}):\n${command}`

const usesScript = (steps: readonly DryRunStep[]): boolean =>
  steps.some(({ command }) => command.startsWith('sh set-up.sh'))

/** How a dry run reads in the log. */
export function dryRunText({ rows, steps, policy }: DryRun): string {
  return [
    'For Databricks to accept the token of this job, these have to exist:',
    ...steps.map(stepText),
    ...(usesScript(steps) ? [SCRIPT] : []),
    ...('withheld' in policy ? [policy.withheld.text] : []),
    'The token holds:',
    rows.map(rowText).join('\n'),
  ].join('\n\n')
}

/** How a dry run looks in the summary of the job. */
export function dryRunPage(found: DryRun, redact: Redact): string {
  const { rows, steps, policy } = redacted(found, redact)
  const stepPage = ({ title, who, command }: DryRunStep, at: number) =>
    `${at + 1}. ${inMarkdown(title)} **(${inMarkdown(who)})**\n\n${fenced(command, 'sh')}`
  const byHand = (shown: AcceptingPolicy) => [
    inMarkdown(shown.admits),
    fenced(shown.command, 'sh'),
    fenced(shown.terraform, 'hcl'),
    inMarkdown(shown.clicks),
  ]
  return [
    '### Databricks dry run',
    inMarkdown('GitHub gave this job a token; nothing was sent to Databricks, and no later step is logged in.'),
    '#### For Databricks to accept it, these have to exist',
    ...steps.map(stepPage),
    ...(usesScript(steps) ? [inMarkdown(SCRIPT)] : []),
    ...('withheld' in policy
      ? [inMarkdown(policy.withheld.text)]
      : [folded('The policy by command, in Terraform, and by hand', byHand(policy).join('\n\n'))]),
    '#### What the token holds',
    sentTable(rows, 'in the token'),
  ].join('\n\n')
}

/** What a dry run prints with. */
interface DryRunLog extends Pick<Log, 'warning'> {
  text: (lines: string) => void
  page: (page: Page) => void
}

/** Tells what a dry run found in the log of the step and in the summary of the job, and that it was one. */
export function tellDryRun(
  known: Omit<DryRunOptions, 'warehouseId' | 'eventName'>,
  { GITHUB_EVENT_NAME: eventName, DATABRICKS_WAREHOUSE_ID: warehouseId }: NodeJS.ProcessEnv,
  { text, page, warning }: DryRunLog,
): void {
  const found = dryRunFor({ ...known, eventName, warehouseId })
  text(dryRunText(found))
  page((redact) => dryRunPage(found, redact))
  warning('This was a dry run (dry_run: true): nothing was sent to Databricks, and no later step is logged in.')
}
