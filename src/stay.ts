import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
// Loaded at its start, since the files of the action may be gone when they are needed.
import '@actions/http-client'
import './explain/missing-permission.ts'
import './explain/refusal.ts'
import './explain/rendering.ts'
import './explain/undeclared-inputs.ts'
import './federation/principal.ts'
import './federation/unified-host.ts'
import './federation/whereabouts.ts'
import './log-in.ts'
import { openLogin } from './open-login.ts'
import { readProcess } from './processes.ts'
import { commandLog } from './runner/command-log.ts'
import { runToEnd } from './runner/run-to-end.ts'
import { serveLogin, serviceEnvironment } from './serve/served-login.ts'
import { channelOf, stay, watchFolder } from './serve/staying-process.ts'
import { removeFolder } from './store/folder.ts'
import { settledFirst } from './store/settled-token.ts'
import { renewalThreshold } from './store/token-lifetime.ts'
import { secondsNow as now } from './time.ts'

// The process that `stay_logged_in` leaves behind. Nobody reads what it would print: a failed renewal is told to the
// clients, and by the post step.
const environment = process.env
const log = commandLog(environment, () => undefined)

const { values } = parseArgs({ options: { kept: { type: 'string' }, worker: { type: 'string' } } })
const { kept: folder = '', worker = '' } = values

async function run(): Promise<number> {
  const isFolderThere = watchFolder(folder)
  const { kept, login, fresh, describe } = openLogin(folder, { environment, log, warning: log.info })
  const service = await serveLogin({
    login,
    current: kept.readToken,
    renew: () => fresh(renewalThreshold),
    handOut: settledFirst({ first: kept.readToken(), now, pause }),
    describe,
    now,
    info: log.info,
  })
  const { jdbc, metadataService } = serviceEnvironment(service)
  const ready = {
    url: service.metadataServiceUrl,
    environment: { ...metadataService, ...jdbc },
    halves: service.halves,
  }
  await stay({ channel: channelOf(process), ready, isFolderThere, worker: readProcess(worker), pause })
  service.close()
  if (isFolderThere()) removeFolder(folder, dirname(folder))
  return 0
}

// These signals do not mean that the job is over, so they are ignored: the runner sends them to what a step leaves behind, and
// a terminal to all that it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
runToEnd(run, log.fail, [])
