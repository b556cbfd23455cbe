import { expect } from 'vitest'
import { differentLines, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

prove('go-sql-external', async (test) => {
  const { job, production } = await loggedIn(test, { tokenSeconds: SHORT })
  const step = await stepOf(job, `${placeOf('go-sql', 'query')} ${TWO_ENDS}`, 220)
  expect(differentLines(step)).toEqual([applicationId])
  // The command renews a token that has less than a minute left, which is soon with tokens as short as these.
  expectTwoRenewals(production, 0)
})
