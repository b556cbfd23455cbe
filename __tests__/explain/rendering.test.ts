import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { DryRun } from '../../src/explain/dry-run.ts'
import type { Explanation } from '../../src/explain/refusal.ts'
import { dryRunPage, dryRunText, explainedFailure } from '../../src/explain/rendering.ts'

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
  admits: 'Nobody else is let in.',
  lookUp: 'LOOK UP',
  command: 'CREATE',
  file: 'FILE',
  terraform: 'TERRAFORM',
  clicks: 'Console → Create policy.',
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
    code: 'EXCHANGE_FORBIDDEN',
    cause: 'IP_ACCESS_LIST',
    serverText: undefined,
    message: `${reason}\n${happened}`,
    advice: '',
  })
  expect(pageOf(failure)).toBe(
    '**The address is not in the list&#58; add it&#46;**\n\nToken exchange&#58; a host answered 403&#46;',
  )
})

const sent = [
  { name: 'client id', sent: ['an-id'], policy: 'the principal' },
  { name: 'issuer', sent: ['an-issuer'], policy: 'the same' },
  { name: 'subject', sent: ['a-subject'], policy: 'the same' },
  { name: 'audience', sent: ['one', 'two', 'three', 'four'], policy: 'one of these' },
]

test('of what was sent the annotation has issuer, subject and three audiences, and names the summary for the rest', () => {
  const { message, advice } = refusal({ rows: sent, policy })
  expect(message).toBe(
    [
      reason,
      `${happened} This was sent:`,
      'issuer            an-issuer',
      'subject           a-subject',
      'audience          one',
      '                  two',
      '                  three',
    ].join('\n'),
  )
  expect(advice).toBe(
    'The policy that accepts exactly this token, and what else may differ, is in the summary of the job, or above where it has none.',
  )
  expect(refusal({ rows: sent }).advice).toBe(
    'What was sent, and what else may differ, is in the summary of the job, or above where it has none.',
  )
  expect(pageOf(refusal({ rows }))).toContain('| audience | <code>one</code><br><code>two</code> | one of these |')
})

test('a value of more than 250 characters is cut', () => {
  const long = [{ name: 'subject', sent: ['x'.repeat(251)], policy: 'the same' }]
  expect(refusal({ rows: long }).message).toMatch(/\nsubject {11}x{248} …$/)
})

test('the whole is in the text: all that was sent, other reasons by their name, the policy in each form', () => {
  const otherReasons = [{ cause: 'NO_ISSUER' as const, text: 'It may have no issuer.' }]
  const failure = refusal({ rows: sent, otherReasons, policy })
  expect(failure.text).toMatch(/^This was sent:\nclient id {9}an-id\n[\s\S]*\n {18}four\n\n/)
  expect(failure.text).toContain('Also possible:\n- NO_ISSUER: It may have no issuer.\n\nThis policy accepts exactly')
  expect(failure.text).toMatch(/\nCREATE\n[\s\S]*\nLOOK UP\n[\s\S]*\nTERRAFORM\n/)
  expect(pageOf(failure)).toContain('- <code>NO&#95;ISSUER</code> It may have no issuer&#46;')
  expect(refusal({}).text).toBe('')
})

const withheld = { why: 'event' as const, text: 'No policy is shown.' }

test('a policy that is withheld: why stands in the annotation, the text and the summary, once', () => {
  const failure = refusal({ rows: sent, policy: { withheld } })
  expect(failure.advice).toMatch(/^No policy is shown\.\nWhat was sent/)
  expect(failure.text).toMatch(/\n\nNo policy is shown\.$/)
  expect(pageOf(failure)).toMatch(/\n\nNo policy is shown&#46;$/)
  const first = refusal({ rows: sent, policy: { withheld }, reason: withheld.text })
  expect(first.advice).toMatch(/^What was sent/)
  expect(pageOf(first).match(/No policy is shown/g)).toHaveLength(1)
})

test('secrets are taken out of the summary before anything is escaped', () => {
  const redact = (text: string) => text.replaceAll('s3cret_', '***')
  const secret = [{ name: 'subject', sent: ['a s3cret_ value'], policy: 's3cret_' }]
  for (const explained of [{ rows: secret }, { reason: 's3cret_' }, { policy: { ...policy, command: 's3cret_' } }]) {
    expect(pageOf(refusal(explained), redact)).not.toContain('s3cret')
  }
})

const found: DryRun = {
  rows,
  steps: [
    { title: 'The environment', who: 'admin of the repository', command: 'sh set-up.sh github' },
    { title: 'The policy', who: 'account admin', command: 'sh set-up.sh account' },
  ],
  policy,
}

test('a dry run begins with what has to exist, with who does it, and tells where the script is', () => {
  expect(dryRunText(found)).toMatch(
    /^For Databricks .*:\n\n1\. The environment \(admin of the repository\):\nsh set-up\.sh github\n\n2\. The policy/,
  )
  expect(dryRunText(found)).toContain('\n\nset-up.sh is in the folder setup')
  const page = dryRunPage(found, same)
  expect(page).toContain('2. The policy **(account admin)**\n\n```sh\nsh set-up.sh account\n```')
  expect(page).toContain('```hcl\nTERRAFORM\n```')
  expect(page.indexOf('1. The environment')).toBeLessThan(page.indexOf('in the token'))
})

test('a dry run whose policy is withheld says why, and names no script that is not used', () => {
  const without = { ...found, steps: [], policy: { withheld } }
  expect(dryRunText(without)).toContain('\n\nNo policy is shown.\n\n')
  expect(dryRunPage(without, same)).toContain('\n\nNo policy is shown&#46;\n\n')
  expect(dryRunPage(without, same)).not.toContain('set&#45;up')
  expect(dryRunText(without)).not.toContain('set-up')
})
