import { afterEach, expect, test } from 'vitest'
import { CAUSES, failuresOf } from '../../../src/explain/causes.ts'
import { inMarkdown } from '../../../src/markdown.ts'
import { asRead, logAsRead } from '../../refusals/as-read.ts'
import { cases, provoke, type RefusalCase } from '../../refusals/cases.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, spokenLines } from '../../support/login-step.ts'

afterEach(cleanUp)

// No policy is shown where it would admit others, where none is compared, and where the exchange was not refused.
const showsPolicy = ({ code, cause }: RefusalCase) =>
  code === 'EXCHANGE_REFUSED' &&
  !['UNTRUSTED_EVENT', 'SUBJECT_TEMPLATE', 'SCOPE_REFUSED', 'GROUP_REFUSED'].includes(cause)

const fileOf = ({ name }: RefusalCase, ending = 'txt') =>
  `../../refusals/texts/${name.replace(/[^a-z]+/g, '-')}.${ending}`

async function refuse(refusal: RefusalCase) {
  const pair = await provoke(refusal)
  const { inputs = inputsFor, subjectToken } = refusal
  const given = subjectToken === undefined ? {} : { subject_token: await subjectToken(pair) }
  return { pair, step: await loginStep(pair, { ...inputs(pair), ...given }) }
}

/** What a step said of its failure, as the runner shows the annotation. */
const annotationOf = (line = '') => decodeURIComponent(line.replace(/^::[^:]*::/, ''))

const NO_POLICY = 'NO_MATCHING_POLICY'

test.each(cases)('$name: $code by $cause', async (refusal) => {
  const { pair, step } = await refuse(refusal)
  const { code, cause, isAmongOthers, isKept } = refusal
  expect(step).toMatchObject({ exitCode: 1, stderr: '' })
  expect(exportsOf(step)).toEqual(nothing)
  const errors = spokenLines(step).filter((line) => line.startsWith('::error'))
  expect(errors).toHaveLength(1)
  const [first = '', ...lines] = annotationOf(errors[0]).split('\n')
  expect(first).toContain(`${code} (${isAmongOthers ? NO_POLICY : cause}): `)
  expect(lines.length).toBeLessThan(12)
  const page = asRead(step.summary, pair)
  if (isAmongOthers) expect(page).toContain(`<code>${inMarkdown(cause)}</code>`)
  expect(page.includes('#### The policy that accepts')).toBe(showsPolicy(refusal))
  // The runner prints the inputs of a step: what the step itself said counts.
  expect(wholeTokensIn(errors.join() + step.summary)).toEqual([])
  expect(Buffer.byteLength(step.summary)).toBeLessThan(64 * 1024)
  if (!isKept) return
  await expect(logAsRead(step, pair)).toMatchFileSnapshot(fileOf(refusal))
  await expect(page).toMatchFileSnapshot(fileOf(refusal, 'md'))
})

// An Azure workspace cannot be imitated on loopback by its name, which is what the cause goes by.
const UNPROVOKED = ['ENTRA_OBJECT_ID']

test('every cause is provoked, with each failure that it can be behind', () => {
  const provoked = new Set(cases.map(({ cause }) => cause))
  expect(CAUSES.filter((cause) => !provoked.has(cause))).toEqual(UNPROVOKED)
  for (const { code, cause } of cases) expect(failuresOf(cause)).toContain(code)
})

test('without a summary of the job the whole is in the log', async () => {
  const refusal = cases.find(({ name }) => name === 'a wrong subject')
  if (refusal === undefined) throw new Error('there is such a case')
  const pair = await provoke(refusal)
  const step = await loginStep(pair, inputsFor(pair), { environment: { GITHUB_STEP_SUMMARY: '' } })
  expect(step.log).toContain('databricks account service-principal-federation-policy create')
  expect(step.log).toContain('- NO_ENVIRONMENT: ')
})
