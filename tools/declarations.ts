//
// What a package offers, read from the declarations that the compiler writes for its public folders: names, texts and
// doc comments. The API page, its check and the test of the examples all read it from here.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** One public name. */
export interface Declared {
  readonly name: string
  readonly kind: 'function' | 'class' | 'constant' | 'type'
  /** As the compiler writes it, without `export declare`. */
  readonly text: string
  readonly doc?: Doc
}

/** A doc comment in its parts; {@link} is replaced by the name in backquotes. */
export interface Doc {
  readonly says: string
  readonly throws?: string
  /** Lines of TypeScript. */
  readonly example?: string
}

/** A public folder: what `exports` of package.json names. */
export interface PublicFolder {
  /** As it is imported: `@scel/pki/x509`. */
  readonly specifier: string
  /** What the first comment of its index.ts says. */
  readonly intro: string
  readonly declared: readonly Declared[]
}

/** The public folders of a package in the order of its `exports`; the contents page `.` is left out. */
export function publicFolders(root: string, name: string): PublicFolder[] {
  const home = join(root, 'packages', name)
  const written = mkdtempSync(join(tmpdir(), 'scel-declarations-'))
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const how = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--rewriteRelativeImportExtensions']
    const where = ['-p', join(home, 'tsconfig.json'), '--outDir', written, '--rootDir', home]
    execFileSync(process.execPath, [tsc, ...where, ...how], { stdio: 'pipe' })
    const { name: specifier, exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    return Object.entries(exports as Record<string, string>)
      .filter(([below, index]) => below !== '.' && existsSync(join(home, index)))
      .map(([below, index]) => ({
        specifier: `${specifier}${below.slice(1)}`,
        intro: introOf(readFileSync(join(home, index), 'utf8')),
        declared: exportsOf(join(written, index)),
      }))
  } finally {
    rmSync(written, { recursive: true, force: true })
  }
}

const REEXPORT = /^export (?:type )?\{([^}]*)\} from '([^']+)';/gm

/** Everything an index re-exports, in its order. `file` ends in .ts; its declarations stand beside it in .d.ts. */
function exportsOf(file: string): Declared[] {
  const index = readFileSync(declarationFile(file), 'utf8')
  return [...index.matchAll(REEXPORT)].flatMap(([, names = '', from = '']) => {
    const target = join(dirname(file), from)
    const there = declarationsIn(readFileSync(declarationFile(target), 'utf8'))
    return names.split(',').flatMap((written) => {
      const name = written.replace(/^\s*type\s+/, '').trim()
      if (name === '') return []
      const found = there.get(name)
      if (found) return [found]
      // An index over an index, or a name that is itself re-exported.
      return exportsOf(target).filter((one) => one.name === name)
    })
  })
}

const declarationFile = (file: string): string => file.replace(/(?:\.d)?\.[tj]s$/, '.d.ts')
const NAMED = /^export (?:declare )?(?:abstract )?(function|class|const|interface|type|let) ([\w$]+)/

/** The exported declarations of one .d.ts file by name. Overloads are joined under the first one's comment. */
export function declarationsIn(text: string): Map<string, Declared> {
  const found = new Map<string, Declared>()
  let comment: string | undefined
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]!.startsWith('/**')) {
      const end = lines.findIndex((line, index) => index >= at && line.includes('*/'))
      comment = lines.slice(at, end + 1).join('\n')
      at = end
      continue
    }
    const [, word, name] = NAMED.exec(lines[at]!) ?? []
    if (!word || !name) {
      if (lines[at]!.trim() !== '') comment = undefined
      continue
    }
    const end = statementEnd(lines, at)
    const body = lines.slice(at, end + 1).join('\n')
    at = end
    const before = found.get(name)
    const doc = before?.doc ?? (comment ? docOf(comment) : undefined)
    const shown = body.replace(/^export (declare )?/, '').replace(/^\s*(?:private|#).*;\n/gm, '')
    found.set(name, {
      name,
      kind: kindOf(word, body),
      text: before && word === 'function' ? `${before.text}\n${shown}` : shown,
      ...(doc ? { doc } : {}),
    })
    comment = undefined
  }
  return found
}

/** A statement ends where its brackets are closed and the line ends it. */
function statementEnd(lines: readonly string[], start: number): number {
  let depth = 0
  for (let at = start; at < lines.length; at++) {
    const code = lines[at]!.replace(/\/\*.*?\*\/|'[^']*'/g, '').replace(/^\s*(?:\*|\/\*\*|\/\/).*$/, '')
    for (const sign of code) {
      if ('{([<'.includes(sign)) depth++
      else if ('})]'.includes(sign) || sign === '>') depth--
    }
    // An arrow's > has no opening partner.
    depth += (code.match(/=>/g) ?? []).length
    if (depth <= 0 && /[;}]\s*$/.test(code)) return at
  }
  return lines.length - 1
}

function kindOf(word: string, body: string): Declared['kind'] {
  if (word === 'function' || word === 'class') return word
  if (word === 'interface' || word === 'type') return 'type'
  return /^export declare const [\w$]+: (?:<.*>)?\(.*?\)? ?(?:=>|\n)/.test(body) && body.includes('=>')
    ? 'function'
    : 'constant'
}

function docOf(comment: string): Doc {
  const text = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
  const parts = text.split(/(?:^|\s)@(?=(?:throws|example|default|param|returns|deprecated)\b)/)
  const tag = (name: string): string | undefined =>
    parts
      .slice(1)
      .find((part) => part.startsWith(name))
      ?.slice(name.length)
  const example = tag('example')
    ?.replace(/^[ \t]*\n/, '')
    .trimEnd()
  const thrown = tag('throws')
  return {
    says: flowing(parts[0] ?? ''),
    ...(thrown ? { throws: flowing(thrown) } : {}),
    ...(example ? { example } : {}),
  }
}

/** Lines of a paragraph joined; a list or a blank line stays. */
const flowing = (text: string): string =>
  text
    .replace(/\{@link (\w+)(?: [^}]*)?\}/g, '`$1`')
    .replace(/([^\n])\n(?![\n-])\s*/g, '$1 ')
    .trim()

function introOf(index: string): string {
  const lines = index.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ')
    .trim()
}
