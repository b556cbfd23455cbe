import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MEBIBYTE } from '../__tests__/support/hostile-patterns.ts'
import { parseCall } from '../src/command-line.ts'
import { ActionError, asActionError } from '../src/errors.ts'
import { missingPermission } from '../src/explain/missing-permission.ts'
import { discover } from '../src/federation/discovery.ts'
import { exchange } from '../src/federation/exchange.ts'
import { identityProvider, isGitHub, isSameIssuer } from '../src/federation/issuer.ts'
import { peekAccessToken, readSubjectToken } from '../src/federation/subject-token.ts'
import { type Host, parseHost } from '../src/host.ts'
import { jsonObject } from '../src/http/json-answer.ts'
import type { HttpAnswer, Send } from '../src/http/request.ts'
import { requestIdToken } from '../src/runner/id-token.ts'
import { stepLog } from '../src/runner/log.ts'
import { createRedaction, environmentSecrets } from '../src/runner/redaction.ts'
import { printable } from '../src/text.ts'
import { refuseCommands } from '../src/warehouse/output.ts'
import { asCsv, asJsonl } from '../src/warehouse/row-formats.ts'
import { asMarkdown, asTable } from '../src/warehouse/table.ts'

/** Everywhere that text of somebody else goes. Each makes an answer of the text, and gives the work of taking it. */
export type Sinks = Record<string, (text: string) => () => unknown>

const unified = parseHost('https://spog.databricks.com')
const workspace = parseHost('https://ws.cloud.databricks.com')
const server = `${workspace.origin}/oidc`
const purpose = 'Request'
const withinSeconds = 60

/** As much of a text as makes a body of 1 MiB. */
function fitting(text: string): string {
  const length = JSON.stringify(text).length
  return text.slice(0, Math.floor((text.length * MEBIBYTE) / Math.max(length, MEBIBYTE)))
}

type Body = Omit<HttpAnswer, 'request'>

const json = (document: object, status = 200): Body => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(document, (_name, value) => (typeof value === 'string' ? fitting(value) : value)),
})

/**
 * @param secrets known before the text comes
 * @param subjectJwt a subject token that lives
 */
export function sinksFor(secrets: readonly string[], subjectJwt: string): Sinks {
  const { add, redact } = createRedaction()
  const log = stepLog({ RUNNER_DEBUG: '1' }, () => undefined)
  for (const secret of secrets) {
    add(secret)
    log.mask(secret)
  }
  const now = () => Date.now() / 1000

  // What is thrown is told, as the step does it; what is not goes on.
  const told = (work: () => unknown) => async () => {
    try {
      await work()
    } catch (thrown) {
      log.fail(asActionError(thrown))
    }
  }

  const answering =
    (answer: Body): Send =>
    async (make) => ({ request: await make(), ...answer })
  const exchanged = (answer: Body) => {
    const nextSubjectToken = async () => readSubjectToken(subjectJwt, now())
    const tokenEndpoint = new URL(`${server}/v1/token`)
    const { mask } = log
    return told(() => exchange(answering(answer), { tokenEndpoint, scope: 'sql', nextSubjectToken, mask, now }))
  }
  const accepted = { access_token: 'opaque-access-token', token_type: 'Bearer', expires_in: 300 }
  const found = (host: Host, document: object) => {
    const send = answering(json(document))
    return told(() => discover(send, { host, withinSeconds, notice: log.warning, warning: log.warning }))
  }
  const identified = (document: object) => {
    const send = answering(json(document))
    return told(() => requestIdToken(service, { audience: 'x', send, mask: log.mask }))
  }
  // As a repository holds it that the job has checked out.
  const workspaceFolder = mkdtempSync(join(tmpdir(), 'workflow-'))
  process.once('exit', () => rmSync(workspaceFolder, { recursive: true }))
  const workflows = join(workspaceFolder, '.github', 'workflows')
  mkdirSync(workflows, { recursive: true })
  const job = {
    GITHUB_ACTIONS: 'true',
    GITHUB_JOB: 'deploy',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_WORKFLOW_REF: 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
    GITHUB_WORKSPACE: workspaceFolder,
  }
  const columns = [{ name: 'a', type: 'STRING' }]
  const request = { purpose, method: 'GET', url: new URL(server) } as const
  const service = { url: new URL('https://runner.example/token'), requestToken: 'request-token' }
  const account_id = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
  const oidc_endpoint = `${unified.origin}/oidc`
  const open = `${oidc_endpoint}/accounts/{account_id}`

  return {
    redact: (text) => () => redact(text),
    printable: (text) => () => printable(text),
    'a line of the log': (text) => () => {
      for (const say of [log.info, log.notice, log.warning, log.debug]) say(text)
    },
    'a mask': (text) => () => createRedaction().add(text),
    'an error': (text) => () => log.fail(new ActionError('UNEXPECTED', text, { serverText: text, advice: text })),
    'a content type': (text) => told(() => jsonObject({ request, ...json({}), contentType: text }, {})),
    'a body that is no JSON': (text) => told(() => jsonObject({ request, ...json({}), body: text }, {})),
    'an error of the exchange': (text) => exchanged(json({ error: 'x', error_description: text }, 400)),
    'a body of a refused exchange': (text) => exchanged({ ...json({}, 403), body: text }),
    access_token: (text) => exchanged(json({ ...accepted, access_token: text })),
    token_type: (text) => exchanged(json({ ...accepted, token_type: text })),
    expires_in: (text) => exchanged(json({ ...accepted, expires_in: text })),
    scope: (text) => exchanged(json({ ...accepted, scope: text })),
    'an ID token': (text) => identified({ value: text }),
    issuer: (text) => found(workspace, { issuer: text }),
    token_endpoint: (text) => found(workspace, { issuer: server, token_endpoint: text }),
    oidc_endpoint: (text) => found(unified, { oidc_endpoint: text, account_id }),
    'an account id': (text) => found(unified, { oidc_endpoint: open, account_id: text }),
    'a workspace id': (text) => found(unified, { oidc_endpoint, workspace_id: text }),
    'a published audience': (text) =>
      found(unified, { oidc_endpoint, token_federation_default_oidc_audiences: [text] }),
    'a subject token': (text) => told(() => readSubjectToken(text, now())),
    'an access token': (text) => () => peekAccessToken(text),
    'an issuer': (text) => () => [identityProvider(text), isGitHub(text), isSameIssuer(text, workspace)],
    'a host': (text) => told(() => parseHost(text, true)),
    'words of the command': (text) => () => parseCall([text, '--min-validity', text]),
    'a workflow': (text) => () => {
      writeFileSync(join(workflows, 'deploy.yml'), text)
      return missingPermission(job)
    },
    'a value in a table': (text) => () => [asTable(columns, [[text]]), asMarkdown(columns, [[text]])],
    'a value in csv': (text) => told(() => refuseCommands(asCsv(columns).line([text]))),
    'a value in jsonl': (text) => () => asJsonl(columns).line([text]),
    'a proxy': (text) => () => environmentSecrets({ https_proxy: text }),
  }
}
