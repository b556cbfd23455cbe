import { ActionError } from '../errors.ts'
import type { LoginOptions } from '../federation/federate.ts'
import { type Host, namesHost, parseHost } from '../host.ts'
import type { Log } from '../log.ts'
import { printable } from '../text.ts'

interface StepInputs {
  exportEnv: boolean
  /** Undefined if there shall be none. */
  tokenCommand: string | undefined
  /** Whether DATABRICKS_GROUP_ID is there and empty, as a login for a group leaves it, and nothing else says more. */
  mayHaveLostGroup: boolean
  /** Whether a process is left behind that keeps later steps logged in. */
  stayLoggedIn: boolean
  /** Whether the audience, if there is one, is that of DATABRICKS_TOKEN_AUDIENCE. */
  isAudienceInherited: boolean
  verify: boolean
}

/** The inputs of a login, validated, with what the environment adds. */
export interface LoginInputs extends LoginOptions, StepInputs {
  dryRun: false
}

/** The inputs of a dry run, which may not know yet where the workspace is. */
export interface DryRunInputs extends Omit<LoginOptions, 'host'>, StepInputs {
  dryRun: true
  host: Host | undefined
}

/** The inputs of action.yml. */
export type Inputs = LoginInputs | DryRunInputs

const optional = (text: string | undefined): string | undefined => text?.trim() || undefined

const invalid = (name: string, takes: string) => new ActionError('INPUT_INVALID', `The input ${name} takes ${takes}.`)

// As the runner hands it on (GitHub, "Metadata syntax", inputs).
const input = (name: string): string => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()

// YAML 1.2, core schema, as @actions/core reads it.
const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
}

function booleanInput(name: string, whenEmpty: boolean): boolean {
  const text = input(name)
  const value = text === '' ? whenEmpty : Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined
  if (value === undefined) throw invalid(name, 'true or false')
  return value
}

function timeoutInput(): number {
  const text = input('timeout_seconds') || '60'
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 600) throw invalid('timeout_seconds', 'a whole number from 1 to 600')
  return seconds
}

// Fewer than RFC 6749, section 3.3, allows: the scope becomes an output, which a later step may put into a command.
function scopeInput(): string {
  const scopes = (input('scope') || 'all-apis').split(/\s+/)
  if (scopes.some((scope) => !/^[\w.:/-]+$/.test(scope))) {
    throw invalid('scope', 'OAuth scopes of letters, digits and . : / _ -, separated by spaces')
  }
  return scopes.join(' ')
}

function tokenCommandInput(): string | undefined {
  const name = input('token_command') || 'databricks-token'
  if (name === 'none') return undefined
  if (/^databricks-token(-[a-z0-9-]{1,32})?$/.test(name)) return name
  throw invalid('token_command', 'databricks-token, databricks-token-<[a-z0-9-]{1,32}> or none')
}

interface BesideStay extends Pick<StepInputs, 'exportEnv' | 'tokenCommand'> {
  subjectToken: string | undefined
  dryRun: boolean
}

function stayInput({ exportEnv, tokenCommand, subjectToken, dryRun }: BesideStay): boolean {
  const stays = booleanInput('stay_logged_in', false)
  const refuse = (beside: string, since: string) =>
    new ActionError('INPUT_INVALID', `stay_logged_in: true does not go together with ${beside}: ${since}.`)
  if (stays && dryRun) throw refuse('dry_run: true', 'a dry run does not log in')
  if (stays && !exportEnv) throw refuse('export_env: false', 'later steps find the login by their environment')
  if (stays && tokenCommand === undefined) throw refuse('token_command: none', 'nothing of the login would be kept')
  if (stays && subjectToken !== undefined) throw refuse('subject_token', 'a login with it cannot be repeated')
  return stays
}

function onExchangeFailureInput(subjectToken: string | undefined): LoginOptions['onExchangeFailure'] {
  const text = input('on_exchange_failure') || 'fail'
  if (text === 'fail') return text
  if (text !== 'use_subject_token') throw invalid('on_exchange_failure', 'fail or use_subject_token')
  if (subjectToken === undefined) {
    throw new ActionError('INPUT_INVALID', 'on_exchange_failure: use_subject_token needs a subject_token.')
  }
  return text
}

function clientIdFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === 'none') return undefined
  if (/^\d+$/.test(text)) {
    throw new ActionError(
      'CLIENT_ID_INVALID',
      `identity_federation_client_id ${text} is a number: the id of the service principal, not its application id.`,
      {
        advice: `Use the application id, a UUID: "applicationId" in the answer to databricks account service-principals get ${text} -o json`,
      },
    )
  }
  if (!/^[\w.-]{1,128}$/.test(text)) {
    throw new ActionError(
      'CLIENT_ID_INVALID',
      `identity_federation_client_id ${JSON.stringify(printable(text))} is no UUID.`,
    )
  }
  return text
}

// Without space, and without control characters.
const isOneWord = (text: string): boolean => /^[!-~\u00a0-\uffff]*$/.test(text) && !/\s/.test(text)

function audienceFrom(text: string | undefined): string | undefined {
  if (text !== undefined && !isOneWord(text)) throw invalid('audience', 'one audience, without spaces')
  return text
}

function groupIdFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === 'none') return undefined
  if (!/^\d{1,32}$/.test(text)) throw invalid('group_id', 'the id of a group, a number, or none')
  return text
}

/**
 * Reads the inputs of the step. What belongs to one login is taken from the environment together: client id, account
 * id, audience and group only if the host is too, or is the same, so that two logins in a job do not mix.
 *
 * @throws ActionError HOST_*, CLIENT_ID_INVALID, INPUT_INVALID
 */
export function readInputs(environment: NodeJS.ProcessEnv, { mask, info }: Pick<Log, 'mask' | 'info'>): Inputs {
  const subjectToken = optional(input('subject_token'))
  if (subjectToken !== undefined) mask(subjectToken)
  const allowUnknown = booleanInput('allow_unknown_host', false)
  const givenHost = optional(input('host'))
  const environmentHost = optional(environment['DATABRICKS_HOST'])
  const dryRun = booleanInput('dry_run', false)
  const isHostOpen = dryRun && givenHost === undefined && environmentHost === undefined
  // Only who writes a host into the workflow can vouch for one that is not Databricks' own.
  const ownHost = () =>
    givenHost === undefined ? parseHost(environmentHost ?? '', false) : parseHost(givenHost, allowUnknown)
  const host = isHostOpen ? undefined : ownHost()
  const isSameHost = host !== undefined && environmentHost !== undefined && namesHost(environmentHost, host)
  const ownEnvironment = givenHost === undefined || isSameHost
  const inputOr = (name: string, variable: string): string | undefined => {
    const given = optional(input(name))
    const inherited = optional(environment[variable])
    if (given !== undefined || inherited === undefined) return given
    if (!ownEnvironment)
      info(`${variable} is not used: the host is given as an input and DATABRICKS_HOST is not that host.`)
    return ownEnvironment ? inherited : undefined
  }
  const exportEnv = booleanInput('export_env', true)
  const tokenCommand = tokenCommandInput()
  const stayLoggedIn = stayInput({ exportEnv, tokenCommand, subjectToken, dryRun })
  const verify = booleanInput('verify', false)
  if (verify && host?.kind === 'account') {
    const { serverHostname } = host
    throw new ActionError(
      'INPUT_INVALID',
      `verify: true asks a workspace who the token is, and ${serverHostname} is an account console.`,
    )
  }
  const inputs = {
    clientId: clientIdFrom(inputOr('identity_federation_client_id', 'DATABRICKS_CLIENT_ID')),
    accountId: inputOr('account_id', 'DATABRICKS_ACCOUNT_ID') ?? host?.accountId,
    audience: audienceFrom(inputOr('audience', 'DATABRICKS_TOKEN_AUDIENCE')),
    isAudienceInherited:
      ownEnvironment && input('audience') === '' && environment['DATABRICKS_TOKEN_AUDIENCE'] !== undefined,
    groupId: groupIdFrom(inputOr('group_id', 'DATABRICKS_GROUP_ID')),
    mayHaveLostGroup: ownEnvironment && input('group_id') === '' && environment['DATABRICKS_GROUP_ID'] === '',
    scope: scopeInput(),
    subjectToken,
    onExchangeFailure: onExchangeFailureInput(subjectToken),
    exportEnv,
    tokenCommand,
    stayLoggedIn,
    timeoutSeconds: timeoutInput(),
    verify,
  }
  return dryRun || host === undefined ? { ...inputs, dryRun: true, host } : { ...inputs, dryRun, host }
}
