// 1.4 GB by links to cloud storage, in parts of 118 MB: the time of `databricks-token sql --external-links` to csv as a ratio to
// the time that curl takes to download the same parts over the same proxy and TLS, and peak memory.
//
//   npm run bench:links [-- --parts 12] [-- --runs 3] [-- --write]
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLinkedResult } from './linked-result.ts'
import { machine, report, tableOf } from './page.ts'
import { loggedInJob, median } from './sql-job.ts'

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: '12' },
    runs: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})
const parts = Number(values.parts)
const MB = 1_000_000

// What one connection to a store gives. Amazon counts on 85 to 90 MB/s ("Performance design patterns for Amazon S3").
const SPEEDS = [90, 250, undefined]

// The kernel's own record of a process, read by a child that waits for it. What was written before is on the disk by then.
const measured = (command: string) => `
sync
begin=$(date +%s%N)
python3 - <<'PY'
import resource, subprocess, sys
code = subprocess.call(${JSON.stringify(command)}, shell=True)
own = resource.getrusage(resource.RUSAGE_CHILDREN)
print(own.ru_maxrss, round((own.ru_utime + own.ru_stime) * 1000))
sys.exit(code)
PY
echo $(( ($(date +%s%N) - begin) / 1000000 ))
`

const { store, speed, part, columns, recorded, environmentFor, close: closeStore } = await startLinkedResult(parts)
const { job, runner, certificates, close } = await loggedInJob({ recorded, store })
const file = (name: string) => join(runner.workspace, name)
const environment = environmentFor(runner.workspace, certificates)

interface Figures {
  seconds: number
  processorSeconds: number
  mib: number
}

async function run(command: string, outputs: readonly string[]): Promise<Figures> {
  const step = await job.run(measured(command), { timeoutSeconds: 1800, environment })
  if (step.exitCode !== 0) throw new Error(step.log)
  for (const output of outputs) rmSync(file(output))
  const [kib = 0, processorMs = 0, ms = 0] = step.stdout.trim().split(/\s+/).map(Number)
  return { seconds: ms / 1000, processorSeconds: processorMs / 1000, mib: kib / 1024 }
}

function download(): Promise<Figures> {
  const outputs = Array.from({ length: parts }, (_, at) => `part${at}`)
  const urls = outputs.map((output) => `url = "${store.publish(part.rows).external_link}"\noutput = "${output}"\n`)
  writeFileSync(file('links'), urls.join(''))
  return run('curl --fail --silent --show-error --config links', outputs)
}

const query = () => run('databricks-token sql --external-links --output ours.csv "SELECT rows"', ['ours.csv'])

async function compareAt(megabytes: number | undefined): Promise<string[]> {
  speed.bytesPerSecond = megabytes === undefined ? undefined : megabytes * MB
  const curl: Figures[] = []
  const own: Figures[] = []
  for (let round = 0; round < Number(values.runs); round++) {
    curl.push(await download())
    own.push(await query())
  }
  const of = (figures: readonly Figures[], member: keyof Figures) => median(figures.map((one) => one[member]))
  const ratios = own.map(({ seconds }, round) => seconds / (curl[round]?.seconds ?? Number.NaN))
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
  return [
    megabytes === undefined ? 'no limit' : `${megabytes} MB/s`,
    of(curl, 'seconds').toFixed(1),
    of(own, 'seconds').toFixed(1),
    `${median(ratios).toFixed(2)} (${range})`,
    of(curl, 'processorSeconds').toFixed(1),
    of(own, 'processorSeconds').toFixed(1),
    Math.max(...own.map(({ mib }) => mib)).toFixed(0),
  ]
}

const HEADING = [
  'a connection gives',
  'curl, s',
  'sql, s',
  'sql ÷ curl',
  'processor of curl, s',
  'processor of sql, s',
  'peak memory of sql, MiB',
]

try {
  const rows: string[][] = []
  for (const megabytes of SPEEDS) rows.push(await compareAt(megabytes))
  const size = `${parts} parts of ${(part.rows.length / MB).toFixed(0)} MB, ${columns.length} columns`
  report(
    'bench:links',
    `Measured on ${machine()}: ${size}, medians of ${values.runs} runs.\n\n${tableOf(HEADING, rows)}`,
  )
} finally {
  await Promise.all([close(), closeStore()])
}
