import { systemCode } from './errors.ts'
import { stepLog } from './runner/log.ts'
import { writeAllSync } from './runner/write-all-sync.ts'
import { removeFolder } from './store/folder.ts'

const { STATE_folder: folder = '', RUNNER_TEMP: temporary = '' } = process.env

// What is left behind ends with the job: nothing here is worth failing one for.
try {
  if (folder !== '') removeFolder(folder, temporary)
} catch (thrown) {
  const reason = systemCode(thrown) ?? 'not a folder of this action'
  stepLog(process.env, (text) => writeAllSync(1, text)).warning(`The kept login was not removed (${reason}).`)
}
