import { systemCode } from './errors.ts'
import { isRunning, type KnownProcess, readProcess } from './processes.ts'
import { stepLog } from './runner/log.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import { endStaying } from './serve/end-staying.ts'
import { removeFolder } from './store/folder.ts'
import { openLoginStore } from './store/login-store.ts'

const { STATE_folder: folder = '', STATE_process: running = '', RUNNER_TEMP: temporary = '' } = process.env
const { warning } = stepLog(process.env, (text) => writeAllSync(1, text))

// Nobody reads what the process that stays prints, so this step says what failed in it.
function tellStaying(known: KnownProcess): void {
  const { readFailure, readToken } = openLoginStore(folder)
  const [failure, token] = [readFailure(), readToken()]
  if (failure !== undefined && (token === undefined || failure.beganAt > token.beganAt)) {
    warning(`The login of later steps could not be renewed at the end. ${failure.text}`)
  }
  if (!isRunning(known)) warning('The process that kept later steps logged in ended before the job did.')
}

function endProcess(known: KnownProcess): void {
  const isGone = endStaying(known, (pid) => process.kill(pid, 'SIGKILL'))
  if (!isGone) warning(`The process that kept later steps logged in still runs (${known.pid}).`)
}

// Whatever stays behind is useless when the job has ended, so that a failure here is a warning and no error.
try {
  const staying = readProcess(running)
  if (staying !== undefined) tellStaying(staying)
  try {
    if (folder !== '') removeFolder(folder, temporary)
  } finally {
    if (staying !== undefined) endProcess(staying)
  }
} catch (thrown) {
  const reason = systemCode(thrown) ?? 'not a folder of this action'
  warning(`The kept login was not removed (${reason}).`)
}
