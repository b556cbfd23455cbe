// Requests an hour of a job that stays logged in, by the source's own rule of renewal. An hour passes in steps of a
// second, and each program asks for a token in each of them, as a client does that caches nothing.
//
//   npm run bench:hours [-- --write]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renewingToken } from '../src/serve/renewal.ts'
import { freshToken } from '../src/store/fresh-token.ts'
import { createLoginStore, openLoginStore, type StoredLogin, type StoredToken } from '../src/store/login-store.ts'
import { rememberToken } from '../src/store/remembered-token.ts'
import { renewalThreshold } from '../src/store/token-lifetime.ts'
import { report, tableOf } from './page.ts'

const LIFETIME_SECONDS = 300
// Of one login, which `__tests__/e2e/cost.test.ts` counts.
const REQUESTS = { github: 1, databricks: 2 }

const login: StoredLogin = {
  renewal: { clientId: 'c', accountId: undefined, audience: undefined, scope: 'all-apis', timeoutSeconds: 60 },
  origin: 'https://dbc-1.cloud.databricks.com',
  serverHostname: 'dbc-1.cloud.databricks.com',
  scope: 'all-apis',
  workspaceId: undefined,
  groupId: '',
}

/** Logins in an hour of so many processes, each of which so many clients ask. */
async function loginsInAnHour(processes: number, clients: number): Promise<number> {
  let now = 1_800_000_000
  let logins = 0
  const clock = () => now
  const newToken = () => ({ accessToken: `t${logins}`, expiresAt: now + LIFETIME_SECONDS })
  const folder = mkdtempSync(join(tmpdir(), 'hours-'))
  const first: StoredToken = { ...newToken(), issuedAt: now, beganAt: now, isOfLoginStep: true }
  createLoginStore(folder, login, first)
  const logIn = async () => {
    logins += 1
    return newToken()
  }
  const effects = { logIn, timeoutSeconds: 60, describe: String, warning: () => undefined, now: clock }
  const programs = Array.from({ length: processes }, () => {
    const kept = rememberToken(openLoginStore(folder), clock)
    return renewingToken({
      current: kept.readToken,
      renew: () => freshToken(kept, renewalThreshold, effects),
      report: (thrown) => console.error(thrown),
      now: clock,
    })
  })
  const ask = async (program: (typeof programs)[number]) => {
    if ((await program()) === undefined) throw new Error('there was no token')
  }
  for (let second = 1; second <= 3600; second++) {
    now += 1
    await Promise.all(programs.flatMap((program) => Array.from({ length: clients }, () => ask(program))))
  }
  rmSync(folder, { recursive: true })
  return logins
}

const row = async (name: string, processes: number, clients: number) => {
  const logins = await loginsInAnHour(processes, clients)
  return [name, logins, logins * REQUESTS.github, logins * REQUESTS.databricks]
}

report(
  'bench:hours',
  tableOf(
    ['in an hour, with tokens that live five minutes', 'logins', 'requests to GitHub', 'requests to Databricks'],
    [
      await row('one program under `databricks-token exec`', 1, 1),
      await row('fifty programs at the same time, each under an `exec` of its own, of one login', 50, 1),
      await row('one process that serves the whole job, asked by fifty clients', 1, 50),
    ],
  ),
)
