import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createAuthority } from '../../../sandbox/authority.ts'
import { startLaboratory } from '../../../sandbox/faults/laboratory.ts'
import { legOf } from '../../../sandbox/faults/leg.ts'
import { runLogin } from '../../faults/child.ts'
import { cleanUp, later } from '../../sandbox/support.ts'

afterEach(cleanUp)

test('metadata and exchange share a connection', async () => {
  const laboratory = later(await startLaboratory())
  expect((await runLogin(laboratory)).exitCode).toBe(0)
  expect(laboratory.workspace.requests.map(({ path, connection }) => [legOf(path), connection])).toEqual([
    ['metadata', 1],
    ['exchange', 1],
  ])
})

test('over TLS, too', async () => {
  const authority = await createAuthority()
  const tls = await authority.issue('127.0.0.1')
  const laboratory = later(await startLaboratory({ workspace: { tls } }))
  const certificates = join(laboratory.runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)
  const trusting = { NODE_EXTRA_CA_CERTS: certificates }
  expect((await runLogin(laboratory, { environment: trusting })).exitCode).toBe(0)
  expect(laboratory.workspace.requests.map(({ connection }) => connection)).toEqual([1, 1])
})

test('a subject token with less than a minute to live is fetched again before each attempt', async () => {
  const laboratory = later(await startLaboratory({ runner: { tokenSeconds: 55 } }))
  const { runner, workspace } = laboratory
  let faults = 0
  workspace.server.before = ({ url = '' }, response) => {
    if (legOf(url) !== 'exchange' || faults++ === 2) return false
    response.writeHead(503).end()
    return true
  }
  expect((await runLogin(laboratory)).exitCode).toBe(0)
  const sent = workspace.requests
    .filter(({ path }) => legOf(path) === 'exchange')
    .map(({ body }) => new URLSearchParams(body).get('subject_token'))
  expect(new Set(sent).size).toBe(3)
  // One asked for at the start, while the metadata were under way; then one for each attempt.
  expect(runner.requests.length).toBe(4)
})

test('with longer to live it is sent again as it is', async () => {
  const laboratory = later(await startLaboratory())
  const { runner, workspace } = laboratory
  let faults = 0
  workspace.server.before = ({ url = '' }, response) => {
    if (legOf(url) !== 'exchange' || faults++ === 2) return false
    response.writeHead(503).end()
    return true
  }
  expect((await runLogin(laboratory)).exitCode).toBe(0)
  expect([runner.requests.length, workspace.requests.length]).toEqual([1, 4])
})
