import { ActionError } from '../errors.ts'

/**
 * Refuses to send tokens over connections whose certificates nobody checks.
 *
 * @throws ActionError TLS_CHECK_DISABLED
 */
export function refuseDisabledTlsCheck({ NODE_TLS_REJECT_UNAUTHORIZED: setting }: NodeJS.ProcessEnv): void {
  if (setting === '0') throw new ActionError('TLS_CHECK_DISABLED', 'NODE_TLS_REJECT_UNAUTHORIZED=0 is set.')
}
