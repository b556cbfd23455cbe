/** Handles: how TCLIService names sessions and operations. */
import { randomBytes, randomUUID } from 'node:crypto'
import types from '@databricks/sql/thrift/TCLIService_types.js'

export const OK = new types.TStatus({ statusCode: types.TStatusCode.SUCCESS_STATUS })

/** For a handle that is not there, or that belongs to someone else: a client is not told which. */
export const UNKNOWN_HANDLE = new types.TStatus({
  statusCode: types.TStatusCode.INVALID_HANDLE_STATUS,
  errorMessage: 'Invalid SessionHandle or OperationHandle',
  sqlState: 'HY000',
})

/** A new handle. Its guid is a version-4 UUID: the JavaScript driver checks the version bits. */
export function newHandle(): types.THandleIdentifier {
  const guid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
  return new types.THandleIdentifier({ guid, secret: randomBytes(16) })
}

/** Guid and secret in one, as a key. */
export function keyOf(handle: types.THandleIdentifier): string {
  return Buffer.concat([handle.guid, handle.secret]).toString('hex')
}
