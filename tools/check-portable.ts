//
// pki and contract run in browsers as well as in Node, and the portal only there: nothing in them may ask for Node.
// One engine is the exception, and package.json's "imports" keeps browsers away from it.

import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { CODE, filesUnder, importsOf, withoutComments } from './sources.ts'

const PORTABLE = ['pki', 'contract', 'portal']
const ENGINE = /^packages\/pki\/src\/crypto\/engine\.node(?:\.\w+)?\.ts$/
const GLOBALS = /(?<![.\w'"-])(?:Buffer|process|__dirname|__filename|setImmediate|require)(?=[.([])/

/** Every use of Node in a portable package, as a sentence. */
export function checkPortable(root: string): string[] {
  return PORTABLE.flatMap((name) => {
    const source = join(root, 'packages', name, 'src')
    if (!existsSync(source)) return []
    return filesUnder(source, CODE).flatMap((below) => {
      const file = `packages/${name}/src/${below}`
      if (ENGINE.test(file) || /\.test\.tsx?$/.test(file)) return []
      const text = readFileSync(join(root, file), 'utf8')
      const builtins = importsOf(text).filter((target) => isBuiltin(target))
      const lines = withoutComments(text).split('\n')
      return [
        ...builtins.map((target) => `${file}: ${target} exists in Node only`),
        ...lines.flatMap((line, at) => {
          const found = GLOBALS.exec(line)
          return found ? [`${file}:${at + 1}: ${found[0]} exists in Node only`] : []
        }),
      ]
    })
  })
}
