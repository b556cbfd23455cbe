import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asActionError } from '../../src/errors.ts'
import { checkHostNeeds, parseHost } from '../../src/host.ts'
import { refuseDisabledTlsCheck } from '../../src/http/tls-check.ts'
import { checkCommandFiles } from '../../src/runner/command-files.ts'
import { standingOf } from '../../src/runner/existing-login.ts'
import { findIdTokenService } from '../../src/runner/id-token.ts'
import { readInputs } from '../../src/runner/inputs.ts'
import { stepLog } from '../../src/runner/log.ts'
import { checkTemporary, refuseTakenCommand } from '../../src/store/folder.ts'
import { isSecure } from '../../src/url.ts'
import { commandsIn } from '../faults/sinks.ts'
import { environmentVariables, inputs } from './given.ts'
import { hostileText, secrets } from './hostile.ts'
import { accountId, expectOurs, leakedLines } from './login.ts'
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
      if (read.dryRun) return
      checkHostNeeds(read.host, read.accountId, read.audience)
      standingOf(environment, read, undefined)
    },
    () => refuseDisabledTlsCheck(environment),
    () => standingOf(environment, { host, scope: 'all-apis', stayLoggedIn: false }, undefined),
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
      log.fail(asActionError(thrown))
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

const ids = fc.oneof(
  fc.constantFrom('1', '12345', accountId, accountId.toUpperCase(), '', '1%0A', '$(id)'),
  hostileText,
)
const query = fc
  .array(fc.tuple(fc.constantFrom('w', 'o', 'workspace_id', 'a', 'account_id', 'x'), ids), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, id]) => `${name}=${id}`).join('&'))

test('any ids in the URL of a host: plain and of one meaning, or refused', { timeout: timeFor() }, () => {
  const names = fc.constantFrom('dbc-1.cloud.databricks.com', 'adb-12345.6.azuredatabricks.net', 'spog.databricks.com')
  fc.assert(
    fc.property(names, query, (name, text) => {
      try {
        const { workspaceId = '-', accountId: account = '-' } = parseHost(`https://${name}/?${text}`)
        expect([workspaceId, account].join()).toMatch(/^[A-Za-z0-9-]{1,64},[A-Za-z0-9-]{1,64}$/)
        if (name.startsWith('adb-')) expect(['-', '12345']).toContain(workspaceId)
      } catch (thrown) {
        expectOurs(thrown)
      }
    }),
    runs(),
  )
})

test('any text as a scope: plain words, or refused', { timeout: timeFor() }, () => {
  const words = fc.oneof(fc.constantFrom('sql', 'all-apis', 'files:read'), hostileText)
  fc.assert(
    fc.property(fc.array(words, { maxLength: 3 }), (scopes) => {
      vi.unstubAllEnvs()
      vi.stubEnv('INPUT_HOST', 'dbc-1.cloud.databricks.com')
      vi.stubEnv('INPUT_SCOPE', scopes.join(' ').replaceAll('\0', ''))
      try {
        const { scope } = readInputs({}, { mask: () => undefined, info: () => undefined })
        expect(scope).toMatch(/^[\w.:/-]+( [\w.:/-]+)*$/)
      } catch (thrown) {
        expectOurs(thrown)
      }
    }),
    runs(),
  )
  vi.unstubAllEnvs()
})
