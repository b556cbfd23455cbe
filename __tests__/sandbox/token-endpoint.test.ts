import { afterEach, expect, test } from 'vitest'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { answerOf, cleanUp, exchangeForm, later, post } from './support.ts'

afterEach(cleanUp)

const { grant_type, subject_token_type, scope } = exchangeForm
const complete = { grant_type, subject_token_type, scope, subject_token: 'x.y.z', client_id: 'nobody' }
const without = (name: keyof typeof complete) =>
  Object.fromEntries(Object.entries(complete).filter(([key]) => key !== name))

const rows: [what: string, form: Record<string, string>, error: string][] = [
  ['no grant type', without('grant_type'), 'invalid_request'],
  ['no subject token', without('subject_token'), 'invalid_request'],
  ['an empty subject token', { ...complete, subject_token: '' }, 'invalid_request'],
  ['no subject token type', without('subject_token_type'), 'invalid_request'],
  [
    'another subject token type',
    { ...complete, subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' },
    'invalid_request',
  ],
  ['no scope', without('scope'), 'invalid_request'],
  ['a scope that is not there', { ...complete, scope: 'all-apis everything' }, 'invalid_scope'],
  ['another grant', { ...complete, grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  [
    'the JWT bearer grant',
    { ...complete, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
    'unsupported_grant_type',
  ],
]

test.each(rows)('%s is answered with 400', async (_what, form, error) => {
  const workspace = later(await startWorkspace({ policies: [], principals: [] }))
  const answer = await post(workspace.tokenEndpoint, form)
  expect(answer.status).toBe(400)
  expect(answer.json).toEqual({ error, error_id: expect.any(String), error_description: expect.any(String) })
  expect(workspace.exchanges).toMatchObject([{ status: 400, error, form }])
})

test('a parameter that comes twice is refused', async () => {
  const workspace = later(await startWorkspace({ policies: [], principals: [] }))
  const answer = await post(workspace.tokenEndpoint, [...Object.entries(complete), ['scope', 'sql']])
  expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
})

test('a body that is not a form is refused', async () => {
  const workspace = later(await startWorkspace({ policies: [], principals: [] }))
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(workspace.tokenEndpoint, { method: 'POST', headers, body: '{}' })
  expect(await answerOf(response)).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
})

test('an empty client id is none at all', async () => {
  const workspace = later(await startWorkspace({ policies: [], principals: [] }))
  await post(workspace.tokenEndpoint, { ...complete, client_id: '' })
  expect(workspace.exchanges[0]?.reason).toBe('no federation policy for the account')
})
