// Under `npm run coverage` a child runs src/main.ts where it was given dist/main/index.js: Node strips the types and
// keeps each offset, so that what V8 counts is counted in the source.
import { registerHooks } from 'node:module'

const DOOR = /\/(?:dist\/)?(main|post|command|stay)\/index\.js$/
const root = new URL('../../', import.meta.url)

registerHooks({
  resolve(specifier, context, nextResolve) {
    const door = specifier.startsWith(root.href) ? DOOR.exec(specifier)?.[1] : undefined
    if (door !== undefined) return nextResolve(new URL(`src/${door}.ts`, root).href, context)
    // As tsconfig.json resolves the one file of the toolkit.
    return specifier.startsWith('@actions/core/lib/')
      ? nextResolve(new URL(`node_modules/${specifier}`, root).href, context)
      : nextResolve(specifier, context)
  },
})
