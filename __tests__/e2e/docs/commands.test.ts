import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandsIn, runWithStandIns } from '../../docs/called.ts'
import { blocksOf, pages, recipePages } from '../../docs/markdown.ts'

// Of the README, readme.test.ts runs the set-up as one script, and .ci/run its last two commands; recipes.test.ts runs
// the policies of the recipes.
const elsewhere = ['README.md', ...recipePages]
const blocks = pages
  .filter((page) => !elsewhere.includes(page))
  .flatMap(blocksOf)
  .filter(({ language, notRun }) => language === 'sh' && notRun === undefined)
  .map((block) => ({ ...block, at: `${block.page}:${block.line}` }))

const hasTools = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe.runIf(hasTools && process.platform !== 'win32')('as their command lines document them', () => {
  test.each(blocks)('the commands at $at', async ({ text }) => {
    const called = await runWithStandIns(text, { SERVICE_PRINCIPAL_ID: '7300000000001' })
    expect(called.map(({ program }) => program)).toEqual(commandsIn(text))
  })

  test.each([
    [
      'databricks account service-principal-federation-policy create 1 --json \'{"issuer": "https://x"}\'',
      'oidc_policy',
    ],
    ["databricks warehouses set-permissions 1 --json '{}'", 'unknown command'],
    ['databricks account service-principals create --name x', 'unknown flag --name'],
    ['databricks tokens list --profile workspace', 'no login has made the profile'],
    [
      'databricks account workspace-assignment update 1 UUID --json \'{"permissions": []}\'',
      'arguments[1] is no number',
    ],
    ['gh api --method POST repos/a/b/environments/prod', 'no route'],
    ['gh api --method PUT repos/a/b/environments/prod -F wait=1', 'body.wait is unknown'],
    ['gh variable set NAME --environment prod', 'unknown flag'],
  ])('%s is refused', async (command, why) => {
    await expect(runWithStandIns(command)).rejects.toThrow(why)
  })
})
