//
// What the checks read: the project's own files, and the imports in them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Node, Visitor } from 'oxc-parser'
import { parse } from './walk.ts'

// What is made or downloaded, and so not ours to judge (the same folders as in .gitignore).
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'data', 'output', '.scratch'])

/** Our files under `folder`, as paths relative to it with `/`, sorted; `pattern` is matched against that path. */
export function filesUnder(folder: string, pattern: RegExp = /./): string[] {
  const walk = (below: string): string[] =>
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      if (NOT_OURS.has(entry.name)) return []
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return walk(path)
      return pattern.test(path) ? [path] : []
    })
  return walk('').sort()
}

/** TypeScript and JavaScript. */
export const CODE: RegExp = /\.(ts|tsx|mjs)$/

/** Files that only tests run: they may use development dependencies, and stand outside the layers. */
export const isTestFile = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || /(^|\/)(test|e2e|bench|testing)\//.test(path)

/** What a file asks for, as written. */
export interface Imports {
  /** Statements, re-exports, `import()` calls and types. A name that is computed is told as `COMPUTED`. */
  readonly imports: readonly string[]
  /** Those of them that take nothing but types. */
  readonly types: ReadonlySet<string>
  /** Modules that are named for a worker or a process: `new URL('./x.ts', import.meta.url)`. */
  readonly addresses: readonly string[]
}

/**
 * @param file decides how the text is read: a .tsx has elements in it
 * @throws Error where it cannot be parsed
 */
export function importsOf(text: string, file = 'x.ts'): Imports {
  const imports: string[] = []
  const addresses: string[] = []
  let [places, understood] = [0, 0]
  const values = new Set<string>()
  const named = (source: Node | null | undefined, onlyTypes = false): void => {
    if (!source) return
    const target = textOf(source) ?? COMPUTED
    imports.push(target)
    if (!onlyTypes) values.add(target)
  }
  new Visitor({
    ImportDeclaration: ({ source, importKind, specifiers }) =>
      named(
        source,
        importKind === 'type' ||
          isEvery(specifiers, (one) => one.type === 'ImportSpecifier' && one.importKind === 'type'),
      ),
    ExportNamedDeclaration: ({ source, exportKind, specifiers }) =>
      named(source, exportKind === 'type' || isEvery(specifiers, (one) => one.exportKind === 'type')),
    ExportAllDeclaration: ({ source, exportKind }) => named(source, exportKind === 'type'),
    ImportExpression: ({ source }) => named(source),
    TSImportType: ({ source }) => named(source, true),
    TSExternalModuleReference: ({ expression }) => named(expression),
    NewExpression({ callee, arguments: [address, base] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || !address || !base) return
      if (!isOwnAddress(base)) return
      const target = textOf(address)
      if (target !== undefined) understood++
      if (target?.startsWith('.') && CODE.test(target)) addresses.push(target)
    },
    // Where a file is found by what only running it would tell, and what loads modules behind the back of an import.
    MemberExpression({ object, property }) {
      if (property.type !== 'Identifier') return
      if (object.type === 'MetaProperty' && OWN_PLACE.has(property.name)) places++
      if (property.name === 'getBuiltinModule') imports.push(COMPUTED)
    },
  }).visit(parse(text, file))
  if (places > understood) imports.push(COMPUTED)
  return { imports, types: new Set(imports.filter((target) => !values.has(target))), addresses }
}

/** Of nothing it says nothing: `import './x.ts'` runs it. */
const isEvery = <T>(all: readonly T[], holds: (one: T) => boolean): boolean => all.length > 0 && all.every(holds)

/** What `import.meta` says of where the file is. */
const OWN_PLACE: ReadonlySet<string> = new Set(['url', 'resolve', 'dirname', 'filename'])

/** Stands for an import whose target only running the code would tell. */
export const COMPUTED = '(computed)'

/** The text of a literal, of a template without holes too. */
export function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}

/** Whether it is `import.meta.url`. */
const isOwnAddress = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  node.object.type === 'MetaProperty' &&
  node.property.type === 'Identifier' &&
  node.property.name === 'url'
