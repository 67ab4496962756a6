import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'

// Hundreds of tests start a program, and most of what a start takes is to find and read its 2,500 modules one by one. A run of tests puts
// those of a program into one file, and `bundled.mjs` has every process read that instead. They are the same modules, in the same order.

/** What processes and threads of tests begin with, from the root of the project. */
const PROGRAMS = [
  'packages/server/src/main.ts',
  'packages/server/src/threads/public-door.thread.ts',
  'packages/client/src/main.ts',
]

/** Libraries of hundreds of modules each, and what may be imported of them. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  kysely: ['kysely'],
  typebox: [
    'typebox',
    ...['compile', 'error', 'format', 'guard', 'schema', 'system', 'type', 'value'].map((part) => `typebox/${part}`),
  ],
}

/**
 * Writes into an empty folder what `bundled.mjs` takes for the programs and libraries of a project, and last, whole at once, the list of it:
 * until then each is read from where it is. Of a project without programs nothing is written.
 */
export async function bundlePrograms(root: string, folder: string): Promise<void> {
  const programs = PROGRAMS.map((file) => join(root, file)).filter((file) => existsSync(file))
  if (programs.length === 0) return
  const { resolve } = createRequire(join(root, 'packages/server/package.json'))
  const bundles: Readonly<Record<string, string>>[] = [
    ...programs.map((file) => ({ [pathToFileURL(file).href]: file })),
    ...Object.values(LIBRARIES).map((parts) => Object.fromEntries(parts.map((part) => [part, resolve(part)]))),
  ]
  const lists = await Promise.all(bundles.map((inputs, index) => bundle(inputs, join(folder, `${index}`))))
  const part = join(folder, 'bundled.json.part')
  writeFileSync(part, JSON.stringify(Object.assign({}, ...lists)))
  renameSync(part, join(folder, 'bundled.json'))
}

/**
 * @param inputs files, by what is asked for
 * @returns where each is now, by the same
 */
async function bundle(inputs: Readonly<Record<string, string>>, dir: string): Promise<Record<string, string>> {
  const asked = Object.keys(inputs)
  const made = await rolldown({
    input: Object.fromEntries(asked.map((name, index) => [`entry${index}`, inputs[name]!])),
    platform: 'node',
    plugins: [OWN_PLACE, OTHERS_STAY],
    checks: { pluginTimings: false }, // nobody is to read of them among the tests
  })
  await made.write({ dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await made.close()
  return Object.fromEntries(asked.map((name, index) => [name, pathToFileURL(join(dir, `entry${index}.mjs`)).href]))
}

/** Each module finds files beside itself where it stands in the project. */
const OWN_PLACE: Plugin = {
  name: 'own place',
  transform: (code, id) =>
    code.includes('import.meta.url')
      ? { code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) }
      : undefined,
}

/**
 * Other libraries, which are few modules each or no ES modules, are read from where they are. What is ours is not, however it is asked for: of a module
 * that is in the file and beside it there would be two, and what one throws the other does not know.
 */
const OTHERS_STAY: Plugin = {
  name: 'others stay',
  resolveId: async function (source, importer) {
    if (importer === undefined || /^(?:node:|\.)/.test(source) || source.split('/')[0]! in LIBRARIES) return undefined
    const found = await this.resolve(source, importer, { skipSelf: true })
    const isOther = found && !found.external && /[\\/]node_modules[\\/]/.test(found.id)
    const isLibrary = isOther && Object.keys(LIBRARIES).some((name) => found.id.includes(`/node_modules/${name}/`))
    return isOther && !isLibrary ? { id: pathToFileURL(found.id).href, external: true } : undefined
  },
}
