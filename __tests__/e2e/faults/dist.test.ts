import { beforeAll, describe, expect, test } from 'vitest'
import { type Case, cases, nameOf } from '../../../sandbox/faults/cases.ts'
import { type Laboratory, startLaboratory } from '../../../sandbox/faults/laboratory.ts'
import { startTlsLaboratory } from '../../../sandbox/faults/tls-laboratory.ts'
import { type EndedLogin, runUnder } from '../../faults/child.ts'
import { expectedOf } from '../../faults/expected.ts'
import { commandsIn, leaksIn } from '../../faults/sinks.ts'

// One of each class, spread over the legs.
const chosen = [
  'connection refused, metadata, for ever',
  'reset before the answer, ID token, for ever',
  'reset during the answer, exchange, once',
  'truncated, ID token, for ever',
  'truncated, exchange, for ever',
  'truncated between chunks, metadata, for ever',
  'headers never come, exchange, once',
  'body stalls, metadata, for ever',
  'body without end, exchange, once',
  'protocol switched (101), ID token, for ever',
  'not HTTP, exchange, once',
  '400, exchange, for ever',
  '403, ID token, for ever',
  '404, metadata, once',
  '429, Retry-After: an hour, ID token, once',
  '429, Retry-After: 1, exchange, once',
  '503, ID token, once',
  '504, exchange, for ever',
  '307 to another host, exchange, once',
  'HTML with 200, metadata, once',
  'HTML with 200, exchange, once',
  'empty, ID token, once',
  'nested 100,000 deep, metadata, once',
  'UTF-16, exchange, once',
  'gzip that nobody asked for, ID token, once',
  'access_token is an object, exchange, once',
  'TLS: unknown authority, exchange, once',
  'TLS: wrong name, ID token, once',
  'proxy answers 407, exchange, once',
  'proxy dies before the tunnel, metadata, once',
  'proxy dies in the tunnel, exchange, for ever',
  'proxy never answers, ID token, for ever',
]

const chosenCases = chosen.map((name) => {
  const one = cases.find((known) => nameOf(known) === name)
  if (one === undefined) throw new Error(`there is no case ${name}`)
  return { name, one }
})

interface Ended {
  login: EndedLogin
  secrets: string[]
  arrived: number
  strayed: number
}

const ended = new Map<Case, Ended>()

async function runAll(laboratory: Laboratory, share: readonly Case[]): Promise<void> {
  for (const one of share) {
    const login = await runUnder(laboratory, one)
    const strayed = laboratory.elsewhere.requests.length
    ended.set(one, { login, secrets: laboratory.secrets(), arrived: laboratory.arrived(one.leg), strayed })
  }
  await laboratory.close()
}

const FOR_ALL_CASES = 90_000

// Most of them wait most of the time: three laboratories at once.
beforeAll(async () => {
  const isPlain = (one: Case) => one.fault.over !== 'tls'
  const plain = chosenCases.map(({ one }) => one).filter(isPlain)
  const tls = chosenCases.map(({ one }) => one).filter((one) => !isPlain(one))
  await Promise.all([
    runAll(await startLaboratory(), plain.slice(0, plain.length / 2)),
    runAll(await startLaboratory(), plain.slice(plain.length / 2)),
    runAll(await startTlsLaboratory(), tls),
  ])
}, FOR_ALL_CASES)

function endOf(one: Case): Ended {
  const end = ended.get(one)
  if (end === undefined) throw new Error('the case did not run')
  return end
}

describe.each(chosenCases)('$name', ({ one }) => {
  const { code, attempts } = expectedOf(one)

  test('ends as promised, and leaves no process', () => {
    const { login, arrived, strayed } = endOf(one)
    const exitCode = code === undefined ? 0 : 1
    expect(login).toMatchObject({ exitCode, signal: null, leftProcess: false, stderr: '' })
    const errors = login.stdout.match(/^::error .*?::/gm) ?? []
    expect(errors).toEqual(code === undefined ? [] : [`::error title=Databricks login failed (${code})::`])
    const arrives = one.fault.over !== 'tls' && one.fault.name !== 'connection refused'
    if (arrives && typeof attempts === 'number') expect(arrived).toBe(attempts)
    expect(strayed).toBe(0)
  })

  test('tells no secret, and nothing that a runner would obey', () => {
    const { login, secrets } = endOf(one)
    const printed = `${login.stdout}\n${login.stderr}`
    const { error, warning, notice, debug, 'add-mask': masks, ...others } = commandsIn(printed)
    expect(others).toEqual({})
    expect(leaksIn(`${printed}\n${login.summary}`, secrets)).toEqual([])
    expect(login.log).not.toMatch(/^Error: obeyed/m)
  })

  test('gives later steps all of the login, or nothing', () => {
    const { login, secrets } = endOf(one)
    const { outputs, env, state, path, leftFolders, summary } = login
    if (code === undefined) {
      expect(secrets).toContain(outputs['token'])
      expect(login.stdout).toContain(`::add-mask::${outputs['token']}\n`)
      expect(env['DATABRICKS_TOKEN']).toBe(outputs['token'])
    } else {
      const nothing = { outputs: {}, env: {}, state: {}, path: [], leftFolders: [] }
      expect({ outputs, env, state, path, leftFolders }).toEqual(nothing)
      expect(summary).toContain(code)
    }
  })
})
