import { equal } from '../bytes/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, Crl, Name } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { same } from './names.ts'
import type { TrustAnchor } from './options.ts'
import { readExtension } from './read-extension.ts'

/** An unordered bag, searched by name. Each name is looked up once, however often a search comes back to it. */
export class Pool<T> {
  readonly #members: T[]
  readonly #nameOf: (member: T) => Name
  readonly #budget: Budget
  readonly #found = new Map<Name, readonly T[]>()

  constructor(members: readonly T[], nameOf: (member: T) => Name, budget: Budget) {
    this.#members = [...members]
    this.#nameOf = nameOf
    this.#budget = budget
  }

  add(member: T): void {
    this.#members.push(member)
    this.#found.clear()
  }

  /** Whoever asks goes on to look at each of them, so each is paid for every time. @throws path_too_costly */
  named(name: Name): readonly T[] {
    let found = this.#found.get(name)
    if (!found) {
      found = this.#members.filter((one) => same(this.#nameOf(one), name, this.#budget))
      this.#found.set(name, found)
    }
    this.#budget.spend('nameComparisons', found.length)
    return found
  }
}

/** Certificates first that the key identifier points at. It is a hint and no proof, so it orders and does not exclude. */
export function likeliestFirst<T extends TrustAnchor>(all: readonly T[], wanted: Uint8Array | undefined): readonly T[] {
  if (!wanted || all.length < 2) return all
  const rank = (one: TrustAnchor): number => {
    const offered = isCertificate(one) ? hint(() => readExtension(one, 'subjectKeyIdentifier')) : undefined
    if (!offered) return 1
    return equal(wanted, offered) ? 0 : 2
  }
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ one }) => one)
}

/** The key identifier of whoever issued a certificate or CRL, where it says so. */
export const issuerKeyHint = (issued: Certificate | Crl): Uint8Array | undefined =>
  hint(() => readExtension(issued, 'authorityKeyIdentifier')?.keyIdentifier)

/** A hint that cannot be read is none: whoever fills the bag could otherwise end the search with one certificate. */
function hint<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** Whether an anchor is a certificate or a bare name and key. */
export const isCertificate = (anchor: TrustAnchor): anchor is Certificate => 'der' in anchor

/** Same name and key is the same authority, however many certificates it has: a path through it twice is a circle. */
export const isSameAuthority = (a: TrustAnchor, b: TrustAnchor, budget: Budget): boolean =>
  equal(a.publicKey.spki, b.publicKey.spki) && same(a.subject, b.subject, budget)
