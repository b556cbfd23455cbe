import { ActionError } from '../errors.ts'
import type { DisclosedClaims } from '../federation/disclosed-claims.ts'
import { ExchangeRefused } from '../federation/exchange-refused.ts'
import type { LoginOptions } from '../federation/federate.ts'
import type { Host } from '../host.ts'
import { printable } from '../text.ts'
import { type EpochSeconds, formatTime, secondsNow, secondsUntil } from '../time.ts'
import { type Cause, type Reason, reasonsFor } from './causes.ts'
import { audiencesTried, type Evidence, hasError, refusedClaims, standardClaims } from './evidence.ts'
import {
  ACCOUNT_ID_PLACEHOLDER,
  type AcceptingPolicy,
  policyFor,
  principalLookUp,
  type WithheldPolicy,
} from './policy.ts'

/** One thing that was sent, with what a policy does with it. */
export interface SentRow {
  readonly name: string
  readonly sent: readonly string[]
  readonly policy: string
}

/** A policy, with the command that finds the numeric id which it goes by. */
export interface ShownPolicy extends AcceptingPolicy {
  readonly lookUp: string
}

/** A refused login explained: the reason first, then what it rests on, then what would be accepted. */
export interface Explanation {
  readonly cause: Cause
  /** What it is and what to change, in one line. */
  readonly reason: string
  readonly otherReasons: readonly Reason[]
  readonly rows: readonly SentRow[]
  readonly policy: ShownPolicy | WithheldPolicy | undefined
}

// Nobody would make a policy for more, and a page has a bound.
const LONGEST_IN_POLICY = 1_000

const HOST_KINDS = {
  workspace: 'workspace',
  account: 'account console',
  unified: 'unified host',
  unknown: 'a name of your own',
}

const JOB_CLAIMS = ['repository', 'environment', 'event_name', 'ref', 'job_workflow_ref'] as const

function jobRows(claims: DisclosedClaims): SentRow[] {
  return JOB_CLAIMS.flatMap((name) => {
    const claim = claims[name]
    return claim === undefined
      ? []
      : [{ name, sent: [printable(claim)], policy: 'is compared only if subject_claim names it' }]
  })
}

/** What a token says of itself, as a policy looks at it. */
export function claimRows(claims: DisclosedClaims, audiences: readonly string[], now: EpochSeconds): SentRow[] {
  const { iss, sub, exp } = claims
  const shown = (claim: string | undefined) => [claim === undefined ? '(none)' : printable(claim)]
  const ends = exp === undefined ? '(none)' : `${formatTime(exp)} (in ${Math.floor(secondsUntil(exp, now))} s)`
  return [
    { name: 'issuer', sent: shown(iss), policy: 'has to be exactly equal' },
    { name: 'subject', sent: shown(sub), policy: 'has to be exactly equal, without wildcards' },
    {
      name: 'audience',
      sent: audiences.map(printable),
      policy: 'one of these has to be in audiences; a policy without audiences accepts the account id',
    },
    { name: 'expires', sent: [ends], policy: 'the Databricks token ends at the same time' },
    ...jobRows(claims),
  ]
}

function rowsOf(evidence: Evidence): SentRow[] {
  const { host, clientId, groupId, scope, now } = evidence
  const client = clientId ?? '(none: account-wide federation)'
  return [
    {
      name: 'host',
      sent: [`${host.origin} (${HOST_KINDS[host.kind]})`],
      policy: 'has to belong to the account that has the policy',
    },
    { name: 'client id', sent: [client], policy: 'the application id of the principal that has the policy' },
    { name: 'scope', sent: [printable(scope)], policy: 'is not part of a policy' },
    ...(groupId === undefined ? [] : [{ name: 'group', sent: [groupId], policy: 'is not part of a policy' }]),
    ...claimRows(refusedClaims(evidence), audiencesTried(evidence), now),
  ]
}

function policyOf(evidence: Evidence): Explanation['policy'] {
  const { accountId, audience: asked, clientId, eventName, isSubjectTokenGiven } = evidence
  const claims = refusedClaims(evidence)
  const { iss, sub } = claims
  if (iss === undefined || sub === undefined || iss.length + sub.length > LONGEST_IN_POLICY) return undefined
  const [first = ''] = claims.aud
  // The token endpoint, which is asked for without an account id, is what a policy should name least.
  const audience = isSubjectTokenGiven ? first : (asked ?? accountId ?? ACCOUNT_ID_PLACEHOLDER)
  const options = { claims, audience: audience.slice(0, LONGEST_IN_POLICY), clientId, eventName, isSubjectTokenGiven }
  const policy = policyFor(options)
  return 'withheld' in policy ? policy : { ...policy, lookUp: principalLookUp(clientId) }
}

// Of the request alone: no policy would change it.
const isOfRequest = (evidence: Evidence): boolean =>
  hasError(evidence, 'invalid_scope') || (evidence.groupId !== undefined && hasError(evidence, 'invalid_request'))

// Databricks looks for a principal with policies, and at the request, before it compares a token with any policy.
const comesBeforePolicies = (evidence: Evidence): boolean =>
  hasError(evidence, 'invalid_client') || isOfRequest(evidence)

/** What is known of a failed login beside its options and its failure. */
export type Circumstances = Pick<Evidence, 'undeclared' | 'eventName' | 'clockSkewSeconds' | 'now'>

function evidenceOf(failure: ActionError, options: LoginOptions, circumstances: Circumstances): Evidence {
  const { host, clientId, accountId, audience, groupId, scope, subjectToken } = options
  const isSubjectTokenGiven = subjectToken !== undefined
  const isRefusal = failure instanceof ExchangeRefused
  const refused = isRefusal ? failure.refused : []
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
      ? refused.map((answer) => ({ ...answer, claims: standardClaims(answer.claims) }))
      : refused,
  }
}

/**
 * Explains a login that failed, as far as what was sent and what came back tell; undefined where nothing more is known
 * than the failure says itself.
 */
export function explain(
  failure: ActionError,
  options: LoginOptions,
  circumstances: Circumstances,
): Explanation | undefined {
  const evidence = evidenceOf(failure, options, circumstances)
  const [first, ...others] = reasonsFor(evidence)
  // Of a refused exchange there is always one.
  if (first === undefined) return undefined
  const isRefused = evidence.refused.length > 0
  return {
    cause: first.cause,
    reason: first.text,
    otherReasons: comesBeforePolicies(evidence) ? [] : others,
    rows: isRefused ? rowsOf(evidence) : [],
    policy: isRefused && !isOfRequest(evidence) ? policyOf(evidence) : undefined,
  }
}

/**
 * A failure of a request about something else than a login, with its cause in front, where the text of the server tells
 * it: an address that is not in the access list, a principal that is no member of the workspace, a page in place of JSON.
 */
export function explainedAnswer(failure: ActionError, host: Host): ActionError {
  const { code, message: happened, advice, serverText = '' } = failure
  const unknown = {
    clientId: undefined,
    accountId: undefined,
    groupId: undefined,
    publishedAccountId: undefined,
    audience: undefined,
  }
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
    now: secondsNow(),
  })
  if (cause === undefined) return failure
  return new ActionError(code, `${cause.text}\n${happened}`, {
    serverText,
    // A right on the warehouse is not what is missing.
    advice: code === 'WAREHOUSE_REFUSED' ? '' : advice,
    reason: cause.cause,
    cause: failure,
  })
}
