import { ActionError } from '../errors.ts'
import { type Host, namesHost } from '../host.ts'

/**
 * Refuses to overwrite a login that the environment already holds: another auth type, another workspace, or a token
 * of unknown make. A login of this action to the same host is renewed.
 *
 * @param login the host of this login
 * @throws ActionError EXISTING_LOGIN
 */
export function refuseExistingLogin(environment: NodeJS.ProcessEnv, login: Host): void {
  const { DATABRICKS_AUTH_TYPE: authType = '', DATABRICKS_HOST: host = '', DATABRICKS_TOKEN: token = '' } = environment
  const refuse = (found: string) =>
    new ActionError('EXISTING_LOGIN', `${found}, and this step would overwrite it for all later steps.`)
  if (authType !== '' && authType !== 'pat') {
    throw refuse('The job already has a DATABRICKS_AUTH_TYPE other than pat')
  }
  if (host !== '' && !namesHost(host, login)) throw refuse('The job already has a DATABRICKS_HOST of another workspace')
  if (token !== '' && authType === '')
    throw refuse('The job already has a DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat')
}
