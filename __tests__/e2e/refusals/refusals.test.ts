import { afterEach, expect, test } from 'vitest'
import { CAUSES, failuresOf } from '../../../src/explain/causes.ts'
import { asRead, logAsRead } from '../../refusals/as-read.ts'
import { cases, provoke, type RefusalCase } from '../../refusals/cases.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, spokenLines } from '../../support/login-step.ts'

afterEach(cleanUp)

const fileOf = ({ name }: RefusalCase, ending = 'txt') =>
  `../../refusals/texts/${name.replace(/[^a-z]+/g, '-')}.${ending}`

const firstLines = new Map<string, string>()

async function refuse(refusal: RefusalCase) {
  const pair = await provoke(refusal)
  const { inputs = inputsFor, subjectToken } = refusal
  const given = subjectToken === undefined ? {} : { subject_token: await subjectToken(pair) }
  return { pair, step: await loginStep(pair, { ...inputs(pair), ...given }) }
}

test.each(cases)('$name: $code by $cause', async (refusal) => {
  const { pair, step } = await refuse(refusal)
  const { code, cause, isAmongOthers } = refusal
  expect(step).toMatchObject({ exitCode: 1, stderr: '' })
  expect(exportsOf(step)).toEqual(nothing)
  const errors = spokenLines(step).filter((line) => line.startsWith('::error'))
  expect(errors).toHaveLength(1)
  // The runner cuts an annotation there, in the log, too.
  expect(decodeURIComponent(errors[0]?.replace(/^::[^:]*::/, '') ?? '').length).toBeLessThanOrEqual(4096)
  const text = logAsRead(step, pair)
  if (isAmongOthers) expect(text).toContain(`\n- ${cause}: `)
  else expect(text).toContain(`Error: ${code} (${cause}): `)
  // The runner prints the inputs of a step: what the step itself said counts.
  expect(wholeTokensIn(errors.join() + step.summary)).toEqual([])
  firstLines.set(refusal.name, /^Error: EXCHANGE_REFUSED \(\w+\): (.+)$/m.exec(text)?.[1] ?? '')
  expect(Buffer.byteLength(step.summary)).toBeLessThan(64 * 1024)
  await expect(text).toMatchFileSnapshot(fileOf(refusal))
  await expect(asRead(step.summary, pair)).toMatchFileSnapshot(fileOf(refusal, 'md'))
})

test('every cause is provoked, with each failure that it can be behind', () => {
  expect([...new Set(cases.map(({ cause }) => cause))]).toEqual(CAUSES)
  for (const { code, cause } of cases) expect(failuresOf(cause)).toContain(code)
})

const EIGHT = [
  'a wrong subject',
  'a pull request',
  'an immutable subject',
  'an audience',
  'another principal',
  'no client id',
  'a misspelt input',
  'a policy that compares another claim',
]

test('eight causes that once had one advice have eight first lines, each naming what to change', () => {
  const lines = EIGHT.map((name) => firstLines.get(name) ?? '')
  expect(new Set(lines).size).toBe(EIGHT.length)
  for (const line of lines) expect(line).toMatch(/\b(add|set|change|write) (the |environment: )?\S+/i)
})
