import type { StoreType } from '@scel/contract/values'
import { changeKnownDesk, type DeskRecord, isElsewhere, type NamedRecord } from '../../state/desk-record.ts'
import { withoutAsked, withoutKey } from '../../state/record-changes.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

/**
 * Removes the keys of requests that ended without a certificate: nothing will ever be issued for them. What the desk did holds whether or not the
 * store does its part: a key that it does not remove, its token being away, is said to stay, and keeps its place in the record for a later run.
 * @returns the numbers of those whose key stays
 */
export async function forgetKeys(
  session: Shell & State & Keys,
  { name, record }: NamedRecord,
  ended: readonly { readonly number: number; readonly store?: StoreType }[],
): Promise<number[]> {
  const staying: number[] = []
  for (const { number, store } of ended) {
    const key = record.keys[number]
    if (key === undefined) continue
    if (isElsewhere(record, number)) {
      await changeKnownDesk(session.paths, { name, record }, (present) => withoutForeignKey(present, number, key))
      continue
    }
    if (store === undefined) continue // brought by no kit
    const removed = await removeUncertified(session, { scope: store, desk: name, key }).catch((error: unknown) => {
      session.checkpoint()
      session.voice.say('key_stays', { number, reason: session.voice.words(error).message })
      return undefined
    })
    if (removed === undefined) staying.push(number)
    else
      await changeKnownDesk(session.paths, { name, record }, (present) => {
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
  session: Keys,
  { scope, desk, key }: { readonly scope: StoreType; readonly desk: string; readonly key: string },
): Promise<boolean> {
  const store = await session.storeHolding(scope, desk, key)
  const identity = await store.find(desk, key)
  if (!identity || identity.certificate) return false
  await store.remove(identity)
  return true
}
