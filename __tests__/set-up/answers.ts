import type { Answer, ReceivedRequest } from '../../sandbox/http-server.ts'

/** What a stand-in answers to one method and path, whose parts in braces are handed over decoded. */
export type Route = (parts: Readonly<Record<string, string>>, request: ReceivedRequest) => Answer

/** By method and path: `GET /repos/{owner}/{name}`. */
export type Routes = Readonly<Record<string, Route>>

/** The answer of the first route that fits, or undefined. */
export function answerBy(routes: Routes, request: ReceivedRequest): Answer | undefined {
  for (const [pattern, route] of Object.entries(routes)) {
    const [method = '', path = ''] = pattern.split(' ')
    const fits = new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(request.url.pathname)
    if (method !== request.method || fits === null) continue
    const parts = Object.entries(fits.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)])
    return route(Object.fromEntries(parts), request)
  }
  return undefined
}

/** A body of JSON, whose form the caller knows. */
export function bodyOf<T>(request: ReceivedRequest): T {
  return JSON.parse(request.body)
}
