// Works until it is interrupted, then cleans up, which takes a moment.
// clean-up.mjs FILE
import { writeFileSync } from 'node:fs'

process.on('SIGINT', () => {
  setTimeout(() => {
    console.log('cleaned up')
    process.exit(9)
  }, 500)
})
setTimeout(() => process.exit(3), 10_000)
writeFileSync(process.argv[2], '')
