import type { Recipient } from '@scel/contract/values'
import { personKey } from '@scel/files/recipients'

/** Somebody of the directory, who has a line there for each certificate that receives: one for each computer. */
export interface ListedPerson {
  readonly key: string
  readonly name: string
  /** That their certificates speak for. */
  readonly addresses: readonly string[]
  /** By name, each once. */
  readonly organisations: readonly string[]
  readonly lines: readonly Recipient[]
}

/** The people of lines of the directory, in their order. */
export function listedPeople(lines: readonly Recipient[]): ListedPerson[] {
  const people = Map.groupBy(lines, ({ name, addresses }) => personKey(name, addresses))
  return [...people].map(([key, own]) => ({
    key,
    name: own[0]!.name,
    addresses: own[0]!.addresses,
    organisations: [...new Set(own.flatMap(({ organisation }) => organisation?.name ?? []))],
    lines: own,
  }))
}
