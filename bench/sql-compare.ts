// The same tasks by `databricks-token sql`, by the script of "A query without this command" (docs/recipes.md) and, where they are
// installed, by dbsqlcli and by the SQL helper of the Databricks CLI (CLIENTS_DATABRICKS_CLI names it): exit code, what came,
// seconds over the query's own time, peak memory of the largest process, what became of the statement. The first argument names
// a tool, the second a part of a task's name; by default it is each. A gigabyte is the task of bench/sql-links.ts.
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { blocksOf } from '../__tests__/docs/markdown.ts'
import { onlyJob } from '../__tests__/docs/workflow.ts'
import type { Interceptor } from '../sandbox/http-server.ts'
import type { WarehouseOptions } from '../sandbox/statements.ts'
import type { Workspace } from '../sandbox/workspace.ts'
import { script as dbsqlcli, isInstalled, thriftWarehouse } from './dbsqlcli.ts'
import { loggedInJob } from './sql-job.ts'

const recipe = blocksOf('docs/recipes-queries.md').find(({ section }) => section === 'A query without this command')
const script = onlyJob(recipe?.text ?? '').steps.find(({ run }) => run !== undefined)?.run ?? ''
const { CLIENTS_DATABRICKS_CLI: cli = '' } = process.env
const tools: Record<string, string> = {
  'databricks-token sql': 'databricks-token sql --file queries/nightly.sql --output out.csv',
  'curl recipe': `{\n${script}\n} > out.csv`,
  ...(isInstalled && { dbsqlcli }),
  ...(cli !== '' && {
    'databricks CLI': `"${cli}" experimental aitools tools query --warehouse "$WAREHOUSE_ID" "$(cat queries/nightly.sql)" > out.csv`,
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
}

type Response = Parameters<Interceptor>[1]

const MERGE = 'MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN DELETE -- pause(30)'
const merge = { recorded: [{ statement: /^MERGE/, answer: { columns: [], rows: [], seconds: 0 } }] }

function interrupt({ server }: Workspace, outage: Task['outage']): void {
  let asked: number | undefined
  server.before = (raw, response) => {
    const isQuestion = raw.method === 'GET' && raw.url?.includes('/sql/statements/')
    if (outage === undefined || !isQuestion) return false
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
}

// The kernel's own record of a process, read by a child that waits for it.
const measured = `import resource, subprocess, sys
code = subprocess.call(['bash', '-e', 'tool.sh'])
open('memory', 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
`

async function run(tool: string, task: Task): Promise<string> {
  const thrift = tool === 'dbsqlcli' ? await thriftWarehouse(task.warehouse) : undefined
  const { runner, workspace, job, close } = await loggedInJob(task.warehouse, task.tokenSeconds, thrift?.answer)
  interrupt(workspace, task.outage)
  const state = () => (thrift ? thrift.state() : workspace.statements()[0]?.state)
  try {
    const file = (name: string) => join(runner.workspace, name)
    mkdirSync(file('queries'))
    writeFileSync(file('queries/nightly.sql'), task.sql)
    const script = `${tools[tool] ?? ''}${tool === 'databricks-token sql' && task.options !== undefined ? ` ${task.options}` : ''}`
    writeFileSync(file('tool.sh'), script)
    writeFileSync(file('measured.py'), measured)
    let shell: ChildProcess | undefined
    const environment = { WAREHOUSE_ID: workspace.warehouseId, CURL_CA_BUNDLE: job.environment['NODE_EXTRA_CA_CERTS'] }
    const startedAt = Date.now()
    const running = job.run(task.cancelled ? (tools[tool] ?? '') : 'python3 measured.py', {
      environment,
      timeoutSeconds: 300,
      started: (child) => {
        shell = child
      },
    })
    if (task.cancelled) {
      while (state() === undefined) await pause(20)
      await pause(1000)
      shell?.kill('SIGINT')
      await pause(7500)
      shell?.kill('SIGTERM')
      await pause(2500)
      shell?.kill('SIGKILL')
      const left = state()
      // What the runner kills at the end of a job.
      if (shell?.pid !== undefined) {
        try {
          process.kill(-shell.pid, 'SIGKILL')
        } catch {
          // Nobody of it is left.
        }
      }
      await running
      return `the statement is ${left}`
    }
    const step = await running
    const left = state()
    const over = (Date.now() - startedAt) / 1000 - task.seconds
    const lines = existsSync(file('out.csv')) ? readFileSync(file('out.csv'), 'utf8').split('\n').length - 1 : 0
    const memory = existsSync(file('memory')) ? readFileSync(file('memory'), 'utf8') : '?'
    return `exit ${step.exitCode}, ${lines} lines, ${over.toFixed(1)} s over, ${memory} MiB, the statement is ${left}`
  } finally {
    await close()
  }
}

if (!isInstalled) console.log('dbsqlcli: left out, it is not installed (bench/dbsqlcli.txt)')
if (cli === '') console.log('databricks CLI: left out, CLIENTS_DATABRICKS_CLI names none')
const [, , only, onlyTask] = process.argv
const chosen = Object.keys(tools).filter((tool) => only === undefined || tool === only)
for (const tool of chosen) console.log(`${tool}: ${(tools[tool] ?? '').trim().split('\n').length} lines`)
for (const [name, task] of Object.entries(tasks).filter(
  ([name]) => onlyTask === undefined || name.includes(onlyTask),
)) {
  for (const tool of chosen) console.log(`${name}, ${tool}: ${await run(tool, task)}`)
}
