import { ActionError } from '../../src/errors.ts'

/** What a call throws, or rejects with; anything but an ActionError fails the test. */
export async function failureOf(call: () => unknown): Promise<ActionError> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof ActionError) return thrown
    throw thrown
  }
  throw new Error('The call did not fail.')
}

/** The code of the ActionError that a call throws, 'none' if it throws nothing. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof ActionError) return thrown.code
    throw thrown
  }
  return 'none'
}
