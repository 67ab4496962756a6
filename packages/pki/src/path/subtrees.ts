import type { GeneralName, NameConstraints } from '../x509/index.ts'

/** Name constraints with their subtrees sorted by kind, so that a name meets those of its own kind and no others. */
export class Subtrees {
  readonly #permitted: ReadonlyMap<string, readonly GeneralName[]>
  readonly #excluded: ReadonlyMap<string, readonly GeneralName[]>

  constructor({ permitted, excluded }: NameConstraints) {
    this.#permitted = Map.groupBy(permitted, kindOf)
    this.#excluded = Map.groupBy(excluded, kindOf)
  }

  /** Undefined when nothing is permitted of this kind, and so everything is. */
  permitted(name: GeneralName): readonly GeneralName[] | undefined {
    return this.#permitted.get(kindOf(name))
  }

  excluded(name: GeneralName): readonly GeneralName[] {
    return this.#excluded.get(kindOf(name)) ?? NONE
  }
}

/** Other names are as many kinds as there are identifiers; kinds that stay bytes differ by their tag. */
function kindOf(name: GeneralName): string {
  if (name.kind === 'otherName') return `otherName ${name.oid}`
  return name.kind === 'unread' ? `unread ${name.der[0]}` : name.kind
}

const NONE: readonly GeneralName[] = Object.freeze([])
