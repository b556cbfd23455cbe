// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source.
// Breaks each guard of the threats table in docs/security.md once, in a copy of the repository, and runs the test that
// the table names for it: node scripts/break-guards.mjs [part of a row or test]. A break that its test lets through fails.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)

/** Beginning of a row, file of the test, beginning of its title; then files, and what is put there in place of what. */
const breaks = [
  [
    'A misspelt',
    'host/host.test.ts',
    '%j is unknown, and refused',
    ['src/host.ts', 'hostname.endsWith(`.${zone}`)', 'hostname.includes(zone)'],
  ],
  [
    'A misspelt',
    'federation/where-tokens-go.test.ts',
    'no subject token was received',
    [
      'src/host.ts',
      "return host.kind === 'unified' && url.protocol === 'https:' && isInWorkspaceZone(hostnameOf(url))",
      'return true',
    ],
  ],
  [
    'A web site',
    'e2e/hosts.test.ts',
    'a web site under databricks.com',
    ['src/federation/audience.ts', "  if (host.kind === 'unified') return undefined\n", ''],
  ],
  [
    'A discovery document',
    'host/trust.test.ts',
    'a unified host is trusted',
    [
      'src/host.ts',
      "url.protocol === 'https:' && isInWorkspaceZone(hostnameOf(url))",
      'isDatabricksDomain(hostnameOf(url))',
    ],
  ],
  [
    'A discovery document',
    'host/trust.test.ts',
    '%s is trusted with itself alone',
    ['src/host.ts', "return host.kind === 'unified' && url", 'return url'],
  ],
  [
    'A host collects',
    'federation/audience.test.ts',
    'the audiences: %s',
    ['src/federation/audience.ts', '[published, accountId, ', '[published, accountId ?? metadata.accountId, '],
  ],
  [
    'A host collects',
    'federation/unified-host.test.ts',
    '%j is of another account',
    [
      'src/federation/account-in-path.ts',
      'if (givenAccountId === undefined) return',
      'if (givenAccountId !== null) return',
    ],
  ],
  [
    'An ID token of GitHub',
    'federation/federate.test.ts',
    'the runner’s own ID token is never',
    [
      'src/federation/federate.ts',
      '  const { send, requestIdToken, mask, info, notice, now } = effects\n',
      "  const { send, requestIdToken, mask, info, notice, now } = effects\n  const own = readSubjectToken(await requestIdToken('x'), now())\n  if (isSameIssuer(own.claims.issuer, options.host)) return useAsItIs(own, options, now())\n",
    ],
  ],
  [
    'An ID token of GitHub',
    'federation/fallback.test.ts',
    'a token of %s that was given',
    ['src/federation/federate.ts', ' && !isGitHub(token.claims.issuer)', ''],
  ],
  [
    'An ID token of GitHub',
    'e2e/hostile.test.ts',
    'an ID token of GitHub that comes back',
    ['src/federation/access-token.ts', 'return isGitHub(issuer) || (', 'return ('],
  ],
  [
    'A token has all rights',
    'e2e/group.test.ts',
    'a renewal asks for the group',
    ['src/command.ts', 'groupId: groupId || undefined, ', ''],
  ],
  [
    'A token has all rights',
    'e2e/group.test.ts',
    '%s refuses another group',
    ['src/command.ts', '  refuseOtherGroup(environment, login)\n', '  void refuseOtherGroup\n'],
  ],
  [
    'A token has all rights',
    'e2e/group.test.ts',
    'a kept login whose group',
    [
      'src/store/login-store.ts',
      "if (typeof groupId !== 'string' || !/^\\d*$/.test(groupId)) throw unusableLogin(file)",
      "if (typeof groupId !== 'string') return { renewal: readRenewal(renewal), origin, scope, serverHostname, workspaceId: textOr(workspaceId), groupId: '' }",
    ],
  ],
  [
    'A token has all rights',
    'serve/oauth-endpoint.test.ts',
    'of a login for %j',
    ['src/serve/oauth-endpoint.ts', 'if (group !== groupId) {', "if (group === 'x') {"],
  ],
  [
    'A token has all rights',
    'federation/group.test.ts',
    'a token of the host itself',
    ['src/federation/federate.ts', 'groupId === undefined && !isGitHub', '!isGitHub'],
  ],
  [
    'A redirect',
    'http/connections.test.ts',
    'a redirect names the host',
    [
      'src/http/attempt.ts',
      "    if (outcomeOf(status) === 'redirect') throw redirected(status, message, request)\n",
      '    void redirected\n',
    ],
  ],
  [
    'A redirect',
    'faults/proxy-answers.test.ts',
    'a proxy that says %s',
    ['src/http/fault.ts', '  if (fault !== undefined) return fault\n', ''],
  ],
  [
    'A redirect',
    'e2e/faults/proxy.test.ts',
    'without the authority in NODE_EXTRA_CA_CERTS',
    ['src/http/connections.ts', '{ keepAlive: true, ', '{ ignoreSslError: true, keepAlive: true, '],
  ],
  [
    'Text of a server',
    'hostile-answers.test.ts',
    'with hostile text in each',
    [
      'src/warehouse/statement-failure.ts',
      '`${name} failed (statement id ${id}).`',
      '`${name} failed: ${codes} (statement id ${id}).`',
    ],
  ],
  [
    'Text of a server',
    'fuzz/log.test.ts',
    'no line of the log',
    [
      'src/workflow-commands.ts',
      "replaceAll('%', '%25').replaceAll('\\r', '%0D').replaceAll('\\n', '%0A')",
      "replaceAll('%', '%25')",
    ],
  ],
  [
    'Text of a server',
    'e2e/refused-exchange.test.ts',
    'claims of the token are text',
    ['src/markdown.ts', 'text.toWellFormed().replace(', 'text.toWellFormed() || text.replace('],
  ],
  [
    'An argument',
    'e2e/hostile.test.ts',
    'the argument %j becomes',
    ['src/runner/log.ts', 'withoutCommands(printable(redact(text)))', 'redact(text)'],
  ],
  [
    'An argument',
    'e2e/hostile.test.ts',
    'the argument %j of sql',
    [
      'src/workflow-commands.ts',
      "replaceAll('%', '%25').replaceAll('\\r', '%0D').replaceAll('\\n', '%0A')",
      "replaceAll('%', '%25')",
    ],
    [
      'src/warehouse/usage-error.ts',
      '`${reason}. Nothing was run.`',
      '`${reason} ${process.argv.join(" ")}. Nothing was run.`',
    ],
  ],
  [
    'An argument',
    'e2e/fuzz/arguments.test.ts',
    'no word becomes',
    ['src/runner/log.ts', 'withoutCommands(printable(redact(text)))', 'redact(text)'],
  ],
  [
    'A result of a query',
    'warehouse/row-formats.test.ts',
    '%j is a command for the runner',
    ['src/workflow-commands.ts', "COMMAND.test(lines.replace(/[^\\r\\n -~]/g, ''))", 'COMMAND.test(lines)'],
  ],
  [
    'A result of a query',
    'warehouse/table.test.ts',
    'no text becomes a command',
    ['src/warehouse/result.ts', 'withoutBracketCommands(text, ', '((one, _) => one)(text, '],
  ],
  [
    'A command that is shown',
    'explain/policy.test.ts',
    'any text comes back',
    ['src/explain/policy.ts', 'SAFE.test(character) ? character', '/[^"]/.test(character) ? character'],
  ],
  [
    'A command that is shown',
    'explain/policy.test.ts',
    'what a shell, a fence',
    ['src/explain/policy.ts', 'const SAFE = /^[A-Za-z0-9_./:@+=, -]$/', "const SAFE = /^[A-Za-z0-9_./:@+=, '$-]$/"],
  ],
  [
    'A command that is shown',
    'host/host.test.ts',
    '%j is refused, even where',
    ['src/host.ts', 'url === null || !HOSTNAME.test(hostnameOf(url))', 'url === null'],
  ],
  [
    'A value becomes',
    'e2e/hostile.test.ts',
    'the scope %j of a server',
    ['src/federation/access-token.ts', '/^[\\w.:/ -]*$/', '/^/'],
  ],
  [
    'A value becomes',
    'host/host.test.ts',
    '%j is refused, even where',
    ['src/host.ts', 'url === null || !HOSTNAME.test(hostnameOf(url))', 'url === null'],
  ],
  [
    'A value becomes',
    'host/host.test.ts',
    '%j holds no id, or two',
    ['src/host.ts', 'if (values.every(isId)) return values', 'if (values.length < 9) return values'],
  ],
  [
    'A value becomes',
    'fuzz/inputs.test.ts',
    'any ids in the URL',
    ['src/host.ts', 'if (values.every(isId)) return values', 'if (values.length < 9) return values'],
  ],
  [
    'A server echoes',
    'runner/redaction.test.ts',
    '%s is not cut through',
    ['src/runner/redaction.ts', 'whole.slice(0, 2 * MAX_KEPT_CHARACTERS)', 'whole.slice(0, MAX_KEPT_CHARACTERS)'],
  ],
  [
    'A server echoes',
    'fuzz/log.test.ts',
    'a secret is known in the encodings',
    ['src/runner/redaction.ts', '...urlForms(form), ', ''],
  ],
  [
    'A server keeps',
    'runner/redaction.test.ts',
    'a megabyte of %s',
    ['src/runner/redaction.ts', 'Math.min(text.length, MAX_KEPT_CHARACTERS)', 'text.length'],
  ],
  [
    'A server keeps',
    'http/clock.test.ts',
    'a clock that is set back',
    ['src/time.ts', 'elapsedMs = (): MonotonicMs => performance.now()', 'elapsedMs = (): MonotonicMs => Date.now()'],
  ],
  [
    'A token is printed unmasked',
    'e2e/masks.test.ts',
    'a token that was renewed where',
    [
      'src/store/masked-token.ts',
      '    mask(token.accessToken, ...beside)\n',
      '    if (beside.length > 0) mask(...beside)\n',
    ],
  ],
  [
    'A token is printed unmasked',
    'e2e/masks.test.ts',
    'under env -i a renewal',
    ['src/runner/in-workflow.ts', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_NO_SUCH_VARIABLE'],
  ],
  [
    'A token is printed before',
    'store/masked-token.test.ts',
    'a new token is handed out',
    ['src/store/masked-token.ts', 'const MASK_AHEAD_MS = 100', 'const MASK_AHEAD_MS = 0'],
  ],
  [
    'A token is printed before',
    'store/masked-token.test.ts',
    'a mask that was written to %s',
    ['src/store/masked-token.ts', 'const writtenAt = masks[pipe]', 'const writtenAt = Object.values(masks)[0]'],
  ],
  [
    'A token is printed before',
    'e2e/masks.test.ts',
    'a token follows its mask',
    ['src/store/masked-token.ts', 'const MASK_AHEAD_MS = 100', 'const MASK_AHEAD_MS = 0'],
  ],
  [
    'Another account',
    'e2e/other-accounts.test.ts',
    'another account of the machine',
    [
      'src/store/folder.ts',
      '(folder) => createLoginStore(folder, login, token)',
      "(folder) => [createLoginStore(folder, login, token), ...['.', 'kept', 'kept/token.json', 'kept/login.json'].map((path) => chmodSync(join(folder, path), 0o755))]",
    ],
    ['src/store/folder.ts', 'import { accessSync,', 'import { accessSync, chmodSync,'],
  ],
  [
    'The post step',
    'e2e/other-accounts.test.ts',
    'the post step goes through no link',
    [
      'src/store/folder.ts',
      '  const isFolder = found?.isDirectory() ?? true\n',
      '  const isFolder = true\n  if (found?.isSymbolicLink()) rmSync(`${folder}/`, { recursive: true, force: true })\n',
    ],
  ],
  [
    'The post step',
    'e2e/several-logins.test.ts',
    'post takes the folder',
    ['src/store/folder.ts', '!isOwnFolder(folder, temporary) || !isFolder', 'false'],
  ],
  [
    '`PATH`',
    'store/folder.test.ts',
    'a RUNNER_TEMP with %s is refused',
    ['src/store/folder.ts', ' && !path.includes(delimiter) && !/[\\r\\n]/.test(path)', ''],
  ],
  [
    'A login overwrites',
    'e2e/first-errors.test.ts',
    '%s: %s before any request',
    ['src/main.ts', '  if (exportEnv) refuseExistingLogin(environment, host)\n', '  void refuseExistingLogin\n'],
  ],
  [
    'A lock of root',
    'store/lock.test.ts',
    'a lock that cannot be read',
    [
      'src/store/lock.ts',
      'lstatSync(file).mtimeMs) > oldestMs || !mayHaveOwner(file)',
      'lstatSync(file).mtimeMs) < 0 || !mayHaveOwner(file)',
    ],
  ],
  [
    'A lock of root',
    'e2e/exec.test.ts',
    'when RUNNER_TEMP is wiped',
    ['src/store/remembered-token.ts', 'readToken: () => remember(kept.readToken())', 'readToken: kept.readToken'],
  ],
  [
    'A lock of root',
    'store/lock.test.ts',
    'nobody waits longer',
    ['src/store/lock.ts', ' || msSince(began, elapsedMs()) > longestMs', ''],
  ],
  [
    'An expired token',
    'store/token-lifetime.test.ts',
    'a clock that was set back',
    ['src/store/token-lifetime.ts', 'isInFuture(beganAt, now) ? 0 : ', ''],
  ],
  [
    'Servers learn',
    'e2e/hostile.test.ts',
    'servers are told name',
    ['src/http/connections.ts', '    client.userAgent = userAgent\n', ''],
  ],
  [
    "The action's own",
    'workflow-security.test.ts',
    '%s runs what was looked at',
    ['.github/workflows/ci.yml', 'npm ci --ignore-scripts', 'npm ci'],
  ],
  [
    "The action's own",
    'workflow-security.test.ts',
    '%s may write, so no development dependency',
    ['.github/workflows/identity.yml', ' --omit=dev --omit=optional', ''],
  ],
  [
    'A release differs',
    'e2e/scripts/release.test.ts',
    'is refused for a tag that was moved',
    ['scripts/release/check.ts', 'commitOf(started) === head', 'true'],
  ],
  [
    'A release differs',
    'workflow-security.test.ts',
    'only a pushed tag is published',
    ['.github/workflows/release.yml', "if: github.event_name == 'push' && github.ref_type == 'tag'", 'if: always()'],
  ],
  [
    "The action's own",
    'workflow-security.test.ts',
    'one check stands for all',
    ['.github/workflows/ci.yml', 'run: npm run same-dist', 'run: npm run build'],
  ],
  [
    "The action's own",
    'contract.test.ts',
    '%s of the toolkit',
    ['tsconfig.json', '      "@actions/exec": ["./scripts/stubs/exec.js"],\n', ''],
  ],
  [
    'A link to cloud storage gets',
    'e2e/sql-links.test.ts',
    'nothing of ours goes',
    ['src/warehouse/external-links.ts', "{ accept: '*/*', ...", "{ accept: '*/*', authorization: 'Bearer x', ..."],
  ],
  [
    'A link to cloud storage gets',
    'e2e/sql-links.test.ts',
    'a link to %s is refused',
    ['src/warehouse/external-links.ts', '    refuseLink(link.url, origin)\n', '    void refuseLink\n'],
  ],
  [
    'A link to cloud storage is read',
    'e2e/sql-links.test.ts',
    'neither a link nor',
    ['src/warehouse/external-links.ts', '    hide(link)\n', '    void hide\n'],
  ],
  [
    "The action's own",
    'workflow-security.test.ts',
    '%s gives nothing to all',
    ['.github/workflows/ci.yml', 'permissions: {}', 'permissions: write-all'],
  ],
]

const table = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
const threats = table
  .slice(table.indexOf('## Threats'), table.indexOf('## What goes where'))
  .split('\n')
  .filter((line) => /^\| (?!threat|---)/.test(line))
const testsIn = (row) =>
  [...row.matchAll(/`([\w./-]+\.test\.ts)` "([^"]+)"/g)].map(([, file, title]) => ({ file, title }))

/** What the table names and nothing here breaks. */
function unbroken() {
  const missing = threats.flatMap((row) =>
    testsIn(row)
      .filter(
        ({ file, title }) =>
          !breaks.some(
            ([threat, own, begins]) => row.startsWith(`| ${threat}`) && own === file && title.startsWith(begins),
          ),
      )
      .map(({ file, title }) => `${row.slice(2, 50)}…: ${file} "${title}"`),
  )
  return missing
}

function copyOf() {
  const copy = mkdtempSync(join(tmpdir(), 'break-guards-'))
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root }).toString().split('\0').filter(Boolean)
  for (const file of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const pattern = (title) =>
  title
    .split(/%[a-z]/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')

// Its last test judges what the others have done.
const WHOLE = ['federation/where-tokens-go.test.ts']

/** What becomes of the tests of a title: `passes`, `fails`, or `DID NOT RUN`, as in a file that cannot be read. */
function outcome(copy, file, title) {
  const project = file.startsWith('e2e/') ? 'e2e' : 'fast'
  const out = join(copy, 'result.json')
  rmSync(out, { force: true })
  const chosen = WHOLE.includes(file) ? [] : ['-t', pattern(title)]
  const args = ['vitest', 'run', '--project', project, `__tests__/${file}`, ...chosen]
  const env = { ...process.env, FUZZ_RUNS: '300' }
  spawnSync('npx', [...args, '--reporter=json', `--outputFile=${out}`], { cwd: copy, env })
  try {
    const { testResults } = JSON.parse(readFileSync(out, 'utf8'))
    const named = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter((one) => new RegExp(`^${pattern(title)}$`, 's').test(one.title))
    if (named.some(({ status }) => status === 'failed')) return 'fails'
    return named.some(({ status }) => status === 'passed') ? 'passes' : 'DID NOT RUN'
  } catch {
    return 'DID NOT RUN'
  }
}

const build = (copy) => execFileSync('npm', ['run', '-s', 'build'], { cwd: copy, stdio: 'pipe' })

function titleOf([threat, file, begins]) {
  const row = threats.find((line) => line.startsWith(`| ${threat}`)) ?? ''
  return testsIn(row).find((test) => test.file === file && test.title.startsWith(begins))?.title
}

function run(one, copy) {
  const [, file, , ...edits] = one
  const before = new Map(edits.map(([source]) => [source, readFileSync(join(copy, source), 'utf8')]))
  try {
    for (const [source, from, to] of edits) {
      const text = readFileSync(join(copy, source), 'utf8')
      if (!text.includes(from)) return 'NOTHING TO BREAK'
      writeFileSync(
        join(copy, source),
        text.replace(from, () => to),
      )
    }
    if (file.startsWith('e2e/') || file === 'contract.test.ts') build(copy)
    return outcome(copy, file, titleOf(one))
  } catch {
    return 'DOES NOT COMPILE'
  } finally {
    for (const [source, text] of before) writeFileSync(join(copy, source), text)
  }
}

const [wanted = ''] = process.argv.slice(2)
const chosen = breaks.filter((each) => each.slice(0, 3).join(' ').includes(wanted))
const copy = copyOf()
const bad = unbroken()
for (const line of bad) console.log(`${'NO BREAK'.padEnd(18)}${line}`)
const told = (result, [threat, file], source, title) =>
  console.log(`${result.padEnd(18)}${threat.padEnd(26)}${source.padEnd(38)}${file} "${title}"`)
try {
  build(copy)
  // A test that fails by itself would show nothing.
  const whole = new Map(
    chosen.map((one) => [one, titleOf(one) === undefined ? 'NOT IN THE TABLE' : outcome(copy, one[1], titleOf(one))]),
  )
  for (const one of chosen) {
    const before = whole.get(one)
    const result = before === 'passes' ? run(one, copy) : `${before}, UNBROKEN`
    if (result !== 'fails') bad.push(titleOf(one))
    told(result === 'fails' ? 'broken: fails' : result, one, one[3][0], titleOf(one))
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(bad.length === 0 ? 'Each guard was broken once, and its test failed.' : `${bad.length} are not shown.`)
process.exitCode = bad.length === 0 ? 0 : 1
