import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { commandLog } from '../../src/runner/command-log.ts'
import { type StepLog, stepLog } from '../../src/runner/log.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What the log of a step prints when it is used. */
function printed(use: (log: StepLog) => void, environment: Record<string, string>): string {
  let text = ''
  use(
    stepLog(environment, (lines) => {
      text += lines
    }),
  )
  return text
}

const failure = new ActionError('EXCHANGE_REFUSED', 'It said no.', {
  serverText: '<b>no</b>\n::warning::100%',
  advice: 'Ask again.',
})

test('a failure is one command, and a summary with its markup escaped', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, 'earlier\n')
  const text = printed(({ fail }) => fail(failure), { GITHUB_STEP_SUMMARY: file })
  expect(text).toBe(
    '::error title=Databricks login failed (EXCHANGE_REFUSED)::EXCHANGE_REFUSED: It said no.%0AThe server said: <b>no</b> ::warning::100%25%0A%0AAsk again.%0A%0ASee EXCHANGE_REFUSED in docs/troubleshooting.md.\n',
  )
  expect(readFileSync(file, 'utf8')).toBe(
    [
      'earlier',
      '### Databricks login failed: EXCHANGE_REFUSED',
      '',
      'It said no&#46;',
      '',
      'Ask again&#46;',
      '',
      'The server said <code>&#60;b&#62;no&#60;&#47;b&#62; &#58;&#58;warning&#58;&#58;100&#37;</code>',
      '',
      'See EXCHANGE&#95;REFUSED in docs/troubleshooting&#46;md&#46;',
      '',
    ].join('\n'),
  )
})

test.each(['', '/dev/full', '/', '/nowhere/at/all'])('a summary that cannot be written: %o', (file) => {
  expect(printed(({ fail }) => fail(failure), { GITHUB_STEP_SUMMARY: file })).toMatch(/^::error .*\n$/)
})

test('no summary is made where the runner made none', () => {
  const file = join(folder, 'none')
  printed(({ fail }) => fail(failure), { GITHUB_STEP_SUMMARY: file })
  expect(() => readFileSync(file)).toThrow('ENOENT')
})

const published = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'octo-org/databricks-token-action',
  GITHUB_ACTION_REF: 'v1',
}

test('a summary links to the page of the action that runs', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, '')
  printed(({ fail }) => fail(failure), { ...published, GITHUB_STEP_SUMMARY: file })
  expect(readFileSync(file, 'utf8')).toContain(
    '\n[What it means, and what to do](https://github.com/octo-org/databricks-token-action/blob/v1/docs/troubleshooting.md#exchange_refused)\n',
  )
})

test('a page of a failure takes the place of its text, and goes through the redaction', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, '')
  const own = new ActionError('EXCHANGE_REFUSED', 'It said no.', { page: (redact) => redact('## s3cret-value') })
  const use = ({ hideFromLog, fail }: StepLog) => {
    hideFromLog('s3cret-value')
    fail(own)
  }
  printed(use, { GITHUB_STEP_SUMMARY: file })
  expect(readFileSync(file, 'utf8')).toBe(
    [
      '### Databricks login failed: EXCHANGE_REFUSED',
      '## ***',
      'See EXCHANGE&#95;REFUSED in docs/troubleshooting&#46;md&#46;\n',
    ].join('\n\n'),
  )
})

test('a page of its own is added to the summary, and printed nowhere', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, 'earlier\n')
  const use = ({ hideFromLog, page }: StepLog) => {
    hideFromLog('s3cret-value')
    page((redact) => redact('a s3cret-value'))
  }
  expect(printed(use, { GITHUB_STEP_SUMMARY: file })).toBe('')
  expect(readFileSync(file, 'utf8')).toBe('earlier\na ***\n')
})

// A step of a composite action has these of that action.
test('the command names its page, and no page of the action that calls it', () => {
  const another = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTION_REPOSITORY: 'octo-org/composite',
    GITHUB_ACTION_REF: 'v1',
  }
  const described = commandLog(another, () => undefined).describe(failure)
  expect(described).toMatch(/See EXCHANGE_REFUSED in docs\/troubleshooting\.md\.$/)
})
