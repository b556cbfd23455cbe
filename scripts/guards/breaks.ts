// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source.

/** Text that stands once in a file of this repository, and what breaks a guard in its place. */
export type Edit = readonly [file: string, from: string, to: string]

/**
 * How one guard of the threats table in docs/security.md is broken, and the test that has to fail by it: the beginning of
 * its row, the file of the test, the beginning of its title.
 */
export type Break = readonly [row: string, file: string, title: string, edit: Edit, ...more: Edit[]]

export const breaks: readonly Break[] = [
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
    ['src/federation/audience.ts', 'published, accountId, ', 'published, accountId ?? metadata.accountId, '],
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
    ['src/open-login.ts', 'groupId: groupId || undefined, ', ''],
  ],
  [
    'A token has all rights',
    'e2e/group.test.ts',
    '%s refuses another group',
    ['src/open-login.ts', '  refuseOtherGroup(environment, login)\n', '  void refuseOtherGroup\n'],
  ],
  [
    'A token has all rights',
    'e2e/group.test.ts',
    'a kept login whose group',
    [
      'src/store/login-store.ts',
      "  if (typeof groupId !== 'string' || !/^\\d*$/.test(groupId)) throw unusableLogin(file)\n",
      '',
    ],
    [
      'src/store/login-store.ts',
      '    groupId,\n    serviceDigest:',
      "    groupId: textOr(groupId) ?? '',\n    serviceDigest:",
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
      "    if (outcomeOf(status) === 'redirect') throw redirected(status, message, request)\n    if (isRetryable",
      '    void redirected\n    if (isRetryable',
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
    ['src/http/client.ts', "HttpClient('', [], { ", "HttpClient('', [], { ignoreSslError: true, "],
  ],
  [
    'A redirect',
    'http/repeat.test.ts',
    'nothing has left where no secure connection came about',
    ['src/http/client.ts', 'HttpsAgent({ ', 'HttpsAgent({ rejectUnauthorized: false, '],
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
    ['src/time.ts', 'Number(process.hrtime.bigint()) / 1e6', 'Date.now()'],
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
    'A token that was renewed for all',
    'e2e/staying-beside.test.ts',
    'the step masks masks a token',
    ['src/store/mask-each-token.ts', 'const LOOK_EVERY_MS = 100', 'const LOOK_EVERY_MS = 20_000'],
  ],
  [
    'A token that was renewed for all',
    'store/settled-token.test.ts',
    'a renewed token is handed out one second',
    ['src/store/settled-token.ts', 'const SETTLE_SECONDS = 1', 'const SETTLE_SECONDS = 0'],
  ],
  [
    'A process goes on',
    'e2e/stay-process.test.ts',
    'its worker gone',
    ['src/serve/staying-process.ts', ' && (worker === undefined || isRunning(worker))', ''],
  ],
  [
    'A process goes on',
    'e2e/stay-process.test.ts',
    'a step that is killed',
    // The step has closed the channel by then. To close it again would end the process by an error, and not by the guard.
    [
      'src/serve/staying-process.ts',
      '  if ((await channel.next()) !== STAY) return\n  channel.send(STAYS)\n  channel.close()\n',
      '  await channel.next()\n  channel.send(STAYS)\n',
    ],
  ],
  [
    'A process goes on',
    'e2e/staying.test.ts',
    'twenty jobs in a row',
    ['src/post.ts', '    if (staying !== undefined) endProcess(staying)\n', '    void endProcess\n'],
  ],
  [
    'A foreign metadata service',
    'e2e/staying-beside.test.ts',
    'a metadata service of somebody else',
    [
      'src/store/earlier-logins.ts',
      'find(({ serviceDigest }) => serviceDigest === digest)',
      'find(({ serviceDigest }) => serviceDigest !== undefined || digest)',
    ],
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
    ['src/main.ts', "const standing = exportEnv ? standingOfLogin(inputs) : 'alone'", "const standing = 'alone'"],
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
    ['src/http/attempt.ts', "'user-agent': userAgent", "'user-agent': userAgent + process.pid"],
  ],
  [
    "The action's own",
    'workflow-security.test.ts',
    '%s runs what was looked at',
    [
      '.github/workflows/ci.yml',
      'npm ci --ignore-scripts\n      - run: npm run lint',
      'npm ci\n      - run: npm run lint',
    ],
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
    [
      'src/runner/publish.ts',
      'import { issueFileCommand',
      "import '@actions/core/lib/core.js'\nimport { issueFileCommand",
    ],
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
    ['.github/workflows/ci.yml', '\n\npermissions: {}\n', '\n\npermissions: write-all\n'],
  ],
]
