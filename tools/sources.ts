//
// What the checks read: the project's own files, and the imports in them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Node, parseSync, Visitor } from 'oxc-parser'

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
  /** Modules that are named for a worker or a process: `new URL('./x.ts', import.meta.url)`. */
  readonly addresses: readonly string[]
}

/**
 * @param file decides how the text is read: a .tsx has elements in it
 * @throws Error where it cannot be parsed
 */
export function importsOf(text: string, file = 'x.ts'): Imports {
  const { program, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
  const imports: string[] = []
  const addresses: string[] = []
  const named = (source: Node | null | undefined): void => {
    if (source) imports.push(textOf(source) ?? COMPUTED)
  }
  new Visitor({
    ImportDeclaration: ({ source }) => named(source),
    ExportNamedDeclaration: ({ source }) => named(source),
    ExportAllDeclaration: ({ source }) => named(source),
    ImportExpression: ({ source }) => named(source),
    TSImportType: ({ source }) => named(source),
    TSExternalModuleReference: ({ expression }) => named(expression),
    NewExpression({ callee, arguments: [address, base] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || !address || !base) return
      const target = textOf(address)
      if (isOwnAddress(base) && target?.startsWith('.') && CODE.test(target)) addresses.push(target)
    },
  }).visit(program)
  return { imports, addresses }
}

/** Stands for an import whose target only running the code would tell. */
export const COMPUTED = '(computed)'

/** The text of a literal, of a template without holes too. */
function textOf(node: Node): string | undefined {
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
