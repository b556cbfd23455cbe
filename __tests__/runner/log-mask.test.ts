import { expect, test } from 'vitest'
import { commandLog } from '../../src/runner/log.ts'

const signature = 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'

/** What the command prints when it masks these, one after the other. */
function printed(secrets: string[], environment: NodeJS.ProcessEnv = { GITHUB_ACTIONS: 'true' }): string {
  let text = ''
  const log = commandLog(environment, (lines) => {
    text += lines
  })
  for (const secret of secrets) log.mask(secret)
  return text
}

test('of a JWT the signature alone, on a line of its own', () => {
  expect(printed([`eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${signature}`])).toBe(`\n::add-mask::${signature}\n`)
})

test.each(['opaque-token-0123456789', 'a.b', `a.b.${signature}.d`, 'a.b.short'])('%s whole', (token) => {
  expect(printed([token])).toBe(`\n::add-mask::${token}\n`)
})

test('once a process, however often the same token is handed out', () => {
  expect(printed(['one-token', 'one-token', 'another', 'one-token'])).toBe(
    '\n::add-mask::one-token\n\n::add-mask::another\n',
  )
})

test('nowhere but in a workflow', () => {
  expect(printed(['one-token'], {})).toBe('')
})
