import { vi } from 'vitest'
import { attempt } from '../../src/http/attempt.ts'
import { type Client, openClient as openOne } from '../../src/http/client.ts'
import type { HttpRequest } from '../../src/http/request.ts'
import { later } from '../sandbox/support.ts'

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']

/** Takes every variable that names a proxy out of the environment; `vi.unstubAllEnvs` gives them back. */
export function withoutProxy(): void {
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
}

/** A client as connections have it; `cleanUp` closes it. */
export function openClient(): Client {
  const client = openOne('test')
  later({ close: async () => client.close() })
  return client
}

interface Steering {
  client?: Client
  signal?: AbortSignal
  sending?: () => void
}

/** One attempt at a GET of an address; by a client of its own, unless one is given. */
export function once(address: string, more: Partial<HttpRequest> = {}, steering: Steering = {}) {
  const { client = openClient(), signal = new AbortController().signal, sending = () => undefined } = steering
  return attempt(client, { purpose: 'Request', method: 'GET', url: new URL(address), ...more }, { signal, sending })
}
