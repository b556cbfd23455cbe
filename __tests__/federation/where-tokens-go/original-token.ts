import type { FailureCode } from '../../../src/errors.ts'
import { MAX_FAULTS } from '../../../src/http/retry.ts'
import { accountId, documentOf, evil, exchange, kept, metadata, type Reply, row, serverOf, times, ws } from './row.ts'

const server = serverOf(ws)
const both = [metadata(server), exchange(server)]
const replying = (reply: Reply) => ({ [`${server}/v1/token`]: reply })
const given = (iss: string) => ({ host: ws, given: { iss } })
const entra = given('https://sts.windows.net/tenant-id/')
const wanted = { onExchangeFailure: 'use_subject_token' } as const

const redirect = (status: number): Reply => ({ status, headers: { location: `${evil}/` } })
const noReasons: [Reply, FailureCode, asked: number][] = [
  [{ status: 200, json: {} }, 'EXCHANGE_INVALID', 1],
  [{ status: 403, json: {} }, 'EXCHANGE_FORBIDDEN', 1],
  [{ status: 422, json: {} }, 'EXCHANGE_INVALID', 1],
  [redirect(302), 'REDIRECTED', 1],
  [redirect(307), 'REDIRECTED', 1],
  [{ status: 429, headers: { 'retry-after': '3600' } }, 'SERVER_UNAVAILABLE', 1],
  [{ status: 500 }, 'SERVER_UNAVAILABLE', MAX_FAULTS],
  [{ status: 503 }, 'SERVER_UNAVAILABLE', MAX_FAULTS],
  ['reset', 'NETWORK_FAILED', MAX_FAULTS],
  ['truncate', 'NETWORK_FAILED', MAX_FAULTS],
]

const ofGithub = [
  'https://token.actions.githubusercontent.com',
  'https://token.actions.githubusercontent.com/octo',
  'https://token.actions.octo.ghe.com',
  'https://github.corp.example/_services/token',
  'https://github.corp.example/_services/token/octo',
  'http://github.corp.example/_services/token',
  'http://token.actions.githubusercontent.com',
  'HTTPS://GITHUB.corp.example/_Services/Token',
  'token.actions.githubusercontent.com',
]

export const originalToken = [
  ...[400, 401, 404].flatMap((status) => {
    const code = status === 404 ? 'EXCHANGE_NOT_FOUND' : 'EXCHANGE_REFUSED'
    const asIs = { ends: 'as it is', asks: both, tokenTo: ws, says: 'handed on', provider: 'entra' } as const
    return [
      row(`${status}, and the original token is wanted`, { ...entra, ...wanted }, asIs, replying({ status })),
      row(`${status}, and it is not wanted`, entra, { ...kept(code, ...both), tokenTo: ws }, replying({ status })),
    ]
  }),
  ...noReasons.map(([reply, code, asked]) => {
    const asks = [metadata(server), ...times(asked, exchange(server))]
    const name = `${JSON.stringify(reply)} is no reason for the original token`
    return row(name, { ...entra, ...wanted }, { ...kept(code, ...asks), tokenTo: ws }, replying(reply))
  }),
  ...ofGithub.map((iss) => {
    const outcome = { ...kept('EXCHANGE_REFUSED', ...both), tokenTo: ws }
    return row(`a token of ${iss} is not handed on`, { ...given(iss), ...wanted }, outcome, replying({ status: 400 }))
  }),
  row('metadata is no reason', { ...entra, ...wanted }, kept('METADATA_REFUSED', metadata(server)), {
    [documentOf(server)]: { status: 403 },
  }),
  row(
    'a given token is tried once',
    { ...entra, accountId, policy: ['another'] },
    { ...kept('EXCHANGE_REFUSED', ...both), tokenTo: ws, idTokens: [] },
  ),
]
