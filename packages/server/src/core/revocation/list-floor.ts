import type { Readers, Stores } from '../work.ts'

// Numbers of lists that a database does not know, because it is an older copy, were used all the same. Every list that is drawn
// up after it was accepted goes above them, whenever the key of its authority can be had again.

/** What no new list may have as its number, or a lower one: 0 where no copy was ever accepted. */
export async function listFloor({ settings }: Pick<Readers, 'settings'>): Promise<number> {
  return Number((await settings.get(KEY)) ?? 0)
}

/** Raises it, and never lowers it. */
export async function raiseListFloor(stores: Pick<Stores, 'settings'>, number: number): Promise<void> {
  await stores.settings.set(KEY, String(Math.max(number, await listFloor(stores))))
}

const KEY = 'list-floor'
