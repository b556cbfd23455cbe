import { type ConnectionOptions, type Connections, openConnections } from './connections.ts'
import type { Send } from './request.ts'

/** A connection that outlives its requests, for as long as somebody asks. */
export interface KeptConnection extends Connections {
  /** Sends a request over a new connection, which takes the place of the one that was kept. */
  sendFresh: Send
}

/**
 * Keeps one connection an origin, whatever time that takes; `timeoutSeconds` is for each request with its retries. A
 * request that must not be sent twice is sent fresh: the server may be closing the kept connection at that moment.
 */
export function keepConnection(options: ConnectionOptions): KeptConnection {
  const { timeoutSeconds, attemptSeconds = 10 } = options
  const open = () => openConnections({ ...options, timeoutSeconds: Number.POSITIVE_INFINITY, attemptSeconds })
  let kept = open()
  const send: Send = (make, withinSeconds = timeoutSeconds) => kept.send(make, withinSeconds)
  const sendFresh: Send = (make, withinSeconds) => {
    kept.close()
    kept = open()
    return send(make, withinSeconds)
  }
  return { send, sendFresh, close: () => kept.close() }
}
