import {
  accountId,
  config,
  configOf,
  console,
  exchange,
  kept,
  metadata,
  otherId,
  type Reply,
  type Row,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const server = serverOf(ws)
const endpoint = `${server}/v1/token`
const consoleServer = serverOf(console, accountId)
const unifiedServer = serverOf(spog, accountId)
const unifiedEndpoint = `${unifiedServer}/v1/token`

const tried = (place: string, times: number) => [
  metadata(place),
  ...Array<string>(times).fill(exchange(place)),
]
const triedUnified = (times: number) => [config(spog), ...tried(unifiedServer, times)]
const general = 'https://github.com/octo-org'

const saying = (audience: unknown, other: object = { account_id: accountId }): Record<string, Reply> => ({
  [configOf(spog)]: {
    status: 200,
    json: {
      ...{ oidc_endpoint: `${spog}/oidc/accounts/{account_id}`, ...other },
      token_federation_default_oidc_audiences: audience,
    },
  },
})
const unified = { host: spog, tokenTo: spog }
const done = { ends: 'exchanged' } as const

// What a unified host publishes, and whether it is asked for before the account id.
const published: [name: string, audiences: unknown, first: string | undefined][] = [
  ['its account', [accountId], undefined],
  ['another account', [otherId, 'x'], otherId],
  ['a place on itself', [`${spog}/oidc/v1/token`], `${spog}/oidc/v1/token`],
  ['a general audience', [general], undefined],
  ['GitHub', ['https://token.actions.githubusercontent.com'], undefined],
  ['a place on another host', [endpoint], undefined],
  ['a place on itself over http', ['http://spog.databricks.com/oidc'], undefined],
  ['a word', ['databricks'], undefined],
  ['no text', [7], undefined],
  ['no list', accountId, undefined],
  ['an empty list', [], undefined],
]

export const audiences: Row[] = [
  {
    name: 'of a workspace: the token endpoint',
    host: ws,
    ...usual(server),
    policy: [endpoint],
    idTokens: [endpoint],
  },
  {
    name: 'of an account',
    host: ws,
    accountId,
    ...usual(server),
    policy: [accountId],
    idTokens: [accountId],
  },
  {
    ...{
      name: 'of an account, then the token endpoint',
      host: ws,
      accountId,
      ...usual(server),
      policy: [endpoint],
    },
    ...{ asks: tried(server, 2), idTokens: [accountId, endpoint], says: `${endpoint} was accepted` },
  },
  {
    ...{ name: 'of an account, refused both', host: ws, accountId, policy: ['another'], tokenTo: ws },
    ...{ ...kept('EXCHANGE_REFUSED', ...tried(server, 2)), idTokens: [accountId, endpoint] },
  },
  {
    ...{ name: 'of a policy with GitHub’s default', host: ws, policy: [general], tokenTo: ws },
    ...{ ...kept('EXCHANGE_REFUSED', ...tried(server, 1)), idTokens: [endpoint] },
  },
  {
    name: 'of the input',
    host: ws,
    audience: general,
    ...usual(server),
    policy: [general],
    idTokens: [general],
  },
  {
    ...{
      name: 'of the input alone',
      host: ws,
      accountId,
      audience: 'mine',
      policy: [accountId],
      tokenTo: ws,
    },
    ...{ ...kept('EXCHANGE_REFUSED', ...tried(server, 1)), idTokens: ['mine'] },
  },
  {
    ...{ name: 'of the input alone, on a unified host', ...unified, audience: 'mine', policy: [accountId] },
    ...{ ...kept('EXCHANGE_REFUSED', ...triedUnified(1)), idTokens: ['mine'] },
  },
  {
    ...{ name: 'of a console, then its token endpoint', host: console, accountId, tokenTo: console, ...done },
    ...{ policy: [`${consoleServer}/v1/token`], asks: tried(consoleServer, 2) },
    idTokens: [accountId, `${consoleServer}/v1/token`],
  },
  ...([403, 404, 422] as const).map((status) => ({
    ...{ name: `${status} does not make it try the next`, host: ws, accountId, tokenTo: ws },
    ...{ replies: { [endpoint]: { status, json: {} } }, idTokens: [accountId] },
    ...kept(
      status === 403 ? 'EXCHANGE_FORBIDDEN' : status === 404 ? 'EXCHANGE_NOT_FOUND' : 'EXCHANGE_INVALID',
      ...tried(server, 1),
    ),
  })),
  {
    ...{ name: '503 does not make it try the next', host: ws, accountId, tokenTo: ws, idTokens: [accountId] },
    ...{ replies: { [endpoint]: { status: 503 } }, ...kept('SERVER_UNAVAILABLE', ...tried(server, 4)) },
  },
  ...published.map(([name, list, first]) => ({
    ...{ name: `a unified host that publishes ${name}`, ...unified, ...done, replies: saying(list) },
    ...{ policy: [unifiedEndpoint], asks: triedUnified(first === undefined ? 2 : 3) },
    ...{ idTokens: [...(first === undefined ? [] : [first]), accountId, unifiedEndpoint] },
  })),
  {
    ...{
      name: 'the account of the input, not that of the document',
      ...unified,
      accountId: otherId,
      ...done,
    },
    ...{ replies: saying([]), policy: [otherId], idTokens: [otherId] },
    asks: [config(spog), ...tried(serverOf(spog, otherId), 1)],
  },
  {
    ...{ name: 'a unified host that publishes nothing', ...unified, ...done },
    ...{ replies: saying(undefined, { oidc_endpoint: `${spog}/oidc` }), idTokens: [`${spog}/oidc/v1/token`] },
    asks: [config(spog), ...tried(`${spog}/oidc`, 1)],
  },
  {
    ...{ name: 'a token endpoint that is not the usual one', host: ws, ...usual(server) },
    replies: {
      [`${server}/.well-known/oauth-authorization-server`]: {
        status: 200,
        json: { issuer: server, token_endpoint: `${server}/v2/token` },
      },
    },
    ...{ asks: [metadata(server), `POST ${server}/v2/token`] },
    idTokens: [endpoint, `${server}/v2/token`],
  },
]
