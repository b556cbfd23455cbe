import { ActionError } from '../errors.ts'
import { type Host, namesHost } from '../host.ts'

/** How a login stands to what the environment of the job already holds. */
export type Standing =
  /** It takes the place of whatever of this action's own is there. */
  | 'alone'
  /** The SDKs in the job log in by themselves, as the same principal, and go on to. */
  | 'beside-github-oidc'
  /** An earlier login of this action keeps the job logged in as the same principal, and goes on to. */
  | 'beside-staying'

/** What a login of this step asks for. */
export interface AskedLogin {
  host: Host
  clientId?: string | undefined
  groupId?: string | undefined
  scope: string
  subjectToken?: string | undefined
  stayLoggedIn: boolean
}

/** An earlier login of this action, whose process serves the URL in the environment. */
export interface StayingLogin {
  origin: string
  clientId: string | undefined
  /** Empty for no group. */
  groupId: string
}

const overwritten = (found: string) =>
  new ActionError('EXISTING_LOGIN', `${found}, and this step would overwrite it for all later steps.`)

// The SDKs ask GitHub for ID tokens of their own, and log in with all rights of the principal.
function refuseBesideOfficial(environment: NodeJS.ProcessEnv, asked: AskedLogin): void {
  const { DATABRICKS_GROUP_ID: groupOfJob = '' } = environment
  const others: Record<string, boolean> = {
    'stay_logged_in: true': asked.stayLoggedIn,
    subject_token: asked.subjectToken !== undefined,
    group_id: asked.groupId !== undefined,
    DATABRICKS_GROUP_ID: groupOfJob !== '',
    [`scope: ${asked.scope}`]: asked.scope !== 'all-apis',
  }
  const [found] = Object.keys(others).filter((name) => others[name])
  if (found === undefined) return
  throw new ActionError(
    'INPUT_INVALID',
    `${found} does not go together with DATABRICKS_AUTH_TYPE=github-oidc: clients in later steps would log in by themselves, in another way or with other rights.`,
    { advice: `Take DATABRICKS_AUTH_TYPE out of the env: of the job or workflow, or ${found} out of this step.` },
  )
}

function standingBesideOfficial(environment: NodeJS.ProcessEnv, asked: AskedLogin): Standing {
  const { DATABRICKS_HOST: host = '', DATABRICKS_CLIENT_ID: clientId = '' } = environment
  if (host === '' || !namesHost(host, asked.host) || clientId === '' || clientId !== asked.clientId) {
    throw overwritten(
      'The job already has DATABRICKS_AUTH_TYPE=github-oidc, with another DATABRICKS_HOST or DATABRICKS_CLIENT_ID than this login, or with none',
    )
  }
  refuseBesideOfficial(environment, asked)
  return 'beside-github-oidc'
}

function standingBesideService(asked: AskedLogin, staying: StayingLogin | undefined): Standing {
  if (staying === undefined || staying.origin !== asked.host.origin) {
    throw overwritten('The job already has a metadata service that is not of this action and host')
  }
  if (asked.stayLoggedIn) return 'alone'
  if (staying.clientId === asked.clientId && staying.groupId === (asked.groupId ?? '')) return 'beside-staying'
  throw overwritten('An earlier login of this job stays logged in as another principal')
}

/**
 * Refuses to overwrite a login that the environment already holds: another auth type, another workspace, or a token
 * of unknown make. A login of this action to the same host is renewed, and two kinds are left as they are.
 *
 * @param staying the login of this action whose URL is in the environment, if it is one
 * @throws ActionError EXISTING_LOGIN, INPUT_INVALID
 */
export function standingOf(
  environment: NodeJS.ProcessEnv,
  asked: AskedLogin,
  staying: StayingLogin | undefined,
): Standing {
  const { DATABRICKS_AUTH_TYPE: authType = '', DATABRICKS_HOST: host = '', DATABRICKS_TOKEN: token = '' } = environment
  if (authType === 'github-oidc') return standingBesideOfficial(environment, asked)
  if (authType !== '' && authType !== 'pat' && authType !== 'metadata-service') {
    throw overwritten('The job already has a DATABRICKS_AUTH_TYPE other than pat')
  }
  if (host !== '' && !namesHost(host, asked.host)) {
    throw overwritten('The job already has a DATABRICKS_HOST of another workspace')
  }
  if (authType === 'metadata-service') return standingBesideService(asked, staying)
  if (token !== '' && authType === '')
    throw overwritten('The job already has a DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat')
  return 'alone'
}
