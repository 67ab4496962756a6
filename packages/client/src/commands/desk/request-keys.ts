import type { StoreType } from '@scel/contract/values'
import { changeKnownDesk, type NamedRecord } from '../../state/desk-record.ts'
import { withoutAsked, withoutKey } from '../../state/record-changes.ts'
import type { Session } from '../input/session.ts'

/** Removes the keys of requests that ended without a certificate: nothing will ever be issued for them. */
export async function forgetKeys(
  session: Session,
  { name, record }: NamedRecord,
  ended: readonly { readonly number: number; readonly store: StoreType }[],
): Promise<void> {
  for (const { number, store: scope } of ended) {
    const key = record.keys[number]
    if (key === undefined) continue
    const store = await session.storeHolding(scope, name, key)
    const identity = await store.find(name, key)
    const ended = identity !== undefined && identity.certificate === undefined
    if (ended) await store.remove(identity)
    await changeKnownDesk(session.paths, { name, record }, (present) => {
      const without = withoutKey(present, number)
      return ended ? withoutAsked(without, key) : without
    })
  }
}
