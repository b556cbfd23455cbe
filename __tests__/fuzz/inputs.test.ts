import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asLoginError } from '../../src/errors.ts'
import { checkTemporary, refuseTakenCommand } from '../../src/fresh/folder.ts'
import { checkHostNeeds, isSecure, parseHost } from '../../src/host.ts'
import { checkCommandFiles } from '../../src/runner/command-files.ts'
import { refuseDisabledTlsCheck, refuseExistingLogin } from '../../src/runner/environment.ts'
import { findIdTokenService } from '../../src/runner/id-token.ts'
import { readInputs } from '../../src/runner/inputs.ts'
import { stepLog } from '../../src/runner/log.ts'
import { commandsIn } from '../faults/sinks.ts'
import { environmentVariables, inputs } from './given.ts'
import { hostileText, secrets } from './hostile.ts'
import { expectOurs, leakedLines } from './login.ts'
import { runs, timeFor } from './runs.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  writeFileSync(join(folder, 'file'), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

// Each check on its own, so that one that fails does not hide the next.
function checkAll(environment: NodeJS.ProcessEnv, log: ReturnType<typeof stepLog>): void {
  const host = parseHost('https://dbc-1.cloud.databricks.com')
  const { RUNNER_TEMP: temporary = '', PATH: searchPath = '' } = environment
  const checks = [
    () => {
      const read = readInputs(environment, log)
      checkHostNeeds(read.host, read.accountId, read.audience)
      refuseExistingLogin(environment, read.host)
    },
    () => refuseDisabledTlsCheck(environment),
    () => refuseExistingLogin(environment, host),
    () => checkCommandFiles(environment, ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE']),
    () => checkTemporary(temporary),
    () => refuseTakenCommand(searchPath, temporary, 'databricks-token', host.origin),
    () => findIdTokenService(environment),
  ]
  for (const check of checks) {
    try {
      check()
    } catch (thrown) {
      expectOurs(thrown)
      log.fail(asLoginError(thrown))
    }
  }
}

test('any text as any input and any variable: refused by one of our errors, or read', {
  timeout: timeFor(),
}, () => {
  const property = fc.property(inputs({}), environmentVariables(folder, {}), (given, environment) => {
    let printed = ''
    const log = stepLog(environment, (text) => {
      printed += text
    })
    vi.unstubAllEnvs()
    for (const [name, value] of Object.entries(given)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value)
    checkAll(environment, log)
    const { error = 0, debug, 'add-mask': masks = 0, ...others } = commandsIn(printed)
    expect(others).toEqual({})
    expect([error <= 7, masks <= 1]).toEqual([true, true])
    // A request token that the runner did not give is text like any other.
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = environment
    if (requestToken === secrets.requestToken) expect(leakedLines(printed)).toEqual([])
  })
  fc.assert(property, runs())
  vi.unstubAllEnvs()
})

test('any text as a host is read or refused, and what is read is a place', { timeout: timeFor() }, () => {
  const schemes = fc.constantFrom('', 'https://', 'http://', 'HTTPS://', 'https:/', 'javascript:', '//')
  const names = fc.constantFrom('dbc-1.cloud.databricks.com', 'accounts.cloud.databricks.com', '127.0.0.1', '[::1]')
  const around = fc
    .tuple(schemes, fc.oneof(hostileText, fc.constant('')), names, fc.oneof(hostileText, fc.constant('')))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(around, hostileText, fc.webUrl()), fc.boolean(), (text, allowUnknown) => {
      try {
        const { origin, serverHostname } = parseHost(text, allowUnknown)
        expect(new URL(origin).origin).toBe(origin)
        expect(isSecure(new URL(origin))).toBe(true)
        expect(origin.endsWith(`//${serverHostname}`)).toBe(true)
        // Read again it is the same place, and it fits on a line.
        expect(parseHost(origin, allowUnknown).origin).toBe(origin)
        expect(origin).toMatch(/^[!-~]+$/)
      } catch (thrown) {
        expectOurs(thrown)
      }
    }),
    runs(),
  )
})
