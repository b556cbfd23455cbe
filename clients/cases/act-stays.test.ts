import { expect, type TestContext } from 'vitest'
import { composite, type More, programs, run } from '../act/workflows.ts'
import { expectTwoRenewals, SHORT, warehouseOf } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

const programsOfBoth = programs('again.mjs', 'sdk.mjs', 'somebody.mjs')
const inFolder = Object.fromEntries(
  Object.entries(programsOfBoth).map(([name, text]) => [`.github/actions/somebody/${name}`, text]),
)

const withoutPrefix = async (test: TestContext) => {
  const both: More = ({ production }) => ({
    files: { ...programsOfBoth, ...inFolder, ...composite('composite-without-prefix'), ...composite('somebody') },
    environment: { ...warehouseOf(production), MODULES: placeOf('npm', 'index.js') },
    timeoutSeconds: 250,
  })
  const options = { tokenSeconds: SHORT, onLoopback: true }
  const { exitCode, log, printed, leftInTemp, world } = await run(test, 'stays', both, options)
  expect(exitCode, log).toBe(0)
  const me = `metadata-service ${applicationId} [["1"]]`
  expect(printed).toContain(`composite ${me}\n`)
  expect(printed.split('\n').filter((line) => line === me).length).toBeGreaterThan(30)
  expect(printed).toMatch(/printed by mistake: \*\*\*, \S+\/[0-9a-f]{32}\*\*\*\/token/)
  expect(log).not.toMatch(/[0-9a-f]{64}/)
  expect(leftInTemp).toEqual([])
  expectTwoRenewals(world.production)
}

prove('act-stays', withoutPrefix, { parts: ['npm'] })
