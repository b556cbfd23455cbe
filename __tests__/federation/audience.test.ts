import { expect, test } from 'vitest'
import { candidateAudiences, predictedAudience } from '../../src/federation/audience.ts'
import { parseHost } from '../../src/host.ts'

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const other = '0f8fad5b-d9cb-469f-a165-70867728950e'
const workspace = parseHost('https://ws.cloud.databricks.com')
const console = parseHost('https://accounts.cloud.databricks.com')
const unified = parseHost('https://spog.databricks.com')
const vanity = parseHost('https://vanity.example', true)
const endpoint = 'https://ws.cloud.databricks.com/oidc/v1/token'
const accountEndpoint = `https://accounts.cloud.databricks.com/oidc/accounts/${accountId}/v1/token`
const metadata = { tokenEndpoint: new URL(endpoint) }
const published = `${unified.origin}/oidc/accounts/${other}/v1/token`

test.each([
  ['an explicit one alone', { host: workspace, accountId, audience: 'mine' }, {}, ['mine']],
  ['an explicit one on a unified host', { host: unified, audience: 'mine' }, { defaultAudience: other }, ['mine']],
  [
    'the likeliest first',
    { host: workspace, accountId, likelyAudience: 'likely' },
    {},
    ['likely', accountId, endpoint],
  ],
  ['an explicit one before the likeliest', { host: workspace, audience: 'mine', likelyAudience: 'x' }, {}, ['mine']],
  ['of a workspace', { host: workspace }, {}, [endpoint]],
  ['of a workspace with an account', { host: workspace, accountId }, {}, [accountId, endpoint]],
  ['of an account console', { host: console, accountId }, {}, [accountId, endpoint]],
  ['of a unified host that tells nothing', { host: unified }, {}, [endpoint]],
  ['of a unified host with a default', { host: unified }, { defaultAudience: published }, [published, endpoint]],
  [
    'of a unified host that tells an account: not that one',
    { host: unified },
    { defaultAudience: published, accountId: other },
    [published, endpoint],
  ],
  [
    'of a unified host with default and a given account',
    { host: unified, accountId },
    { defaultAudience: published, accountId },
    [published, accountId, endpoint],
  ],
  ['with the account of the input alone', { host: unified, accountId }, { accountId: other }, [accountId, endpoint]],
  ['each once', { host: unified, accountId }, { defaultAudience: accountId, accountId }, [accountId, endpoint]],
  ['each once, the endpoint too', { host: unified }, { defaultAudience: endpoint }, [endpoint]],
  ['never published by a workspace', { host: workspace }, { defaultAudience: published }, [endpoint]],
])('the audiences: %s', (_name, options, found, audiences) => {
  expect(candidateAudiences(options, { ...metadata, ...found })).toEqual(audiences)
})

test.each([
  ['an explicit one', { host: unified, audience: 'mine' }, 'mine'],
  ['the likeliest of a workspace', { host: workspace, accountId, likelyAudience: 'likely' }, 'likely'],
  ['the likeliest of a unified host', { host: unified, likelyAudience: 'likely' }, 'likely'],
  ['the endpoint of a workspace', { host: workspace }, endpoint],
  ['the account of a workspace', { host: workspace, accountId }, accountId],
  ['the account of a console', { host: console, accountId }, accountId],
  ['the one of an unknown host', { host: vanity, audience: 'mine' }, 'mine'],
  ['nothing of a unified host', { host: unified, accountId }, undefined],
])('predicted is %s', (_name, options, audience) => {
  expect(predictedAudience(options)).toBe(audience)
})

// GitHub is asked again where the prediction fails; on hosts that answer as expected it never does.
test('what is predicted is the first that is tried', () => {
  for (const options of [{ host: workspace }, { host: workspace, accountId }]) {
    expect(candidateAudiences(options, metadata)[0]).toBe(predictedAudience(options))
  }
  const forConsole = { host: console, accountId }
  const tokenEndpoint = new URL(accountEndpoint)
  expect(candidateAudiences(forConsole, { tokenEndpoint })[0]).toBe(predictedAudience(forConsole))
})
