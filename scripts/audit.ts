// Fails if npm's registry knows a fault of a package that is bundled. A mirror that answers no audit is no reason to
// fail: it says nothing about the packages.
import { spawnSync } from 'node:child_process'

interface Audit {
  /** There only if the registry has answered. */
  readonly auditReportVersion?: number
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>
}

// By its name, since npm is a script of another name on Windows; nothing in the line comes from elsewhere.
const { stdout } = spawnSync('npm audit --omit=dev --json', { shell: true, encoding: 'utf8' })

function read(json: string): Audit {
  try {
    return JSON.parse(json)
  } catch {
    return {}
  }
}

const { auditReportVersion, vulnerabilities = {} } = read(stdout)
const found = Object.entries(vulnerabilities).map(([name, { severity }]) => `${name} (${severity})`)

if (auditReportVersion === undefined) {
  console.log('::warning title=No audit::The registry answered no audit, so known faults were not looked for.')
} else if (found.length === 0) {
  console.log('The registry knows no fault of what is bundled.')
} else {
  console.log(`::error title=Known faults::${found.join(', ')}. See npm audit --omit=dev.`)
  process.exitCode = 1
}
