import { systemCode } from './errors.ts'
import { stepLog } from './runner/log.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import { removeFolder } from './store/folder.ts'

const { STATE_folder: folder = '', RUNNER_TEMP: temporary = '' } = process.env

// Whatever stays behind is useless when the job has ended, so that a failure here is a warning and no error.
try {
  if (folder !== '') removeFolder(folder, temporary)
} catch (thrown) {
  const reason = systemCode(thrown) ?? 'not a folder of this action'
  stepLog(process.env, (text) => writeAllSync(1, text)).warning(`The kept login was not removed (${reason}).`)
}
