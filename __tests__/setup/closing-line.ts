import type { Reporter, TestModule } from 'vitest/node'

const countState = (modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): number =>
  modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)

// Why tests were left out, and how many: what needsHere says, as far as it says something.
function reasonsIn(modules: readonly TestModule[]): string[] {
  const counts = new Map<string, number>()
  for (const test of modules.flatMap((module) => [...module.children.allTests('skipped')])) {
    const { note } = test.result() as { note?: string }
    if (note !== undefined) counts.set(note, (counts.get(note) ?? 0) + 1)
  }
  return [...counts].map(([note, count]) => `Left out: ${count} that need ${note}.`)
}

/** Ends a run with one line that a script can add up: `N passed, N failed, N skipped`. */
export const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length
    const failed = countState(modules, 'failed') + brokenFiles + unhandledErrors.length
    for (const line of reasonsIn(modules)) console.log(line)
    console.log(`${countState(modules, 'passed')} passed, ${failed} failed, ${countState(modules, 'skipped')} skipped`)
  },
}
