import { MAX_FAULTS } from '../../../src/http/retry.ts'
import {
  type Asked,
  accountId,
  config,
  configOf,
  console,
  documentOf,
  exchange,
  kept,
  metadata,
  type Outcome,
  otherId,
  type Replies,
  row,
  serverOf,
  spog,
  times,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const endpoint = `${server}/v1/token`
const consoleServer = serverOf(console, accountId)
const consoleEndpoint = `${consoleServer}/v1/token`
const unifiedServer = serverOf(spog, accountId)
const unifiedEndpoint = `${unifiedServer}/v1/token`
const general = 'https://github.com/octo-org'

const tried = (place: string, count: number) => [metadata(place), ...times(count, exchange(place))]
const triedUnified = (count: number) => [config(spog), ...tried(unifiedServer, count)]
const done = (idTokens: string[], asks: string[], tokenTo = ws): Outcome => ({
  ends: 'exchanged',
  asks,
  tokenTo,
  idTokens,
})
const failed = (idTokens: string[], asks: string[], tokenTo = ws): Outcome => ({
  ends: 'EXCHANGE_REFUSED',
  asks,
  tokenTo,
  idTokens,
})

const configuration = (audiences: unknown, other: object = { account_id: accountId }): Replies => ({
  [configOf(spog)]: {
    status: 200,
    json: {
      oidc_endpoint: `${spog}/oidc/accounts/{account_id}`,
      token_federation_default_oidc_audiences: audiences,
      ...other,
    },
  },
})

// What a unified host publishes, and what is asked for before the token endpoint because of it. Its account id never is:
// it could be another relying party, for which the host collects tokens.
const published: [name: string, audiences: unknown, first: string[]][] = [
  ['its account', [accountId], []],
  ['another account', [otherId, 'x'], []],
  ['a place on itself', [`${spog}/oidc/v1/token`], [`${spog}/oidc/v1/token`]],
  ['a general audience', [general], []],
  ['GitHub', ['https://token.actions.githubusercontent.com'], []],
  ['a place on another host', [endpoint], []],
  ['a place on itself over http', ['http://spog.databricks.com/oidc'], []],
  ['a word', ['databricks'], []],
  ['no text', [7], []],
  ['no list', otherId, []],
  ['an empty list', [], []],
]

// Whatever the answer, but for 400 and 401, the next audience is not tried.
const final = [
  [403, 'EXCHANGE_FORBIDDEN', 1],
  [404, 'EXCHANGE_NOT_FOUND', 1],
  [422, 'EXCHANGE_INVALID', 1],
  [503, 'SERVER_UNAVAILABLE', MAX_FAULTS],
] as const

const withAccount: Asked = { host: ws, accountId }
const pointed = {
  [documentOf(server)]: { status: 200, json: { issuer: server, token_endpoint: `${server}/v2/token` } },
}

export const audiences = [
  row('the token endpoint of a workspace', { host: ws, policy: [endpoint] }, done([endpoint], tried(server, 1))),
  row('the account', { ...withAccount, policy: [accountId] }, done([accountId], tried(server, 1))),
  row(
    'the account, then the token endpoint',
    { ...withAccount, policy: [endpoint] },
    { ...done([accountId, endpoint], tried(server, 2)), says: `${endpoint} was accepted` },
  ),
  row(
    'the account, then the token endpoint, in vain',
    { ...withAccount, policy: ['another'] },
    { ...failed([accountId, endpoint], tried(server, 2)), says: `${accountId} was refused` },
  ),
  row('never GitHub’s default unasked', { host: ws, policy: [general] }, failed([endpoint], tried(server, 1))),
  row('the input', { host: ws, audience: general, policy: [general] }, done([general], tried(server, 1))),
  row('the input alone', { ...withAccount, audience: 'mine', policy: [accountId] }, failed(['mine'], tried(server, 1))),
  row(
    'the input alone, on a unified host',
    { host: spog, audience: 'mine', policy: [accountId] },
    failed(['mine'], triedUnified(1), spog),
  ),
  row(
    'the account of a console, then its token endpoint',
    { host: console, accountId, policy: [consoleEndpoint] },
    done([accountId, consoleEndpoint], tried(consoleServer, 2), console),
  ),
  ...final.map(([status, code, asked]) =>
    row(
      `${status}: the next is not tried`,
      withAccount,
      { ...kept(code, ...tried(server, asked)), tokenTo: ws, idTokens: [accountId] },
      { [endpoint]: { status } },
    ),
  ),
  ...published.map(([name, list, first]) => {
    const idTokens = [...first, unifiedEndpoint]
    const outcome = done(idTokens, triedUnified(idTokens.length), spog)
    return row(
      `a unified host that publishes ${name}`,
      { host: spog, policy: [unifiedEndpoint] },
      outcome,
      configuration(list),
    )
  }),
  row(
    'the account of the input, and nothing that the document tells',
    { host: spog, accountId, policy: [unifiedEndpoint] },
    done([accountId, unifiedEndpoint], triedUnified(2), spog),
    configuration([otherId]),
  ),
  row(
    'the account in the URL counts as given',
    { host: `${spog}/?a=${accountId}` },
    done([accountId], triedUnified(1), spog),
    configuration([]),
  ),
  row(
    'a unified host that tells no account',
    { host: spog },
    done([`${spog}/oidc/v1/token`], [config(spog), ...tried(`${spog}/oidc`, 1)], spog),
    configuration([], { oidc_endpoint: `${spog}/oidc` }),
  ),
  row(
    'a token endpoint that was not foreseen',
    { host: ws },
    {
      ...usual(server),
      idTokens: [endpoint, `${server}/v2/token`],
      asks: [metadata(server), `POST ${server}/v2/token`],
    },
    pointed,
  ),
]
