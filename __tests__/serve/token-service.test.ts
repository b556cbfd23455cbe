import { expect, test } from 'vitest'
import { tokenOf } from '../store/support.ts'
import { askMetadata, askOAuth, NOW, start } from './service.ts'

test('it is on loopback, on paths that nobody guesses, with other secrets each time', async () => {
  const [one, other] = [await start(), await start()]
  expect(one.metadataServiceUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\/token$/)
  const wellKnown = '/.well-known/oauth-authorization-server'
  expect(one.discoveryUrl).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{64}${wellKnown}$`))
  const secretsOf = ({ metadataServiceUrl, discoveryUrl, clientSecret }: typeof one) => [
    ...[metadataServiceUrl, discoveryUrl].map((url) => new URL(url).pathname.split('/')[1]),
    clientSecret,
  ]
  expect(new Set([...secretsOf(one), ...secretsOf(other)]).size).toBe(6)
})

test('of each of its secrets the second half is to be masked, and nothing else', async () => {
  const { halves, ...service } = await start()
  const { metadataServiceUrl, discoveryUrl, clientSecret } = service
  expect(halves).toHaveLength(3)
  for (const half of halves) expect(half).toMatch(/^[0-9a-f]{32}$/)
  const hidden = halves.reduce((text, half) => text.replaceAll(half, '***'), JSON.stringify(service))
  expect(hidden.match(/\/[0-9a-f]{32}\*\*\*\//g)).toHaveLength(2)
  expect(hidden).toMatch(/"clientSecret":"[0-9a-f]{32}\*\*\*"/)
  expect([metadataServiceUrl, discoveryUrl, clientSecret].join()).not.toContain('***')
})

test('by either protocol it gives the same token, and the next one when there is one', async () => {
  let current = 'first'
  const service = await start({ token: async () => tokenOf(current, NOW) })
  const given = async () => {
    const answers = await Promise.all([askMetadata(service), askOAuth(service)])
    return answers.map(({ json }) => json['access_token'])
  }
  expect(await given()).toEqual(['access-token-first', 'access-token-first'])
  current = 'second'
  expect(await given()).toEqual(['access-token-second', 'access-token-second'])
})
