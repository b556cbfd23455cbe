import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { settableClock } from '../../sandbox/clock.ts'
import { githubClaims } from '../../sandbox/github-claims.ts'
import { type RunnerOptions, startRunner } from '../../sandbox/github-runner.ts'
import { answerOf, cleanUp, later } from './support.ts'

afterEach(cleanUp)

async function ask(options: RunnerOptions = {}, query = '', bearer?: string) {
  const runner = later(await startRunner(options))
  const environment = runner.environment()
  const authorization = `Bearer ${bearer ?? environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}`
  const response = await fetch(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] + query, {
    headers: { authorization },
  })
  return { runner, environment, ...(await answerOf(response)) }
}

test('the token service answers with a token that its issuer’s published keys verify', async () => {
  const clock = settableClock(1_800_000_000)
  const { runner, json } = await ask({ now: clock.now }, '&audience=https%3A%2F%2Fws.example%2Foidc%3Fa%3Db')
  const value = String(json['value'])
  const metadata = (await (await fetch(`${runner.issuer.url}/.well-known/openid-configuration`)).json()) as {
    issuer: string
    jwks_uri: string
  }
  const { payload } = await jwtVerify(value, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
    issuer: metadata.issuer,
    audience: 'https://ws.example/oidc?a=b',
    currentDate: new Date(clock.now() * 1000),
  })

  expect(json['count']).toBe(value.length)
  expect(payload).toMatchObject({
    sub: 'repo:octo-org/octo-repo:environment:prod',
    repository: 'octo-org/octo-repo',
    repository_owner: 'octo-org',
    job_workflow_ref: 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
    runner_environment: 'github-hosted',
    iat: clock.now(),
    nbf: clock.now() - 600,
    exp: clock.now() + 300,
  })
})

test('without an audience it is the owner’s page', async () => {
  const { json } = await ask({ tokenSeconds: 45 })
  const { aud, exp = 0, iat = 0 } = decodeJwt(String(json['value']))
  expect(aud).toBe('https://github.com/octo-org')
  expect(exp - iat).toBe(45)
})

test('an audience that was appended to another is neither of the two', async () => {
  const { json } = await ask({}, '&audience=one&audience=two')
  expect(decodeJwt(String(json['value'])).aud).toBe('one,two')
})

test('the token service wants its bearer token', async () => {
  expect((await ask({}, '', 'guess')).status).toBe(401)
})

test('a job without id-token: write is not told where the service is', async () => {
  const runner = later(await startRunner({ idTokenPermission: false }))
  expect(Object.keys(runner.environment()).filter((name) => name.startsWith('ACTIONS_ID_TOKEN'))).toEqual([])
})

test('every step has empty command files of its own, and nothing is left after the runner', async () => {
  const runner = await startRunner()
  const [first, second] = [runner.environment(), runner.environment()]
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const) {
    expect(readFileSync(first[name], 'utf8')).toBe('')
    expect(first[name]).not.toBe(second[name])
  }
  expect(statSync(first.RUNNER_TEMP).isDirectory()).toBe(true)
  expect(first).toMatchObject({ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo-org/octo-repo' })
  await runner.close()
  expect(existsSync(first.RUNNER_TEMP)).toBe(false)
})

const subjects: [claims: Record<string, unknown>, sub: string][] = [
  [{}, 'repo:octo-org/octo-repo:environment:prod'],
  [{ environment: 'a:b' }, 'repo:octo-org/octo-repo:environment:a%3Ab'],
  [{ environment: '' }, 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  [{ environment: '', event_name: 'pull_request' }, 'repo:octo-org/octo-repo:pull_request'],
  [{ repository: 'acme/app', environment: '', ref: 'refs/tags/v1' }, 'repo:acme/app:ref:refs/tags/v1'],
  [{ sub: 'repo:acme@1/app@2:environment:prod' }, 'repo:acme@1/app@2:environment:prod'],
]

test.each(subjects)('the subject follows from the claims: %j', (claims, sub) => {
  expect(githubClaims(claims).sub).toBe(sub)
})
