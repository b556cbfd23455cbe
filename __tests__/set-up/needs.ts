import { beforeEach } from 'vitest'
import { lackingHere } from './world.ts'

/** Leaves all tests of a file out, with the reason, where the machine lacks what the set-up runs. */
export function needsSetUp(): void {
  beforeEach((context) => {
    const reason = lackingHere()
    if (reason !== undefined) context.skip(`the set-up: ${reason}`)
  })
}
