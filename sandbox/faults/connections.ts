import type { ServerResponse } from 'node:http'
import { type Fault, misbehaving } from './fault.ts'
import { legOf } from './leg.ts'

const refused: Fault = {
  name: 'connection refused',
  put(laboratory, leg, repetition) {
    const server = laboratory.servers[leg]
    if (leg === 'exchange') {
      // The host answers the request for metadata, and is gone by the time of the next.
      server.before = ({ url = '' }, response) => {
        if (legOf(url) === 'metadata') {
          response.setHeader('connection', 'close')
          server.shut()
        }
        return false
      }
    } else server.shut()
    if (repetition === 'for ever') return
    laboratory.onRetry = () => {
      laboratory.onRetry = undefined
      server.before = undefined
      server.open()
    }
  },
}

// A body of which more is to come.
const begin = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 4000 }).write('{"value": "ey')
}

const inChunks = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"value": "ey')
}

function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, ' ')
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.writeHead(200, { 'content-type': 'application/json' }).on('drain', more)
  more()
}

const stalls = { timeoutSeconds: 2 }

/** Faults of the connection, whatever the answer would have been. */
export const connectionFaults: readonly Fault[] = [
  refused,
  misbehaving('reset before the answer', ({ socket }) => socket?.resetAndDestroy()),
  misbehaving('reset during the answer', (response) => {
    begin(response)
    setImmediate(() => response.socket?.resetAndDestroy())
  }),
  misbehaving('closed without an answer', ({ socket }) => socket?.end()),
  misbehaving('truncated', (response) => {
    begin(response)
    response.socket?.end()
  }),
  misbehaving('truncated between chunks', (response) => {
    inChunks(response)
    response.socket?.end()
  }),
  misbehaving('headers never come', (_response, { stall }) => stall(), stalls),
  misbehaving(
    'body stalls',
    (response, { stall }) => {
      begin(response)
      stall()
    },
    stalls,
  ),
  misbehaving('body without end', pour),
  misbehaving(
    'protocol switched (101)',
    ({ socket }, { stall }) => {
      socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n')
      stall()
    },
    stalls,
  ),
  misbehaving('not HTTP', ({ socket }) => {
    socket?.end('SSH-2.0-OpenSSH_9.6\r\n')
  }),
]
