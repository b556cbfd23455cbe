import type { Reporter, Vitest } from 'vitest/node'

/** Measured on two cores, with nothing beside it. */
const DURATIONS: Readonly<Record<string, string>> = {
  fast: 'twenty seconds',
  e2e: 'a minute and a quarter',
}

const toldOf = ({ projects }: Vitest): string => projects.map(({ name }) => `${DURATIONS[name]} (${name})`).join(', ')

/** Begins a run with how long it will take. */
export const announcing: Reporter = {
  onInit(vitest) {
    console.log(`On two cores this takes about: ${toldOf(vitest)}.`)
  },
}
