import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import { type Bound, connectionOf, engineOf } from '../bound.ts'

// Building a query and compiling it costs more than most queries cost the database. One that is asked at every call is
// built once, with holes where its values will stand, and from then on only filled.

/** Where a value of `given` will stand: the field, and the place in it when it is a list. */
class Hole {
  readonly name: string
  readonly index: number | undefined

  constructor(name: string, index?: number) {
    this.name = name
    this.index = index
  }
}

type Given = Readonly<Record<string, unknown>>

/**
 * Makes a query that is built once for each database and each shape of what it is given: which fields are there, and how
 * long their lists are. A field that is undefined is not there.
 *
 * @param build makes the query; it may ask which fields are there, but what they hold it may only put into the query
 */
export function prepared<G extends object, R>(
  build: (db: Bound, given: G) => Compilable<R>,
): (db: Bound, given: G) => Promise<QueryResult<R>> {
  const built = new Map<string, CompiledQuery<R>>()
  return (db, given) => {
    const shape = `${engineOf(db)} ${shapeOf(given as Given)}`
    let query = built.get(shape)
    if (!query) {
      query = build(db, holesOf(given as Given) as G).compile()
      built.set(shape, query)
    }
    return connectionOf(db).executeQuery<R>({ ...query, parameters: filled(query.parameters, given as Given) })
  }
}

function shapeOf(given: Given): string {
  let shape = ''
  for (const name in given) {
    const value = given[name]
    if (value !== undefined) shape += Array.isArray(value) ? `${name}[${value.length}] ` : `${name} `
  }
  return shape
}

const holesOf = (given: Given): Given =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map((_, at) => new Hole(name, at)) : new Hole(name)]),
  )

const filled = (parameters: readonly unknown[], given: Given): unknown[] =>
  parameters.map((parameter) => {
    if (!(parameter instanceof Hole)) return parameter
    const value = given[parameter.name]
    return parameter.index === undefined ? value : (value as readonly unknown[])[parameter.index]
  })
