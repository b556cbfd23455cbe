// A matrix whose jobs log in at the same moment, at a token endpoint that takes so many exchanges in each second. First
// simulated, by the rule of the source, then with real logins, 256 in one process.
//
//   npm run bench:fanout [-- --rounds 3] [-- --simulated] [-- --write]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { percentile } from './fanout/limit.ts'
import { type Line, plot } from './fanout/plot.ts'
import { runFanout } from './fanout/real.ts'
import { type Fanout, type FanoutResult, simulateFanout, simulateRenewals } from './fanout/simulation.ts'
import { machine, report, tableOf } from './page.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    simulated: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const MATRIX = { jobs: 256, rate: 20, timeoutSeconds: 60 }
const IDEAL_SECONDS = MATRIX.jobs / MATRIX.rate
const SIMULATED_ROUNDS = 100

const SEED = 7919
const rounds = async (count: number, run: (seed: number) => Promise<FanoutResult>): Promise<FanoutResult[]> => {
  const results: FanoutResult[] = []
  for (let round = 1; round <= count; round++) results.push(await run(round * SEED))
  return results
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
const wished = (retryAfterSeconds: number): string => (retryAfterSeconds === 0 ? 'none' : `${retryAfterSeconds} s`)

function row({ retryAfterSeconds, latencyMs, jobs }: Fanout, results: readonly FanoutResult[]): (string | number)[] {
  const sum = (of: (result: FanoutResult) => number) => results.reduce((total, result) => total + of(result), 0)
  return [
    wished(retryAfterSeconds),
    `${latencyMs} ms`,
    results.length,
    (sum(({ failed }) => failed) / results.length).toFixed(2),
    (sum(({ requests }) => requests) / results.length / jobs).toFixed(1),
    seconds(
      percentile(
        results.map(({ took }) => percentile(took, 0.95)),
        0.5,
      ),
    ),
    seconds(Math.max(...results.map(({ took }) => Math.max(...took)))),
  ]
}

const HEADING = [
  '`Retry-After`',
  'latency',
  'runs',
  'jobs that fail',
  'exchanges a job',
  '95th percentile, s',
  'worst, s',
]

async function matrixTable(
  run: (options: Fanout, seed: number) => Promise<FanoutResult>,
  wishes: readonly number[],
  latencies: readonly number[],
  count: number,
): Promise<string> {
  const rows: (string | number)[][] = []
  for (const retryAfterSeconds of wishes) {
    for (const latencyMs of latencies) {
      const options = { ...MATRIX, retryAfterSeconds, latencyMs }
      rows.push(row(options, await rounds(count, (seed) => run(options, seed))))
    }
  }
  return tableOf(HEADING, rows)
}

const LOADS = Array.from({ length: 26 }, (_, index) => index * 0.05)
const WISHES: readonly (readonly [number, string])[] = [
  [0, '#2da44e'],
  [1, '#0969da'],
  [10, '#bf8700'],
  [30, '#cf222e'],
]

async function failingShares(retryAfterSeconds: number): Promise<[number, number][]> {
  const { rate, timeoutSeconds } = MATRIX
  const points: [number, number][] = []
  for (const load of LOADS) {
    const jobs = Math.round(load * rate * timeoutSeconds)
    const options = { jobs, rate, timeoutSeconds, retryAfterSeconds, latencyMs: 300 }
    const results = await rounds(3, (seed) => simulateFanout(options, seed))
    const failed = results.reduce((total, result) => total + result.failed, 0)
    points.push([load, jobs === 0 ? 0 : failed / results.length / jobs])
  }
  return points
}

async function picture(): Promise<(ink: string) => string> {
  const lines: Line[] = []
  const widest = LOADS.at(-1) ?? 1
  for (const [wish, colour] of WISHES) {
    const points = (await failingShares(wish)).map(([load, share]): [number, number] => [load / widest, share])
    lines.push({ name: wish === 0 ? 'no Retry-After' : `Retry-After: ${wish}`, colour, points })
  }
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  const tick = (at: number): [number, string] => [at / widest, String(at)]
  const percent = (at: number): [number, string] => [at, `${at * 100} %`]
  const up = { title: 'share of the jobs that fail', ticks: ticks.map(percent) }
  const title = 'The share of jobs that fail at a token endpoint that limits its callers'
  const across = { title: 'jobs ÷ (rate × timeout_seconds)', ticks: [...ticks, 1.25].map(tick) }
  return (ink) => plot(title, lines, across, up, ink)
}

async function many(): Promise<string> {
  const rows: (string | number)[][] = []
  for (const retryAfterSeconds of [0, 1, 10]) {
    const options = { jobs: 10_000, rate: 769, retryAfterSeconds, latencyMs: 300, timeoutSeconds: 60 }
    rows.push(row(options, await rounds(1, (seed) => simulateFanout(options, seed))))
  }
  return tableOf(HEADING, rows)
}

async function renewals(): Promise<string> {
  const rows: (string | number)[][] = []
  for (const retryAfterSeconds of [0, 1, 10]) {
    const options = { jobs: 1000, rate: 20, retryAfterSeconds, latencyMs: 300, timeoutSeconds: 60 }
    const { logins, requests, failedFirst, failedRenewals, lost, busiest } = await simulateRenewals(options, 6, SEED)
    rows.push([
      wished(retryAfterSeconds),
      logins,
      (requests / logins).toFixed(2),
      failedFirst,
      failedRenewals,
      lost,
      busiest,
    ])
  }
  const heading = [
    'logins',
    'exchanges a login',
    'first logins that fail',
    'renewals that fail',
    'jobs without a token',
  ]
  return tableOf(['`Retry-After`', ...heading, 'busiest second after the first two minutes'], rows)
}

const parts = [
  `Measured on ${machine()}. ${MATRIX.jobs} jobs begin at the same moment; ${MATRIX.rate} exchanges a second are taken, so that the best that can be is ${IDEAL_SECONDS.toFixed(1)} s. \`timeout_seconds\` is ${MATRIX.timeoutSeconds}.`,
  '**Simulated**, by the rule of the source; only the server, the way to it and time are models:',
  await matrixTable(simulateFanout, [0, 1, 5, 10, 20, 30], [0, 300, 1000], SIMULATED_ROUNDS),
  '**Real logins**, all in one process, against the sandbox:',
  values.simulated
    ? 'Left out of this run (`--simulated`).'
    : await matrixTable(runFanout, [0, 1, 10, 30], [0, 300], Number(values.rounds)),
  '**10,000 jobs**, simulated, at a rate that would serve all of them in 13 s (769 a second):',
  await many(),
  '**1,000 jobs that begin at the same moment and renew for six hours**, simulated, at 20 exchanges a second:',
  await renewals(),
]
if (values.write) {
  const draw = await picture()
  const images = join(import.meta.dirname, '..', 'docs', 'images')
  writeFileSync(join(images, 'fanout-light.svg'), draw('#57606a'))
  writeFileSync(join(images, 'fanout-dark.svg'), draw('#9da7b3'))
}
report('bench:fanout', parts.join('\n\n'))
