/** What the official drivers don't show: other people's sessions, messages that are none, rows in pieces, waiting. */
import { Client } from '@databricks/sql/thrift/TCLIService.js'
import types from '@databricks/sql/thrift/TCLIService_types.js'
import Int64 from 'node-int64'
import thrift from 'thrift'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { openWarehouse, type Warehouse } from './warehouse.ts'

/** One call through the client half of the definition that the server half answers. */
async function call<T>(warehouse: Warehouse, principal: string, name: string, request: object): Promise<T> {
  const sent = await new Promise<Buffer>((resolve) => {
    const output = new thrift.TBufferedTransport(undefined, (message) => resolve(message ?? Buffer.alloc(0)))
    const client = new Client(output, thrift.TBinaryProtocol)
    Reflect.get(client, `send_${name}`).call(client, request)
  })
  const answer = await warehouse.answer(sent, principal)
  return new Promise<T>((resolve, reject) => {
    thrift.TBufferedTransport.receiver((input) => {
      const protocol = new thrift.TBinaryProtocol(input)
      const client = new Client(input, thrift.TBinaryProtocol)
      const { mtype, rseqid } = protocol.readMessageBegin()
      const reactions: Record<number, unknown> = Reflect.get(client, '_reqs')
      reactions[rseqid] = (error: Error | null, response: T) => (error ? reject(error) : resolve(response))
      Reflect.get(client, `recv_${name}`).call(client, protocol, mtype, rseqid)
    }, 0)(answer)
  })
}

const open = (clock: { now: number } = { now: 0 }) => openWarehouse({ run: openDatabase().run, now: () => clock.now })

const sessionOf = async (warehouse: Warehouse, principal: string) =>
  (await call<types.TOpenSessionResp>(warehouse, principal, 'OpenSession', new types.TOpenSessionReq({})))
    .sessionHandle as types.TSessionHandle

const execute = (
  warehouse: Warehouse,
  principal: string,
  sessionHandle: types.TSessionHandle,
  statement: string,
  parameters: types.TSparkParameter[] = [],
) =>
  call<types.TExecuteStatementResp>(
    warehouse,
    principal,
    'ExecuteStatement',
    new types.TExecuteStatementReq({
      sessionHandle,
      statement,
      parameters,
      getDirectResults: new types.TSparkGetDirectResults({
        maxRows: new Int64(2),
        maxBytes: new Int64(1000),
      }),
    }),
  )

describe('a warehouse', () => {
  it('keeps a session to the principal that opened it', async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    const stranger = await execute(warehouse, 'eve', session, 'select 1')
    expect(stranger.status.statusCode).toBe(types.TStatusCode.INVALID_HANDLE_STATUS)
    const owner = await execute(warehouse, 'ada', session, 'select current_user() as me')
    expect(owner.directResults?.resultSet?.results?.columns?.[0]?.stringVal?.values).toEqual(['ada'])
  })

  it("keeps a statement's rows to the principal that ran it", async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    const rows = 'select 1 as a union all select 2 union all select null'
    const { operationHandle, directResults } = await execute(warehouse, 'ada', session, rows)
    expect(directResults?.resultSet?.hasMoreRows).toBe(true)
    const fetch = (principal: string) =>
      call<types.TFetchResultsResp>(
        warehouse,
        principal,
        'FetchResults',
        new types.TFetchResultsReq({
          operationHandle: operationHandle as types.TOperationHandle,
          orientation: types.TFetchOrientation.FETCH_NEXT,
          maxRows: new Int64(10),
        }),
      )
    expect((await fetch('eve')).status.statusCode).toBe(types.TStatusCode.INVALID_HANDLE_STATUS)
    const rest = await fetch('ada')
    expect(rest.hasMoreRows).toBe(false)
    expect(rest.results?.columns?.[0]?.i32Val?.nulls).toEqual(Buffer.from([1]))
  })

  it('runs a statement for as long as it asks', async () => {
    const clock = { now: 0 }
    const warehouse = open(clock)
    const session = await sessionOf(warehouse, 'ada')
    const sleeper = "select java_method('java.lang.Thread', 'sleep', cast(5 as bigint))"
    const { directResults, operationHandle } = await execute(warehouse, 'ada', session, sleeper)
    expect(directResults?.operationStatus?.operationState).toBe(types.TOperationState.RUNNING_STATE)
    const status = () =>
      call<types.TGetOperationStatusResp>(
        warehouse,
        'ada',
        'GetOperationStatus',
        new types.TGetOperationStatusReq({ operationHandle: operationHandle as types.TOperationHandle }),
      )
    expect((await status()).operationState).toBe(types.TOperationState.RUNNING_STATE)
    clock.now = 5
    expect((await status()).operationState).toBe(types.TOperationState.FINISHED_STATE)
  })

  it('refuses a statement in Databricks words, and undoes what it began', async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    await execute(warehouse, 'ada', session, 'create table t as select 1 as a')
    const failed = await execute(warehouse, 'ada', session, 'create or replace table t as select * from main.x.u')
    expect(failed.directResults?.operationStatus?.errorMessage).toContain('[TABLE_OR_VIEW_NOT_FOUND]')
    const kept = await execute(warehouse, 'ada', session, 'select a from t')
    expect(kept.directResults?.resultSet?.results?.columns?.[0]?.i32Val?.values).toEqual([1])
  })

  it('shows the tables of a schema whose names fit a pattern', async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    for (const name of ['orders', 'order_lines', 'people']) {
      await execute(warehouse, 'ada', session, `create table ${name} as select 1 as a`)
    }
    const namesIn = async (statement: string) => {
      const { directResults } = await execute(warehouse, 'ada', session, statement)
      expect(directResults?.operationStatus?.errorMessage).toBeFalsy()
      return directResults?.resultSet?.results?.columns?.[1]?.stringVal?.values
    }
    expect(await namesIn("SHOW TABLES IN `main`.`default` LIKE 'ORDER_*'")).toEqual(['order_lines'])
    expect(await namesIn("show tables from default 'people|orders'")).toEqual(['orders', 'people'])
    expect(await namesIn("show tables in main.default like 'order'")).toEqual([])
  })

  it('knows the schema of a session by either name', async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    await execute(warehouse, 'ada', session, 'use schema analytics')
    const { directResults } = await execute(
      warehouse,
      'ada',
      session,
      'select CURRENT_DATABASE() a, current_schema() b',
    )
    const columns = directResults?.resultSet?.results?.columns
    expect(columns?.map(({ stringVal }) => stringVal?.values)).toEqual([['analytics'], ['analytics']])
  })

  it('puts parameters where a statement names them, and never as SQL', async () => {
    const warehouse = open()
    const session = await sessionOf(warehouse, 'ada')
    const parameter = (name: string, type: string, stringValue: string) =>
      new types.TSparkParameter({ name, type, value: new types.TSparkParameterValue({ stringValue }) })
    const parameters = [parameter('a_1', 'INT', '7'), parameter('b', 'STRING', "it's")]
    const query = "select :`a_1` as n, :b as text, ':b' as kept"
    const { directResults } = await execute(warehouse, 'ada', session, query, parameters)
    const [n, text, kept] = directResults?.resultSet?.results?.columns ?? []
    expect(n?.i32Val?.values).toEqual([7])
    expect([text?.stringVal?.values, kept?.stringVal?.values]).toEqual([["it's"], [':b']])
  })

  it('refuses bytes that are no message, and calls it lacks', async () => {
    const warehouse = open()
    await expect(warehouse.answer(Buffer.from('GET / HTTP/1.1'), 'ada')).rejects.toThrow()
    await expect(warehouse.answer(Buffer.alloc(0), 'ada')).rejects.toThrow()
    const sessionHandle = await sessionOf(warehouse, 'ada')
    const unknown = call(warehouse, 'ada', 'GetTypeInfo', new types.TGetTypeInfoReq({ sessionHandle }))
    await expect(unknown).rejects.toThrow('no GetTypeInfo')
  })
})
