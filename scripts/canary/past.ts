import { setTimeout as wait } from 'node:timers/promises'

/** How long after its end the first token is tried again, in seconds: clocks differ. */
const AFTER = 20
/** Between two requests, in seconds. */
const PAUSE = 30

const endOf = (token: string): number => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp

/** A token of what `databricks-token exec` serves, asked for as the SDKs of Databricks do. */
async function served(service: string, host: string): Promise<string> {
  const headers = { 'x-databricks-metadata-version': '1', 'x-databricks-host': host }
  const answer = await fetch(service, { headers, signal: AbortSignal.timeout(60_000) })
  if (!answer.ok) throw new Error(`exec answered ${answer.status}`)
  const { access_token: token } = Object(await answer.json())
  return String(token)
}

async function statusWith(token: string, host: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  const url = `${host}/api/2.0/preview/scim/v2/Me`
  const answer = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) })
  await answer.arrayBuffer()
  return answer.status
}

/**
 * Works as a program does that outlives its first token, in the environment that `databricks-token exec` gives it.
 *
 * @throws Error if a served token is refused, if none is renewed, or if the first is taken after its end: then tokens would
 *   live longer than this project says
 */
export async function workPast(environment: NodeJS.ProcessEnv): Promise<void> {
  const { DATABRICKS_HOST: host = '', DATABRICKS_TOKEN: first = '' } = environment
  const { DATABRICKS_METADATA_SERVICE_URL: service = '' } = environment
  const end = endOf(first) + AFTER
  const left = () => end - Date.now() / 1000
  console.log(`The first token ends in ${Math.round(left()) - AFTER} s.`)
  while (left() > 0) {
    const status = await statusWith(await served(service, host), host)
    if (status !== 200) throw new Error(`the workspace answered ${status} to a token that exec served`)
    await wait(1000 * Math.min(PAUSE, Math.max(1, left())))
  }
  const renewed = await served(service, host)
  if (renewed === first) throw new Error('exec still serves the first token after its end')
  const [now, old] = [await statusWith(renewed, host), await statusWith(first, host)]
  if (now !== 200) throw new Error(`the workspace answered ${now} to the renewed token`)
  if (old < 400) throw new Error('the first token is still taken after its end')
  console.log(`The renewed token is taken; the first one, after its end, is refused with ${old}.`)
}
