import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Case, cases } from './cases.ts'
import { type Laboratory, startLaboratory } from './laboratory.ts'
import { legs } from './leg.ts'
import { type Outcome, runCase, type Time } from './run-case.ts'
import { startTlsLaboratory } from './tls-laboratory.ts'

export interface Result extends Case {
  readonly outcome: Outcome
  /** What none of its sinks may hold. */
  readonly secrets: readonly string[]
}

async function runAll(laboratory: Laboratory, chosen: readonly Case[], time: Time): Promise<Result[]> {
  const results: Result[] = []
  try {
    for (const one of chosen) {
      const outcome = await runCase(laboratory, one, time)
      results.push({ ...one, outcome, secrets: laboratory.secrets() })
    }
  } finally {
    await laboratory.close()
  }
  return results
}

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

// The proxy is found in the environment of this process, and the authority among those that it trusts.
async function runBehindProxy(chosen: readonly Case[], time: Time): Promise<Result[]> {
  const laboratory = await startTlsLaboratory()
  const variables = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const)
  const trusted = getCACertificates('default')
  for (const [name] of variables) delete process.env[name]
  process.env['HTTPS_PROXY'] = laboratory.proxy.url
  setDefaultCACertificates([...trusted, laboratory.authority])
  try {
    return await runAll(laboratory, chosen, time)
  } finally {
    setDefaultCACertificates(trusted)
    delete process.env['HTTPS_PROXY']
    for (const [name, value] of variables) if (value !== undefined) process.env[name] = value
  }
}

const isPlain = ({ fault }: Case) => fault.over !== 'tls'

const SHARES_OF_SLOW_CASES = 3

// The cases that take their time are shared out, since they mostly wait.
function shares(chosen: readonly Case[]): Case[][] {
  const isSlow = ({ fault }: Case) => fault.timeoutSeconds !== undefined
  const slow = chosen.filter(isSlow)
  const parts = Array.from({ length: SHARES_OF_SLOW_CASES }, (_, part) =>
    slow.filter((_one, index) => index % SHARES_OF_SLOW_CASES === part),
  )
  return [chosen.filter((one) => !isSlow(one)), ...parts]
}

/** Runs every case in this process, each leg in laboratories of its own at the same time. */
export async function runCases(time: Time): Promise<Result[]> {
  const plain = legs.flatMap((leg) => shares(cases.filter((one) => one.leg === leg && isPlain(one))))
  const results = await Promise.all([
    ...plain.map(async (share) => runAll(await startLaboratory(), share, time)),
    runBehindProxy(
      cases.filter((one) => !isPlain(one)),
      time,
    ),
  ])
  return results.flat()
}
