import { type SandboxServer, serve } from '../../sandbox/http-server.ts'
import type { Workspace } from '../../sandbox/workspace.ts'

const open: { close(): Promise<void> }[] = []

/** Has something closed after the test. */
export function later<T extends { close(): Promise<void> }>(started: T): T {
  open.push(started)
  return started
}

export async function cleanUp(): Promise<void> {
  await Promise.all(open.splice(0).map((started) => started.close()))
}

/** A server that answers every request with a document. */
export async function scratch(document: (origin: string, path: string) => unknown): Promise<SandboxServer> {
  const server: SandboxServer = await serve(({ path }) => ({
    status: 200,
    json: document(server.origin, path),
  }))
  return server
}

export const exchangeForm = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  scope: 'all-apis',
}

/** Posts an exchange as the SDKs do. */
export function exchange(workspace: Workspace, subjectToken: string, clientId?: string) {
  const client = clientId === undefined ? {} : { client_id: clientId }
  return post(workspace.tokenEndpoint, { ...exchangeForm, subject_token: subjectToken, ...client })
}

export async function post(address: string, form: Record<string, string> | [string, string][]) {
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(form) })
  return answerOf(response)
}

export async function answerOf(response: Response) {
  const json = (await response.json()) as Record<string, unknown>
  return { status: response.status, contentType: response.headers.get('content-type'), json }
}

/** Calls an API of the workspace with a bearer token. */
export async function call(
  workspace: Workspace,
  path: string,
  token: string | undefined,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(workspace.server.origin + path, {
    ...sent,
    headers: { ...authorization, ...headers },
  })
  return { ...(await answerOf(response)), headers: response.headers }
}
