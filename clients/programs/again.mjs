import { setTimeout as pause } from 'node:timers/promises'

/**
 * Prints an answer a second apart, for as many seconds as it is told to. What `ask` throws ends the program; with GO_ON
 * it is printed like an answer.
 */
export async function again(ask, seconds) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      console.log(await ask())
    } catch (error) {
      if (process.env.GO_ON === undefined) throw error
      console.log('failed:', error.message)
    }
    if (Date.now() >= end) break
    await pause(1000)
  }
}
