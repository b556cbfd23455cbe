import { expect } from 'vitest'
import { differentLines, expectTwoRenewals, loggedIn, SHORT, stayingJob, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

const program = placeOf('go-sdk', 'login')

prove('go-sdk-environment', async (test) => {
  const { job } = await loggedIn(test)
  expect((await stepOf(job, program)).stdout).toBe(`pat ${applicationId} [[1]]\n`)
})

prove('go-sdk-exec', async (test) => {
  const { job, production } = await loggedIn(test, { tokenSeconds: SHORT })
  const step = await stepOf(job, `databricks-token exec -- ${program} ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([`metadata-service ${applicationId} [[1]]`])
  expectTwoRenewals(production)
})

prove('go-sdk-stays', async (test) => {
  const { job, production } = await stayingJob(test)
  const step = await stepOf(job, `${program} ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([`metadata-service ${applicationId} [[1]]`])
  expectTwoRenewals(production)
})
