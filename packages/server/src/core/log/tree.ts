import { concat } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'

// The Merkle tree of RFC 6962 §2.1. Leaves and nodes are hashed under different first octets, so that neither passes for the other.

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (leaf: Uint8Array): Promise<Uint8Array> => digest('SHA-256', concat(LEAF, leaf))
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  digest('SHA-256', concat(NODE, left, right))

/** A tree as far as it must be known to go on: of each whole subtree that it consists of the root, the largest first. */
export interface TreeState {
  readonly size: number
  readonly roots: readonly Uint8Array[]
}

const EMPTY_TREE: TreeState = { size: 0, roots: [] }

/** A tree that leaves are added to, in memory that grows with the logarithm of their number. */
export class GrowingTree {
  #size: number
  readonly #roots: Uint8Array[]

  constructor({ size, roots }: TreeState = EMPTY_TREE) {
    if (roots.length !== onesOf(size))
      throw new RangeError(`a tree of ${size} leaves does not consist of ${roots.length}`)
    this.#size = size
    this.#roots = [...roots]
  }

  get size(): number {
    return this.#size
  }

  get state(): TreeState {
    return { size: this.#size, roots: [...this.#roots] }
  }

  /** @param hash as `leafHash` gives it */
  async add(hash: Uint8Array): Promise<void> {
    let root = hash
    // As a one is carried in binary: two whole subtrees of one height are one of the next.
    for (let carried = this.#size; carried % 2 === 1; carried = Math.floor(carried / 2))
      root = await nodeHash(this.#roots.pop()!, root)
    this.#roots.push(root)
    this.#size++
  }

  /** Of no leaves, the hash of nothing. */
  async root(): Promise<Uint8Array> {
    let root = this.#roots.at(-1)
    if (root === undefined) return digest('SHA-256', new Uint8Array(0))
    for (const left of this.#roots.slice(0, -1).reverse()) root = await nodeHash(left, root)
    return root
  }
}

function onesOf(size: number): number {
  let ones = 0
  for (let left = size; left > 0; left = Math.floor(left / 2)) ones += left % 2
  return ones
}
