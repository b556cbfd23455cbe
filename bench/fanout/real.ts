import { startRunner } from '../../sandbox/github-runner.ts'
import type { Interceptor } from '../../sandbox/http-server.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { parseHost } from '../../src/host.ts'
import { logIn } from '../../src/log-in.ts'
import { elapsedMs, msSince } from '../../src/time.ts'
import { delayAnswers } from '../delay.ts'
import { limitPerSecond } from './limit.ts'
import type { Fanout, FanoutResult } from './simulation.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'

const silent = {
  mask: () => undefined,
  info: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  debug: () => undefined,
}

/** Logins of the source itself, all at once in this process, against the sandbox. */
export async function runFanout({
  jobs,
  rate,
  retryAfterSeconds,
  latencyMs,
  timeoutSeconds,
}: Fanout): Promise<FanoutResult> {
  const runner = await startRunner()
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId }],
    policies: [{ kind: 'service-principal', applicationId, issuer: runner.issuer.url, subject: runner.claims.sub }],
  })
  const result: FanoutResult = { failed: 0, requests: 0, took: [] }
  const isTaken = limitPerSecond(rate)
  const delay = delayAnswers(latencyMs)
  const headers = retryAfterSeconds === 0 ? {} : { 'retry-after': String(retryAfterSeconds) }
  const limit: Interceptor = (request, response) => {
    delay(request, response)
    if (request.method !== 'POST') return false
    result.requests += 1
    if (isTaken(elapsedMs())) return false
    response.writeHead(429, headers).end()
    return true
  }
  workspace.server.before = limit
  runner.server.before = delay
  const host = parseHost(workspace.host)
  const options = {
    host,
    accountId: workspace.accountId,
    clientId: applicationId,
    scope: 'all-apis',
    timeoutSeconds,
    onExchangeFailure: 'fail' as const,
  }
  const environment = runner.environment()
  const startedAt = elapsedMs()
  const job = async () => {
    try {
      await logIn(options, { environment, log: silent })
      result.took.push(msSince(startedAt, elapsedMs()))
    } catch {
      result.failed += 1
    }
  }
  await Promise.all(Array.from({ length: jobs }, job))
  await Promise.all([runner.close(), workspace.close()])
  return result
}
