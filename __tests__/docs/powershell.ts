import { parse } from 'yaml'
import { blocksOf, pages } from './markdown.ts'
import { type Step, stepsIn } from './workflow.ts'

const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === 'yaml')

/** The steps with `shell: pwsh` that the pages show. */
export const powerShellSteps: readonly (Step & { readonly at: string })[] = blocks
  .flatMap(({ page, line, text }) => stepsIn(parse(text)).map((step) => ({ ...step, at: `${page}:${line}` })))
  .filter(({ shell }) => shell === 'pwsh')

const shellOf = (document: { defaults?: { run?: { shell?: string } } } | null) => document?.defaults?.run?.shell

/** The shells for a whole job in PowerShell that the pages show. */
export const powerShellJobShells: readonly (string | undefined)[] = blocks
  .map(({ text }) => shellOf(parse(text)))
  .filter((shell) => shell?.includes('pwsh'))
