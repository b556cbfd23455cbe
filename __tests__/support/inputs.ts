import { vi } from 'vitest'
import { type Inputs, readInputs } from '../../src/runner/inputs.ts'

/** Reads inputs as the runner hands them over, `INPUT_<NAME>`; `vi.unstubAllEnvs` takes them away again. */
export function readWith(
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Inputs & { masked: string[]; told: string[] } {
  vi.unstubAllEnvs()
  for (const [name, value] of Object.entries(inputs)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value)
  const masked: string[] = []
  const told: string[] = []
  const effects = {
    mask: (secret: string) => masked.push(secret),
    info: (line: string) => told.push(line),
  }
  return { ...readInputs(environment, effects), masked, told }
}
