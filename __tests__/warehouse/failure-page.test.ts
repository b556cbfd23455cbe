import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { failurePage } from '../../src/warehouse/failure-page.ts'

const pageOf = (serverText?: string) =>
  failurePage(new ActionError('STATEMENT_FAILED', 'Statement 2 of 3 (a_b.sql, line 7) failed.', { serverText }))(
    (text) => text.replaceAll('s3cret', '***'),
  )

test('the summary of a failed call names statement and reason, as text', () => {
  expect(pageOf('BAD_REQUEST: [X] The value <s3cret> is wrong.')).toBe(
    [
      '### databricks-token sql failed (STATEMENT&#95;FAILED)',
      'Statement 2 of 3 (a&#95;b&#46;sql, line 7) failed&#46;',
      'The server said&#58; BAD&#95;REQUEST&#58; &#91;X&#93; The value &#60;&#42;&#42;&#42;&#62; is wrong&#46;',
      '',
    ].join('\n\n'),
  )
  expect(pageOf()).toBe(
    '### databricks-token sql failed (STATEMENT&#95;FAILED)\n\nStatement 2 of 3 (a&#95;b&#46;sql, line 7) failed&#46;\n\n',
  )
})

test.each([
  "BAD_REQUEST: [PARSE_SYNTAX_ERROR] Syntax error.\n\n== SQL ==\nSELECT 'the text'\n---^^^",
  "BAD_REQUEST: [UNRESOLVED] No.; line 1 pos 7;\n'Project [the text]\n+- OneRowRelation",
  'BAD_REQUEST: [DIVIDE_BY_ZERO] No. == SQL (line 1, position 8) ==\nthe text',
])('no text of the statement is in it: %j', (serverText) => {
  expect(pageOf(serverText)).not.toContain('the text')
})
