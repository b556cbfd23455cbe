import { LoginError } from './errors.ts'
import { readSubjectToken } from './federation/claims.ts'
import { readSentClaims, type SentClaims, withoutJob } from './federation/sent-claims.ts'
import { setupFor } from './federation/setup.ts'
import { isSecure } from './host.ts'
import { jsonObject } from './http/answer.ts'
import { openConnections } from './http/connections.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import type { Inputs } from './runner/inputs.ts'
import type { Log } from './runner/log.ts'
import { setupPage, setupText } from './runner/refusal-text.ts'
import { USER_AGENT } from './runner/version.ts'
import { secondsNow } from './time.ts'

/**
 * Refuses a dry run in a job that is logged in: later steps would go on with that login, and nobody would notice that
 * this step gives none.
 *
 * @throws LoginError EXISTING_LOGIN
 */
export function refuseForgottenDryRun({ DATABRICKS_TOKEN: token = '' }: NodeJS.ProcessEnv): void {
  if (token === '') return
  throw new LoginError('EXISTING_LOGIN', 'dry_run: true logs in nowhere, and the job already has a DATABRICKS_TOKEN.', {
    advice: 'Take dry_run out to log in with this step, or the secret or variable that holds the old token.',
  })
}

async function claimsOf(inputs: Inputs, environment: NodeJS.ProcessEnv, log: Log): Promise<SentClaims> {
  const { subjectToken, audience, accountId, host, timeoutSeconds } = inputs
  if (subjectToken !== undefined) {
    return withoutJob(readSentClaims(readSubjectToken(subjectToken, secondsNow()).jwt))
  }
  const { mask, debug, info } = log
  const { send, close } = openConnections({ mask, debug, info, userAgent: USER_AGENT, timeoutSeconds })
  try {
    const wanted = audience ?? accountId ?? host.origin
    const service = findIdTokenService(environment, isSecure)
    return readSentClaims(await requestIdToken(service, wanted, { send, jsonObject, mask }))
  } finally {
    close()
  }
}

/**
 * Tells what the token of this job holds, and what has to exist at Databricks for it, in the log and in the summary of
 * the job. GitHub alone is asked; nothing is sent to Databricks.
 *
 * @throws LoginError EXISTING_LOGIN, ID_TOKEN_*, SUBJECT_TOKEN_*, and those of Send
 */
export async function dryRun(inputs: Inputs, environment: NodeJS.ProcessEnv, log: Log): Promise<void> {
  refuseForgottenDryRun(environment)
  const { host, clientId, accountId, audience } = inputs
  const { GITHUB_EVENT_NAME: eventName, DATABRICKS_WAREHOUSE_ID: given = '' } = environment
  const claims = await claimsOf(inputs, environment, log)
  const warehouseId = /^[0-9a-f]{1,64}$/.test(given) ? given : undefined
  const { workspaceId } = host
  const setup = setupFor({
    ...{ host, claims, clientId, accountId, audience, workspaceId, warehouseId, eventName },
    now: secondsNow(),
  })
  log.text(setupText(setup))
  log.page((redact) => setupPage(setup, redact))
  log.warn('This was a dry run (dry_run: true): nothing was sent to Databricks, and no later step is logged in.')
}
