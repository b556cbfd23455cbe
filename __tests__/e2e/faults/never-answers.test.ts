import { afterAll, expect, test } from 'vitest'
import { type Laboratory, startLaboratory } from '../../../sandbox/faults/laboratory.ts'
import { startTlsLaboratory, type TlsLaboratory } from '../../../sandbox/faults/tls-laboratory.ts'
import type { SandboxServer } from '../../../sandbox/http-server.ts'
import { runLogin } from '../../faults/child.ts'
import { cleanUp, later } from '../../sandbox/support.ts'

afterAll(cleanUp)

const TIMEOUT_SECONDS = 2

// Counted from the first request: what Node takes to start is not the login's affair.
async function secondsUntilEnd(laboratory: Laboratory, silent: readonly SandboxServer[]): Promise<number> {
  let firstAsked: number | undefined
  for (const server of silent) {
    server.before = () => {
      firstAsked ??= Date.now()
      return true
    }
  }
  const inputs = { timeout_seconds: String(TIMEOUT_SECONDS) }
  const { exitCode, stdout, leftProcess } = await runLogin(laboratory, { inputs })
  expect([exitCode, leftProcess]).toEqual([1, false])
  expect(stdout.match(/^::error title=Databricks login failed \((\w+)\)/m)?.[1]).toBe('TIMED_OUT')
  return (Date.now() - (firstAsked ?? Date.now())) / 1000
}

// The one promise of this action that is about time: it ends within timeout_seconds and one second.
const atMost = TIMEOUT_SECONDS + 1

test.concurrent('a host that never answers', async () => {
  const laboratory = later(await startLaboratory())
  expect(await secondsUntilEnd(laboratory, [laboratory.workspace.server])).toBeLessThan(atMost)
})

test.concurrent('an ID token service that never answers', async () => {
  const laboratory = later(await startLaboratory())
  expect(await secondsUntilEnd(laboratory, [laboratory.runner.server])).toBeLessThan(atMost)
})

test.concurrent('nobody answers', async () => {
  const laboratory = later(await startLaboratory())
  const servers = [laboratory.runner.server, laboratory.workspace.server]
  expect(await secondsUntilEnd(laboratory, servers)).toBeLessThan(atMost)
})

test.concurrent('a token endpoint that never answers', async () => {
  const laboratory = later(await startLaboratory())
  const { server } = laboratory.workspace
  let firstAsked: number | undefined
  server.before = ({ url = '' }) => {
    if (!url.endsWith('/v1/token')) return false
    firstAsked ??= Date.now()
    return true
  }
  const inputs = { timeout_seconds: String(TIMEOUT_SECONDS) }
  const { exitCode } = await runLogin(laboratory, { inputs })
  expect(exitCode).toBe(1)
  expect((Date.now() - (firstAsked ?? Date.now())) / 1000).toBeLessThan(atMost)
})

test.concurrent('a proxy that never answers', async () => {
  const laboratory: TlsLaboratory = later(await startTlsLaboratory())
  let firstAsked: number | undefined
  laboratory.proxy.behaviour = () => {
    firstAsked ??= Date.now()
    return 'hang'
  }
  const inputs = { timeout_seconds: String(TIMEOUT_SECONDS) }
  const { exitCode, leftProcess } = await runLogin(laboratory, { inputs })
  expect([exitCode, leftProcess]).toEqual([1, false])
  expect((Date.now() - (firstAsked ?? Date.now())) / 1000).toBeLessThan(atMost)
})
