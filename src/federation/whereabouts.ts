import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { HttpAnswer, Send } from '../http/request.ts'
import { isJsonObject, readMembers } from '../json.ts'
import type { Log } from '../log.ts'
import { printable } from '../text.ts'

/** Whose token is asked about, and what the user gave. */
export interface WhereaboutsQuestion extends Pick<Log, 'notice'> {
  readonly host: Host
  readonly accessToken: string
  /** Given by the user, or undefined. */
  readonly accountId: string | undefined
  /** As the workspace is named in requests to a unified host. */
  readonly workspaceId: string | undefined
}

/** What is read of the answer about a token. */
export const INTROSPECTION_ANSWER = {
  principal_context: { authentication_scope: { account_id: true, workspace_id: true } },
} as const

// It is asked for a comparison alone, and not for ten minutes of an outage.
const WITHIN_SECONDS = 10

// A workspace id may be a number beyond 2^53, which JSON.parse would round. Inside a string a quotation mark has a backslash.
const withDigits = (answer: HttpAnswer): HttpAnswer => ({
  ...answer,
  body: answer.body.replace(/("workspace_id"\s*:\s*)(\d{1,20})(?=\s*[,}])/g, '$1"$2"'),
})

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? printable(value) : undefined

interface Whereabouts {
  account: string | undefined
  workspace: string | undefined
}

function readWhereabouts(answer: HttpAnswer): Whereabouts {
  const { principal_context: context } = jsonObject(withDigits(answer), INTROSPECTION_ANSWER)
  const members = INTROSPECTION_ANSWER.principal_context
  const { authentication_scope: scope } = readMembers(context, members)
  if (!isJsonObject(scope)) throw new ActionError('ANSWER_INVALID', 'The answer names no account and no workspace.')
  const { account_id: account, workspace_id: workspace } = readMembers(scope, members.authentication_scope)
  return { account: textOf(account), workspace: textOf(workspace) }
}

async function askWhereabouts(send: Send, { host, accessToken, workspaceId }: WhereaboutsQuestion) {
  const answer = await send(
    () => ({
      purpose: 'Comparison of account and workspace',
      method: 'GET',
      url: new URL(`${host.origin}/api/2.0/tokens/introspect`),
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
      },
    }),
    WITHIN_SECONDS,
  )
  if (answer.status !== 200)
    throw new ActionError('ANSWER_INVALID', `${host.serverHostname} answered ${answer.status}.`)
  return readWhereabouts(answer)
}

/**
 * Compares account and workspace of a token with those that were given, as far as the workspace tells them
 * (Databricks CLI, libs/auth/introspect.go). What it does not tell is a notice.
 *
 * @throws ActionError VERIFY_ELSEWHERE
 */
export async function compareWhereabouts(send: Send, question: WhereaboutsQuestion): Promise<void> {
  const { host, accountId, notice } = question
  if (accountId === undefined && host.workspaceId === undefined) return
  let found: Whereabouts
  try {
    found = await askWhereabouts(send, question)
  } catch (thrown) {
    const reason = thrown instanceof ActionError ? `${thrown.code}: ${thrown.message}` : 'an unknown reason'
    notice(`Account and workspace of the token were not compared with those that were given (${reason}).`)
    return
  }
  compare('account', found.account, accountId)
  compare('workspace', found.workspace, host.workspaceId)
}

function compare(of: 'account' | 'workspace', found: string | undefined, given: string | undefined): void {
  if (found === undefined || given === undefined || found.toLowerCase() === given.toLowerCase()) return
  throw new ActionError('VERIFY_ELSEWHERE', `The new token is for the ${of} ${found}, and ${given} was given.`)
}
