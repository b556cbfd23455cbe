import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

/** A proxy that says something at once, whatever it is asked, and keeps all that it hears. */
async function proxySaying(answer: string | Buffer) {
  const heard: Buffer[] = []
  const server = createServer((socket) => {
    let isFirst = true
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      heard.push(bytes)
      if (isFirst && answer.length === 0) socket.destroy()
      else if (isFirst) socket.write(answer)
      else socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))
      isFirst = false
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  later({ close: async () => void server.close() })
  return { heard: () => Buffer.concat(heard).toString('latin1'), port: (server.address() as AddressInfo).port }
}

const page = 'HTTP/1.1 200 OK\r\n'

test.each([
  ['nothing', ''],
  ['an answer to another request', `${page}\r\nHTTP/1.1 200 OK\r\n\r\n{"access_token":"x"}`],
  ['a page with a length', `${page}Content-Length: 2\r\n\r\n{}`],
  ['a page in chunks', `${page}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n'],
  ['407 with a command', 'HTTP/1.1 407 ::error::x\r\nProxy-Authenticate: Basic realm="::error::x"\r\n\r\n'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
  ['a thousand times 100', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)],
  ['a status that is none', 'HTTP/1.1 999 x\r\n\r\n'],
  ['an endless header', `${page}X: ${'x'.repeat(100_000)}\r\n\r\n`],
  ['HTTP/2', Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])],
  ['SOCKS', Buffer.from([5, 0])],
  ['a tunnel that is none', `${page}\r\n`],
])('a proxy that says %s gets no token, and is told of as one', async (_name, answer) => {
  const { heard, port } = await proxySaying(answer)
  vi.stubEnv('https_proxy', `http://octo:proxy-password-4711@127.0.0.1:${port}`)
  vi.stubEnv('no_proxy', '')
  const url = new URL('https://ws.cloud.databricks.com/oidc/v1/token')
  const send = connect({ timeoutSeconds: 2 })
  const { code, message } = await failureOf(() =>
    send(() => ({ purpose: 'Request', method: 'POST', url, body: 'subject_token=eyJ-secret' })),
  )
  expect(['PROXY_FAILED', 'TLS_FAILED', 'TIMED_OUT']).toContain(code)
  expect(message).not.toMatch(/::error|evil|password|\n/)
  expect(heard()).toContain('CONNECT ws.cloud.databricks.com:443 HTTP/1.1\r\n')
  expect(heard()).not.toMatch(/subject_token|POST|oidc/)
})
