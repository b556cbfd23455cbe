import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from '../../src/explain/refusal.ts'
import { explainedFailure } from '../../src/explain/rendering.ts'
import { disclosedClaimsOf } from '../../src/federation/disclosed-claims.ts'
import { ExchangeRefused } from '../../src/federation/exchange-refused.ts'
import type { LoginOptions } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { describeFailure } from '../../src/runner/failure-text.ts'
import { PAGE_BYTES } from '../../src/runner/summary.ts'
import { hostileText } from './hostile.ts'
import { runs, timeFor } from './runs.ts'

const options: LoginOptions = {
  host: parseHost('https://dbc-1.cloud.databricks.com'),
  clientId: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
  scope: 'all-apis',
  onExchangeFailure: 'fail' as const,
  timeoutSeconds: 60,
}

const names = ['iss', 'sub', 'repository', 'repository_owner', 'environment', 'event_name', 'ref', 'job_workflow_ref']
const claims = fc.record(Object.fromEntries(names.map((name) => [name, hostileText])))
const kinds = fc.constantFrom('', 'repo:o/r:environment:', 'repo:o@1/r@2:ref:refs/heads/', 'repo:o/r:pull_request')

const TAGS = /^<(\/?(code|details|summary|br)|!-- --)>$/

function told(all: Record<string, unknown>, audience: string, said: string) {
  const refused = { claims: disclosedClaimsOf({ ...all, aud: audience, exp: 1 }), status: 400, error: said }
  const failure = new ExchangeRefused('Token exchange: h answered 400.', { serverText: said, refused: [refused] })
  const circumstances = { undeclared: [{ name: said.slice(0, 64), meant: 'audience' }], eventName: 'push', now: 0 }
  const explanation = explain(failure, options, { ...circumstances, clockSkewSeconds: undefined })
  if (explanation === undefined) throw new Error('a refused exchange is always explained')
  const explained = explainedFailure(failure, explanation)
  const same = (text: string) => text
  return { text: describeFailure(explained, same, {}), page: explained.page?.(same) ?? '', explanation }
}

test('whatever a token and a server say, it is text: within the bounds, without markup', {
  timeout: timeFor(0.2),
}, () => {
  fc.assert(
    fc.property(claims, kinds, hostileText, hostileText, (all, kind, audience, said) => {
      const { text, page, explanation } = told({ ...all, sub: `${kind}${all['sub']}` }, audience, said)
      expect(text.length).toBeLessThanOrEqual(4096)
      expect(text).not.toContain('##[')
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_BYTES)
      // Outside of what is to be copied, which holds plain characters alone.
      const shown = page.replace(/^```[\s\S]*?^```$/gm, '')
      expect((shown.match(/<[^>]*>/g) ?? []).filter((tag) => !TAGS.test(tag))).toEqual([])
      const { policy } = explanation
      if (policy === undefined || 'withheld' in policy) return
      expect(JSON.parse(policy.file).oidc_policy.subject).toBe(`${kind}${all['sub']}`)
      expect(policy.command.replace(/[{}[\]"'\\\n]/g, '')).toMatch(/^[\x20-\x7e]*$/)
    }),
    runs(0.2),
  )
})

test('of strangers’ events no policy is ever shown', { timeout: timeFor(0.2) }, () => {
  const events = fc.constantFrom('pull_request', 'pull_request_target', 'issue_comment', 'workflow_run')
  fc.assert(
    fc.property(claims, events, (all, event_name) => {
      const { text, page } = told({ ...all, event_name }, 'a', 'x')
      expect(`${text}${page}`).not.toContain('federation-policy create')
    }),
    runs(0.2),
  )
})
