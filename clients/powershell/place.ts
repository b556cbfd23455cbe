import { spawnSync } from 'node:child_process'

const runs = (program: string): boolean => spawnSync(program, ['-NoProfile', '-Command', 'exit 0']).status === 0

/** PowerShell 7: what `PWSH` names, or `pwsh` on `PATH`; undefined where there is none. */
export const powerShell = [process.env['PWSH'], 'pwsh'].find((program) => program !== undefined && runs(program))

/** Why nothing is run here; undefined where it is. */
export const whyNot = (): string | undefined => {
  if (process.platform === 'win32') return 'On Windows PowerShell is a part of npm run test:windows.'
  return powerShell === undefined ? 'There is no pwsh on PATH, and PWSH names none.' : undefined
}
