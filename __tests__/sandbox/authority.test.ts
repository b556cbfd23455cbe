import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { serve } from '../../sandbox/http-server.ts'
import { cleanUp, later } from './support.ts'

afterEach(cleanUp)

test('a certificate names what it was asked for, and holds what strict clients want', async () => {
  const authority = await createAuthority()
  const { cert, key } = await authority.issue('adb-1.2.azuredatabricks.net', '127.0.0.1')
  const [root, issued] = [new X509Certificate(authority.certificate), new X509Certificate(cert)]

  expect(root.ca).toBe(true)
  expect(issued.ca).toBe(false)
  expect(issued.checkIssued(root) && issued.verify(root.publicKey)).toBe(true)
  expect(issued.checkHost('adb-1.2.azuredatabricks.net')).toBe('adb-1.2.azuredatabricks.net')
  expect(issued.checkHost('adb-3.4.azuredatabricks.net')).toBeUndefined()
  expect(issued.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(issued.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/)
})

function handshake(port: number, servername: string, ca: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca })
    const end = (outcome: string) => {
      socket.destroy()
      resolve(outcome)
    }
    socket.once('secureConnect', () => end('trusted'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? String(error)))
  })
}

test('a server is trusted under its name, by those who know the authority', async () => {
  const authority = await createAuthority()
  const stranger = await createAuthority()
  const tls = await authority.issue('one.example')
  const { port } = later(await serve(() => ({ status: 200 }), { tls }))

  expect(await handshake(port, 'one.example', authority.certificate)).toBe('trusted')
  expect(await handshake(port, 'two.example', authority.certificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(await handshake(port, 'one.example', stranger.certificate)).not.toBe('trusted')
})
