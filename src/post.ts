import { systemCode } from './errors.ts'
import { removeFolder } from './fresh/folder.ts'

const { STATE_folder: folder = '', RUNNER_TEMP: temporary = '' } = process.env

// What is left behind ends with the job: nothing here is worth failing one for.
try {
  if (folder !== '') removeFolder(folder, temporary)
} catch (thrown) {
  const reason = systemCode(thrown) ?? 'not a folder of this action'
  process.stdout.write(`::warning title=Databricks token::The kept login was not removed (${reason}).\n`)
}
