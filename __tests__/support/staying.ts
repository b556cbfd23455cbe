import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isNumberTaken, linkOf } from '../../src/processes.ts'

function commandLineOf(pid: string): string {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Numbers of the processes that stay for a login whose folder is in this one. */
export const stayingIn = (temporary: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && /\bstay[/\\]index\.js /.test(commandLineOf(name)))
    .filter((pid) => commandLineOf(pid).includes(temporary))
    .map(Number)

/** Resolves when a process is gone; a zombie is. */
export async function untilGone(pid: number): Promise<void> {
  while (isNumberTaken(pid) && linkOf(pid) !== undefined) await pause(20)
}

/** Asks a metadata service as the SDKs do. */
export async function askService(environment: Readonly<Record<string, string>>) {
  const { DATABRICKS_METADATA_SERVICE_URL: url = '', DATABRICKS_HOST: host = '' } = environment
  const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
  const answer = await fetch(url, { headers })
  const json = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, token: String(json['access_token']), error: String(json['error']) }
}
