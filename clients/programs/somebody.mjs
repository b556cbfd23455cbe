// The main file of an action: asks as sdk.mjs does, for as long as its input says.
process.argv[2] = process.env.INPUT_SECONDS
await import('./sdk.mjs')
