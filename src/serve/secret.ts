import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const HALF_BYTES = 16

interface ServiceSecret {
  secret: string
  /** The half that is to be masked. */
  half: string
}

/**
 * A new secret in hex: two halves of 128 random bits. Only the second half is masked. If the runner misses the mask line and
 * prints it, half of the secret is still unknown; if the program prints the secret, only its first half is in the log.
 */
export function createServiceSecret(): ServiceSecret {
  const half = randomBytes(HALF_BYTES).toString('hex')
  return { secret: randomBytes(HALF_BYTES).toString('hex') + half, half }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a text is the secret, in a time that tells nothing of it. */
export const equalsSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret))
