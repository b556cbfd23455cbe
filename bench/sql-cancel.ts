// Ends a step as the runner does (SIGINT to its shell alone, 7.5 s, SIGTERM, 2.5 s, SIGKILL), some time after a
// statement has started, and counts the statements that are left running.
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { startJob } from '../sandbox/job.ts'
import { loggedInJob, median } from './sql-job.ts'

const TIMES = Number(process.env['TIMES'] ?? 20)
const AT_ONCE = 5
const SHAPES: Record<string, string> = {
  plain: 'databricks-token sql "SELECT pause(600)"',
  'in a pipeline': 'databricks-token sql "SELECT pause(600)" | cat',
  'under timeout': 'timeout 500 databricks-token sql "SELECT pause(600)"',
  'in $(…)': 'x=$(databricks-token sql --format value "SELECT pause(600)"); echo "$x"',
}

const { job, runner, workspace, close } = await loggedInJob()

async function endStep(shape: string, afterMs: number): Promise<number> {
  // The shell of each is a step of its own; login and path are those of the one job.
  const own = startJob(runner, { ...job.environment, PATH: `${job.path.join(':')}:${process.env['PATH']}` })
  let shell: ChildProcess | undefined
  const tag = `${shape} ${Math.random()}`
  const script = (SHAPES[shape] ?? '').replace('SELECT', `/* ${tag.replace('$(…)', 'substitution')} */ SELECT`)
  const running = own.run(script, {
    timeoutSeconds: 60,
    started: (child) => {
      shell = child
    },
  })
  const name = tag.replace('$(…)', 'substitution')
  const state = () => workspace.statements().find(({ request }) => request.statement.includes(name))?.state
  while (state() === undefined) await pause(20)
  await pause(afterMs)
  shell?.kill('SIGINT')
  await pause(7500)
  const signalledAt = Date.now()
  shell?.kill('SIGTERM')
  const killer = setTimeout(() => shell?.kill('SIGKILL'), 2500)
  let tookMs = -1
  while (Date.now() - signalledAt < 5000) {
    if (state() === 'CANCELED') {
      tookMs = Date.now() - signalledAt
      break
    }
    await pause(10)
  }
  await running
  clearTimeout(killer)
  return state() === 'CANCELED' ? tookMs : Number.NaN
}

try {
  for (const afterMs of [1000, 10_000]) {
    for (const shape of Object.keys(SHAPES)) {
      const took: number[] = []
      while (took.length < TIMES) {
        const batch = Array.from({ length: Math.min(AT_ONCE, TIMES - took.length) }, () => endStep(shape, afterMs))
        took.push(...(await Promise.all(batch)))
      }
      const cancelled = took.filter((ms) => !Number.isNaN(ms))
      console.log(
        `${shape}, ${afterMs / 1000} s after the start: ${cancelled.length} of ${TIMES} cancelled; after SIGTERM median ${median(cancelled)} ms, longest ${Math.max(...cancelled)} ms`,
      )
    }
  }
} finally {
  await close()
}
