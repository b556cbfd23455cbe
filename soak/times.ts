/** How long the workspace is asked, once a second. */
export const SECONDS = 300
/** Refused by the workspace in their last 30 seconds, so usable for a minute. */
export const TOKEN_SECONDS = 90
export const STEP_SECONDS = SECONDS + 200
export const LIMIT = { timeout: (STEP_SECONDS + 20) * 1000 }
