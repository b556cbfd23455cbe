import {
  accountId,
  config,
  console,
  exchange,
  metadata,
  type Row,
  refused,
  serverOf,
  spog,
  usual,
  ws,
} from './row.ts'

const spellings = [
  ['bare', 'ws.cloud.databricks.com'],
  ['in capitals', 'HTTPS://WS.Cloud.Databricks.COM'],
  ['with a slash', `${ws}/`],
  ['with the port of https', `${ws}:443`],
  ['bare, with the port of https', 'ws.cloud.databricks.com:443'],
  ['with a trailing dot', `${ws}.`],
  ['with spaces around it', `  ${ws}\n`],
  ['with path, query and fragment', `${ws}/sql/editor?o=12345#job/1`],
  ['with ideographic dots', 'https://ws。cloud。databricks。com'],
  ['in full-width letters', 'https://ｗｓ.cloud.databricks.com'],
] as const

const zones = [
  'cloud.databricks.com',
  'staging.cloud.databricks.com',
  'cloud.databricks.us',
  'cloud.databricks.mil',
  'gcp.databricks.com',
  'dev.gcp.databricks.com',
  'azuredatabricks.net',
  'staging.azuredatabricks.net',
  'databricks.azure.us',
  'databricks.azure.cn',
  'azuredatabricks.us',
  'azuredatabricks.cn',
]

const consoles = [
  'accounts.cloud.databricks.com',
  'accounts.cloud.databricks.us',
  'accounts-dod.cloud.databricks.us',
  'accounts-dod.cloud.databricks.mil',
  'accounts.azuredatabricks.net',
  'accounts.azuredatabricks.us',
  'accounts.azuredatabricks.cn',
  'accounts.databricks.azure.cn',
  'accounts.gcp.databricks.com',
]

const unified = ['spog.databricks.com', 'DOGFOOD.STAGING.DATABRICKS.COM', 'cloud.databricks.com']

const noHosts = [
  ['nothing', '', 'HOST_MISSING'],
  ['a scheme alone', 'https://', 'HOST_INVALID'],
  ['a port alone', 'https://:443', 'HOST_INVALID'],
  ['a zone with an empty name', 'https://.cloud.databricks.com', 'HOST_INVALID'],
  ['http', 'http://ws.cloud.databricks.com', 'HOST_INVALID'],
  ['http on a unified host', 'http://spog.databricks.com', 'HOST_INVALID'],
  ['ftp', 'ftp://ws.cloud.databricks.com', 'HOST_INVALID'],
  ['a user name', 'https://me@ws.cloud.databricks.com', 'HOST_INVALID'],
  ['a password', 'https://me:secret@ws.cloud.databricks.com', 'HOST_INVALID'],
  ['a host that is a user name', `${ws}@evil.example`, 'HOST_INVALID'],
  ['the apex', 'https://databricks.com', 'HOST_UNKNOWN'],
  ['an apex of Azure', 'https://azuredatabricks.net', 'HOST_UNKNOWN'],
  ['a look-alike with a suffix', 'https://databricks.com.evil.example', 'HOST_UNKNOWN'],
  ['a look-alike of a workspace', 'https://ws.cloud.databricks.com.evil.example', 'HOST_UNKNOWN'],
  ['a look-alike with a prefix', 'https://notdatabricks.com', 'HOST_UNKNOWN'],
  ['a look-alike of a zone', 'https://ws.fakeazuredatabricks.net', 'HOST_UNKNOWN'],
  ['a look-alike in another script', 'https://ws.cloud.dаtabricks.com', 'HOST_UNKNOWN'],
  ['a look-alike behind a backslash', 'https://evil.example\\@ws.cloud.databricks.com', 'HOST_UNKNOWN'],
  ['a look-alike of an account console', 'https://accounts.evil.example', 'HOST_UNKNOWN'],
  ['a look-alike of loopback', 'http://127.0.0.1.evil.example', 'HOST_INVALID'],
  ['a look-alike of loopback with https', 'https://127.0.0.1.evil.example', 'HOST_UNKNOWN'],
  ['a look-alike of localhost', 'http://localhost.evil.example', 'HOST_INVALID'],
  ['any address of this machine', 'http://0.0.0.0', 'HOST_INVALID'],
  ['a login page of Microsoft', 'https://login.microsoftonline.com', 'HOST_UNKNOWN'],
] as const

const vanity = 'https://databricks.corp.example'

export const hosts: Row[] = [
  ...spellings.map(([name, host]) => ({ name: `a workspace ${name}`, host, ...usual(serverOf(ws)) })),
  ...zones.map((zone) => {
    const host = `https://ws-1.${zone}`
    return {
      name: `a workspace in ${zone}`,
      host,
      ...usual(serverOf(host)),
      idTokens: [`${host}/oidc/v1/token`],
    }
  }),
  ...consoles.map((name) => {
    const host = `https://${name}`
    return {
      name: `the console ${name}`,
      host,
      accountId,
      ...usual(serverOf(host, accountId)),
      idTokens: [accountId],
    }
  }),
  ...unified.map((name) => {
    const host = `https://${name.toLowerCase()}`
    const server = serverOf(host, accountId)
    const asks = [config(host), metadata(server), exchange(server)]
    return {
      name: `the unified host ${name}`,
      host: name,
      ...usual(server),
      asks,
      workspaceId: '6051921418418893',
    }
  }),
  ...noHosts.map(([name, host, code]) => ({ name: `${name} is no host`, host, ...refused(code) })),
  {
    name: 'another port is another place',
    host: `${ws}:8443`,
    ...usual(serverOf(`${ws}:8443`)),
    tokenTo: ws,
  },
  { name: 'a workspace id in the query', host: `${ws}?o=7`, ...usual(serverOf(ws)), workspaceId: '7' },
  {
    name: 'an account id in the query',
    host: `${console}/?account_id=${accountId}`,
    ...usual(serverOf(console, accountId)),
  },
  { name: 'a console without an account', host: console, ...refused('ACCOUNT_ID_MISSING') },
  {
    name: 'a console with half an account',
    host: console,
    accountId: '5c4f2a9e',
    ...refused('ACCOUNT_ID_INVALID'),
  },
  {
    name: 'an account that is a path',
    host: console,
    accountId: '../../x',
    ...refused('ACCOUNT_ID_INVALID'),
  },
  { name: 'an account that is no UUID', host: `${spog}?a=abc`, ...refused('ACCOUNT_ID_INVALID') },
  { name: 'an unknown host', host: vanity, audience: 'mine', ...refused('HOST_UNKNOWN') },
  {
    name: 'an unknown host without audience',
    host: vanity,
    allowUnknown: true,
    ...refused('AUDIENCE_MISSING'),
  },
  {
    ...{ name: 'an unknown host, allowed', host: vanity, allowUnknown: true, audience: 'mine' },
    ...{ ...usual(serverOf(vanity)), idTokens: ['mine'] },
  },
  { name: 'loopback', host: '{loopback}', ...usual('{loopback}/oidc'), tokenTo: '{loopback}' },
  {
    name: 'loopback with a path',
    host: '{loopback}/?o=7#x',
    ...usual('{loopback}/oidc'),
    tokenTo: '{loopback}',
  },
]
