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
function masking(secrets: string[], environment?: NodeJS.ProcessEnv): string {
  return printed(({ mask }) => {
    for (const secret of secrets) mask(secret)
  }, environment)
}

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

test('what is masked together is one write, with one empty line before it, and without what was masked before', () => {
  const writes: string[] = []
  const { mask } = commandLog(inWorkflow, (text) => writes.push(text))
  mask('a-token', 'a-half', 'another-half')
  mask('a-token', 'a-third-half')
  mask('a-half')
  expect(writes).toEqual([
    '\n::add-mask::a-token\n::add-mask::a-half\n::add-mask::another-half\n',
    '\n::add-mask::a-third-half\n',
  ])
})

const requestVariables = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example/',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
}

test('in a workflow whose own variable sudo took away, too', () => {
  expect(masking(['one-token'], requestVariables)).toBe('\n::add-mask::one-token\n')
})

test.each([
  ['without any variable of a runner', {}],
  ['with the address of its ID token service alone', { ...requestVariables, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }],
])('nowhere else: %s', (_, environment) => {
  expect(masking(['one-token'], environment)).toBe('')
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

const sqlFailure = new ActionError('STATEMENT_FAILED', 'It failed.', {
  advice: 'Correct it.',
  keepsLines: true,
  place: { file: 'a,b/50%:q.sql', line: 7 },
  serverText: '\n[X] The s3cret-value.\r\n\n== SQL ==\nSELECT\t1\u0007\n::error::x ##[group]y\n------^^^\n',
})

test('an error of SQL leads to its line, and keeps the lines and the caret that show where it is', () => {
  const use = ({ hideFromLog, fail }: Log) => {
    hideFromLog('s3cret-value')
    fail(sqlFailure)
  }
  const lines = [
    'STATEMENT_FAILED: It failed.',
    'The server said:',
    '| [X] The ***.',
    '| ',
    '| == SQL ==',
    '| SELECT 1',
    '| ::error::x ## [group]y',
    '| ------^^^',
    '',
    'Correct it.',
    '',
    'See STATEMENT_FAILED in docs/troubleshooting.md.',
  ]
  expect(printed(use)).toBe(
    `::error title=databricks-token failed (STATEMENT_FAILED),file=a%2Cb/50%25%3Aq.sql,line=7::${lines.join('%0A')}\n`,
  )
  expect(printed(use, {})).toBe(`databricks-token: ${lines.join('\n')}\n`)
})

test('of the lines of a server 4,096 characters are printed', () => {
  const serverText = 'x\n'.repeat(4000)
  const text = printed(({ fail }) => fail(new ActionError('STATEMENT_FAILED', 'No.', { serverText, keepsLines: true })))
  expect(text.match(/%0A\| x/g)).toHaveLength(2048)
  expect(text).toContain('x …%0A')
})

// A step of a composite action has these of that action.
test('the command names its page, and no page of the action that calls it', () => {
  const another = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTION_REPOSITORY: 'octo-org/composite',
    GITHUB_ACTION_REF: 'v1',
  }
  const described = commandLog(another, () => undefined).describe(new ActionError('EXCHANGE_REFUSED', 'It said no.'))
  expect(described).toMatch(/See EXCHANGE_REFUSED in docs\/troubleshooting\.md\.$/)
})
