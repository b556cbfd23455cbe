// The same tasks by `databricks-token sql`, by the script of "A query without this command" (docs/recipes-queries.md) and, where
// they are installed, by dbsqlcli and by the SQL helper of the Databricks CLI (CLIENTS_DATABRICKS_CLI names it): lines of
// workflow, exit code, seconds over the query's own time, peak memory of the largest process, what became of the statement.
// `--tool=` and `--task=` choose by a pattern. A gigabyte is 9 parts of bench/linked-result.ts.
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { blocksOf } from '../__tests__/docs/markdown.ts'
import { onlyJob } from '../__tests__/docs/workflow.ts'
import type { Interceptor } from '../sandbox/http-server.ts'
import type { WarehouseOptions } from '../sandbox/statements.ts'
import type { Workspace } from '../sandbox/workspace.ts'
import { script as dbsqlcli, isInstalled, thriftWarehouse } from './dbsqlcli.ts'
import { inlineResult, startLinkedResult } from './linked-result.ts'
import { machine, report, tableOf } from './page.ts'
import { loggedInJob } from './sql-job.ts'

const recipe = blocksOf('docs/recipes-queries.md').find(({ section }) => section === 'A query without this command')
const script = onlyJob(recipe?.text ?? '').steps.find(({ run }) => run !== undefined)?.run ?? ''
const { CLIENTS_DATABRICKS_CLI: cli = '' } = process.env
const tools: Record<string, string> = {
  'databricks-token sql': 'databricks-token sql --file queries/nightly.sql --output out.csv',
  'curl recipe': `{\n${script}\n} > out.csv`,
  ...(isInstalled && { dbsqlcli }),
  ...(cli !== '' && {
    'databricks CLI': `"${cli}" experimental aitools tools query --warehouse "$WAREHOUSE_ID" --file queries/nightly.sql --output csv > out.csv`,
  }),
}

interface Task {
  readonly sql: string
  readonly warehouse?: WarehouseOptions
  /** What the query itself takes. */
  readonly seconds: number
  readonly tokenSeconds?: number
  readonly cancelled?: boolean
  /** In place of the answer to a question, for a minute, from 5 s after the first one on. */
  readonly outage?: (response: Response) => unknown
  /** What this command takes beside, for what the others have nothing. */
  readonly options?: string
  /** Parts of a result by links. */
  readonly parts?: number
}

type Response = Parameters<Interceptor>[1]

const MERGE = 'MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN DELETE -- pause(30)'
const merge = { recorded: [{ statement: /^MERGE/, answer: { columns: [], rows: [], seconds: 0 } }] }

function interrupt({ server }: Workspace, outage: Task['outage'], state: () => string | undefined): void {
  let asked: number | undefined
  server.before = (raw, response) => {
    const isQuestion = raw.method === 'GET' && raw.url?.includes('/sql/statements/')
    // Thrift has one path for everything.
    const isThrift = raw.url?.startsWith('/sql/1.0/') && (asked !== undefined || state() === 'RUNNING')
    if (outage === undefined || !(isQuestion || isThrift)) return false
    asked ??= Date.now()
    const passed = Date.now() - asked
    if (passed < 5000 || passed > 65_000) return false
    outage(response)
    return true
  }
}

const million = {
  statement: /^SELECT rows$/,
  answer: {
    columns: [
      { name: 'i', type: 'INT' },
      { name: 'name', type: 'STRING' },
    ],
    rows: Array.from({ length: 1_000_000 }, (_, i) => [String(i), `row ${i}`]),
    seconds: 0,
  },
}
const tasks: Record<string, Task> = {
  'wrong SQL': { sql: 'SELEC 1', seconds: 0 },
  'a cold warehouse': { sql: 'SELECT 1', warehouse: { startSeconds: 20 }, seconds: 20 },
  '1,000,000 rows to a file': { sql: 'SELECT rows', warehouse: { recorded: [million] }, seconds: 0 },
  'a cancelled job': { sql: 'SELECT pause(600)', seconds: 0, cancelled: true },
  'a token that ends twice': { sql: 'SELECT pause(100)', tokenSeconds: 45, seconds: 100 },
  '503 for a minute in the middle of a MERGE': {
    sql: MERGE,
    warehouse: merge,
    seconds: 65,
    outage: (response) => response.writeHead(503).end(),
  },
  'HTML for a minute in the middle of a MERGE': {
    sql: MERGE,
    warehouse: merge,
    seconds: 65,
    outage: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  },
  'a file with USE': { sql: 'USE SCHEMA s;\nSELECT 1', seconds: 0 },
  'two checks of which the first fails': {
    sql: "SELECT 'bad';\nSELECT 1 WHERE 1 = 0",
    seconds: 0,
    options: '--fail-if-rows',
  },
  '1 GB to csv': { sql: 'SELECT rows', seconds: 0, parts: 9, options: '--external-links' },
}

/** The recipe with links: it asks for them, and goes through them at its end. */
const linkedRecipe = script
  .replace('wait_timeout: "0s"', '$&, disposition: "EXTERNAL_LINKS", format: "JSON_ARRAY"')
  .replace(
    /^jq --raw-output '\.result\.data_array.*$/m,
    `jq --raw-output '[.manifest.schema.columns[].name] | @csv' <<< "$answer"
for ((chunk = 0; chunk < $(jq .manifest.total_chunk_count <<< "$answer"); chunk++)); do
  link=$(call "$statements/$id/result/chunks/$chunk" | jq --raw-output '.external_links[0].external_link')
  curl --fail --silent --show-error "$link" | jq --raw-output '.[] | @csv'
done`,
  )

function scriptOf(tool: string, task: Task): string {
  if (tool === 'curl recipe' && task.parts !== undefined) return `{\n${linkedRecipe}\n} > out.csv`
  const options = tool === 'databricks-token sql' && task.options !== undefined ? ` ${task.options}` : ''
  return `${tools[tool] ?? ''}${options}`
}

// The kernel's own record of a process, read by a child that waits for it.
const measured = `import resource, subprocess, sys
code = subprocess.call(['bash', '-e', 'tool.sh'])
open('memory', 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
`

/** As the runner cancels a job, and kills at its end what is left of it. */
async function cancel(shell: ChildProcess | undefined, state: () => string | undefined): Promise<void> {
  while (state() === undefined) await pause(20)
  await pause(1000)
  shell?.kill('SIGINT')
  await pause(7500)
  shell?.kill('SIGTERM')
  await pause(2500)
  shell?.kill('SIGKILL')
  if (shell?.pid === undefined) return
  try {
    process.kill(-shell.pid, 'SIGKILL')
  } catch {
    // Nobody of it is left.
  }
}

const HEADING = [
  'task',
  'tool',
  'exit code',
  'lines of csv',
  'seconds over the query’s own',
  'peak memory, MiB',
  'the statement',
]

async function run(name: string, tool: string, task: Task): Promise<(string | number)[]> {
  const { parts, warehouse: { startSeconds, recorded } = {} } = task
  const isThrift = tool === 'dbsqlcli'
  const linked = parts === undefined || isThrift ? undefined : await startLinkedResult(parts)
  const warehouse = { ...task.warehouse, ...(linked && { recorded: linked.recorded, store: linked.store }) }
  const inline = parts === undefined ? recorded : [inlineResult(parts)]
  const thrift = isThrift ? await thriftWarehouse({ startSeconds, recorded: inline }) : undefined
  const { runner, workspace, job, certificates, close } = await loggedInJob(
    warehouse,
    task.tokenSeconds,
    thrift?.answer,
  )
  const state = () => (thrift ? thrift.state() : workspace.statements()[0]?.state)
  interrupt(workspace, task.outage, state)
  try {
    const file = (name: string) => join(runner.workspace, name)
    mkdirSync(file('queries'))
    writeFileSync(file('queries/nightly.sql'), task.sql)
    writeFileSync(file('tool.sh'), scriptOf(tool, task))
    writeFileSync(file('measured.py'), measured)
    let shell: ChildProcess | undefined
    const environment = {
      WAREHOUSE_ID: workspace.warehouseId,
      CURL_CA_BUNDLE: certificates,
      SSL_CERT_FILE: certificates,
      ...linked?.environmentFor(runner.workspace, certificates),
    }
    const startedAt = Date.now()
    const running = job.run(task.cancelled ? scriptOf(tool, task) : 'python3 measured.py', {
      environment,
      timeoutSeconds: 3600,
      started: (child) => {
        shell = child
      },
    })
    if (task.cancelled) await cancel(shell, state)
    const step = await running
    const took = (Date.now() - startedAt) / 1000
    if (process.env['BENCH_LOG']) console.log(step.log)
    const memory = existsSync(file('memory')) ? readFileSync(file('memory'), 'utf8') : ''
    return [
      name,
      tool,
      step.exitCode ?? 'killed',
      linesIn(file('out.csv')),
      took < task.seconds ? `none: it ended after ${took.toFixed(0)} s` : (took - task.seconds).toFixed(1),
      memory,
      state() ?? 'never started',
    ]
  } finally {
    await Promise.all([close(), linked?.close()])
  }
}

function linesIn(file: string): number {
  if (!existsSync(file)) return 0
  let lines = 0
  for (const byte of readFileSync(file)) if (byte === 0x0a) lines++
  return lines
}

if (!isInstalled) console.log('dbsqlcli: left out, it is not installed (bench/dbsqlcli.txt)')
if (cli === '') console.log('databricks CLI: left out, CLIENTS_DATABRICKS_CLI names none')
const { values: only } = parseArgs({ options: { tool: { type: 'string' }, task: { type: 'string' } }, strict: false })
const isChosen = (name: string, pattern: unknown) => typeof pattern !== 'string' || new RegExp(pattern).test(name)
const rows: (string | number)[][] = []
const chosen = Object.keys(tools).filter((tool) => isChosen(tool, only['tool']))
for (const [name, task] of Object.entries(tasks).filter(([name]) => isChosen(name, only['task']))) {
  for (const tool of chosen) {
    const row = await run(name, tool, task).catch((failure: unknown) => [name, tool, `not run: ${failure}`])
    console.log(row.join(', '))
    rows.push(row)
  }
}
const lengths = chosen.map((tool) => [tool, (tools[tool] ?? '').trim().split('\n').length])
report(
  'bench:compare',
  `Measured on ${machine()}.\n\n${tableOf(['tool', 'lines of workflow'], lengths)}\n\n${tableOf(HEADING, rows)}`,
)
