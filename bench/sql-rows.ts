// 1,000,000 rows in chunks: peak memory of `databricks-token sql`, and its time as a ratio to a bare loop of node:https
// requests that does the same: start, ask, every chunk, JSON.parse, and lines to a file.
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loggedInJob, median } from './sql-job.ts'

const ROWS = 1_000_000
const RUNS = Number(process.env['RUNS'] ?? 7)

const bareLoop = `
import { createWriteStream, writeSync, openSync } from 'node:fs'
import { request } from 'node:https'
const { DATABRICKS_HOST: host, DATABRICKS_WAREHOUSE_ID: warehouse_id, TOKEN: token } = process.env
const ask = (path, body) => new Promise((resolve, reject) => {
  const sent = request(host + path, { method: body ? 'POST' : 'GET', headers: { authorization: 'Bearer ' + token } }, async (answer) => {
    const parts = []
    for await (const part of answer) parts.push(part)
    resolve(JSON.parse(Buffer.concat(parts).toString()))
  })
  sent.on('error', reject)
  sent.end(body)
})
const statements = '/api/2.0/sql/statements'
const { statement_id: id } = await ask(statements, JSON.stringify({ statement: 'SELECT rows', warehouse_id, wait_timeout: '0s' }))
let answer
for (let ms = 200; ; ms *= 2) {
  await new Promise((resolve) => setTimeout(resolve, ms))
  answer = await ask(statements + '/' + id)
  if (answer.status.state === 'SUCCEEDED') break
}
const file = openSync('bare.csv', 'w')
for (let chunk = answer.result; ; chunk = await ask(statements + '/' + id + '/result/chunks/' + chunk.next_chunk_index)) {
  writeSync(file, chunk.data_array.map((row) => row.join(',') + '\\r\\n').join(''))
  if (chunk.next_chunk_index === undefined) break
}
`

// The kernel's own record of a process, read by a child that waits for it.
const measured = (command: string) => `
begin=$(date +%s%N)
python3 - <<'PY'
import resource, subprocess, sys
code = subprocess.call(${JSON.stringify(command)}, shell=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
PY
echo $(( ($(date +%s%N) - begin) / 1000000 ))
`

const rows = Array.from({ length: ROWS }, (_, i) => [String(i), `row ${i}`])
const { job, runner, close } = await loggedInJob({
  recorded: [
    {
      statement: /^SELECT rows$/,
      answer: {
        columns: [
          { name: 'i', type: 'INT' },
          { name: 'name', type: 'STRING' },
        ],
        rows,
        seconds: 0,
      },
    },
  ],
})
writeFileSync(join(runner.workspace, 'bare.mjs'), bareLoop)

async function run(command: string): Promise<{ mib: number; ms: number }> {
  const step = await job.run(measured(command), { timeoutSeconds: 120 })
  if (step.exitCode !== 0) throw new Error(step.log)
  const [kib = 0, ms = 0] = step.stdout.trim().split('\n').map(Number)
  return { mib: kib / 1024, ms }
}

const ours: { mib: number; ms: number }[] = []
const bare: { mib: number; ms: number }[] = []
try {
  for (let i = 0; i < RUNS; i++) {
    ours.push(await run('databricks-token sql --output ours.csv "SELECT rows"'))
    bare.push(await run(`TOKEN=$(databricks-token) exec ${process.execPath} bare.mjs`))
  }
  const file = (name: string) => statSync(join(runner.workspace, name)).size
  const ratios = ours.map(({ ms }, at) => ms / (bare[at]?.ms ?? Number.NaN))
  console.log(`${ROWS} rows, ${file('ours.csv')} bytes (bare: ${file('bare.csv')}), ${RUNS} pairs`)
  console.log(
    `peak memory, highest: ${Math.max(...ours.map(({ mib }) => mib)).toFixed(0)} MiB, bare ${Math.max(...bare.map(({ mib }) => mib)).toFixed(0)} MiB`,
  )
  console.log(
    `time: ${median(ours.map(({ ms }) => ms))} ms, bare ${median(bare.map(({ ms }) => ms))} ms, paired ratio ${median(ratios).toFixed(2)}`,
  )
} finally {
  await close()
}
