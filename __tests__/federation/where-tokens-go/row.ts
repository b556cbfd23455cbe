import type { Answer } from '../../../sandbox/http-server.ts'
import type { FailureCode } from '../../../src/errors.ts'
import type { IdentityProvider } from '../../../src/federation/issuer.ts'

/** What a place answers in place of Databricks. */
export type Reply = Answer | 'reset' | 'stall' | 'truncate'
/** By URL; what is not here is answered as Databricks would answer it, by every host there is. */
export type Replies = Readonly<Record<string, Reply>>

/** What a login is asked for. `{loopback}` stands for a host of this machine. */
export interface Asked {
  /** The input `host`. */
  readonly host: string
  readonly accountId?: string | undefined
  readonly audience?: string | undefined
  readonly allowUnknown?: true | undefined
  /** Claims of a given `subject_token`, or the text of one; by default the token is GitHub's, from the runner. */
  readonly given?: Readonly<Record<string, unknown>> | string | undefined
  /** Seconds that a given token lives; 300 by default. */
  readonly lifetime?: number | undefined
  readonly onExchangeFailure?: 'use_subject_token' | undefined
  /** Audiences of the federation policy; any by default. */
  readonly policy?: readonly string[] | undefined
}

/** What comes of it, and which requests may leave the machine for it. */
export interface Outcome {
  /** A login exchanged, a subject token used as it is, or the code of the failure. */
  readonly ends: 'exchanged' | 'as it is' | FailureCode
  /** Every request that leaves the machine, in order: method and URL. */
  readonly asks: readonly string[]
  /** The only place that may receive the subject token. */
  readonly tokenTo?: string | undefined
  /** The audiences that the runner is asked for, in order. */
  readonly idTokens?: readonly string[] | undefined
  /** Something that a warning or a notice says. */
  readonly says?: string | undefined
  readonly provider?: IdentityProvider | undefined
  readonly workspaceId?: string | undefined
}

export interface Row extends Asked, Outcome {
  readonly name: string
  readonly replies: Replies
}

export const row = (name: string, asked: Asked, outcome: Outcome, replies: Replies = {}): Row => ({
  name,
  ...asked,
  ...outcome,
  replies,
})

export const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
export const otherId = '0f8fad5b-d9cb-469f-a165-70867728950e'
export const ws = 'https://ws.cloud.databricks.com'
export const console = 'https://accounts.cloud.databricks.com'
export const spog = 'https://spog.databricks.com'
export const evil = 'https://evil.example'

/** The URL of an authorization server: of a workspace, or of an account. */
export const serverOf = (origin: string, account?: string): string =>
  account === undefined ? `${origin}/oidc` : `${origin}/oidc/accounts/${account}`

/** Where a unified host, and an authorization server, publish their documents. */
export const configOf = (origin: string): string => `${origin}/.well-known/databricks-config`
export const documentOf = (server: string): string => `${server}/.well-known/oauth-authorization-server`

/** Requests, as a row lists them. */
export const config = (origin: string): string => `GET ${configOf(origin)}`
export const metadata = (server: string): string => `GET ${documentOf(server)}`
export const exchange = (server: string): string => `POST ${server}/v1/token`
export const times = (count: number, request: string): string[] => Array<string>(count).fill(request)

/** A login in which nothing is out of order: metadata and exchange at one authorization server. */
export const usual = (server: string): Outcome => ({
  ends: 'exchanged',
  asks: [metadata(server), exchange(server)],
  tokenTo: server.slice(0, server.indexOf('/oidc')),
})

/** Refused before the first request. */
export const refused = (ends: FailureCode): Outcome => ({ ends, asks: [], idTokens: [] })

/** Refused after these requests, in none of which a subject token left. */
export const kept = (ends: FailureCode, ...asks: string[]): Outcome => ({ ends, asks })

/** An authorization server's document as Databricks publishes it, but for what is given. */
export const published = (server: string, other: Readonly<Record<string, unknown>> = {}): Answer => ({
  status: 200,
  json: { issuer: server, token_endpoint: `${server}/v1/token`, ...other },
})
