import { LoginError } from '../../src/errors.ts'

/** What a call throws, or rejects with; anything but a LoginError fails the test. */
export async function failureOf(call: () => unknown): Promise<LoginError> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof LoginError) return thrown
    throw thrown
  }
  throw new Error('The call did not fail.')
}

/** The code of the LoginError that a call throws, 'none' if it throws nothing. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof LoginError) return thrown.code
    throw thrown
  }
  return 'none'
}
