import { whyNot } from './place.ts'

/** Called by Vitest before the first test. */
export function setup(): void {
  const reason = whyNot()
  if (reason !== undefined) console.log(`Nothing is run. ${reason}`)
}
