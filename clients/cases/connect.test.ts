import { expect } from 'vitest'
import { bring, differentLines, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { addSparkConnect } from '../spark-connect.ts'
import { applicationId } from '../world.ts'

// Variables that gRPC reads in place of those that the SDK for Python does.
const grpc = 'https_proxy="$HTTPS_PROXY" GRPC_DEFAULT_SSL_ROOTS_FILE_PATH="$SSL_CERT_FILE"'

prove('connect-exec', async (test) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  await addSparkConnect(test, world)
  bring(world, 'again.py', 'connect.py')
  const program = `${placeOf('connect', 'python')} connect.py ${TWO_ENDS}`
  const step = await stepOf(world.job, `${grpc} databricks-token exec -- ${program}`, 240)
  expect(differentLines(step)).toEqual([applicationId])
  expectTwoRenewals(world.production)
})
