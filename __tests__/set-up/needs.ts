import { beforeEach, type TestContext } from 'vitest'
import { lackingHere, type SetUpShell } from './world.ts'

const reason = lackingHere()

/** Leaves all tests of a file out, with the reason, where the machine lacks what the set-up runs. */
export function needsSetUp(): void {
  beforeEach((context) => {
    if (reason !== undefined) context.skip(`the set-up: ${reason}`)
  })
}

/** Leaves a test out where the machine has not this shell. */
export function needsShell(context: TestContext, { name, path }: SetUpShell): void {
  if (path === '') context.skip(`${name}: it is not on this machine`)
}
