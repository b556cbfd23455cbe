import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { Setup } from '../../src/explain/dry-run.ts'
import type { Explanation } from '../../src/explain/refusal.ts'
import { explainedFailure, setupPage, setupText } from '../../src/explain/rendering.ts'

const reason = 'The address is not in the list: add it.'
const happened = 'Token exchange: a host answered 403.'
const explanation: Explanation = {
  cause: 'IP_ACCESS_LIST',
  reason,
  otherReasons: [],
  rows: [],
  policy: undefined,
}
const policy = {
  ...{ admits: 'Nobody else is let in.', lookUp: 'LOOK UP', command: 'CREATE', file: 'FILE' },
  ...{ terraform: 'TERRAFORM', clicks: 'Console → Create policy.' },
}
const rows = [{ name: 'audience', sent: ['one', 'two'], policy: 'one of these' }]

const same = (text: string) => text
const refusal = (explained: Partial<Explanation>, serverText?: string) =>
  explainedFailure(new ActionError('EXCHANGE_FORBIDDEN', happened, { serverText }), { ...explanation, ...explained })
const pageOf = (failure: ActionError, redact = same) => failure.page?.(redact) ?? ''

test('the reason comes first, then what happened; a failure that no policy explains has no more', () => {
  const failure = refusal({})
  const { code, message, advice, serverText, reason: cause } = failure
  expect({ code, message, advice, serverText, cause }).toEqual({
    ...{ code: 'EXCHANGE_FORBIDDEN', cause: 'IP_ACCESS_LIST', serverText: undefined },
    ...{ message: `${reason}\n${happened}`, advice: '' },
  })
  expect(pageOf(failure)).toBe(
    '**The address is not in the list&#58; add it&#46;**\n\nToken exchange&#58; a host answered 403&#46;',
  )
})

test('what was sent stands in columns, one line for each value', () => {
  expect(refusal({ rows }).message).toBe(
    [reason, '', `${happened} This was sent:`, 'audience          one', '                  two'].join('\n'),
  )
  expect(pageOf(refusal({ rows }))).toContain('| audience | <code>one</code><br><code>two</code> | one of these |')
})

test('a value of more than 250 characters is cut, and so is a message that leaves no room for advice', () => {
  const long = [{ name: 'subject', sent: ['x'.repeat(251)], policy: 'the same' }]
  expect(refusal({ rows: long }).message).toMatch(/\nsubject {11}x{248} …$/)
  const { message } = refusal({ reason: 'y'.repeat(5_000) })
  expect(message).toMatch(/^y+ …$/)
  expect(message).toHaveLength(3_750)
})

test('other reasons are told by their name', () => {
  const failure = refusal({ otherReasons: [{ cause: 'NO_ISSUER', text: 'It may have no issuer.' }] })
  expect(failure.advice).toMatch(/Also possible:\n- NO_ISSUER: It may have no issuer\.$/)
  expect(pageOf(failure)).toContain('- <code>NO&#95;ISSUER</code> It may have no issuer&#46;')
})

test.each([
  ['little', undefined],
  ['much', 'x'.repeat(10_000)],
])('where a server said %s, a policy that is too long for the log is in the summary alone', (_name, serverText) => {
  const failure = refusal({ rows, policy: { ...policy, terraform: 'T'.repeat(5_000) } }, serverText)
  expect(failure.advice).toMatch(/^This policy .*\nCREATE\n[\s\S]*\n\nMore is in the summary of the job\.$/)
  expect(pageOf(failure)).toContain('T'.repeat(5_000))
})

test('of a first part that is too long for the log, only the summary is named', () => {
  const otherReasons = [{ cause: 'NO_ISSUER' as const, text: 'x'.repeat(5_000) }]
  expect(refusal({ otherReasons }).advice).toBe('More is in the summary of the job.')
})

test('a policy that is withheld: why stands in the log and in the summary', () => {
  const failure = refusal({ policy: { withheld: 'No policy is shown.\nTake the other way.' } })
  expect(failure.advice).toBe('No policy is shown.\nTake the other way.')
  expect(pageOf(failure)).toMatch(/\n\nNo policy is shown&#46; Take the other way&#46;$/)
})

test('secrets are taken out of the summary before anything is escaped', () => {
  const redact = (text: string) => text.replaceAll('s3cret_', '***')
  const sent = [{ name: 'subject', sent: ['a s3cret_ value'], policy: 's3cret_' }]
  for (const explained of [{ rows: sent }, { reason: 's3cret_' }, { policy: { ...policy, command: 's3cret_' } }]) {
    expect(pageOf(refusal(explained), redact)).not.toContain('s3cret')
  }
})

const setup: Setup = {
  rows,
  steps: [
    { title: 'Log in', who: 'each admin', command: 'login' },
    { title: 'Make the policy', who: 'account admin', command: 'create' },
  ],
  policy,
}

test('a dry run numbers what has to exist, with who does it', () => {
  expect(setupText(setup)).toContain(
    '\n\n1. Log in (each admin):\nlogin\n\n2. Make the policy (account admin):\ncreate',
  )
  const page = setupPage(setup, same)
  expect(page).toContain('2. Make the policy **(account admin)**\n\n```sh\ncreate\n```')
  expect(page).toContain('```hcl\nTERRAFORM\n```')
})

test('a dry run whose policy is withheld says why, in the log and in the summary', () => {
  const withheld = { ...setup, policy: { withheld: 'No policy\nis shown.' } }
  expect(setupText(withheld)).toMatch(/\n\nNo policy\nis shown\.$/)
  expect(setupPage(withheld, same)).toMatch(/\n\nNo policy is shown&#46;$/)
})
