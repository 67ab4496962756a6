//
// Every node of a file's syntax tree, with what it stands in.

import { type Node, type Program, parseSync } from 'oxc-parser'

/** A node, the one that it is part of, and under which name. */
export interface Place {
  readonly node: Node
  readonly parent: Node | undefined
  readonly key: string
  /** Where the parent stands. */
  readonly above: Place | undefined
}

/** @throws Error where it cannot be parsed */
export function parse(text: string, file: string): Program {
  const { program, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
  return program
}

/** Outermost first. */
export function walk(top: Node, visit: (place: Place) => void): void {
  const go = (node: Node, key: string, above: Place | undefined): void => {
    const place: Place = { node, parent: above?.node, key, above }
    visit(place)
    for (const [name, child] of Object.entries(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) go(one, name, place)
    }
  }
  go(top, '', undefined)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
