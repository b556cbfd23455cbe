import type { Reporter, TestModule } from 'vitest/node'

const countState = (modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): number =>
  modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)

/** Ends a run with one line that a script can add up: `N passed, N failed, N skipped`. */
export const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length
    const failed = countState(modules, 'failed') + brokenFiles + unhandledErrors.length
    console.log(`${countState(modules, 'passed')} passed, ${failed} failed, ${countState(modules, 'skipped')} skipped`)
  },
}
