import { expect, type TestContext } from 'vitest'
import { defaultAccountId } from '../../sandbox/workspace.ts'
import { bring, loggedIn, python } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId, productionHost } from '../world.ts'

const TOKEN_PATH = '/oidc/v1/token'
const audiences = [defaultAccountId, `${productionHost}${TOKEN_PATH}`]

/** What a program that logs in twice more printed, and where it sent what. */
async function logInBeside(test: TestContext, exec: string) {
  const world = await loggedIn(test, {
    audiences,
    environment: { OWN_CLIENT_ID: applicationId },
  })
  const { runner, staging, job } = world
  const asked = runner.requests.length
  // The other workspace knows one client with a secret.
  staging.server.before = (request, response) => {
    if (request.url !== TOKEN_PATH) return false
    const known = request.headers.authorization === `Basic ${btoa('second:secret-of-the-second')}`
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: 'token-of-the-second', token_type: 'Bearer', expires_in: 300 }))
    return true
  }
  bring(world, 'beside.py')
  const step = await job.run(`${exec} ${python} beside.py`, { environment: { SECOND_HOST: staging.host } })
  return {
    printed: step.stdout,
    sent: staging.requests.map(({ method, path, body }) => `${method} ${path} ${body}`),
    audiences: runner.requests.slice(asked).map(({ url }) => url.searchParams.get('audience')),
  }
}

prove('python-sdk-beside', async (test) => {
  const without = await logInBeside(test, '')
  expect(without.printed).toBe(`Bearer token-of-the-second\ngithub-oidc ${applicationId}\n`)
  expect(new Set(without.audiences)).toEqual(new Set([`${productionHost}${TOKEN_PATH}`]))
  expect(await logInBeside(test, 'databricks-token exec --')).toEqual(without)
})
