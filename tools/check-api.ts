//
// Every public name of the library says what it is, every function shows how it is called, and docs/api is today's.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PublicFolder, publicFolders } from './declarations.ts'
import { apiPages, isCallable } from './write-api.ts'

/** What is undocumented, and pages that are out of date. */
export function checkApi(root: string): string[] {
  const folders = publicFolders(root, 'pki')
  return [...undocumented(folders), ...outOfDate(folders, join(root, 'docs/api'))]
}

/** Public names without a sentence, functions without an example. */
const undocumented = (folders: readonly PublicFolder[]): string[] =>
  folders.flatMap(({ specifier, declared }) =>
    declared.flatMap((one) => [
      ...(one.doc?.says ? [] : [`${specifier}: ${one.name} has no doc comment`]),
      ...(isCallable(one) && !one.doc?.example ? [`${specifier}: ${one.name} has no @example`] : []),
    ]),
  )

function outOfDate(folders: readonly PublicFolder[], there: string): string[] {
  const stale = [...apiPages(folders)].filter(([name, text]) => {
    const file = join(there, name)
    return !existsSync(file) || readFileSync(file, 'utf8') !== text
  })
  return stale.length > 0 ? ['docs/api is out of date: node tools/write-api.ts'] : []
}
