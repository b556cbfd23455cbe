import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConnectProxy, startConnectProxy } from '../../../sandbox/connect-proxy.ts'
import { misbehaving } from '../../../sandbox/faults/fault.ts'
import { type Laboratory, startLaboratory } from '../../../sandbox/faults/laboratory.ts'
import { legs } from '../../../sandbox/faults/leg.ts'
import { runLogin } from '../../faults/child.ts'
import { commandsIn, leaksIn } from '../../faults/sinks.ts'
import { environmentVariables, inputs } from '../../fuzz/given.ts'
import { hostileText, hostileValue, secrets } from '../../fuzz/hostile.ts'
import { runs, timeFor } from '../../fuzz/runs.ts'

let laboratories: Laboratory[] = []
let proxy: ConnectProxy

beforeAll(async () => {
  laboratories = await Promise.all([startLaboratory(), startLaboratory()])
  // Nothing leaves this machine: whatever is asked for by another name ends here.
  proxy = await startConnectProxy({ routes: {} })
  proxy.behaviour = 'deny'
})
afterAll(() => Promise.all([...laboratories, proxy].map((running) => running.close())))

type Texts = Record<string, string>

const FAILURE = /^::error title=Databricks login failed \((\w+)\)::/gm
const DEFECTS = ['UNEXPECTED', 'UNFINISHED', 'INTERRUPTED']

/** Runs a login in a child, and checks what holds whatever it is given. */
async function runChecked(laboratory: Laboratory, given: Texts, environment: Texts): Promise<void> {
  const guarded: Texts = { HTTPS_PROXY: proxy.url, ...environment }
  const ended = await runLogin(laboratory, { inputs: given, environment: guarded })
  const { exitCode, stdout, stderr, outputs, env, summary, leftProcess, leftFolders } = ended
  const codes = [...stdout.matchAll(FAILURE)].map(([, code]) => code)
  const { error = 0, warning, notice, debug, 'add-mask': masks, ...others } = commandsIn(`${stdout}\n${stderr}`)
  expect({ exitCode, error, others, stderr, leftProcess }).toEqual({
    exitCode: codes.length,
    error: codes.length,
    others: {},
    stderr: '',
    leftProcess: false,
  })
  expect(DEFECTS).not.toContain(codes[0])
  const requestToken = guarded['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] === secrets.requestToken ? [secrets.requestToken] : []
  const known = [...laboratory.secrets(), ...requestToken, secrets.subjectJwt, secrets.proxyPassword]
  expect(leaksIn(`${stdout}\n${stderr}\n${summary}`, known)).toEqual([])
  if (exitCode === 0) expect(outputs['token']).toMatch(/^\S{10,}$/)
  else expect({ outputs, env, leftFolders }).toEqual({ outputs: {}, env: {}, leftFolders: [] })
}

// One login in each laboratory at a time.
async function checkBoth<T>(cases: T[], check: (laboratory: Laboratory, one: T) => Promise<void>) {
  await Promise.all(
    cases.map(async (one, index) => {
      const laboratory = laboratories[index]
      if (laboratory === undefined) throw new Error('there are two laboratories')
      await laboratory.reset()
      await check(laboratory, one)
    }),
  )
}

const pairsOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 2, maxLength: 2 })
const share = 0.005

test('any inputs and any environment', { timeout: timeFor(share * 10) }, async () => {
  const password = encodeURIComponent(secrets.proxyPassword)
  const proxies = hostileText.map(
    (text) => `http://${encodeURIComponent(text.toWellFormed())}:${password}@127.0.0.1:${proxy.port}`,
  )
  // A star would let everything past the proxy.
  const bypasses = hostileText.map((text) => text.replaceAll(/[\0*]/g, ''))
  const one = fc.record({
    given: inputs({ timeout_seconds: fc.constantFrom('2', '3', 'x') }),
    // The folder in which a step runs.
    environment: environmentVariables('.', { HTTPS_PROXY: proxies, NO_PROXY: bypasses }),
  })
  const property = fc.asyncProperty(pairsOf(one), (both) =>
    // What is left out is as the laboratory has it: its host, the runner's files and its service.
    checkBoth(both, (laboratory, { given, environment }) => runChecked(laboratory, given, environment)),
  )
  await fc.assert(property, { ...runs(share), endOnFailure: true })
})

test('any answer on any leg', { timeout: timeFor(share * 10) }, async () => {
  const one = fc.record({
    leg: fc.constantFrom(...legs),
    status: fc.oneof(fc.constantFrom(200, 200, 400, 403), fc.integer({ min: 200, max: 999 })),
    body: fc.oneof(
      hostileText,
      hostileValue.map((value) => JSON.stringify(value) ?? ''),
    ),
  })
  const property = fc.asyncProperty(pairsOf(one), (both) =>
    checkBoth(both, (laboratory, { leg, status, body }) => {
      const fault = misbehaving('any answer', (response) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      )
      fault.put(laboratory, leg, 'once')
      return runChecked(laboratory, { timeout_seconds: '3' }, {})
    }),
  )
  await fc.assert(property, { ...runs(share), endOnFailure: true })
})
