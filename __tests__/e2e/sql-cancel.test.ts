import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Workspace } from '../../sandbox/workspace.ts'
import { oneLogin } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { annotationIn, sqlJob } from '../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

const SLOW = '"SELECT pause(600)"'
const statesOf = ({ statements }: Workspace) => statements().map(({ state }) => state)

async function untilStarted({ statements }: Workspace): Promise<void> {
  while (statements().length === 0) await pause(20)
}

describe.runIf(process.platform === 'linux')('the runner ends a step by ending its shell', () => {
  test.each([
    ['plain', `databricks-token sql ${SLOW}`],
    ['in a pipeline', `databricks-token sql ${SLOW} | cat | cat`],
    ['under timeout', `timeout 300 databricks-token sql ${SLOW}`],
    ['in $(…)', `x=$(databricks-token sql --format value ${SLOW})\necho "$x"`],
    ['in a function of a subshell', `f() { databricks-token sql ${SLOW}; true; }\n(f; echo) | cat`],
    ['under xargs', `echo ${SLOW} | xargs -I{} databricks-token sql "{}"`],
    ['in the background', `databricks-token sql ${SLOW} &\nwait`],
  ])('%s', async (_, script) => {
    const { job, workspace } = await loggedIn()
    let shell: ChildProcess | undefined
    const started = (child: ChildProcess) => {
      shell = child
    }
    const running = job.run(script, { started })
    await untilStarted(workspace)
    shell?.kill('SIGINT')
    await pause(100)
    shell?.kill('SIGTERM')
    const step = await running
    expect(statesOf(workspace)).toEqual(['CANCELED'])
    expect(annotationIn(step.stderr)).toBe('STATEMENT_CANCELED')
    expect(step.stderr).toMatch(/was ended with its step .* Databricks says that it is CANCELED\./)
  })
})

test.each([
  ['INT', 130],
  ['TERM', 143],
  ['HUP', 129],
])('SIG%s cancels the statement: exit %i', async (signal, exitCode) => {
  const { job, workspace } = await loggedIn()
  const running = job.run(`
databricks-token sql ${SLOW} 2> log &
until grep -q 'statement id' log; do sleep 0.05; done
kill -${signal} $!
wait $! || code=$?
cat log >&2
exit $code
`)
  const step = await running
  expect([step.exitCode, annotationIn(step.stderr), ...statesOf(workspace)]).toEqual([
    exitCode,
    'STATEMENT_CANCELED',
    'CANCELED',
  ])
  expect(step.stderr).toContain(`ended by SIG${signal}`)
})

test.skipIf(process.platform === 'win32')('statements that never come end with --timeout, too', async () => {
  const { job, workspace } = await loggedIn()
  for (const source of ['-', '--file <(exec sleep 3)']) {
    const step = await job.run(`sleep 3 | timeout 20 databricks-token sql --timeout 1s ${source} || exit $?`)
    expect([step.exitCode, step.stdout]).toEqual([124, ''])
    expect(step.stderr).toContain('STATEMENT_CANCELED: The call was ended by --timeout before anything was run.')
  }
  expect(workspace.statements()).toEqual([])
})

test('--timeout cancels the statement, and nothing after it runs: exit 124', async () => {
  const { job, workspace } = await sqlJob({ warehouse: { startSeconds: 600 } })
  const step = await job.run('databricks-token sql --timeout 2s "SELECT 1; SELECT 2" || exit $?')
  expect([step.exitCode, annotationIn(step.stderr), ...statesOf(workspace)]).toEqual([
    124,
    'STATEMENT_CANCELED',
    'CANCELED',
  ])
})

test('one that somebody else cancels has failed', async () => {
  const { job, workspace } = await loggedIn()
  const running = job.run(`databricks-token sql ${SLOW} || exit $?`)
  await untilStarted(workspace)
  const [statement] = workspace.statements()
  const cancel = `printf 'Authorization: Bearer %s' "$(databricks-token)" | curl -s -X POST -H @- "$DATABRICKS_HOST/api/2.0/sql/statements/${statement?.id}/cancel"`
  await job.run(cancel)
  const step = await running
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'STATEMENT_CANCELED'])
})

test('a reader that went away: nothing more is fetched, no annotation, exit 141', async () => {
  const { job, workspace } = await sqlJob({ warehouse: { rowsPerChunk: 1 } })
  const union = Array.from({ length: 5 }, () => 'SELECT 1').join('; ')
  const step = await job.run(`set +e; databricks-token sql "${union}" | true; echo "\${PIPESTATUS[0]}"`)
  expect([step.stdout, annotationIn(step.stderr), workspace.statements().length]).toEqual(['141\n', 'none', 1])
})

test('a step that goes on does not end what it has started', async () => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(
    '(sleep 0.5; echo done) | cat & x=$(timeout 60 databricks-token sql --format value "SELECT pause(2)"); wait; echo "$x"',
  )
  expect([step.exitCode, step.stdout, ...statesOf(workspace)]).toEqual([0, 'done\n2\n', 'SUCCEEDED'])
})
