// 1.4 GB by links to cloud storage, in parts of 118 MB: the time of `databricks-token sql --external-links` to csv as a ratio to
// the time that curl takes to download the same parts over the same proxy and TLS, and peak memory. `RUNS` says how often.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../sandbox/authority.ts'
import { startConnectProxy } from '../sandbox/connect-proxy.ts'
import { startLinkStore } from '../sandbox/link-store.ts'
import { loggedInJob, median } from './sql-job.ts'

const PARTS = Number(process.env['PARTS'] ?? 12)
const PART_BYTES = 118_000_000
const RUNS = Number(process.env['RUNS'] ?? 3)
const STORE = 'bucket.store.example'

const names = ['id', 'name', 'at', 'amount', 'comment', 'text', 'bucket', 'nothing', 'country', 'key']
const columns = names.map((name) => ({ name, type: 'STRING' }))
const rowOf = (i: number) => [
  String(i),
  `customer ${i}`,
  '2026-11-30T12:00:00.000Z',
  (i * 1.37).toFixed(2),
  i % 5 === 0 ? null : 'a comment, with a comma',
  i % 7 === 0 ? 'a "quoted" one' : 'plain text of some length',
  String(i % 1000),
  '',
  'DE',
  `key-${i * 7919}`,
]

/** A part as a store holds it: each is the same, so that this process holds one of them. */
function makePart(): { count: number; rows: Buffer } {
  const texts: string[] = []
  for (let size = 0; size < PART_BYTES; ) {
    const text = JSON.stringify(rowOf(texts.length))
    texts.push(text)
    size += text.length + 1
  }
  return { count: texts.length, rows: Buffer.from(`[${texts.join(',')}]`) }
}

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

const authority = await createAuthority()
const store = await startLinkStore({ name: STORE, tls: await authority.issue(STORE), seconds: 7200 })
const proxy = await startConnectProxy({ routes: { [`${STORE}:443`]: store.port } })
const part = makePart()
const parts = Array.from({ length: PARTS }, () => part)
const { job, runner, certificates, close } = await loggedInJob({
  recorded: [{ statement: /^SELECT rows$/, answer: { columns, rows: [], parts, seconds: 0 } }],
  store,
})
const file = (name: string) => join(runner.workspace, name)
writeFileSync(file('store.pem'), authority.certificate)
writeFileSync(file('all.pem'), `${readFileSync(certificates, 'utf8')}\n${authority.certificate}`)
const environment = { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1', NODE_EXTRA_CA_CERTS: file('all.pem') }

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
    const links = parts.map(({ rows }) => store.publish(rows).external_link)
    writeFileSync(file('links'), links.map((link, at) => `url = "${link}"\noutput = "part${at}"\n`).join(''))
    const before = loadavg()[0] ?? 0
    const curl = await run(`curl --fail --silent --show-error --cacert store.pem --config links`)
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
  await Promise.all([close(), store.close(), proxy.close()])
}
