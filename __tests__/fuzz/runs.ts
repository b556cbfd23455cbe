const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000)
const MS_PER_RUN = 20

/** How often a property is run: a share of FUZZ_RUNS, which is 1,000 by default, and 10,000 every night (`npm run fuzz -- --runs`). */
export const runs = (share = 1): { numRuns: number } => ({ numRuns: Math.ceil(RUNS * share) })

/** Time for a property, in milliseconds; far more than it needs. */
export const timeFor = (share = 1): number => 60_000 + RUNS * share * MS_PER_RUN
