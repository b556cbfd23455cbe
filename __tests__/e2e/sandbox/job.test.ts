import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type Runner, startRunner } from '../../../sandbox/github-runner.ts'
import { runAction, startJob } from '../../../sandbox/job.ts'
import { cleanUp, later } from '../../sandbox/support.ts'
import { needsHere } from '../../support/needs.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

function entryOf(runner: Runner, code: string): string {
  const path = join(runner.workspace, `${Math.random().toString(36).slice(2)}.mjs`)
  writeFileSync(path, `import { appendFileSync as append } from 'node:fs'\nconst { env } = process\n${code}`)
  return path
}

test('outputs, environment, path, state and masks go from an action to the steps after it', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const job = startJob(runner)
  const login = entryOf(
    runner,
    `console.log('::add-mask::s3cret')
    append(env.GITHUB_OUTPUT, 'token<<X\\ns3cret\\nX\\n')
    append(env.GITHUB_ENV, 'DATABRICKS_TOKEN=s3cret\\n')
    append(env.GITHUB_PATH, env.RUNNER_TEMP + '\\n')
    append(env.GITHUB_STATE, 'folder=f\\n')
    append(env.GITHUB_STEP_SUMMARY, 'logged in with s3cret')
    console.log('got s3cret for ' + env['INPUT_MY_HOST'])`,
  )
  const first = await job.action({ entry: login, inputs: { 'my host': 'ws' } })
  expect(first).toMatchObject({
    exitCode: 0,
    signal: null,
    conclusion: 'success',
    timedOut: false,
    stderr: '',
    stdout: '::add-mask::s3cret\ngot s3cret for ws\n',
    outputs: { token: 's3cret' },
    env: { DATABRICKS_TOKEN: 's3cret' },
    state: { folder: 'f' },
    path: [runner.temp],
    summary: 'logged in with ***',
  })
  expect(first.log).toBe(`Run ${login}\nwith:\n  my host: ws\ngot *** for ws\n`)

  writeFileSync(join(runner.temp, 'greet'), '#!/bin/sh\necho "hello $1"\n', { mode: 0o755 })
  const second = await job.run('greet "$DATABRICKS_TOKEN $EXTRA"', { environment: { EXTRA: 'more' } })
  expect(second).toMatchObject({ exitCode: 0, stdout: 'hello s3cret more\n' })
  expect(second.log).toBe(
    [
      'Run greet "$DATABRICKS_TOKEN $EXTRA"',
      'shell: bash -e {0}',
      'env:',
      '  DATABRICKS_TOKEN: ***',
      '  EXTRA: more',
      'hello *** more',
      '',
    ].join('\n'),
  )
  const post = entryOf(runner, `console.log(env.STATE_folder, env.DATABRICKS_TOKEN)`)
  expect((await job.action({ entry: post, state: first.state })).stdout).toBe('f s3cret\n')
  expect(job.log()).not.toContain('s3cret')
})

test('a step sees nothing of the process that runs the sandbox', async () => {
  const names = ['HTTPS_PROXY', 'NODE_OPTIONS', 'DATABRICKS_HOST', 'NODE_EXTRA_CA_CERTS', 'HOME']
  for (const name of names) vi.stubEnv(name, name === 'NODE_OPTIONS' ? '--no-warnings' : 'from-outside')
  // Where coverage is measured a step sees that, and what it takes.
  vi.stubEnv('NODE_V8_COVERAGE', undefined)
  const runner = later(await startRunner())
  const entry = entryOf(runner, 'console.log(JSON.stringify(env))')
  const environment = { NODE_EXTRA_CA_CERTS: '/given', GITHUB_RUN_ID: undefined }
  const seen = JSON.parse((await runAction({ entry, runner, environment })).stdout)

  expect(Object.values(seen)).not.toContain('from-outside')
  expect(seen).not.toHaveProperty('NODE_OPTIONS')
  expect(seen).not.toHaveProperty('GITHUB_RUN_ID')
  expect(seen).toMatchObject({ NODE_EXTRA_CA_CERTS: '/given', GITHUB_ACTIONS: 'true' })
  expect(seen['PATH']).toBe(process.env['PATH'])
})

test('a shell step ends at its first failing command', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const result = await startJob(runner).run('echo before\nfalse\necho after\n')
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stdout: 'before\n' })
  expect(result.log).toMatch(/before\nError: Process completed with exit code 1\.\n$/)
})

test('command files are read even after a failed step', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const result = await startJob(runner).run('echo "a=1" >> "$GITHUB_OUTPUT"\nexit 3')
  expect(result).toMatchObject({ exitCode: 3, outputs: { a: '1' } })
})

test('a command file that cannot be read fails the step', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const result = await startJob(runner).run('echo "a<<END" >> "$GITHUB_ENV"')
  expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure', env: {} })
  expect(result.log).toContain("Error: Unable to process file command 'env' successfully.\n")
})

// The child holds the step's output, so the step would not end while it lives.
test('what outlives its time is killed, with the processes that it started', async (context) => {
  needsHere(context, 'process groups')
  const runner = later(await startRunner())
  const entry = entryOf(
    runner,
    `import { spawn } from 'node:child_process'
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'inherit' })
    setInterval(() => {}, 1e9)`,
  )
  const result = await runAction({ entry, runner, timeoutSeconds: 1 })
  expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true, conclusion: 'failure' })
})

test('a line ends at a carriage return, too', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const { log } = await startJob(runner).run(`printf 'a\\r::add-mask::secret\\r\\nsecret\\rsecret end'`)
  expect(log).toMatch(/a\n\*\*\*\n\*\*\* end\n$/)
})

test('commands on stderr are obeyed', async (context) => {
  needsHere(context, 'bash')
  const runner = later(await startRunner())
  const { log } = await startJob(runner).run(`echo ::add-mask::abc >&2\necho abc >&2`)
  expect(log).toMatch(/\n\*\*\*\n$/)
})
