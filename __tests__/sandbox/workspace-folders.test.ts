import { expect, test } from 'vitest'
import { createFolders } from '../../sandbox/workspace-folders.ts'

const folder = (path: string) => JSON.stringify({ path })

test('each principal has a home, under either name', () => {
  const { status } = createFolders(['ada'])
  expect(status('/Workspace/Users/ada')).toMatchObject({ status: 200, json: { object_type: 'DIRECTORY' } })
  expect(status('/Users/ada').status).toBe(200)
  expect(status('/Workspace/Users/eve')).toMatchObject({
    status: 404,
    json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  })
})

test('a folder is made with those above it, and keeps its id', () => {
  const { status, mkdirs } = createFolders(['ada'])
  expect(mkdirs(folder('/Workspace/Users/ada/.bundle/x'))).toEqual({ status: 200, json: {} })
  const made = status('/Users/ada/.bundle/x')
  expect(status('/Users/ada/.bundle').status).toBe(200)
  mkdirs(folder('/Workspace/Users/ada/.bundle/x/'))
  expect(status('/Users/ada/.bundle/x')).toEqual(made)
})

test.each(['', '{}', '{"path":1}', '{"path":"x"}'])('%s makes no folder', (body) => {
  expect(createFolders([]).mkdirs(body).status).toBe(400)
})
