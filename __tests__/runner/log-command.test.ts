import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import { commandLog } from '../../src/runner/command-log.ts'

const signature = 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'

const inWorkflow = { GITHUB_ACTIONS: 'true' }

/** What the log of the command prints when it is used. */
function printed(use: (log: Log) => void, environment: NodeJS.ProcessEnv = inWorkflow): string {
  let text = ''
  use(
    commandLog(environment, (lines) => {
      text += lines
    }),
  )
  return text
}

/** What the command prints when it masks these, one after the other. */
const masking = (secrets: string[], environment?: NodeJS.ProcessEnv): string =>
  printed(({ mask }) => secrets.forEach(mask), environment)

test('of a JWT the signature alone, on a line of its own', () => {
  expect(masking([`eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${signature}`])).toBe(`\n::add-mask::${signature}\n`)
})

test.each(['opaque-token-0123456789', 'a.b', `a.b.${signature}.d`, 'a.b.short'])('%s whole', (token) => {
  expect(masking([token])).toBe(`\n::add-mask::${token}\n`)
})

test('once a process, however often the same token is handed out', () => {
  expect(masking(['one-token', 'one-token', 'another', 'one-token'])).toBe(
    '\n::add-mask::one-token\n\n::add-mask::another\n',
  )
})

test('nowhere but in a workflow', () => {
  expect(masking(['one-token'], {})).toBe('')
})

const useAll = ({ info, notice, warning, debug, fail }: Log) => {
  info('one line')
  notice('a notice')
  warning('100% sure')
  debug('a detail')
  fail(new ActionError('TIMED_OUT', 'Too late.', { advice: 'Wait.' }))
}

test('in a workflow warnings and failures are annotations, and the rest is lines', () => {
  expect(printed(useAll, { ...inWorkflow, RUNNER_DEBUG: '1' })).toBe(
    [
      'databricks-token: one line',
      'databricks-token: a notice',
      '::warning title=databricks-token::100%25 sure',
      'databricks-token: a detail',
      '::error title=databricks-token failed (TIMED_OUT)::TIMED_OUT: Too late.%0A%0AWait.%0A%0ASee TIMED_OUT in docs/troubleshooting.md.',
      '',
    ].join('\n'),
  )
})

test('elsewhere all are lines, and no workflow command', () => {
  expect(printed(useAll, {})).toBe(
    [
      'databricks-token: one line',
      'databricks-token: a notice',
      'databricks-token: 100% sure',
      'databricks-token: TIMED_OUT: Too late.\n\nWait.\n\nSee TIMED_OUT in docs/troubleshooting.md.',
      '',
    ].join('\n'),
  )
})

test('what is known is told by no line, and no mask is printed for it', () => {
  const use = ({ hideFromLog, info }: Log) => {
    hideFromLog('s3cret-value')
    info('the s3cret-value')
  }
  expect(printed(use)).toBe('databricks-token: the ***\n')
})
