import { expect } from 'vitest'
import { bring, differentLines, expectTwoRenewals, loggedIn, python, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

prove('sqlalchemy-exec', async (test) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'again.py', 'alchemy.py')
  const step = await stepOf(world.job, `databricks-token exec -- ${python} alchemy.py ${TWO_ENDS}`, 220)
  expect(differentLines(step)).toEqual([applicationId])
  expectTwoRenewals(world.production)
})
