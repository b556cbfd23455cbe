import { accountId, console, kept, refused, row, serverOf, spog, usual, ws } from './row.ts'

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
  ['a look-alike of a workspace', `${ws}.evil.example`, 'HOST_UNKNOWN'],
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
const allowed = { host: vanity, allowUnknown: true } as const

export const hosts = [
  ...spellings.map(([name, host]) => row(`a workspace ${name}`, { host }, usual(serverOf(ws)))),
  ...zones.map((zone) => {
    const server = serverOf(`https://ws-1.${zone}`)
    const outcome = { ...usual(server), idTokens: [`${server}/v1/token`] }
    return row(`a workspace in ${zone}`, { host: `ws-1.${zone}` }, outcome)
  }),
  ...consoles.map((host) => {
    const outcome = { ...usual(serverOf(`https://${host}`, accountId)), idTokens: [accountId] }
    return row(`the console ${host}`, { host, accountId }, outcome)
  }),
  ...noHosts.map(([name, host, code]) => row(`${name} is no host`, { host }, refused(code))),
  row('another port is another place', { host: `${ws}:8443` }, { ...usual(`${ws}:8443/oidc`), tokenTo: ws }),
  row('a workspace id in the query', { host: `${ws}?o=7` }, { ...usual(serverOf(ws)), workspaceId: '7' }),
  row(
    'an account id in the query',
    { host: `${console}/?account_id=${accountId}` },
    usual(serverOf(console, accountId)),
  ),
  row('a console without an account', { host: console }, refused('ACCOUNT_ID_MISSING')),
  row('half an account', { host: console, accountId: '5c4f2a9e' }, refused('ACCOUNT_ID_INVALID')),
  row('an account that is a path', { host: console, accountId: '../../x' }, refused('ACCOUNT_ID_INVALID')),
  row('an account that is no UUID', { host: `${spog}?a=abc` }, refused('ACCOUNT_ID_INVALID')),
  row('an unknown host', { host: vanity, audience: 'mine' }, refused('HOST_UNKNOWN')),
  row('an unknown host without audience', allowed, refused('AUDIENCE_MISSING')),
  row('an unknown host, allowed', { ...allowed, audience: 'mine' }, { ...usual(serverOf(vanity)), idTokens: ['mine'] }),
  row('loopback', { host: '{loopback}' }, usual('{loopback}/oidc')),
  row('loopback with a path', { host: '{loopback}/x?o=7#y' }, usual('{loopback}/oidc')),
  row('a certificate for another name', { host: 'badcert.cloud.databricks.com' }, kept('TLS_FAILED')),
]
