import { expect, test } from 'vitest'
import { refuseDisabledTlsCheck } from '../../src/http/tls-check.ts'
import { codeOf } from '../support/failures.ts'

test.each([
  ['0', 'TLS_CHECK_DISABLED'],
  ['1', 'none'],
  ['', 'none'],
  [undefined, 'none'],
])('NODE_TLS_REJECT_UNAUTHORIZED=%s: %s', async (NODE_TLS_REJECT_UNAUTHORIZED, code) => {
  expect(await codeOf(() => refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED }))).toBe(code)
})
