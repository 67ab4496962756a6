import { concat } from '@scel/pki/bytes'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'

/** Serial numbers of time stamps, none given twice: not after a crash, not by two processes or threads of one desk. */
export interface StampSerials {
  /** Content octets of a positive INTEGER. */
  next(): Promise<Uint8Array>
}

/** Numbers that nobody else has: `count` of them, from `first`. */
export interface SerialBlock {
  readonly first: bigint
  readonly count: number
}

/** Takes numbers from the store; they are durably taken before any of them is used. @throws DeskError storage_* */
export const takeSerials = (work: Work, count: number): Promise<SerialBlock> =>
  work.transaction(async ({ settings }) => {
    const first = BigInt((await settings.get(SETTING)) ?? '1')
    await settings.set(SETTING, String(first + BigInt(count)))
    return { first, count }
  })

/**
 * "This property MUST be preserved even after a possible interruption (e.g. crash) of the service" (RFC 3161 §2.4.2): numbers
 * are taken from the store a thousand at a time, before the first of them is used; a crash loses numbers and repeats
 * none. Nothing is stored per stamp, so that strangers cannot fill the disk by asking.
 *
 *   8 octets counted, big-endian · 8 random octets
 *
 * The random half keeps apart what a store restored from a backup would count again.
 */
export const createStampSerials = ({ work, world }: { work: Work; world: Pick<World, 'random'> }): StampSerials =>
  serialsFrom(() => takeSerials(work, BLOCK), world)

/**
 * The same from blocks that somebody else takes. With `ahead`, the next block is asked for when one is begun, so that
 * numbers do not run out while whoever takes them is busy.
 */
export function serialsFrom(
  take: () => Promise<SerialBlock>,
  { random }: Pick<World, 'random'>,
  { ahead = false }: { readonly ahead?: boolean } = {},
): StampSerials {
  const blocks: { next: bigint; readonly end: bigint }[] = []
  let taking: Promise<void> | undefined
  const more = (): Promise<void> => {
    taking ??= take()
      .then(({ first, count }) => void blocks.push({ next: first, end: first + BigInt(count) }))
      .finally(() => {
        taking = undefined
      })
    return taking
  }

  return {
    next: async () => {
      let block = blocks[0]
      for (; block === undefined; block = blocks[0]) await more()
      const number = block.next++
      if (block.next === block.end) blocks.shift()
      if (ahead && blocks.length < 2) more().catch(() => undefined) // asked for again by the next stamp
      const counted = new Uint8Array(8)
      new DataView(counted.buffer).setBigUint64(0, number)
      return withoutLeadingZeros(concat(counted, random(8)))
    },
  }
}

/** As DER writes an INTEGER: as short as may be, and still positive (X.690 §8.3.2). */
function withoutLeadingZeros(octets: Uint8Array): Uint8Array {
  let start = 0
  while (octets[start] === 0 && (octets[start + 1] ?? 0x80) < 0x80) start++
  return octets.subarray(start)
}

const SETTING = 'time-stamp-serial'
const BLOCK = 1_000
