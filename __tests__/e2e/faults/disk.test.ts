import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Laboratory, startLaboratory } from '../../../sandbox/faults/laboratory.ts'
import { runLogin } from '../../faults/child.ts'
import { leaksIn } from '../../faults/sinks.ts'

let laboratory: Laboratory

beforeAll(async () => {
  laboratory = await startLaboratory()
})
beforeEach(() => laboratory.reset())
afterAll(() => laboratory.close())

const asked = () => laboratory.runner.requests.length + laboratory.workspace.requests.length
const failureIn = (stdout: string) => stdout.match(/^::error title=Databricks login failed \((\w+)\)::(.*)$/m)

async function expectRefusedBeforeAnyRequest(
  environment: Record<string, string | undefined>,
  code: string,
  inputs: Record<string, string> = {},
) {
  const { exitCode, stdout, stderr } = await runLogin(laboratory, { environment, inputs })
  expect([exitCode, failureIn(stdout)?.[1], stderr, asked()]).toEqual([1, code, '', 0])
  expect(stdout.match(/^::error/gm)).toHaveLength(1)
}

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE']

test.each(FILES)('%s unset: refused before any request', async (name) => {
  await expectRefusedBeforeAnyRequest({ [name]: undefined }, 'COMMAND_FILE_UNUSABLE')
})

test.each(FILES)('%s a directory: refused before any request', async (name) => {
  await expectRefusedBeforeAnyRequest({ [name]: laboratory.runner.temp }, 'COMMAND_FILE_UNUSABLE')
})

test.skipIf(process.platform === 'win32').each(FILES)(
  '%s a pipe that nobody reads: refused before any request',
  async (name) => {
    const pipe = join(laboratory.runner.temp, `${name}.pipe`)
    execFileSync('mkfifo', [pipe])
    await expectRefusedBeforeAnyRequest({ [name]: pipe }, 'COMMAND_FILE_UNUSABLE')
  },
)

test.each([
  ['unset', () => undefined],
  ['not there', () => join(laboratory.runner.temp, 'nowhere')],
  ['a file', () => join(laboratory.runner.temp, '_github_workflow_event.json')],
])('RUNNER_TEMP %s: refused before any request', async (_name, folder) => {
  await expectRefusedBeforeAnyRequest({ RUNNER_TEMP: folder() }, 'RUNNER_TEMP_UNUSABLE')
})

test('what is not written to need not be there', async () => {
  const environment = { GITHUB_ENV: undefined, GITHUB_PATH: undefined, GITHUB_STATE: undefined }
  const inputs = { export_env: 'false', token_command: 'none' }
  const step = { environment: { ...environment, RUNNER_TEMP: undefined }, inputs }
  const { exitCode, outputs } = await runLogin(laboratory, step)
  expect(exitCode).toBe(0)
  expect(laboratory.secrets()).toContain(outputs['token'])
})

// Root may write to what is read-only, so this login runs as somebody else.
test.skipIf(process.platform === 'win32').each(FILES)('%s read-only: refused', async (name) => {
  const { temp } = laboratory.runner
  const folder = join(temp, `read-only-${name}`)
  mkdirSync(folder)
  const files = Object.fromEntries(FILES.map((file) => [file, join(folder, file)]))
  for (const file of FILES) {
    writeFileSync(files[file] ?? '', '')
    chmodSync(files[file] ?? '', file === name ? 0o444 : 0o666)
  }
  for (const path of [dirname(dirname(temp)), temp]) chmodSync(path, path === temp ? 0o777 : 0o755)
  const main = join(import.meta.dirname, '..', '..', '..', 'dist', 'main', 'index.js')
  const entry = join(folder, 'as-somebody-else.mjs')
  const nobody = 65_534
  const drop = `if (process.getuid() === 0) { process.setgroups([]); process.setgid(${nobody}); process.setuid(${nobody}) }`
  writeFileSync(entry, `${drop}\nawait import(${JSON.stringify(pathToFileURL(main).href)})\n`)
  const { exitCode, stdout } = await runLogin(laboratory, { entry, environment: files })
  expect([exitCode, failureIn(stdout)?.[1], asked()]).toEqual([1, 'COMMAND_FILE_UNUSABLE', 0])
  expect(failureIn(stdout)?.[2]).toContain(`The file of ${name} cannot be written (EACCES)`)
})

const FULL = '/dev/full'
const already: Record<string, string> = {
  GITHUB_STATE: 'Later steps get nothing of this login.',
  GITHUB_PATH: 'Later steps get nothing of this login.',
  GITHUB_OUTPUT: 'Outputs may be written in part; the environment is not.',
  GITHUB_ENV: 'The outputs are written; the environment may be in part.',
}

test.skipIf(process.platform !== 'linux').each(FILES)('%s on a full disk: says what is there', async (name) => {
  const ended = await runLogin(laboratory, { environment: { [name]: FULL } })
  const { exitCode, stdout, stderr, env, outputs, leftFolders } = ended
  expect([exitCode, failureIn(stdout)?.[1], stderr]).toEqual([1, 'COMMAND_FILE_WRITE_FAILED', ''])
  expect(failureIn(stdout)?.[2]).toContain(`Writing to ${name} failed (ENOSPC). ${already[name]}`)
  expect(leaksIn(stdout, laboratory.secrets())).toEqual([])
  expect([env, leftFolders]).toEqual([{}, []])
  expect('token' in outputs).toBe(name === 'GITHUB_ENV')
})

test.skipIf(process.platform !== 'linux')('where no command is kept, either', async () => {
  const inputs = { token_command: 'none' }
  const { exitCode, stdout, leftFolders } = await runLogin(laboratory, { environment: { GITHUB_OUTPUT: FULL }, inputs })
  expect([exitCode, failureIn(stdout)?.[1], leftFolders]).toEqual([1, 'COMMAND_FILE_WRITE_FAILED', []])
})

const unwritable = [
  ['unset', () => undefined],
  ['a directory', () => laboratory.runner.temp],
  ['on a full disk', () => FULL],
  ['not there', () => join(laboratory.runner.temp, 'no', 'summary')],
] as const

test.each(unwritable)('a summary %s: the login succeeds', async (_name, file) => {
  const { exitCode, outputs } = await runLogin(laboratory, { environment: { GITHUB_STEP_SUMMARY: file() } })
  expect([exitCode, typeof outputs['token']]).toEqual([0, 'string'])
})

test.each(unwritable)('a summary %s: a failure is told once, as ever', async (_name, file) => {
  const environment = { GITHUB_STEP_SUMMARY: file(), DATABRICKS_AUTH_TYPE: 'oauth-m2m' }
  await expectRefusedBeforeAnyRequest(environment, 'EXISTING_LOGIN')
})

test('a failure is summed up, with markup escaped', async () => {
  laboratory.workspace.server.before = (_request, response) => {
    response.writeHead(403, { 'content-type': 'text/html' }).end('<img src=x onerror=1></pre># x\n::warning::y')
    return true
  }
  const { exitCode, summary } = await runLogin(laboratory)
  expect(exitCode).toBe(1)
  expect(summary).toContain('METADATA_REFUSED')
  expect(summary).toContain('The server said <code>&#60;img src&#61;x onerror&#61;1&#62;&#60;&#47;pre&#62;&#35; x')
  expect(summary).not.toMatch(/<(?!\/?code>)/)
})

test('earlier text in the command files stays', async () => {
  const file = join(laboratory.runner.temp, 'earlier')
  writeFileSync(file, 'EARLIER=1\n')
  const { exitCode } = await runLogin(laboratory, { environment: { GITHUB_ENV: file } })
  expect(exitCode).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^EARLIER=1\nDATABRICKS_HOST<</)
})
