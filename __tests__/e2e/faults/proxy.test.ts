import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAuthority } from '../../../sandbox/authority.ts'
import { startTlsLaboratory, type TlsLaboratory } from '../../../sandbox/faults/tls-laboratory.ts'
import { serve } from '../../../sandbox/http-server.ts'
import { runLogin } from '../../faults/child.ts'
import { leaksIn } from '../../faults/sinks.ts'
import { needsHere } from '../../support/needs.ts'

let laboratory: TlsLaboratory

beforeAll(async () => {
  laboratory = await startTlsLaboratory()
})
beforeEach(async () => {
  await laboratory.reset()
  laboratory.proxy.connects.splice(0)
})
afterAll(() => laboratory.close())

const failureIn = (stdout: string) => stdout.match(/^::error title=Databricks login failed \((\w+)\)::(.*)$/m)
const targets = () => laboratory.proxy.connects.map(({ target, status }) => `${target} ${status}`)

test.for(['HTTPS_PROXY', 'https_proxy'])('%s with credentials, on every leg', async (variable, context) => {
  if (variable === 'https_proxy') needsHere(context, 'two cases of a name')
  const { proxy } = laboratory
  const environment = { HTTPS_PROXY: undefined, [variable]: proxy.url }
  const { exitCode, stdout, stderr, outputs } = await runLogin(laboratory, { environment })
  // Nothing on stderr: not Node's warning about the library's Buffer either.
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(targets().sort()).toEqual([
    'dbc-1a2b3c4d-5e6f.cloud.databricks.com:443 200',
    'dbc-1a2b3c4d-5e6f.cloud.databricks.com:443 200',
    'pipelines.actions.githubusercontent.com:443 200',
  ])
  expect(['ID token', 'metadata', 'exchange'].map((leg) => laboratory.arrived(leg as 'metadata'))).toEqual([1, 1, 1])
  expect(laboratory.secrets()).toContain(outputs['token'])
  expect(leaksIn(stdout, laboratory.secrets())).toEqual([])
})

test('wrong credentials: 407, told without them', async () => {
  const url = new URL(laboratory.proxy.url)
  url.password = 'other-password'
  const { exitCode, stdout } = await runLogin(laboratory, { environment: { HTTPS_PROXY: url.href } })
  expect([exitCode, failureIn(stdout)?.[1]]).toEqual([1, 'PROXY_FAILED'])
  expect(failureIn(stdout)?.[2]).toContain(`the proxy ${url.host}, on the way to `)
  expect(failureIn(stdout)?.[2]).toContain('answered 407: it wants credentials')
  expect(stdout).not.toContain('other-password')
})

test('without the authority in NODE_EXTRA_CA_CERTS nothing is sent', async () => {
  const { exitCode, stdout } = await runLogin(laboratory, { environment: { NODE_EXTRA_CA_CERTS: undefined } })
  expect([exitCode, failureIn(stdout)?.[1]]).toEqual([1, 'TLS_FAILED'])
  expect(laboratory.workspace.requests.length + laboratory.runner.requests.length).toBe(0)
})

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused before any connection', async () => {
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const { exitCode, stdout } = await runLogin(laboratory, { environment })
  expect([exitCode, failureIn(stdout)?.[1]]).toEqual([1, 'TLS_CHECK_DISABLED'])
  expect(laboratory.proxy.connects).toEqual([])
})

// Where a variable has one name in any case it is found under the first that is looked for.
const shownName = process.platform === 'win32' ? 'https_proxy' : 'HTTPS_PROXY'

test.each([
  ['no scheme', (port: number) => `localhost:${port}`],
  ['a bare % in the password', (port: number) => `http://octo:hunter%2@127.0.0.1:${port}`],
  ['not a URL', () => 'http://octo:hunter2@'],
  ['another protocol', (port: number) => `socks5://octo:hunter2@127.0.0.1:${port}`],
])('a proxy with %s is an error: the request would go past it', async (_name, proxy) => {
  const environment = { HTTPS_PROXY: proxy(laboratory.proxy.port) }
  const { exitCode, stdout, stderr } = await runLogin(laboratory, { environment })
  expect([exitCode, failureIn(stdout)?.[1], stderr]).toEqual([1, 'PROXY_FAILED', ''])
  expect(failureIn(stdout)?.[2]).toContain(`${shownName} is not the URL of a proxy.`)
  expect(stdout).not.toContain('hunter')
})

// 0.0.0.0 is this machine, but no loopback address to the library: so NO_PROXY can be seen at work.
test.each([
  ['0.0.0.0', false],
  ['other.example, 0.0.0.0', false],
  ['*', false],
  ['other.example', true],
])('NO_PROXY=%s', async (bypass, isProxied) => {
  const authority = await createAuthority()
  const server = await serve(() => ({ status: 403, json: {} }), { tls: await authority.issue('0.0.0.0') })
  const { exitCode, stdout } = await runLogin(laboratory, {
    environment: { NO_PROXY: bypass },
    inputs: {
      host: `https://0.0.0.0:${server.port}`,
      allow_unknown_host: 'true',
      audience: 'an-audience',
      subject_token: await laboratory.runner.issuer.sign({ sub: 'me', aud: 'an-audience' }),
    },
  })
  await server.close()
  expect(exitCode).toBe(1)
  expect(laboratory.proxy.connects.length > 0).toBe(isProxied)
  // Direct, the certificate of another authority is met; through the proxy, which knows no such name, a 502.
  expect(failureIn(stdout)?.[1]).toBe(isProxied ? 'PROXY_FAILED' : 'TLS_FAILED')
})
