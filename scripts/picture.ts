// Makes the pictures of job summaries in docs/images from what the action really writes: a job runs in the sandbox under
// the names of real hosts, its summary becomes a page, and a browser without a window takes it, in both themes.
//
//   npm run picture        needs apt-get install chromium cmark-gfm pngquant
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createAuthority } from '../sandbox/authority.ts'
import { startConnectProxy } from '../sandbox/connect-proxy.ts'
import { startRunner } from '../sandbox/github-runner.ts'
import { startIssuer } from '../sandbox/issuer.ts'
import { startJob } from '../sandbox/job.ts'
import { startWorkspace } from '../sandbox/workspace.ts'

const root = dirname(import.meta.dirname)
const images = join(root, 'docs', 'images')
const HOST = 'dbc-a1b2c3d4-e5f6.cloud.databricks.com'
const GITHUB = 'token.actions.githubusercontent.com'
const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const WIDTH = 900

type Claims = Readonly<Record<string, unknown>>

/** Everything under its real name: TLS by an authority of this run, and a proxy that leads each name to loopback. */
async function startWorld(claims: Claims) {
  const authority = await createAuthority()
  const issuer = await startIssuer({ publicUrl: `https://${GITHUB}`, tls: await authority.issue(GITHUB) })
  const runner = await startRunner({ issuer, claims })
  const workspace = await startWorkspace({
    publicUrl: `https://${HOST}`,
    tls: await authority.issue(HOST),
    issuers: { ca: authority.certificate, routes: { [`${GITHUB}:443`]: issuer.server.port } },
    principals: [{ kind: 'service-principal', applicationId, displayName: 'nightly' }],
    policies: [
      {
        kind: 'service-principal',
        applicationId,
        issuer: `https://${GITHUB}`,
        subject: 'repo:octo-org/octo-repo:environment:prod',
      },
    ],
  })
  const proxy = await startConnectProxy({ routes: { [`${HOST}:443`]: workspace.server.port } })
  const certificates = join(runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)
  const environment = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificates }
  const close = () => Promise.all([proxy.close(), workspace.close(), runner.close(), issuer.close()])
  return { runner, workspace, environment, close }
}

async function stepIn(claims: Claims, more: Readonly<Record<string, string>>) {
  const world = await startWorld(claims)
  try {
    const { accountId } = world.workspace
    return await startJob(world.runner).action({
      entry: join(root, 'dist', 'main', 'index.js'),
      inputs: { host: `https://${HOST}`, account_id: accountId, identity_federation_client_id: applicationId, ...more },
      environment: world.environment,
    })
  } finally {
    await world.close()
  }
}

const style = (isDark: boolean): string => `
  :root { color-scheme: ${isDark ? 'dark' : 'light'}; --line: ${isDark ? '#3d444d' : '#d1d9e0'}; --quiet: ${isDark ? '#151b23' : '#f6f8fa'} }
  html { background: ${isDark ? '#0d1117' : '#fff'}; color: ${isDark ? '#f0f6fc' : '#1f2328'} }
  body { margin: 0; padding: 20px 24px; width: ${WIDTH - 48}px; font: 14px/1.5 -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
  table { border-collapse: collapse; margin: 0 0 14px } th, td { border: 1px solid var(--line); padding: 4px 10px; text-align: left; vertical-align: top }
  tr:nth-child(2n) td { background: var(--quiet) }
  code { background: var(--quiet); border-radius: 5px; padding: 1px 4px; font: 85% "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
  pre { background: var(--quiet); border-radius: 6px; padding: 12px; overflow: hidden; white-space: pre-wrap; overflow-wrap: anywhere }
  pre code { padding: 0 } a { color: ${isDark ? '#4493f8' : '#0969da'} } summary { cursor: default; margin: 0 0 12px }
`

const pageOf = (body: string, isDark: boolean): string =>
  `<!doctype html><meta charset="utf-8"><style>${style(isDark)}</style><body>${body}<script>document.title = document.body.scrollHeight</script>`

const asHtml = (markdown: string): string =>
  execFileSync('cmark-gfm', ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough'], {
    input: markdown,
    encoding: 'utf8',
  })

const browser = (...options: readonly string[]): string =>
  execFileSync(
    'chromium',
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--force-device-scale-factor=1',
      ...options,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )

function take(name: string, body: string, folder: string): void {
  for (const theme of ['light', 'dark']) {
    const file = join(folder, `${name}-${theme}.html`)
    writeFileSync(file, pageOf(body, theme === 'dark'))
    const address = pathToFileURL(file).href
    const [, height = '800'] = /<title>(\d+)/.exec(browser(`--window-size=${WIDTH},600`, '--dump-dom', address)) ?? []
    const picture = join(images, `${name}-${theme}.png`)
    browser(`--window-size=${WIDTH},${height}`, `--screenshot=${picture}`, address)
    execFileSync('pngquant', ['--force', '--ext', '.png', '48', picture])
    console.log(`${picture.slice(root.length + 1)}: ${WIDTH} × ${height}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
mkdirSync(images, { recursive: true })
try {
  const refused = await stepIn({ environment: '' }, {})
  take('refusal', asHtml(refused.summary), folder)
  const dry = await stepIn({}, { dry_run: 'true' })
  take('dry-run', asHtml(dry.summary), folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
