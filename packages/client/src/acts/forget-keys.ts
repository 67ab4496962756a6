import type { StoreType } from '@scel/contract/values'
import type { Stores } from '../keystores/index.ts'
import { changeKnownDesk, type DeskRecord, isElsewhere, type NamedRecord } from '../state/desk-record.ts'
import { withoutAsked, withoutKey } from '../state/record-changes.ts'
import type { Here } from './here.ts'

/** A key of a request that ended, which its store does not remove. */
export interface KeyStays {
  readonly event: 'key_stays'
  readonly number: number
  readonly why: unknown
}

/**
 * Removes the keys of requests that ended without a certificate: nothing will ever be issued for them. What the desk did holds whether or not the
 * store does its part: a key that it does not remove, its token being away, is told of, and keeps its place in the record for a later run.
 * @returns the numbers of those whose key stays
 */
export async function forgetKeys(
  here: Here & Stores,
  { name, record }: NamedRecord,
  ended: readonly { readonly number: number; readonly store?: StoreType }[],
  tell: (event: KeyStays) => void,
): Promise<number[]> {
  const staying: number[] = []
  for (const { number, store } of ended) {
    const key = record.keys[number]
    if (key === undefined) continue
    if (isElsewhere(record, number)) {
      await changeKnownDesk(here.paths, { name, record }, (present) => withoutForeignKey(present, number, key))
      continue
    }
    if (store === undefined) continue // brought by no kit
    const removed = await removeUncertified(here, { scope: store, desk: name, key }).catch((why: unknown) => {
      here.checkpoint()
      tell({ event: 'key_stays', number, why })
      return undefined
    })
    if (removed === undefined) staying.push(number)
    else
      await changeKnownDesk(here.paths, { name, record }, (present) => {
        const without = withoutKey(present, number)
        return removed ? withoutAsked(without, key) : without
      })
  }
  return staying
}

/** A key made elsewhere stays there. Another request may ask for it, too. */
function withoutForeignKey(present: DeskRecord, number: number, key: string): DeskRecord {
  const without = withoutKey(present, number)
  return Object.values(without.keys).includes(key) ? without : withoutAsked(without, key)
}

/** @returns whether there was such a key, without a certificate */
async function removeUncertified(
  stores: Stores,
  { scope, desk, key }: { readonly scope: StoreType; readonly desk: string; readonly key: string },
): Promise<boolean> {
  const store = await stores.storeHolding(scope, desk, key)
  const identity = await store.find(desk, key)
  if (!identity || identity.certificate) return false
  await store.remove(identity)
  return true
}
