// What the entry points cost, in pairs of runs on this Node: against the least that does the same (reference.cjs), and
// against Node that does nothing. Servers are the sandbox, over TLS on loopback, in this process.
//
// With `--crates-io FILE` and `--octo-sts FILE`, the main files of copies of rust-lang/crates-io-auth-action and of
// octo-sts/action, these log in beside ours, to stand-ins of their own servers.
//
//   npm run bench [-- --rounds 30] [-- --only login] [-- --write]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAuthority } from '../sandbox/authority.ts'
import { startRunner } from '../sandbox/github-runner.ts'
import { serve } from '../sandbox/http-server.ts'
import { startWorkspace } from '../sandbox/workspace.ts'
import { delayAnswers } from './delay.ts'
import { type Contender, compare, costOf, median, peakMemoryOf, ratio } from './measure.ts'
import { machine, report, tableOf } from './page.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
    'crates-io': { type: 'string' },
    'octo-sts': { type: 'string' },
    dist: { type: 'string', default: join(import.meta.dirname, '..', 'dist') },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const DELAYS_MS = [0, 50]

const authority = await createAuthority()
const tls = await authority.issue('127.0.0.1')
const runner = await startRunner({ tls, tokenSeconds: 3600 })
// As Databricks does, it reads the issuer's keys itself.
const workspace = await startWorkspace({
  principals: [{ kind: 'service-principal', applicationId }],
  policies: [{ kind: 'service-principal', applicationId, issuer: runner.issuer.url, subject: runner.claims.sub }],
  tls,
})
const certificates = join(runner.temp, 'authority.pem')
writeFileSync(certificates, authority.certificate)

const { host, accountId, warehouseId } = workspace
const base = { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: certificates }
const inputs = {
  INPUT_HOST: host,
  INPUT_ACCOUNT_ID: accountId,
  INPUT_IDENTITY_FEDERATION_CLIENT_ID: applicationId,
  INPUT_SCOPE: 'all-apis',
  INPUT_EXPORT_ENV: 'true',
  INPUT_TOKEN_COMMAND: 'databricks-token',
  INPUT_TIMEOUT_SECONDS: '60',
  INPUT_ON_EXCHANGE_FAILURE: 'fail',
}
const entry = (name: string): string => join(values.dist, name, 'index.js')
const step = (more: Readonly<Record<string, string>> = {}) => ({ ...base, ...inputs, ...runner.environment(), ...more })

const nothing: Contender = { name: '`node -e 0`', command: [process.execPath, '-e', '0'], environment: step }
const reference: Contender = {
  name: 'the reference',
  command: [process.execPath, join(import.meta.dirname, 'reference.cjs')],
  environment: step,
}
const login: Contender = { name: '`dist/main`', command: [process.execPath, entry('main')], environment: step }

// Of what the peers ask: each gives one token.
const registry = await serve(() => ({ status: 200, json: { token: 'a-token-of-no-use' } }), { tls })
const peers: Contender[] = [
  {
    name: '`rust-lang/crates-io-auth-action`',
    command: [process.execPath, values['crates-io'] ?? ''],
    environment: () => step({ INPUT_URL: registry.origin }),
  },
  {
    name: '`octo-sts/action`',
    command: [process.execPath, values['octo-sts'] ?? ''],
    environment: () => step({ INPUT_SCOPE: 'o/r', INPUT_IDENTITY: 'i', INPUT_DOMAIN: `127.0.0.1:${registry.port}` }),
  },
].filter(({ command: [, file] }) => file !== '')

function delay(ms: number): void {
  registry.before = delayAnswers(ms)
  workspace.server.before = delayAnswers(ms)
  runner.server.before = delayAnswers(ms)
}

async function logins(delayMs: number): Promise<(string | number)[][]> {
  delay(delayMs)
  const contenders = [nothing, reference, login, ...peers]
  const costs = await compare(contenders, rounds)
  const of = ({ name }: Contender) => costs.get(name) ?? []
  const rows = []
  for (const contender of contenders) {
    const memory = await peakMemoryOf(contender)
    rows.push([
      `${delayMs} ms`,
      contender.name,
      median(of(contender).map(({ wallMs }) => wallMs)).toFixed(0),
      median(of(contender).map(({ processorMs }) => processorMs)).toFixed(0),
      ratio(of(contender), of(reference), 'wallMs'),
      ratio(of(contender), of(reference), 'processorMs'),
      ratio(of(contender), of(nothing), 'wallMs'),
      ratio(of(contender), of(nothing), 'processorMs'),
      memory.toFixed(0),
    ])
  }
  return rows
}

const HEADING = [
  'each answer after',
  'program',
  'wall, ms',
  'processor, ms',
  'wall ÷ reference',
  'processor ÷ reference',
  'wall ÷ `node -e 0`',
  'processor ÷ `node -e 0`',
  'peak memory, MiB',
]

/** The environment of a later step: a login has been made, and its command is on PATH. */
async function laterStep(): Promise<{ environment: () => Record<string, string>; command: string; folder: string }> {
  const files = runner.environment()
  await costOf({ ...login, environment: () => ({ ...base, ...inputs, ...files }) })
  const bin = readFileSync(files.GITHUB_PATH, 'utf8').trim()
  const kept: { accessToken: string } = JSON.parse(readFileSync(join(bin, '..', 'kept', 'token.json'), 'utf8'))
  const environment = () => ({
    ...base,
    ...runner.environment(),
    DATABRICKS_HOST: host,
    DATABRICKS_TOKEN: kept.accessToken,
    DATABRICKS_WAREHOUSE_ID: warehouseId,
  })
  return { environment, command: join(bin, 'databricks-token'), folder: join(bin, '..') }
}

async function others(): Promise<string> {
  delay(0)
  const { environment, command, folder } = await laterStep()
  const node = (name: string, ...parameters: string[]) => [process.execPath, entry(name), ...parameters]
  const contenders: readonly Contender[] = [
    { ...nothing, environment },
    {
      name: '`dist/post`, with nothing to remove any more',
      command: node('post'),
      environment: () => step({ STATE_folder: join(folder, '..', 'databricks-token-gone') }),
    },
    {
      name: 'a login without `id-token: write`',
      command: node('main'),
      environment: () => step({ ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }),
      exitCode: 1,
    },
    {
      name: 'a login whose exchange is refused',
      command: node('main'),
      environment: () => step({ INPUT_IDENTITY_FEDERATION_CLIENT_ID: '00000000-0000-4000-8000-000000000000' }),
      exitCode: 1,
    },
    { name: '`databricks-token`, the token kept', command: [command], environment },
    { name: '`databricks-token exec -- true`', command: [command, 'exec', '--', 'true'], environment },
    { name: '`databricks-token sql "SELECT 1"`', command: [command, 'sql', 'SELECT 1'], environment },
    {
      name: 'the bare loop of the same statement',
      command: [process.execPath, join(import.meta.dirname, 'reference-sql.cjs'), 'SELECT 1'],
      environment,
    },
  ]
  const costs = await compare(contenders, rounds)
  const least = costs.get(nothing.name) ?? []
  const rows = contenders.map(({ name }) => {
    const own = costs.get(name) ?? []
    return [
      name,
      median(own.map(({ wallMs }) => wallMs)).toFixed(0),
      median(own.map(({ processorMs }) => processorMs)).toFixed(0),
      ratio(own, least, 'wallMs'),
      ratio(own, least, 'processorMs'),
    ]
  })
  return tableOf(['program', 'wall, ms', 'processor, ms', 'wall ÷ `node -e 0`', 'processor ÷ `node -e 0`'], rows)
}

const parts = [
  `Measured on ${machine()}: medians of ${rounds} rounds; a ratio is that of two runs of the same round, ± half of the distance within which the middle half of all rounds lies.`,
]
const rows: (string | number)[][] = []
for (const delayMs of DELAYS_MS) rows.push(...(await logins(delayMs)))
parts.push(tableOf(HEADING, rows))
if (values.only === '') parts.push(await others())
await Promise.all([runner.close(), workspace.close(), registry.close()])
report('bench', parts.join('\n\n'))
