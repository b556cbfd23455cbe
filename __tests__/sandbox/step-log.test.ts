import { expect, test } from 'vitest'
import { createMasks } from '../../sandbox/masks.ts'
import { createStepLog } from '../../sandbox/step-log.ts'

function render(lines: string[], showsDebug = false): string {
  const log = createStepLog(createMasks(), showsDebug)
  for (const line of lines) log.line(line)
  return log.text()
}

test('a mask holds from the moment it is registered', () => {
  expect(render(['token abc', '::add-mask::abc', 'token abc and xabcx'])).toBe('token abc\ntoken *** and x***x\n')
})

const secret = `he said:\t"<b>&1+2'`

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')

test.each([
  ['as it is', secret],
  ['base64', base64(secret)],
  ['base64 after one byte', base64(`x${secret}`).slice(4)],
  ['base64 after five bytes', base64(`user:${secret}`).slice(8)],
  ['URI-escaped', encodeURIComponent(secret)],
  ['in JSON', JSON.stringify(secret).slice(1, -1)],
  ['in XML', 'he said:\t&quot;&lt;b&gt;&amp;1+2&apos;'],
])('a mask holds for the value %s', (_form, text) => {
  const log = render([`::add-mask::${secret}`, `<${text}>`])
  expect(log).toContain('***')
  expect(log).not.toContain(text)
})

test('each line of a secret of several lines is masked', () => {
  expect(render(['::add-mask::first%0Asecond%0D%0A%0Athird', 'a first', 'a second', 'a third'])).toBe(
    'a ***\na ***\na ***\n',
  )
})

test('secrets that overlap or touch become one', () => {
  expect(render(['::add-mask::abcd', '::add-mask::cdef', '::add-mask::gh', 'xabcdefghx, aabcd'])).toBe('x***x, a***\n')
})

test('an empty mask is only warned about', () => {
  expect(render(['::add-mask::', 'text'])).toMatch(/^Warning: Can't add secret mask.*\ntext\n$/)
})

test('annotations and groups show what they are', () => {
  const lines = [
    '::error title=No permission::first%0Asecond 100%25',
    '  ::warning::careful',
    '::notice::look',
    '::debug::hidden',
    '::group::Details',
    'inside',
    '::endgroup::',
    '::unknown::text',
    'middle ::error::text',
    'older ##[error]form',
  ]
  expect(render(lines)).toBe(
    [
      'Error: first',
      'second 100%',
      'Warning: careful',
      'Notice: look',
      '▼ Details',
      'inside',
      '::unknown::text',
      'middle ::error::text',
      'Error: form',
      '',
    ].join('\n'),
  )
  expect(render(['::debug::seen'], true)).toBe('Debug: seen\n')
})

test('between stop-commands and its token nothing is obeyed, masks that are known hold', () => {
  const lines = [
    '::add-mask::known',
    '::stop-commands::t0k',
    '::add-mask::late',
    '::error::known late',
    '::T0K::',
    '::error::late',
  ]
  expect(render(lines)).toBe('::stop-commands::t0k\n::add-mask::late\n::error::*** late\n::T0K::\nError: late\n')
})

test('a refused set-env prints its value in clear and fails the step', () => {
  const log = createStepLog(createMasks())
  log.line('::set-env name=TOKEN::abc')
  expect(log.text()).toContain("'::set-env name=TOKEN::abc'")
  expect(log.hasFailed()).toBe(true)
})

test('the deprecated commands still set outputs and state', () => {
  const log = createStepLog(createMasks())
  log.line('::set-output name=a::one%0Atwo')
  log.line('::save-state name=b%3Ac::three')
  expect([log.outputs, log.state, log.text()]).toEqual([{ a: 'one\ntwo' }, { 'b:c': 'three' }, ''])
})
