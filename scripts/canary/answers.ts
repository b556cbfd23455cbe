import { type AnswerShape, type Answers, shapeOf } from './shapes.ts'

interface Received {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

async function send(url: string, init: RequestInit = {}): Promise<Received> {
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
  const body: Received['body'] = Object(await answer.json())
  return { status: answer.status, body }
}

const asShape = ({ status, body }: Received): AnswerShape => ({ status, shape: shapeOf(body) })

const asRefusal = ({ status, body }: Received): AnswerShape => ({
  status,
  error: String(body['error']),
  shape: shapeOf(body),
})

function given(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name] ?? ''
  if (value === '') throw new Error(`${name} is not set`)
  return value
}

function textIn(body: Received['body'], name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}`)
  return value
}

/** The signature alone is masked: without it the rest of a token is worth nothing. */
function masked(token: string): string {
  console.log(`::add-mask::${token.split('.')[2] ?? token}`)
  return token
}

const claimsOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** The runner's ID token for the account, which is the audience of the canary's policy. */
async function idToken(environment: NodeJS.ProcessEnv): Promise<string> {
  const url = new URL(given(environment, 'ACTIONS_ID_TOKEN_REQUEST_URL'))
  url.searchParams.set('audience', given(environment, 'CANARY_ACCOUNT_ID'))
  const authorization = `Bearer ${given(environment, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN')}`
  const { body } = await send(url.href, { headers: { authorization } })
  return masked(textIn(body, 'value'))
}

const METADATA = '/oidc/.well-known/oauth-authorization-server'

/** Token exchange (RFC 8693, 2.1), as Databricks documents it. */
async function exchange(environment: NodeJS.ProcessEnv, tokenEndpoint: string): Promise<Received> {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await idToken(environment),
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope: 'all-apis',
    client_id: given(environment, 'CANARY_CLIENT_ID'),
  }
  return send(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })
}

/** What a workspace answers to a login and to its use. */
export async function logInByHand(environment: NodeJS.ProcessEnv): Promise<Answers> {
  const host = given(environment, 'CANARY_HOST')
  const metadata = await send(`${host}${METADATA}`)
  const exchanged = await exchange(environment, textIn(metadata.body, 'token_endpoint'))
  const token = masked(textIn(exchanged.body, 'access_token'))
  const headers = { authorization: `Bearer ${token}` }
  const run = (statement: string) => {
    const body = { warehouse_id: given(environment, 'DATABRICKS_WAREHOUSE_ID'), statement, wait_timeout: '50s' }
    return send(`${host}/api/2.0/sql/statements`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    metadata: asShape(metadata),
    exchange: asShape(exchanged),
    'access token': { status: exchanged.status, shape: shapeOf(claimsOf(token)) },
    me: asShape(await send(`${host}/api/2.0/preview/scim/v2/Me`, { headers })),
    'a statement': asShape(await run('SELECT 6 * 7 AS answer')),
    'a statement that fails': asShape(await run('SELECT * FROM no_such_table_of_the_canary')),
  }
}

/** What a workspace answers to a login of somebody whom no policy names. */
export async function refuseByHand(environment: NodeJS.ProcessEnv): Promise<Answers> {
  const { body } = await send(`${given(environment, 'CANARY_HOST')}${METADATA}`)
  return { refusal: asRefusal(await exchange(environment, textIn(body, 'token_endpoint'))) }
}
