import { LoginError } from './errors.ts'
import { type Evidence, ExchangeRefused } from './federation/evidence.ts'
import type { LoginOptions } from './federation/federate.ts'
import { explain } from './federation/refusal.ts'
import { withoutJob } from './federation/sent-claims.ts'
import { INPUT_NAMES } from './runner/inputs.ts'
import { refusalPage, refusalText } from './runner/refusal-text.ts'
import { undeclaredInputs } from './runner/undeclared-inputs.ts'
import { secondsNow } from './time.ts'

function evidenceOf(
  failure: LoginError,
  options: LoginOptions,
  environment: NodeJS.ProcessEnv,
  aheadSeconds: number | undefined,
): Evidence {
  const isGiven = options.subjectToken !== undefined
  const refused = failure instanceof ExchangeRefused ? failure.refused : []
  return {
    code: failure.code,
    happened: failure.message,
    serverText: failure.serverText ?? '',
    host: options.host,
    clientId: options.clientId,
    accountId: options.accountId,
    publishedAccountId: failure instanceof ExchangeRefused ? failure.publishedAccountId : undefined,
    audience: options.audience,
    scope: options.scope,
    isGiven,
    refused: isGiven ? refused.map((answer) => ({ ...answer, claims: withoutJob(answer.claims) })) : refused,
    undeclared: undeclaredInputs(environment, INPUT_NAMES),
    eventName: environment['GITHUB_EVENT_NAME'],
    aheadSeconds,
    now: secondsNow(),
  }
}

/**
 * A failed login as the person who reads the log can use it: the likely reason first. What cannot be explained further
 * stays as it is.
 *
 * @param aheadSeconds what this machine's clock is ahead of the last server's
 */
export function explainFailure(
  failure: LoginError,
  options: LoginOptions,
  environment: NodeJS.ProcessEnv,
  aheadSeconds: number | undefined,
): LoginError {
  const explanation = explain(evidenceOf(failure, options, environment, aheadSeconds))
  if (explanation === undefined) return failure
  const { code, message: happened, serverText, advice: general } = failure
  const { message, advice } = refusalText(explanation, happened)
  return new LoginError(code, message, {
    serverText,
    advice: advice === '' ? general : advice,
    reason: explanation.cause,
    page: (redact) => refusalPage(explanation, happened, redact),
    cause: failure,
  })
}
