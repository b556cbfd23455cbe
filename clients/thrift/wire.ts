/** One Thrift message in, one out: TCLIService in the binary protocol, as SQL warehouses speak it over HTTP. */
import { Processor } from '@databricks/sql/thrift/TCLIService.js'
import thrift from 'thrift'

/** The calls of TCLIService by name. Each takes the decoded request and returns the response, or throws. */
export type Calls = Record<string, (request: never) => unknown>

/**
 * Decodes the call in `body`, hands it to the function of its name, and encodes what that returns.
 * A function that throws becomes a `TApplicationException`, as Thrift has it.
 * Rejects when `body` is not a whole TCLIService message, or names a call that `calls` doesn't have.
 */
export async function answerThrift(body: Buffer, calls: Calls): Promise<Buffer> {
  const name = reader(body).readMessageBegin().fname
  if (!Object.hasOwn(calls, name)) throw new Error(`this warehouse has no ${name}`)
  return new Promise((resolve, reject) => {
    const output = new thrift.TBufferedTransport(undefined, (message) => {
      if (message === undefined) reject(new Error(`Thrift wrote no answer to ${name}`))
      else resolve(message)
    })
    new Processor(calls).process(reader(body), new thrift.TBinaryProtocol(output))
  })
}

function reader(body: Buffer): thrift.TBinaryProtocol {
  const input = new thrift.TBufferedTransport()
  // The library fills a transport only through its receiver, which hands back the transport it made.
  let filled = input
  thrift.TBufferedTransport.receiver((transport) => {
    filled = transport
  }, 0)(body)
  return new thrift.TBinaryProtocol(filled)
}
