// What a job pays for `stay_logged_in`: the login step with and without it, in pairs of runs; an answer of the process that
// stays beside one of `exec`; and the memory of that process at its start and after six hours of work, which pass quickly
// here: a request a second, and each renewal that tokens of five minutes ask for.
//
//   npm run bench:stay [-- --rounds 30] [-- --write]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAuthority } from '../sandbox/authority.ts'
import { startRunner } from '../sandbox/github-runner.ts'
import { startJob } from '../sandbox/job.ts'
import { startWorkspace } from '../sandbox/workspace.ts'
import { readProcess } from '../src/processes.ts'
import { type Contender, type Cost, compare, median, ratio, spread } from './measure.ts'
import { machine, report, tableOf } from './page.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, write: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
const HOURS = 6
// As `npm run bench:hours` counts them.
const RENEWALS_AN_HOUR = 23
const REQUESTS_AN_HOUR = 3600
const ANSWERS = 500

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const entry = (name: string): string => join(import.meta.dirname, '..', 'dist', name, 'index.js')

const authority = await createAuthority()
const tls = await authority.issue('127.0.0.1')
const runner = await startRunner({ tls })
const workspace = await startWorkspace({
  principals: [{ kind: 'service-principal', applicationId }],
  policies: [{ kind: 'service-principal', applicationId, issuer: runner.issuer.url, subject: runner.claims.sub }],
  tls,
})
const certificates = join(runner.temp, 'authority.pem')
writeFileSync(certificates, authority.certificate)
const { host, accountId } = workspace
const inputs = { host, account_id: accountId, identity_federation_client_id: applicationId }
const environment = { NODE_EXTRA_CA_CERTS: certificates }

/** The login step; what stays of it ends when the shell that measures it has ended, as with a worker. */
function loginStep(name: string, stays: string): Contender {
  const given = Object.entries({ ...inputs, stay_logged_in: stays }).map(([input, value]): [string, string] => [
    `INPUT_${input.toUpperCase()}`,
    value,
  ])
  const own = { PATH: process.env['PATH'] ?? '', ...environment, ...Object.fromEntries(given) }
  return {
    name,
    command: [process.execPath, entry('main')],
    environment: () => ({ ...own, ...runner.environment() }),
  }
}

async function logins(): Promise<string> {
  const without = loginStep('the login step', 'false')
  const staying = loginStep('the login step with `stay_logged_in`', 'true')
  const costs = await compare([without, staying], rounds)
  const of = ({ name }: Contender): Cost[] => costs.get(name) ?? []
  const rows = [without, staying].map((contender) => [
    contender.name,
    median(of(contender).map(({ wallMs }) => wallMs)).toFixed(0),
    ratio(of(contender), of(without), 'wallMs'),
  ])
  return tableOf(['step', 'wall, ms', 'wall ÷ without'], rows)
}

// Asks as the SDKs do, and prints how long each answer took; the first ones warm the client.
const ask = `
const { DATABRICKS_HOST: host, DATABRICKS_METADATA_SERVICE_URL: service } = process.env
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
for (let i = -50; i < Number(process.argv[2]); i++) {
  const began = performance.now()
  const answer = await fetch(service, { headers })
  await answer.json()
  if (answer.status !== 200) throw new Error(String(answer.status))
  if (i >= 0) console.log((performance.now() - began).toFixed(3))
}
`

async function stayingJob() {
  const job = startJob(runner, environment)
  const login = await job.action({ entry: entry('main'), inputs: { ...inputs, stay_logged_in: 'true' } })
  if (login.exitCode !== 0) throw new Error(login.log)
  const { pid = 0 } = readProcess(login.state['process'] ?? '') ?? {}
  const kept = join(login.state['folder'] ?? '', 'kept', 'token.json')
  writeFileSync(join(runner.workspace, 'ask.mjs'), ask)
  const end = () => job.action({ entry: entry('post'), state: login.state })
  return { job, pid, kept, end }
}

type StayingJob = Awaited<ReturnType<typeof stayingJob>>

async function times({ job }: StayingJob, prefix: string): Promise<number[]> {
  const step = await job.run(`${prefix}'${process.execPath}' ask.mjs ${ANSWERS}`, { timeoutSeconds: 300 })
  if (step.exitCode !== 0) throw new Error(step.log)
  return step.stdout.trim().split('\n').map(Number)
}

async function answers(staying: StayingJob): Promise<string> {
  const [own, ofExec]: [number[], number[]] = [[], []]
  for (let round = 0; round < 4; round++) {
    own.push(...(await times(staying, '')))
    ofExec.push(...(await times(staying, 'databricks-token exec -- ')))
  }
  const row = (name: string, all: number[]) => [name, median(all).toFixed(2), spread(all).toFixed(2)]
  return tableOf(
    [`an answer with a kept token, of ${own.length}`, 'median, ms', '± ms'],
    [row('of the process that stays', own), row('of `exec`', ofExec)],
  )
}

/** Resident and peak memory of a process, in MiB (proc_pid_status(5)). */
function memoryOf(pid: number): { resident: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
  return { resident: mib('VmRSS'), peak: mib('VmHWM') }
}

async function askOnce({ job }: StayingJob): Promise<void> {
  const { DATABRICKS_METADATA_SERVICE_URL: url = '' } = job.environment
  const answer = await fetch(url, { headers: { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host } })
  await answer.json()
  if (answer.status !== 200) throw new Error(String(answer.status))
}

// The token ends now, so that the next request has to wait for another one.
function endToken(kept: string): void {
  const token: { expiresAt: number } = JSON.parse(readFileSync(kept, 'utf8'))
  writeFileSync(kept, JSON.stringify({ ...token, expiresAt: Date.now() / 1000 }))
}

async function hours(staying: StayingJob): Promise<string> {
  const before = workspace.exchanges.length
  const rows: [number, ReturnType<typeof memoryOf>][] = [[0, memoryOf(staying.pid)]]
  for (let hour = 1; hour <= HOURS; hour++) {
    for (let at = 0; at < RENEWALS_AN_HOUR; at++) {
      endToken(staying.kept)
      for (let asked = 0; asked < REQUESTS_AN_HOUR / RENEWALS_AN_HOUR; asked++) await askOnce(staying)
    }
    rows.push([hour, memoryOf(staying.pid)])
  }
  const renewed = workspace.exchanges.length - before
  if (renewed < HOURS * RENEWALS_AN_HOUR) throw new Error(`${renewed} renewals`)
  return tableOf(
    ['hours of work', 'renewals', 'resident memory, MiB', 'peak, MiB'],
    rows.map(([hour, { resident, peak }]) => [hour, hour * RENEWALS_AN_HOUR, resident.toFixed(0), peak.toFixed(0)]),
  )
}

const measuredOn = `Measured on ${machine()}: medians, ± half of the distance within which the middle half of all lies.`
const parts = [measuredOn, await logins()]
const staying = await stayingJob()
parts.push(await hours(staying), await answers(staying))
await staying.end()
await Promise.all([runner.close(), workspace.close()])
report('bench:stay', parts.join('\n\n'))
