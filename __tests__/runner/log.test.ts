import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { type StepLog, stepLog } from '../../src/runner/log.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What the log of a step prints when it is used. */
function printed(use: (log: StepLog) => void, environment: Record<string, string> = {}): string {
  let text = ''
  use(
    stepLog(environment, (lines) => {
      text += lines
    }),
  )
  return text
}

test('each kind of line as the runner reads it', () => {
  const use = ({ mask, info, notice, warning, debug }: StepLog) => {
    mask('secret\n100%')
    info('one line\n::error::and another')
    notice('a notice')
    warning('100% sure')
    debug('a detail')
  }
  const lines = [
    '::add-mask::secret%0A100%25',
    'one line ::error::and another',
    '::notice::a notice',
    '::warning::100%25 sure',
    '',
  ]
  expect(printed(use)).toBe(lines.join('\n'))
  expect(printed(use, { RUNNER_DEBUG: '1' })).toBe([...lines.slice(0, 4), '::debug::a detail', ''].join('\n'))
})

test.each(['::error::x', '  ::error::x', '\u200b::error::x', '\n::add-mask::x'])('%o is no command', (text) => {
  expect(printed(({ info }) => info(text))).toMatch(/^: :(error|add-mask)::x\n$/)
})

test('##[ is no command, wherever it stands', () => {
  expect(printed(({ info, warning }) => [info('a ##[error]b'), warning('##[group]c')])).toBe(
    'a ## [error]b\n::warning::## [group]c\n',
  )
})

test('what is masked is told by no line after it, whatever kind', () => {
  const text = printed(
    ({ mask, info, notice, warning, debug, fail }) => {
      mask('s3cret-value')
      for (const say of [info, notice, warning, debug]) say('the s3cret-value')
      fail(new ActionError('UNEXPECTED', 's3cret-value', { serverText: 's3cret-value', advice: 's3cret-value' }))
    },
    { RUNNER_DEBUG: '1' },
  )
  expect(text.split('\n').slice(1).join('\n')).not.toContain('s3cret')
  expect(text.match(/\*\*\*/g)).toHaveLength(7)
})

test('the environment’s secrets are known from the start', () => {
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    HTTPS_PROXY: 'http://me:hunter2@proxy',
  }
  expect(printed(({ info }) => info('request-token hunter2'), environment)).toBe('*** ***\n')
})

test('text of a server is cut at 500 characters, after its secrets are taken out', () => {
  const long = `${'x'.repeat(495)}s3cret-value${'y'.repeat(500)}`
  const text = printed(({ mask, fail }) => {
    mask('s3cret-value')
    fail(new ActionError('EXCHANGE_REFUSED', 'It said no.', { serverText: long }))
  })
  expect(text).toContain(`${'x'.repeat(495)}***yy …`)
})

test('lines that are to be copied are printed as they stand, and none is a command', () => {
  const lines = ['  indented:: text', '', '::error::x', '  ::warning::y', ':: z', '##[group]g', 's3cret-value'].join(
    '\n',
  )
  const use = ({ hideFromLog, text }: StepLog) => {
    hideFromLog('s3cret-value')
    text(lines)
  }
  expect(printed(use)).toBe(
    ['  indented:: text', '', ': :error::x', '  : :warning::y', ':: z', '## [group]g', '***', ''].join('\n'),
  )
})

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
