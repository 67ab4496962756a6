// Preloaded into every process that a run of tests starts, whichever Node it is: `?in=FOLDER` says where `bundle-programs.ts`
// puts programs and libraries, each in one file, which are read instead of their modules once they are there.

import { readFileSync } from 'node:fs'
import * as module from 'node:module'

/** @type {(folder: string) => Record<string, string> | undefined} By what is asked for, where it is. */
const listIn = (folder) => {
  try {
    return JSON.parse(readFileSync(`${folder}/bundled.json`, 'utf8'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return undefined
  }
}

const list = listIn(new URL(import.meta.url).searchParams.get('in'))
if (list)
  module.registerHooks?.({
    resolve: (specifier, context, next) => {
      const found = specifier in list ? undefined : next(specifier, context)
      const url = list[found?.url ?? specifier]
      return url === undefined ? found : { url, format: 'module', shortCircuit: true }
    },
  })
