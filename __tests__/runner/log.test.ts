import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { type StepLog, stepLog } from '../../src/runner/log.ts'

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
