//
// The walls between packages. Node and tsc enforce `exports`; what they let through is refused here: a relative
// path that leaves its package, a package that is not declared, and a declaration that points upwards.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { CODE, COMPUTED, filesUnder, importsOf, isTestFile } from './sources.ts'

/** Which package may depend on which of ours. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  pki: [],
  contract: ['pki'],
  files: ['pki'],
  pkcs11: ['pki'],
  testkit: ['pki'],
  server: ['pki', 'pkcs11', 'files', 'contract'],
  client: ['pki', 'pkcs11', 'files', 'contract'],
  portal: ['pki', 'files', 'contract'],
}

/** What may declare at most these dependencies besides ours. */
const AT_MOST: Readonly<Record<string, readonly string[]>> = {
  pki: [],
  files: ['@zip.js/zip.js'],
  pkcs11: ['koffi'],
  contract: ['typebox'],
}

/** Names that a package gives its own files (`imports` in package.json), and the folder that may use them. */
const PRIVATE: Readonly<Record<string, string>> = { '#engine': 'packages/pki/src/crypto/' }

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Every import and every declaration that goes through a wall, as a sentence. */
export function checkImports(root: string): string[] {
  const folders = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'package.json')),
  )
  const manifests = new Map(folders.map((name) => [name, manifestOf(join(root, 'packages', name))]))
  const tools = { ...manifestOf(root), name: 'tools' }
  return [
    ...folders.flatMap((name) => declarations(name, manifests.get(name) ?? { name })),
    ...folders.flatMap((name) => imports(root, `packages/${name}`, manifests.get(name) ?? { name }, manifests, tools)),
    ...(existsSync(join(root, 'tools')) ? imports(root, 'tools', tools, manifests, tools) : []),
  ]
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function declarations(name: string, { dependencies = {} }: Manifest): string[] {
  const allowed = OURS[name]
  if (allowed === undefined) return [`packages/${name} has no place in tools/check-imports.ts: give it one`]
  return Object.keys(dependencies).flatMap((dependency) => {
    const ours = /^@scel\/(.+)$/.exec(dependency)?.[1]
    const fine = ours === undefined ? (AT_MOST[name]?.includes(dependency) ?? true) : allowed.includes(ours)
    return fine ? [] : [`packages/${name}/package.json: ${name} may not depend on ${dependency}`]
  })
}

function imports(
  root: string,
  folder: string,
  own: Manifest,
  manifests: ReadonlyMap<string, Manifest>,
  tools: Manifest,
): string[] {
  return filesUnder(join(root, folder), CODE).flatMap((file) => {
    const test = isTestFile(file) || folder === 'tools' || !file.startsWith('src/')
    const declared = { ...own.dependencies, ...(test && { ...own.devDependencies, ...tools.devDependencies }) }
    const breach = (target: string): string | undefined => {
      if (target === COMPUTED) return test ? undefined : 'imports what only running it would tell'
      if (target.startsWith('.')) {
        return posix.join(posix.dirname(file), target).startsWith('..') ? `${target} leaves ${folder}` : undefined
      }
      if (target.startsWith('#')) {
        const home = PRIVATE[target]
        return home && `${folder}/${file}`.startsWith(home) ? undefined : `${target} is for ${home ?? 'nobody'} alone`
      }
      // `createRequire` loads modules behind the back of this check.
      if (/^(node:)?module$/.test(target) && !test) return `${target} is for tests and tools alone`
      if (isBuiltin(target)) return undefined
      const parts = target.split('/')
      const name = parts.slice(0, target.startsWith('@') ? 2 : 1).join('/')
      const ours = manifests.get(/^@scel\/(.+)$/.exec(name)?.[1] ?? '')
      // Tests of every package and the tools may use any of our packages, by their public folders.
      if (!(name in declared) && name !== own.name && !(test && ours)) return `${name} is not declared`
      const path = ['.', ...parts.slice(2)].join('/')
      return ours?.exports && !Object.hasOwn(ours.exports, path) ? `${name} does not export ${path}` : undefined
    }
    const { imports, addresses } = importsOf(readFileSync(join(root, folder, file), 'utf8'), file)
    // Tests run the programs of other packages, and look at their texts.
    const found = [...imports, ...(test ? [] : addresses)].map(breach)
    return found.flatMap((words) => (words === undefined ? [] : [`${folder}/${file}: ${words}`]))
  })
}
