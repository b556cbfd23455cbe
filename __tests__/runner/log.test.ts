import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LoginError } from '../../src/errors.ts'
import { commandLog, type Log, stepLog } from '../../src/runner/log.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a log prints when it is used. */
function printed(use: (log: Log) => void, environment: Record<string, string> = {}): string {
  let text = ''
  use(
    stepLog(environment, (lines) => {
      text += lines
    }),
  )
  return text
}

test('each kind of line as the runner reads it', () => {
  const use = ({ mask, tell, notice, warn, debug }: Log) => {
    mask('secret\n100%')
    tell('one line\n::error::and another')
    notice('a notice')
    warn('100% sure')
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
  expect(printed(({ tell }) => tell(text))).toMatch(/^: :(error|add-mask)::x\n$/)
})

test('##[ is no command, wherever it stands', () => {
  expect(printed(({ tell, warn }) => [tell('a ##[error]b'), warn('##[group]c')])).toBe(
    'a ## [error]b\n::warning::## [group]c\n',
  )
})

test('what is masked is told by no line after it, whatever kind', () => {
  const text = printed(
    ({ mask, tell, notice, warn, debug, fail }) => {
      mask('s3cret-value')
      for (const say of [tell, notice, warn, debug]) say('the s3cret-value')
      fail(new LoginError('UNEXPECTED', 's3cret-value', { serverText: 's3cret-value', advice: 's3cret-value' }))
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
  expect(printed(({ tell }) => tell('request-token hunter2'), environment)).toBe('*** ***\n')
})

const failure = new LoginError('EXCHANGE_REFUSED', 'It said no.', {
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

test('text of a server is cut at 500 characters, after its secrets are taken out', () => {
  const long = `${'x'.repeat(495)}s3cret-value${'y'.repeat(500)}`
  const text = printed(({ mask, fail }) => {
    mask('s3cret-value')
    fail(new LoginError('EXCHANGE_REFUSED', 'It said no.', { serverText: long }))
  })
  expect(text).toContain(`${'x'.repeat(495)}***yy …`)
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
