import { powerShell } from './place.ts'

/** Called by Vitest before the first test. */
export function setup(): void {
  if (powerShell === undefined) console.log('Nothing is run: there is no pwsh on PATH, and PWSH names none.')
}
