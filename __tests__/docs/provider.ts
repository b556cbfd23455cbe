import type { ReceivedRequest } from '../../sandbox/http-server.ts'
import { type Answer, type SandboxServer, serve } from '../../sandbox/http-server.ts'
import type { Issuer } from '../../sandbox/issuer.ts'

/** What an identity provider gives a client that it knows: a JWT of a real issuer. */
export interface Provider extends Pick<SandboxServer, 'close'> {
  /** Answers `GET ?audience=` with a JWT, the client-credentials grant (RFC 6749, 4.4) with JSON. */
  readonly tokenEndpoint: string
  /** Every token that it gave. */
  readonly given: readonly string[]
}

export const client = { id: 'workflow', secret: 's3cr&t "of" the/client%' }

interface ProviderOptions {
  readonly issuer: Issuer
  readonly subject: string
  /** The audience of its tokens, by what was asked for. */
  readonly audienceFor: (asked: string) => string
  readonly tokenSeconds: number
}

const knowsClient = ({ headers, body }: ReceivedRequest): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` &&
  new URLSearchParams(body).get('grant_type') === 'client_credentials'

/** An identity provider on loopback, in place of Entra, Google, AWS, Okta or Keycloak. */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const { issuer, subject: sub, audienceFor, tokenSeconds } = options
  const given: string[] = []
  const sign = async (asked: string) => {
    const iat = Math.floor(Date.now() / 1000)
    const token = await issuer.sign({ sub, aud: audienceFor(asked), iat, exp: iat + tokenSeconds })
    given.push(token)
    return token
  }
  const answer = async (request: ReceivedRequest): Promise<Answer> => {
    const asked = request.url.searchParams.get('audience')
    if (request.method === 'GET' && asked !== null) return { status: 200, text: await sign(asked) }
    if (request.method !== 'POST' || !knowsClient(request)) {
      return { status: 401, json: { error: 'invalid_client' } }
    }
    const json = { access_token: await sign(''), token_type: 'Bearer', expires_in: tokenSeconds }
    return { status: 200, json }
  }
  const server = await serve(answer)
  return { tokenEndpoint: `${server.origin}/token`, given, close: server.close }
}

interface CommandLine {
  /** The words that it has to begin with. */
  readonly begins: string
  /** The option whose value becomes the audience. */
  readonly audienceOption: string
  /** Options that have to be there, with their values. */
  readonly has: readonly string[]
}

/** A script that stands for a provider's command: it checks its words and prints a token of the provider. */
export const commandOf = ({ tokenEndpoint }: Provider, { begins, audienceOption, has }: CommandLine): string =>
  [
    '#!/bin/sh',
    `refuse() { echo "$0: $1" >&2; exit 2; }`,
    `case "$* " in "${begins} "*) ;; *) refuse "not understood: $*" ;; esac`,
    ...has.map((option) => `case " $* " in *" ${option} "*) ;; *) refuse "${option} is missing" ;; esac`),
    `while [ $# -gt 0 ] && [ "$1" != '${audienceOption}' ]; do shift; done`,
    `exec curl --fail --silent --show-error --get --data-urlencode "audience=$2" '${tokenEndpoint}'`,
    '',
  ].join('\n')
