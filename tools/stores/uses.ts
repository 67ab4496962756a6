//
// What a file does with the stores of a unit. They are followed by their name: whatever a unit hands out is called `stores`, or taken
// apart where it is handed over. What would hide them from here (another name, a copy, a computed member) is told as hidden.

import type { BindingPattern, Function as Fn, Node, ParamPattern, Program, TSType } from 'oxc-parser'
import { type Place, walk } from '../walk.ts'
import { type Store, UNITS } from './list.ts'

/** One use of a store. What nobody can tell, as `stores.requests` handed on whole, counts as writing. */
export interface Use {
  readonly store: string
  readonly how: 'reads' | 'writes' | 'purges'
  /** As the finding calls it. */
  readonly words: string
}

export interface Uses {
  readonly uses: readonly Use[]
  /** Sentences about what cannot be followed. */
  readonly hidden: readonly string[]
}

/** Names of types, in any of the files, that are what a unit hands out, or a part of it. */
export function unitTypesOf(tops: readonly Program[]): ReadonlySet<string> {
  const types = new Set(UNITS)
  for (let before = -1; before !== types.size; ) {
    before = types.size
    for (const top of tops) {
      walk(top, ({ node }) => {
        if (node.type === 'TSTypeAliasDeclaration' && isUnitType(node.typeAnnotation, types)) types.add(node.id.name)
      })
    }
  }
  return types
}

/** `Stores`, `Pick<Stores, …>`, several of them together, or a name for such. */
function isUnitType(type: TSType | undefined, types: ReadonlySet<string>): boolean {
  if (type?.type === 'TSIntersectionType' || type?.type === 'TSUnionType') {
    return type.types.some((one) => isUnitType(one, types))
  }
  const name = referenceOf(type)
  if (type?.type !== 'TSTypeReference' || name === undefined) return false
  return types.has(name) || (WRAPPERS.has(name) && isUnitType(type.typeArguments?.params[0], types))
}
const WRAPPERS: ReadonlySet<string> = new Set(['Pick', 'Omit', 'Readonly', 'Partial', 'Required'])

/** What hands stores to a function that is given to it: a unit of work, and whoever runs one for others. */
const GIVERS: ReadonlySet<string> = new Set(['transaction', 'read', 'actAs', 'unit'])

/** @param types see `unitTypesOf` */
export function usesOf(top: Program, stores: ReadonlyMap<string, Store>, types: ReadonlySet<string>): Uses {
  const uses: Use[] = []
  const hidden: string[] = []
  const can = (store: string, method: string | undefined): boolean => {
    const { reads, writes } = stores.get(store)!
    return method !== undefined && (reads.has(method) || writes.has(method))
  }
  const take = (store: string, method: string | undefined): void => {
    const how = method !== undefined && stores.get(store)!.reads.has(method) ? 'reads' : 'writes'
    const words = method === undefined ? `${store} as a whole` : `${store}.${method}`
    uses.push({ store, how: method === 'purge' ? 'purges' : how, words })
  }

  /** Stores taken apart: each local name is followed through `scope`, where it is known. */
  const takeApart = (pattern: Extract<Node, { type: 'ObjectPattern' }>, scope: Node): void => {
    for (const property of pattern.properties) {
      const store = property.type === 'Property' ? keyOf(property.key, property.computed) : undefined
      if (property.type !== 'Property' || store === undefined || !stores.has(store)) {
        hidden.push('takes a unit’s stores apart so that nobody can tell which')
        continue
      }
      const { value } = property
      if (value.type === 'ObjectPattern') {
        for (const one of value.properties) {
          take(store, one.type === 'Property' ? keyOf(one.key, one.computed) : undefined)
        }
      } else if (value.type !== 'Identifier') take(store, undefined)
      else {
        walk(scope, (place) => {
          if (place.node !== value && isNamed(place, value.name)) take(store, askedOf(place))
        })
      }
    }
  }

  /** What a function is given of a unit. */
  const given = (parameter: ParamPattern | BindingPattern, scope: Node): void => {
    const target = 'left' in parameter ? parameter.left : parameter
    if (target.type === 'ObjectPattern') takeApart(target, scope)
    else if (target.type !== 'Identifier' || target.name !== 'stores') {
      hidden.push('calls a unit’s stores something else than stores')
    }
  }

  const ofFunction = ({ node, parent, key }: Place): void => {
    if (!isFunction(node)) return
    for (const parameter of node.params) {
      if (isUnitType(annotationOf(parameter), types)) given(parameter, node)
    }
    const [first] = node.params
    const callee = parent?.type === 'CallExpression' && key === 'arguments' ? parent.callee : undefined
    const giver = callee?.type === 'Identifier' ? callee.name : memberOf(callee)
    if (first && !annotationOf(first) && GIVERS.has(giver ?? '')) given(first, node)
  }

  const ofMember = ({ node, parent, key }: Place): void => {
    if (node.type !== 'MemberExpression') return
    // Whatever the object is called: `unit.requests.update`.
    const store = memberOf(node.object)
    if (store !== undefined && stores.has(store) && can(store, memberOf(node))) take(store, memberOf(node))
    if (node.object.type !== 'Identifier' || node.object.name !== 'stores') return
    const own = memberOf(node)
    if (own === undefined || !stores.has(own)) hidden.push('asks a unit for a store by a name that is none')
    else if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') {
      for (const one of parent.id.properties) {
        take(own, one.type === 'Property' ? keyOf(one.key, one.computed) : undefined)
      }
    } else if (!(parent?.type === 'MemberExpression' && key === 'object' && can(own, memberOf(parent)))) {
      take(own, undefined)
    }
  }

  const ofName = (place: Place): void => {
    if (!isNamed(place, 'stores')) return
    const { parent } = place
    if (parent?.type === 'MemberExpression') return // told there
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') takeApart(parent.id, top)
    else if (!isHandedOn(place)) {
      hidden.push('keeps a unit’s stores, or gives them another name')
    }
  }

  /** `Pick<Readers, 'requests'>` declares that requests are read; of `Stores`, that they are written. */
  const ofType = ({ node }: Place): void => {
    const { unit, names } = declared(node)
    if (unit === undefined || !UNITS.has(unit)) return
    for (const store of names.filter((name) => stores.has(name))) {
      uses.push({ store, how: unit === 'Readers' ? 'reads' : 'writes', words: `${unit} of ${store}` })
    }
  }

  walk(top, (place) => {
    for (const rule of [ofFunction, ofMember, ofName, ofType]) rule(place)
  })
  return { uses, hidden }
}

type FunctionNode = Fn | Extract<Node, { type: 'ArrowFunctionExpression' }>
const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'ArrowFunctionExpression' || node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression'

function annotationOf(parameter: ParamPattern): TSType | undefined {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  return 'typeAnnotation' in target ? target.typeAnnotation?.typeAnnotation : undefined
}

const referenceOf = (type: TSType | undefined): string | undefined =>
  type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined

/** The stores that a type names: `Pick<Stores, 'a' | 'b'>`, `Stores['a']`. */
function declared(node: Node): { readonly unit: string | undefined; readonly names: readonly string[] } {
  if (node.type === 'TSIndexedAccessType')
    return { unit: referenceOf(node.objectType), names: literalsOf(node.indexType) }
  if (node.type !== 'TSTypeReference' || referenceOf(node) !== 'Pick') return { unit: undefined, names: [] }
  const [unit, names] = node.typeArguments?.params ?? []
  return { unit: referenceOf(unit), names: literalsOf(names) }
}

function literalsOf(type: TSType | undefined): string[] {
  if (type?.type === 'TSUnionType') return type.types.flatMap(literalsOf)
  if (type?.type !== 'TSLiteralType' || type.literal.type !== 'Literal') return []
  return [String(type.literal.value)]
}

/** The name of a member, where it is written down. */
const memberOf = (node: Node | undefined): string | undefined =>
  node?.type === 'MemberExpression' ? keyOf(node.property, node.computed) : undefined

const keyOf = (key: Node, computed: boolean): string | undefined => {
  if (key.type === 'Identifier' && !computed) return key.name
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined
}

/** An argument of a call, also as `{ ...stores, outbox }`: whoever is called is looked at where they are. */
function isHandedOn({ node, parent, key, above }: Place): boolean {
  if (parent?.type === 'CallExpression') return key === 'arguments'
  return (
    above !== undefined &&
    (parent?.type === 'SpreadElement' || (parent?.type === 'ObjectExpression' && node.type === 'SpreadElement')) &&
    isHandedOn(above)
  )
}

/** What is asked of what stands here, where it is a method by its name. */
const askedOf = ({ parent, key }: Place): string | undefined => (key === 'object' ? memberOf(parent) : undefined)

/** Whether this name is used here as a value; members and keys may be called what they like. */
function isNamed({ node, parent, key }: Place, name: string): boolean {
  if (node.type !== 'Identifier' || node.name !== name || parent === undefined) return false
  if (isFunction(parent) && key === 'params') return false
  if (parent.type === 'MemberExpression') return key === 'object' || parent.computed
  if (parent.type === 'Property') return key === 'value' || parent.computed
  return !/^TS(?!As|NonNull|Satisfies)/.test(parent.type)
}
