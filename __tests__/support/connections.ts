import { type ConnectionOptions, openConnections } from '../../src/http/connections.ts'
import type { Send } from '../../src/http/request.ts'
import { later } from '../sandbox/support.ts'

/** Connections as a login has them, without waits between retries; `cleanUp` closes them. */
export function connect(options: Partial<ConnectionOptions> = {}): Send {
  const { send, close } = openConnections({
    userAgent: 'test',
    timeoutSeconds: 20,
    random: () => 0,
    info: () => undefined,
    debug: () => undefined,
    ...options,
  })
  later({ close: async () => close() })
  return send
}
