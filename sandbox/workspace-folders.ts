import type { Answer } from './http-server.ts'

/** `/Workspace/Users/x` and `/Users/x` are one folder. */
const withoutPrefix = (path: string): string => path.replace(/^\/Workspace(?=\/|$)/, '').replace(/\/$/, '')

const refuse = (status: number, errorCode: string, message: string): Answer => ({
  status,
  json: { error_code: errorCode, message },
})

function pathIn(body: string): string | undefined {
  try {
    const { path }: { path?: unknown } = JSON.parse(body)
    return typeof path === 'string' && path.startsWith('/') ? path : undefined
  } catch {
    return undefined
  }
}

/** The folders of a workspace, which `databricks bundle` looks for and makes. The root and each home are there. */
export function createFolders(users: readonly string[]) {
  const ids = new Map<string, number>()
  const make = (path: string): void => {
    const parts = withoutPrefix(path).split('/')
    for (let length = 1; length <= parts.length; length++) {
      const folder = parts.slice(0, length).join('/')
      if (!ids.has(folder)) ids.set(folder, 4_100_000_000_001 + ids.size)
    }
  }
  for (const user of users) make(`/Users/${user}`)
  return {
    /** `GET /api/2.0/workspace/get-status?path=…`. */
    status(path: string): Answer {
      const id = ids.get(withoutPrefix(path))
      if (id === undefined) return refuse(404, 'RESOURCE_DOES_NOT_EXIST', `Path (${path}) doesn't exist.`)
      return { status: 200, json: { object_type: 'DIRECTORY', path, object_id: id, resource_id: String(id) } }
    },
    /** `POST /api/2.0/workspace/mkdirs`: makes the folders above it, too. */
    mkdirs(body: string): Answer {
      const path = pathIn(body)
      if (path === undefined) return refuse(400, 'INVALID_PARAMETER_VALUE', 'Path must be absolute.')
      make(path)
      return { status: 200, json: {} }
    },
  }
}
