import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { connect as connectTls, createServer } from 'node:tls'
import type { TestContext } from 'vitest'
import { bring } from './logged-in.ts'
import { placeOf } from './setup/parts.ts'
import type { World } from './world.ts'

/** Starts `clients/programs/spark_connect.py`, which asks the workspace about each token. Returns its port. */
async function startCompute(test: TestContext, world: World): Promise<number> {
  bring(world, 'spark_connect.py')
  const child = spawn(placeOf('connect', 'python'), ['spark_connect.py'], {
    cwd: world.runner.workspace,
    env: { SSL_CERT_FILE: world.way['SSL_CERT_FILE'], WORKSPACE: `https://127.0.0.1:${world.production.server.port}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  test.onTestFinished(() => void child.kill())
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')])
  return Number(line)
}

/** Joins two connections: what comes from one goes to the other, and they end together. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy()).on('close', () => to.destroy())
    from.pipe(to)
  }
}

/**
 * Adds compute to the production workspace of a world: a host of Databricks serves HTTP and gRPC at the same port, and
 * HTTP/2 says which is meant (ALPN, RFC 7301). Spark Connect goes to a server of its own, the rest to the workspace.
 */
export async function addSparkConnect(test: TestContext, world: World): Promise<void> {
  const { production, authority, routes } = world
  const computePort = await startCompute(test, world)
  const { hostname } = new URL(production.host)
  const identity = await authority.issue(hostname)
  const front = createServer({ ...identity, ALPNProtocols: ['h2', 'http/1.1'] }, (client) => {
    const isGrpc = client.alpnProtocol === 'h2'
    const workspace = {
      port: production.server.port,
      host: '127.0.0.1',
      servername: hostname,
      ca: authority.certificate,
    }
    join(client, isGrpc ? connect(computePort, '127.0.0.1') : connectTls(workspace))
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  test.onTestFinished(() => void front.close())
  routes[`${hostname}:443`] = (front.address() as AddressInfo).port
}
