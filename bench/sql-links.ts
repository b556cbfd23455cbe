// 1.4 GB by links to cloud storage, in parts of 118 MB: the time of `databricks-token sql --external-links` to csv as a ratio to
// the time that curl takes to download the same parts over the same proxy and TLS, and peak memory. `RUNS` says how often.
import { statSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { startLinkedResult } from './linked-result.ts'
import { loggedInJob, median } from './sql-job.ts'

const PARTS = Number(process.env['PARTS'] ?? 12)
const RUNS = Number(process.env['RUNS'] ?? 3)
// The kernel's own record of a process, read by a child that waits for it.
const measured = (command: string) => `
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

const { store, part, columns, recorded, environmentFor, close: closeStore } = await startLinkedResult(PARTS)
const { job, runner, certificates, close } = await loggedInJob({ recorded, store })
const file = (name: string) => join(runner.workspace, name)
const environment = environmentFor(runner.workspace, certificates)

async function run(command: string): Promise<{ mib: number; cpuMs: number; ms: number }> {
  const step = await job.run(measured(command), { timeoutSeconds: 1800, environment })
  if (step.exitCode !== 0) throw new Error(step.log)
  const [kib = 0, cpuMs = 0, ms = 0] = step.stdout.trim().split(/\s+/).map(Number)
  return { mib: kib / 1024, cpuMs, ms }
}

const ours = 'databricks-token sql --external-links --output ours.csv "SELECT rows"'

try {
  console.log(
    `${PARTS} parts of ${(part.rows.length / 1e6).toFixed(0)} MB, ${part.count} rows and ${columns.length} columns each`,
  )
  const pairs: { ratio: number; mib: number }[] = []
  for (let i = 0; i < RUNS; i++) {
    const links = Array.from({ length: PARTS }, () => store.publish(part.rows).external_link)
    writeFileSync(file('links'), links.map((link, at) => `url = "${link}"\noutput = "part${at}"\n`).join(''))
    const before = loadavg()[0] ?? 0
    const curl = await run(`curl --fail --silent --show-error --config links`)
    const own = await run(ours)
    pairs.push({ ratio: own.ms / curl.ms, mib: own.mib })
    const told = ({ ms, cpuMs, mib }: typeof own) =>
      `${(ms / 1000).toFixed(1)} s (${(cpuMs / 1000).toFixed(1)} s of CPU), ${mib.toFixed(0)} MiB`
    console.log(
      `curl ${told(curl)}; sql ${told(own)}; ratio ${(own.ms / curl.ms).toFixed(2)}; ${statSync(file('ours.csv')).size} bytes of csv; load ${before.toFixed(1)} to ${(loadavg()[0] ?? 0).toFixed(1)}`,
    )
  }
  console.log(
    `median ratio ${median(pairs.map(({ ratio }) => ratio)).toFixed(2)}, peak memory ${Math.max(...pairs.map(({ mib }) => mib)).toFixed(0)} MiB`,
  )
} finally {
  await Promise.all([close(), closeStore()])
}
