// What following a statement adds to its own time. 1,000 statements whose lengths are log-uniform from 0.2 to 60 s run on a
// simulated clock, through the source itself: only the connection and the warehouse are models (a new connection takes two
// round trips, TCP and TLS 1.3, a request one). Then five real ones, over TLS, to the sandbox, each way of the connection
// delayed by half of the latency.
//
//   node bench/sql-overhead.ts [simulated|real]
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setDefaultCACertificates } from 'node:tls'
import { jumpingClock } from '../__tests__/support/jumping-clock.ts'
import { createAuthority } from '../sandbox/authority.ts'
import { startWorkspace } from '../sandbox/workspace.ts'
import { realClock } from '../src/http/clock.ts'
import { keepConnection } from '../src/http/kept-connection.ts'
import type { HttpRequest, Send } from '../src/http/request.ts'
import { openApi } from '../src/warehouse/api.ts'
import { runStatement } from '../src/warehouse/statement.ts'

const COUNT = 1000
const [SHORTEST_MS, LONGEST_MS] = [200, 60_000]
const LATENCIES_MS = [0, 50]
const REAL_SECONDS = [0.3, 1, 3, 9, 27]

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`

// The same numbers at each run (Park and Miller 1988).
function randomNumbers(): () => number {
  let seed = 20_261_130
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

const never = new AbortController().signal
const silent = { info: () => undefined, signal: never, timeLimit: never, ready: async () => undefined }
const request = { statement: 'SELECT 1', warehouse_id: 'w' }

/** One statement: what it takes beyond its own time, counted from the start's request and from its connection. */
async function simulate(ownMs: number, latencyMs: number, isKept: boolean) {
  const clock = jumpingClock()
  let startedAt = Number.NaN
  let sentAt = Number.NaN
  let requests = 0
  const answer = ({ method }: HttpRequest) => {
    if (method === 'POST') startedAt = clock.now()
    const state = method === 'POST' ? 'PENDING' : clock.now() < startedAt + ownMs ? 'RUNNING' : 'SUCCEEDED'
    return {
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ statement_id: 's', status: { state } }),
    }
  }
  const over =
    (connectionMs: number): Send =>
    async (make) => {
      const sent = await make()
      clock.spend(connectionMs)
      if (sent.method === 'POST') sentAt = clock.now()
      clock.spend(latencyMs / 2)
      const answered = answer(sent)
      clock.spend(latencyMs / 2)
      requests++
      return { request: sent, ...answered }
    }
  const sendFresh = over(2 * latencyMs)
  const send = isKept ? over(0) : sendFresh
  const token = async () => 't'
  const api = openApi({ origin: 'https://w.example', workspaceId: undefined, send, sendFresh, token })
  await runStatement(request, 'The statement', { ...silent, api, clock })
  return { over: (clock.now() - sentAt - ownMs) / ownMs, overWithConnection: (clock.now() - ownMs) / ownMs, requests }
}

async function simulated(): Promise<void> {
  console.log(
    `${COUNT} statements of ${SHORTEST_MS / 1000} to ${LONGEST_MS / 1000} s, simulated: mean of overhead ÷ own time`,
  )
  for (const latencyMs of LATENCIES_MS) {
    for (const isKept of [true, false]) {
      const random = randomNumbers()
      const lengths = Array.from({ length: COUNT }, () => SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random())
      const runs: Awaited<ReturnType<typeof simulate>>[] = []
      for (const ownMs of lengths) runs.push(await simulate(ownMs, latencyMs, isKept))
      const from = (name: 'over' | 'overWithConnection') => percent(mean(runs.map((one) => one[name])))
      console.log(
        `${latencyMs} ms, ${isKept ? 'one connection' : 'a connection each'}: ${from('over')} from the request on, ${from('overWithConnection')} with the connection of the start; ${mean(runs.map(({ requests }) => requests)).toFixed(1)} requests`,
      )
    }
  }
}

/** Leads to a port, and takes half of the latency each way. */
async function delayed(port: number, latencyMs: number) {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => setTimeout(() => to.write(chunk), latencyMs / 2))
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

async function real(): Promise<void> {
  const authority = await createAuthority()
  setDefaultCACertificates([authority.certificate])
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId: 'a' }],
    policies: [],
    now: () => Date.now() / 1000,
    tls: await authority.issue('127.0.0.1'),
  })
  const principal = { kind: 'service-principal', applicationId: 'a' } as const
  const expiresAt = Date.now() / 1000 + 3600
  const { issuer } = workspace
  const accessToken = await workspace.issueToken({ issuer, principal, clientId: undefined, scope: 'sql', expiresAt })
  for (const latencyMs of LATENCIES_MS) {
    const way = await delayed(workspace.server.port, latencyMs)
    const effects = { userAgent: 'bench', timeoutSeconds: 60, info: () => undefined, debug: () => undefined }
    const { send, sendFresh, close } = keepConnection(effects)
    const origin = `https://127.0.0.1:${way.port}`
    const api = openApi({ origin, workspaceId: undefined, send, sendFresh, token: async () => accessToken })
    for (const seconds of REAL_SECONDS) {
      const startedAt = performance.now()
      const own = { statement: `SELECT pause(${seconds})`, warehouse_id: workspace.warehouseId }
      await runStatement(own, 'The statement', { ...silent, api, clock: realClock })
      const tookMs = performance.now() - startedAt
      console.log(
        `${latencyMs} ms, a real statement of ${seconds} s: ${tookMs.toFixed(0)} ms, ${percent((tookMs - seconds * 1000) / (seconds * 1000))} over, connection and all`,
      )
    }
    close()
    way.close()
  }
  await workspace.close()
}

const [, , only] = process.argv
if (only !== 'real') await simulated()
if (only !== 'simulated') await real()
