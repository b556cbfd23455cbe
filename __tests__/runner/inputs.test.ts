import { afterEach, expect, test, vi } from 'vitest'
import { codeOf, failureOf } from '../support/failures.ts'
import { readWith } from '../support/inputs.ts'

afterEach(() => vi.unstubAllEnvs())

const host = 'https://dbc-1.cloud.databricks.com'
const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const clientId = '0f8fad5b-d9cb-469f-a165-70867728950e'

test('a host is enough; the rest has defaults', () => {
  expect(readWith({ host })).toEqual({
    host: { kind: 'workspace', origin: host, serverHostname: host.slice(8) },
    clientId: undefined,
    accountId: undefined,
    audience: undefined,
    isAudienceInherited: false,
    groupId: undefined,
    mayHaveLostGroup: false,
    scope: 'all-apis',
    subjectToken: undefined,
    onExchangeFailure: 'fail',
    exportEnv: true,
    tokenCommand: 'databricks-token',
    stayLoggedIn: false,
    timeoutSeconds: 60,
    verify: false,
    dryRun: false,
    masked: [],
    told: [],
  })
})

test('every input is read, and trimmed', () => {
  const inputs = {
    host: ` ${host}/?o=7 `,
    identity_federation_client_id: ` ${clientId}\n`,
    account_id: ` ${accountId} `,
    audience: ' my-audience ',
    group_id: ' 42 ',
    scope: ' sql  offline_access ',
    subject_token: ' a.b.c\n',
    on_exchange_failure: ' use_subject_token ',
    export_env: ' false ',
    token_command: ' databricks-token-staging ',
    timeout_seconds: ' 600 ',
    verify: ' true ',
    dry_run: ' True ',
  }
  expect(readWith(inputs)).toEqual({
    host: { kind: 'workspace', origin: host, serverHostname: host.slice(8), workspaceId: '7' },
    clientId,
    accountId,
    audience: 'my-audience',
    scope: 'sql offline_access',
    subjectToken: 'a.b.c',
    groupId: '42',
    mayHaveLostGroup: false,
    isAudienceInherited: false,
    stayLoggedIn: false,
    onExchangeFailure: 'use_subject_token',
    exportEnv: false,
    tokenCommand: 'databricks-token-staging',
    timeoutSeconds: 600,
    masked: ['a.b.c'],
    told: [],
    verify: true,
    dryRun: true,
  })
})

test('the subject token is masked before anything is refused', async () => {
  const masked: string[] = []
  vi.stubEnv('INPUT_SUBJECT_TOKEN', 'a.b.c')
  const { readInputs } = await import('../../src/runner/inputs.ts')
  const mask = (secret: string) => masked.push(secret)
  expect(await codeOf(() => readInputs({}, { mask, info: () => undefined }))).toBe('HOST_MISSING')
  expect(masked).toEqual(['a.b.c'])
})

test.each([
  ['account_id', `?a=${accountId}`, accountId],
  ['account_id', `?account_id=${accountId}`, accountId],
])('%s is taken from the host’s query', (_name, query, expected) => {
  expect(readWith({ host: host + query }).accountId).toBe(expected)
  expect(readWith({ host: host + query, account_id: clientId }).accountId).toBe(clientId)
  expect(readWith({ host: host + query }, { DATABRICKS_HOST: host, DATABRICKS_ACCOUNT_ID: clientId }).accountId).toBe(
    clientId,
  )
})

const use = { on_exchange_failure: 'use_subject_token' }

test.each([
  [{ host: '' }, 'HOST_MISSING'],
  [{ host: 'http://dbc-1.cloud.databricks.com' }, 'HOST_INVALID'],
  [{ host: 'https://vanity.example' }, 'HOST_UNKNOWN'],
  [{ host: 'https://vanity.example', allow_unknown_host: 'true' }, 'none'],
  [{ host: 'https://vanity.example', allow_unknown_host: 'yes' }, 'INPUT_INVALID'],
  [{ identity_federation_client_id: '1234567890123456' }, 'CLIENT_ID_INVALID'],
  [{ identity_federation_client_id: '0' }, 'CLIENT_ID_INVALID'],
  [{ identity_federation_client_id: 'a b' }, 'CLIENT_ID_INVALID'],
  [{ identity_federation_client_id: `${clientId}\u0007x` }, 'CLIENT_ID_INVALID'],
  [{ identity_federation_client_id: 'x'.repeat(129) }, 'CLIENT_ID_INVALID'],
  [{ identity_federation_client_id: clientId }, 'none'],
  [{ identity_federation_client_id: 'none' }, 'none'],
  [{ audience: 'two words' }, 'INPUT_INVALID'],
  [{ audience: 'a\u0007b' }, 'INPUT_INVALID'],
  [{ scope: 'all-apis "sql"' }, 'INPUT_INVALID'],
  [{ scope: 'all\\apis' }, 'INPUT_INVALID'],
  [{ scope: 'allé' }, 'INPUT_INVALID'],
  [{ scope: 'sql $(id)' }, 'INPUT_INVALID'],
  [{ scope: '`id`' }, 'INPUT_INVALID'],
  [{ scope: 'sql;id' }, 'INPUT_INVALID'],
  [{ on_exchange_failure: 'ignore' }, 'INPUT_INVALID'],
  [{ on_exchange_failure: 'FAIL' }, 'INPUT_INVALID'],
  [use, 'INPUT_INVALID'],
  [{ ...use, subject_token: ' ' }, 'INPUT_INVALID'],
  [{ ...use, subject_token: 'a.b.c' }, 'none'],
  [{ export_env: 'yes' }, 'INPUT_INVALID'],
  [{ export_env: '1' }, 'INPUT_INVALID'],
  [{ export_env: 'TRUE' }, 'none'],
  [{ token_command: 'mine' }, 'INPUT_INVALID'],
  [{ token_command: 'databricks-token-' }, 'INPUT_INVALID'],
  [{ token_command: `databricks-token-${'x'.repeat(33)}` }, 'INPUT_INVALID'],
  [{ token_command: `databricks-token-${'x'.repeat(32)}` }, 'none'],
  [{ token_command: 'databricks-token-Prod' }, 'INPUT_INVALID'],
  [{ token_command: 'databricks-token-a/../b' }, 'INPUT_INVALID'],
  [{ token_command: 'databricks-token;ls' }, 'INPUT_INVALID'],
  [{ verify: 'true' }, 'none'],
  [{ host: 'https://accounts.cloud.databricks.com', verify: 'true' }, 'INPUT_INVALID'],
  [{ host: 'https://accounts.cloud.databricks.com', verify: 'false' }, 'none'],
  [{ timeout_seconds: '0' }, 'INPUT_INVALID'],
  [{ timeout_seconds: '1' }, 'none'],
  [{ timeout_seconds: '601' }, 'INPUT_INVALID'],
  [{ timeout_seconds: '1.5' }, 'INPUT_INVALID'],
  [{ timeout_seconds: '-1' }, 'INPUT_INVALID'],
  [{ timeout_seconds: '60s' }, 'INPUT_INVALID'],
  [{ timeout_seconds: '1e2' }, 'INPUT_INVALID'],
])('%j: %s', async (inputs, code) => {
  expect(await codeOf(() => readWith({ host, ...inputs }))).toBe(code)
})

test.each(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])('export_env takes %s, as YAML does', (text) => {
  expect(readWith({ host, export_env: text }).exportEnv).toBe(text.toLowerCase() === 'true')
})

test('none is no command', () => {
  expect(readWith({ host, token_command: 'none' }).tokenCommand).toBeUndefined()
})

test('a numeric client id is told from an application id', async () => {
  const { message, advice } = await failureOf(() => readWith({ host, identity_federation_client_id: '74' }))
  expect(message).toContain('74 is a number: the id of the service principal, not its application id')
  expect(advice).toContain('UUID')
})

test('a refused input is named', async () => {
  const { message } = await failureOf(() => readWith({ host, timeout_seconds: 'soon' }))
  expect(message).toBe('The input timeout_seconds takes a whole number from 1 to 600.')
})

test.each([
  [{ export_env: 'false' }, 'export_env: false'],
  [{ token_command: 'none' }, 'token_command: none'],
  [{ subject_token: 'a.b.c' }, 'subject_token'],
  [{ dry_run: 'true' }, 'dry_run: true'],
])('stay_logged_in with %j is refused by name', async (others, name) => {
  const inputs = { host, stay_logged_in: 'true', ...others }
  const { code, message } = await failureOf(() => readWith(inputs))
  expect([code, message]).toEqual([
    'INPUT_INVALID',
    expect.stringContaining(`stay_logged_in: true does not go together with ${name}: `),
  ])
})

test('stay_logged_in is read', () => {
  expect(readWith({ host, stay_logged_in: 'true' }).stayLoggedIn).toBe(true)
})
