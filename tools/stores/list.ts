//
// The stores of the server's rules, as `core/work.ts` and the ports say them.

import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { TSSignature } from 'oxc-parser'
import { parse, walk } from '../walk.ts'

/** Seen from the server's `src`. */
export const WORK = 'core/work.ts'
/** What `work.ts` calls the stores of a unit: of one that changes something, and of one that only looks. */
export const UNITS: ReadonlySet<string> = new Set(['Stores', 'Readers'])

/** A store: the folder whose port it is, and the methods that each half of it has. */
export interface Store {
  readonly owner: string
  readonly reads: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
}

/** The feature that a file of `src` belongs to; '' where it is none's. */
export const featureOf = (file: string): string => /^core\/(origins\/[^/]+|[^/]+)\//.exec(file)?.[1] ?? ''

/** Each store by the name that a unit hands it out by. */
export function storesOf(source: string): ReadonlyMap<string, Store> {
  const ports = new Map<string, string>()
  const halves = new Map<string, Partial<Record<string, string>>>()
  walk(parse(readFileSync(join(source, WORK), 'utf8'), WORK), ({ node }) => {
    if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers) ports.set(local.name, posix.join('core', node.source.value))
    }
    if (node.type !== 'TSInterfaceDeclaration' || !UNITS.has(node.id.name)) return
    for (const member of node.body.body) {
      const [name, type] = [nameOf(member), typeOf(member)]
      if (name && type) halves.set(name, { ...halves.get(name), [node.id.name]: type })
    }
  })
  return new Map(
    [...halves].map(([name, { Readers: reader = '', Stores: writer = reader }]) => {
      const port = ports.get(reader) ?? ports.get(writer) ?? ''
      const methods = methodsOf(join(source, port))
      const writes = writer === reader ? [] : (methods.get(writer) ?? [])
      return [name, { owner: featureOf(port), reads: new Set(methods.get(reader)), writes: new Set(writes) }]
    }),
  )
}

function methodsOf(port: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  walk(parse(readFileSync(port, 'utf8'), port), ({ node }) => {
    if (node.type === 'TSInterfaceDeclaration') {
      found.set(
        node.id.name,
        node.body.body.flatMap((member) => nameOf(member) ?? []),
      )
    }
  })
  return found
}

const nameOf = (member: TSSignature): string | undefined =>
  'key' in member && member.key.type === 'Identifier' ? member.key.name : undefined

function typeOf(member: TSSignature): string | undefined {
  const type = member.type === 'TSPropertySignature' ? member.typeAnnotation?.typeAnnotation : undefined
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined
}
