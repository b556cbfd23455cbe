import { spawnSync } from 'node:child_process'

const runs = (program: string): boolean => spawnSync(program, ['-NoProfile', '-Command', 'exit 0']).status === 0

/** PowerShell 7: what `PWSH` names, or `pwsh` on `PATH`; undefined where there is none. */
export const powerShell = [process.env['PWSH'], 'pwsh'].find((program) => program !== undefined && runs(program))
