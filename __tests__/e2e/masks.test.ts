import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { signaturePieces } from '../../src/runner/redaction.ts'
import { loggedInJob, oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs, needsHere } from '../support/needs.ts'
import { saysWindows } from '../support/says-windows.ts'

needs('bash')

const loggedIn = oneLogin(loggedInJob)

// Those of the service's own secrets, which are another matter.
const withoutHalves = (stderr: string): string => stderr.replaceAll(/^::add-mask::[0-9a-f]{32}\n/gm, '')
const signatureOf = (token: string): string => token.split('.')[2] ?? 'no signature'

test('a token that was renewed where nobody read its mask is masked by the next step that prints it', async () => {
  const { job, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  await job.run('databricks-token > /dev/null 2>&1')
  const step = await job.run('set -x; t=$(databricks-token); echo "$t"')
  expect(step.stderr).toContain(`\n::add-mask::${signatureOf(step.stdout.trim())}\n`)
  expect(wholeTokensIn(step.log)).toEqual([])
})

const masksIn = (stdout: string): string[] => stdout.match(/^::add-mask::.+$/gm) ?? []

test('where the system says that it is Windows, the login step masks its token in pieces, too', async () => {
  const { login } = await loggedInJob({ environment: { NODE_OPTIONS: saysWindows } })
  // Line ends are those of Windows then, too, and the sandbox reads them so on Windows alone.
  const token = login.outputs['token']?.trim() ?? ''
  const secrets = [token, ...signaturePieces(token)]
  expect([login.exitCode, secrets.length]).toEqual([0, 22])
  expect(masksIn(login.stdout).slice(-22)).toEqual(secrets.map((secret) => `::add-mask::${secret}`))
})

test.skipIf(process.platform === 'win32')('elsewhere it masks the token alone', async () => {
  const { login } = await loggedInJob()
  expect(masksIn(login.stdout).at(-1)).toBe(`::add-mask::${login.outputs['token']}`)
})

test('a kept token is masked by each call and by each start of exec, once', async () => {
  const { job, login } = await loggedIn()
  const mask = `\n::add-mask::${signatureOf(login.outputs['token'] ?? '')}\n`
  const printed = await job.run('databricks-token > /dev/null; databricks-token --output json > /dev/null')
  expect(printed.stderr).toBe(mask + mask)
  expect(withoutHalves((await job.run('databricks-token exec -- true')).stderr)).toBe(mask)
  expect((await job.run('databricks-token exec --auth pat -- true')).stderr).toBe(mask)
})

test('exec begins with one empty line, and the masks of its token and of its secrets', async () => {
  const { job } = await loggedIn()
  const { stderr } = await job.run('databricks-token exec -- true')
  expect(stderr).toMatch(/^\n(::add-mask::\S+\n){4}$/)
})

const ask = `
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': process.env.DATABRICKS_HOST }
for (const command of process.argv.slice(2)) {
  if (command !== '') await import('node:child_process').then(({ execSync }) => execSync(command))
  const answer = await fetch(process.env.DATABRICKS_METADATA_SERVICE_URL, { headers })
  console.log((await answer.json()).access_token)
}
`

test('the service masks each token that it serves, the one that another process renewed included', async () => {
  const { job, runner, login } = await loggedIn()
  writeFileSync(join(runner.workspace, 'ask.mjs'), ask)
  const renew = 'databricks-token --min-validity 400 2> /dev/null'
  const step = await job.run(`databricks-token exec -- node ask.mjs '' '' '${renew}' '' > served; cat served`)
  const served = [...new Set(step.stdout.trim().split('\n'))]
  expect(served).toHaveLength(2)
  expect(served[0]).toBe(login.outputs['token'])
  expect(withoutHalves(step.stderr)).toBe(served.map((token) => `\n::add-mask::${signatureOf(token)}\n`).join(''))
})

test('callers that share a login mask its token each', async () => {
  const { job, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  const step = await job.run('for i in 1 2 3 4 5; do databricks-token > "t$i" 2> "e$i" & done; wait; cat t1; cat e*')
  const [token = '', ...masks] = step.stdout.split('\n').filter((line) => line !== '')
  // The one that logged in masks GitHub's ID token, too.
  expect(masks.filter((mask) => mask === `::add-mask::${signatureOf(token)}`)).toHaveLength(5)
})

// Tells of each pause where the mask is, so that both stand in their order.
const tellPauses = `
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'
import { writeSync } from 'node:fs'
const { setTimeout } = timers
timers.setTimeout = (ms, ...rest) => {
  if (ms > 50) writeSync(2, 'pause ' + (ms === 100 ? 'of 100' : 'of less') + ' ms\\n')
  return setTimeout(ms, ...rest)
}
syncBuiltinESMExports()
`

test('a token follows its mask after 100 ms, the login step’s own at once, and a step pays once', async (context) => {
  needsHere(context, 'pipes with numbers')
  const { job, runner } = await loggedIn()
  const preload = join(runner.workspace, 'pauses.mjs')
  writeFileSync(preload, tellPauses)
  const NODE_OPTIONS = `--import=${pathToFileURL(preload).href}`
  const told = async (script: string) => {
    const { stderr } = await job.run(script, { environment: { NODE_OPTIONS } })
    return stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/(::add-mask::|eyJ).+/, '$1…'))
  }
  expect(await told('databricks-token >&2')).toEqual(['::add-mask::…', 'eyJ…'])
  const renewal = ['::add-mask::…', '::add-mask::…', 'pause of 100 ms', 'eyJ…']
  expect(await told('databricks-token --min-validity 400 >&2')).toEqual(renewal)
  await job.run('databricks-token --min-validity 400 > /dev/null 2>&1')
  const twice = await told('databricks-token >&2; sleep 0.1; databricks-token >&2')
  expect(twice).toEqual(['::add-mask::…', 'pause of 100 ms', 'eyJ…', '::add-mask::…', 'eyJ…'])
  const captured = await told('t=$(databricks-token 2>&1); databricks-token >&2')
  expect(captured).toEqual(['::add-mask::…', 'pause of 100 ms', 'eyJ…'])
  expect(await told('databricks-token exec -- sh -c "echo eyJ >&2"')).toEqual([
    ...Array.from({ length: 4 }, () => '::add-mask::…'),
    'pause of 100 ms',
    'eyJ',
  ])
})

test('a token that exec takes over from another process is served 100 ms after its mask, too', async () => {
  const { job, runner } = await loggedIn()
  const [preload, program] = ['pauses.mjs', 'ask.mjs'].map((name) => join(runner.workspace, name))
  writeFileSync(preload ?? '', tellPauses)
  writeFileSync(program ?? '', ask)
  const elsewhere = 'NODE_OPTIONS=$OWN_OPTIONS databricks-token --min-validity 400 > /dev/null 2>&1'
  const step = await job.run(
    `export OWN_OPTIONS="$NODE_OPTIONS"; NODE_OPTIONS="$NODE_OPTIONS --import=$PRELOAD" databricks-token exec -- node ask.mjs '' '${elsewhere}' ''`,
    {
      environment: { PRELOAD: preload },
    },
  )
  expect(new Set(step.stdout.trim().split('\n')).size).toBe(2)
  expect(withoutHalves(step.stderr)).toMatch(/^\n::add-mask::\S+\n\n::add-mask::\S+\npause of 100 ms\n$/)
})

test('under env -i a renewal is masked, too, while it has the request variables of the runner', async () => {
  const { job, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  // NODE_OPTIONS is empty, but where coverage is measured.
  const kept = '"PATH=$PATH" "NODE_OPTIONS=$NODE_OPTIONS" "ACTIONS_ID_TOKEN_REQUEST_URL=$ACTIONS_ID_TOKEN_REQUEST_URL"'
  const request = '"ACTIONS_ID_TOKEN_REQUEST_TOKEN=$ACTIONS_ID_TOKEN_REQUEST_TOKEN"'
  const step = await job.run(`env -i ${kept} ${request} databricks-token`)
  expect(step.stderr).toContain(`\n::add-mask::${signatureOf(step.stdout.trim())}\n`)
})
