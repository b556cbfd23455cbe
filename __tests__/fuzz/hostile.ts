import fc from 'fast-check'
import { anyCharacter } from '../support/any-character.ts'
import { unverifiableJwt } from '../support/jwt.ts'

const inAnHour = Math.floor(Date.now() / 1000) + 3600

/** A subject token that a login can use for as long as these tests run. */
export const subjectJwt = unverifiableJwt({
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:prod',
  aud: 'an-audience',
  exp: inAnHour,
})

/** Secrets of every login in these tests. */
export const secrets = {
  requestToken: 'request-token-8f1d5c3b7a',
  subjectJwt,
  accessToken: 'opaque-access-token-4b9e2d7c',
  proxyPassword: 'p@ss/w0rd+9c',
}

const commands = [
  '::error::',
  '::add-mask::',
  '::set-env name=X::',
  '\n::stop-commands::x\n',
  '##[error]',
  '%0A::error::',
]
const breaks = ['\n', '\r', '\r\n', '\u2028', '\u0085', '\0', '\x1b[31m', '\u202e', '\ud800', '%', '</pre><script>']

// Secrets as they are, and as they may come back. An opaque token can be known by nobody before it is issued.
const encodedForms = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(`x${secret}y`).toString('base64'),
]
const secretForms = [
  ...encodedForms(secrets.requestToken),
  secrets.subjectJwt,
  `{"access_token": "${secrets.accessToken}"`,
  `&access_token=${secrets.accessToken}&`,
]

/** Text as an enemy would write it: any characters, workflow commands, line breaks, secrets. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      fc.constantFrom(...commands, ...breaks, ...secretForms),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** Any JSON value, with such texts in it. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  hostileText,
  fc.double(),
  fc.constantFrom(1e308, -1, 0, 2 ** 53, 'Infinity', '', inAnHour),
)

/** An object with some of these members, of any value. */
export const hostileObject = (...names: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(names.map((name) => [name, hostileValue])), { requiredKeys: [] })
