import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'

const root = join(import.meta.dirname, '..', '..')

/** Files of a repository by path. */
export type Files = Readonly<Record<string, string>>

/** Makes a folder with these files, and with this action as it is published: action.yml and dist/. */
export function makeFolder(files: Files, { withAction }: { withAction: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'act-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (withAction) {
    for (const path of ['action.yml', 'dist']) cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  return folder
}

/** Makes a folder a Git repository with one commit of nothing, which is all that act reads. Git is not needed. */
export function addCommit(folder: string): void {
  const git = join(folder, '.git')
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(git, path)), { recursive: true })
    writeFileSync(join(git, path), content)
  }
  const store = (kind: string, content: string): string => {
    const object = Buffer.from(`${kind} ${content.length}\0${content}`)
    const id = createHash('sha1').update(object).digest('hex')
    write(`objects/${id.slice(0, 2)}/${id.slice(2)}`, deflateSync(object))
    return id
  }
  const tree = store('tree', '')
  const who = 'octocat <octocat@example.com> 1800000000 +0000'
  const commit = store('commit', `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nFirst\n`)
  write('HEAD', 'ref: refs/heads/main\n')
  write('refs/heads/main', `${commit}\n`)
  write('config', '[core]\n\trepositoryformatversion = 0\n\tbare = false\n')
}
